"""Formats of an HWPX file: characters and paragraphs, by their ids."""

from __future__ import annotations

from typing import NamedTuple

from transflow.readers.base.archives import Archive
from transflow.readers.base.xml_parts import XmlSource, elements
from transflow.readers.hancom.flow import Shape

_HEADER = "Contents/header.xml"
_FORMS = {"OUTLINE": "outline", "NUMBER": "number", "BULLET": "bullet"}


class HwpxFormats(NamedTuple):
    """Id of a format -> format of characters, and form of a paragraph's numbering."""

    shapes: dict[str, Shape]
    headings: dict[str, str]


def formats(archive: Archive) -> HwpxFormats:
    """Return the formats; none if the file has no header."""
    found = HwpxFormats({}, {})
    if _HEADER not in archive:
        return found
    source = XmlSource(archive.read(_HEADER), archive.name, archive.kind, _HEADER)
    for element in elements(source, "charPr", "paraPr"):
        number = element.get("id", "")
        if element.tag == "charPr":
            found.shapes[number] = Shape(element.find("bold") is not None, element.find("italic") is not None)
        else:
            heading = next(element.iter("heading"), None)
            found.headings[number] = _FORMS.get(heading.get("type", ""), "") if heading is not None else ""
    return found
