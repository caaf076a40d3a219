"""The user's own engines.toml: addresses, models, limits, prices, and the monthly cap.

Invariant: URLs, hosts that count as local, proxies and certificates come from this file or the
environment alone, never from a project's files: a pull request must not redirect keys or texts. The
file never holds a key. It is either valid as a whole or refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from transflow import engines
from transflow.messages import Messages
from transflow.toml_text.parsing import read_toml
from transflow.toml_text.schema import Table, TomlKey, read_file, user_file
from transflow.toml_text.values import MESSAGES as VALUES
from transflow.toml_text.values import InvalidValueError, choice, count, each, flag, number, shown, text
from transflow.user_folders import config_folder

MESSAGES = Messages(
    __name__,
    {
        "amount": "a number that is not negative",
        "seconds": "a number of seconds from 0.1 to 86400",
        "rate": "a number from 0.001 to 1000000, or 0 for no limit",
        "count": "a whole number from 1 to 1000",
        "no-address": "{value} is not a web address.",
        "address": "an address that begins with https://",
        "key": "a key does not belong into a file. Put it into the environment or the keyring.",
    },
)
_LEAST_SECONDS, _MOST_SECONDS = 0.1, 86_400
_LEAST_RATE, _MOST_RATE = 0.001, 1_000_000
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
    allowed: tuple[str, ...] | None = None
    """Engines on other machines that any project may use; None if the user wrote no list."""
    local_only: bool = False
    """True if no text of any project goes to an engine on another machine."""
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
    return parse(user_file(path), str(path))


def _text(value: Any) -> str:
    return text(value.strip() if isinstance(value, str) else value)


def _option(value: Any) -> str:
    """Read an engine-specific option as text; integers are accepted too."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _seconds(value: Any) -> float:
    if not _LEAST_SECONDS <= (seconds := _amount(value)) <= _MOST_SECONDS:
        raise InvalidValueError(VALUES("unfit", value=shown(value)), MESSAGES("seconds"))
    return float(seconds)


def _rate(value: Any) -> float:
    rate = float(_amount(value))
    if rate and not _LEAST_RATE <= rate <= _MOST_RATE:
        raise InvalidValueError(VALUES("unfit", value=shown(value)), MESSAGES("rate"))
    return rate


def _address(value: Any) -> str:
    url = _text(value)
    if url and not url.startswith(("http://", "https://")):
        raise InvalidValueError(MESSAGES("no-address", value=shown(url)), MESSAGES("address"))
    return url


def _host(value: Any) -> str:
    return _text(value).lower()


_amount = number(1e12, MESSAGES("amount"))
_count = count(1, 1000, MESSAGES("count"))
_NETWORK = Table(
    {
        "proxy": TomlKey("proxy", _address),
        "ca": TomlKey("ca", _text),
        "local_hosts": TomlKey("local_hosts", each(_host)),
    }
)
_SPENDING = Table({"cap": TomlKey("cap", _amount), "currency": TomlKey("currency", _text)})
_ENGINE = {
    "url": TomlKey("url", _address),
    "model": TomlKey("model", _text),
    "price": TomlKey("price", _amount),
    "price_in": TomlKey("price_in", _amount),
    "price_out": TomlKey("price_out", _amount),
    "batch": TomlKey("batch", _count),
    "connections": TomlKey("connections", _count),
    "requests_per_second": TomlKey("requests_per_second", _rate),
    "characters_per_second": TomlKey("characters_per_second", _rate),
    "timeout": TomlKey("timeout", _seconds),
}
_SECRETS = dict.fromkeys(("key", "api_key", "token", "secret"), MESSAGES("key"))


def schema(used: Iterable[str]) -> Table:
    """Return the schema of engines.toml. Loads the engines whose options are `used`."""
    return Table(
        keys={
            "default": TomlKey("default", choice("", *engines.names())),
            "allowed": TomlKey("allowed", each(choice(*engines.names()))),
            "local_only": TomlKey("local_only", flag),
        },
        tables={
            "network": _NETWORK._replace(refused=_SECRETS),
            "spending": _SPENDING._replace(refused=_SECRETS),
            **{
                name: Table(_engine_keys(name) if name in used else {}, into=name, refused=_SECRETS)
                for name in engines.names()
            },
        },
    )


def _engine_keys(name: str) -> dict[str, TomlKey]:
    return _ENGINE | {option: TomlKey(option, _option) for option in _options(name)}


def _options(name: str) -> list[str]:
    return [*(option.rstrip("!") for option in engines.load(name).OPTIONS), "source", "target"]


def parse(text: str, path: str) -> EngineSettings:
    """Parse the text of engines.toml. Raise ConfigError if it is invalid."""
    values = read_file(text, path, schema(read_toml(text, path)))
    sections = {name: _section(values.pop(name), name) for name in engines.names() if name in values}
    return EngineSettings(**values, engines=sections, path=path)


def _section(values: dict[str, Any], name: str) -> EngineSection:
    own_options = {key: values.pop(key) for key in _options(name) if key in values}
    return EngineSection(**values, options=own_options)
