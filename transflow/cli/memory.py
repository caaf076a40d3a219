"""`transflow memory`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from transflow.actions import Actor
from transflow.cli import streams
from transflow.cli.session import complete_locales, complete_reports, input_bytes, many, now, unsigned
from transflow.cli.streams import json_out
from transflow.errors import UsageError

if TYPE_CHECKING:
    from transflow.actions.language.memory import Memory
    from transflow.memory.index import Held
    from transflow.memory.match import Match

_locale = click.option("--locale", default="", metavar="L", help="The language.", shell_complete=complete_locales)
_format = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
_report = click.option("--report", default="", metavar="SLUG", help="Where it stands.", shell_complete=complete_reports)


@click.group()
def memory() -> None:
    """What people of the project translated before, found again by likeness and by words.

    \b
    Examples:
      transflow memory lookup "유엔은 서한을 보냈다."
      transflow memory lookup un-letter#4
      transflow memory find 특별보고관
      transflow memory rebuild
      transflow memory import old.tmx
      transflow memory export all.tmx
    """


@contextmanager
def _opened(actor: Actor, locale: str) -> Iterator[Memory]:
    from transflow.actions.language.memory import Memory

    found = Memory(actor.project, actor.project.locale(locale), clock=now)
    try:
        yield found
    finally:
        found.close()
        if found.away:
            click.echo(f"transflow: {found.away} The memory of this machine answers alone.", err=True)


@memory.command("lookup")
@click.argument("text", metavar="TEXT|REF")
@click.option(
    "--threshold", type=click.IntRange(1, 101), default=70, show_default=True, help="The least score, in percent."
)
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many, at most.")
@_report
@_format
@_locale
@unsigned
def lookup(actor: Actor, text: str, threshold: int, limit: int, report: str, form: str, locale: str) -> int:
    """Translations of a like text, best first: 100 for an equal one, 101 where its neighbours are equal too.

    A REF names a sentence, which is no match for itself. What was exchanged in a match, and why, is said below it. Exit code 1
    where there is none.

    \b
    Examples:
      transflow memory lookup "유엔은 중국 정부에 서한을 보냈다."
      transflow memory lookup un-letter#4 --threshold 60
    """
    place: dict[str, Any] = {"report": report}
    if "#" in text and not any(char.isspace() for char in text):
        text, place, locale = _standing(actor, text)
    with _opened(actor, locale) as found:
        matches = found.lookup(text, threshold, limit, **place)
    if form == "json":
        json_out([_match_values(each) for each in matches])
    else:
        for each in matches:
            click.echo(_shown(each, text))
    return int(not matches)


def _standing(actor: Actor, ref: str) -> tuple[str, dict[str, Any], str]:
    """The source of the sentence that a REF names, where it stands, and its language."""
    from transflow.actions.refs import target

    wanted = target(actor.project, ref)
    catalog = actor.project.load(wanted.place)
    ids = wanted.ids(catalog)
    if len(ids) != 1 or wanted.place.folder != "reports":
        raise UsageError(f"{ref} is not one sentence of a report: name one, as in {wanted.place.slug}#12.")
    sources = ["", *(unit.source for unit in catalog.units), ""]
    number = next(n for n, unit in enumerate(catalog.units, 1) if unit.id == ids[0])
    where = {"report": wanted.place.slug, "unit": ids[0], "neighbours": (sources[number - 1], sources[number + 1])}
    return sources[number], where, wanted.place.locale


def _match_values(match: Match) -> dict[str, Any]:
    values = match._asdict() if hasattr(match, "_asdict") else {name: getattr(match, name) for name in match.__slots__}
    values["origin"] = match.origin._asdict()
    values["differences"] = [each._asdict() for each in match.differences]
    values["repairs"] = [each._asdict() for each in match.repairs]
    return values


def _shown(match: Match, text: str) -> str:
    origin = match.origin
    about = ", ".join(filter(None, (f"{origin.catalog}#{origin.unit}", origin.state, origin.who, origin.time[:10])))
    lines = [f"{match.score}%  {match.target}", f"      {match.source}", f"      {about}"]
    for each in match.differences:
        old, new = match.source[slice(*each.old)], text[slice(*each.new)]
        lines.append(f"      differs: {old or '(nothing)'} → {new or '(nothing)'}")
    lines += [f"      exchanged: {each.was} → {match.target[slice(*each.span)]}" for each in match.repairs]
    return "\n".join(lines)


@memory.command("find")
@click.argument("words")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many, at most.")
@_report
@_format
@_locale
@unsigned
def find(actor: Actor, words: str, limit: int, report: str, form: str, locale: str) -> int:
    """Where words stand in what was translated, on either side. Exit code 1 where they stand nowhere.

    \b
    Examples:
      transflow memory find 특별보고관
      transflow memory find "special rapporteur" --limit 10
    """
    with _opened(actor, locale) as found:
        held = found.concordance(words, limit, report=report)
    if form == "json":
        json_out([_held_values(each) for each in held])
    for each in held if form == "text" else ():
        about = ", ".join(filter(None, (each.entry.state, each.entry.who, each.entry.time[:10])))
        click.echo(f"{each.catalog}#{each.entry.unit}  {about}\n  {each.entry.source}\n  {each.entry.target}")
    return int(not held)


def _held_values(held: Held) -> dict[str, Any]:
    entry = held.entry
    return {"catalog": held.catalog} | {
        name: getattr(entry, name) for name in ("unit", "source", "target", "state", "who", "time")
    }


@memory.command("rebuild")
@_locale
@unsigned
def rebuild(actor: Actor, locale: str) -> None:
    """Make the memory anew from the catalogs. It may be stopped: what was read until then is found, the next question reads the rest.

    \b
    Example:
      transflow memory rebuild
    """
    for language in [actor.project.locale(locale)] if locale else actor.project.settings.locales:
        with _opened(actor, language) as found, _bar(f"Reading {language}") as progress:
            count = found.rebuild(progress)
        click.echo(f"{language}: {many(count, 'sentence')} in the memory.")


@contextmanager
def _bar(label: str) -> Iterator[Any]:
    """A progress bar on a terminal; what it yields is told how much of how much is done."""
    with streams.progress(length=1, label=label) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress


@memory.command("import")
@click.argument("file")
@click.argument("other", default="", metavar="[FILE]")
@click.option("--replace", is_flag=True, help="Take the place of a file of the same name.")
@_locale
@unsigned
def import_(actor: Actor, file: str, other: str, replace: bool, locale: str) -> None:
    """Take in a TMX file, or a pair of text files: line n of the second translates line n of the first.

    The file is kept in locales/<language>/memory/, as it is; whoever deletes it there takes it out of the memory.

    \b
    Examples:
      transflow memory import old.tmx
      transflow memory import news.ko news.en
    """
    from transflow.actions.language import memory_exchange

    language = actor.project.locale(locale)
    if other:
        data = input_bytes(file), input_bytes(other)
        count = memory_exchange.import_pair(actor.project, language, data, (file, other), replace=replace)
    elif file.lower().endswith(".tmx"):
        count = memory_exchange.import_tmx(actor.project, language, input_bytes(file), file, replace=replace)
    else:
        raise UsageError(f"{file} is no .tmx: name a second file for a pair of texts.")
    with _opened(actor, language) as found, _bar("Reading") as progress:
        found.refresh(progress)
    click.echo(f"{many(count, 'translation')} taken in.")


@memory.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument(
    "other", default=None, required=False, metavar="[FILE]", type=click.Path(dir_okay=False, path_type=Path)
)
@_locale
@unsigned
def export(actor: Actor, file: Path, other: Path | None, locale: str) -> None:
    """Write the memory as TMX 1.4b, or as a pair of text files. Confidential reports are not in it.

    \b
    Examples:
      transflow memory export all.tmx
      transflow memory export all.ko all.en
    """
    from transflow.actions.language import memory_exchange

    with _opened(actor, locale) as found:
        if other is not None:
            count = memory_exchange.export_pair(found, (file, other))
        elif file.suffix.lower() == ".tmx":
            count = memory_exchange.export_tmx(found, file)
        else:
            raise UsageError(f"{file} is no .tmx: name a second file for a pair of texts.")
    click.echo(f"{many(count, 'translation')} written.")
