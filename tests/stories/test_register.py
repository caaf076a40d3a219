"""The register: every correction that was begun and every withdrawal, once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from support.strategies import people, times
from transflow.model.catalog import Catalog
from transflow.model.unit import Act
from transflow.po.catalog import new_header
from transflow.stories import publications, register
from transflow.stories.publications import CAUSES, Notice, Publication
from transflow.stories.register import ToldAddress
from transflow.text import one_line

EMPTY = Catalog(new_header("en", "en", X_Article="river"))
A, B = "https://a.example/x", "https://b.example/x"
ONE, TWO = "0123456789abcdef", "fedcba9876543210"
KINDS = ("correction", "clarification", "withdrawn")
DAY = tuple(f"2024-03-{day}T01:00:00Z" for day in range(21, 29))
made = st.builds(
    Notice, times, people, st.sampled_from(CAUSES), st.sampled_from(KINDS), st.text(max_size=9).map(one_line)
)
records = st.builds(
    Publication,
    times,
    st.sampled_from([A, B]),
    st.sampled_from([ONE, TWO]),
    st.sampled_from(["first", "update", "withdrawn"]),
)


def published(*records: Publication) -> Catalog:
    return publications.with_publications(EMPTY, records)


@given(st.lists(records, max_size=5), st.lists(made, max_size=4, unique=True))
def test_every_notice_is_an_entry_and_no_entry_has_a_cause_that_nobody_gave(
    out: list[Publication], told: list[Notice]
) -> None:
    article = published(*out)
    for each in told:
        article = publications.with_notice(article, each)
    found = register.entries(article)
    given_causes = [(each.time, each.who, each.cause, each.kind, each.partners) for each in found if each.cause]
    assert sorted(given_causes) == sorted(tuple(each) for each in told)
    assert [each.time for each in found] == sorted(each.time for each in found)


def test_a_correction_has_the_version_that_readers_got_and_the_addresses_that_are_not_updated() -> None:
    article = published(Publication(DAY[0], A, ONE, "first"), Publication(DAY[1], B, ONE, "first"))
    article = publications.with_notice(article, Notice(DAY[2], "mina", "editing", "correction", "Yonhap"))
    (entry,) = register.entries(article)
    assert (entry.version, entry.addresses) == (0, (ToldAddress(A), ToldAddress(B)))
    article = publications.with_publications(article, [Publication(DAY[3], A, TWO, "correction")])
    (entry,) = register.entries(article)
    assert (entry.version, entry.addresses) == (2, (ToldAddress(A, DAY[3]), ToldAddress(B)))


def test_a_page_that_was_gone_before_is_not_to_be_told() -> None:
    article = published(Publication(DAY[0], A, ONE, "first"), Publication(DAY[0], B, ONE, "first"))
    article = publications.with_withdrawal(article, B, DAY[1])
    article = publications.with_notice(article, Notice(DAY[2], "mina", "editing", "correction", ""))
    removal, correction = register.entries(article)
    assert (removal.kind, removal.who, removal.version) == ("withdrawn", "", 1)
    assert correction.addresses == (ToldAddress(A),)


def test_a_kill_and_the_pages_that_were_removed_after_it_are_one_withdrawal() -> None:
    article = published(Publication(DAY[0], A, ONE, "first"), Publication(DAY[0], B, ONE, "first"))
    article = publications.with_kill_record(article, Act("mina", DAY[1], "the source took it back"))
    article = publications.with_withdrawal(article, A, DAY[2])
    (entry,) = register.entries(article)
    assert (entry.time, entry.kind, entry.who, entry.cause) == (DAY[1], "withdrawn", "mina", "")
    assert entry.addresses == (ToldAddress(A, DAY[2], is_gone=True), ToldAddress(B))
    again = publications.with_publications(article, [Publication(DAY[3], B, TWO, "update")])
    assert register.entries(again)[0].addresses[1] == ToldAddress(B, DAY[3])
    recorded = publications.with_notice(article, Notice(DAY[1], "mina", "reporting", "withdrawn", ""))
    assert [each.cause for each in register.entries(recorded)] == ["reporting"]


def test_a_page_that_was_published_again_and_removed_again_was_withdrawn_twice() -> None:
    article = published(Publication(DAY[0], A, ONE, "first"))
    article = publications.with_notice(article, Notice(DAY[1], "mina", "editing", "withdrawn", ""))
    article = publications.with_withdrawal(article, A, DAY[1])
    article = publications.with_publications(article, [Publication(DAY[2], A, ONE, "first")])
    article = publications.with_withdrawal(article, A, DAY[3])
    assert [(each.time, each.cause) for each in register.entries(article)] == [(DAY[1], "editing"), (DAY[3], "")]


def test_a_story_that_was_killed_before_it_was_out_was_not_withdrawn() -> None:
    assert register.entries(publications.with_kill_record(EMPTY, Act("mina", DAY[1], "no"))) == []
