"""The encoding of Korean texts: found from their bytes, and never in a text of another language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.errors import UnreadableError
from transflow.readers.base.encodings import as_utf8

TEXTS = (
    "북한\n",
    "태풍이 지나갔다\r\n\r\n태풍이 6일 새벽 지나갔다.\r\n",
    "“유엔은 3월 11일 서한을 공개했다”고 통일부가 밝혔다. 특별보고관 2명이 서한에 함께 서명했다.\n중국은 아직 답하지 않았다.\n",
    "가가가 가가가가 가 가나 가다.\n",
)
KOREAN = {
    "utf-8-sig": "",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp949": "CP949 (EUC-KR)",
    "iso2022_kr": "ISO-2022-KR",
    "johab": "Johab",
}
FOREIGN = {
    "gb18030": "中华人民共和国中央人民政府今天在北京发表了重要讲话，强调经济发展。",
    "big5": "臺灣總統今天發表談話，強調兩岸和平。",
    "shift_jis": "東京都",
    "euc_jp": "東京で会議が開かれました。これは日本語のテキストです。",
    "koi8-r": "Сегодня хорошая погода в Москве.",
    "cp1251": "Сегодня хорошая погода в Москве.",
    "cp1252": "Café à l’été, naïve façon.",
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("codec", KOREAN)
def test_the_encoding_of_a_korean_text_is_found_and_named(codec: str, text: str) -> None:
    if codec == "johab":
        text = text.replace("“", '"').replace("”", '"')
    found = as_utf8(text.encode(codec), "a.txt")
    assert (found.data.decode("utf-8-sig"), found.encoding) == (text, KOREAN[codec])
    assert [str(each.message) for each in found.issues("text")] == [
        f"it is read as {each}." for each in [KOREAN[codec]] if each
    ]


@pytest.mark.parametrize("codec", FOREIGN)
def test_a_text_in_another_language_is_not_read_as_korean(codec: str) -> None:
    data = FOREIGN[codec].encode(codec)
    assert as_utf8(data, "a.txt") == (data, "")


def test_a_syllable_that_only_cp949_has_is_read() -> None:
    text = "펲시콜라를 마시고 똠방각하를 봤다. 이는 서울에서 있은 일이다.\n"
    assert as_utf8(text.encode("cp949"), "a.txt").data.decode() == text


def test_a_picture_is_no_text_in_any_encoding() -> None:
    with pytest.raises(UnreadableError, match="a picture"):
        as_utf8(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.txt")


@given(st.text(st.characters(codec="utf-8"), max_size=50))
def test_a_text_in_utf_8_stays_as_it_is(text: str) -> None:
    data = f"x{text}".encode()
    if "\0" not in text and b"\x1b$)C" not in data:
        assert as_utf8(data, "a.txt") == (data, "")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_left_alone(data: bytes) -> None:
    try:
        found = as_utf8(data, "a.txt")
    except UnreadableError:
        return
    assert found.encoding or found.data == data
