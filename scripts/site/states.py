"""Diagram and table of the states of a unit, from the steps of `units.workflow` and `update`.

Invariant: every arrow is a step that the code takes, and every step of the code has its arrow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

from scripts.site.text import table
from transflow.digests import digest
from transflow.model.settings import Person, Role
from transflow.model.unit import Authorship, State, Unit
from transflow.text import without_spaces
from transflow.units import workflow
from transflow.update.carry import carried_unit
from transflow.update.pairing import NewSentence

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "states.svg"
EDITOR = Person("mina", "Mina Park", (Role("editor"),))
LABELS: Mapping[State, str] = {
    "untranslated": "untranslated",
    "needs-work": "needs another look",
    "translated": "translated",
    "approved": "approved",
    "omitted": "omitted",
}
_NOW, _LATER = "2024-03-26T01:00:00Z", "2024-03-26T02:00:00Z"
_TEXT = "It rained."


class Step(NamedTuple):
    """A step: what takes it, and what it does to a unit; None if it is refused or has no effect."""

    name: str
    command: str
    take: Callable[[Unit], Unit | None]


class Arrow(NamedTuple):
    """A step from one state to another."""

    start: State
    end: State
    step: Step


def _approved(unit: Unit) -> Unit | None:
    why = workflow.why_not_approve(unit, EDITOR, _LATER)
    return None if why else workflow.approve(unit, EDITOR.id, _LATER)


def _updated(unit: Unit) -> Unit:
    source = "비가 많이 왔다."
    return carried_unit(unit, NewSentence(source, without_spaces(source), unit.kind, unit.variant, unit.continued))


def _confirmed(unit: Unit) -> Unit | None:
    return (
        None if workflow.why_not_confirm(unit, unit.target) else workflow.confirm(unit, unit.target, "claire", _LATER)
    )


STEPS = (
    Step("write", "unit set", lambda unit: workflow.confirm(unit, f"{_TEXT} A lot.", "claire", _LATER)),
    Step("draft", "suggest", lambda unit: None if unit.target else workflow.draft(unit, _TEXT, "mt:deepl/1", _LATER)),
    Step("leave unfinished", "unit set --needs-look", lambda unit: workflow.draft(unit, "It r", "claire", _LATER)),
    Step("confirm", "unit confirm", _confirmed),
    Step("approve", "unit approve", _approved),
    Step("send back", "unit return", lambda unit: workflow.send_back(unit, EDITOR.id, _LATER, "Say more.")),
    Step("the source changes", "update", _updated),
    Step("omit", "unit omit", lambda unit: unit.replace(omitted=workflow.act(unit, "claire", _LATER, "Said before."))),
)


def examples() -> dict[State, Unit]:
    """Return a unit in each state but the omitted one."""
    by = (Authorship("claire", _NOW, 2),)
    translated = Unit("k7f3q2mx", "비가 왔다.", _TEXT, by=by, text=digest(_TEXT))
    found = (
        Unit("k7f3q2mx", "비가 왔다."),
        translated.replace(fuzzy=True),
        translated,
        workflow.approve(translated, EDITOR.id, _LATER),
    )
    return {workflow.state(unit): unit for unit in found}


def arrows() -> list[Arrow]:
    """Return every step that changes the state, from each of the states."""
    found = []
    for start, unit in examples().items():
        for step in STEPS:
            changed = step.take(unit)
            if changed is not None and workflow.state(changed) != start:
                found.append(Arrow(start, workflow.state(changed), step))
    return found


def transition_table() -> str:
    """Return the arrows as a Markdown table."""
    rows = [
        (LABELS[arrow.start], arrow.step.name, f"`transflow {arrow.step.command}`", LABELS[arrow.end])
        for arrow in arrows()
    ]
    return table(("from", "step", "command", "to"), rows)


# The picture


class _Curve(NamedTuple):
    path: str
    label: tuple[int, int]
    anchor: str = "middle"


_BOXES: Mapping[State, tuple[int, int]] = {
    "untranslated": (110, 110),
    "translated": (430, 110),
    "approved": (760, 110),
    "needs-work": (430, 330),
    "omitted": (110, 330),
}
_CURVES: Mapping[tuple[State, State], _Curve] = {
    ("untranslated", "translated"): _Curve("M195 110 H343", (269, 100)),
    ("untranslated", "needs-work"): _Curve("M150 134 Q200 290 343 322", (150, 262)),
    ("needs-work", "translated"): _Curve("M400 306 V136", (392, 226), "end"),
    ("translated", "needs-work"): _Curve("M460 134 V304", (470, 200), "start"),
    ("translated", "approved"): _Curve("M515 100 H673", (594, 90)),
    ("approved", "translated"): _Curve("M675 122 H517", (594, 140)),
    ("approved", "needs-work"): _Curve("M760 134 Q740 300 517 330", (720, 262), "start"),
}
_STYLE = (
    "text{font:15px system-ui,sans-serif;fill:#1c2733}.s{font-size:12.5px;fill:#41515f}"
    "rect.b{fill:#fff;stroke:#2f5d8a;stroke-width:1.6}path{fill:none;stroke:#2f5d8a;stroke-width:1.6}"
    ".o{stroke-dasharray:5 4}"
)


def picture() -> str:
    """Return the diagram as SVG. Raise KeyError if the code has an arrow without a curve here."""
    steps: dict[tuple[State, State], list[str]] = {}
    for arrow in arrows():
        if arrow.end != "omitted":
            steps.setdefault((arrow.start, arrow.end), []).append(arrow.step.name)
    if unused := _CURVES.keys() - steps.keys():
        raise KeyError(unused)
    lines = [_line(_CURVES[ends], names) for ends, names in steps.items()]
    boxes = [_box(LABELS[state], *place) for state, place in _BOXES.items()]
    omitted = '<text class="s" x="110" y="372" text-anchor="middle">from every state, and back</text>'
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 50 870 350" role="img" '
        'aria-label="States of a unit and the steps between them"><style>'
        f'{_STYLE}</style><defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto"><path d="M0 0 L8 4 L0 8 z" style="fill:#2f5d8a;stroke:none"/></marker></defs>'
        '<rect y="50" width="870" height="350" fill="#f6f8fa" rx="8"/>'
    )
    return "\n".join((head, *lines, *boxes, omitted, "</svg>\n"))


def _line(curve: _Curve, names: list[str]) -> str:
    left, top = curve.label
    spans = "".join(
        f'<tspan x="{left}" dy="{16 if number else 0}">{escape(name)}</tspan>' for number, name in enumerate(names)
    )
    label = f'<text class="s" x="{left}" y="{top}" text-anchor="{curve.anchor}">{spans}</text>'
    return f'<path d="{curve.path}" marker-end="url(#a)"/>{label}'


def _box(name: str, left: int, top: int) -> str:
    dashed = " o" if name == "omitted" else ""
    return (
        f'<rect class="b{dashed}" x="{left - 85}" y="{top - 24}" width="170" height="48" rx="8"/>'
        f'<text x="{left}" y="{top + 5}" text-anchor="middle">{escape(name)}</text>'
    )
