"""Positions in TOML texts: lines of errors and keys, and the end of an array of tables.

Invariant: values come from tomllib only; the rest finds positions. Quoted and dotted names are
found only as far as transflow.toml needs them, so a caller that changes the text checks the result
with tomllib.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from transflow.errors import ConfigError
from transflow.messages import CommandRef, Messages
from transflow.text import first_control, visible

MESSAGES = Messages(
    __name__,
    {
        "not-toml": "this is not TOML: {why}. Texts stand in double quotes; true, false, numbers and dates do not.",
        "not-toml/line": "this is not TOML: {why}, in “{line}”. Texts stand in double quotes; true, false, numbers and dates "
        "do not.",
        "large": "it is larger than {most} MB. Take out what does not belong there.",
        "deep": "lists or tables are nested more than {most} deep.",
        "control": "a control character stands here, {character}: it would command the terminal that shows it. Take it out "
        "(in transflow.toml, {command} does).",
    },
)
LARGEST = 4 * 2**20
"""Characters of the largest file of settings: 50,000 people have less."""
# Patterns are compiled when an error or a change needs them, not in every command.
_STRING_OR_COMMENT = (
    r"""(?xs) \#[^\n]* | \"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*'"""
)
_HEADER = r"""\s*(\[\[?)\s*([^\[\]"'#]+?)\s*\]"""
_KEY = r"""\s*([A-Za-z0-9_.\-"']+)\s*="""


def read_toml(text: str, path: str) -> dict[str, Any]:
    """Parse TOML. A byte order mark is ignored.

    Raise ConfigError, with the line if tomllib gives it.
    """
    if len(text) > LARGEST:  # tomllib takes a second for each megabyte
        raise ConfigError(path, "", MESSAGES("large", most=LARGEST // 2**20))
    if _LONG_KEY.search(text):  # before parsing, which takes quadratic time for such keys
        raise _depth_error(text, path)
    _check_raw(text, path)
    try:
        document = tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise _depth_error(text, path) from None
    except ValueError as error:  # TOMLDecodeError; also numbers with thousands of digits
        raise _syntax_error(text, path, error) from None
    if _is_deep(document):
        raise _depth_error(text, path)
    if "\\" in text:
        _check_escapes(document, text, path)
    return document


def _syntax_error(text: str, path: str, error: ValueError) -> ConfigError:
    location = re.search(r" \(at line (\d+), column \d+\)", str(error))
    if not location:
        return ConfigError(path, "", MESSAGES("not-toml", why=str(error)))
    line = int(location[1])
    content = text.split("\n")[line - 1].strip()[:80]
    why = str(error).replace(location[0], "")
    return ConfigError(path, "", MESSAGES("not-toml/line", why=why, line=content), line=line)


def _depth_error(text: str, path: str) -> ConfigError:
    return ConfigError(path, "", MESSAGES("deep", most=_MAX_DEPTH), line=_deep_line(text))


def _control_error(path: str, character: str, line: int) -> ConfigError:
    problem = MESSAGES("control", character=visible(character), command=CommandRef("repair --controls"))
    return ConfigError(path, "", problem, line=line)


def _check_raw(text: str, path: str) -> None:
    """Raise ConfigError for a control character anywhere, also in a comment."""
    text = text.replace("\r\n", "\n")
    if (position := first_control(text)) >= 0:
        raise _control_error(path, text[position], text.count("\n", 0, position) + 1)


def _check_escapes(document: dict[str, Any], text: str, path: str) -> None:
    """Raise ConfigError for an escaped control character in a value or a name."""
    pending: list[Any] = [document]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            pending += [*value, *value.values()]
        elif isinstance(value, list):
            pending += value
        elif isinstance(value, str) and (position := first_control(value.replace("\r\n", "\n"))) >= 0:
            escapes = re.compile(
                _ESCAPE_OF.get(value[position], "")
                or rf"\\u00{ord(value[position]):02x}|\\U000000{ord(value[position]):02x}",
                re.IGNORECASE,
            )
            match = escapes.search(text)
            line = text.count("\n", 0, match.start()) + 1 if match else 0
            raise _control_error(path, value[position], line)


def without_controls(text: str) -> str:
    """Return the text without control characters, raw or escaped in strings. Lines stay."""

    def plain(escape: re.Match[str]) -> str:
        code = escape[1]
        if code[0] in "uU":
            number = int(code[1:] or "0", 16)
            return "" if number < 0x100 and first_control(chr(number)) >= 0 else escape[0]
        return "" if code in "bfr" else escape[0]

    def string(found: re.Match[str]) -> str:
        return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", plain, found[0]) if found[0][0] == '"' else found[0]

    result = re.sub(r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]", "", text)
    return re.sub(_STRING_OR_COMMENT, string, result) if "\\" in result else result


_ESCAPE_OF = {
    character: rf"\\{name}|\\u00{ord(character):02x}|\\U000000{ord(character):02x}"
    for name, character in (("b", "\b"), ("f", "\f"), ("r", "\r"))
}


_LONG_KEY = re.compile(r"(?:^|[\[{,])[ \t]*(?:[A-Za-z0-9_\"'-]+[ \t]*\.[ \t]*){64}", re.MULTILINE)
_MAX_DEPTH = 16
"""Maximal depth of tables and lists; transflow.toml has four levels."""


def _is_deep(document: dict[str, Any]) -> bool:
    level: list[Any] = [document]
    for _ in range(_MAX_DEPTH):
        inner = [each.values() if isinstance(each, dict) else each for each in level]
        level = [each for values in inner for each in values if isinstance(each, dict | list)]
        if not level:
            return False
    return True


def _deep_line(text: str) -> int:
    """Return the first line that is nested too deeply, by its brackets or the dots of its key."""
    depth = 0
    for line, content in enumerate(_masked(text).split("\n"), 1):
        if content.partition("=")[0].count(".") >= _MAX_DEPTH - 1:
            return line
        for bracket in re.findall(r"[\[\]{}]", content):
            depth += 1 if bracket in "[{" else -1
            if depth >= _MAX_DEPTH:
                return line
    return 0


def lines_of_keys(text: str) -> dict[tuple[str, int, str], int]:
    """Return (table, number, key) -> 1-based line. The key is empty for the header of a table."""
    lines: dict[tuple[str, int, str], int] = {}
    numbers: dict[str, int] = {}
    table = ""
    for line, content in enumerate(_masked(text).split("\n"), 1):
        if header := re.match(_HEADER, content):
            table = header[2]
            numbers[table] = numbers.get(table, 0) + (header[1] == "[[")
            root, _, key = table.partition(".")
            lines.setdefault((root, numbers.get(root, 0), key), line)
            lines.setdefault((table, numbers[table], ""), line)
        elif match := re.match(_KEY, content):
            *parents, key = re.sub("[\"']", "", match[1]).split(".")
            name = ".".join([table, *parents] if table else parents)
            lines.setdefault((name, numbers.get(name, 0), key), line)
    return lines


def end_of_array(text: str, array: str) -> int:
    """Return the offset after the last [[array]] table.

    It is before the next table, its comment, and the blank lines above that; at the end of the text
    if no other table follows, or there is no such array.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+", _masked(text))
    headers = [
        (number, match[2].split(".")[0]) for number, line in enumerate(lines) if (match := re.match(_HEADER, line))
    ]
    last = max((number for number, name in headers if name == array), default=len(lines))
    end = next((number for number, _ in headers if number > last), None)
    if end is None:
        return len(text)
    while lines[end - 1].startswith("#"):
        end -= 1
    while not lines[end - 1].strip():
        end -= 1
    return sum(map(len, lines[:end]))


def _masked(text: str) -> str:
    """Return the text with multi-line strings blanked, so that it can be parsed line by line."""
    text = " " + text[1:] if text.startswith("\ufeff") else text
    return re.sub(_STRING_OR_COMMENT, lambda m: re.sub(r"[^\r\n]", "_", m[0]) if "\n" in m[0] else m[0], text)
