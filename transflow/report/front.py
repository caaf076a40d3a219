"""The front matter of a report: its values, their rules, and how they are written.

Invariant: `front_matter(write_front(front))` returns `front`. Invalid values are issues, and are
read on the safe side: a report with an invalid `confidential` is confidential. So is a report off
the record or on hold. This module imports no Markdown parser, since `status` uses it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from transflow.errors import similar_name
from transflow.messages import NOTHING, Message, Messages
from transflow.model.issue import Issue
from transflow.model.report import FrontMatter
from transflow.model.unit import ALLOWANCES, UNPRINTED
from transflow.report.fields import YAML, Field, issue, read_fields
from transflow.report.scalar import quote, write_list
from transflow.timezones import zone

MESSAGES = Messages(
    __name__,
    {
        "form/lang": "a language, such as ko or zh_Hans",
        "form/digest": "a digest, 16 to 64 digits of 0-9 and a-f",
        "form/reader": "the name of a reader, such as html",
        "form/story": "a story with its language, such as en:un-china-refugees",
        "form/record": "on, background, hold or off",
        "twice": "“{field}” stands twice; delete one of the two.",
        "unknown/close": "“{field}” is no field that transflow uses. Did you mean {close}?",
        "confidential": "confidential is true or false, not “{value}”. Until it says so, {path} counts as confidential.",
        "list": "{field} is one text, not a list. Write it on one line: {field}: …",
        "unfit": "{field} is {allowed}, not “{value}”.",
        "unfit/record": "{field} is {allowed}, not “{value}”. Until it says so, nothing of the report is printed.",
        "no-date": "“{value}” is no date; write 2024-03-26 or 2024-03-26T09:00:00+09:00.",
    },
)
_NEW = ("lang", "origin", "origin-digest", "reader", "story", "story-digest", "record")
TEXT_KEYS = ("title", "deck", "byline", "date", "dateline", "url", "embargo", "lead", *_NEW)
KEYS = ("title", "deck", "byline", "date", "dateline", "url", "embargo", "confidential", "tags", "lead", *_NEW)
"""In the order in which they are written."""
LIST_KEYS = ("tags", "byline")
"""Keys whose value may be a list."""
DATE_KEYS = ("date", "embargo")
OTHER_KEYS = frozenset({"authors", "tag", "titles", "urls"})
"""Keys of other programs that are spelled nearly like ours."""
_AUTHORS = ("author", "authors")
_MISSPELT = 0.8
"""Similarity of a key that is taken for another one misspelt."""

_FORMS: dict[str, tuple[str, Message]] = {
    "lang": (r"[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*", MESSAGES("form/lang")),
    "origin-digest": (r"[0-9a-f]{16,64}", MESSAGES("form/digest")),
    "reader": (r"[a-z][a-z0-9-]*(/\S+)?", MESSAGES("form/reader")),
    "story": (r"[A-Za-z_@-]+:[a-z0-9][a-z0-9/-]*", MESSAGES("form/story")),
    "story-digest": (r"[0-9a-f]{16,64}", MESSAGES("form/digest")),
    "record": ("|".join(ALLOWANCES), MESSAGES("form/record")),
}
"""Key -> pattern of its value, and its description for people."""

_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)[ ]?([Zz]|[-+][0-9]{2}(?::?[0-9]{2})?)?)?"
)


def front_matter(text: str, path: str) -> tuple[FrontMatter, int, list[Issue]]:
    """Return the front matter of a report, the offset of its body in code points, and issues.

    `text` is as returned by `decode`. A file without front matter has an empty one. Of duplicate
    keys the first value counts; duplicate embargoes never expire. `other` holds unknown fields as
    written, including quotes.
    """
    found = read_fields(text, path)
    fields, problems = _with_values(found.fields)
    front, issues = _values(fields, path)
    return front, found.offset, sorted([*found.issues, *problems, *issues], key=lambda each: each.location.line)


def _with_values(fields: tuple[Field, ...]) -> tuple[list[Field], list[Issue]]:
    """Return the fields with the texts of values on several lines, as far as transflow uses them.

    Loads the reader of YAML, for few files.
    """
    read: list[Field] = []
    issues: list[Issue] = []
    for field in fields:
        if field.below and field.texts is None and field.name in KEYS:
            from transflow.report.yaml_values import with_texts

            field = with_texts(field)
        if field.problem and field.name in KEYS:
            issues.append(issue("error", field.problem, field.line))
        elif field.texts and len(field.texts) > 1 and field.name in KEYS and field.name not in LIST_KEYS:
            issues.append(issue("error", MESSAGES("list", field=field.key), field.line))
        read.append(field)
    return read, issues


def _values(fields: Sequence[Field], path: str) -> tuple[FrontMatter, list[Issue]]:
    texts: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    other: list[tuple[str, str]] = []
    issues: list[Issue] = []
    seen: set[str] = set()
    confidential = False
    for field in fields:
        if field.name in seen:
            issues.append(issue("error", MESSAGES("twice", field=field.key), field.line))
        if field.name not in KEYS:
            other.append((field.key, field.raw))
            if field.name not in seen:
                issues += _misspelt_issues(field)
        elif field.name == "confidential":
            confidential |= field.value != "false"
            issues += _flag_issues(field, path)
        elif field.name == "embargo" and field.name in seen:
            # unparsable as a time, so it holds until one of them is deleted
            texts["embargo"] += f" / {field.text}"
        elif field.name == "tags":
            tags = tags if field.name in seen else field.items
        elif field.name not in seen:
            texts[field.name] = _bare(field)
            issues += [*_date_issues(field), *_form_issues(field)]
        seen.add(field.name)
    values = {name.replace("-", "_"): value for name, value in texts.items()}
    values["record"] = _strictest([_bare(field) for field in fields if field.name == "record"])
    confidential |= values["record"] in UNPRINTED
    return FrontMatter(**values, confidential=confidential, tags=tags, other=tuple(other)), issues


def _bare(field: Field) -> str:
    """Return the text of a field; of one with a form, without a comment behind it."""
    has_form = field.name in DATE_KEYS or field.name in _FORMS
    if not has_form or field.texts is not None or field.value[:1] in ("'", '"'):
        return field.text
    return re.sub(r"[ \t]+#.*", "", field.value)


def _strictest(values: list[str]) -> str:
    """Return the most restrictive value of `record`; an invalid one counts as "hold"."""
    ranks = [ALLOWANCES.index(value if value in ALLOWANCES else "hold") for value in values if value]
    return ALLOWANCES[max(ranks)] if ranks else ""


def _misspelt_issues(field: Field) -> list[Issue]:
    """Return an issue for a field of another program that is nearly one of ours; it is kept."""
    close = similar_name(field.name, KEYS, _MISSPELT) if field.name not in OTHER_KEYS else ""
    return [issue("hint", MESSAGES("unknown/close", field=field.key, close=close), field.line)] if close else []


def author_of(text: str, path: str) -> str:
    """Return the byline that a file of Jekyll or Hugo has under another key; or nothing."""
    found = [each for each in read_fields(text, path).fields if each.name in _AUTHORS]
    fields, _ = _with_values(tuple(each._replace(key="byline") for each in found))
    return next((field.text for field in fields if field.text and not field.problem), "")


def _flag_issues(field: Field, path: str) -> list[Issue]:
    if field.value in ("true", "false"):
        return []
    return [issue("error", MESSAGES("confidential", value=field.value, path=path), field.line)]


def _form_issues(field: Field) -> list[Issue]:
    """Return issues for a value that does not match the form of its field."""
    value, (pattern, allowed) = _bare(field), _FORMS.get(field.name, ("", NOTHING))
    if not value or not pattern or re.fullmatch(pattern, value):
        return []
    key = "unfit/record" if field.name == "record" else "unfit"
    return [issue("error", MESSAGES(key, field=field.name, allowed=allowed, value=value), field.line)]


def _date_issues(field: Field) -> list[Issue]:
    value = _bare(field)
    if field.name not in DATE_KEYS or not value or _iso(value):
        return []
    return [issue("error", MESSAGES("no-date", value=value), field.line)]


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


def source_of(front: FrontMatter, source: str) -> str:
    """Return the language of a report: its `lang`, or else `source`, that of the project."""
    return front.lang.replace("-", "_") or source


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
    lines = [f"{key}: {value}" for key in KEYS if (value := value_of(front, key))]
    lines += [f"{key}: {_kept(value)}".rstrip(" \t") for key, value in front.other]
    return "\n".join((YAML, *lines, YAML, "")) if lines else ""


def value_of(front: FrontMatter, key: str) -> str:
    """Return a value as it is written on one line; empty if there is nothing to write."""
    if key == "confidential":
        return "true" if front.confidential else ""
    if key == "tags":
        tags = tuple(_on_one_line(tag) for tag in front.tags if tag)
        return write_list(tags) if tags else ""
    value = _on_one_line(getattr(front, key.replace("-", "_")))
    return value if not value or (key in DATE_KEYS and _iso(value)) else quote(value)


def _kept(value: str) -> str:
    """Return the value of an unknown field: with further lines if they belong to it."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_block = all(re.match(r"[ \t]|-(?:[ \t]|$)|#|[\]}],?$|$", line) for line in lines[1:])
    return "\n".join(lines) if is_block else " ".join(lines)


def _on_one_line(value: str) -> str:
    return value.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
