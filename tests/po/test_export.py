"""Catalogs for other programs: the header, and the texts that are exported or withheld."""

from __future__ import annotations

import gettext
import io
import shutil
import subprocess

import polib
import pytest
from hypothesis import given

from support.strategies import catalogs
from transflow.digests import approval
from transflow.model.catalog import Catalog
from transflow.model.unit import Act, Approval, Authorship, Conflict, Question, Ref, Share, Unit
from transflow.po.catalog import new_header
from transflow.po.export import ExportInfo, exportable_units, fields, mo_bytes, po_text
from transflow.po.syntax import entries

EARLY, LATE = "2024-03-26T03:12:00Z", "2024-03-26T05:40:12Z"
ABOUT = ExportInfo(
    project="Herald flood",
    team="English (Herald)",
    plural_forms="nplurals=2; plural=(n != 1);",
    created="2024-03-25T09:30:00+09:00",
    names={"claire": "Claire Lee", "leejin": "Leejin Jun", "mina": "Mina Park"},
    hidden=("kim", "김철수", "Chul Soo Kim", "kim@example.org"),
)
UNITS = (
    Unit(
        "k7f3q2mx",
        "가.",
        "“A,”\nhe said.",
        comments=("Ask her.", "김철수에게 물어보라.", "Kim knows.", "The kimchi is fine."),
        by=(Authorship("claire", EARLY, 2), Authorship("kim", LATE, 1)),
        approved=Approval("mina", LATE, approval("k7f3q2mx", "가.", "“A,”\nhe said.")),
    ),
    Unit("b4tq9z2a", "나.", "B.", fuzzy=True, previous="너.", by=(Authorship("mt:deepl/v2", LATE, 1),)),
    Unit("c8m2w0rt", "다.", kind="list item", variant="numbered", continued=True),
    Unit("d8m2w0rt", "라.", "D.", omitted=Act("claire", EARLY, "again")),
    Unit("f8m2w0rt", "마.", "E.", cut=Act("claire", EARLY)),
)
CATALOG = Catalog(
    new_header("en", "ko", X_Report="flood", X_Ready=f"kim {EARLY}", X_Withheld="kim"),
    UNITS,
    (Unit("g8m2w0rt", "바.", "F."),),
)


def test_a_header_has_the_fields_of_gettext_and_none_of_ours() -> None:
    assert fields(CATALOG, ABOUT) == [
        ("Project-Id-Version", "Herald flood"),
        ("Report-Msgid-Bugs-To", ""),
        ("POT-Creation-Date", "2024-03-25 09:30+0900"),
        ("PO-Revision-Date", "2024-03-26 05:40+0000"),
        ("Last-Translator", "Claire Lee"),
        ("Language-Team", "English (Herald)"),
        ("Language", "en"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ("X-Source-Language", "ko"),
        ("X-Generator", "transflow"),
    ]


def test_where_nobody_may_be_named_the_team_is() -> None:
    nobody = ABOUT._replace(names={})
    assert ("Last-Translator", "English (Herald)") in fields(CATALOG, nobody)


def test_a_catalog_that_nobody_touched_has_the_date_of_its_source() -> None:
    untouched = CATALOG.replace(units=(UNITS[2],))
    assert ("PO-Revision-Date", "2024-03-25 09:30+0900") in fields(untouched, ABOUT)
    assert ("PO-Revision-Date", "") in fields(untouched, ABOUT._replace(created=""))


def test_a_po_has_the_texts_and_no_notes() -> None:
    header, text = po_text(CATALOG, ABOUT).split("\n\n", 1)
    assert header.startswith('msgid ""\nmsgstr ""\n"Project-Id-Version: Herald flood\\n"\n')
    assert text == (
        '#. paragraph\nmsgctxt "k7f3q2mx"\nmsgid "가."\nmsgstr ""\n"“A,”\\n"\n"he said."\n\n'
        '#. paragraph\n#, fuzzy\n#| msgid "너."\nmsgctxt "b4tq9z2a"\nmsgid "나."\nmsgstr "B."\n\n'
        '#. list item, numbered, continued\nmsgctxt "c8m2w0rt"\nmsgid "다."\nmsgstr ""\n'
    )


def test_notes_are_told_in_words_for_people() -> None:
    found, _ = entries(po_text(CATALOG, ABOUT, notes=True), "x.po")
    assert found[0].comments == ["Words by Claire Lee."]
    assert found[1].comments == [
        "Ask her.",
        "The kimchi is fine.",
        "Words by Claire Lee (2), somebody (1).",
        "Approved by Mina Park, 2024-03-26.",
    ]
    assert found[2].comments == ["Words by a machine (1)."]


def test_a_paragraph_tells_where_it_comes_from_and_what_is_open() -> None:
    unit = Unit(
        "w5h2c8de",
        "Draft",
        "Text",
        refs=(Ref("un-letter", "k7f3q2mx"),),
        cites=("https://example.org/1",),
        translated=(Share("claire", 3),),
        by=(Authorship("leejin", LATE, 1),),
        conflicts=(Conflict("kim", LATE, "Other\ntext"),),
        questions=(Question("leejin", LATE, "", "Sure?"),),
        returned=Act("mina", LATE, "too long"),
    )
    found, _ = entries(po_text(CATALOG.replace(units=(unit,)), ABOUT, notes=True), "x.po")
    assert found[1].comments == [
        "Words by Claire Lee (3), Leejin Jun (1).",
        "Sent back by Mina Park: too long",
        "From un-letter#k7f3q2mx.",
        "Background: https://example.org/1",
        "Another text, by somebody: “Other text”",
        "Leejin Jun asks: “Sure?”",
    ]


@pytest.mark.parametrize("notes", [False, True])
def test_nobody_hidden_is_named_anywhere(notes: bool) -> None:
    everything = po_text(CATALOG, ABOUT, notes=notes).encode() + mo_bytes(CATALOG, ABOUT)
    for name in ABOUT.hidden:
        assert name.encode() not in everything.replace(b"kimchi", b"")


@given(catalogs())
def test_an_exported_po_says_what_the_catalog_says(catalog: Catalog) -> None:
    found, tail = entries(po_text(catalog, ABOUT, notes=True), "x.po")
    assert tail == ""
    assert [tuple(entry.strings.values()) for entry in found[1:]] == [
        (unit.id, unit.source, unit.target) for unit in exportable_units(catalog)
    ]


@given(catalogs())
def test_gettext_finds_every_finished_text_in_an_mo_and_no_other(catalog: Catalog) -> None:
    read = gettext.GNUTranslations(io.BytesIO(mo_bytes(catalog, ABOUT)))
    for unit in catalog.units:
        is_there = unit.target and not (unit.fuzzy or unit.omitted or unit.cut or unit.is_unprintable)
        assert read.pgettext(unit.id, unit.source) == (unit.target if is_there else unit.source)


def test_an_mo_has_the_header() -> None:
    read = gettext.GNUTranslations(io.BytesIO(mo_bytes(CATALOG, ABOUT)))
    assert read.info()["project-id-version"] == "Herald flood"
    assert read.info()["plural-forms"] == "nplurals=2; plural=(n != 1);"
    assert read.ngettext("a", "b", 2) == "b"


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="GNU gettext is not installed")
@pytest.mark.parametrize("notes", [False, True])
@pytest.mark.parametrize("about", [ABOUT, ExportInfo("x", "English")], ids=["full", "bare"])
def test_msgfmt_has_nothing_to_say_and_makes_the_same_mo(notes: bool, about: ExportInfo) -> None:
    text = po_text(CATALOG, about, notes=notes)
    done = subprocess.run(["msgfmt", "-c", "-o", "-", "-"], input=text.encode(), capture_output=True, check=True)
    assert done.stderr == b""
    theirs, ours = (gettext.GNUTranslations(io.BytesIO(data)) for data in (done.stdout, mo_bytes(CATALOG, about)))
    assert theirs.info() == ours.info()
    assert all(theirs.pgettext(u.id, u.source) == ours.pgettext(u.id, u.source) for u in UNITS)


@pytest.mark.skipif(not shutil.which("msgcat"), reason="GNU gettext is not installed")
def test_msgcat_reproduces_an_exported_po() -> None:
    text = po_text(CATALOG, ABOUT, notes=True)
    assert (
        subprocess.run(
            ["msgcat", "--no-wrap", "-"], input=text.encode(), capture_output=True, check=True
        ).stdout.decode()
        == text
    )


def test_polib_reads_an_exported_po() -> None:
    read = polib.pofile(po_text(CATALOG, ABOUT))
    assert (len(read.translated_entries()), len(read.fuzzy_entries()), len(read.untranslated_entries())) == (1, 1, 1)
