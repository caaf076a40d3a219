"""Three-way merge of glossary files, entry by entry.

Invariant: `merge_glossary(base, a, b)` and `merge_glossary(base, b, a)` have the same entries. An
entry that only one side changed keeps that side's bytes. Of two spellings, neither is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transflow.errors import UnreadableError
from transflow.merge.order import merged_order, merged_set
from transflow.messages import Messages
from transflow.model.issue import Issue
from transflow.po.notes import quote
from transflow.po.syntax import Entry, entries, entry_text

MESSAGES = Messages(
    __name__,
    {
        "two-spellings": "“{term}” got two spellings. One is in place, the other is in its comments as @conflict.",
        "twice": "“{term}” is here twice.",
        "keep-one": "Keep one of the two.",
    },
)

_Key = tuple[str, str]
"""msgctxt and msgid. The msgid of the header is empty."""

_CONFLICT = "@conflict unknown 1970-01-01T00:00:00Z"
"""Beginning of a note with a spelling whose author and time nobody recorded."""


def merge_glossary(base: str | None, ours: str, theirs: str, path: str) -> tuple[str, tuple[Issue, ...]]:
    """Merge two PO texts without unit ids; an entry is identified by its msgctxt and msgid.

    If both sides changed a spelling, the greater one stays and is marked fuzzy, the other becomes a
    `@conflict` comment, and an issue of severity error reports it. An entry that one side deleted
    and the other edited stays. `path` is for messages. Raise UnreadableError, also for an entry
    that occurs twice.
    """
    if ours == theirs or theirs == base:
        return ours, ()
    if ours == base:
        return theirs, ()
    old, one, two = (_read(text, path) for text in (base or "", *sorted((ours, theirs))))
    kept: dict[_Key, str] = {}
    issues: list[Issue] = []
    for key in dict.fromkeys([*one, *two]):
        entry, clash = _merged(old.get(key), one.get(key), two.get(key))
        if entry is not None:
            kept[key] = _raw(entry)
        if clash:
            issues.append(Issue("conflict", "error", MESSAGES("two-spellings", term=key[1])))
    order = merged_order(list(old), (list(one), list(two)), kept.keys())
    return "\n".join(kept[key] for key in order), tuple(issues)


def _read(text: str, path: str) -> dict[_Key, Entry]:
    result: dict[_Key, Entry] = {}
    for entry in entries(text, path)[0]:
        key = _key(entry)
        if key in result:
            raise UnreadableError(path, entry.line, MESSAGES("twice", term=key[1]), MESSAGES("keep-one"))
        result[key] = entry
    return result


def _key(entry: Entry) -> _Key:
    return entry.strings.get("msgctxt", ""), entry.strings.get("msgid", "")


def _raw(entry: Entry) -> str:
    """Return the lines of an entry, without blank lines around them."""
    return (entry.raw or entry_text(entry)).strip("\n") + "\n"


def _merged(old: Entry | None, one: Entry | None, two: Entry | None) -> tuple[Entry | None, bool]:
    """Return the merged entry, or None, and whether both sides changed its spelling."""
    mine, other, before = (entry and _raw(entry) for entry in (one, two, old))
    if mine == other or other == before:
        return one, False
    if mine == before:
        return two, False
    if one is None or two is None:
        return one or two, False
    return _merge_both(old or Entry(0), one, two)


def _merge_both(old: Entry, one: Entry, two: Entry) -> tuple[Entry, bool]:
    lost = sorted(
        text
        for key in one.strings.keys() & two.strings.keys()
        if one.strings["msgid"] and _changed(old.strings.get(key), one.strings[key], two.strings[key]) is None
        if (text := min(one.strings[key], two.strings[key]))
    )
    entry = Entry(
        line=0,
        comments=[*_merge_lines(old.comments, one.comments, two.comments), *(_conflict_comment(text) for text in lost)],
        extracted=_merge_lines(old.extracted, one.extracted, two.extracted),
        references=_merge_lines(old.references, one.references, two.references),
        flags=_merge_lines(old.flags, one.flags, two.flags),
        previous=max(one.previous, two.previous, key=lambda each: sorted(each.items())),
        strings={key: _string(key, old, one, two) for key in [*one.strings, *(two.strings.keys() - one.strings)]},
        obsolete=one.obsolete and two.obsolete,
    )
    if lost and "fuzzy" not in entry.flags:
        entry.flags.insert(0, "fuzzy")
    return entry, bool(lost)


def _changed(old: str | None, one: str, two: str) -> str | None:
    """Return the text of the side that changed it; None if both did."""
    if one == two or two == old:
        return one
    return two if one == old else None


def _string(key: str, old: Entry, one: Entry, two: Entry) -> str:
    if key == "msgstr" and not one.strings.get("msgid"):
        return _header(*(each.strings.get(key, "") for each in (old, one, two)))
    mine, other = one.strings.get(key, two.strings.get(key, "")), two.strings.get(key, one.strings.get(key, ""))
    changed = _changed(old.strings.get(key), mine, other)
    return max(mine, other) if changed is None else changed


def _header(old: str, one: str, two: str) -> str:
    """Merge the fields of a header; of two values of a field, the greater stays."""
    lines = merged_set(*([line for line in text.split("\n") if line] for text in (old, one, two)))
    named: dict[str, str] = {}
    for line in lines:
        name = line.partition(":")[0].lower()
        named[name] = max(line, named.get(name, line))
    return "".join(f"{line}\n" for line in named.values())


def _merge_lines(old: Sequence[str], one: Sequence[str], two: Sequence[str]) -> list[str]:
    return list(merged_set(list(_unique(old)), list(_unique(one)), list(_unique(two))))


def _unique(lines: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(lines)


def _conflict_comment(text: str) -> str:
    return f"{_CONFLICT} {quote(text)}"
