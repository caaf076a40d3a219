"""The fields of a front matter as they stand in the file: their lines, keys and raw values.

A field is a `key: value` line between two `---` lines, with the lines that belong to it: the items
of a list, a folded or literal block, a table of fields below it, the end of a list in brackets. A
value on one line is taken verbatim; values on several lines are read by `yaml_values`. Between two
`+++` lines the front matter is TOML.

Invariant: every line of a front matter is blank, a comment, part of one field, or named in an
issue. This module imports no YAML parser.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.messages import NOTHING, Message, Messages
from transflow.model.issue import Issue, Location, Severity
from transflow.report.scalar import read_list, unquote
from transflow.text import one_line

CHECK = "front-matter"
"""Name of the issues reported here."""

MESSAGES = Messages(
    __name__,
    {
        "no-end": "The front matter of {path} has no end: put a line --- below its last field.",
        "no-end/toml": "The front matter of {path} has no end: put a line +++ below its last field.",
        "no-field": "“{line}” is no field of front matter; write key: value.",
        "no-field/list": "“{line}” is no field of front matter; a list is written on one line: tags: [a, b].",
    },
)

YAML, TOML = "---", "+++"
_ENDS = {YAML: (YAML, "..."), TOML: (TOML,)}

_FIELD = r"[ \t]*(\w[\w.-]*)[ \t]*:(.*)"
_LOOSE_FIELD = r"[ \t]*(\"[^\"]+\"|'[^']+'|<<|[^\s\"'\[\]{}#&*!|>%`,?:-][^:#]{0,60}?|-[\w-]+)[ \t]*:((?:[ \t].*)?)"  # other keys of YAML
_BLOCK_SCALAR = r"[|>][-+0-9]{0,2}(?:[ \t]+#.*)?"
_NO_VALUE = r"(?:[&!]\S*[ \t]*)*(?:#.*)?"
"""A value that leaves room for a block below: nothing, an anchor, a tag, a comment."""
_ITEM = r"([ \t]*)-(?:[ \t]+(.*))?"
_ENTRY = r"[ \t]*-?[ \t]*(?:\w[\w.-]*|\"[^\"]*\"|'[^']*')[ \t]*:(?:[ \t].*)?"
_COMMENT_BEHIND = r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\[.*\])[ \t]+#[ \t].*"


class Field(NamedTuple):
    """A field of front matter: the key as written, the raw value, the 1-based lines of the file."""

    key: str
    value: str
    line: int
    last: int = 0
    below: tuple[str, ...] = ()
    """Further lines of the value, as they stand."""
    texts: tuple[str, ...] | None = None
    """Texts of a value that is not taken verbatim."""
    problem: Message = NOTHING
    """The reason why the value cannot be read; empty if it can."""

    @property
    def name(self) -> str:
        """The key in lower case, as in `KEYS`."""
        return self.key.lower()

    @property
    def text(self) -> str:
        return unquote(self.value) if self.texts is None else ", ".join(self.texts)

    @property
    def items(self) -> tuple[str, ...]:
        return read_list(self.value) if self.texts is None else self.texts

    @property
    def raw(self) -> str:
        """The value with its further lines."""
        return "\n".join((self.value, *self.below))


class Fields(NamedTuple):
    """Front matter with raw values. The body begins at `text[offset]`."""

    fields: tuple[Field, ...]
    offset: int
    issues: tuple[Issue, ...]
    syntax: str = YAML
    """Its fence: `YAML` or `TOML`."""

    def line_of(self, name: str) -> int:
        """Return the line of the first field with this name, or 0."""
        return next((field.line for field in self.fields if field.name == name), 0)


def read_fields(text: str, path: str) -> Fields:
    """Return the fields between the fences; without a closing one, up to the first non-field."""
    first, _, rest = text.partition("\n")
    fence = first.rstrip()
    if fence not in _ENDS:
        return Fields((), 0, ())
    lines = rest.split("\n")
    closing = next((n for n, line in enumerate(lines) if line.rstrip() in _ENDS[fence]), None)
    if closing is None:
        return _unclosed(text, lines, path, fence)
    offset = _offset(text, closing + 2)
    if fence == TOML:
        return _toml("\n".join(lines[:closing]), offset, path)
    fields, issues = _scan(lines[:closing])
    return Fields(fields, offset, issues)


def _toml(text: str, offset: int, path: str) -> Fields:
    """Return the fields of a TOML front matter. Loads the reader of such, for few files."""
    from transflow.report.toml_fields import toml_fields

    fields, issues = toml_fields(text, path)
    return Fields(fields, offset, issues, TOML)


def _unclosed(text: str, lines: list[str], path: str, fence: str) -> Fields:
    """Return the fields up to the first line that is not one.

    Without any, the fence was a thematic break at the beginning of the text.
    """
    if fence == TOML:
        is_field = bool(lines) and re.match(r"[ \t]*[\w.-]+[ \t]*=", lines[0])
        issues = (issue("error", MESSAGES("no-end/toml", path=path), 1),) if is_field else ()
        return Fields((), 0, issues)
    count = next((n for n, line in enumerate(lines) if not re.match(_FIELD, line)), len(lines))
    if not count:
        return Fields((), 0, ())
    fields, found = _scan(lines[:count])
    problem = issue("error", MESSAGES("no-end", path=path), 1)
    return Fields(fields, _offset(text, count + 1), (problem, *found))


def _offset(text: str, lines: int) -> int:
    """Return the offset in code points after so many lines."""
    offset = 0
    for _ in range(lines):
        offset = text.find("\n", offset) + 1
        if not offset:
            return len(text)
    return offset


def issue(severity: Severity, message: Message, line: int) -> Issue:
    return Issue(CHECK, severity, message, location=Location(line=line))


def _scan(lines: list[str]) -> tuple[tuple[Field, ...], tuple[Issue, ...]]:
    """Return the fields, and issues for other lines; `lines` begin at line 2 of the file."""
    fields: list[Field] = []
    issues: list[Issue] = []
    number = 0
    while number < len(lines):
        line, start = lines[number], number
        number += 1
        if found := re.fullmatch(_FIELD, line, re.DOTALL) or re.fullmatch(_LOOSE_FIELD, line, re.DOTALL):
            value = found[2].strip(" \t\r")
            number = _end(lines, start, value)
            below = tuple(lines[start + 1 : number])
            value = value if below else _without_comment(value)
            fields.append(_read(Field(unquote(found[1]), value, start + 2, number + 1, below)))
        elif line.strip() and not line.lstrip().startswith("#"):
            key = "no-field/list" if line.lstrip()[0] == "-" else "no-field"
            issues.append(issue("error", MESSAGES(key, line=one_line(line)[:40]), start + 2))
    return tuple(fields), tuple(issues)


def _without_comment(value: str) -> str:
    """Return a value without a comment behind its closing quote or bracket."""
    found = re.fullmatch(_COMMENT_BEHIND, value) if "#" in value else None
    return found[1] if found else value


def _end(lines: list[str], start: int, value: str) -> int:
    """Return the index after the last line that belongs to the field in a line."""
    if value[:1] in ("[", "{") and not value.endswith(("]", "}")):
        return _end_of_brackets(lines, start)
    indent = _indent(lines[start])
    takes_block = bool(re.fullmatch(_NO_VALUE, value) or re.fullmatch(_BLOCK_SCALAR, value))
    is_literal = bool(re.fullmatch(_BLOCK_SCALAR, value))
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        is_comment = not is_literal and line.lstrip().startswith("#")
        if not line.strip() or (is_comment and _indent(line) <= indent):
            continue
        is_item = takes_block and not is_literal and _indent(line) == indent and re.fullmatch(_ITEM, line, re.DOTALL)
        if not is_item and _indent(line) <= indent:
            break
        if not takes_block and value[0] not in "\"'" and re.fullmatch(_FIELD, line, re.DOTALL):
            break  # a field that is indented by mistake
        end = number + 1
    return end


def _end_of_brackets(lines: list[str], start: int) -> int:
    """Return the index after the line with the closing bracket, if no field begins before it."""
    for number in range(start + 1, len(lines)):
        line = lines[number].rstrip(" \t\r,")
        if _indent(line) == 0 and re.fullmatch(_FIELD, line, re.DOTALL):
            break
        if line.endswith(("]", "}")) and (line.strip() in ("]", "}") or _closes(lines[start : number + 1])):
            return number + 1
    return start + 1


def _closes(lines: list[str]) -> bool:
    """True if brackets are balanced; those in quotes are counted too."""
    text = "".join(lines)
    return text.count("[") + text.count("{") <= text.count("]") + text.count("}")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _read(field: Field) -> Field:
    """Return a field with the texts of a plain list below it, which are as verbatim as one on one
    line.
    """
    lines = [line.rstrip(" \t\r") for line in field.below if line.strip()]
    items = [found for line in lines if (found := re.fullmatch(_ITEM, line))]
    is_plain = re.fullmatch(_NO_VALUE, field.value) and len(items) == len(lines) > 0
    if not is_plain or len({found[1] for found in items}) > 1:
        return field
    texts = [found[2] or "" for found in items]
    if any(
        re.fullmatch(_ENTRY, text) or re.fullmatch(_BLOCK_SCALAR, text) or (text[:1] + text[-1:]) in ("[]", "{}")
        for text in texts
        if text
    ):
        return field
    return field._replace(texts=tuple(unquote(_without_comment(text)) for text in texts if text))
