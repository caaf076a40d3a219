"""Two people changed the glossary: every spelling is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.errors import UnreadableError
from transflow.glossary import spellings
from transflow.merge.glossary import merge_glossary
from transflow.po.syntax import entries

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def glossary(**terms: str) -> str:
    return HEADER + "".join(f'\nmsgid "{source}"\nmsgstr "{target}"\n' for source, target in terms.items())


BASE = glossary(평양="Pyongyang", 함흥="Hamhung", 원산="Wonsan")


def merged(ours: str, theirs: str, base: str | None = BASE) -> dict[str, str]:
    text, issues = merge_glossary(base, ours, theirs, "glossary.po")
    assert not issues
    return spellings(text, "glossary.po")


def test_additions_changes_and_deletions_of_both_are_there() -> None:
    ours = glossary(평양="Pyongyang", 함흥="Hamhŭng", 원산="Wonsan", 혜산="Hyesan")
    theirs = glossary(평양="Pyongyang", 함흥="Hamhung", 신의주="Sinuiju")
    wanted = {"평양": "Pyongyang", "함흥": "Hamhŭng", "혜산": "Hyesan", "신의주": "Sinuiju"}
    assert merged(ours, theirs) == merged(theirs, ours) == wanted


def test_deleted_here_and_changed_there_it_lives() -> None:
    assert merged(glossary(평양="Pyongyang", 함흥="Hamhung"), BASE.replace("Wonsan", "Wŏnsan"))["원산"] == "Wŏnsan"


def test_two_spellings_wait_for_a_decision_and_neither_is_lost() -> None:
    text, issues = merge_glossary(BASE, BASE.replace("Wonsan", "Wŏnsan"), BASE.replace("Wonsan", "Weonsan"), "g.po")
    entry = next(each for each in entries(text, "g.po")[0] if each.strings["msgid"] == "원산")
    assert (entry.strings["msgstr"], entry.flags) == ("Wŏnsan", ["fuzzy"])
    assert any("Weonsan" in line for line in entry.comments)
    assert [issue.severity for issue in issues] == ["error"]
    assert "원산" not in spellings(text, "g.po")


def test_comments_of_both_are_kept() -> None:
    ours, theirs = (BASE.replace('msgid "원산"', f'# {line}\nmsgid "원산"') for line in ("A port.", "In Kangwon."))
    text, _ = merge_glossary(BASE, ours, theirs, "g.po")
    assert {"# A port.", "# In Kangwon."} <= set(text.split("\n"))


def test_without_a_base_both_are_there() -> None:
    assert merged(glossary(평양="Pyongyang"), glossary(원산="Wonsan"), None) == {"평양": "Pyongyang", "원산": "Wonsan"}


def test_an_entry_that_is_there_twice_is_refused() -> None:
    twice = BASE + '\nmsgid "원산"\nmsgstr "Wŏnsan"\n'
    with pytest.raises(UnreadableError, match="twice"):
        merge_glossary(BASE, twice, glossary(평양="Pyongyang"), "g.po")


terms = st.dictionaries(st.sampled_from(["평양", "함흥", "원산", "혜산"]), st.sampled_from(["A", "B", "C", ""]))


@given(terms, terms, terms)
def test_it_does_not_matter_whose_side_is_whose(base: dict[str, str], one: dict[str, str], two: dict[str, str]) -> None:
    before, ours, theirs = (glossary(**each) for each in (base, one, two))
    text, issues = merge_glossary(before, ours, theirs, "g.po")
    other, same = merge_glossary(before, theirs, ours, "g.po")
    assert text == other
    assert sorted(issues) == sorted(same)
    found = {entry.strings["msgid"]: entry for entry in entries(text, "g.po")[0]}
    for side in (one, two):
        for source, target in side.items():
            if target != base.get(source) and target:
                entry = found[source]
                assert target == entry.strings["msgstr"] or any(f'"{target}"' in line for line in entry.comments)
