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
from transflow.errors import ConfigError
from transflow.language.style.patterns import LimitedPattern, PatternMatch, TrustedPattern, why_refused
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
        "nested": "its brackets are nested too deeply.",
        "long": "it is longer than {most} characters.",
        "endless": "it takes too long on an empty text.",
        "slow": "it takes too long on a text, so nothing was checked. Avoid repetitions of repetitions, such as (a+)+, or "
        "switch the rule off: {line} under [style].",
    },
)
_ID = re.compile("[a-z0-9][a-z0-9-]*")
_OTHER_BRACE = re.compile(r"\{(?!(?:found|right)\})|(?<!\{found)(?<!\{right)\}")
"""A brace of a message that is no part of {found} or {right}."""
_CONTEXT_LENGTH = 24
"""Number of characters before a match that `unless` is searched in."""
_MOST_CHARACTERS = 1_000
"""Length of a pattern and of a replacement."""


class RuleMatch(NamedTuple):
    """A place where a rule is broken."""

    rule: Rule
    span: tuple[int, int]
    found: str
    right: str | None


class RuleOrigin(NamedTuple):
    """The place of a rule in a settings file."""

    text: str
    path: str
    place: Place

    def error(self, problem: Problem) -> ConfigError:
        return config_error(self.text, self.path, [problem])


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    message: str
    """Template of the message, in which {found} is the match and {right} its replacement."""
    pattern: TrustedPattern | LimitedPattern
    replace: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    unless: TrustedPattern | LimitedPattern | None = None
    """Searched for in the text before the match; a hit cancels the match."""
    origin: RuleOrigin | None = None
    """Its place in the settings of a project; None for a bundled rule."""
    signs: tuple[str, ...] = ()
    """Parts, one of which is in every text that has a match; empty if unknown."""
    severity: Severity = "hint"
    wrong: str = ""
    right: str = ""

    def find(self, text: str, kind: Kind) -> Iterator[RuleMatch]:
        """Yield the places where a text breaks the rule.

        Raise ConfigError if a pattern of a project takes too long.
        """
        if (self.kinds and kind not in self.kinds) or not self._has_sign(text):
            return
        key = "pattern"
        try:
            for match in self.pattern.matches(text):
                key = "unless"
                before = text[max(0, match.start() - _CONTEXT_LENGTH) : match.start()]
                if not (self.unless and self.unless.is_in(before)):
                    yield RuleMatch(self, match.span(), match[0], self._right(match))
        except (TimeoutError, MemoryError):
            assert self.origin
            problem = MESSAGES("slow", line=f'off = ["{self.id}"]')
            raise self.origin.error(Problem(self.origin.place, key, problem)) from None

    def _has_sign(self, text: str) -> bool:
        for sign in self.signs:
            if sign in text:
                return True
        return not self.signs

    def _right(self, match: PatternMatch) -> str | None:
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


def _trusted_pattern(value: Any) -> TrustedPattern:
    return TrustedPattern(string(value))


def _limited_pattern(value: Any) -> LimitedPattern:
    try:
        if why := why_refused(string(value)):
            raise InvalidValueError(why)
        re.compile(value)
        return LimitedPattern(value)
    except re.error as error:
        raise InvalidValueError(MESSAGES("pattern", why=str(error))) from None
    except RecursionError:
        raise InvalidValueError(MESSAGES("nested")) from None


def _rule_pattern(value: Any) -> LimitedPattern:
    pattern = _limited_pattern(value)
    try:
        if pattern.matches_nothing():
            raise InvalidValueError(MESSAGES("finds-nothing"))
    except (TimeoutError, MemoryError):
        raise InvalidValueError(MESSAGES("endless")) from None
    return pattern


def _template(value: Any) -> str:
    if len(string(value)) > _MOST_CHARACTERS:
        raise InvalidValueError(MESSAGES("long", most=_MOST_CHARACTERS))
    return string(value)


def _message(value: Any) -> str:
    return _OTHER_BRACE.sub(r"\g<0>\g<0>", string(value))


RULE = Table(
    keys={
        "id": TomlKey("id", _rule_id),
        "message": TomlKey("message", _message),
        "pattern": TomlKey("pattern", _rule_pattern),
        "replace": TomlKey("replace", _template),
        "words": TomlKey("words", string_table),
        "kinds": TomlKey("kinds", each(choice(*get_args(Kind)))),
        "unless": TomlKey("unless", _limited_pattern),
        "signs": TomlKey("signs", each(string)),
        "severity": TomlKey("severity", choice(*get_args(Severity))),
        "wrong": TomlKey("wrong", string),
        "right": TomlKey("right", string),
        "locales": TomlKey("locales", each(string)),
    },
    into="rules",
    is_array=True,
)
"""[[style.rule]] of a project."""
_TRUSTED = {"pattern": TomlKey("pattern", _trusted_pattern), "unless": TomlKey("unless", _trusted_pattern)}
_BUNDLED = Table(tables={"rule": RULE._replace(keys={**RULE.keys, **_TRUSTED})})
"""[[rule]] of the bundled files."""
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
            rows = read_file(path.read_text("utf-8"), f"{name}.toml", _BUNDLED)["rules"]
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
    text = table.text if isinstance(table, OpenTable) else ""
    if problems:
        raise config_error(text, path, problems)
    for row in rows:
        if locale in row.values.get("locales", (locale,)):
            rules[row.values["id"]] = _rule(row.values, RuleOrigin(text, path, row.place))
    for name in values.get("off", ()):
        rules.pop(name, None)
    return Style(tuple(rules.values()), digest(repr(table), locale))


def _rule_problems(row: Row) -> Iterator[Problem]:
    """Yield the problems of a rule whose keys are valid alone, but not together."""
    for key in _REQUIRED:
        if key not in row.content:
            yield Problem(row.place, key, MESSAGES("missing"))
    pattern, replace = row.values.get("pattern"), row.values.get("replace", "")
    if pattern and (why := pattern.template_error(replace)):
        yield Problem(row.place, "replace", MESSAGES("pattern", why=why))


def _rule(values: Mapping[str, Any], origin: RuleOrigin | None = None) -> Rule:
    return Rule(**{key: value for key, value in values.items() if key != "locales"}, origin=origin)
