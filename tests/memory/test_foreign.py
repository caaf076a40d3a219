"""Memories of other programs: PO, XLIFF and tables."""

from __future__ import annotations

import pytest

from transflow.errors import UnreadableError
from transflow.memory.foreign import entries

HEADER = 'msgid ""\nmsgstr "Language: {}\\n"\n\n'
PO = (
    'msgid "첫째 문장이다."\nmsgstr "The first."\n\n#, fuzzy\nmsgid "둘째"\nmsgstr "Second"\n\nmsgid "셋째"\nmsgstr ""\n\n'
    'msgid "한 명"\nmsgid_plural "여러 명"\nmsgstr[0] "one person"\nmsgstr[1] "{n} persons"\n'
)
XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="ko-KR" target-language="en_US"
original="a"><body><trans-unit id="1"><source>첫 <g id="1">문장</g>이다.<ph id="2">{0}</ph></source><target state="final">The
<g id="1">first</g>.<ph id="2">{0}</ph></target></trans-unit><trans-unit id="2"><source>둘. 셋.</source><seg-source>
<mrk mtype="seg" mid="0">둘.</mrk> <mrk mtype="seg" mid="1">셋.</mrk></seg-source><target state="needs-review-translation">
<mrk mtype="seg" mid="0">Two.</mrk> <mrk mtype="seg" mid="1">Three.</mrk></target></trans-unit><trans-unit id="3"><source>넷</source>
<alt-trans><target>Four</target></alt-trans></trans-unit></body></file>
<file source-language="ko" target-language="fr"><body><trans-unit id="4"><source>다섯</source><target>Cinq</target></trans-unit>
</body></file></xliff>"""
XLIFF_2 = """<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="kor" trgLang="eng"><file id="f"><unit id="1">
<segment state="translated"><source>첫 <pc id="1">문장</pc>이다.</source><target>The <pc id="1">first</pc>.</target></segment>
<ignorable><source> </source></ignorable><segment state="initial"><source>둘째다.</source><target>The second.</target></segment>
</unit></file></xliff>"""


def texts(data: str, name: str, source: str = "ko", locale: str = "en") -> list[tuple[str, str, str]]:
    return [(each.source, each.target, each.state) for each in entries(data.encode(), name, source, locale)]


def test_a_catalog_of_gettext_is_read_with_its_plurals() -> None:
    expected = [
        ("첫째 문장이다.", "The first.", "translated"),
        ("둘째", "Second", "needs-work"),
        ("한 명", "one person", "translated"),
        ("여러 명", "{n} persons", "translated"),
    ]
    assert texts(HEADER.format("en_US") + PO, "a.po") == expected
    assert texts(PO, "a.po") == expected
    assert texts(HEADER.format("fr") + PO, "a.po") == []
    assert texts(HEADER.format("ko").replace("Language", "X-Source-Language: en\\nLanguage") + PO, "a.po")[0] == (
        "The first.",
        "첫째 문장이다.",
        "translated",
    )


def test_xliff_is_read_in_both_versions_by_segments_and_languages() -> None:
    assert texts(XLIFF, "a.xlf") == [
        ("첫 문장이다.", "The first.", "translated"),
        ("둘.", "Two.", "needs-work"),
        ("셋.", "Three.", "needs-work"),
    ]
    assert texts(XLIFF_2, "a.xliff") == [
        ("첫 문장이다.", "The first.", "translated"),
        ("둘째다.", "The second.", "needs-work"),
    ]
    assert texts(XLIFF, "a.xlf", "en", "ko")[0][:2] == ("The first.", "첫 문장이다.")
    assert texts(XLIFF_2, "a.xlf", "ja", "en") == []


@pytest.mark.parametrize("head", ["", "ko,en\n", "English,한국어\n", "id;source;target\n"])
def test_tables_are_read_with_and_without_names_of_columns(head: str) -> None:
    row = {
        "": "첫째,First",
        "ko,en\n": "첫째,First",
        "English,한국어\n": "First,첫째",
        "id;source;target\n": "1;첫째;First",
    }
    assert texts(f"{head}{row[head]}\n", "a.csv") == [("첫째", "First", "translated")]


def test_what_is_no_table_is_named_with_its_line() -> None:
    with pytest.raises(UnreadableError, match=r"a\.tsv:2: a row of less than two columns"):
        entries("가\tA\n나\n".encode(), "a.tsv", "ko", "en")
    with pytest.raises(UnreadableError, match=r"a\.po:1: this is UTF-16"):
        entries(PO.encode("utf-16-le"), "a.po", "ko", "en")
