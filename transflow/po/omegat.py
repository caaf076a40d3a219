"""Catalogs as an OmegaT project.

Invariant: a finished unit is finished in the files that OmegaT writes. In a project that it creates
itself, OmegaT splits sources into sentences, and writes nothing for a unit of which no sentence was
translated there; and in every project, a target equal to its source counts as untranslated, unless
a translation memory has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po.export import exportable_units
from transflow.xml_text import escape, quoteattr, xml_safe

FOLDERS = ("source", "target", "omegat", "tm/auto", "glossary", "dictionary")
"""Folders without which OmegaT does not open a project, or asks for them."""
SPLITS_SENTENCES = re.compile(r"<sentence_seg>\s*true")
"""The setting of a project file that splits sources into sentences."""

_SENTENCE_BREAK = re.compile(r"[.?!]\s|[。．？！](?=.)|\n +|\A\d+[\d.)\]]+\s+[A-Z]", re.S)
"""Sentence breaks of OmegaT's default rules, in any language. Their exceptions (“Dr.”) are not
modelled.
"""

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


def is_left_out(unit: Unit) -> bool:
    """True if OmegaT, in a project that it created itself, would not write a finished target."""
    return is_finished(unit) and bool(unit.target == unit.source or _SENTENCE_BREAK.search(unit.source.strip()))


def is_finished(unit: Unit) -> bool:
    """True if the unit has a target that is not fuzzy."""
    return bool(unit.target) and not unit.fuzzy


def count_left_out(catalog: Catalog) -> int:
    """Return the number of exported, finished units that OmegaT would leave out."""
    return sum(map(is_left_out, exportable_units(catalog)))


def project_text(source: str, target: str) -> str:
    """Return the project file, which sets the languages and turns off splitting into sentences."""
    return _PROJECT.format(source=_language(source).upper(), target=_language(target).upper())


def memory_text(units: Iterable[Unit], source: str, target: str) -> str:
    """Return a TMX memory of the finished targets that equal their source.

    OmegaT reads memories in tm/auto automatically.
    """
    languages = [quoteattr(_language(locale)) for locale in (source, target)]
    texts = dict.fromkeys(unit.target for unit in units if is_finished(unit) and unit.target == unit.source)
    pairs = (
        "".join(f"<tuv xml:lang={language}><seg>{escape(xml_safe(text))}</seg></tuv>" for language in languages)
        for text in texts
    )
    return _HEAD.format(source=languages[0]) + "".join(f"<tu>{pair}</tu>\n" for pair in pairs) + "</body>\n</tmx>\n"


def _language(locale: str) -> str:
    return locale.replace("_", "-")
