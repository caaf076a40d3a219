"""The `transflow glossary` commands: add, remove, list, find, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.language import glossary as actions
from transflow.cli.formatting import pluralize
from transflow.cli.notices import notify, print_text
from transflow.cli.options import AliasGroup, format_option, locale_option, pass_anonymous_actor
from transflow.cli.session import read_input
from transflow.cli.streams import write_json
from transflow.glossary.terms import KINDS, Term
from transflow.messages import Joined, Message, Messages
from transflow.project.files import write_named

MESSAGES = Messages(
    __name__,
    {
        "not-found": "Nothing found: “{words}” is in no term of {locale}.",
        "kept": "stays as it is: {term}",
        "repeated": "{file}:{line}: not taken, since line {first} spells it otherwise: {term}",
        "remark": "{file}:{line}: {what}",
        "imported": (
            "{terms} new, {changed} changed, {same} the same, {n} left as it was.",
            "{terms} new, {changed} changed, {same} the same, {n} left as they were.",
        ),
        "exported": "{file}: {terms}.",
        "line": "{source} → {target}  {details}",
        "none": "(none yet)",
        "short": "short: {spelling}",
        "allowed": "also right: {spellings}",
        "forbidden": "not: {spellings}",
        "open": "needs another look",
    },
)

_replace_option = click.option("--replace", is_flag=True, help="Replace spellings that differ.")


@click.group(cls=AliasGroup, aliases={"search": "find"})
def glossary() -> None:
    """Search and edit the spellings of names and terms.

    They are in locales/<language>/glossary.po.

    \b
    Examples:
      transflow glossary add 평양 Pyongyang --kind place --forbidden Phyongyang
      transflow glossary find 평양
      transflow glossary import terms.csv
      transflow glossary export terms.tbx
    """


@glossary.command("add")
@click.argument("source")
@click.argument("target", default="")
@click.option("--kind", type=click.Choice(KINDS), default="term", show_default=True)
@click.option("--forced", is_flag=True, help="Make another spelling an error instead of a warning.")
@click.option("--allowed", multiple=True, metavar="TEXT", help="Another right spelling.")
@click.option("--forbidden", multiple=True, metavar="TEXT", help="A spelling that is wrong.")
@click.option("--also", multiple=True, metavar="TEXT", help="Another spelling of the source.")
@click.option("--short", default="", metavar="TEXT", help="The spelling for every mention after the first.")
@click.option("--homograph", is_flag=True, help="The source is also an ordinary word.")
@click.option("--context", default="", metavar="TEXT", help="The context, to tell two meanings of one source apart.")
@click.option("--note", "comments", multiple=True, metavar="TEXT", help="A remark for people.")
@_replace_option
@locale_option
@pass_anonymous_actor
def add(actor: Actor, source: str, target: str, locale: str, replace: bool, **fields: Any) -> None:
    """Add a term.

    Without TARGET: a name that has no spelling yet.

    \b
    Examples:
      transflow glossary add 김정은 "Kim Jong Un" --kind person --forbidden "Kim Jong-un"
      transflow glossary add 수단 Sudan --kind place --homograph
      transflow glossary add 유엔 U.N. --kind organisation --allowed UN --forced
    """
    language = actor.project.locale(locale)
    term = actions.add(actor.project, language, Term(source, target, **fields), replace=replace)
    print_text(_line(term))


@glossary.command("remove")
@click.argument("source")
@click.option("--context", default="", metavar="TEXT", help="The context, if several terms have this source.")
@locale_option
@pass_anonymous_actor
def remove(actor: Actor, source: str, context: str, locale: str) -> None:
    """Remove a term.

    \b
    Example:
      transflow glossary remove 평양
    """
    actions.remove(actor.project, actor.project.locale(locale), source, context)


@glossary.command("list")
@click.option("--kind", type=click.Choice(KINDS), default=None, help="Only this kind.")
@format_option
@locale_option
@pass_anonymous_actor
def list_(actor: Actor, kind: str | None, form: str, locale: str) -> None:
    """List all terms, in the order of the file.

    \b
    Examples:
      transflow glossary list
      transflow glossary list --kind person --format json
    """
    known = actions.terms(actor.project, actor.project.locale(locale))
    _print_terms([term for term in known if kind in (None, term.kind)], form)


@glossary.command("find")
@click.argument("words")
@format_option
@locale_option
@pass_anonymous_actor
def find(actor: Actor, words: str, form: str, locale: str) -> int:
    """Find terms by words, or the terms of a text.

    The words are searched in source and target of each term, in any order, and the terms in the
    words; quotation marks keep words together. Exit code 1: none.

    \b
    Examples:
      transflow glossary find pyong
      transflow glossary find "조선로동당 대표단이 평양에서 떠났다."
    """
    language = actor.project.locale(locale)
    found = actions.find(actor.project, language, words)
    _print_terms(found, form)
    if not found:
        notify(MESSAGES("not-found", words=words, locale=language))
    return int(not found)


@glossary.command("import")
@click.argument("file")
@_replace_option
@locale_option
@pass_anonymous_actor
def import_(actor: Actor, file: str, replace: bool, locale: str) -> None:
    """Add the terms of a table (CSV, TSV, text with tabs) or TBX file.

    A term that is already there with another spelling is not changed, and is named; so is a second
    spelling in the file.

    A table begins with the names of its columns (source, target, kind, forbidden …, or ko, en), or
    has a source, a target and perhaps a remark on each line.

    \b
    Examples:
      transflow glossary import terms.csv
      transflow glossary import omegat.utf8
      transflow glossary import terms.tbx --replace
    """
    language = actor.project.locale(locale)
    added = actions.import_terms(actor.project, language, read_input(file), file, replace=replace)
    for line, what in added.remarks:
        notify(MESSAGES("remark", file=file, line=line, what=what))
    for each in added.repeated:
        notify(MESSAGES("repeated", file=file, line=each.line, first=each.first_line, term=_line(each.term)))
    for term in added.kept:
        notify(MESSAGES("kept", term=_line(term)))
    terms, changed = pluralize(len(added.new), "term"), len(added.changed)
    left = len(added.kept) + len(added.repeated)
    print_text(MESSAGES("imported", terms=terms, changed=changed, same=added.same, n=left))


@glossary.command("export")
@click.argument("file")
@locale_option
@pass_anonymous_actor
def export(actor: Actor, file: str, locale: str) -> None:
    """Write the glossary as CSV or TBX, by the file's ending.

    \b
    Examples:
      transflow glossary export terms.csv
      transflow glossary export terms.tbx
    """
    language = actor.project.locale(locale)
    data = actions.export(actor.project, language, file)
    write_named(Path(file), data, 0o600)
    print_text(MESSAGES("exported", file=file, terms=pluralize(len(actions.terms(actor.project, language)), "term")))


def _print_terms(terms: list[Term], form: str) -> None:
    if form == "json":
        values = [{name: getattr(term, name) for name in Term.__slots__ if getattr(term, name)} for term in terms]
        write_json(values)
        return
    for term in terms:
        print_text(_line(term))


def _line(term: Term) -> Message:
    """Return a term on one line: `평양 → Pyongyang  place, forced; not: Phyongyang`."""
    marks = [term.kind, *(name for name in ("forced", "homograph") if getattr(term, name))]
    parts: list[str] = [", ".join(marks)]
    if term.short:
        parts.append(MESSAGES("short", spelling=term.short))
    if term.allowed:
        parts.append(MESSAGES("allowed", spellings=", ".join(term.allowed)))
    if term.forbidden:
        parts.append(MESSAGES("forbidden", spellings=", ".join(term.forbidden)))
    if term.open:
        parts.append(MESSAGES("open"))
    source = " / ".join(term.sources) + (f" ({term.context})" if term.context else "")
    target = term.target or MESSAGES("none")
    return MESSAGES("line", source=source, target=target, details=Joined(tuple(parts), "; "))
