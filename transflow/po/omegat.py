"""Catalogs as a project of OmegaT.

Invariant: what is finished stays finished in what OmegaT writes. In a project that it makes by itself it parts sources into
sentences, and writes nothing for a unit of which no sentence was translated there; and a text that is its own source counts as
untranslated in every project, unless a memory has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po.export import exported
from transflow.xml_text import fit

FOLDERS = ("source", "target", "omegat", "tm/auto", "glossary", "dictionary")
"""Without these OmegaT opens no project, or asks for them."""
PARTED = re.compile(r"<sentence_seg>\s*true")
"""In a project file: sentences are parted."""

_BREAK = re.compile(r"[.?!]\s|[。．？！](?=.)|\n +|\A\d+[\d.)\]]+\s+[A-Z]", re.S)
"""Where its usual rules part a text, whatever the language; where their exceptions (“Dr.”) do not, it says too much."""

_PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat>
    <project version="1.0">
        <source_dir>__DEFAULT__</source_dir>
        <target_dir>__DEFAULT__</target_dir>
        <tm_dir>__DEFAULT__</tm_dir>
        <glossary_dir>__DEFAULT__</glossary_dir>
        <glossary_file>__DEFAULT__</glossary_file>
        <dictionary_dir>__DEFAULT__</dictionary_dir>
        <source_lang>{source}</source_lang>
        <target_lang>{target}</target_lang>
        <sentence_seg>false</sentence_seg>
        <support_default_translations>true</support_default_translations>
        <remove_tags>false</remove_tags>
    </project>
</omegat>
"""
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="transflow" creationtoolversion="1" segtype="paragraph" o-tmf="po" adminlang="en" srclang={source} \
datatype="plaintext"/>
<body>
"""


def is_emptied(unit: Unit) -> bool:
    """Whether OmegaT, in a project that it made by itself, leaves a finished text out of what it writes."""
    return is_finished(unit) and bool(unit.target == unit.source or _BREAK.search(unit.source.strip()))


def is_finished(unit: Unit) -> bool:
    return bool(unit.target) and not unit.fuzzy


def emptied(catalog: Catalog) -> int:
    """How many finished texts of what is exported it would leave out."""
    return sum(map(is_emptied, exported(catalog)))


def project_text(source: str, target: str) -> str:
    """The project's file: the languages, and that sentences are not parted."""
    return _PROJECT.format(source=_language(source).upper(), target=_language(target).upper())


def memory_text(units: Iterable[Unit], source: str, target: str) -> str:
    """A memory, as TMX, of the finished texts that are their own source. OmegaT takes it by itself from tm/auto."""
    languages = [quoteattr(_language(locale)) for locale in (source, target)]
    texts = dict.fromkeys(unit.target for unit in units if is_finished(unit) and unit.target == unit.source)
    pairs = (
        "".join(f"<tuv xml:lang={language}><seg>{escape(fit(text))}</seg></tuv>" for language in languages)
        for text in texts
    )
    return _HEAD.format(source=languages[0]) + "".join(f"<tu>{pair}</tu>\n" for pair in pairs) + "</body>\n</tmx>\n"


def _language(locale: str) -> str:
    return locale.replace("_", "-")
