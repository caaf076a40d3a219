"""House style as data: rules per locale, which a project may extend, replace or switch off by id.

Invariant: a rule that cannot be used is refused with its id, never ignored. `en.toml` documents the
keys of a rule.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, get_args

from transflow.digests import digest
from transflow.errors import ConfigError
from transflow.messages import Message, Messages
from transflow.model.issue import Severity
from transflow.model.unit import Kind

MESSAGES = Messages(
    __name__,
    {
        "key": "there is no such key.",
        "rules": "these are no rules.",
        "rules/way-out": "a line [[style.rule]] for each, with its keys below",
        "rule": "there is no rule “{name}”.",
        "off": "this is no list of rules.",
        "list": "a list such as {example}",
        "id": "it needs an id.",
        "id/way-out": "small letters, digits and hyphens",
        "rule-key": "there is no key “{key}”.",
        "needs": "it needs a {key}.",
        "no-text": "its {key} is no text.",
        "words": "its words are no texts.",
        "table": "a table such as {example}",
        "no-list": "its {key} are no list.",
        "kind": "there is no kind “{kind}”.",
        "severity": "there is no severity “{severity}”.",
        "pattern": "its pattern cannot be used: {why}.",
        "finds-nothing": "its pattern finds nothing at all, everywhere.",
        "replace": "its replace cannot be used: {why}.",
    },
)
_TABLE_KEYS = ("off", "rule")
_KEYS = frozenset("id message pattern replace words kinds unless severity wrong right locales".split())
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


@cache
def default_rules(locale: str) -> tuple[Rule, ...]:
    """Return the bundled rules of a locale, or of its language; empty if there are none."""
    for name in (locale, re.split("[_-]", locale)[0]):
        path = files(__name__).joinpath(f"{name}.toml")
        if path.is_file():
            return tuple(_rule(entry, f"{name}.toml") for entry in tomllib.loads(path.read_text("utf-8"))["rule"])
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
    if unknown := sorted(set(table) - {*_TABLE_KEYS}):
        raise ConfigError(path, f"style.{unknown[0]}", MESSAGES("key"), ", ".join(_TABLE_KEYS))
    entries = table.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(path, "style.rule", MESSAGES("rules"), MESSAGES("rules/way-out"))
    rules = {rule.id: rule for rule in default_rules(locale)}
    known_rules = {rule.id: rule for each in (locale, *locales()) for rule in default_rules(each)}
    for entry in entries:
        rule = _rule(entry, path)
        known_rules[rule.id] = rule
        if locale in entry.get("locales", [locale]):
            rules[rule.id] = rule
    for name in _names(table.get("off", []), path):
        if name not in known_rules:
            raise ConfigError(path, "style.off", MESSAGES("rule", name=name), ", ".join(known_rules))
        rules.pop(name, None)
    return Style(tuple(rules.values()), digest(repr(table), locale))


def _names(value: Any, path: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ConfigError(path, "style.off", MESSAGES("off"), MESSAGES("list", example='["percent", "dash"]'))
    return value


_LISTS = {"kinds": '["headline", "paragraph"]', "locales": '["en"]'}


def _template_error(pattern: re.Pattern[str], replace: str) -> str:
    """Return the error of a replacement template; empty if it is valid.

    `re` compiles the template whatever the text, so an empty text is enough.
    """
    try:
        pattern.sub(replace, "")
    except (re.error, IndexError) as error:
        return str(error)
    return ""


def _rule(entry: Mapping[str, Any], path: str) -> Rule:
    """Parse a rule from its table. Raises ConfigError."""
    name = entry.get("id", "")
    location = f"style.rule “{name}”"

    def config_error(problem: Message, allowed: str = "") -> ConfigError:
        return ConfigError(path, location, problem, allowed)

    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise config_error(MESSAGES("id"), MESSAGES("id/way-out"))
    if unknown := sorted(set(entry) - _KEYS):
        raise config_error(MESSAGES("rule-key", key=unknown[0]), ", ".join(sorted(_KEYS)))
    if missing := [key for key in ("message", "pattern") if not isinstance(entry.get(key), str)]:
        raise config_error(MESSAGES("needs", key=missing[0]))
    for key in ("replace", "unless", "wrong", "right"):
        if not isinstance(entry.get(key, ""), str):
            raise config_error(MESSAGES("no-text", key=key))
    words = entry.get("words", {})
    if not isinstance(words, dict) or not all(isinstance(each, str) for each in words.values()):
        raise config_error(MESSAGES("words"), MESSAGES("table", example='{ "UN" = "U.N." }'))
    for key in ("kinds", "locales"):
        if not isinstance(entry.get(key, []), list):
            raise config_error(MESSAGES("no-list", key=key), MESSAGES("list", example=_LISTS[key]))
    kinds = tuple(entry.get("kinds", ()))
    if unknown_kinds := [kind for kind in kinds if kind not in get_args(Kind)]:
        raise config_error(MESSAGES("kind", kind=unknown_kinds[0]), ", ".join(get_args(Kind)))
    if entry.get("severity", "hint") not in get_args(Severity):
        raise config_error(MESSAGES("severity", severity=str(entry["severity"])), ", ".join(get_args(Severity)))
    try:
        pattern = re.compile(entry["pattern"])
        unless = re.compile(entry["unless"]) if "unless" in entry else None
    except re.error as error:
        raise config_error(MESSAGES("pattern", why=str(error))) from None
    if pattern.fullmatch(""):
        raise config_error(MESSAGES("finds-nothing"))
    if "replace" in entry and (problem := _template_error(pattern, entry["replace"])):
        raise config_error(MESSAGES("replace", why=problem))
    optional_fields = {key: entry[key] for key in ("replace", "severity", "wrong", "right") if key in entry}
    message = _OTHER_BRACE.sub(r"\g<0>\g<0>", entry["message"])
    return Rule(name, message, pattern, words=dict(words), kinds=kinds, unless=unless, **optional_fields)
