"""Terms of a glossary.po, read and written.

Invariant: `read(put(text, term))` has the term, and every other entry keeps its bytes; what is not
understood is kept. Fields are comment lines as in catalogs (`# @kind place`), which gettext's
programs preserve: see docs/glossary.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from transflow.errors import UsageError
from transflow.json_text import decode_json
from transflow.messages import Messages
from transflow.model.unit import Meta, Unit
from transflow.po import notes
from transflow.po.catalog import new_header
from transflow.po.header import fields_text as header_text
from transflow.po.syntax import Entry, entries, entry_text
from transflow.text import ControlError, clean, one_line

MESSAGES = Messages(
    __name__,
    {
        "unstorable": "the term “{term}” cannot be stored: {why}",
        "no-source": "a term needs a spelling in the source language.",
        "contradictory": "“{spelling}” cannot be right and forbidden at once for “{term}”.",
    },
)
Kind = Literal["term", "person", "place", "organisation"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_YES = "yes"
_MANY = ("allowed", "forbidden", "also")
_FLAGS = ("forced", "homograph")


@dataclass(frozen=True, slots=True)
class Term:
    """A name or term and its spellings."""

    source: str
    target: str = ""
    """The spelling; empty if none was decided."""
    kind: Kind = "term"
    context: str = ""
    """Distinguishes two terms with one source (msgctxt)."""
    forced: bool = False
    """True if a translation without an accepted spelling is an error, and not only a notice."""
    allowed: tuple[str, ...] = ()
    """Other accepted spellings."""
    forbidden: tuple[str, ...] = ()
    """Spellings that are wrong whenever the term is meant."""
    short: str = ""
    """Spelling for every reference after the first: “Kim” for “Kim Jong Un”."""
    homograph: bool = False
    """True if the source is an ordinary word too."""
    also: tuple[str, ...] = ()
    """Other spellings of the source."""
    open: bool = False
    """True if the entry is fuzzy: the spelling needs review."""
    comments: tuple[str, ...] = ()
    other: tuple[Meta, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.source, *self.also)

    @property
    def accepted_spellings(self) -> tuple[str, ...]:
        """Every accepted spelling: the target, the allowed ones and the short form."""
        return tuple(dict.fromkeys(filter(None, (self.target, *self.allowed, self.short))))


def read(text: str, path: str) -> tuple[Term, ...]:
    """Return the terms of a glossary.po, in order. Raise UnreadableError if it is not valid PO."""
    return tuple(_term(entry) for entry in entries(text, path)[0] if entry.strings.get("msgid") and not entry.obsolete)


def _term(entry: Entry) -> Term:
    fields = notes.read(entry.comments)
    known: dict[str, Any] = {name: [] for name in _MANY}
    other: list[Meta] = []
    for meta in fields.get("other", ()):
        value = _unquoted_value(meta.value)
        if meta.key in _MANY:
            known[meta.key].append(value)
        elif meta.key in _FLAGS and value == _YES:
            known[meta.key] = True
        elif meta.key == "short" or (meta.key == "kind" and value in KINDS):
            known[meta.key] = value
        else:
            other.append(meta)
    known_fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in known.items()
    }
    return Term(
        entry.strings["msgid"],
        entry.strings.get("msgstr", ""),
        context=entry.strings.get("msgctxt", ""),
        open="fuzzy" in entry.flags,
        comments=fields.get("comments", ()),
        other=tuple(other),
        **known_fields,
    )


def _unquoted_value(value: str) -> str:
    if value.startswith('"'):
        try:
            return str(decode_json(value))
        except ValueError:
            return value
    return value


def _quoted_value(value: str) -> str:
    is_plain = value and "#" not in value and value[0] != '"' and value[-1] != "\\" and value == " ".join(value.split())
    return value if is_plain else notes.quote(value)


def put_terms(text: str, path: str, terms: Iterable[Term], locale: str, source_language: str) -> str:
    """Return a glossary.po with these terms, each replacing the one with its source and context, or
    appended.

    An empty `text` makes a new file. Raise UnreadableError.
    """
    old_entries, tail = entries(text or _new(locale, source_language), path)
    indexes = {
        (entry.strings.get("msgctxt", ""), entry.strings["msgid"]): index
        for index, entry in enumerate(old_entries)
        if entry.strings.get("msgid") and not entry.obsolete
    }
    raw_entries = [entry.raw for entry in old_entries]
    for term in terms:
        index = indexes.setdefault((term.context, term.source), len(raw_entries))
        raw_entries[index:] = [
            _raw(term, old_entries[index] if index < len(old_entries) else None),
            *raw_entries[index + 1 :],
        ]
    return "\n".join(raw.strip("\n") + "\n" for raw in raw_entries) + ("\n" + tail if tail else "")


def without_term(text: str, path: str, source: str, context: str) -> str:
    """Return a glossary.po without a term; the same text if it is not there. Raises
    UnreadableError.
    """
    old_entries, tail = entries(text, path)
    remaining = [
        entry
        for entry in old_entries
        if (entry.strings.get("msgid"), entry.strings.get("msgctxt", "")) != (source, context) or entry.obsolete
    ]
    if len(remaining) == len(old_entries):
        return text
    return "\n".join(entry.raw.strip("\n") + "\n" for entry in remaining) + ("\n" + tail if tail else "")


def _new(locale: str, source_language: str) -> str:
    header = header_text(new_header(locale, source_language))
    return entry_text(Entry(0, strings={"msgid": "", "msgstr": header}))


def _raw(term: Term, old: Entry | None) -> str:
    """Return the PO entry of a term; what other programs put into the old entry is kept."""
    known = [
        Meta("kind", term.kind),
        *(Meta(name, _YES) for name in _FLAGS if getattr(term, name)),
        *([Meta("short", _quoted_value(term.short))] if term.short else []),
        *(Meta(name, _quoted_value(value)) for name in _MANY for value in getattr(term, name)),
    ]
    unit = Unit("", "", comments=term.comments, other=(*known, *term.other))
    strings = {"msgctxt": term.context} if term.context else {}
    flags = [flag for flag in (old.flags if old else ()) if flag != "fuzzy"]
    return entry_text(
        Entry(
            0,
            comments=notes.unit_comments(unit),
            extracted=old.extracted if old else [],
            references=old.references if old else [],
            flags=["fuzzy"] * (term.open and bool(term.target)) + flags,
            strings={**strings, "msgid": term.source, "msgstr": term.target},
        )
    )


def checked(term: Term) -> Term:
    """Return the term normalised for storage: NFC, each text on one line.

    Raise UsageError for a term that cannot be stored.
    """
    try:
        texts: dict[str, Any] = {
            name: one_line(clean(getattr(term, name))) for name in ("source", "target", "context", "short")
        }
        lists: dict[str, Any] = {
            name: tuple(dict.fromkeys(filter(None, (one_line(clean(each)) for each in getattr(term, name)))))
            for name in _MANY
        }
    except ControlError as error:
        raise UsageError(MESSAGES("unstorable", term=term.source, why=error.message)) from None
    if not texts["source"]:
        raise UsageError(MESSAGES("no-source"))
    contradictory = set(lists["forbidden"]) & {texts["target"], texts["short"], *lists["allowed"]} - {""}
    if contradictory:
        raise UsageError(MESSAGES("contradictory", spelling=min(contradictory), term=texts["source"]))
    also = tuple(each for each in lists["also"] if each != texts["source"])
    return Term(
        **texts,
        **{**lists, "also": also},
        kind=term.kind,
        forced=term.forced,
        homograph=term.homograph,
        open=term.open,
        comments=term.comments,
        other=term.other,
    )
