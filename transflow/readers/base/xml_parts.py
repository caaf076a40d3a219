"""XML of documents: elements in bounded memory and depth, without entities.

Names of elements and attributes are local: programs write different versions of their namespaces.

Invariant: no DOCTYPE is read, in whatever encoding, and nothing outside the file; no more elements
are held than `MOST_ELEMENTS`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

from transflow.errors import UnreadableError
from transflow.messages import Message, Messages, joined
from transflow.readers.base.guards import broken

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MESSAGES = Messages(
    __name__,
    {
        "doctype": "{member} has a DOCTYPE, which is not read.",
        "deep": "{member} has elements that are nested more than {most} deep.",
        "many": "{member} has more than {most} elements in one part.",
        "way-out": "No program writes such a document: do not open it, and ask who sent it.",
    },
)

MOST_DEPTH = 250
MOST_ELEMENTS = 300_000
"""Elements of one part, such as a paragraph with the table in it."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PREFIXED = re.compile(rb"\s(?!xmlns:)[^\s<>=\"':]+:[^\s<>=\"':]+\s*=")
"""An attribute with a prefix."""
_CHUNK = 4 << 20
"""Large, because expat reads a long attribute anew with every chunk."""


class XmlSource(NamedTuple):
    """The XML of a file: its bytes, the file, its format, and its name in the file."""

    data: bytes
    name: str
    kind: str
    member: str


class _TooMuchError(Exception):
    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def elements(source: XmlSource, *wanted: str, skipped: Collection[str] = ()) -> Iterator[Element]:
    """Yield each element with one of the wanted local names, when it is complete, from outside in:
    one within another is not yielded by itself. The root counts only as a name that is wanted.

    Elements with a name in `skipped` are left out with everything in them. Raise UnreadableError
    for XML that is damaged, has a DOCTYPE, or is too large or too deep.

    Loads the parser, which recognising a file does not need.
    """
    from xml.parsers.expat import ExpatError

    found = _of_tree if _is_small(source.data) else _of_events
    try:
        yield from found(source, frozenset(wanted), frozenset(skipped))
    except (ExpatError, SyntaxError, ValueError, LookupError) as error:  # the last ones are about encodings
        raise broken(source.name, source.kind, joined([source.member, str(error)], ": ")) from None
    except _TooMuchError as error:
        raise UnreadableError(source.name, 0, error.message, MESSAGES("way-out")) from None


def root(source: XmlSource, *, skipped: Collection[str] = ()) -> Element:
    """Return the whole tree of a small XML file. Raise UnreadableError as `elements` does."""
    return next(elements(source, "", skipped=skipped))


def _is_small(data: bytes) -> bool:
    """True for XML whose whole tree may be held, and which has no DOCTYPE."""
    is_utf_8 = b"\0" not in data[:4] and not data.startswith(_UTF_16)
    return is_utf_8 and data.count(b"<") <= MOST_ELEMENTS and b"<!DOCTYPE" not in data


def _of_tree(source: XmlSource, wanted: frozenset[str], skipped: frozenset[str]) -> Iterator[Element]:
    """Yield the wanted elements of a whole tree, which is made much faster than by events.

    Loads ElementTree.
    """
    from xml.etree.ElementTree import XML

    whole = XML(source.data)
    level, depth = [whole], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise _TooMuchError(MESSAGES("deep", member=source.member, most=MOST_DEPTH))
        level = [child for element in level for child in element]
    _use_local_names(whole, has_prefixes=_PREFIXED.search(source.data) is not None)
    _drop(whole, skipped)
    yield from [whole] if "" in wanted or whole.tag in wanted else _outermost(whole, wanted)


def _use_local_names(whole: Element, *, has_prefixes: bool) -> None:
    """Replace the names of elements, and of attributes if some have prefixes."""
    names: dict[str, str] = {}
    for element in whole.iter():
        tag = element.tag
        element.tag = names.get(tag) or names.setdefault(tag, _local(tag))
        if has_prefixes and any(name[0] == "{" for name in element.attrib):
            attributes = [(_local(name), value) for name, value in element.attrib.items()]
            element.attrib.clear()
            element.attrib.update(attributes)


def _drop(whole: Element, skipped: frozenset[str]) -> None:
    """Take elements out, but for the text behind them."""
    if not skipped:
        return
    for parent in [*whole.iter()]:
        for at in range(len(parent) - 1, -1, -1):
            if parent[at].tag in skipped:
                tail = parent[at].tail or ""
                if at:
                    parent[at - 1].tail = (parent[at - 1].tail or "") + tail
                else:
                    parent.text = (parent.text or "") + tail
                del parent[at]


def _outermost(element: Element, wanted: frozenset[str]) -> Iterator[Element]:
    for child in element:
        if child.tag in wanted:
            child.tail = None
            yield child
        else:
            yield from _outermost(child, wanted)


def _of_events(source: XmlSource, wanted: frozenset[str], skipped: frozenset[str]) -> Iterator[Element]:
    """Yield the wanted elements as they are completed, in bounded memory."""
    builder = _Builder(source.member, wanted, skipped)
    for start in range(0, len(source.data) or 1, _CHUNK):
        end = start + _CHUNK
        builder.parser.Parse(source.data[start:end], end >= len(source.data))
        yield from builder.taken()


class _Builder:
    """Elements from the events of expat; everything outside the wanted ones is dropped.

    The wanted name "" stands for the root.
    """

    def __init__(self, member: str, wanted: frozenset[str], skipped: frozenset[str]) -> None:
        """Make the parser. Loads ElementTree and expat."""
        from xml.etree.ElementTree import Element
        from xml.parsers.expat import ParserCreate

        self._element = Element
        self._member, self._wanted, self._skipped = member, wanted, skipped
        self._open: list[Element] = []
        self._depth = self._count = self._skipped_from = 0
        self._done: list[Element] = []
        self.parser = ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.buffer_size = 1 << 20  # texts are joined piece by piece
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def taken(self) -> Iterator[Element]:
        done, self._done = self._done, []
        return iter(done)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _TooMuchError(MESSAGES("deep", member=self._member, most=MOST_DEPTH))
        local = _local(name)
        if self._skipped_from or local in self._skipped:
            self._skipped_from = self._skipped_from or self._depth
            return
        if not (self._open or local in self._wanted or (self._depth == 1 and "" in self._wanted)):
            return
        self._count = self._count + 1 if self._open or self._done else 1
        if self._count > MOST_ELEMENTS:
            raise _TooMuchError(MESSAGES("many", member=self._member, most=MOST_ELEMENTS))
        element = self._element(local, {_local(each): value for each, value in attributes.items()})
        if self._open:
            self._open[-1].append(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        if self._skipped_from:
            self._skipped_from = 0 if self._depth == self._skipped_from else self._skipped_from
        elif self._open:
            element = self._open.pop()
            if not self._open:
                self._done.append(element)
        self._depth -= 1

    def _text(self, text: str) -> None:
        if not self._open or self._skipped_from:
            return
        element = self._open[-1]
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text

    def _doctype(self, *_about: object) -> None:
        raise _TooMuchError(MESSAGES("doctype", member=self._member))


def _local(name: str) -> str:
    return name.rpartition("}")[2]
