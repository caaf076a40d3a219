"""Header entries of catalogs.

Invariant: `read` refuses every file that is not a catalog of a known format, whatever follows the
header. `field` gives the value that `read` would. `check_whole` compares with the counts that
`with_counts` wrote: a file that was truncated anywhere does not pass.
"""

from __future__ import annotations

import re

from transflow.errors import TornError, UnreadableError
from transflow.messages import Messages
from transflow.model.catalog import Catalog, Header
from transflow.model.unit import FORMAT
from transflow.po import shape
from transflow.po.syntax import entry_text, read_entry

MESSAGES = Messages(
    __name__,
    {
        "no-header": "the file has no header entry.",
        "take-back": "Take it back from git.",
        "no-colon": "the header field “{line}” has no colon.",
        "take-file-back": "Take the file back from git.",
        "charset": "the header says charset {charset}.",
        "convert": "Convert the file to UTF-8.",
        "no-format": "{field} is missing: this is no catalog of transflow.",
        "newer": "the file has format {format}; this transflow reads up to {known}.",
        "upgrade": "Upgrade transflow.",
    },
)
_FORMAT = "X-Transflow-Format"
_UNITS = "X-Units"
"""Numbers of live units, and of obsolete ones with a target (msgcat drops the others)."""
_COUNTS = re.compile(r"([0-9]{1,9}) ([0-9]{1,9})")
_REPORT_DIGEST = re.compile(rb'\n"X-Report-Digest: ([0-9a-f]{64} [0-9]+)\\n"\n')


def read(text: str, path: str) -> tuple[Header, int]:
    """Return the header of a PO text, and the position of the next entry.

    Raise UnreadableError.
    """
    comments, content, end, line = _read_raw(text, path)
    header = Header(tuple(_fields(content, path, line)), comments)
    _check(header, path, line)
    return header, end


def field(text: str, name: str) -> str:
    """Return one field of the text of a file, or of a beginning with the header.

    Empty if the field is missing, or the header cannot be parsed.
    """
    try:
        content = _read_raw(text, "")[1]
    except UnreadableError:
        return ""
    lower_name = name.lower()
    fields = (line.partition(":") for line in content.split("\n"))
    return next((value.removeprefix(" ") for key, _, value in fields if key.lower() == lower_name), "")


def report_digest(head: bytes) -> str:
    """Return X-Report-Digest from the first bytes of a catalog, without checking them.

    Empty if there is none.
    """
    match = _REPORT_DIGEST.search(head, 0, head.find(b"\n\n") + 1)  # including the line end of the last field
    if match:
        return match[1].decode()
    return field(head.decode("utf-8", "replace"), "X-Report-Digest")


def fields_text(header: Header) -> str:
    """Return the fields as the msgstr of the header entry."""
    return "".join(f"{name}: {value}\n" for name, value in header.fields)


def format_version(header: Header) -> int:
    """Return the format of a header that `read` accepted; 1 if it has none."""
    return int(header.get(_FORMAT) or 1)


def expected_counts(header: Header) -> tuple[int, int] | None:
    """Return the counts in X-Units: live units, and obsolete ones with a target; or None."""
    match = _COUNTS.fullmatch(header.get(_UNITS))
    return (int(match[1]), int(match[2])) if match else None


def obsolete_texts(catalog: Catalog) -> int:
    """Return the number of obsolete units with a target."""
    return sum(bool(unit.target) for unit in catalog.obsolete)


def with_counts(catalog: Catalog) -> Catalog:
    """Return the catalog in the present format, with the counts of its units.

    The counts come before the format, without which a file is not a catalog: a truncated header has
    both, or is refused.
    """
    names = [name.lower() for name, _ in catalog.header.fields]
    index = names.index(_FORMAT.lower()) if _FORMAT.lower() in names else len(names)
    count = f"{len(catalog.units)} {obsolete_texts(catalog)}"
    units_field = [(_UNITS, count)] if _is_counted(catalog.header) else []
    fields = list(zip(names, catalog.header.fields, strict=True))
    before, after = (
        [field for name, field in part if name not in (_FORMAT.lower(), _UNITS.lower())]
        for part in (fields[:index], fields[index:])
    )
    header = Header((*before, *units_field, (_FORMAT, str(FORMAT)), *after), catalog.header.comments)
    return catalog if header == catalog.header else catalog.replace(header=header)


def upgraded_glossary(text: str, path: str) -> str:
    """Return the text of a glossary, which has no counts, in the present format.

    Raise UnreadableError.
    """
    old, end = read(text, path)
    entry = read_entry(text, 0, 1, path)[0]
    entry.strings["msgstr"] = fields_text(with_counts(Catalog(old)).header)
    return entry_text(entry) + text[end:]


def is_torn(header: Header, live: int) -> bool:
    """True if a catalog has fewer live units than were written.

    More units are allowed: git's own text merge adds entries.
    """
    expected = expected_counts(header)
    return live < expected[0] if expected else _is_counted(header) and format_version(header) > 1


def check_whole(header: Header, live: int, text: str, path: str) -> None:
    """Raise TornError for a torn catalog."""
    if is_torn(header, live):
        expected = expected_counts(header)
        raise TornError(path, text.count("\n") or 1, live, expected[0] if expected else None)


def _is_counted(header: Header) -> bool:
    return bool(header.get("X-Report") or header.get("X-Article"))


def _read_raw(text: str, path: str) -> tuple[tuple[str, ...], str, int, int]:
    """Return comments, msgstr, the position after the header entry, and its first line."""
    if (match := shape.HEADER.match(text)) and (content := shape.text(match[2], match[3])) is not None:
        return tuple(shape.comment_lines(match[1])), content, match.end(), 1
    entry, end = read_entry(text, 0, 1, path)
    if not entry.is_header:
        raise UnreadableError(path, 1, MESSAGES("no-header"), MESSAGES("take-back"))
    return tuple(entry.comments), entry.strings.get("msgstr", ""), end, entry.line


def _fields(content: str, path: str, number: int) -> list[tuple[str, str]]:
    fields = []
    for line in content.split("\n"):
        name, colon, value = line.partition(":")
        if line and not colon:
            raise UnreadableError(path, number, MESSAGES("no-colon", line=line), MESSAGES("take-file-back"))
        if line:
            fields.append((name, value.removeprefix(" ")))
    return fields


def _check(header: Header, path: str, line: int) -> None:
    charset = header.get("Content-Type").rpartition("charset=")[2]
    if charset.lower() not in ("utf-8", "utf8", ""):
        raise UnreadableError(path, line, MESSAGES("charset", charset=charset), MESSAGES("convert"))
    version = header.get(_FORMAT)
    if not (version.isascii() and version.isdigit()):
        raise UnreadableError(path, line, MESSAGES("no-format", field=_FORMAT))
    check_format(version, path, line)


def check_format(version: str, path: str, line: int = 1) -> None:
    """Raise UnreadableError for a newer format. A missing one is accepted: glossaries need none."""
    if version.isascii() and version.isdigit() and (len(version) > 4 or int(version) > FORMAT):
        raise UnreadableError(path, line, MESSAGES("newer", format=version, known=FORMAT), MESSAGES("upgrade"))
