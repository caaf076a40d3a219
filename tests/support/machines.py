"""Rules about machine drafts, and drafts of machines, in the projects of tests."""

from __future__ import annotations

import re
from pathlib import Path

from transflow.project import CatalogRef, Project
from transflow.units import workflow

ENGINE = "mt:deepl/m"
NOW = "2024-03-26T03:00:00Z"


def set_rule(folder: Path, locale: str = "", **keys: object) -> None:
    """Write the keys of [machine], or of that of a locale, into transflow.toml."""
    path = folder / "transflow.toml"
    text = path.read_text(encoding="utf-8").replace("format = 1\n", "format = 2\n")
    head = f"[machine.{locale}]" if locale else "[machine]"
    text = re.sub(rf"^{re.escape(head)}\n(?:(?!\[).*\n)*", "", text, flags=re.MULTILINE)
    written = {str: lambda value: f'"{value}"', bool: lambda value: str(value).lower()}
    lines = [f"{key} = {written.get(type(value), str)(value)}" for key, value in keys.items()]
    table = "\n".join([head, *lines, "", ""])
    people = re.search(r"^\[\[people\]\]", text, flags=re.MULTILINE)
    at = people.start() if people else len(text)
    path.write_text(f"{text[:at]}{table}{text[at:]}", encoding="utf-8")


def draft(folder: Path, number: int, text: str, name: str = "flood", who: str = ENGINE, locale: str = "en") -> None:
    """Write the text of a machine into a sentence, as `suggest` does."""
    place = CatalogRef(locale, "reports", name)
    project = Project(folder)
    unit_id = project.load(place).units[number - 1].id
    project.change(place, lambda now: now.map_unit(unit_id, lambda unit: workflow.draft(unit, text, who, NOW)))
