"""`transflow glossary`, `transflow names`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from transflow.actions import Actor
from transflow.cli.session import complete_locales, complete_reports, input_bytes, many, unsigned
from transflow.cli.streams import json_out
from transflow.glossary.terms import KINDS, Term

_locale = click.option("--locale", default="", metavar="L", help="The language.", shell_complete=complete_locales)
_replace = click.option("--replace", is_flag=True, help="Spell anew what has another spelling.")
_format = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.group()
def glossary() -> None:
    """How names and terms are spelled: locales/<language>/glossary.po.

    \b
    Examples:
      transflow glossary add 평양 Pyongyang --kind place --forbidden Phyongyang
      transflow glossary find 평양
      transflow glossary import terms.csv
      transflow glossary export terms.tbx
    """


def _option(name: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(f"--{name}", multiple=True, metavar="TEXT", help=text)


@glossary.command("add")
@click.argument("source")
@click.argument("target", default="")
@click.option("--kind", type=click.Choice(KINDS), default="term", show_default=True)
@click.option("--forced", is_flag=True, help="Another spelling is an error, and not only a warning.")
@_option("allowed", "Another right spelling.")
@_option("forbidden", "A spelling that is wrong.")
@_option("also", "Another spelling of the source.")
@click.option("--short", default="", metavar="TEXT", help="For every mention after the first.")
@click.option("--homograph", is_flag=True, help="The source is an ordinary word too.")
@click.option("--context", default="", metavar="TEXT", help="Tells two meanings of one source apart.")
@click.option("--note", "comments", multiple=True, metavar="TEXT", help="A remark for people.")
@_replace
@_locale
@unsigned
def add(actor: Actor, source: str, target: str, locale: str, replace: bool, **fields: Any) -> None:
    """Add a term. Without TARGET: a name that has no spelling yet.

    \b
    Examples:
      transflow glossary add 김정은 "Kim Jong Un" --kind person --short Kim --forbidden "Kim Jong-un"
      transflow glossary add 수단 Sudan --kind place --homograph
      transflow glossary add 인권이사회 "Human Rights Council" --kind organisation --allowed UNHRC --forced
    """
    from transflow.actions.language import glossary as actions

    language = actor.project.locale(locale)
    term = actions.add(actor.project, language, Term(source, target, **fields), replace=replace)
    click.echo(shown(term))


@glossary.command("remove")
@click.argument("source")
@click.option("--context", default="", metavar="TEXT", help="Of the meaning, where there are several.")
@_locale
@unsigned
def remove(actor: Actor, source: str, context: str, locale: str) -> None:
    """Take a term out.

    \b
    Example:
      transflow glossary remove 평양
    """
    from transflow.actions.language import glossary as actions

    actions.remove(actor.project, actor.project.locale(locale), source, context)


@glossary.command("list")
@click.option("--kind", type=click.Choice(KINDS), default=None, help="This kind only.")
@_format
@_locale
@unsigned
def list_(actor: Actor, kind: str | None, form: str, locale: str) -> None:
    """All terms, in the order of the file.

    \b
    Examples:
      transflow glossary list
      transflow glossary list --kind person --format json
    """
    from transflow.actions.language import glossary as actions

    known = actions.terms(actor.project, actor.project.locale(locale))
    _show([term for term in known if kind in (None, term.kind)], form)


@glossary.command("find")
@click.argument("words")
@_format
@_locale
@unsigned
def find(actor: Actor, words: str, form: str, locale: str) -> int:
    """The terms that have these words on either side, or that stand in them. Exit code 1 where there is none.

    \b
    Examples:
      transflow glossary find pyong
      transflow glossary find "조선로동당 대표단이 평양에서 떠났다."
    """
    from transflow.actions.language import glossary as actions

    found = actions.find(actor.project, actor.project.locale(locale), words)
    _show(found, form)
    return int(not found)


@glossary.command("import")
@click.argument("file")
@_replace
@_locale
@unsigned
def import_(actor: Actor, file: str, replace: bool, locale: str) -> None:
    """Add the terms of a CSV or TBX file. What is there in another way stays as it is, and is named.

    A CSV begins with the names of its columns (source, target, kind, forbidden …), or has a source and a target on each line.

    \b
    Examples:
      transflow glossary import terms.csv
      transflow glossary import terms.tbx --replace
    """
    from transflow.actions.language import glossary as actions

    language = actor.project.locale(locale)
    added = actions.import_terms(actor.project, language, input_bytes(file), file, replace=replace)
    for term in added.kept:
        click.echo(f"stays as it is: {shown(term)}", err=True)
    click.echo(
        f"{many(len(added.new), 'term')} new, {len(added.changed)} changed, {added.same} the same, "
        f"{len(added.kept)} left as {'it was' if len(added.kept) == 1 else 'they were'}."
    )


@glossary.command("export")
@click.argument("file")
@_locale
@unsigned
def export(actor: Actor, file: str, locale: str) -> None:
    """Write the glossary as CSV or TBX, by the file's ending.

    \b
    Examples:
      transflow glossary export terms.csv
      transflow glossary export terms.tbx
    """
    from transflow.actions.language import glossary as actions
    from transflow.project.files import put

    language = actor.project.locale(locale)
    data = actions.export(actor.project, language, file)
    put(Path(file), data, 0o600)
    click.echo(f"{file}: {many(len(actions.terms(actor.project, language)), 'term')}.")


def _show(found: list[Term], form: str) -> None:
    if form == "json":
        values = [{name: getattr(term, name) for name in Term.__slots__ if getattr(term, name)} for term in found]
        json_out(values)
        return
    for term in found:
        click.echo(shown(term))


def shown(term: Term) -> str:
    """A term on one line: `평양 → Pyongyang  place, forced; not: Phyongyang`."""
    marks = [term.kind, *(name for name in ("forced", "homograph") if getattr(term, name))]
    parts = [", ".join(marks)]
    parts += [f"short: {term.short}"] * bool(term.short)
    parts += [f"also right: {', '.join(term.allowed)}"] * bool(term.allowed)
    parts += [f"not: {', '.join(term.forbidden)}"] * bool(term.forbidden)
    parts += ["needs another look"] * term.open
    source = " / ".join(term.sources) + (f" ({term.context})" if term.context else "")
    return f"{source} → {term.target or '(none yet)'}  {'; '.join(parts)}"


@click.command()
@click.argument("report", shell_complete=complete_reports)
@_format
@unsigned
def names(actor: Actor, report: str, form: str) -> None:
    """The people whom a report names, and the approved spelling of each, or that there is none yet.

    A spelling is approved by being in the glossary, or by being a person's name in transflow.toml.

    \b
    Examples:
      transflow names un-letter
      transflow names un-letter --format json
    """
    from transflow.actions.language.names import people
    from transflow.attribution.assignment import spelled

    found = people(actor.project, report)
    if form == "json":
        values = [
            {"name": each.name, "sentences": list(each.numbers), "spelling": each.spelling or None}
            | ({"proposed": each.proposed} if each.proposed else {})
            for each in found
        ]
        json_out(values)
        return
    for each in found:
        where = f"#{spelled(each.numbers)}" if each.numbers else "byline"
        proposed = f"none yet; “{each.proposed}” needs another look" if each.proposed else "none yet"
        click.echo(f"{each.name}  {each.spelling or proposed}  {where}")
    missing = sum(not each.spelling for each in found)
    if missing:
        click.echo(
            f"{many(missing, 'name')} without a spelling: `transflow glossary add NAME SPELLING --kind person`.",
            err=True,
        )
    if not found:
        click.echo("No person is named there, as far as can be seen.", err=True)
