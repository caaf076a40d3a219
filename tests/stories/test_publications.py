"""Records of publication: none is ever overwritten."""

from __future__ import annotations

from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.strategies import acts, people, times
from transflow.errors import UsageError
from transflow.model.catalog import Catalog
from transflow.model.unit import Act
from transflow.po.catalog import new_header, parse, serialize
from transflow.po.header import with_counts
from transflow.stories import publications
from transflow.stories.publications import CAUSES, VERSIONS, Notice, Publication
from transflow.text import one_line

EMPTY = Catalog(new_header("en", "en", X_Article="river"))
records = st.builds(
    Publication,
    times,
    st.sampled_from(["https://a.example/x", "https://a.example/y?q=1#top", "http://b.example/강"]),
    st.sampled_from(["0123456789abcdef", "fedcba9876543210"]),
    st.sampled_from(VERSIONS),
)
notices = st.builds(
    Notice, times, people, st.sampled_from(CAUSES), st.sampled_from(VERSIONS), st.text(max_size=20).map(one_line)
)


@given(st.lists(records, max_size=5, unique_by=lambda each: each.time).map(sorted))
def test_what_was_recorded_is_read_back_in_order_through_the_file(made: list[Publication]) -> None:
    article = EMPTY
    for each in made:
        article = publications.with_publications(article, [each])
    assert publications.publications(parse(serialize(with_counts(article)), "x.po")) == tuple(
        publications.without_repeats(made)
    )


@given(st.lists(records, max_size=4, unique_by=lambda each: each.time).map(sorted))
def test_recording_twice_is_recording_once(made: list[Publication]) -> None:
    once = publications.with_publications(EMPTY, made)
    assert publications.with_publications(once, made) == once


def test_the_same_again_is_nothing_and_the_same_after_another_version_is_something() -> None:
    one = Publication("2024-03-26T01:00:00Z", "https://a.example/x", "0123456789abcdef", "first")
    two = one._replace(time="2024-03-27T01:00:00Z", digest="fedcba9876543210", kind="update")
    back = one._replace(time="2024-03-28T01:00:00Z")
    article = publications.with_publications(EMPTY, [one])
    assert publications.with_publications(article, [one._replace(time="2024-03-26T02:00:00Z")]) is article
    assert publications.with_publications(article, [one._replace(time="2024-03-25T02:00:00Z")]) is article
    refiled = one._replace(time="2024-03-26T02:00:00Z", kind="refile")
    assert publications.publications(publications.with_publications(article, [refiled])) == (one, refiled)
    article = publications.with_publications(article, [two, back])
    assert publications.addresses(article) == (back,)
    assert publications.versions(article) == {one.digest: (1, "first"), two.digest: (2, "update")}


def test_the_first_time_is_set_once_whatever_the_addresses_say() -> None:
    page = Publication("2024-03-26T01:00:00Z", "https://a.example/x", "0123456789abcdef", "first")
    article = publications.with_publications(EMPTY, [page])
    article = publications.with_first_time(article, "2024-03-20T01:00:00Z", page.digest)
    article = publications.with_first_time(article, "2024-03-21T01:00:00Z", page.digest)
    said = Publication("2024-03-21T01:00:00Z", publications.NO_ADDRESS, page.digest, "first")
    assert publications.publications(article) == (page, said)
    assert publications.first_published(article) == "2024-03-21T01:00:00Z"
    assert article.header.get("X-Published") == f"{page} {said}"


def test_records_of_format_1_count_the_same() -> None:
    old = "2024-03-26T01:00:00Z https://a.example/x 0123456789abcdef"
    newer = "2024-03-27T01:00:00Z https://a.example/x fedcba9876543210"
    article = EMPTY.replace(header=EMPTY.header.replace(X_Published=f"{newer} {old}"))
    assert [each.kind for each in publications.publications(article)] == ["", ""]
    assert publications.versions(article) == {"0123456789abcdef": (1, "first"), "fedcba9876543210": (2, "update")}
    again = Publication("2024-03-28T01:00:00Z", "https://a.example/x", "fedcba9876543210", "update")
    assert publications.with_publications(article, [again]) is article
    assert publications.default_kind(article, "https://a.example/x", "fedcba9876543210", {}) == "update"


@pytest.mark.parametrize(
    ("known", "digest", "noted", "expected"),
    [
        ("", "0123456789abcdef", "", "first"),
        ("", "0123456789abcdef", "2024-03-26T01:00:00Z", "first"),
        ("first", "0123456789abcdef", "2024-03-27T01:00:00Z", "first"),
        ("first", "fedcba9876543210", "", "update"),
        ("first", "fedcba9876543210", "2024-03-25T01:00:00Z", "update"),
        ("first", "fedcba9876543210", "2024-03-26T01:00:00Z", "correction"),
        ("refile", "0123456789abcdef", "", "refile"),
    ],
)
def test_as_what_a_version_goes_out_follows_from_what_went_out(
    known: str, digest: str, noted: str, expected: str
) -> None:
    record = Publication("2024-03-26T01:00:00Z", "https://a.example/x", "0123456789abcdef", known)
    article = publications.with_publications(EMPTY, [record] if known else [])
    assert publications.default_kind(article, "https://b.example/x", digest, {"correction": noted}) == expected


@given(st.lists(records, max_size=4), st.lists(notices, max_size=3, unique=True))
def test_nothing_that_is_written_is_unreadable(made: list[Publication], told: list[Notice]) -> None:
    article = publications.with_publications(EMPTY, made)
    for each in told:
        article = publications.with_notice(publications.with_notice(article, each), each)
    read = parse(serialize(with_counts(article)), "x.po")
    assert publications.unreadable_parts(read) == []
    assert publications.notices(read) == tuple(told)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("X_Published", "yesterday https://a.example/x"),
        ("X_Published", "2024-03-26T01:00:00Z https://a.example/x 0123456789abcdef reprint"),
        ("X_Notice", '2024-03-26T01:00:00Z mina weather correction "x"'),
        ("X_Notice", '2024-03-26T01:00:00Z mina editing reprint "x"'),
        ("X_Notice", "2024-03-26T01:00:00Z mina editing correction x"),
    ],
)
def test_what_cannot_be_read_is_named_and_stays(field: str, value: str) -> None:
    article = EMPTY.replace(header=EMPTY.header.replace(**{field: value}))
    assert len(publications.unreadable_parts(article)) == 1
    record = Publication("2024-03-27T01:00:00Z", "https://a.example/x", "0123456789abcdef", "first")
    article = publications.with_notice(
        publications.with_publications(article, [record]), Notice(record.time, "mina", "editing", "correction", "")
    )
    assert value in article.header.get(field.replace("_", "-"))


def test_a_slug_that_is_used_again_draws_another_id() -> None:
    first = publications.new_id("Herald", "en", "river", ())
    assert first == str(uuid5(UUID(publications._NAMESPACE), "Herald\0en\0river"))  # feeds have it
    assert first == publications.new_id("Herald", "en", "river", {"x"})
    others = {
        publications.new_id(*each, ())
        for each in (("Herald", "vi", "river"), ("Globe", "en", "river"), ("Herald", "en", "x"))
    }
    second = publications.new_id("Herald", "en", "river", {first})
    third = publications.new_id("Herald", "en", "river", {first, second})
    assert len({first, second, third, *others}) == 6
    article = EMPTY.replace(header=EMPTY.header.replace(X_Id=third))
    assert publications.story_id(article) == third
    assert (
        publications.story_id(EMPTY)
        == publications.story_id(EMPTY.replace(header=EMPTY.header.replace(X_Id="x")))
        == ""
    )


def test_the_newest_record_of_an_address_counts_and_the_older_ones_stay() -> None:
    first = Publication("2024-03-26T01:00:00Z", "https://a.example/x", "0123456789abcdef")
    second = Publication("2024-03-27T01:00:00Z", "https://a.example/x", "fedcba9876543210")
    other = Publication("2024-03-26T02:00:00Z", "https://b.example/x", "0123456789abcdef")
    article = publications.with_publications(EMPTY, [first, other, second])
    assert publications.addresses(article) == (second, other)
    assert publications.publications(article) == (first, other, second)


def test_an_address_that_is_gone_keeps_its_records_and_gets_one_more() -> None:
    kept = Publication("2024-03-26T01:00:00Z", "https://a.example/x", "0123456789abcdef", "first")
    gone = Publication("2024-03-26T02:00:00Z", "https://a.example/xy", "0123456789abcdef", "first")
    now = "2024-03-27T01:00:00Z"
    article = publications.with_withdrawal(publications.with_publications(EMPTY, [kept, gone]), gone.address, now)
    assert publications.publications(article) == (kept, gone, gone._replace(time=now, kind="withdrawn"))
    assert publications.addresses(article) == (kept,)
    assert publications.with_withdrawal(article, gone.address, now) is article
    nowhere = publications.with_withdrawal(article, kept.address, now)
    assert publications.addresses(nowhere) == ()
    assert publications.is_published(article)
    assert not publications.is_published(nowhere)
    back = publications.with_publications(nowhere, [kept._replace(time="2024-03-28T01:00:00Z")])
    assert publications.addresses(back) == (kept._replace(time="2024-03-28T01:00:00Z"),)


@pytest.mark.parametrize("address", ["", "a.example", "ftp://a.example/x", "https://", "https://a b", "javascript:x"])
def test_only_addresses_of_the_web_are_recorded(address: str) -> None:
    with pytest.raises(UsageError, match="no web address"):
        publications.checked_address(address)


@given(acts)
def test_who_killed_a_story_and_why_is_read_back(act: Act) -> None:
    dead = publications.with_kill_record(EMPTY, act)
    assert publications.kill_record(parse(serialize(with_counts(dead)), "x.po")) == act
    assert publications.with_kill_record(dead, None) == EMPTY
    assert publications.kill_record(EMPTY) is None


@given(st.lists(people, max_size=4))
def test_names_are_withheld_and_printed_again_one_by_one(ids: list[str]) -> None:
    article = EMPTY
    for each in ids:
        article = publications.with_withheld_person(article, each)
    assert publications.withheld_people(article) == set(ids)
    for each in ids:
        article = publications.with_withheld_person(article, each, undo=True)
    assert article == EMPTY
