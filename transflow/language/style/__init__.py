"""House style as data: rules per locale, which a project may extend, replace or switch off by id.

Invariant: a rule that cannot be used is refused with its id, never ignored. `en.toml` documents the
keys of a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, get_args

from transflow.digests import digest
from transflow.messages import Message, Messages
from transflow.model.issue import Severity
from transflow.model.unit import Kind
from transflow.toml_text.schema import (
    OpenTable,
    Place,
    Problem,
    Row,
    Table,
    TomlKey,
    config_error,
    read_file,
    read_table,
)
from transflow.toml_text.values import InvalidValueError, choice, each, shown, similar, string, string_table

MESSAGES = Messages(
    __name__,
    {
        "rule": "there is no rule “{name}”.",
        "id": "{value} cannot be an id.",
        "id/allowed": "small letters, digits and hyphens",
        "missing": "it is missing.",
        "pattern": "it cannot be used: {why}.",
        "finds-nothing": "it finds nothing at all, everywhere.",
    },
)
_ID = re.compile("[a-z0-9][a-z0-9-]*")
_OTHER_BRACE = re.compile(r"\{(?!(?:found|right)\})|(?<!\{found)(?<!\{right)\}")
"""A brace of a message that is no part of {found} or {right}."""
_CONTEXT_LENGTH = 24
"""Number of characters before a match that `unless` is searched in."""


class RuleMatch(NamedTuple):
    """A place where a rule is broken."""

    rule: Rule
    span: tuple[int, int]
    found: str
    right: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    message: str
    """Template of the message, in which {found} is the match and {right} its replacement."""
    pattern: re.Pattern[str]
    replace: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    unless: re.Pattern[str] | None = None
    """Searched for in the text before the match; a hit cancels the match."""
    severity: Severity = "hint"
    wrong: str = ""
    right: str = ""

    def find(self, text: str, kind: Kind) -> Iterator[RuleMatch]:
        if self.kinds and kind not in self.kinds:
            return
        for match in self.pattern.finditer(text):
            before = text[max(0, match.start() - _CONTEXT_LENGTH) : match.start()]
            if not (self.unless and self.unless.search(before)):
                yield RuleMatch(self, match.span(), match[0], self._right(match))

    def _right(self, match: re.Match[str]) -> str | None:
        if self.words:
            return self.words.get(match[0])
        return match.expand(self.replace) if self.replace is not None else None

    def describe(self, rule_match: RuleMatch) -> Message:
        values = {"found": rule_match.found.strip(), "right": (rule_match.right or "").strip()}
        return Message(f"language.style.{self.id}", self.message, values)


@dataclass(frozen=True)
class Style:
    """Rules of a locale, in order."""

    rules: tuple[Rule, ...] | None = None
    """None for the default rules."""
    rules_digest: str = ""
    """Digest of the project's own rules."""

    def __repr__(self) -> str:
        return f"Style({self.rules_digest})"

    def rules_for(self, locale: str) -> tuple[Rule, ...]:
        return default_rules(locale) if self.rules is None else self.rules


def _rule_id(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise InvalidValueError(MESSAGES("id", value=shown(value)), MESSAGES("id/allowed"))
    return value


def _regex(value: Any) -> re.Pattern[str]:
    try:
        return re.compile(string(value))
    except re.error as error:
        raise InvalidValueError(MESSAGES("pattern", why=str(error))) from None


def _pattern(value: Any) -> re.Pattern[str]:
    pattern = _regex(value)
    if pattern.fullmatch(""):
        raise InvalidValueError(MESSAGES("finds-nothing"))
    return pattern


def _message(value: Any) -> str:
    return _OTHER_BRACE.sub(r"\g<0>\g<0>", string(value))


RULE = Table(
    keys={
        "id": TomlKey("id", _rule_id),
        "message": TomlKey("message", _message),
        "pattern": TomlKey("pattern", _pattern),
        "replace": TomlKey("replace", string),
        "words": TomlKey("words", string_table),
        "kinds": TomlKey("kinds", each(choice(*get_args(Kind)))),
        "unless": TomlKey("unless", _regex),
        "severity": TomlKey("severity", choice(*get_args(Severity))),
        "wrong": TomlKey("wrong", string),
        "right": TomlKey("right", string),
        "locales": TomlKey("locales", each(string)),
    },
    into="rules",
    is_array=True,
)
"""[[style.rule]] of a project, and [[rule]] of the bundled files."""
SCHEMA = Table(keys={"off": TomlKey("off", each(string))}, tables={"rule": RULE})
"""[style] of a project."""
_ROOT = Table(tables={"style": SCHEMA, "style.rule": RULE})
"""The tables by the names that they have in transflow.toml."""
_REQUIRED = ("id", "message", "pattern")


@cache
def default_rules(locale: str) -> tuple[Rule, ...]:
    """Return the bundled rules of a locale, or of its language; empty if there are none."""
    for name in (locale, re.split("[_-]", locale)[0]):
        path = files(__name__).joinpath(f"{name}.toml")
        if path.is_file():
            rows = read_file(path.read_text("utf-8"), f"{name}.toml", SCHEMA)["rules"]
            return tuple(_rule(row.values) for row in rows)
    return ()


def locales() -> tuple[str, ...]:
    """Return the locales that have bundled rules."""
    names = (path.name for path in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def load(table: Mapping[str, Any], locale: str, path: str = "transflow.toml") -> Style:
    """Return the style of a project: its [style] table over the default rules. Raises
    ConfigError.
    """
    if not table:
        return Style()
    place = Place("style", 0, "style.")
    values, problems = read_table(table, SCHEMA, place, _ROOT)
    rows: Sequence[Row] = values.get("rules", ())
    problems += [problem for row in rows for problem in _rule_problems(row)]
    rules = {rule.id: rule for rule in default_rules(locale)}
    known_ids = {rule.id for each_locale in (locale, *locales()) for rule in default_rules(each_locale)}
    known_ids |= {row.values["id"] for row in rows if "id" in row.values}
    for name in values.get("off", ()):
        if name not in known_ids:
            known = ", ".join(sorted(known_ids))
            problems.append(Problem(place, "off", MESSAGES("rule", name=name), known, similar(name, known_ids)))
    if problems:
        raise config_error(table.text if isinstance(table, OpenTable) else "", path, problems)
    for row in rows:
        if locale in row.values.get("locales", (locale,)):
            rules[row.values["id"]] = _rule(row.values)
    for name in values.get("off", ()):
        rules.pop(name, None)
    return Style(tuple(rules.values()), digest(repr(table), locale))


def _rule_problems(row: Row) -> Iterator[Problem]:
    """Yield the problems of a rule whose keys are valid alone, but not together."""
    for key in _REQUIRED:
        if key not in row.content:
            yield Problem(row.place, key, MESSAGES("missing"))
    pattern, replace = row.values.get("pattern"), row.values.get("replace", "")
    if pattern and (why := _template_error(pattern, replace)):
        yield Problem(row.place, "replace", MESSAGES("pattern", why=why))


def _template_error(pattern: re.Pattern[str], replace: str) -> str:
    """Return the error of a replacement template; empty if it is valid.

    `re` compiles the template whatever the text, so an empty text is enough.
    """
    try:
        pattern.sub(replace, "")
    except (re.error, IndexError) as error:
        return str(error)
    return ""


def _rule(values: Mapping[str, Any]) -> Rule:
    return Rule(**{key: value for key, value in values.items() if key != "locales"})
