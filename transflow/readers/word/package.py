"""Members of a DOCX file: the text, what it refers to, and formats by their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from transflow.model.unit import Kind
from transflow.readers.base.archives import Archive
from transflow.readers.base.xml_parts import XmlSource, elements, root

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OFF = frozenset(("0", "false", "none", "off"))
_KINDS: dict[str, Kind] = {
    "title": "headline",
    "subtitle": "deck",
    "quote": "quote",
    "intense quote": "quote",
    "caption": "caption",
    "list paragraph": "paragraph",
}
"""Name of a style, as Word has it in every language -> kind."""


class WordFormat(NamedTuple):
    """Format of characters; None where it is not said."""

    strong: bool | None = None
    emphasis: bool | None = None
    hidden: bool | None = None

    def over(self, other: WordFormat) -> WordFormat:
        """Return this format, and what only the other one says."""
        return WordFormat(*(mine if mine is not None else theirs for mine, theirs in zip(self, other, strict=True)))


class WordStyle(NamedTuple):
    """A style of paragraphs or characters."""

    kind: Kind | None = None
    form: WordFormat = WordFormat()
    number: str = ""
    based_on: str = ""


def value(element: Element | None, name: str) -> str:
    """Return the value of an element's child, as `<w:jc w:val="left"/>` has it."""
    child = element.find(name) if element is not None else None
    return child.get("val", "") if child is not None else ""


def format_of(properties: Element | None) -> WordFormat:
    """Return the format that the properties of a run or style say."""
    return WordFormat(*(_is_on(properties, name) for name in ("b", "i", "vanish")))


def _is_on(properties: Element | None, name: str) -> bool | None:
    found = properties.find(name) if properties is not None else None
    return None if found is None else found.get("val", "true") not in _OFF


class WordPackage:
    """The members of a file that its text refers to, read when they are needed."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        targets = self._targets("", "_rels/.rels")
        self.main = next((path for kind, path in targets.values() if kind == "officeDocument"), "word/document.xml")
        folder, _, file = self.main.rpartition("/")
        self.targets = self._targets(folder, f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        self.styles = self._styles()
        self.numbering = self._numbering()

    def _targets(self, folder: str, member: str) -> dict[str, tuple[str, str]]:
        """Return the relations in a member: id -> last word of its kind, and path or address."""
        if member not in self.archive:
            return {}
        found = {}
        for each in root(self.source(member)).iter("Relationship"):
            target = each.get("Target", "")
            if each.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else "/".join(filter(None, (folder, target)))
            found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], target)
        return found

    def source(self, member: str) -> XmlSource:
        return XmlSource(self.archive.read(member), self.archive.name, self.archive.kind, member)

    def of_kind(self, kind: str) -> Iterator[str]:
        """Yield the members that the text refers to, of one kind of relation."""
        found = dict.fromkeys(path for each, path in self.targets.values() if each == kind)
        return (path for path in found if path in self.archive)

    def notes(self, kind: str, tag: str) -> dict[str, Element]:
        """Return id -> element of the notes or comments of a file."""
        return {
            each.get("id", ""): each for member in self.of_kind(kind) for each in elements(self.source(member), tag)
        }

    def _styles(self) -> dict[str, WordStyle]:
        found = {}
        for member in self.of_kind("styles"):
            for each in elements(self.source(member), "style"):
                paragraph = each.find("pPr")
                number = paragraph.find("numPr") if paragraph is not None else None
                found[each.get("styleId", "")] = WordStyle(
                    _kind(value(each, "name").lower(), value(paragraph, "outlineLvl")),
                    format_of(each.find("rPr")),
                    value(number, "numId"),
                    value(each, "basedOn"),
                )
        return found

    def style(self, name: str) -> WordStyle:
        """Return a style with what it takes from those that it is based on."""
        whole, seen = WordStyle(), {""}
        while name not in seen and (style := self.styles.get(name)):
            seen.add(name)
            number = whole.number or style.number
            whole = WordStyle(whole.kind or style.kind, whole.form.over(style.form), number)
            name = style.based_on
        return whole

    def _numbering(self) -> dict[str, str]:
        """Return number of a list -> form of its first level."""
        forms, found = {}, {}
        for member in self.of_kind("numbering"):
            for each in elements(self.source(member), "abstractNum", "num", skipped=("numPicBullet",)):
                if each.tag == "abstractNum":
                    forms[each.get("abstractNumId", "")] = value(each.find("lvl"), "numFmt")
                else:
                    found[each.get("numId", "")] = value(each, "abstractNumId")
        return {number: forms.get(abstract, "") for number, abstract in found.items()}


def _kind(name: str, outline: str) -> Kind | None:
    if name in _KINDS:
        return _KINDS[name]
    if name.startswith("heading ") or (outline.isdecimal() and int(outline[:2]) < 9):
        return "subhead"
    return "list item" if name.startswith("list bullet") else None
