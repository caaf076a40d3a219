"""The digital source of a story with a machine's words, in the terms of the IPTC.

The vocabulary is http://cv.iptc.org/newscodes/digitalsourcetype/: media of a model that was trained
on samples, alone or combined with the work of people. schema.org has a member for each of its
terms.
"""

from __future__ import annotations

_VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_TERMS = {"machine": "trainedAlgorithmicMedia", "mixed": "compositeWithTrainedAlgorithmicMedia"}


def iptc_uri(origin: str) -> str:
    """Return the address of the term for `Story.origin`; empty for the work of people."""
    return _VOCABULARY + _TERMS[origin] if origin else ""


def ninjs(origin: str) -> dict[str, str]:
    """Return the property of ninjs 3.1; empty for the work of people."""
    return {"uri": iptc_uri(origin)} if origin else {}


def schema_org(origin: str) -> str:
    """Return the address of the schema.org member; empty for the work of people."""
    if not origin:
        return ""
    return f"https://schema.org/{_TERMS[origin][0].upper()}{_TERMS[origin][1:]}DigitalSource"
