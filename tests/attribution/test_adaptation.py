"""Adapted reports: a sentence is its own draft, and is nobody's until somebody writes another."""

import pytest

from transflow.attribution.adaptation import with_sources_as_drafts
from transflow.attribution.authorship import SOURCE, with_target
from transflow.digests import approval
from transflow.model.catalog import Catalog
from transflow.model.unit import Act, Approval, Authorship, Conflict, Unit
from transflow.po.catalog import new_header

NOW, LATER = "2024-03-26T05:00:00Z", "2024-03-27T05:00:00Z"
SENTENCE = Unit("k7f3q2mx", "Two bridges reopened.")


def adapted(unit: Unit, language: str = "en", now: str = NOW) -> Unit:
    """Return a sentence of an English catalog, of a report in a language."""
    catalog = Catalog(new_header("en", language, X_Report="bridges"), (unit,))
    return with_sources_as_drafts(catalog, now).units[0]


def test_a_sentence_without_a_text_takes_its_own_and_needs_no_look() -> None:
    drafted = adapted(SENTENCE.replace(fuzzy=True))
    assert (drafted.target, drafted.fuzzy) == (SENTENCE.source, False)
    assert drafted.by == (Authorship(SOURCE, NOW, 3),)


def test_a_translated_report_is_left_alone() -> None:
    assert adapted(SENTENCE, "ko") == SENTENCE


def test_a_new_version_of_a_report_brings_the_sentence_up_and_takes_its_approval_back() -> None:
    drafted = adapted(SENTENCE)
    given = Approval("mina", NOW, approval(drafted.id, drafted.source, drafted.target))
    revised = drafted.replace(source="Three bridges reopened.", previous=drafted.source, fuzzy=True, approved=given)
    new = adapted(revised, now=LATER)
    assert (new.target, new.previous, new.fuzzy, new.approved) == ("Three bridges reopened.", "", False, None)
    assert {each.who: each.words for each in new.by} == {SOURCE: 3}


def test_a_sentence_that_is_its_own_draft_stays_as_it_is() -> None:
    drafted = adapted(SENTENCE)
    given = Approval("mina", NOW, approval(drafted.id, drafted.source, drafted.target))
    assert adapted(drafted.replace(approved=given), now=LATER) == drafted.replace(approved=given)


WRITTEN = with_target(SENTENCE, "A pair of bridges is open again.", "claire", NOW)


@pytest.mark.parametrize(
    "unit",
    [
        WRITTEN,
        with_target(adapted(SENTENCE), "Two bridges reopened on Tuesday.", "claire", LATER),
        SENTENCE.replace(target="Written in another program."),
        SENTENCE.replace(omitted=Act("mina", NOW)),
        SENTENCE.replace(conflicts=(Conflict("leejin", NOW, "Both bridges are open."),)),
    ],
    ids=["somebody wrote it", "somebody added to it", "changed outside", "omitted", "two texts"],
)
def test_what_people_wrote_or_left_out_stays(unit: Unit) -> None:
    assert adapted(unit, now=LATER) == unit
