"""Where a story went out: nothing that was recorded is overwritten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import acts, people, times
from transflow import publication
from transflow.errors import UsageError
from transflow.model import Act, Catalog
from transflow.po.catalog import new_header, parse, serialize
from transflow.po.header import stamped
from transflow.publication import Publication

EMPTY = Catalog(new_header("en", "en", X_Article="river"))
records = st.builds(
    Publication,
    times,
    st.sampled_from(["https://a.example/x", "https://a.example/y?q=1#top", "http://b.example/강"]),
    st.sampled_from(["0123456789abcdef", "fedcba9876543210"]),
)


@given(st.lists(records, max_size=5, unique=True))
def test_what_was_recorded_is_read_back_in_order_through_the_file(made: list[Publication]) -> None:
    article = EMPTY
    for each in made:
        article = publication.published(article, [each])
    assert publication.publications(parse(serialize(stamped(article)), "x.po")) == tuple(made)


@given(st.lists(records, max_size=4))
def test_recording_twice_is_recording_once(made: list[Publication]) -> None:
    once = publication.published(EMPTY, made)
    assert publication.published(once, made) == once


def test_the_newest_record_of_an_address_counts_and_the_older_ones_stay() -> None:
    first = Publication("2024-03-26T01:00:00Z", "https://a.example/x", "0123456789abcdef")
    second = Publication("2024-03-27T01:00:00Z", "https://a.example/x", "fedcba9876543210")
    other = Publication("2024-03-26T02:00:00Z", "https://b.example/x", "0123456789abcdef")
    article = publication.published(EMPTY, [first, other, second])
    assert publication.addresses(article) == (second, other)
    assert publication.publications(article) == (first, other, second)


def test_an_address_that_is_gone_takes_only_its_own_records() -> None:
    kept = Publication("2024-03-26T01:00:00Z", "https://a.example/x", "0123456789abcdef")
    gone = Publication("2024-03-26T02:00:00Z", "https://a.example/xy", "0123456789abcdef")
    article = publication.taken_down(publication.published(EMPTY, [kept, gone]), gone.address)
    assert publication.publications(article) == (kept,)
    assert publication.taken_down(article, kept.address) == EMPTY


@pytest.mark.parametrize("address", ["", "a.example", "ftp://a.example/x", "https://", "https://a b", "javascript:x"])
def test_only_addresses_of_the_web_are_recorded(address: str) -> None:
    with pytest.raises(UsageError, match="no web address"):
        publication.checked_address(address)


@given(acts)
def test_who_killed_a_story_and_why_is_read_back(act: Act) -> None:
    dead = publication.killed(EMPTY, act)
    assert publication.killing(parse(serialize(stamped(dead)), "x.po")) == act
    assert publication.killed(dead, None) == EMPTY
    assert publication.killing(EMPTY) is None


@given(st.lists(people, max_size=4))
def test_names_are_withheld_and_printed_again_one_by_one(ids: list[str]) -> None:
    article = EMPTY
    for each in ids:
        article = publication.withholding(article, each)
    assert publication.withheld(article) == set(ids)
    for each in ids:
        article = publication.withholding(article, each, undo=True)
    assert article == EMPTY
