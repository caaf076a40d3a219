"""The front matter of a report: `key: value` lines between two `---` lines.

Invariant: `front_matter(write_front(front))` returns `front`. Invalid values are issues, and are
read on the safe side: a report with an invalid `confidential` is confidential. So is a report off
the record or on hold. This module imports no Markdown parser, since `status` uses it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from transflow.errors import similar_name
from transflow.messages import NOTHING, Message, Messages
from transflow.model.issue import Issue, Location, Severity
from transflow.model.report import FrontMatter
from transflow.model.unit import ALLOWANCES, UNPRINTED
from transflow.report.scalar import quote, read_list, unquote, write_list
from transflow.text import one_line
from transflow.timezones import zone

CHECK = "front-matter"
"""Name of the issues reported here."""

MESSAGES = Messages(
    __name__,
    {
        "form/lang": "a language, such as ko or zh_Hans",
        "form/digest": "a digest, 16 to 64 digits of 0-9 and a-f",
        "form/reader": "the name of a reader, such as html",
        "form/story": "a story with its language, such as en:un-china-refugees",
        "form/record": "on, background, hold or off",
        "no-end": "The front matter of {path} has no end: put a line --- below its last field.",
        "no-field": "“{line}” is no field of front matter; write key: value.",
        "no-field/list": "“{line}” is no field of front matter; a list is written on one line: tags: [a, b].",
        "twice": "“{field}” stands twice; delete one of the two.",
        "unknown": "“{field}” is no field that transflow uses. It is kept.",
        "unknown/close": "“{field}” is no field that transflow uses. Did you mean {close}?",
        "confidential": "confidential is true or false, not “{value}”. Until it says so, {path} counts as confidential.",
        "unfit": "{field} is {allowed}, not “{value}”.",
        "unfit/record": "{field} is {allowed}, not “{value}”. Until it says so, nothing of the report is printed.",
        "no-date": "“{value}” is no date; write 2024-03-26 or 2024-03-26T09:00:00+09:00.",
    },
)
_NEW = ("lang", "origin", "origin-digest", "reader", "story", "story-digest", "record")
TEXT_KEYS = ("title", "deck", "byline", "date", "dateline", "url", "embargo", "lead", *_NEW)
KEYS = ("title", "deck", "byline", "date", "dateline", "url", "embargo", "confidential", "tags", "lead", *_NEW)
"""In the order in which they are written."""
DATE_KEYS = ("date", "embargo")

_FORMS: dict[str, tuple[str, Message]] = {
    "lang": (r"[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*", MESSAGES("form/lang")),
    "origin-digest": (r"[0-9a-f]{16,64}", MESSAGES("form/digest")),
    "reader": (r"[a-z][a-z0-9-]*(/\S+)?", MESSAGES("form/reader")),
    "story": (r"[A-Za-z_@-]+:[a-z0-9][a-z0-9/-]*", MESSAGES("form/story")),
    "story-digest": (r"[0-9a-f]{16,64}", MESSAGES("form/digest")),
    "record": ("|".join(ALLOWANCES), MESSAGES("form/record")),
}
"""Key -> pattern of its value, and its description for people."""

_FENCE = "---"
_FIELD = re.compile(r"[ \t]*(\w[\w.-]*)[ \t]*:(.*)")
_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)[ ]?([Zz]|[-+][0-9]{2}(?::?[0-9]{2})?)?)?"
)


class Field(NamedTuple):
    """A line of front matter: the key as written, the raw value, the 1-based line of the file."""

    key: str
    value: str
    line: int

    @property
    def name(self) -> str:
        """The key in lower case, as in `KEYS`."""
        return self.key.lower()


class Fields(NamedTuple):
    """Front matter with raw values. The body begins at `text[offset]`."""

    fields: tuple[Field, ...]
    offset: int
    issues: tuple[Issue, ...]

    def line_of(self, name: str) -> int:
        """Return the line of the first field with this name, or 0."""
        return next((field.line for field in self.fields if field.name == name), 0)


def front_matter(text: str, path: str) -> tuple[FrontMatter, int, list[Issue]]:
    """Return the front matter of a report, the offset of its body in code points, and issues.

    `text` is as returned by `decode`. A file without front matter has an empty one. Of duplicate
    keys the first value counts; duplicate embargoes never expire. `other` holds unknown fields as
    written, including quotes.
    """
    found = read_fields(text, path)
    front, issues = _values(found.fields, path)
    return front, found.offset, sorted([*found.issues, *issues], key=lambda issue: issue.location.line)


def read_fields(text: str, path: str) -> Fields:
    """Return the fields between the `---` lines; without a closing line, up to the first
    non-field.
    """
    first, _, rest = text.partition("\n")
    if first.rstrip() != _FENCE:
        return Fields((), 0, ())
    lines = rest.split("\n")
    closing = next((n for n, line in enumerate(lines) if line.rstrip() == _FENCE), None)
    if closing is None:
        return _unclosed(text, lines, path)
    fields, issues = _scan(lines[:closing])
    return Fields(fields, _offset(text, closing + 2), issues)


def _unclosed(text: str, lines: list[str], path: str) -> Fields:
    """Return the fields up to the first line that is not one.

    Without any, the `---` was a thematic break at the beginning of the text.
    """
    count = next((n for n, line in enumerate(lines) if not _FIELD.match(line)), len(lines))
    if not count:
        return Fields((), 0, ())
    fields, issues = _scan(lines[:count])
    problem = _issue("error", MESSAGES("no-end", path=path), 1)
    return Fields(fields, _offset(text, count + 1), (problem, *issues))


def _offset(text: str, lines: int) -> int:
    """Return the offset in code points after so many lines."""
    offset = 0
    for _ in range(lines):
        offset = text.find("\n", offset) + 1
        if not offset:
            return len(text)
    return offset


def _scan(lines: list[str]) -> tuple[tuple[Field, ...], tuple[Issue, ...]]:
    """Return the fields, and issues for other lines; `lines` begin at line 2 of the file."""
    fields: list[Field] = []
    issues: list[Issue] = []
    for number, line in enumerate(lines, 2):
        if found := _FIELD.fullmatch(line):
            fields.append(Field(found[1], found[2].strip(" \t"), number))
        elif line.strip() and not line.startswith("#"):
            key = "no-field/list" if line.lstrip()[0] == "-" else "no-field"
            issues.append(_issue("error", MESSAGES(key, line=one_line(line)[:40]), number))
    return tuple(fields), tuple(issues)


def _values(fields: tuple[Field, ...], path: str) -> tuple[FrontMatter, list[Issue]]:
    texts: dict[str, str] = {}
    other: list[tuple[str, str]] = []
    issues: list[Issue] = []
    seen: set[str] = set()
    confidential = False
    for field in fields:
        if field.name in seen:
            issues.append(_issue("error", MESSAGES("twice", field=field.key), field.line))
        if field.name not in KEYS:
            other.append((field.key, field.value))
            if field.name not in seen:
                issues.append(_unknown_field_issue(field))
        elif field.name == "confidential":
            confidential |= field.value != "false"
            issues += _flag_issues(field, path)
        elif field.name == "embargo" and field.name in seen:
            # unparsable as a time, so it holds until one of them is deleted
            texts["embargo"] += f" / {field.value}"
        elif field.name not in seen:
            texts[field.name] = field.value
            issues += [*_date_issues(field), *_form_issues(field)]
        seen.add(field.name)
    tags = read_list(texts.pop("tags", ""))
    values = {name.replace("-", "_"): unquote(value) for name, value in texts.items()}
    values["record"] = _strictest([unquote(field.value) for field in fields if field.name == "record"])
    confidential |= values["record"] in UNPRINTED
    return FrontMatter(**values, confidential=confidential, tags=tags, other=tuple(other)), issues


def _strictest(values: list[str]) -> str:
    """Return the most restrictive value of `record`; an invalid one counts as "hold"."""
    ranks = [ALLOWANCES.index(value if value in ALLOWANCES else "hold") for value in values if value]
    return ALLOWANCES[max(ranks)] if ranks else ""


def _issue(severity: Severity, message: Message, line: int) -> Issue:
    return Issue(CHECK, severity, message, location=Location(line=line))


def _unknown_field_issue(field: Field) -> Issue:
    close = similar_name(field.name, KEYS)
    message = MESSAGES("unknown/close", field=field.key, close=close) if close else MESSAGES("unknown", field=field.key)
    return _issue("hint", message, field.line)


def _flag_issues(field: Field, path: str) -> list[Issue]:
    if field.value in ("true", "false"):
        return []
    return [_issue("error", MESSAGES("confidential", value=field.value, path=path), field.line)]


def _form_issues(field: Field) -> list[Issue]:
    """Return issues for a value that does not match the form of its field."""
    value, (pattern, allowed) = unquote(field.value), _FORMS.get(field.name, ("", NOTHING))
    if not value or not pattern or re.fullmatch(pattern, value):
        return []
    key = "unfit/record" if field.name == "record" else "unfit"
    return [_issue("error", MESSAGES(key, field=field.name, allowed=allowed, value=value), field.line)]


def _date_issues(field: Field) -> list[Issue]:
    value = unquote(field.value)
    if field.name not in DATE_KEYS or not value or _iso(value):
        return []
    return [_issue("error", MESSAGES("no-date", value=value), field.line)]


def _iso(value: str) -> datetime | None:
    """Parse an ISO 8601 date or time in extended format; naive without an offset, None if
    invalid.
    """
    found = _DATE.fullmatch(value)
    if not found:
        return None
    day, clock, offset = found.groups()
    try:
        return datetime.fromisoformat(f"{day}T{clock or '00:00'}{(offset or '').upper()}")
    except ValueError:
        return None


def when(value: str, timezone: str) -> datetime | None:
    """Return the aware time of a `date` or `embargo`; None for an empty or invalid value.

    The value is an ISO 8601 date or date and time. Without an offset it is in `timezone` (IANA
    name); a bare date is midnight there. Raise zoneinfo.ZoneInfoNotFoundError for an unknown time
    zone.
    """
    moment = _iso(value.strip())
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=zone(timezone))


NEVER = "~"
"""Later than any time."""


def releasable_from(front: FrontMatter, timezone: str) -> str:
    """Return the UTC time from which texts of a report may leave the newsroom.

    It applies to shared memories, exports and other machines. The result is empty if they always
    may; NEVER for a confidential report and for an invalid embargo, until it is corrected.
    """
    if front.confidential:
        return NEVER
    if not front.embargo:
        return ""
    moment = when(front.embargo, timezone)
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else NEVER
    except OverflowError:  # the year 1 or 9999
        return NEVER


def write_front(front: FrontMatter) -> str:
    """Return the front matter with its `---` lines, or an empty string if it is empty.

    Every value is written on one line, quoted where YAML would misread it; values of `other` are
    written as they are.
    """
    lines = [f"{key}: {value}" for key in KEYS if (value := _format_value(front, key))]
    lines += [f"{key}: {_on_one_line(value)}".rstrip(" \t") for key, value in front.other]
    return "\n".join((_FENCE, *lines, _FENCE, "")) if lines else ""


def _format_value(front: FrontMatter, key: str) -> str:
    if key == "confidential":
        return "true" if front.confidential else ""
    if key == "tags":
        tags = tuple(_on_one_line(tag) for tag in front.tags if tag)
        return write_list(tags) if tags else ""
    value = _on_one_line(getattr(front, key.replace("-", "_")))
    return value if not value or (key in DATE_KEYS and _iso(value)) else quote(value)


def _on_one_line(value: str) -> str:
    return value.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
