"""The schema of transflow.toml: its keys and tables, and the readers of their values.

Invariant: a reader returns a value for Settings or Person, or raises InvalidValueError; nothing is
guessed or coerced. This module is imported by every command, so modules that only errors need are
imported there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from transflow.messages import NOTHING, Message, Messages
from transflow.model.settings import EDITOR_FIELD, MACHINE_USES, Role
from transflow.model.unit import FORMAT
from transflow.timezones import zone, zone_names
from transflow.toml_text.schema import Table, TomlKey
from transflow.toml_text.values import (
    InvalidValueError,
    anything,
    choice,
    count,
    day,
    each,
    flag,
    number,
    shown,
    similar,
    text,
)

MESSAGES = Messages(
    __name__,
    {
        "close": "Did you mean {close}?",
        "judges": "which judge is asked, and how, stands in your own judges.toml.",
        "format": "{value} is not a format of this file.",
        "format/allowed": "1 or {format}",
        "locale": "{value} is not a locale.",
        "locale/allowed": "a code such as en, vi, zh_Hans, pt_BR",
        "zone": "{value} is not a time zone.",
        "zone/allowed": "an IANA name such as Asia/Seoul or UTC",
        "address": "{value} is not a web address.",
        "address/allowed": "an address that begins with https:// or http://, or nothing",
        "folder": "{value} is not a folder inside the project.",
        "folder/allowed": "a relative path such as templates",
        "email": "{value} is not an e-mail address.",
        "email/allowed": "addresses such as claire@example.org",
        "id": "{value} cannot be an id.",
        "id/allowed": "lower-case a-z, digits and hyphens, such as claire or jun-2",
        "role-key": "there is no {key} in a role.",
        "role-dates": "the role of {role} ends {until}, before it begins {since}.",
        "role-dates/allowed": "an until later than since",
        "label": "{value} has a field that is not known here.",
        "label/allowed": "a text whose only field is {{editor}}, for the name of the editor; or nothing for no label",
        "public-key": "it is no public SSH key.",
        "public-key/allowed": "the line of a file such as id_ed25519.pub",
        "private-key": "That is a private key: take it out, and make another.",
        "server": "{value} proves nothing.",
        "server/allowed": "the public SSH key with which the server signs, the line of a file such as id_ed25519.pub",
    },
)
ROLES = ("reporter", "translator", "writer", "editor")

_ROLE_KEYS = ("role", "since", "until")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_LOCALE = re.compile(
    r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?(_([A-Z0-9]{5,8}|[0-9][A-Z0-9]{3}))*(@[a-z0-9]+)?"
)
_ZONE = re.compile(r"[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+){1,2}")
_ZONES = Path("/usr/share/zoneinfo")
"""Usual folder of time zones: a zone with a file in it is accepted without importing `zoneinfo`."""
_KEY = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/]{40,}={0,3}(?: \S.*)?")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def _format(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= FORMAT:
        raise InvalidValueError(MESSAGES("format", value=shown(value)), MESSAGES("format/allowed", format=FORMAT))
    return value


def _locale(value: Any) -> str:
    """Read a locale as written by babel and gettext: `en`, `zh_Hans`, `pt_BR`, `sr@latin`.

    Only its form is checked, not its existence.
    """
    name = text(value)
    if not _LOCALE.fullmatch(name):
        language, *rest = re.split("[-_]", name)
        guess = "_".join([language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])
        hint = MESSAGES("close", close=guess) if _LOCALE.fullmatch(guess) else NOTHING
        raise InvalidValueError(MESSAGES("locale", value=shown(name)), MESSAGES("locale/allowed"), hint)
    return name


def _zone(value: Any) -> str:
    name = text(value)
    if name == "UTC" or (_ZONE.fullmatch(name) and (_ZONES / name).is_file()):
        return name
    try:
        zone(name)
    except (KeyError, ValueError, OSError):
        zones = zone_names()
        city = sorted(known for known in zones if known.lower().endswith(f"/{name.lower()}"))
        hint = MESSAGES("close", close=city[0]) if city else similar(name, zones)
        raise InvalidValueError(MESSAGES("zone", value=shown(name)), MESSAGES("zone/allowed"), hint) from None
    return name


def _address(value: Any) -> str:
    url = text(value)
    if url and not re.fullmatch(r"https?://[^\s/]\S*", url):
        raise InvalidValueError(MESSAGES("address", value=shown(url)), MESSAGES("address/allowed"))
    return url


def _folder(value: Any) -> str:
    path = text(value).rstrip("/") if value != "/" else "/"
    if path and (path[0] in "/~" or "\\" in path or ":" in path or not {"", ".", ".."}.isdisjoint(path.split("/"))):
        raise InvalidValueError(MESSAGES("folder", value=shown(value)), MESSAGES("folder/allowed"))
    return path


def _email(value: Any) -> str:
    address = text(value)
    if not _EMAIL.fullmatch(address):
        raise InvalidValueError(MESSAGES("email", value=shown(address)), MESSAGES("email/allowed"))
    return address


def _person_id(value: Any) -> str:
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        raise InvalidValueError(MESSAGES("id", value=shown(value)), MESSAGES("id/allowed"))
    return value


def _role(value: Any) -> Role:
    entry = value if isinstance(value, dict) else {"role": value}
    if unknown := sorted(entry.keys() - set(_ROLE_KEYS)):
        raise InvalidValueError(MESSAGES("role-key", key=shown(unknown[0])), ", ".join(_ROLE_KEYS))
    name = choice(*ROLES)(entry.get("role", ""))
    since, until = (day(entry[key]) if key in entry else "" for key in ("since", "until"))
    if since and until and until <= since:
        problem = MESSAGES("role-dates", role=name, until=until, since=since)
        raise InvalidValueError(problem, MESSAGES("role-dates/allowed"))
    return Role(name, since, until)


def _label(value: Any) -> str:
    """Read a label, whose only field is `{editor}`."""
    label = text(value)
    if "{" in (rest := label.replace(EDITOR_FIELD, "")) or "}" in rest:
        raise InvalidValueError(MESSAGES("label", value=shown(label)), MESSAGES("label/allowed"))
    return label


def _public_key(value: Any) -> str:
    key = text(value)
    if not _KEY.fullmatch(key):
        hint: Message = MESSAGES("private-key") if "PRIVATE" in key else NOTHING
        raise InvalidValueError(MESSAGES("public-key"), MESSAGES("public-key/allowed"), hint)
    return key


def _server(value: Any) -> str:
    key = text(value)
    if not _KEY.fullmatch(key):
        raise InvalidValueError(MESSAGES("server", value=shown(key)), MESSAGES("server/allowed"))
    return key


MACHINE = Table(
    keys={
        "use": TomlKey("use", choice(*MACHINE_USES)),
        "one_by_one": TomlKey("one_by_one", flag),
        "label": TomlKey("label", _label),
        "label_words": TomlKey("label_words", number(1)),
        "label_began": TomlKey("label_began", number(1)),
    }
)
"""[machine] and [machine.<locale>]."""
PERSON = Table(
    keys={
        "id": TomlKey("id", _person_id),
        "name": TomlKey("name", text),
        "roles": TomlKey("roles", each(_role)),
        "locales": TomlKey("locales", each(_locale)),
        "emails": TomlKey("emails", each(_email)),
        "aliases": TomlKey("aliases", each(text)),
        "left": TomlKey("left", day),
        "protected": TomlKey("protected", flag),
        "keys": TomlKey("keys", each(_public_key)),
        "zone": TomlKey("zone", _zone),
    },
    into="people",
    is_array=True,
)
SCHEMA = Table(
    keys={
        "format": TomlKey("format", _format),
        "name": TomlKey("name", text),
        "source": TomlKey("source", _locale),
        "locales": TomlKey("locales", each(_locale)),
        "timezone": TomlKey("timezone", _zone),
        "url": TomlKey("url", _address),
    },
    tables={
        "workflow": Table(
            {
                "compose": TomlKey("compose_requires", choice("nothing", "translated", "approved")),
                "clear_alone": TomlKey("clear_alone", flag),
                "act_as": TomlKey("act_as", flag),
            }
        ),
        "credits": Table(
            {"minimum_share": TomlKey("minimum_share", number(1)), "editor": TomlKey("credit_editor", flag)}
        ),
        "render": Table({"templates": TomlKey("templates", _folder)}),
        "engines": Table({"default": TomlKey("engine", text), "local_only": TomlKey("engines_local_only", flag)}),
        "gate": Table(
            {
                "require": TomlKey("gate_require", choice("translated", "approved")),
                "min": TomlKey("gate_min", number(100)),
                "max_fuzzy": TomlKey("gate_max_fuzzy", count(0)),
                "proof": TomlKey("gate_proof", choice("off", "author", "signed")),
            }
        ),
        "proof": Table({"servers": TomlKey("proof_servers", each(_server))}),
        "checks": Table(
            other=choice("error", "warning", "hint", "off"), into="checks"
        ),  # names are validated where checks run
        "style": Table(other=anything, into="style"),  # read by language.style
        "machine": Table(other=anything, into="machine"),  # read with MACHINE, when the locales are known
        "judges": Table(
            {"precision": TomlKey("judges_precision", number(1)), "cases": TomlKey("judges_cases", count(1))},
            refused=dict.fromkeys(("default", "program", "timeout", "command", "openai", "fake"), MESSAGES("judges")),
        ),
        "people": PERSON,
    },
)
NEW_IN_FORMAT_2 = (
    ("workflow", "act_as"),
    ("gate", "proof"),
    ("proof", ""),
    ("machine", ""),
    ("judges", ""),
    ("people", "keys"),
    ("people", "zone"),
)
"""(table, key) added in format 2; without a key for the whole table."""
