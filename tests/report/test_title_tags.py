"""Tags of versions in Korean headlines."""

from __future__ import annotations

import pytest

from transflow.report.title_tags import title_tag

BARE = "홍수로 다리 3곳 끊겨"


@pytest.mark.parametrize(
    ("title", "kind", "text"),
    [
        (f"[속보] {BARE}", "flash", "속보"),
        (f"［속보］{BARE}", "flash", "속보"),
        (f"[ 속 보 ]{BARE}", "flash", "속보"),
        (f"【1보】 {BARE}", "flash", "1보"),
        (f"[１보]{BARE}", "flash", "1보"),
        (f"<2보> {BARE}", "later", "2보"),
        (f"[종합] {BARE}", "later", "종합"),
        (f"{BARE}(종합2보)", "later", "종합2보"),
        (f"{BARE}（종합）", "later", "종합"),
        (f"[정정] {BARE}", "correction", "정정"),
        (f"[전문취소] {BARE}", "withdrawn", "전문취소"),
        (f"[속보][정정] {BARE}", "correction", "정정"),
        (f"[정정] {BARE}(종합)", "correction", "정정"),
    ],
)
def test_a_tag_is_read_in_every_spelling(title: str, kind: str, text: str) -> None:
    assert title_tag(title) == (kind, text, BARE)


@pytest.mark.parametrize(
    "title",
    ["", BARE, f"[포토] {BARE}", f"[속보팀] {BARE}", "속보 없는 밤", "그는 [속보]를 봤다", f"{BARE}(3곳)", "[[[[" * 50],
)
def test_other_brackets_are_no_tags(title: str) -> None:
    assert title_tag(title) is None
