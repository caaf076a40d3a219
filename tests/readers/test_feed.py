"""Feeds: their entries as reports, and hostile ones."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.paths import TESTS
from transflow import readers
from transflow.errors import UnreadableError
from transflow.readers import IncomingReport, feed

GOLDEN = TESTS / "golden" / "readers" / "feed"


def reports(name: str) -> list[IncomingReport]:
    data = (GOLDEN / name).read_bytes()
    return [readers.read(each.data, each.name, each.reader) for each in readers.pieces(data, name)]


def test_each_entry_of_a_feed_is_a_report() -> None:
    first, second = reports("rss.xml")
    assert (first.front.title, first.front.byline, first.front.url) == (
        "강변시, 다리 다시 열어",
        "이정은",
        "https://news.example.org/1",
    )
    assert "**시장**은 답했다." in first.body
    assert second.front.date == "2024-07-03T10:00:00+09:00"
    assert "the whole text may be at https://news.example.org/2" in str(second.issues[0].message)
    assert first.front.origin_digest != second.front.origin_digest


def test_only_what_is_published_is_read_from_an_export() -> None:
    (found,) = reports("wordpress.xml")
    assert (found.front.title, found.front.byline) == ("다리를 열었다", "이정은")
    assert len(found.body.strip().split("\n\n")) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_with_entities_is_refused(encoding: str) -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel>&a;</channel></rss>'
    )
    with pytest.raises(UnreadableError, match="entities"):
        feed.pieces(text.encode(encoding), "a.xml")


PARTS = [
    *("<rss>", "<channel>", "<item>", "<title>", "가", "</title>", "<description>", "<![CDATA[", "]]>", "&"),
    *("<feed>", "<entry>", "</rss>", "<"),
]


@given(st.lists(st.sampled_from(PARTS), max_size=20))
def test_any_feed_is_read_or_refused(parts: list[str]) -> None:
    with suppress(UnreadableError):
        assert isinstance(feed.read("".join(["<rss>", *parts]).encode(), "a.xml"), IncomingReport)
