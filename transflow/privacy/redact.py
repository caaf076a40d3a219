"""Redaction: removal of a text from every field of the record.

Invariant: after a redaction no field of the redacted file contains the text, whatever its spacing,
line breaks or markup. Nothing else is lost, ids are kept, and redacting twice changes nothing.
Approvals and waivers of a text that changed are removed; authorship is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from unicodedata import is_normalized, normalize

from transflow.attribution import stamps
from transflow.attribution.authorship import fitted, is_attributed, with_fitted_shares
from transflow.digests import approval, digest
from transflow.errors import UsageError
from transflow.json_text import decode_json
from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog, Header
from transflow.model.unit import Act, Conflict, Meta, Unit
from transflow.po.notes import quote
from transflow.po.syntax import entries, entry_text
from transflow.report import scalar
from transflow.report.fields import TOML
from transflow.report.front import front_matter
from transflow.text import clean, one_line, without_spaces, words

MESSAGES = Messages(
    __name__,
    {
        "too-short": "that is too short to be taken out everywhere: give two characters at least, besides marks.",
        "replacement": "say what is to stand in its place, on one line: --with “[name redacted]”.",
        "contains-itself": "what is to stand in its place has the text in it.",
    },
)
PARTS = Messages(
    __name__,
    {
        "source": "source",
        "target": "target",
        "previous": "previous source",
        "conflicts": "other text",
        "comments": "comment",
        "cites": "citation",
        "questions": "question",
        "answers": "answer",
        "waivers": "reason",
        "omitted": "reason",
        "cut": "reason",
        "returned": "reason",
        "other": "note",
        "foreign": "another program's line",
    },
)
"""Field of a unit -> its display name."""

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_MARK = r"\]\([^()\s]*\)|[*_`\\\[\]~]"
_GAP = rf"(?:\n(?:[ \t]*>|(?:\#[ ]?)?@\+\+?[ ])*|[^\S\n]|[{_INVISIBLE}]|{_MARK})*"
"""Pattern for what may separate two characters of the text: white space, a line break in a
quotation or a note, invisible characters, and the marks of inline Markdown. No two alternatives
begin alike, so matching stays linear.
"""
_MARKS = re.compile(r"\\[*_`\[\]~\\]?|\]\([^()\s]*\)|\*+|_+|`+|~+|[\[\]]")
"""Pattern for runs of Markdown marks; a run that begins with a backslash is escaped."""
_WORD = "0-9A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1eff"
"""Characters of cased scripts, for word boundaries: "Lee" is not removed from "Leejin". Hangul is
left out so that a Korean name is found before a particle: 김하늘은 loses the name and keeps the 은.
"""
_CONTINUED = re.compile(r'"\n(?:#~ ?\||#[~|])?[ \t]*"')
"""Pattern for the end of a line of a string, and the begin of the next."""
_COMMENT = re.compile(r"#(?![~|])")
_ESCAPE = re.compile(r"\\(.)")
_STRUCTURE = frozenset(
    (
        "language",
        "x-source-language",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
        "x-transflow-format",
        "x-units",
        "x-id",
        "x-live",
        "x-sent",
        "x-report",
        "x-report-digest",
        "x-article",
        "x-reports",
        "x-date",
        "x-ready",
        "x-published",
        "x-withheld",
    )
)
"""Header fields without free text."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """Text to remove and its replacement. Raise UsageError if either is unusable."""

    text: str
    replacement: str
    any_case: bool = False
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _loose_pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        letters = without_spaces(normalize("NFC", self.text))
        if len(re.sub(_MARK, "", letters)) < 2:
            raise UsageError(MESSAGES("too-short"))
        if not _is_single_line(self.replacement):
            raise UsageError(MESSAGES("replacement"))
        body = _GAP.join(map(re.escape, letters))
        before = rf"(?<![{_WORD}])" if re.match(f"[{_WORD}]", letters[0]) else ""
        after = rf"(?![{_WORD}])" if re.match(f"[{_WORD}]", letters[-1]) else ""
        flags = re.IGNORECASE if self.any_case else re.NOFLAG
        object.__setattr__(self, "_pattern", re.compile(before + body + after, flags))
        object.__setattr__(self, "_loose_pattern", re.compile(body, re.IGNORECASE))
        if self._loose_pattern.search(self.replacement):
            raise UsageError(MESSAGES("contains-itself"))

    def apply(self, text: str) -> str:
        """Return `text` with the redacted text replaced, or `text` itself if it does not occur."""
        whole = text if is_normalized("NFC", text) else normalize("NFC", text)
        if not self._pattern.search(whole):
            return text
        return self._pattern.sub(self._replacement_for, whole)

    def occurs_in(self, text: str) -> bool:
        return bool(self._pattern.search(normalize("NFC", text)))

    def occurs_loosely_in(self, text: str) -> bool:
        """Return True if the redacted text occurs in any case, or inside a longer word."""
        return bool(self._loose_pattern.search(normalize("NFC", text)))

    def git_pattern(self) -> str:
        """Return a regular expression for `git log -G`.

        It allows for different white space, but not for line breaks or marks inside the text.
        """
        letters = without_spaces(normalize("NFC", self.text))
        return "[[:space:]]*".join("\\" + each if each in r"\^$.|?*+()[{" else each for each in letters)

    def _replacement_for(self, match: re.Match[str]) -> str:
        """Return the replacement with the marks of the match that are paired outside of it."""
        opening, closing = _unpaired(_MARKS.findall(match[0]), match.string[: match.start()])
        makes_link = not closing and self.replacement.endswith("]") and _makes_link(match)
        return "".join((*opening, self.replacement, *closing, " " * makes_link))


def _makes_link(match: re.Match[str]) -> bool:
    """Return whether what follows would make a link, or its definition, of a text in brackets."""
    following = match.string[match.end() : match.end() + 1]
    if following == ":":
        return bool(re.search(r"(?:^|\n)[\s>#*+.)0-9-]*$", match.string[: match.start()]))
    return following in ("(", "[") and following != ""


def _is_single_line(text: str) -> bool:
    try:
        return bool(text) and one_line(clean(text)) == text
    except ValueError:
        return False


def _unpaired(marks: Iterable[str], before: str) -> tuple[list[str], list[str]]:
    """Split the unpaired marks of a match into those closed after it and those opened before it."""
    opening: list[str] = []
    closing: list[str] = []
    open_before = Counter(_MARKS.findall(before))
    for mark in marks:
        if mark[0] == "\\":
            continue
        opener = "[" if mark[0] == "]" else mark
        if mark != "[" and opener in opening:
            opening.remove(opener)
        elif mark == "[" or (mark[0] != "]" and open_before[mark] % 2 == 0):
            opening.append(mark)
        else:
            closing.append(mark)
    return opening, closing


# Units and catalogs


_TEXTS = ("source", "target", "previous")


def redacted_unit(unit: Unit, redaction: Redaction, who: str, now: str) -> Unit:
    """Return the unit redacted and marked `@redacted`, or the same object if it lacks the text."""
    redact = redaction.apply
    changes: dict[str, Any] = {name: redact(getattr(unit, name)) for name in _TEXTS} | _redacted_notes(unit, redaction)
    changes["cites"] = tuple(map(redact, unit.cites))
    changes["foreign"] = tuple(map(redact, unit.foreign))
    changes["conflicts"] = tuple(_redacted_conflict(each, redaction) for each in unit.conflicts)
    changed = _changed(unit, changes)
    if not changed:
        return unit
    return _recounted(unit, unit.replace(**changed | {"redacted": Act(who, stamps.stamp_for_move(unit, now))}))


def _redacted_conflict(conflict: Conflict, redaction: Redaction) -> Conflict:
    text = redaction.apply(conflict.text)
    parts = fitted([share.words for share in conflict.shares], len(words(text)))
    shares = tuple(share._replace(words=part) for share, part in zip(conflict.shares, parts, strict=True))
    return conflict if text == conflict.text else conflict._replace(text=text, shares=shares)


def _redacted_notes(unit: Unit, redaction: Redaction) -> dict[str, Any]:
    """Return the redacted values of the fields that hold notes about a unit."""
    redact = redaction.apply
    notes: dict[str, Any] = {"other": tuple(Meta(key, redact(value)) for key, value in unit.other)}
    notes["comments"] = _redacted_lines(unit.comments, redaction)
    for name in ("omitted", "cut", "returned", "redacted"):
        act: Act | None = getattr(unit, name)
        notes[name] = act and act._replace(reason=redact(act.reason))
    notes["waivers"] = tuple(each._replace(reason=redact(each.reason)) for each in unit.waivers)
    for name in ("questions", "answers"):
        notes[name] = tuple(each._replace(text=redact(each.text)) for each in getattr(unit, name))
    return notes


def _redacted_lines(lines: tuple[str, ...], redaction: Redaction) -> tuple[str, ...]:
    """Return comment lines redacted as one text, since the redacted text may span lines."""
    whole = "\n".join(lines)
    return tuple(redaction.apply(whole).split("\n")) if redaction.occurs_in(whole) else lines


def _changed(unit: Unit, changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if value != getattr(unit, name)}


def with_redacted_notes(catalog: Catalog, redaction: Redaction) -> Catalog:
    """Return the catalog redacted in its notes only: comments, reasons, questions, header.

    Sources and targets stay, and so do the approvals and waivers of them.
    """

    def noted(unit: Unit) -> Unit:
        changed = _changed(unit, _redacted_notes(unit, redaction))
        return unit.replace(**changed) if changed else unit

    return catalog.replace(
        header=redacted_header(catalog.header, redaction),
        units=tuple(map(noted, catalog.units)),
        obsolete=tuple(map(noted, catalog.obsolete)),
    )


def _recounted(old: Unit, new: Unit) -> Unit:
    """Recount the authorship of a changed target; drop approvals and waivers of the old texts."""
    if new.target != old.target and is_attributed(old):
        new = with_fitted_shares(new.replace(text=digest(new.target) if new.target else ""))
    if (new.source, new.target) != (old.source, old.target):
        approval_digest = approval(new.id, new.source, new.target)
        new = new.replace(approved=None, waivers=tuple(each for each in new.waivers if each.digest == approval_digest))
    if is_in_doubt(old, new):
        new = new.replace(fuzzy=True)
    return new.replace(previous="") if new.previous == new.source else new


def is_in_doubt(old: Unit, new: Unit) -> bool:
    """Return True if a redaction left the translation of a changed sentence as it was.

    It may say in its own language what the source no longer says. The source of a paragraph is its
    draft, in the language of its text, so that a text without the words does not say it.
    """
    return bool(new.target and not new.refs and new.source != old.source and new.target == old.target)


def redacted_catalog(catalog: Catalog, redaction: Redaction, who: str, now: str) -> Catalog:
    """Return the catalog redacted: header, live and obsolete units, and the trailing text."""
    units, obsolete = (
        tuple(redacted_unit(each, redaction, who, now) for each in group) for group in (catalog.units, catalog.obsolete)
    )
    # An entry whose raw lines contain the text outside of any field is serialized anew.
    kept = {unit_id: raw for unit_id, raw in catalog.raw_entries.items() if not redaction.occurs_in(_unquoted(raw[1]))}
    new = Catalog(redacted_header(catalog.header, redaction), units, obsolete, kept, redaction.apply(catalog.tail))
    return catalog if new == catalog and len(kept) == len(catalog.raw_entries) else new


def _unquoted(raw: str) -> str:
    """Return an entry's raw lines with continued strings joined and escapes in them decoded."""
    lines = _CONTINUED.sub("", raw).split("\n")
    return "\n".join(line if _COMMENT.match(line) else _ESCAPE.sub(_character, line) for line in lines)


def _character(escape: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(escape[1], escape[1])


def redacted_header(header: Header, redaction: Redaction) -> Header:
    fields = tuple((name, _redacted_field(name.lower(), value, redaction)) for name, value in header.fields)
    return Header(fields, _redacted_lines(header.comments, redaction))


def _redacted_field(name: str, value: str, redaction: Redaction) -> str:
    """Return a header field redacted; in a signed field only the reason is free text."""
    if name in _STRUCTURE:
        return value
    if name in ("x-cleared", "x-killed"):
        parts = value.split(" ", 4 if name == "x-cleared" else 2)
        return " ".join([*parts[:-1], redaction.apply(parts[-1])])
    if name == "x-notice":
        return re.sub(r'"(?:[^"\\]|\\.)*"', lambda text: _redacted_string(text[0], redaction), value)
    return one_line(redaction.apply(value)) if redaction.occurs_in(value) else value


def _redacted_string(string: str, redaction: Redaction) -> str:
    """Return a JSON string redacted; if it is invalid, redact it as plain text."""
    try:
        text = str(decode_json(string))
    except ValueError:
        return one_line(redaction.apply(string))
    return quote(redaction.apply(text)) if redaction.occurs_in(text) else string


def changed_parts(old: Unit, new: Unit) -> tuple[Message, ...]:
    """Return display names of the fields that a redaction changed."""
    return tuple(dict.fromkeys(PARTS(name) for name in PARTS if _differs(name, old, new)))


def _differs(name: str, old: Unit, new: Unit) -> bool:
    if name == "waivers":
        reasons = Counter(each.reason for each in new.waivers) - Counter(each.reason for each in old.waivers)
        return bool(reasons)
    return bool(getattr(old, name) != getattr(new, name))


# Other files


def redacted_report(text: str, redaction: Redaction) -> str:
    """Return a report's text redacted; in the front matter only affected lines change."""
    if not redaction.occurs_in(text):
        return text
    _, offset, _ = front_matter(text, "")
    head = text[:offset]
    if not head.startswith(TOML):
        head = "\n".join(_redacted_front_line(line, redaction) for line in head.split("\n"))
    return redaction.apply(head) + redaction.apply(text[offset:])  # also where it spans lines of a value


def _redacted_front_line(line: str, redaction: Redaction) -> str:
    if item := re.fullmatch(r"([ \t]*-[ \t]+)([^\s:]*)[ \t]*", line):
        return item[1] + scalar.quote(redaction.apply(scalar.unquote(item[2])))
    key, colon, value = line.partition(":")
    value = value.strip()
    if not colon or not redaction.occurs_in(scalar.unquote(value)):
        return redaction.apply(line)
    if key.strip().lower() == "tags":
        return f"{key}: {scalar.write_list(tuple(map(redaction.apply, scalar.read_list(value))))}"
    return f"{key}: {scalar.quote(redaction.apply(scalar.unquote(value)))}"


def redacted_glossary(text: str, path: str, redaction: Redaction) -> tuple[str, int]:
    """Return a glossary without the entries that contain the text, and how many were removed.

    In comments and references of other entries the text is redacted.
    """
    found, tail = entries(text, path)
    raws: list[str] = []
    removed = 0
    for entry in found:
        if any(map(redaction.occurs_in, (*entry.strings.values(), *entry.previous.values()))) and not entry.is_header:
            removed += 1
            continue
        if redaction.occurs_in(_unquoted(entry.raw)):
            entry.comments = redaction.apply("\n".join(entry.comments)).split("\n")
            entry.extracted = list(map(redaction.apply, entry.extracted))
            entry.references = list(map(redaction.apply, entry.references))
            entry.strings = {key: redaction.apply(value) for key, value in entry.strings.items()}
            raws.append(entry_text(entry))
        else:
            raws.append(entry.raw)
    return "".join(raws) + redaction.apply(tail), removed


def with_redacted_remarks(text: str, path: str, redaction: Redaction) -> str:
    """Return a glossary with comments and references redacted; its terms are unchanged."""
    found, tail = entries(text, path)
    raws = []
    for entry in found:
        remarks = "\n".join((*entry.comments, *entry.extracted, *entry.references))
        if redaction.occurs_in(remarks):
            entry.comments = redaction.apply("\n".join(entry.comments)).split("\n")
            entry.extracted = list(map(redaction.apply, entry.extracted))
            entry.references = list(map(redaction.apply, entry.references))
            raws.append(entry_text(entry))
        else:
            raws.append(entry.raw)
    return "".join(raws) + redaction.apply(tail)
