"""Output of stories: explained credits and rendered files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from transflow import renderers
from transflow.actions.agents.guard import check_person
from transflow.actions.stories.print_context import load_print_context
from transflow.attribution import credits
from transflow.attribution.shown_people import is_shown, shown_id
from transflow.errors import RefusedError
from transflow.messages import NOTHING, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.story import Story
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.templates import template_reader
from transflow.stories import story
from transflow.stories.clearance import is_cleared, read_clearance
from transflow.stories.machine_share import MachineShare
from transflow.stories.machine_share import label as label_of
from transflow.stories.machine_share import machine_share as share_of
from transflow.stories.publications import withheld_people

MESSAGES = Messages(
    __name__,
    {
        "somebody": "somebody",
        "unknown": "nobody in transflow.toml has this id",
        "protected": "protected",
        "withheld": "withheld",
        "small-share": "under the smallest share ({share})",
        "no-name": "has no name in transflow.toml",
    },
)

BUILD = "build"
"""Folder of rendered stories."""
EMBARGOED = ".draft"
"""In the file name of a draft under embargo. No slug has a dot: no story has such a name."""


class CreditExplanation(NamedTuple):
    """A contributor with the 1-based positions of the paragraphs that they have words in."""

    name: str
    role: str
    words: int
    paragraphs: tuple[int, ...]
    why_not: str = ""
    """Reason why the name is not printed; empty if it is."""


def credit_line(project: Project, name: str) -> str:
    """Return the credit line as it would print now."""
    place = project.find_catalog(name, "articles")
    article = project.load(place)
    clearance = read_clearance(article)
    adapted = load_print_context(project, place.locale, article).adapted
    cleared_by = clearance.who if clearance else ""
    groups = credits.credits(article, project.settings, cleared_by, withheld_people(article), adapted)
    return credits.credit_line(groups, place.locale)


def machine_share(project: Project, name: str) -> MachineShare:
    """Return what machines have in the printed text."""
    place = project.find_catalog(name, "articles")
    article = project.load(place)
    return share_of(article, load_print_context(project, place.locale, article))


def label(project: Project, name: str) -> str:
    """Return the label as it would print now; empty for none."""
    place = project.find_catalog(name, "articles")
    article = project.load(place)
    context = load_print_context(project, place.locale, article)
    clearance = read_clearance(article) if is_cleared(article, context) else None
    return label_of(article, context, clearance.who if clearance else "")


def explain_credits(project: Project, name: str) -> Iterator[CreditExplanation]:
    """Yield everybody with words in the printed text, credited or not."""
    place = project.find_catalog(name, "articles")
    article = project.load(place)
    positions = {unit.id: i for i, unit in enumerate(article.units, 1)}
    adapted = load_print_context(project, place.locale, article).adapted
    credited = set(credits.owed_credits(article, project.settings, adapted=adapted))
    for each in credits.contributions(article, project.settings, adapted):
        person = project.settings.person(each.person)
        paragraphs = tuple(positions[unit] for unit in each.paragraphs)
        why_not = _why_not(article, project, each, credited)
        name = person.name if person and person.name and not person.protected else each.person
        name = name if is_shown(project.settings, each.person) else MESSAGES("somebody")
        yield CreditExplanation(name, each.role, each.words, paragraphs, why_not)
    for who in credits.unknown_authors(article, project.settings):
        yield CreditExplanation(shown_id(project.settings, who), "", 0, (), MESSAGES("unknown"))


def _why_not(
    article: Catalog, project: Project, each: credits.Contribution, credited: set[tuple[credits.CreditRole, str]]
) -> Message:
    person = project.settings.person(each.person)
    if person and person.protected:
        return MESSAGES("protected")
    if each.person in withheld_people(article):
        return MESSAGES("withheld")
    if (each.role, each.person) not in credited:
        return MESSAGES("small-share", share=f"{project.settings.minimum_share:.0%}")
    return NOTHING if person and person.name else MESSAGES("no-name")


def stories(project: Project, names: Sequence[str]) -> list[CatalogRef]:
    """Return the named articles, or all."""
    if names:
        return [project.find_catalog(name, "articles") for name in names]
    return [place for locale in project.listed_locales for place in project.catalogs(locale, "articles")]


def render(project: Project, place: CatalogRef, formats: Sequence[str], now: str, *, as_draft: bool) -> list[Path]:
    """Write `build/<locale>/<slug>.*` in each format, and return the paths.

    A draft under embargo has a name of its own, `<slug>.draft.*`, so that no script publishes it.
    A story that was killed or withdrawn is written in the formats that have a form for that, and
    in others if it may print. Raise RefusedError if nothing of it must print.
    """
    check_person(project)
    canceled = {} if as_draft else rendered_cancellation(project, place, formats)
    paths = {name: output_path(project, place, name) for name in canceled}
    texts = dict(canceled)
    if others := [name for name in formats if name not in canceled]:
        try:
            page = printed_story(project, place, now, as_draft=as_draft)
        except RefusedError:
            if not canceled:
                raise
        else:
            texts |= rendered_texts(project, page, others)
            paths |= {name: output_path(project, place, name, is_embargoed=bool(page.embargo)) for name in others}
    for name, path in paths.items():
        disk.write(project.root, path, texts[name])
    return list(paths.values())


def rendered_cancellation(project: Project, place: CatalogRef, formats: Sequence[str]) -> dict[str, bytes]:
    """Return a killed or withdrawn story in those formats that have a form for it; else nothing."""
    wanted = [name for name in formats if renderers.prints_cancellations(name)]
    article = project.load(place)
    page = story.cancellation(article, load_print_context(project, place.locale, article)) if wanted else None
    return rendered_texts(project, page, wanted) if page else {}


def printed_story(project: Project, place: CatalogRef, now: str, *, as_draft: bool) -> Story:
    """Return a story as it prints. Raise RefusedError if it must not print."""
    article = project.load(place)
    return story.story(article, load_print_context(project, place.locale, article), now, as_draft=as_draft)


def rendered_texts(project: Project, page: Story, formats: Sequence[str]) -> dict[str, bytes]:
    """Return a story in each format."""
    templates = template_reader(project)
    return {name: renderers.render(page, name, templates).encode("utf-8") for name in formats}


def output_path(project: Project, place: CatalogRef, form: str, *, is_embargoed: bool = False) -> Path:
    """Return the file of a story in a format, whether it exists or not."""
    suffix = f"{EMBARGOED if is_embargoed else ''}{renderers.load(form).SUFFIX}"
    return project.root / BUILD / place.locale / f"{place.slug}{suffix}"
