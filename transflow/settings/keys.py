"""Keys of transflow.toml, and the readers of their values.

Invariant: a reader returns a value for Settings or Person, or raises UnfitError; nothing is guessed
or coerced. This module is imported by every command, so modules that only errors need are imported
there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

from transflow.errors import similar_name
from transflow.model.settings import Role
from transflow.model.unit import FORMAT
from transflow.timezones import zone, zone_names

ROLES = ("reporter", "translator", "writer", "editor")

Reader = Callable[[Any], Any]

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_LOCALE = re.compile(
    r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?(_([A-Z0-9]{5,8}|[0-9][A-Z0-9]{3}))*(@[a-z0-9]+)?"
)
_ZONE = re.compile(r"[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+){1,2}")
_ZONES = Path("/usr/share/zoneinfo")
"""Usual folder of time zones: a zone with a file in it is accepted without importing `zoneinfo`."""
_KEY = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/]{40,}={0,3}(?: \S.*)?")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")


class InvalidValueError(Exception):
    """A value that is invalid for its key: the problem in a sentence, and the allowed values."""

    def __init__(self, problem: str, allowed: str = "") -> None:
        super().__init__(problem)
        self.problem, self.allowed = problem, allowed


def format_value(value: object) -> str:
    """Return a value as it looks in the file."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"“{value}”"
        case list():
            return "a list"
        case dict():
            return "a table"
        case date():
            return value.isoformat()
    return str(value)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ` Did you mean …?`, with a leading space, if a known name is similar; else nothing."""
    spelled = {each.lower(): each for each in known}
    close = similar_name(name.lower(), spelled)
    return f" Did you mean {spelled[close]}?" if close else ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidValueError(f"{format_value(value)} is not a text.", 'a text in quotes, such as "Claire Lee"')
    if not value.isascii():
        value = normalize("NFC", value)
    if value != value.strip() or any(not (char.isprintable() or char == " ") for char in value):
        raise InvalidValueError(
            "spaces at an end, line breaks and control characters do not belong here.", "one line of text"
        )
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidValueError(f"{format_value(value)} is neither true nor false.", "true, false (without quotes)")
    return value


def _choice(*options: str) -> Reader:
    def read(value: Any) -> str:
        if value not in options:
            hint = did_you_mean(value, options) if isinstance(value, str) else ""
            raise InvalidValueError(f"{format_value(value)} is not known here.{hint}", ", ".join(options))
        return str(value)

    return read


def _number(high: int) -> Reader:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= high:
            raise InvalidValueError(f"{format_value(value)} does not fit.", f"a number from 0 to {high}")
        return float(value)

    return read


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidValueError(f"{format_value(value)} does not fit.", "a whole number from 0")
    return value


def severity(value: Any) -> str:
    """Read the severity of a check in [checks]."""
    return str(_choice("error", "warning", "hint", "off")(value))


def _format(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= FORMAT:
        raise InvalidValueError(
            f"{format_value(value)} is not a format of this file.", " or ".join(map(str, range(1, FORMAT + 1)))
        )
    return value


def _day(value: Any) -> str:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InvalidValueError(f"{format_value(value)} is not a date.", "a date without quotes, such as 2024-03-26")
    return value.isoformat()


def _each(read: Reader) -> Reader:
    def read_list(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            example = f'["{value}"]' if isinstance(value, str) else '["…", "…"]'
            raise InvalidValueError(
                f"{format_value(value)} is not a list.", f"a list in square brackets, such as {example}"
            )
        items = tuple(read(each) for each in value)
        duplicate = next((item for index, item in enumerate(items) if item in items[:index]), None)
        if duplicate is not None:
            raise InvalidValueError(
                f"{format_value(duplicate[0] if isinstance(duplicate, tuple) else duplicate)} is there twice."
            )
        return items

    return read_list


def _locale(value: Any) -> str:
    """Read a locale as written by babel and gettext: `en`, `zh_Hans`, `pt_BR`, `sr@latin`.

    Only its form is checked, not its existence.
    """
    name = _text(value)
    if not _LOCALE.fullmatch(name):
        language, *rest = re.split("[-_]", name)
        guess = "_".join([language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])
        hint = f" Did you mean {guess}?" if _LOCALE.fullmatch(guess) else ""
        raise InvalidValueError(f"{format_value(name)} is not a locale.{hint}", "a code such as en, vi, zh_Hans, pt_BR")
    return name


def _zone(value: Any) -> str:
    name = _text(value)
    if name == "UTC" or (_ZONE.fullmatch(name) and (_ZONES / name).is_file()):
        return name
    try:
        zone(name)
    except (KeyError, ValueError, OSError):
        zones = zone_names()
        city = sorted(each for each in zones if each.lower().endswith(f"/{name.lower()}"))
        hint = f" Did you mean {city[0]}?" if city else did_you_mean(name, zones)
        raise InvalidValueError(
            f"{format_value(name)} is not a time zone.{hint}", "an IANA name such as Asia/Seoul or UTC"
        ) from None
    return name


def _address(value: Any) -> str:
    url = _text(value)
    if url and not re.fullmatch(r"https?://[^\s/]\S*", url):
        raise InvalidValueError(
            f"{format_value(url)} is not a web address.", "an address that begins with https:// or http://, or nothing"
        )
    return url


def _folder(value: Any) -> str:
    path = _text(value).rstrip("/") if value != "/" else "/"
    if path and (path[0] in "/~" or "\\" in path or ":" in path or not {"", ".", ".."}.isdisjoint(path.split("/"))):
        raise InvalidValueError(
            f"{format_value(value)} is not a folder inside the project.", "a relative path such as templates"
        )
    return path


def _email(value: Any) -> str:
    address = _text(value)
    if not _EMAIL.fullmatch(address):
        raise InvalidValueError(
            f"{format_value(address)} is not an e-mail address.", "addresses such as claire@example.org"
        )
    return address


def _person_id(value: Any) -> str:
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        raise InvalidValueError(
            f"{format_value(value)} cannot be an id.", "lower-case a-z, digits and hyphens, such as claire or jun-2"
        )
    return value


def _role(value: Any) -> Role:
    entry = value if isinstance(value, dict) else {"role": value}
    if unknown := sorted(entry.keys() - {"role", "since", "until"}):
        raise InvalidValueError(f"there is no {format_value(unknown[0])} in a role.", "role, since, until")
    name = _choice(*ROLES)(entry.get("role", ""))
    since, until = (_day(entry[key]) if key in entry else "" for key in ("since", "until"))
    if since and until and until <= since:
        raise InvalidValueError(
            f"the role of {name} ends {until}, before it begins {since}.", "an until later than since"
        )
    return Role(name, since, until)


def _fixed(value: Any, allowed: Any, reason: str, reader: Reader) -> Any:
    """Read a key that has only one valid value in this version.

    Other values are refused, because the setting would have no effect.
    """
    read = reader(value)
    if read != allowed:
        raise InvalidValueError(
            f"{format_value(value)}: {reason}. A later transflow can.", format_value(allowed).strip("“”")
        )
    return read


def _use(value: Any) -> str:
    reason = "this transflow keeps no machine from drafting"
    return str(_fixed(value, "draft", reason, _choice("never", "memory", "draft")))


def _one_by_one(value: Any) -> bool:
    return bool(_fixed(value, False, "this transflow lets several sentences of a machine be confirmed at once", _flag))


def _label(value: Any) -> str:
    return str(_fixed(value, "", "this transflow prints no label", _text))


def _act_as(value: Any) -> bool:
    return bool(_fixed(value, True, "this transflow lets everybody say --as", _flag))


def _proof(value: Any) -> str:
    return str(_fixed(value, "off", "this transflow proves no approvals", _choice("off", "author", "signed")))


def _public_key(value: Any) -> str:
    key = _text(value)
    if not _KEY.fullmatch(key):
        hint = " That is a private key: take it out, and make another." if "PRIVATE" in key else ""
        raise InvalidValueError(f"it is no public SSH key.{hint}", "the line of a file such as id_ed25519.pub")
    return key


def _server(value: Any) -> str:
    name = _text(value)
    if not name:
        raise InvalidValueError("a server has a name.", "the address or the public key by which a server signs")
    return name


Fields = Mapping[str, tuple[str, Reader]]
"""Key in the file -> (field of Settings or Person, reader of its value)."""

TOP: Fields = {
    "format": ("format", _format),
    "name": ("name", _text),
    "source": ("source", _locale),
    "locales": ("locales", _each(_locale)),
    "timezone": ("timezone", _zone),
    "url": ("url", _address),
}
TABLES: Mapping[str, Fields] = {
    "workflow": {
        "compose": ("compose_requires", _choice("nothing", "translated", "approved")),
        "clear_alone": ("clear_alone", _flag),
        "act_as": ("act_as", _act_as),
    },
    "credits": {"minimum_share": ("minimum_share", _number(1)), "editor": ("credit_editor", _flag)},
    "render": {"templates": ("templates", _folder)},
    "engines": {"default": ("engine", _text), "local_only": ("engines_local_only", _flag)},
    "gate": {
        "require": ("gate_require", _choice("translated", "approved")),
        "min": ("gate_min", _number(100)),
        "max_fuzzy": ("gate_max_fuzzy", _count),
        "proof": ("gate_proof", _proof),
    },
    "proof": {"servers": ("proof_servers", _each(_server))},
}
MACHINE: Fields = {
    "use": ("use", _use),
    "one_by_one": ("one_by_one", _one_by_one),
    "label": ("label", _label),
    "label_words": ("label_words", _number(1)),
    "label_began": ("label_began", _number(1)),
}
"""Keys of [machine] and [machine.<locale>]."""
NEW_IN_FORMAT_2 = (
    ("workflow", "act_as"),
    ("gate", "proof"),
    ("proof", ""),
    ("machine", ""),
    ("people", "keys"),
    ("people", "zone"),
)
"""(table, key) added in format 2; without a key for the whole table."""
PERSON: Fields = {
    "id": ("id", _person_id),
    "name": ("name", _text),
    "roles": ("roles", _each(_role)),
    "locales": ("locales", _each(_locale)),
    "emails": ("emails", _each(_email)),
    "aliases": ("aliases", _each(_text)),
    "left": ("left", _day),
    "protected": ("protected", _flag),
    "keys": ("keys", _each(_public_key)),
    "zone": ("zone", _zone),
}
