"""Proposals for a report by the tag of its headline: a live story, a new version, a kind of page.

Invariant: nothing is changed here; a proposal names the commands that people decide about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transflow import similarity
from transflow.actions import Actor
from transflow.errors import TransflowError
from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.po.scan import header_field
from transflow.project import CatalogRef, Project
from transflow.report.title_tags import TitleTag, title_tag
from transflow.stories import publications

MESSAGES = Messages(
    __name__,
    {
        "flash": "[{tag}]: {command} begins a live story of it.",
        "later": "[{tag}]: a later version of {report}, it seems. {update} puts it in its place; {compose} adds it to the story.",
        "correction": "[{tag}]: a correction of {report}, it seems. {update} puts it in its place; {published} records the page then.",
        "withdrawn": "[{tag}]: {report} is taken back, it seems. {kill} takes its story back; {published} records that the page is gone.",
        "kind/correction": "{report} has “{tag}” in its headline: {command} records the page as a correction.",
        "kind/withdrawn": "{report} has “{tag}” in its headline: {command} records that the page is gone.",
    },
)
_LEAST = 60
"""Percent of similarity from which on two headlines are about the same news."""


class Proposal(NamedTuple):
    """Proposal for a new report: the tag, and an earlier report with its story, if there is one."""

    tag: TitleTag
    report: str = ""
    story: CatalogRef | None = None


def proposal(actor: Actor, title: str, slug: str = "") -> Proposal | None:
    """Return the proposal for a report with a headline; None if its tag says nothing here.

    `slug` is its name, if it was added already. Stories count that are live or published.
    """
    tag = title_tag(title)
    if tag is None:
        return None
    wanted = _letters(tag.bare)
    best = max(
        ((_likeness(wanted, other), report, story) for report, story, other in _titles(actor.project, slug)),
        default=(0.0, "", None),
        key=lambda each: each[0],
    )
    if wanted and best[0] >= _LEAST:
        return Proposal(tag, *best[1:])
    return Proposal(tag) if tag.kind == "flash" else None


def _titles(project: Project, slug: str) -> Iterator[tuple[str, CatalogRef, str]]:
    """Yield (report, story, headline without tags) for the reports of stories that are out."""
    for locale in project.settings.locales:
        for story in project.catalogs(locale, "articles"):
            text = project.text(story)
            if not (header_field(text, "X-Live") or header_field(text, "X-Published")):
                continue
            for report in header_field(text, "X-Reports").split():
                if report != slug and (title := _title(project, report)):
                    yield report, story, _letters(_bare(title))


def _title(project: Project, report: str) -> str:
    try:
        return project.front_matter(report).title
    except TransflowError:  # the report is missing or damaged, which `check` names
        return ""


def _bare(title: str) -> str:
    tag = title_tag(title)
    return tag.bare if tag else title


def _letters(title: str) -> str:
    return "".join(filter(str.isalnum, title)).casefold()


def _likeness(first: str, second: str) -> float:
    short, long = sorted((first, second), key=len)
    return similarity.partial_ratio(short, long) if short else 0.0


def proposal_words(actor: Actor, found: Proposal, slug: str, path: str) -> Message:
    """Return what is proposed for a report that was added from a file, with the commands."""
    tag = found.tag
    if found.story is None:
        return MESSAGES("flash", tag=tag.text, command=CommandRef(f"compose {slug}-story --from {slug} --live"))
    story = actor.project.ref(found.story)
    kind = "later" if tag.kind == "flash" else tag.kind
    option = "--gone" if kind == "withdrawn" else "--kind correction"
    return MESSAGES(
        kind,
        tag=tag.text,
        report=found.report,
        update=CommandRef(f"update {found.report} {path}"),
        compose=CommandRef(f"compose {story} --from {slug}"),
        kill=CommandRef(f"kill {story} {tag.text}"),
        published=CommandRef(f"published {story} --url URL {option}"),
    )


def proposed_kind(actor: Actor, name: str, address: str) -> Message:
    """Return which other kind the page of a story should have, by the headlines of its reports.

    `NOTHING` if its newest record has that kind already.
    """
    place = actor.project.find_catalog(name, "articles")
    article = actor.project.load(place)
    recorded = {each.address: each.kind for each in publications.publications(article)}.get(address, "")
    for report in article.header.get("X-Reports").split():
        tag = title_tag(_title(actor.project, report))
        if tag is None or tag.kind not in ("correction", "withdrawn") or tag.kind == recorded:
            continue
        option = "--gone" if tag.kind == "withdrawn" else "--kind correction"
        command = CommandRef(f"published {actor.project.ref(place)} --url {address} {option}")
        return MESSAGES(f"kind/{tag.kind}", report=report, tag=tag.text, command=command)
    return NOTHING
