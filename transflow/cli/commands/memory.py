"""The `transflow memory` commands: lookup, find, rebuild, import, export, and those of the shared
memory.
"""

from __future__ import annotations

from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.language.memory import Memory
from transflow.actions.refs import parse_ref
from transflow.cli.formatting import pluralize
from transflow.cli.memory_files import export, import_, memory_progress, open_memory
from transflow.cli.memory_server import allow, grant, revoke, setup, withheld
from transflow.cli.notices import notify, print_text
from transflow.cli.options import (
    AliasGroup,
    complete_report_slugs,
    format_option,
    keep_from_log,
    locale_option,
    pass_anonymous_actor,
)
from transflow.cli.streams import write_json
from transflow.errors import UsageError
from transflow.memory.index import IndexedEntry
from transflow.memory.match import Match
from transflow.messages import Message, Messages, joined
from transflow.model.references import reference
from transflow.project import CatalogRef

MESSAGES = Messages(
    __name__,
    {
        "no-sentence": "{ref} is not one sentence of a report: name one, as in {report}#12.",
        "differs": "      differs: {old} → {new}",
        "nothing": "(nothing)",
        "no-match": "Nothing found: no sentence in the memory is that similar ({threshold}% or more).",
        "not-found": "Nothing found: “{words}” is not in the memory.",
        "exchanged": "      exchanged: {old} → {new}",
        "reading/language": "Reading {language}",
        "rebuilt": "{language}: {sentences} in the memory.",
    },
)

_report_option = click.option(
    "--report",
    default="",
    metavar="SLUG",
    help="Search this confidential report too.",
    shell_complete=complete_report_slugs,
)


@click.group(cls=AliasGroup, aliases={"search": "find"})
def memory() -> None:
    """Search and exchange earlier translations.

    \b
    Examples:
      transflow memory lookup "유엔은 서한을 보냈다."
      transflow memory lookup un-letter#4
      transflow memory find 특별보고관
      transflow memory rebuild
      transflow memory import old.tmx
      transflow memory export all.tmx
      transflow memory allow
    """


for _command in (import_, export, allow, setup, grant, revoke, withheld):
    memory.add_command(_command)


@memory.command("lookup")
@click.argument("text", metavar="TEXT|REF")
@click.option(
    "--threshold", type=click.IntRange(1, 101), default=70, show_default=True, help="The lowest score, in percent."
)
@click.option(
    "--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="The maximum number of results."
)
@_report_option
@format_option
@locale_option
@pass_anonymous_actor
def lookup(actor: Actor, text: str, threshold: int, limit: int, report: str, form: str, locale: str) -> int:
    """Look up translations of similar sentences, best first.

    An equal sentence scores 100, or 101 if its neighbours are equal too.

    TEXT may also be the REF of a sentence, which is no match for itself. If words in a match were
    exchanged, a line below it says so. Exit code 1: no match.

    \b
    Examples:
      transflow memory lookup "유엔은 중국 정부에 서한을 보냈다."
      transflow memory lookup un-letter#4 --threshold 60
    """
    keep_from_log(click.get_current_context(), report or text)
    place: dict[str, Any] = {"report": report}
    if "#" in text and not any(char.isspace() for char in text):
        text, place, locale = _sentence(actor, text)
    with open_memory(actor, locale) as opened:
        matches = opened.lookup(text, threshold, limit, **place)
    if form == "json":
        write_json([_match_values(each) for each in matches])
    else:
        for each in matches:
            print_text(_text(each, text, _ref(opened, each.origin.catalog, each.origin.unit)))
    if not matches:
        notify(MESSAGES("no-match", threshold=threshold))
    return int(not matches)


def _sentence(actor: Actor, ref: str) -> tuple[str, dict[str, Any], str]:
    """Return the source of a sentence, its place as arguments of a lookup, and its locale."""
    wanted = parse_ref(actor.project, ref)
    catalog = actor.project.load(wanted.place)
    ids = wanted.ids(catalog)
    if len(ids) != 1 or wanted.place.folder != "reports":
        raise UsageError(MESSAGES("no-sentence", ref=ref, report=wanted.place.slug))
    sources = ["", *(unit.source for unit in catalog.units), ""]
    number = next(n for n, unit in enumerate(catalog.units, 1) if unit.id == ids[0])
    place = {"report": wanted.place.slug, "unit": ids[0], "neighbours": (sources[number - 1], sources[number + 1])}
    return sources[number], place, wanted.place.locale


def _ref(opened: Memory, slug: str, unit: str) -> str:
    """Return the reference to an earlier translation, which may be of another project."""
    place = CatalogRef(opened.locale, "reports", slug)
    return opened.project.ref(place, unit) if opened.project.exists(place) else reference(slug, unit)


def _match_values(match: Match) -> dict[str, Any]:
    values = match._asdict() if hasattr(match, "_asdict") else {name: getattr(match, name) for name in match.__slots__}
    values["origin"] = match.origin._asdict()
    values["differences"] = [each._asdict() for each in match.differences]
    values["repairs"] = [each._asdict() for each in match.repairs]
    return values


def _text(match: Match, text: str, ref: str) -> Message:
    """Return the lines of a match: score, texts, origin, differences from the text looked up."""
    origin = match.origin
    about = ", ".join(filter(None, (ref, origin.state, origin.who, origin.time[:10])))
    lines: list[str] = [f"{match.score}%  {match.target}", f"      {match.source}", f"      {about}"]
    for each in match.differences:
        old, new = match.source[slice(*each.old)], text[slice(*each.new)]
        lines.append(MESSAGES("differs", old=old or MESSAGES("nothing"), new=new or MESSAGES("nothing")))
    lines += [MESSAGES("exchanged", old=each.original, new=match.target[slice(*each.span)]) for each in match.repairs]
    return joined(lines, "\n")


@memory.command("find")
@click.argument("words")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="The maximum number of results."
)
@_report_option
@format_option
@locale_option
@pass_anonymous_actor
def find(actor: Actor, words: str, limit: int, report: str, form: str, locale: str) -> int:
    """Find words in earlier translations, on either side.

    Words may stand in any order; quotation marks keep them together. Korean is found with and
    without spaces. Exit code 1: not found.

    \b
    Examples:
      transflow memory find 특별보고관
      transflow memory find "rapporteur special" --limit 10
      transflow memory find '"special rapporteur" 서한'
    """
    keep_from_log(click.get_current_context(), report or words)
    with open_memory(actor, locale) as opened:
        entries = opened.concordance(words, limit, report=report)
    if form == "json":
        write_json([_entry_values(each) for each in entries])
    for each in entries if form == "text" else ():
        about = ", ".join(filter(None, (each.entry.state, each.entry.who, each.entry.time[:10])))
        click.echo(
            f"{_ref(opened, each.catalog, each.entry.unit)}  {about}\n  {each.entry.source}\n  {each.entry.target}"
        )
    if not entries:
        notify(MESSAGES("not-found", words=words))
    return int(not entries)


def _entry_values(held: IndexedEntry) -> dict[str, Any]:
    entry = held.entry
    return {"catalog": held.catalog} | {
        name: getattr(entry, name) for name in ("unit", "source", "target", "state", "who", "time")
    }


@memory.command("rebuild")
@locale_option
@pass_anonymous_actor
def rebuild(actor: Actor, locale: str) -> None:
    """Build the memory again from the catalogs.

    You may stop it: what was read until then can be found, and the next lookup reads the rest.

    \b
    Example:
      transflow memory rebuild
    """
    for language in [actor.project.locale(locale)] if locale else actor.project.settings.locales:
        with (
            open_memory(actor, language) as opened,
            memory_progress(MESSAGES("reading/language", language=language)) as progress,
        ):
            count = opened.rebuild(progress)
        print_text(MESSAGES("rebuilt", language=language, sentences=pluralize(count, "sentence")))
