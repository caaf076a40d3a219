"""Decoding of a page: byte order mark, HTTP header, meta element, or the likeliest encoding."""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-z0-9_:.-]{1,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{1,40})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SUPERSETS = {
    **dict.fromkeys(("euc-kr", "euc_kr", "euckr", "ks_c_5601-1987", "ksc5601", "ks_c_5601", "cp949"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    "shift_jis": "cp932",
}
"""Encodings that browsers read as a larger one."""
_LOOKED_AT = 4096


def decode_page(body: bytes, content_type: str = "") -> str:
    """Return the text of a page. Bytes that its encoding does not have are replaced."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    declared = _declared(body, content_type)
    for encoding in dict.fromkeys((*declared, "utf-8", "cp949")):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode(declared[0] if declared else "cp1252", "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    """Return the known encodings that the header and the page itself name, the header's first."""
    beginning = body[:_LOOKED_AT]
    found = [*_HEADER.findall(content_type)]
    found += [match[1].decode("ascii") for match in (_XML.search(beginning), _META.search(beginning)) if match]
    names = (_SUPERSETS.get(name.lower(), name.lower()) for name in found)
    return [name for name in names if _is_known(name)]


def _is_known(encoding: str) -> bool:
    """Return whether an encoding is one of text: Python has others, such as `rot13`."""
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except LookupError:
        return False
