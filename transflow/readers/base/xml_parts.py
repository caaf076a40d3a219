"""XML of documents: elements in bounded memory and depth, without entities.

Names of elements and attributes are local: programs write different versions of their namespaces.

Invariant: no DOCTYPE is read, in whatever encoding, and nothing outside the file; no more elements
are held than `MOST_ELEMENTS`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element
from xml.parsers import expat

from transflow.errors import UnreadableError
from transflow.messages import Message, Messages
from transflow.readers.base.guards import broken

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
    """
    builder = _Builder(source.member, frozenset(wanted), frozenset(skipped))
    parser = builder.parser
    try:
        for start in range(0, len(source.data) or 1, _CHUNK):
            end = start + _CHUNK
            parser.Parse(source.data[start:end], end >= len(source.data))
            yield from builder.taken()
    except expat.ExpatError as error:
        raise broken(source.name, source.kind, f"{source.member}: {error}") from None
    except (ValueError, LookupError) as error:  # an encoding that is unknown
        raise broken(source.name, source.kind, f"{source.member}: {error}") from None
    except _TooMuchError as error:
        raise UnreadableError(source.name, 0, error.message, MESSAGES("way-out")) from None


def root(source: XmlSource, *, skipped: Collection[str] = ()) -> Element:
    """Return the whole tree of a small XML file. Raise UnreadableError as `elements` does."""
    return next(elements(source, "", skipped=skipped))


class _Builder:
    """Elements from the events of expat; everything outside the wanted ones is dropped.

    The wanted name "" stands for the root.
    """

    def __init__(self, member: str, wanted: frozenset[str], skipped: frozenset[str]) -> None:
        self._member, self._wanted, self._skipped = member, wanted, skipped
        self._open: list[Element] = []
        self._depth = self._count = self._skipped_from = 0
        self._done: list[Element] = []
        self.parser = expat.ParserCreate(namespace_separator="}")
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
        element = Element(local, {_local(each): value for each, value in attributes.items()})
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
