"""The `transflow replace` command."""

from __future__ import annotations

import sys
from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.checks.check_context import CheckContexts
from transflow.actions.language import replace as replacing
from transflow.actions.language.replace import ReplacedText, Replacement
from transflow.cli.actors import pass_actor
from transflow.cli.formatting import pluralize
from transflow.cli.notices import ask, notify, print_text
from transflow.cli.options import format_option, locales_option
from transflow.cli.streams import write_json
from transflow.messages import NOTHING, Message, Messages
from transflow.project import CatalogRef

MESSAGES = Messages(
    __name__,
    {
        "nowhere": "“{text}” was not found.",
        "change": "Change {sentences}?",
        "unchanged": "Nothing was changed. (--yes changes it without asking.)",
        "done": "{changed} changed, {renewed} renewed, {lost} lost.",
        "done/left": "{changed} changed, {renewed} renewed, {lost} lost, {left} left as they were.",
        "renewed": "approved anew",
        "lost": "its approval goes",
        "stays": "stays: {why}",
        "note": "{line}  ({note})",
        "glossary": "The glossary of {locale} spells {term} “{spelling}”: change it there too.",
    },
)


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@locales_option
@click.option("--yes", is_flag=True, help="Change it without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@format_option
@pass_actor
def replace(actor: Actor, old: str, new: str, locales: tuple[str, ...], yes: bool, dry_run: bool, form: str) -> int:
    """Change a spelling in every translation and story.

    Only whole words are replaced, with the same capital letters.

    Every place is shown first, and you are asked. The authors of the words stay. If you are an
    editor, approved texts get your approval instead, unless most of the words are yours; otherwise,
    or if a check calls the new spelling an error, they lose their approval. Cleared stories have to
    be cleared again. Published pages do not change: `transflow status` names those that differ.

    \b
    Examples:
      transflow replace "Kim Jong-un" "Kim Jong Un"
      transflow replace "Kim Jong-un" "Kim Jong Un" --dry-run
      transflow replace defector refugee --locale en --yes
    """
    for locale in locales:
        actor.project.locale(locale)
    replacement = Replacement(old, new)
    places = replacing.places_in_locales(actor.project.all_catalogs(), locales)
    planned = replacing.preview(actor, replacement, places)
    as_json = form == "json"
    if as_json and (dry_run or not planned):
        write_json({"dry_run": dry_run, "texts": list(map(_values, planned))})
    else:
        for change in () if as_json else planned:
            _print_change(change, replacement)
    if not planned:
        notify(MESSAGES("nowhere", text=old))
    else:
        _print_glossary_terms(actor, old)
    return 0 if dry_run or not planned else _replace(actor, replacement, places, len(planned), yes, as_json)


def _replace(
    actor: Actor, replacement: Replacement, places: list[CatalogRef], count: int, yes: bool, as_json: bool
) -> int:
    """Ask, change the spelling in so many sentences, and print the result. Return the exit code."""
    question = MESSAGES("change", sentences=pluralize(count, "sentence"))
    if not yes and not (sys.stdin.isatty() and ask(question)):
        notify(MESSAGES("unchanged"))
        return 0 if sys.stdin.isatty() else 1
    done = replacing.replace(actor, replacement, places)
    if done.unsigned:
        notify(done.unsigned)
    if as_json:
        write_json({"dry_run": False, "texts": list(map(_values, done.texts))})
        return int(any(change.why_not for change in done.texts))
    return _print_result(done.texts)


def _values(change: ReplacedText) -> dict[str, Any]:
    """Return a changed text as plain values; of withheld text the reference alone."""
    texts = {} if change.quiet else {"old": change.old, "new": change.new}
    return {"ref": change.where, **texts, "approval": change.approval, "why_not": str(change.why_not)}


def _print_result(done: list[ReplacedText]) -> int:
    """Print how many sentences were changed. Return the exit code: 1 where some were left."""
    changed = [change for change in done if not change.why_not]
    renewed, lost = (sum(change.approval == outcome for change in changed) for outcome in ("renewed", "lost"))
    left = len(done) - len(changed)
    counts = {
        "changed": pluralize(len(changed), "sentence"),
        "renewed": pluralize(renewed, "approval"),
        "lost": pluralize(lost, "approval"),
    }
    print_text(
        MESSAGES("done/left", left=pluralize(left, "sentence"), **counts) if left else MESSAGES("done", **counts)
    )
    return int(bool(left))


def _print_change(change: ReplacedText, replacement: Replacement) -> None:
    """Print the places of the spelling in context; of withheld text the reference alone."""
    note = MESSAGES("stays", why=change.why_not) if change.why_not else NOTHING
    note = note or (MESSAGES(change.approval) if change.approval else NOTHING)
    if change.quiet:
        print_text(_with_note(change.where, note))
        return
    for old, new in replacement.matches(change.old):
        click.echo(f"{change.where}: {old}")
        print_text(_with_note(f"  -> {new}", note))


def _with_note(line: str, note: Message) -> str:
    return MESSAGES("note", line=line, note=note) if note else line


def _print_glossary_terms(actor: Actor, old: str) -> None:
    """Print the terms whose spelling in the glossary is still the old one."""
    for locale in actor.project.settings.locales:
        for term in CheckContexts(actor.project, locale).terms.terms:
            if old in term.accepted_spellings:
                notify(MESSAGES("glossary", locale=locale, term=term.source, spelling=old))
