"""XML of other programs: safe parsing, and text that any XML program can read.

Invariant: no entity declared in a file is expanded, and nothing outside the file is read;
characters that XML cannot hold are not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from transflow.errors import UnreadableError
from transflow.language_tags import is_same_language, normalised
from transflow.messages import Messages
from transflow.text import clean_import

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element, XMLPullParser

_MAX_DEPTH = 100
"""Deepest nesting of elements that is parsed: other programs use a handful of levels."""

MESSAGES = Messages(
    __name__,
    {
        "encoding": "its characters are not of the encoding that it names.",
        "save-as-utf-8": "Save it as UTF-8.",
        "entities": "it declares entities, which are not read.",
        "save-without-doctype": "Save it without its own DOCTYPE parts.",
        "no-xml": "this is no XML: {why}.",
        "deep": "its elements are nested more than {most} deep, as no program writes them.",
        "export-again": "Export it again.",
    },
)
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"<\0", "utf-16-le"),  # without a mark, by the first character
    (b"\0<", "utf-16-be"),
)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?\?>")
_ENCODING = re.compile(rb"<\?xml\b[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x(?P<hex>[0-9A-Fa-f]{1,7})|(?P<decimal>[0-9]{1,7}));")
_CHUNK = 1 << 16
_ANY_TAG = re.compile(r"<(?P<closing>/)?[A-Za-z_][^<>]*?(?P<empty>/)?>")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def encoding(data: bytes) -> str:
    """Return the encoding that an XML file declares."""
    bom_encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "")
    declared = _ENCODING.match(data[:200].lstrip())
    return bom_encoding or (declared[1].decode() if declared else "utf-8")


def decode(data: bytes, name: str) -> str:
    """Decode an XML file, without its declaration. Raise UnreadableError."""
    try:
        text = data.decode(encoding(data))
    except (UnicodeDecodeError, LookupError):
        raise UnreadableError(name, 0, MESSAGES("encoding"), MESSAGES("save-as-utf-8")) from None
    text = _DECLARATION.sub("", text, count=1)
    if "<!ENTITY" in text:
        raise UnreadableError(name, 0, MESSAGES("entities"), MESSAGES("save-without-doctype"))
    return _without_controls(text.replace("\r\n", "\n").replace("\r", "\n"), name)


def _without_controls(text: str, name: str) -> str:
    """Return the text with unusual line breaks as spaces, also where written as references.

    Raise UnreadableError for other controls. (The parser refuses references to C0 controls.)
    """

    def read(reference: re.Match[str]) -> str:
        code = int(reference["hex"], 16) if reference["hex"] else int(reference["decimal"])
        if not (0x7F <= code < 0xA0 or code in (0x2028, 0x2029)):
            return reference[0]
        return clean_import(chr(code), name, text.count("\n", 0, reference.start()))

    return clean_import(_REFERENCE.sub(read, text), name)


def elements(data: bytes, name: str, *wanted: str) -> Iterator[Element]:
    """Yield the elements with these local names as they are completed; each is emptied afterwards.

    Raise UnreadableError, with the line, for invalid XML and for elements that are nested too
    deeply. Loads ElementTree, which writing XML does not need.
    """
    from xml.etree.ElementTree import ParseError, XMLPullParser

    text = decode(data, name)
    parser: XMLPullParser[Any] = XMLPullParser(("end",))
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
            yield from _complete(parser, wanted)
        parser.close()
        yield from _complete(parser, wanted)
    except ParseError as error:
        problem = MESSAGES("no-xml", why=error.msg)
        raise UnreadableError(name, error.position[0], problem, MESSAGES("export-again")) from None
    except RecursionError:
        problem = MESSAGES("deep", most=_MAX_DEPTH)
        raise UnreadableError(name, _deep_line(text), problem, MESSAGES("export-again")) from None


def _check_depth(element: Element) -> None:
    """Raise RecursionError for an element nested too deeply, since callers may recurse into it."""
    level = list(element)
    for _ in range(_MAX_DEPTH):
        if not level:
            return
        level = [inner for each in level for inner in each]
    raise RecursionError


def _deep_line(text: str) -> int:
    """Return the line of the first tag that is too deep; 0 if tags cannot be counted."""
    depth = 0
    for tag in _ANY_TAG.finditer(text):
        depth += -1 if tag["closing"] else 0 if tag["empty"] else 1
        if depth > _MAX_DEPTH:
            return text.count("\n", 0, tag.start()) + 1
    return 0


def _complete(parser: XMLPullParser[Any], wanted: tuple[str, ...]) -> Iterator[Element]:
    for _, element in cast("Iterable[tuple[str, Element]]", parser.read_events()):  # of "end" only
        if local_name(element) in wanted:
            _check_depth(element)
            yield element
            element.clear()


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def language_of(element: Element) -> str:
    """Return the declared language of an element as a normalised tag: `ko-kr`."""
    return normalised(element.get(LANG) or element.get("lang") or "")


def is_in_language(element: Element, locale: str) -> bool:
    """True if an element is in a language, whatever the region."""
    return is_same_language(language_of(element), locale)


def xml_safe(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _UNFIT.sub("", text)


def escape(text: str, *, quotes: bool = False) -> str:
    """Return a text as the content of an element, or between quotes of either kind.

    `xml.sax.saxutils` has the same, and loads a client of HTTP.
    """
    text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    return text.replace('"', "&quot;").replace("'", "&apos;") if quotes else text


def quoteattr(text: str) -> str:
    """Return a text as the value of an attribute, with its quotes."""
    text = escape(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    if '"' not in text:
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else '"' + text.replace('"', "&quot;") + '"'
