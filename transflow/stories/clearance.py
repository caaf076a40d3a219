"""Clearance of a story by an editor, and what keeps one from clearing or printing it.

Invariant: what a clearance covers is computed only here: kind, id, source and target of every
printed unit in order, byline, dateline, X-Date, the tags of the reports, and the credited people
with their roles, before any withholding, and the desk's label of machine drafts if it prints. A
clearance is valid only while this digest is unchanged and no printed paragraph is fuzzy or stale.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from transflow.attribution import credits
from transflow.digests import digest
from transflow.messages import NOTHING, CommandRef, Message, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.references import reference
from transflow.model.settings import Settings
from transflow.model.unit import Approval, Unit
from transflow.stories import corrections, live, machine_share
from transflow.stories import publications as publication
from transflow.stories.compose import DraftSource, placement, why_stale
from transflow.stories.limits import unprintable
from transflow.stories.printed import PrintContext, bylines, clarifications, dateline, printed_units, report_tags, tags
from transflow.units.positions import format_positions
from transflow.units.workflow import open_questions

MESSAGES = Messages(
    __name__,
    {
        "another-headline": "the story has another headline: cut one of the two",
        "another-deck": "the story has another deck: cut one of the two",
        "two-texts": "two people gave it two texts",
        "not-taken": "you have not accepted this paragraph",
        "fuzzy": "it needs another look",
        "question": "{who} asks: “{text}”",
        "reason": "{refs}: {why}.",
        "no-editor": "{who} is no editor.",
        "story-killed": "the story was killed: {command} takes that back.",
        "not-ready": "its writer has not said that it is ready: {command} comes first.",
        "empty": "it prints nothing: it has no paragraph yet, or all are cut.",
        "own-story": "most of the story is by {who}: somebody else clears it (four eyes).",
        "alone": "Or say why nobody else reads it, with {command}.",
        "only-editor": "Nobody else is an editor: set “clear_alone = true” under [workflow] in transflow.toml, then say why "
        "nobody else reads it, with {command}.",
        "no-alone": "this project does not allow clearing alone (workflow.clear_alone).",
    },
)

HEADS = ("headline", "deck")
"""Kinds that a story prints once, above its body."""
ArticleState = Literal["composing", "ready", "cleared", "published", "killed"]


class Clearance(NamedTuple):
    """Parsed value of X-Cleared."""

    who: str
    time: str
    digest: str
    alone: str
    """Reason for clearing without a second reader; empty if there was one."""


def read_clearance(article: Catalog) -> Clearance | None:
    """Return X-Cleared, whether or not it is still valid."""
    parts = article.header.get("X-Cleared").split(" ", 4)
    if len(parts) < 3:
        return None
    alone = (parts[4] if len(parts) > 4 else "no reason given") if len(parts) > 3 and parts[3] == "alone" else ""
    return Clearance(parts[0], parts[1], parts[2], alone)


def clearance_digest(article: Catalog, context: PrintContext, cleared_by: str, *, with_tags: bool = True) -> str:
    """Return the digest that a clearance by this person would cover now.

    Without tags it is that of a clearance from before tags were printed.
    """
    units = [part for unit in printed_units(article) for part in (unit.kind, unit.id, unit.source, unit.target)]
    units += clarifications(article)
    people = [
        part for pair in credits.owed_credits(article, context.settings, cleared_by, context.adapted) for part in pair
    ]
    names = [name for _, name in bylines(article, context)]
    about = report_tags(article, context) if with_tags else ()
    label = machine_share.label_rule(article, context)
    return digest(*units, *names, dateline(article, context), article.header.get("X-Date"), *people, *about, *label)


def is_cleared(article: Catalog, context: PrintContext) -> bool:
    """Return True if the clearance covers what would be printed now."""
    current = read_clearance(article)
    if current is None or not any(_covers(current, article, context, with_tags) for with_tags in (True, False)):
        return False
    return not blockers(article, context)


def cleared_tags(article: Catalog, context: PrintContext) -> tuple[str, ...]:
    """Return the tags that are printed: none under a clearance that does not cover them."""
    current = read_clearance(article)
    is_covered = current is None or not _covers(current, article, context, with_tags=False)
    return tags(article, context).printed if is_covered else ()


def _covers(clearance: Clearance, article: Catalog, context: PrintContext, with_tags: bool) -> bool:
    return clearance.digest == clearance_digest(article, context, clearance.who, with_tags=with_tags)


def with_renewed_clearance(article: Catalog, context: PrintContext) -> Catalog:
    """Return the article with the existing clearance renewed for its present state.

    Only for callers that know that nothing but an id changed.
    """
    current = read_clearance(article)
    if current is None:
        return article
    new_digest = clearance_digest(article, context, current.who)
    alone = f" alone {current.alone}" if current.alone else ""
    return article.replace(header=article.header.replace(X_Cleared=f"{current.who} {current.time} {new_digest}{alone}"))


def without_clearance(article: Catalog) -> Catalog:
    """Return a changed article without its clearance and the approvals that depend on it alone.

    Clearing approves every paragraph, since the four-eyes rule is applied to the story as a whole:
    the editor may have written some paragraphs.
    """
    current = read_clearance(article)
    if not article.header.get("X-Cleared"):
        return article
    units = tuple(
        unit.replace(approved=None) if current and unit.approved and _depends_on(unit, unit.approved, current) else unit
        for unit in article.units
    )
    return article.replace(header=article.header.replace(X_Cleared=None), units=units)


def _depends_on(unit: Unit, approved: Approval, clearance: Clearance) -> bool:
    """Return True if a paragraph is approved only because its main author cleared the story."""
    return (approved.who, approved.time) == (clearance.who, clearance.time) and credits.main_author(
        unit
    ) == clearance.who


def article_state(article: Catalog, context: PrintContext) -> ArticleState:
    header = article.header
    if header.get("X-Killed"):
        return "killed"
    if publication.is_published(article):
        return "published"
    if is_cleared(article, context):
        return "cleared"
    return "ready" if header.get("X-Ready") else "composing"


def blockers(article: Catalog, context: PrintContext) -> list[tuple[Unit, Message]]:
    """Return (unit, reason) for printed paragraphs that cannot be published, in print order."""
    language = article.header.get("Language")
    behind = placement(article, context.reports)
    withheld_by = {unit.id: why for unit, why in unprintable(article, context)}
    found: list[tuple[Unit, Message]] = []
    heads: set[str] = set()
    faults = corrections.uncorrected_paragraphs(article, locale=context.locale)
    for unit in printed_units(article):
        why = withheld_by.get(unit.id) or _why_not_ready(unit, behind[unit.id], language, context)
        if not why and live.is_live(article):
            why = live.why_unfinished(behind[unit.id], context.settings.compose_requires, context.typed)
        if unit.kind in HEADS:
            why = MESSAGES(f"another-{unit.kind}") if unit.kind in heads else why
            heads.add(unit.kind)
        found += [(unit, why)] if why else []
        found += [(unit, reason) for about, reason in faults if about.id == unit.id]
    return found


def _why_not_ready(unit: Unit, behind: Sequence[DraftSource], language: str, context: PrintContext) -> Message:
    if unit.conflicts:
        return MESSAGES("two-texts")
    if stale := why_stale(unit, behind, language, context.typed):
        return stale
    if not unit.target:
        return MESSAGES("not-taken")
    return MESSAGES("fuzzy") if unit.fuzzy else NOTHING


def printed_questions(article: Catalog) -> list[tuple[Unit, Message]]:
    """Return (unit, question) for the open questions about printed units.

    They prevent a clearance, but do not keep a cleared story from printing.
    """
    return [
        (unit, MESSAGES("question", who=question.who, text=question.text))
        for unit in printed_units(article)
        for question in open_questions(unit)
    ]


def kept_back(article: Catalog, context: PrintContext) -> list[tuple[Unit, Message]]:
    """Return (unit, reason) for all that keeps printed paragraphs from being cleared."""
    return [
        *blockers(article, context),
        *printed_questions(article),
        *machine_share.refusals(article, context),
    ]


def why_killed(article: Catalog, locale: str) -> Message:
    """Return that a story was killed, with the way out, or `NOTHING` if it was not."""
    if not article.header.get("X-Killed"):
        return NOTHING
    name = reference(article.header.get("X-Article"), locale=locale)
    return MESSAGES("story-killed", command=CommandRef(f"kill {name} --undo"))


def why_not_clear(article: Catalog, context: PrintContext, who: str, now: str, alone: str = "") -> Message:
    """Return why a person cannot clear the story now, or `NOTHING` if they can.

    `alone` is the reason given with --alone.
    """
    person = context.settings.person(who)
    if person is None or not person.has_role("editor", now):
        return MESSAGES("no-editor", who=who)
    if killed := why_killed(article, context.locale):
        return killed
    if not article.header.get("X-Ready"):
        return MESSAGES("not-ready", command=CommandRef("ready"))
    if not printed_units(article):
        return MESSAGES("empty")
    if found := kept_back(article, context):
        return format_reasons(article, found, context.locale)
    if credits.story_main_author(article) == who and not alone:
        name = reference(article.header.get("X-Article"), locale=context.locale)
        way_out = _way_to_clear_alone(context.settings, who, now, name)
        return joined(filter(None, (MESSAGES("own-story", who=who), way_out)), " ")
    if alone and not context.settings.clear_alone:
        return MESSAGES("no-alone")
    return NOTHING


def _way_to_clear_alone(settings: Settings, who: str, now: str, story: str) -> Message:
    """Return how an editor can clear a story that is mostly their own; `NOTHING` if others can."""
    command = CommandRef(f"clear {story} --alone REASON")
    if settings.clear_alone:
        return MESSAGES("alone", command=command)
    return MESSAGES("only-editor", command=command) if is_only_editor(settings, who, now) else NOTHING


def is_only_editor(settings: Settings, who: str, now: str) -> bool:
    """Return True if nobody else is an editor."""
    return not any(each.id != who and each.has_role("editor", now) for each in settings.people)


def format_reasons(article: Catalog, found: Sequence[tuple[Unit, Message]], locale: str) -> Message:
    """Format (unit, reason) pairs as indented lines, one for each reason, in text order.

    `locale` is the language in references to the article, as in `PrintContext`.
    """
    numbers = {unit.id: number for number, unit in enumerate(article.units, 1)}
    numbers_by_reason: dict[Message, list[int]] = {}
    for unit, why in found:
        numbers_by_reason.setdefault(why, []).append(numbers[unit.id])
    slug = article.header.get("X-Article")
    lines = (
        MESSAGES("reason", refs=reference(slug, format_positions(positions), locale), why=why)
        for why, positions in numbers_by_reason.items()
    )
    return joined(["", *lines], "\n  ")


def after_colon(why: Message) -> Message:
    """Return a reason to be put after a colon; a list starts on its own line."""
    return why if why.startswith("\n") else joined(["", why], " ")
