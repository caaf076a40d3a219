"""Glossaries of other programs, read and written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.commands import done, new_project, refusal, transflow
from transflow.actions.language import glossary
from transflow.errors import RefusedError, UnknownNameError, UnreadableError, UsageError
from transflow.glossary import Term, table, tbx
from transflow.glossary.terms import KINDS, checked
from transflow.project import Project

WORDS = (
    "평양",
    "A",
    "a|b",
    "|",
    "c\\",
    "\\|",
    "#1",
    "source",
    "ko",
    "b;",
    "c,d",
    '"e"',
    "'",
    "<f>",
    "&amp;",
    "é",
    "=1+1",
    "-2",
    "+3",
    "@SUM(A1)",
    "'=",
    "＝1",
)
TEXT = st.sampled_from(["", *WORDS, *(f"{one} {other}" for one in WORDS for other in WORDS)])
FULL = TEXT.filter(bool)
SOME = st.lists(FULL, max_size=2, unique=True).map(tuple)
TERMS = st.builds(
    Term,
    FULL,
    FULL,
    st.sampled_from(KINDS),
    TEXT,
    forced=st.booleans(),
    allowed=SOME,
    forbidden=SOME,
    short=TEXT,
    homograph=st.booleans(),
    also=SOME,
    open=st.booleans(),
    comments=SOME,
)


@given(st.lists(TERMS, max_size=3))
def test_what_is_written_is_read_back(terms: list[Term]) -> None:
    assert [each.term for each in table.parse(table.write(terms), "g.csv")] == terms
    assert [each.term for each in tbx.parse(tbx.write(terms, "ko", "en"), "g.tbx", "ko", "en")] == terms


@pytest.mark.parametrize(
    "text",
    [
        "source,target,kind\n평양,Pyongyang,place\n",
        "Korean;English;type\n평양;Pyongyang;Place\n",
        "평양\tPyongyang\n",
        "용어집,,\n\n한국어,영어 표기,비고\n평양,Pyongyang,x\n",
        "location,source,target,fuzzy,translator_comments\na:1,평양,Pyongyang,,\n",
        "id,target,note,term\n7,Pyongyang,,평양\n",
    ],
)
def test_tables_of_other_programs_are_understood(text: str) -> None:
    ((term, line, _),) = table.parse(text.encode("utf-16" if text.startswith("Korean") else "utf-8"), "g.csv")
    assert line == text.count("\n")
    assert (term.source, term.target) == ("평양", "Pyongyang")


@given(st.lists(TERMS, max_size=3))
def test_a_glossary_that_goes_out_and_back_says_the_same(terms: list[Term]) -> None:
    data = table.write([checked(each) for each in terms if not contradicts(each)], "\t")
    assert table.write([each.term for each in table.parse(data, "g.tsv")], "\t") == data


def contradicts(term: Term) -> bool:
    return bool({*term.forbidden} & {term.target, term.short, *term.allowed})


TBX = (
    '<martif xml:lang="en"><text><body>\n<termEntry id="c8"><langSet xml:lang="kor"><tig><term>탈북민</term></tig></langSet>\n'
    '<langSet xml:lang="en_US">{}</langSet></termEntry></body></text></martif>'
)


def spelling(text: str, status: str, kind: str = "termNote") -> str:
    element = (
        f'<{kind} type="administrativeStatus">{status}</{kind}>' if kind == "termNote" else f"<{kind}>{status}</{kind}>"
    )
    return f"<tig><term>{text}</term>{element * bool(status)}</tig>"


@pytest.mark.parametrize(
    ("status", "field"),
    [
        ("admittedTerm-admn-sts", "allowed"),
        ("allowed", "allowed"),
        ("", "allowed"),
        ("forbidden", "forbidden"),
        ("obsolete", "forbidden"),
        ("deprecatedTerm-admn-sts", "forbidden"),
        ("superseded", "forbidden"),
        ("notRecommended", "forbidden"),
        ("Do not use", "forbidden"),
        ("proposed", ""),
        ("x-unheard-of", ""),
    ],
)
def test_a_status_that_is_unknown_is_never_allowed(status: str, field: str) -> None:
    file = TBX.format(spelling("defector", "") + spelling("refugee", status))
    ((term, line, remarks),) = tbx.parse(file.encode(), "g.tbx", "ko", "en")
    assert (term.target, line) == ("defector", 2)
    assert [name for name in ("allowed", "forbidden") if "refugee" in getattr(term, name)] == [field] * bool(field)
    assert bool(remarks) == (not field) == ("refugee" in "".join(term.comments))
    in_table = f"ko,en,status\n탈북민,defector,\n탈북민,refugee,{status}\n".encode()
    _, (term, _, remarks) = table.parse(in_table, "g.csv")
    assert (term.target == "refugee") == (field == "allowed")
    assert bool(remarks) == (not field)


def test_the_preferred_spelling_is_the_target_wherever_it_stands() -> None:
    file = TBX.format(
        spelling("refugee", "")
        + spelling("defector", "preferredTerm-admn-sts", "min:x").replace("min:x", "administrativeStatus")
    )
    ((term, _, _),) = tbx.parse(file.encode(), "g.tbx", "ko", "en")
    assert (term.target, term.allowed) == ("defector", ("refugee",))


@pytest.mark.parametrize("name", ["g.csv", "g.txt", "g.tab", "g.utf8", "g.tsv"])
def test_of_two_spellings_in_a_file_the_second_is_named(room: Path, name: str) -> None:
    delimiter = "," if name == "g.csv" else "\t"
    lines = ["원어 영어 비고", "해주 Haeju a", "해주 Haeju-city", "원산 Wonsan", "해주 Haeju b"]
    (room / name).write_text("\n".join(lines).replace(" ", delimiter), encoding="utf-8")
    shown = transflow(room, "glossary", "import", str(room / name))
    assert "1 left as it was" in shown.out
    assert f"{name}:3: not taken, since line 2 spells it otherwise: 해주 → Haeju-city" in shown.err
    listed = json.loads(done(room, "glossary", "list", "--format", "json"))
    assert [(each["source"], each["target"]) for each in listed] == [("해주", "Haeju"), ("원산", "Wonsan")]
    assert listed[0]["comments"] == ["a", "b"]


def test_columns_that_are_not_read_are_named(room: Path) -> None:
    (room / "g.csv").write_text("ko,vi,en,Part of speech\n평양,Bình Nhưỡng,Pyongyang,noun\n", encoding="utf-8")
    shown = transflow(room, "glossary", "import", str(room / "g.csv"))
    assert "no names of columns that are known: vi, Part of speech" in shown.err


@pytest.mark.parametrize("words", ["korea workers", '"workers\' party"', "로동당", "조선 노동당", "조선노동당"])
def test_terms_are_found_by_words_in_any_order(room: Path, words: str) -> None:
    done(room, "glossary", "add", "조선노동당", "Workers' Party of Korea", "--also", "로동당")
    assert "Workers' Party of Korea" in done(room, "glossary", "find", words)


@pytest.mark.parametrize(
    ("text", "where"),
    [("source,target\n,x\n", 2), ("source,kind\na,b\nc,planet\n", 2), ('source\n"a\n', 2), ("a\n\x80", 2)],
)
def test_a_table_that_cannot_be_read_is_named_with_its_line(text: str, where: int) -> None:
    with pytest.raises(UnreadableError, match=rf"g\.csv:{where}: "):
        table.parse(text.encode("latin-1"), "g.csv")


NEW_TBX = """<?xml version="1.0"?><tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en">
<text><body><conceptEntry id="1"><descrip type="subjectField">person</descrip>
<langSec xml:lang="en-US"><termSec><term>Kim <hi>Jong</hi> Un</term></termSec>
<termSec><term>Kim Jong-un</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="ko-KR"><termSec><term>김정은</term></termSec></langSec></conceptEntry>
<conceptEntry id="2"><langSec xml:lang="fr"><termSec><term>x</term></termSec></langSec></conceptEntry></body></text></tbx>"""


def test_the_edition_of_2019_is_read() -> None:
    assert tbx.parse(NEW_TBX.encode(), "g.tbx", "ko", "en") == (
        (Term("김정은", "Kim Jong Un", "person", forbidden=("Kim Jong-un",)), 2, ()),
    )
    assert tbx.parse(NEW_TBX.encode("utf-16"), "g.tbx", "ko", "en")


def test_entities_are_not_expanded_and_broken_files_are_named() -> None:
    bomb = '<!DOCTYPE martif [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><martif>&c;</martif>'
    with pytest.raises(UnreadableError, match="entities"):
        tbx.parse(bomb.encode(), "g.tbx", "ko", "en")
    with pytest.raises(UnreadableError, match=r"g\.tbx:2: this is no XML"):
        tbx.parse(b"<martif>\n<a></b></martif>", "g.tbx", "ko", "en")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(new_project(tmp_path))


def test_a_spelling_is_replaced_only_when_that_is_said(project: Project) -> None:
    glossary.add(project, "en", Term("평양", "Pyongyang", "place"))
    with pytest.raises(RefusedError, match="--replace"):
        glossary.add(project, "en", Term("평양", "Phyongyang"))
    glossary.add(project, "en", Term("평양", "Phyongyang"), replace=True)
    glossary.add(project, "en", Term("평양", "the regime", context="government"))
    assert [(term.target, term.context) for term in glossary.terms(project, "en")] == [
        ("Phyongyang", ""),
        ("the regime", "government"),
    ]
    glossary.remove(project, "en", "평양", "government")
    assert len(glossary.terms(project, "en")) == 1
    with pytest.raises(UnknownNameError, match="평양"):
        glossary.remove(project, "en", "평앙")


def test_an_import_adds_what_is_new_and_says_what_it_left(project: Project) -> None:
    glossary.add(project, "en", Term("평양", "Pyongyang"))
    data = "source,target\n평양,Phyongyang\n청진,Chongjin\n".encode()
    added = glossary.import_terms(project, "en", data, "g.csv")
    assert ([term.source for term in added.new], [term.source for term in added.kept]) == (["청진"], ["평양"])
    assert glossary.import_terms(
        project, "en", glossary.export(project, "en", "g.tbx"), "g.tbx"
    ) == glossary.AddedTerms((), (), (), 2)
    assert glossary.import_terms(project, "en", data, "g.csv", replace=True).changed[0].target == "Phyongyang"
    with pytest.raises(UsageError, match="neither"):
        glossary.import_terms(project, "en", data, "g.doc")


def test_an_import_says_what_it_leaves(room: Path) -> None:
    """A file with the same or fewer data is not reported as having other spellings."""
    done(room, "glossary", "add", "평양", "Pyongyang", "--kind", "place")
    for text, told in (
        ("평양,Pyongyang\n", "0 terms new, 0 changed, 1 the same, 0 left as they were."),
        (
            "source,target,forbidden\n평양,Pyongyang,Phyongyang\n",
            "0 terms new, 0 changed, 0 the same, 1 left as it was.",
        ),
        ("평양,Pyŏngyang\n원산,Wonsan\n", "1 term new, 0 changed, 0 the same, 1 left as it was."),
    ):
        (room / "terms.csv").write_text(text, encoding="utf-8")
        assert done(room, "glossary", "import", str(room / "terms.csv")) == f"{told}\n"


def test_a_list_without_columns_adds_nothing(room: Path) -> None:
    (room / "terms.csv").write_text("평양\n원산\n", encoding="utf-8")
    assert "terms.csv:1: neither the names of columns" in refusal(
        room, "glossary", "import", str(room / "terms.csv"), code=3
    )
    assert done(room, "glossary", "list") == ""


def test_the_matcher_is_made_again_when_the_file_changes(project: Project) -> None:
    assert glossary.matcher(project, "en").find("평양") == []
    glossary.add(project, "en", Term("평양", "Pyongyang"))
    assert glossary.matcher(project, "en") is glossary.matcher(project, "en")
    assert len(glossary.matcher(project, "en").find("평양에서")) == 1
    assert [term.target for term in glossary.find(project, "en", "pyong")] == ["Pyongyang"]
    assert [term.target for term in glossary.find(project, "en", "그는 평양에 갔다.")] == ["Pyongyang"]
