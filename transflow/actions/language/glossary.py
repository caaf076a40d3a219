"""The glossary of a locale: reading, editing, searching, import and export.

Invariant: an entry that nobody asked to change keeps its bytes; concurrent additions are all kept.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from transflow import bilingual_table
from transflow.actions.project.export import hidden_anywhere, spellings
from transflow.errors import RefusedError, UnknownNameError, UnreadableError, UsageError
from transflow.glossary.homographs import judge
from transflow.glossary.imported import ImportedTerm, Repetition, without_repetitions
from transflow.glossary.matching import Matcher
from transflow.glossary.table import parse, write
from transflow.glossary.tbx import parse as parse_tbx
from transflow.glossary.tbx import write as write_tbx
from transflow.glossary.terms import Term, checked, put_terms, read, without_term
from transflow.messages import Message, Messages
from transflow.po.export import contains_name
from transflow.project import Project
from transflow.word_search import parse_words

MESSAGES = Messages(
    __name__,
    {
        "there": "“{source}” is in the glossary already, as “{target}”. Say --replace to spell it anew, or --context "
        "to tell two meanings apart.",
        "no-format": "{name} is neither a table ({endings}) nor .tbx: the ending says what it is.",
    },
)

FORMATS = (*bilingual_table.ENDINGS, "tbx")


class AddedTerms(NamedTuple):
    """The outcome of an import."""

    new: tuple[Term, ...]
    changed: tuple[Term, ...]
    kept: tuple[Term, ...]
    """Terms that exist with other values, and were not changed."""
    same: int
    """Number of terms that exist with the same values."""
    repeated: tuple[Repetition, ...] = ()
    """Rows with a second spelling of a term of the file, which were not taken."""
    remarks: tuple[tuple[int, Message], ...] = ()
    """Lines, and what was not taken as it stands there."""


def glossary_path(locale: str) -> str:
    return f"locales/{locale}/glossary.po"


def terms(project: Project, locale: str) -> tuple[Term, ...]:
    """Return the terms of a locale, in the order of the file. Raise UnreadableError."""
    return read(project.glossary_text(locale), glossary_path(locale))


_matchers: dict[tuple[Path, str], tuple[object, Matcher]] = {}
"""Matchers of this process by root and locale, each with the stamp of its file."""


def matcher(project: Project, locale: str) -> Matcher:
    """Return the matcher for a locale's terms; made anew when the file changes.

    Raise UnreadableError.
    """
    key = project.root, locale
    stamp = _stamp(project.root / glossary_path(locale))
    cached = _matchers.get(key)
    if cached is None or cached[0] != stamp:
        cached = _matchers[key] = stamp, Matcher(terms(project, locale), judge)
    return cached[1]


def _stamp(path: Path) -> object:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def find(project: Project, locale: str, words: str) -> list[Term]:
    """Return the terms that contain these words on either side, in any order, and those that a text
    contains.
    """
    wanted = parse_words(words)
    all_terms = terms(project, locale)
    containing = [
        term
        for term in all_terms
        if wanted.parts and wanted.is_in(*term.sources, *term.accepted_spellings, *term.forbidden)
    ]
    contained = {hit.term for hit in matcher(project, locale).find(words)}
    return containing + [term for term in all_terms if term in contained and term not in containing]


def add(project: Project, locale: str, term: Term, *, replace: bool = False) -> Term:
    """Add a term to the glossary.

    Raise RefusedError if the source has another target, unless `replace` is set.
    """
    new_term = checked(term)

    def change(existing: dict[tuple[str, str], Term]) -> list[Term]:
        old = existing.get((new_term.context, new_term.source))
        if old and old.target and new_term != old and not replace:
            raise RefusedError(MESSAGES("there", source=old.source, target=old.target))
        entry = new_term if new_term.comments or not old else _with_comments(new_term, old)
        return [entry]

    return _write_terms(project, locale, change)[0]


def _with_comments(term: Term, old: Term) -> Term:
    return dataclasses.replace(term, comments=old.comments, other=old.other)


def _updated(term: Term, old: Term) -> Term:
    """Return `old` with the values that `term` sets.

    A list of two columns says nothing about kinds, for example, so defaults change nothing.
    """
    values = {each.name: getattr(term, each.name) for each in dataclasses.fields(Term)}
    return dataclasses.replace(
        old, **{name: value for name, value in values.items() if value != getattr(_DEFAULTS, name)}
    )


_DEFAULTS = Term("")


def remove(project: Project, locale: str, source: str, context: str = "") -> None:
    """Remove a term. Raise UnknownNameError if it does not exist."""
    path = glossary_path(locale)

    def step() -> None:
        text = project.glossary_text(locale)
        known = [term.source for term in read(text, path)]
        new = without_term(text, path, source, context)
        if new == text:
            raise UnknownNameError("term", source, known, path)
        project.write_file(path, new.encode("utf-8"), text.encode("utf-8"))

    project.retry(step, path)


def _write_terms(
    project: Project, locale: str, change: Callable[[dict[tuple[str, str], Term]], list[Term]]
) -> list[Term]:
    """Write the terms that `change` makes from the existing ones, under the file's lock."""
    path = glossary_path(locale)

    def step() -> list[Term]:
        before = project.read(path) if project.has(path) else None
        text = project.glossary_text(locale)
        changed = change({(term.context, term.source): term for term in read(text, path)})
        new = put_terms(text, path, changed, locale, project.settings.source) if changed else text
        if new != text:
            project.write_file(path, new.encode("utf-8"), before)
        return changed

    return project.retry(step, path)


def import_terms(project: Project, locale: str, data: bytes, name: str, *, replace: bool = False) -> AddedTerms:
    """Add the terms of a table or TBX file.

    A term with other values is kept, unless `replace` is set; of two spellings in the file, the
    first is taken. Raise UsageError and UnreadableError.
    """
    imported, repeated = without_repetitions(_parsed(data, name, project.settings.source, locale))
    remarks = tuple((each.line, remark) for each in imported for remark in each.remarks)
    added = AddedTerms((), (), (), 0)

    def change(existing: dict[tuple[str, str], Term]) -> list[Term]:
        nonlocal added
        new: dict[tuple[str, str], Term] = {}
        changed, kept, same = [], [], 0
        for term in (each.term for each in imported):
            old = existing.get((term.context, term.source))
            if old is None:
                new[term.context, term.source] = term
                continue
            wanted = (term if term.comments else _with_comments(term, old)) if replace else _updated(term, old)
            if wanted == old:
                same += 1
            elif replace or not old.target:
                changed.append(wanted)
            else:
                kept.append(old)
        added = AddedTerms(tuple(new.values()), tuple(changed), tuple(kept), same, tuple(repeated), remarks)
        return [*added.new, *added.changed]

    _write_terms(project, locale, change)
    return added


def _parsed(data: bytes, name: str, source_language: str, locale: str) -> Iterator[ImportedTerm]:
    """Yield the terms of a file as they can be stored. Raise UnreadableError with the line."""
    parser = parse_tbx if _format(name) == "tbx" else parse
    for each in parser(data, name, source_language, locale):
        try:
            yield each._replace(term=checked(each.term))
        except UsageError as error:
            raise UnreadableError(name, each.line, error.message) from None


def export(project: Project, locale: str, name: str, known: Iterable[Term] | None = None) -> bytes:
    """Return the glossary as a CSV or TBX file, by the extension of `name`."""
    exported = tuple(terms(project, locale) if known is None else known)
    exported = tuple(exportable(project, locale, exported))
    match _format(name):
        case "tbx":
            return write_tbx(exported, project.settings.source, locale)
        case ending:
            return write(exported, "," if ending == "csv" else "\t")


def exportable(project: Project, locale: str, found: Iterable[Term]) -> Iterator[Term]:
    """Yield the terms that may be exported.

    Terms with a protected person's name are left out, and so are comments that name a protected or
    withheld person.
    """
    secret = spellings(project, hidden_anywhere(project, locale))
    protected_names = [
        name for each in project.settings.people if each.protected for name in (each.name, *each.aliases)
    ]
    for term in found:
        texts = (*term.sources, term.target, term.short, *term.allowed, *term.forbidden)
        if not any(contains_name(text, protected_names) for text in texts):
            yield dataclasses.replace(
                term, comments=tuple(each for each in term.comments if not contains_name(each, secret))
            )


def _format(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    if ending not in FORMATS:
        raise UsageError(MESSAGES("no-format", name=name, endings=", ".join(f".{each}" for each in FORMATS[:-1])))
    return ending
