"""The user's own engines.toml: addresses, models, limits, prices, and the monthly cap.

Invariant: URLs, hosts that count as local, proxies and certificates come from this file or the
environment alone, never from a project's files: a pull request must not redirect keys or texts. The
file never holds a key. It is either valid as a whole or refused.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from transflow import engines
from transflow.errors import ConfigError
from transflow.messages import Message, Messages
from transflow.settings.toml_lines import lines_of_keys, read_toml
from transflow.user_folders import config_folder

MESSAGES = Messages(
    __name__,
    {
        "unreadable": "the file cannot be read: {error}.",
        "value": "the value does not fit.",
        "text": "text on one line",
        "amount": "a number that is not negative",
        "seconds": "a number of seconds greater than 0",
        "count": "a whole number from 1 to 1000",
        "address": "an address that begins with https://",
        "hosts": 'host names, as in ["gpu.newsroom.lan"]',
        "no-table": "this is no table.",
        "no-table/allowed": "a line [{name}] with its keys below",
        "key": "a key does not belong into a file. Put it into the environment or the keyring.",
        "no-setting": "there is no such setting.",
        "no-setting-or-engine": "there is no such setting, and no such engine.",
        "no-engine": "there is no such engine.",
    },
)
CAP = 20.0
"""Default cap for a month, in the currency of the prices."""


class EngineSection(NamedTuple):
    """Settings of one engine; None and empty values mean the engine's own default."""

    url: str = ""
    model: str = ""
    price: float | None = None
    """Per million characters."""
    price_in: float | None = None
    """Per million input tokens of a language model."""
    price_out: float | None = None
    batch: int = 0
    connections: int = 4
    requests_per_second: float = 0.0
    characters_per_second: float = 0.0
    timeout: float = 60.0
    options: Mapping[str, str] = {}
    """Engine-specific options, and `source` and `target`: language codes that override ours."""


class EngineSettings(NamedTuple):
    """Contents of engines.toml."""

    default: str = ""
    """Engine used when none is named; empty for the project's default."""
    proxy: str = ""
    ca: str = ""
    local_hosts: tuple[str, ...] = ()
    cap: float = CAP
    currency: str = "USD"
    engines: Mapping[str, EngineSection] = {}
    path: str = "engines.toml"

    def section(self, engine: str) -> EngineSection:
        """Return the settings of an engine; TRANSFLOW_<ENGINE>_URL in the environment overrides its
        url.
        """
        section = self.engines.get(engine, EngineSection())
        url = os.environ.get(f"TRANSFLOW_{engine.upper()}_URL", "").strip()
        return section._replace(url=url) if url else section


def config_path() -> Path:
    """Return the path of the user's engines.toml."""
    return config_folder() / "engines.toml"


def load(path: Path | None = None) -> EngineSettings:
    """Load the user's settings, or the defaults if there is no file. Raise ConfigError if
    invalid.
    """
    path = path or config_path()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return EngineSettings(path=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "", MESSAGES("unreadable", error=str(error))) from None
    return parse(text, str(path))


class _InvalidValueError(Exception):
    """A value of the wrong type or range; `allowed` describes the allowed values."""

    def __init__(self, allowed: Message) -> None:
        super().__init__(allowed)
        self.allowed = allowed


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise _InvalidValueError(MESSAGES("text"))
    return value.strip()


def _option(value: Any) -> str:
    """Return an engine-specific option as text; integers are accepted too."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _amount(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
        raise _InvalidValueError(MESSAGES("amount"))
    return float(value)


def _seconds(value: Any) -> float:
    if not (seconds := _amount(value)):
        raise _InvalidValueError(MESSAGES("seconds"))
    return seconds


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1000:
        raise _InvalidValueError(MESSAGES("count"))
    return value


def _address(value: Any) -> str:
    url = _text(value)
    if url and not url.startswith(("http://", "https://")):
        raise _InvalidValueError(MESSAGES("address"))
    return url


def _hosts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _InvalidValueError(MESSAGES("hosts"))
    return tuple(_text(each).lower() for each in value)


_Reader = Callable[[Any], Any]
_NETWORK: Mapping[str, _Reader] = {"proxy": _address, "ca": _text, "local_hosts": _hosts}
_SPENDING: Mapping[str, _Reader] = {"cap": _amount, "currency": _text}
_ENGINE: Mapping[str, _Reader] = {
    "url": _address,
    "model": _text,
    "price": _amount,
    "price_in": _amount,
    "price_out": _amount,
    "batch": _count,
    "connections": _count,
    "requests_per_second": _amount,
    "characters_per_second": _amount,
    "timeout": _seconds,
}


class _SettingsFile:
    """The parsed file, with line numbers for error messages."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self._lines = lines_of_keys(text)
        self.values = read_toml(text, path)

    def wrong(self, table: str, key: str, problem: str, allowed: str = "") -> ConfigError:
        keys = ((table, 0, key), ("", 0, key), (table, 0, ""))
        line = next((self._lines[each] for each in keys if each in self._lines), 0)
        return ConfigError(self.path, f"{table}.{key}" if table else key, problem, allowed, line)

    def table(self, name: str, readers: Mapping[str, _Reader]) -> dict[str, Any]:
        values = self.values.get(name, {})
        if not isinstance(values, dict):
            raise self.wrong("", name, MESSAGES("no-table"), MESSAGES("no-table/allowed", name=name))
        settings = {}
        for key, value in values.items():
            if key in ("key", "api_key", "token", "secret"):
                raise self.wrong(name, key, MESSAGES("key"))
            if key not in readers:
                raise self.wrong(name, key, MESSAGES("no-setting"), ", ".join(readers))
            try:
                settings[key] = readers[key](value)
            except _InvalidValueError as error:
                raise self.wrong(name, key, MESSAGES("value"), error.allowed) from None
        return settings


def parse(text: str, path: str) -> EngineSettings:
    """Parse the text of engines.toml. Raise ConfigError if it is invalid."""
    file = _SettingsFile(text, path)
    for name in file.values:
        if name not in ("default", "network", "spending", *engines.names()):
            allowed = ", ".join(("default", "[network]", "[spending]", *(f"[{each}]" for each in engines.names())))
            raise file.wrong("", name, MESSAGES("no-setting-or-engine"), allowed)
    default = file.values.get("default", "")
    if default and default not in engines.names():
        raise file.wrong("", "default", MESSAGES("no-engine"), ", ".join(engines.names()))
    network = file.table("network", _NETWORK)
    spending = file.table("spending", _SPENDING)
    sections = {name: _read_section(file, name) for name in engines.names() if name in file.values}
    return EngineSettings(default, **network, **spending, engines=sections, path=path)


def _read_section(file: _SettingsFile, name: str) -> EngineSection:
    option_names = [option.rstrip("!") for option in engines.load(name).OPTIONS]
    options = dict.fromkeys((*option_names, "source", "target"), _option)
    values = file.table(name, {**_ENGINE, **options})
    own_options = {key: values.pop(key) for key in options if key in values}
    return EngineSection(**values, options=own_options)
