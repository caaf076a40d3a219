"""Terms of other programs' files, with their lines, and what a status says about a spelling.

Invariant: a spelling with a status that is not known is neither accepted nor lost: it becomes a
remark on the term, and is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from transflow.glossary.terms import Term
from transflow.messages import Message, Messages

MESSAGES = Messages(
    __name__,
    {
        "status": "“{spelling}” has the status “{status}”, which says neither right nor wrong: it is kept as a remark "
        "of “{term}”.",
        "columns": "not read, since these are no names of columns that are known: {columns}.",
    },
)
TARGET, ALLOWED, FORBIDDEN, UNKNOWN = "target", "allowed", "forbidden", "unknown"
_STATUSES = {
    TARGET: "preferred approved standardized standardised standard recommended final valid legal regulated mandatory "
    "선호 승인 확정 표준 권장",
    ALLOWED: "admitted allowed accepted acceptable permitted alternative synonym variant 허용 인정 가능",
    FORBIDDEN: "deprecated superseded forbidden prohibited obsolete rejected disallowed banned negative incorrect wrong "
    "notrecommended donotuse nottobeused avoid outdated archaic retired blacklisted 금지 폐기 비권장 사용금지 잘못",
}
_FIELD_OF = {name: field for field, names in _STATUSES.items() for name in names.split()}


class ImportedTerm(NamedTuple):
    """A term of a file."""

    term: Term
    line: int
    """Its line; 0 if it is not known."""
    remarks: tuple[Message, ...] = ()
    """Reasons why something was not taken as it stands."""


def field_of(status: str) -> str:
    """Return the field of `Term` for a spelling with a status: empty for none, `UNKNOWN` for one
    that says nothing.
    """
    name = "".join(status.casefold().split()).replace("-", "").replace("_", "").removesuffix("admnsts")
    name = name.removesuffix("term")
    return _FIELD_OF.get(name, UNKNOWN) if name else ""


class Spelling(NamedTuple):
    """A spelling in the target language, and its status in the file."""

    text: str
    status: str = ""
    is_short: bool = False


def with_spellings(term: Term, spellings: Iterable[Spelling]) -> tuple[Term, tuple[Message, ...]]:
    """Return a term with spellings by their status, and remarks on those that it says nothing of.

    A preferred spelling is the target, else the first without a status; others without a status are
    allowed.
    """
    by_field: dict[str, list[str]] = {TARGET: [], ALLOWED: [], FORBIDDEN: [], "": []}
    values: dict[str, Any] = {}
    comments, remarks = list(term.comments), []
    for each in spellings:
        field = field_of(each.status)
        if each.is_short and field not in (FORBIDDEN, UNKNOWN) and "short" not in values:
            values["short"] = each.text
        elif field != UNKNOWN:
            by_field[field].append(each.text)
        else:
            comments.append(f"{each.text} ({each.status})")
            remarks.append(MESSAGES("status", spelling=each.text, status=each.status, term=term.source))
    accepted = [*by_field[TARGET], *by_field[""], *by_field[ALLOWED]]
    return (
        replace(
            term,
            target=next(iter(accepted), ""),
            allowed=tuple(accepted[1:]),
            forbidden=tuple(by_field[FORBIDDEN]),
            comments=tuple(comments),
            **values,
        ),
        tuple(remarks),
    )


class Repetition(NamedTuple):
    """A second row for a term, with another spelling, which is not taken."""

    term: Term
    line: int
    first_line: int


def without_repetitions(terms: Iterable[ImportedTerm]) -> tuple[list[ImportedTerm], list[Repetition]]:
    """Return each term of a file once, and the rows that spell a term differently from its first.

    Rows with the same spelling, or none, add to the first.
    """
    first: dict[tuple[str, str], ImportedTerm] = {}
    repetitions: list[Repetition] = []
    for each in terms:
        key = each.term.context, each.term.source
        known = first.setdefault(key, each)
        if known is each:
            continue
        if each.term.target and known.term.target and each.term.target != known.term.target:
            repetitions.append(Repetition(each.term, each.line, known.line))
        else:
            first[key] = known._replace(term=_united(known.term, each.term), remarks=known.remarks + each.remarks)
    return list(first.values()), repetitions


def _united(one: Term, other: Term) -> Term:
    lists: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name))))
        for name in ("allowed", "forbidden", "also", "comments")
    }
    return replace(
        one,
        target=one.target or other.target,
        kind=one.kind if one.kind != "term" else other.kind,
        short=one.short or other.short,
        forced=one.forced or other.forced,
        homograph=one.homograph or other.homograph,
        **lists,
    )
