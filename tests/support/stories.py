"""A newsroom with a story published in two languages, and a search through all its files."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from support.commands import NOW, new_project
from transflow import renderers
from transflow.actions import Actor
from transflow.actions.privacy.residue import readings
from transflow.actions.reports import intake
from transflow.actions.stories import article, clearance, publish, render
from transflow.actions.units import steps
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.project.cache import folder as cache_folder
from transflow.text import without_spaces

TEXTS = {
    "en": (
        "Flood cuts three bridges",
        "Three bridges in Riverside were cut on the night of the 5th.",
        "Nobody was hurt.",
        "The city began repairs on the 6th.",
        "The work will take two months.",
    ),
    "vi": (
        "Lũ cuốn ba cây cầu",
        "Ba cây cầu ở Riverside bị cuốn trong đêm mùng 5.",
        "Không ai bị thương.",
        "Thành phố bắt đầu sửa chữa vào ngày 6.",
        "Công việc sẽ kéo dài hai tháng.",
    ),
}
"""The translations of the report `flood`, by claire in English and by leejin in Vietnamese."""
PAGES = {"en": "https://news.example.org/en/river", "vi": "https://news.example.org/vi/river"}


def actor(folder: Path, who: str, now: str = NOW) -> Actor:
    project = Project(folder)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, now)


@cache
def _original() -> Path:
    """Create the newsroom once per process, because copying it is faster."""
    folder = new_project(Path(mkdtemp(prefix="river-")) / "river", ("en", "vi"))
    settings = folder / "transflow.toml"
    lines = settings.read_text(encoding="utf-8").split("\n")  # the example in the template's comments also has a name
    settings.write_text("\n".join(line for line in lines if line[:1] != "#"), encoding="utf-8")
    for locale, texts in TEXTS.items():
        who = {"en": "claire", "vi": "leejin"}[locale]
        for number, text in enumerate(texts, 1):
            steps.confirm(actor(folder, who), f"{locale}:flood#{number}", text)
        steps.approve(actor(folder, "mina"), f"{locale}:flood")
        article.compose_article(actor(folder, "eugene"), f"{locale}:river", ["flood"])
        steps.confirm(actor(folder, "eugene"), f"{locale}:river")
        clearance.ready(actor(folder, "eugene"), f"{locale}:river")
        clearance.clear(actor(folder, "mina"), f"{locale}:river")
        place = CatalogRef(locale, "articles", "river")
        publish.record_publication(actor(folder, "mina"), f"{locale}:river", [PAGES[locale]])
        render.render(Project(folder), place, renderers.names(), NOW, as_draft=False)
    return folder


def river(folder: Path) -> Path:
    """Create the report `flood` and the story `river`, published in English and Vietnamese."""
    return Path(shutil.copytree(_original(), folder))


def story(folder: Path, locale: str = "en", slug: str = "river") -> Catalog:
    return Project(folder).load(CatalogRef(locale, "articles", slug))


def report(folder: Path, locale: str = "en", slug: str = "flood") -> Catalog:
    return Project(folder).load(CatalogRef(locale, "reports", slug))


def only(found: list[Unit] | tuple[Unit, ...]) -> Unit:
    (unit,) = found
    return unit


def again(folder: Path, locale: str = "en", now: str = NOW) -> None:
    """Write, clear and render the story again, as it is now."""
    name = f"{locale}:river"
    intake.update(actor(folder, "claire", now), "flood", locale)
    steps.confirm(actor(folder, "eugene", now), name)
    clearance.clear(actor(folder, "mina", now), name)
    render.render(Project(folder), CatalogRef(locale, "articles", "river"), ["html", "txt"], now, as_draft=False)


def everywhere(folder: Path, text: str) -> list[str]:
    """Return the files, and cache files, that contain a text in any encoding, except in .git."""
    wanted = without_spaces(text)
    found = []
    cache = cache_folder(folder)
    for path in sorted([*folder.rglob("*"), *cache.rglob("*")]):
        if ".git" in path.parts or not path.is_file():
            continue
        shown = path.relative_to(cache if path.is_relative_to(cache) else folder).as_posix()
        content = path.read_bytes().decode("utf-8", "replace")
        if wanted in without_spaces(shown) or any(wanted in without_spaces(each) for each in readings(content)):
            found.append(shown)
    return found
