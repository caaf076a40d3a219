"""A user's own settings in their `tui.toml`: language, theme and keys of the UI.

Invariant: an invalid setting ends the start with an error that names file, line, key and the
allowed values; nothing is ignored silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from transflow.errors import ConfigError
from transflow.presenters.i18n import LANGUAGES
from transflow.settings.toml_lines import lines_of_keys, read_toml
from transflow.user_folders import config_folder

THEMES = ("dark", "light", "ansi-dark", "ansi-light")
"""As written in tui.toml; the ANSI themes are Textual's own, with the terminal's sixteen
colours.
"""


class Preferences(NamedTuple):
    """Contents of tui.toml. `keys` are as written, by the ids of `keys.TABLE`.

    `keymap.validated_overrides` validates them.
    """

    lang: str = ""
    theme: str = THEMES[0]
    keys: Mapping[str, str] = {}
    path: str = "tui.toml"
    lines: Mapping[str, int] = {}
    """Id of a key -> 1-based line."""


def config_path() -> Path:
    """Return the path of the user's tui.toml."""
    return config_folder() / "tui.toml"


def load(path: Path) -> Preferences:
    """Load the user's preferences; the defaults if there is no file. Raise ConfigError if
    invalid.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Preferences(path=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "", f"the file cannot be read: {error}.") from None
    return parse(text, str(path))


def parse(text: str, path: str) -> Preferences:
    """Parse the text of tui.toml. Raise ConfigError if it is invalid."""
    values = read_toml(text, path)
    lines = lines_of_keys(text)
    for name in values:
        if name not in ("lang", "theme", "keys"):
            line = next((line for key, line in lines.items() if name in (key[0], key[2])), 0)
            raise ConfigError(path, name, "there is no such setting.", "lang, theme, [keys]", line)
    lang = _one_of(values, "lang", LANGUAGES, path, lines)
    theme = _one_of(values, "theme", THEMES, path, lines)
    keys, key_lines = _keys(values.get("keys", {}), path, lines)
    return Preferences(lang, theme or THEMES[0], keys, path, key_lines)


Lines = Mapping[tuple[str, int, str], int]


def _one_of(values: Mapping[str, object], name: str, allowed: tuple[str, ...], path: str, lines: Lines) -> str:
    value = values.get(name, "")
    if value and value not in allowed:
        raise ConfigError(path, name, f"“{value}” is none of them.", ", ".join(allowed), lines.get(("", 0, name), 0))
    return str(value)


def _keys(table: object, path: str, lines: Lines) -> tuple[dict[str, str], dict[str, int]]:
    """Flatten the [keys] table: people write both `"queue.list.open"` and `queue.list.open` as
    keys.
    """
    key_lines: dict[str, int] = {}
    for (table_name, _, key), line in lines.items():
        name = f"{table_name}.{key}".removeprefix("keys.")
        key_lines.setdefault(name, line)
    if not isinstance(table, dict):
        raise ConfigError(path, "keys", "it is a table.", '[keys] with lines such as "translate.confirm" = "ctrl+s"')
    found: dict[str, str] = {}
    for name, value in _flat(table):
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            value = ",".join(value)
        if not isinstance(value, str):
            raise ConfigError(
                path, f"keys.{name}", "its value is no text.", '"ctrl+s" or ["ctrl+s", "f7"]', key_lines.get(name, 0)
            )
        found[name] = value
    return found, key_lines


def _flat(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for name, value in table.items():
        found += _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else [(prefix + name, value)]
    return found
