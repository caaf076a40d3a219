"""Keys in force: the table, with the user's changes from tui.toml.

Invariant: a key in the keymap is known to terminals, and has one meaning in each scope. Textual
ignores unknown ids and misspelt keys silently, so both are checked here before the application
starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from textual.binding import Binding, BindingType
from textual.keys import Keys, format_key

from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.presenters.command_actions import actions_of
from transflow.presenters.i18n import _
from transflow.presenters.preferences import Preferences, key_text
from transflow.toml_text.schema import Place, Problem, Table, TomlKey, config_error, read_table
from transflow.toml_text.values import InvalidValueError, Reader
from transflow.tui import hangul, keys
from transflow.tui.keys import Key

MESSAGES = Messages(
    __name__,
    {
        "no-command": "there is no such command.",
        "help": "F1 in the application names the ids.",
        "no-key": "“{key}” is no key. Write it as in ctrl+s, f10, escape, slash or n.",
        "no-key/name": "“{key}” is no key. Write it as in ctrl+s, f10, slash or n.",
        "no-key/close": "“{key}” is no key. Did you mean {close}? Write it as in ctrl+s, f10, slash or n.",
        "typed": "“{key}” would be typed into the text: take a key with ctrl, or a function key.",
        "lost": "“{key}” does not arrive in most terminals: take a letter with ctrl, or a function key.",
        "taken": "{key} is taken by {command} already.",
    },
)
_NAMED = frozenset(key.value for key in Keys if "+" not in key.value and not key.value.startswith("<"))
_PUNCTUATION = frozenset(
    {
        *("space", "slash", "question_mark", "comma", "full_stop", "semicolon", "colon", "minus", "plus", "underscore"),
        *(
            "equals_sign",
            "asterisk",
            "at",
            "number_sign",
            "exclamation_mark",
            "quotation_mark",
            "apostrophe",
            "backslash",
        ),
        *("vertical_line", "tilde", "circumflex_accent", "grave_accent", "dollar_sign", "percent_sign", "ampersand"),
        *("left_square_bracket", "right_square_bracket", "left_parenthesis", "right_parenthesis", "less_than_sign"),
        "greater_than_sign",
    }
)
_MODIFIERS = ("ctrl", "alt", "shift", "super", "meta", "hyper")


def bindings(scope: str, *, target: str = "", priority: bool = True) -> list[BindingType]:
    """Return Textual's bindings for a scope of the table.

    `target` is the namespace of the actions: `screen` or `app`.

    Priority bindings are handled in the order in which keys arrive, however fast. Without priority,
    a key waits in the queue of the focused widget while the next one is handled already.
    """
    prefix = f"{target}." if target else ""
    return [
        Binding(with_hangul(key.keys), prefix + action(key), key.description, show=False, priority=priority, id=key.id)
        for key in keys.keys_in_scope(scope)
    ]


def action(key: Key) -> str:
    """Return Textual's action for a key: of the application or editor, or a command of the screen.

    `jump('translated')` becomes `command('jump', 'translated')`.
    """
    if key.scope in ("app", "text"):
        return key.action
    name, _parenthesis, arguments = key.action.partition("(")
    return f"command({name!r}, {arguments}" if arguments else f"command({name!r})"


def with_hangul(value: str) -> str:
    """Add the Hangul letter of each Latin one to keys: `n` becomes `n,ㅜ`."""
    aliases = {each: hangul.hangul_alias(each) for each in value.split(",")}
    return ",".join(part for key, jamo in aliases.items() for part in (key, jamo) if part)


def validated_overrides(preferences: Preferences) -> dict[str, str]:
    """Return the keys by id, for the ids that the user changed.

    Raise ConfigError, with the line, for an unknown id, an unusable key or a clash.
    """
    overrides, problems = read_table(preferences.keys, SCHEMA, _PLACE)
    if problems := problems or list(_clashes(overrides)):
        raise config_error(preferences.text, preferences.path, problems)
    return overrides


def _reader(entry: Key) -> Reader:
    """Return a reader of the keys of a command."""

    def read(value: object) -> str:
        wanted = [key.strip() for key in key_text(value).split(",")]
        for key in wanted:
            if problem := _key_problem(key, entry):
                raise InvalidValueError(problem)
        return ",".join(wanted)

    return read


def _key_problem(key: str, entry: Key) -> Message:
    *modifiers, name = key.split("+") if key != "+" else ["plus"]
    if not key or any(each not in _MODIFIERS for each in modifiers):
        return MESSAGES("no-key", key=key)
    if not (name in _NAMED or name in _PUNCTUATION or (len(name) == 1 and name.isalnum())):
        close = get_close_matches(name, sorted(_NAMED | _PUNCTUATION), n=1)
        return MESSAGES("no-key/close", key=key, close=close[0]) if close else MESSAGES("no-key/name", key=key)
    if not modifiers and len(name) == 1 and not entry.scope.endswith(".list"):
        return MESSAGES("typed", key=key)
    if modifiers and (name in ("enter",) or name.isdigit()):
        return MESSAGES("lost", key=key)
    return NOTHING


SCHEMA = Table(
    {key.id: TomlKey(key.id, _reader(key)) for key in keys.TABLE},
    has_dotted_names=True,
    unknown=MESSAGES("no-command"),
    help=MESSAGES("help"),
)
"""[keys] of tui.toml."""
_PLACE = Place("keys", 0, "keys.")


def active_keys(overrides: Mapping[str, str], scope: str) -> list[tuple[str, Key]]:
    """Return pairs of (keys, entry) of a scope, with the user's changes."""
    return [(overrides.get(key.id, key.keys), key) for key in keys.keys_in_scope(scope)]


def _clashes(overrides: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem where a key has two meanings in a list, its mode and the application."""
    for scope in dict.fromkeys(key.scope for key in keys.TABLE):
        scopes = dict.fromkeys((scope, scope.removesuffix(".list"), "app"))
        taken: dict[str, str] = {}
        for value, entry in (pair for active_scope in scopes for pair in active_keys(overrides, active_scope)):
            for key in value.split(","):
                owner = taken.setdefault(key, entry.id)
                if owner != entry.id and {owner, entry.id} & overrides.keys():
                    name, other = (entry.id, owner) if entry.id in overrides else (owner, entry.id)
                    yield Problem(_PLACE, name, MESSAGES("taken", key=key, command=other))


def command_label(command: CommandRef, overrides: Mapping[str, str], scopes: Iterable[str]) -> str:
    """Return the key that does what a command does, as `(c)`; without one, the command."""
    actions = actions_of(command)
    for scope in scopes:
        for value, entry in active_keys(overrides, scope):
            if entry.action in actions:
                return f"({key_labels(value.split(',')[0]).split(' ')[0]})"
    return str(command)


def key_label(overrides: Mapping[str, str], key_id: str) -> str:
    """Return the first key of an entry of the table, for display."""
    entry = next(entry for entry in keys.TABLE if entry.id == key_id)
    return key_labels(overrides.get(key_id, entry.keys).split(",")[0]).split(" ")[0]


def key_labels(value: str) -> str:
    """Return keys for display: `Ctrl+S`, `F10`, `n ㅜ`."""
    names = []
    for key in value.split(","):
        *modifiers, name = key.split("+")
        label = _NAMES.get(name) or (
            name.upper() if modifiers or (len(name) > 1 and name[1:].isdigit()) else format_key(name)
        )
        names.append("+".join([*(each.capitalize() for each in modifiers), label]))
        if not modifiers and (jamo := hangul.hangul_alias(name)):
            names.append(jamo)
    return " ".join(names)


_NAMES = {"enter": "Enter", "escape": "Esc", "space": "Space", "slash": "/", "up": "↑", "down": "↓", "tab": "Tab"}


def help_entries(overrides: Mapping[str, str], scopes: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return (keys, description, id) of every entry of these scopes, for the help."""
    return [
        (key_labels(value), _(entry.description), entry.id)
        for scope in scopes
        for value, entry in active_keys(overrides, scope)
    ]
