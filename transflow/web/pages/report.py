"""Translate and Review: the sentences of a report in windows, each with its own form."""

from __future__ import annotations

from typing import NamedTuple

from starlette.responses import HTMLResponse, Response

from transflow.actions.reports.queue import queue
from transflow.errors import TransflowError, UnknownNameError
from transflow.model.unit import Unit
from transflow.presenters import headlines
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.checked_pair import pair_line
from transflow.presenters.i18n import _, say
from transflow.web.acts import act, acts_on
from transflow.web.boxes import NO_PROBLEM, NotDone, box, typed_findings
from transflow.web.open_report import WINDOW, OpenReport, open_report, unit_of
from transflow.web.pages.sentence import sentence_page
from transflow.web.problems import status_of
from transflow.web.rendering import render
from transflow.web.visit import Visit, go

_MOST = 100
"""Largest number of sentences on a page that an address may ask for."""
_ACTS = acts_on("reports")
_NOT_WRITTEN = ("since", "from", "mode", "at")
"""Fields of forms that people do not fill in."""


class _Window(NamedTuple):
    """Numbers of the first and the last sentence, and the first ids of the windows beside it."""

    first: int
    last: int
    whole: int
    before: str
    after: str

    @classmethod
    def of(cls, view: CatalogView, first: int, size: int) -> _Window:
        whole = len(view.units)
        before = view.units[max(first - size, 0)].id if first else ""
        after = view.units[first + size].id if first + size < whole else ""
        return cls(first + 1, min(first + size, whole), whole, before, after)


def show(visit: Visit) -> Response:
    """Show a window of sentences; from the Queue, the one with the first that waits."""
    opened = open_report(visit)
    if "waits" not in visit.query:
        return _page(visit, opened)
    unit = _first_waiting(visit, opened)
    if unit is not None and visit.query["waits"] in ("question", "answered"):
        return go(f"{opened.unit_address(unit, 'more')}?mode={opened.mode}")
    return go(opened.at(unit) if unit else opened.address())


def _first_waiting(visit: Visit, opened: OpenReport) -> Unit | None:
    """Return the first sentence that waits for the reason that the Queue named."""
    waiting = queue(visit.actor, None, [opened.place])
    numbers = [number for each in waiting if each.reason == visit.query["waits"] for number in each.numbers]
    units = opened.view.units
    return units[numbers[0] - 1] if numbers and numbers[0] <= len(units) else opened.next_wanted(-1)


def _page(visit: Visit, opened: OpenReport, problem: NotDone = NO_PROBLEM, status: int = 200) -> Response:
    """Return the page with the window that the request names, by the id of its first sentence."""
    view = opened.view
    first = view.places.get(visit.begin, 0)
    count = visit.query.get("count", "")
    size = min(int(count), _MOST) if count.isdecimal() and count != "0" else WINDOW
    units = view.units[first : first + size]
    done, wanted = visit.query.get("done", ""), opened.next_wanted(-1)
    return visit.page(
        "report.html",
        status,
        opened=opened,
        private=visit.is_withheld(opened.place),
        title=headlines.title(opened.place),
        progress=opened.rules.progress(view),
        boxes=[box(visit, view, unit, problem) for unit in units],
        window=_Window.of(view, first, size),
        begin=units[0].id if units else "",
        said=_(_ACTS[done].words) if done in _ACTS else "",
        all_done="" if wanted else opened.rules.all_done_message(view),
        next_wanted=opened.at(wanted) if wanted else "",
        orphaned=view.orphaned_drafts(),
        remark=pair_line(view.catalog),
    )


def show_unit(visit: Visit) -> Response:
    """Return the part of one sentence; to others than scripts, the page with it."""
    opened = open_report(visit)
    unit = unit_of(visit, opened.view)
    return _part(visit, opened, unit) if visit.wants_part else go(opened.at(unit))


def _part(visit: Visit, opened: OpenReport, unit: Unit, problem: NotDone = NO_PROBLEM, status: int = 200) -> Response:
    following = opened.next_wanted(opened.view.places[unit.id])
    part = render("unit.html", each=box(visit, opened.view, unit, problem), opened=opened, begin=visit.begin)
    return HTMLResponse(part, status, {"X-Next": following.id if following else ""})


def do(visit: Visit) -> Response:
    """Do what a form asks of a sentence, and show the next one that waits."""
    opened = open_report(visit)
    name = visit.path["act"]
    if name not in _ACTS:
        raise UnknownNameError("page", name, ())
    if name == "drop" and visit.path["unit"] not in opened.view.places:  # a text of a sentence that is gone
        opened.view.drop_draft(visit.path["unit"])
        return go(opened.address(done=name))
    unit = unit_of(visit, opened.view)
    try:
        act(visit, opened.view, unit, name)
    except TransflowError as error:
        return _refused(visit, unit, error)
    after = opened._replace(view=visit.office.view(visit.actor, opened.place))
    here = after.view.find(unit.id)
    if here is None:
        return go(after.address(done=name))
    if visit.wants_part:
        return _part(visit, after, here)
    return go(_after(visit, after, here, name))


def _after(visit: Visit, opened: OpenReport, unit: Unit, name: str) -> str:
    """Return the address to go on at after an act."""
    following = opened.next_wanted(opened.view.places[unit.id]) if _ACTS[name].goes_on else None
    target = following or unit
    shown = opened.view.places.get(visit.begin, -WINDOW)
    if shown <= opened.view.places[target.id] < shown + WINDOW:
        return opened.address(**{"from": visit.begin}, done=name) + f"#u-{target.id}"
    return opened.at(target, done=name)


def _refused(visit: Visit, unit: Unit, error: TransflowError) -> Response:
    """Return the page, or the part, that says why; what the person wrote is still in it."""
    opened, status = open_report(visit), status_of(error)
    filled = {name: visit.text(name) for name in visit.form if name not in _NOT_WRITTEN}
    problem = NotDone(unit.id, say(error.message, visit.formats.command), filled)
    here = opened.view.find(unit.id)
    if here is None:
        raise error
    if visit.wants_part:
        return _part(visit, opened, here, problem, status)
    if visit.form.get("at") == "more":
        return sentence_page(visit, opened, here, problem, status)
    if visit.begin not in opened.view.places:
        visit = visit.with_window(opened.window_of(here))
    return _page(visit, opened, problem, status)


def keep(visit: Visit) -> Response:
    """Keep a text that is being typed, and return what the checks say of it."""
    opened = open_report(visit)
    unit, text = unit_of(visit, opened.view), visit.text("text")
    drafts = visit.office.drafts(visit.actor.who)
    is_kept = drafts.keep(opened.view, unit, text, visit.form.get("since", ""), visit.actor.now)
    drafts.journal.flush()
    found = typed_findings(visit, opened.view, unit, text) if is_kept else []
    return HTMLResponse(render("findings.html", findings=found), 200 if is_kept else 205)


def more(visit: Visit) -> Response:
    """Show everything else about one sentence."""
    opened = open_report(visit)
    return sentence_page(visit, opened, unit_of(visit, opened.view))
