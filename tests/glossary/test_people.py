"""The people whom a report names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.commands import done, new_project, transflow
from transflow.glossary import Term
from transflow.glossary.matching import Matcher
from transflow.glossary.people import find_names


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("김하늘 대변인은 이서준(34) 씨와 만났다.", ["김하늘", "이서준"]),
        ("대변인 박지우는 떠났다.", ["박지우"]),
        ("김하늘 외교부 대변인과 최도윤 통일부 장관이 말했다.", ["김하늘", "최도윤"]),
        ("남궁민수 기자와 황보라 기자", ["남궁민수", "황보라"]),
        ("북한 주민 리철남 씨는", ["리철남"]),
        ("안토니우 구테흐스 사무총장은 밝혔다.", ["안토니우 구테흐스"]),
        ("유엔의 토마스 오헤아 킨타나 북한인권 특별보고관은", ["토마스 오헤아 킨타나"]),
        ("한국 대통령은 정부 대변인과 함께 전 장관을 만났다.", []),
        ("주한미대사의 발언에 이들 대표는 놀랐다.", []),
        ("신임 사무총장은 방대한 조직을 이끈다.", []),
        ("", []),
    ],
)
def test_names_stand_beside_titles_and_ages(text: str, wanted: list[str]) -> None:
    found = find_names(text)
    assert [name.text for name in found] == wanted
    assert all(text[name.start : name.end] == name.text for name in found)


def test_a_person_of_the_glossary_needs_no_title_and_a_place_is_nobody() -> None:
    matcher = Matcher([Term("김정은", "Kim Jong Un", "person"), Term("하노이", "Hanoi", "place")])
    (name,) = find_names("김정은이 하노이 대표부에 갔다.", matcher)
    assert (name.text, name.term and name.term.target) == ("김정은", "Kim Jong Un")


REPORT = """---
title: 김하늘 대변인, 회담 열려
byline: 이정은
date: 2024-03-26
---

김하늘 대변인은 구테흐스 사무총장과 만났다. 회담은 이틀 걸렸다.

김하늘은 떠났다. 리설주 여사도 떠났다.
"""


def test_each_name_has_its_approved_spelling_or_none_yet(tmp_path: Path) -> None:
    folder = new_project(tmp_path)
    (folder / "sources" / "talks.md").write_text(REPORT, "utf-8")
    done(folder, "update", "talks")
    done(folder, "glossary", "add", "구테흐스", "Guterres", "--kind", "person", "--forbidden", "Gutierres")
    done(folder, "glossary", "add", "리설주", "--kind", "person")
    ran = transflow(folder, "names", "talks")
    assert ran.out.splitlines() == [
        "김하늘  none yet  #1-2,4",
        "구테흐스  Guterres  #2",
        "리설주  none yet  #5",
        "이정은  Jeong Eun Lee  byline",
    ]
    assert "2 names without a spelling" in ran.err
    found = json.loads(done(folder, "names", "talks", "--format", "json"))
    assert found[1] == {"name": "구테흐스", "sentences": [2], "spelling": "Guterres"}
    assert found[0]["spelling"] is None


CODE = """
import sys
from transflow.glossary import Term
from transflow.glossary.homographs import judge
from transflow.glossary.matching import Matcher
terms = [Term("평양"), Term("수단", "Sudan", "place", homograph=True)]
matcher = Matcher(terms, judge)
assert len(matcher.find("평양에서 회담이 열렸다.")) == 1
assert "kiwipiepy" not in sys.modules, "imported without a homograph"
hits = matcher.find("수단 정부는 휴전에 합의했다.")
print(len(hits), hits[0].certain, len(matcher.find("수단과 방법을 가리지 않았다.")))
"""


def test_kiwi_is_imported_when_a_homograph_occurs_and_tells_sudan_from_means() -> None:
    from importlib.util import find_spec

    ran = subprocess.run([sys.executable, "-c", CODE], capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    wanted = "1 True 0" if find_spec("kiwipiepy") else "1 False 1"
    assert ran.stdout.split() == wanted.split()
