"""The glossary of a language: read, added to, searched, and handed to other programs and taken from them.

Invariant: an entry that nobody asked to change keeps its bytes; two who add at once both find their terms in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from transflow.actions.project.export import hidden_anywhere, spellings
from transflow.errors import RefusedError, UnknownNameError, UsageError
from transflow.glossary.matching import Matcher
from transflow.glossary.terms import Term, checked, put, read
from transflow.po.export import names_any
from transflow.project import Project

FORMATS = ("csv", "tbx")


class AddedTerms(NamedTuple):
    """What an import, or `add`, did."""

    new: tuple[Term, ...]
    changed: tuple[Term, ...]
    kept: tuple[Term, ...]
    """Terms that are there in another way already, which stayed."""
    same: int
    """How many are there as the file has them."""


def glossary_path(locale: str) -> str:
    return f"locales/{locale}/glossary.po"


def terms(project: Project, locale: str) -> tuple[Term, ...]:
    """The terms of a language, in order of the file. Raises UnreadableError."""
    return read(project.glossary_text(locale), glossary_path(locale))


_matchers: dict[tuple[Path, str], tuple[object, Matcher]] = {}
"""Of each glossary of this process: the stamp of the file that it was made from, and what finds its terms."""


def matcher(project: Project, locale: str) -> Matcher:
    """What finds the terms of a language in a text; made again when the file changes. Raises UnreadableError."""
    from transflow.glossary.homographs import judge

    key = project.root, locale
    stamp = _stamp(project.root / glossary_path(locale))
    known = _matchers.get(key)
    if known is None or known[0] != stamp:
        known = _matchers[key] = stamp, Matcher(terms(project, locale), judge)
    return known[1]


def _stamp(path: Path) -> object:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def find(project: Project, locale: str, words: str) -> list[Term]:
    """The terms that have these words on either side; for a longer text, the terms that stand in it too."""
    wanted = words.casefold()
    known = terms(project, locale)
    named = [
        term
        for term in known
        if any(wanted in each.casefold() for each in (*term.sources, *term.right, *term.forbidden))
    ]
    inside = {hit.term for hit in matcher(project, locale).find(words)}
    return named + [term for term in known if term in inside and term not in named]


def add(project: Project, locale: str, term: Term, *, replace: bool = False) -> Term:
    """Puts a term into the glossary. Raises RefusedError where its source has another spelling, unless it may be replaced."""
    wanted = checked(term)

    def change(known: dict[tuple[str, str], Term]) -> list[Term]:
        old = known.get((wanted.context, wanted.source))
        if old and old.target and wanted != old and not replace:
            raise RefusedError(
                f"“{old.source}” is in the glossary already, as “{old.target}”. Say --replace to spell it anew, or "
                "--context to tell two meanings apart."
            )
        kept = wanted if wanted.comments or not old else _with_remarks(wanted, old)
        return [kept]

    return _put(project, locale, change)[0]


def _with_remarks(term: Term, old: Term) -> Term:
    from dataclasses import replace

    return replace(term, comments=old.comments, other=old.other)


def _told_more(term: Term, old: Term) -> Term:
    """A term with what another of its source says beside. A list of two columns says nothing of kinds."""
    from dataclasses import fields, replace

    said = {each.name: getattr(term, each.name) for each in fields(Term)}
    return replace(old, **{name: value for name, value in said.items() if value != getattr(_PLAIN, name)})


_PLAIN = Term("")


def remove(project: Project, locale: str, source: str, context: str = "") -> None:
    """Takes a term out. Raises UnknownNameError where there is none."""
    from transflow.glossary.terms import without

    path = glossary_path(locale)

    def step() -> None:
        text = project.glossary_text(locale)
        known = [term.source for term in read(text, path)]
        new = without(text, path, source, context)
        if new == text:
            raise UnknownNameError("term", source, known, path)
        project.put(path, new.encode("utf-8"), text.encode("utf-8"))

    project.again(step, path)


def _put(project: Project, locale: str, change: Callable[[dict[tuple[str, str], Term]], list[Term]]) -> list[Term]:
    """Puts the terms that `change` makes of those that are there into the file, under its lock."""
    path = glossary_path(locale)

    def step() -> list[Term]:
        before = project.read(path) if project.has(path) else None
        text = project.glossary_text(locale)
        wanted = change({(term.context, term.source): term for term in read(text, path)})
        new = put(text, path, wanted, locale, project.settings.source) if wanted else text
        if new != text:
            project.put(path, new.encode("utf-8"), before)
        return wanted

    return project.again(step, path)


def import_terms(project: Project, locale: str, data: bytes, name: str, *, replace: bool = False) -> AddedTerms:
    """Adds the terms of a CSV or TBX file. A term that is there in another way stays, unless it may be replaced.

    Raises UsageError, UnreadableError.
    """
    found = _parsed(data, name, project.settings.source, locale)
    added = AddedTerms((), (), (), 0)

    def change(known: dict[tuple[str, str], Term]) -> list[Term]:
        nonlocal added
        new: dict[tuple[str, str], Term] = {}
        changed, kept, same = [], [], 0
        for term in map(checked, found):
            old = known.get((term.context, term.source))
            if old is None:
                new[term.context, term.source] = term
                continue
            wanted = (term if term.comments else _with_remarks(term, old)) if replace else _told_more(term, old)
            if wanted == old:
                same += 1
            elif replace or not old.target:
                changed.append(wanted)
            else:
                kept.append(old)
        added = AddedTerms(tuple(new.values()), tuple(changed), tuple(kept), same)
        return [*added.new, *added.changed]

    _put(project, locale, change)
    return added


def _parsed(data: bytes, name: str, source_language: str, locale: str) -> tuple[Term, ...]:
    match _format(name):
        case "csv":
            from transflow.glossary.table import parse

            return parse(data, name)
        case _:
            from transflow.glossary.tbx import parse as parse_tbx

            return parse_tbx(data, name, source_language, locale)


def export(project: Project, locale: str, name: str, known: Iterable[Term] | None = None) -> bytes:
    """The glossary as a CSV or TBX file, by the name's ending."""
    found = tuple(terms(project, locale) if known is None else known)
    found = tuple(_without_hidden(project, locale, found))
    match _format(name):
        case "csv":
            from transflow.glossary.table import write

            return write(found)
        case _:
            from transflow.glossary.tbx import write as write_tbx

            return write_tbx(found, project.settings.source, locale)


def _without_hidden(project: Project, locale: str, found: Iterable[Term]) -> Iterator[Term]:
    """The terms without those that are a protected person's name, and without remarks that name who is protected or withheld."""
    secret = spellings(project, hidden_anywhere(project, locale))
    own = [name for each in project.settings.people if each.protected for name in (each.name, *each.aliases)]
    for term in found:
        texts = (*term.sources, term.target, term.short, *term.allowed, *term.forbidden)
        if not any(names_any(text, own) for text in texts):
            yield replace(term, comments=tuple(each for each in term.comments if not names_any(each, secret)))


def _format(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    if ending not in FORMATS:
        raise UsageError(f"{name} is neither .csv nor .tbx: the ending says what it is.")
    return ending
