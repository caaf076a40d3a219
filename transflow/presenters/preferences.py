"""A user's own settings in their `tui.toml`: language, theme and keys of the UI.

Invariant: an invalid setting ends the start with an error that names file, line, key and the
allowed values; nothing is ignored silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from transflow.messages import Messages
from transflow.presenters.i18n import LANGUAGES
from transflow.toml_text.schema import Table, TomlKey, read_file, user_file
from transflow.toml_text.values import MESSAGES as VALUES
from transflow.toml_text.values import InvalidValueError, choice, shown
from transflow.user_folders import config_folder

MESSAGES = Messages(__name__, {"keys": '"ctrl+s" or ["ctrl+s", "f7"]'})
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
    text: str = ""
    """The file, for the lines of errors."""


def config_path() -> Path:
    """Return the path of the user's tui.toml."""
    return config_folder() / "tui.toml"


def load(path: Path) -> Preferences:
    """Load the user's preferences; the defaults if there is no file. Raise ConfigError if
    invalid.
    """
    return parse(user_file(path), str(path))


def key_text(value: Any) -> str:
    """Read the keys of a command, a text or a list of texts, as a text with commas."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = ",".join(value)
    if not isinstance(value, str):
        raise InvalidValueError(VALUES("no-text", value=shown(value)), MESSAGES("keys"))
    return value


SCHEMA = Table(
    keys={"lang": TomlKey("lang", choice("", *LANGUAGES)), "theme": TomlKey("theme", choice("", *THEMES))},
    tables={"keys": Table(other=key_text, into="keys", has_dotted_names=True)},
)
"""The keys of tui.toml."""


def parse(text: str, path: str) -> Preferences:
    """Parse the text of tui.toml. Raise ConfigError if it is invalid."""
    values = read_file(text, path, SCHEMA)
    return Preferences(values.get("lang", ""), values.get("theme") or THEMES[0], values.get("keys", {}), path, text)
