"""Damaged catalogs: a seeded mutator of files that transflow wrote."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from support import paths

_HERE = paths.TESTS
ORIGINALS = tuple(
    path.read_bytes()
    for path in sorted([*(_HERE / "golden/po").glob("*.po"), *(_HERE.parent / "sample").rglob("*.po")])
)

_TOKENS = tuple(
    token.encode()
    for token in (
        '"', "\\", "#", "# ", "#~ ", "#| ", "#~| ", "#, ", "#. ", "#: ", "\n", "\n\n", " ", "\t", "\0", "\r", "\u2028", "\u00a0",
        "fuzzy", 'msgid "x"\n', 'msgid ""\n', 'msgstr "x"\n', 'msgstr[1] "x"\n', 'msgctxt "k7f3q2mx"\n', 'msgid_plural "x"\n',
        '"more"\n', '#~ "more"\n', '#| msgid "before"\n', '#~ msgid "gone"\n', "# a comment\n", "# @+ more\n", "# @++ more\n",
        "#, fuzzy\n", "#, c-format\n", "#. list item, numbered\n", "#: story.md:3\n", "<<<<<<< HEAD\n", "=======\n", ">>>>>>> b\n",
        "# @omitted claire 2024-03-26T03:12:00Z\n", "# @cut eugene\n", "# @approved x\n", "# see # @approved y\n",
        "# @approved mina 2024-03-26T05:40:12Z 5f2c1a9e03b7d1c4\n", '# @conflict claire 2024-03-26T03:12:00Z "\\ud800"\n',
        "# @by claire 2024-03-26T03:12:00Z ٣\n", "# @by claire 2098-03-26T03:12:00Z 3\n", "# @by claire\n# @+ 2098-03-26T03:12:00Z 3\n",
        "# @returned mina 2098-03-26T03:12:00Z\n", "# see # @by claire 2098-03-26T03:12:00Z 3\n", "# @by\n",
        "# @by claire 2024-03-26T03:12:00Z 007\n", "# ends in \\\n", "#no space\n", "#\n",
        "\x1b", "\x9b", "\\a", "\u0085", "#. cue\n", "# @record off claire 2024-03-26T03:12:00Z\n", '"X-Units: 9 9\\n"\n',
        '# @question claire 2024-03-26T03:12:00Z "\\u001b"\n',
    )
)  # fmt: skip
_ENCODINGS = ("utf-16", "utf-16-le", "euc-kr", "latin-1", "utf-7", "utf-8-sig")

Mutation = Callable[[Random, bytes], bytes]


def _span(random: Random, data: bytes, longest: int = 40) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randrange(longest))


def _flip(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


def _delete(random: Random, data: bytes) -> bytes:
    start, end = _span(random, data)
    return data[:start] + data[end:]


def _repeat(random: Random, data: bytes) -> bytes:
    start, end = _span(random, data, 400)
    return data[:end] + data[start:end] + data[end:]


def _insert(random: Random, data: bytes) -> bytes:
    at = random.choice([random.randrange(len(data) + 1), data.find(b"\n", random.randrange(len(data))) + 1])
    return data[:at] + random.choice(_TOKENS) + data[at:]


def _truncate(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data))
    return random.choice([data[:at], data[at:], data[: data.rfind(b"\n", 0, at) + 1]])


def _encode(random: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return random.choice([text.encode(random.choice(_ENCODINGS), "replace"), data.replace(b"\n", b"\r\n")])


def _lines(random: Random, data: bytes) -> bytes:
    """Swap, duplicate, drop or move lines, or join two."""
    lines = data.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    change = random.randrange(5)
    if change == 0:
        lines[one], lines[other] = lines[other], lines[one]
    elif change == 1:
        lines.insert(other, lines[one])
    elif change == 2:
        del lines[one]
    elif change == 3:
        lines.insert(other, lines.pop(one))
    else:
        lines[one : one + 2] = [b"".join(lines[one : one + 2])]
    return b"\n".join(lines)


def _graft(random: Random, data: bytes) -> bytes:
    """Insert a piece of another catalog."""
    entries = random.choice(ORIGINALS).split(b"\n\n")
    at = data.find(b"\n\n", random.randrange(len(data))) + 1
    return data[:at] + b"\n" + random.choice(entries) + b"\n" + data[at:]


_MUTATIONS: tuple[Mutation, ...] = (_flip, _delete, _repeat, _truncate, _encode, _graft, *[_insert] * 5, *[_lines] * 4)


def mutant(seed: int) -> bytes:
    """Return a catalog with one or two mutations; the same for the same seed."""
    random = Random(seed)
    data = random.choice(ORIGINALS)
    for _ in range(random.randrange(1, 3)):
        data = random.choice(_MUTATIONS)(random, data) or b"\n"
    return data
