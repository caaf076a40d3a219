"""The header entry of a catalog.

Invariant: `read` refuses every file that is no catalog of a format known here, whatever follows the header; `field` says
what `read` would.
"""

from __future__ import annotations

from transflow.errors import UnreadableError
from transflow.model import Header
from transflow.po import shape
from transflow.po.syntax import read_entry

FORMAT = 1
"""Of the files. A file of a newer format is refused."""


def read(text: str, path: str) -> tuple[Header, int]:
    """The header of a PO text, and where the next entry begins. Raises UnreadableError."""
    comments, content, end, line = _raw(text, path)
    header = Header(tuple(_fields(content, path, line)), comments)
    _check(header, path, line)
    return header, end


def field(text: str, name: str) -> str:
    """One field, off the text of a file, or of a beginning that holds the header; empty where it is missing or unreadable."""
    try:
        content = _raw(text, "")[1]
    except UnreadableError:
        return ""
    wanted = name.lower()
    fields = (line.partition(":") for line in content.split("\n"))
    return next((value.removeprefix(" ") for key, _, value in fields if key.lower() == wanted), "")


def written(header: Header) -> str:
    """The fields as the msgstr of the header entry."""
    return "".join(f"{name}: {value}\n" for name, value in header.fields)


def _raw(text: str, path: str) -> tuple[tuple[str, ...], str, int, int]:
    """Comments, msgstr, the position after the entry, and its first line."""
    if (match := shape.HEADER.match(text)) and (content := shape.text(match[2], match[3])) is not None:
        return tuple(shape.comment_lines(match[1])), content, match.end(), 1
    entry, end = read_entry(text, 0, 1, path)
    if not entry.is_header:
        raise UnreadableError(path, 1, "the file has no header entry.", "Take it back from git.")
    return tuple(entry.comments), entry.strings.get("msgstr", ""), end, entry.line


def _fields(content: str, path: str, number: int) -> list[tuple[str, str]]:
    fields = []
    for line in content.split("\n"):
        name, colon, value = line.partition(":")
        if line and not colon:
            raise UnreadableError(
                path, number, f"the header field “{line}” has no colon.", "Take the file back from git."
            )
        if line:
            fields.append((name, value.removeprefix(" ")))
    return fields


def _check(header: Header, path: str, line: int) -> None:
    charset = header.get("Content-Type").rpartition("charset=")[2]
    if charset.lower() not in ("utf-8", "utf8", ""):
        raise UnreadableError(path, line, f"the header says charset {charset}.", "Convert the file to UTF-8.")
    version = header.get("X-Transflow-Format")
    if not (version.isascii() and version.isdigit()):
        raise UnreadableError(path, line, "X-Transflow-Format is missing: this is no catalog of transflow.")
    if len(version) > 4 or int(version) > FORMAT:
        raise UnreadableError(
            path, line, f"the file has format {version}; this transflow reads up to {FORMAT}.", "Upgrade transflow."
        )
