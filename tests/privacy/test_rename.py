"""Renamed reports, stories and people: only names change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from support.strategies import catalogs
from transflow.model.catalog import Catalog
from transflow.model.unit import Act, Assignment, Conflict, ConflictShare, Meta, Question, Sighting, Unit, Use
from transflow.po.catalog import new_header, serialize
from transflow.po.header import with_counts
from transflow.privacy import rename
from transflow.units.workflow import is_approved, state


def texts(catalog: Catalog) -> list[tuple[str, str, str, str]]:
    return [(unit.id, unit.source, unit.target, unit.previous) for unit in (*catalog.units, *catalog.obsolete)]


@given(catalogs())
def test_a_renamed_person_is_nowhere_and_nothing_else_changed(catalog: Catalog) -> None:
    signed = catalog.replace(
        header=catalog.header.replace(
            X_Ready="claire 2024-03-26T05:00:00Z",
            X_Cleared="claire 2024-03-26T05:00:00Z 0123456789abcdef alone nobody else",
            X_Killed="claire 2024-03-26T05:00:00Z claire said so",
            X_Withheld="claire leejin",
        )
    )
    new = rename.person_renamed(signed, "claire", "p-7k2m")
    assert texts(new) == texts(signed)
    assert [(state(unit), is_approved(unit)) for unit in new.units] == [
        (state(unit), is_approved(unit)) for unit in signed.units
    ]
    records = repr([unit.replace(source="x", target="", comments=(), conflicts=()) for unit in new.units])
    assert "who='claire'" not in records
    assert "to='claire'" not in records
    assert new.header.get("X-Cleared") == "p-7k2m 2024-03-26T05:00:00Z 0123456789abcdef alone nobody else"
    assert new.header.get("X-Withheld") == "leejin p-7k2m"
    assert rename.person_renamed(new, "claire", "p-7k2m") == new
    assert rename.person_renamed(new, "p-7k2m", "claire").units == signed.units


def test_every_record_that_names_a_person_follows() -> None:
    unit = Unit(
        "k7f3q2mx",
        "가",
        "a",
        assigned=Assignment("claire"),
        questions=(Question("leejin", "2024-03-26T05:00:00Z", "claire", "claire?"),),
        redacted=Act("claire", "2024-03-26T05:00:00Z"),
        conflicts=(Conflict("claire", "2024-03-26T05:00:00Z", "b c", (ConflictShare("by", "claire", 2),)),),
        other=(Meta("later-key", "1 claire clairex x-claire"),),
    )
    (new,) = rename.person_renamed(Catalog(units=(unit,)), "claire", "p-7k2m").units
    assert new.assigned == Assignment("p-7k2m")
    assert new.questions[0].to == "p-7k2m"
    assert new.questions[0].text == "claire?"
    assert new.redacted
    assert new.redacted.who == "p-7k2m"
    assert "claire" not in repr(new.conflicts)
    assert new.other == (Meta("later-key", "1 p-7k2m clairex x-claire"),)


@given(catalogs(), st.sampled_from(["un-letter", "rights-groups", "2024/03-talks"]))
def test_references_follow_a_report_and_come_back_with_it(catalog: Catalog, slug: str) -> None:
    article = catalog.replace(header=new_header("en", "en", X_Article="river", X_Reports="un-letter rights-groups"))
    new = rename.with_renamed_report_refs(article, slug, "new-name")
    assert not rename.refers_to_report(new, slug)
    assert texts(new) == texts(article)
    assert rename.with_renamed_report_refs(new, "new-name", slug) == article
    assert rename.with_renamed_report_refs(new, slug, "new-name") is new


def test_a_correction_note_follows_the_report_that_it_is_about() -> None:
    unit = Unit("k7f3q2mx", "a", other=(Meta("corrects", "w5h2c8de 2024-03-26T05:00:00Z un-letter#k7f3q2mx"),))
    (new,) = rename.with_renamed_report_refs(Catalog(units=(unit,)), "un-letter", "letter").units
    assert new.other[0].value == "w5h2c8de 2024-03-26T05:00:00Z letter#k7f3q2mx"


def test_citations_follow_a_story_with_its_paragraphs_and_no_other() -> None:
    cites = ("river", "river#k7f3q2mx", "en:river", "vi:river", "riverside", "https://x.example/river")
    article = Catalog(new_header("en", "en"), (Unit("k7f3q2mx", "a", cites=cites),))
    (here,) = rename.with_renamed_citations(article, "en", "river", "stream", here=True).units
    assert here.cites == ("stream", "stream#k7f3q2mx", "en:stream", "vi:river", "riverside", "https://x.example/river")
    (there,) = rename.with_renamed_citations(article, "en", "river", "stream", here=False).units
    assert there.cites == ("river", "river#k7f3q2mx", "en:stream", "vi:river", "riverside", "https://x.example/river")
    assert not rename.cites_story(Catalog(units=(there,)), "en", "river", here=False)


def test_renaming_a_catalog_changes_one_line_of_its_file() -> None:
    catalog = Catalog(new_header("en", "ko", X_Report="un-letter"), (Unit("k7f3q2mx", "가", "a"),))
    before, after = (
        serialize(with_counts(catalog)).split("\n"),
        serialize(rename.report_renamed(with_counts(catalog), "letter")).split("\n"),
    )
    assert [line for line in after if line not in before] == ['"X-Report: letter\\n"']


def test_a_person_who_is_renamed_is_so_in_every_field_that_names_one() -> None:
    time = "2024-03-26T09:00:00Z"
    notice = f'{time} jun translation correction "jun said {time} jun twice"'
    catalog = Catalog(
        new_header(
            "en", "en", X_Article="river", X_Live=f"jun {time}", X_Notice=f"{notice} {notice.replace('jun', 'mina')}"
        ),
        (Unit("k7f3q2mx", "가", record=Use("off", "jun", time), seen=(Sighting("jun", time, "0" * 16),)),),
    )
    new = rename.person_renamed(catalog, "jun", "p-7k2m")
    assert new.header.get("X-Live") == f"p-7k2m {time}"
    assert new.header.get("X-Notice").startswith(f"{time} p-7k2m translation")
    assert (new.units[0].record, new.units[0].seen[0].who) == (Use("off", "p-7k2m", time), "p-7k2m")
