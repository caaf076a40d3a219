"""`transflow add`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.commands import REPORT, contents, done, in_terminal, new_project, refusal, transflow
from transflow.project import CatalogRef, Project

PLAIN = "태풍이 지나갔다\n\n태풍이 6일 새벽 지나갔다. 피해는 적었다.\n둘째 줄은 둘째 문단이다.\n"


def sources(folder: Path, slug: str) -> list[str]:
    return [unit.source for unit in Project(folder).load(CatalogRef("en", "reports", slug)).units]


def file(folder: Path, name: str, text: str) -> str:
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_plain_text_has_its_headline_in_the_first_line_and_a_paragraph_in_every_other(room: Path) -> None:
    out = done(room, "add", file(room, "typhoon.txt", PLAIN))
    assert out.splitlines() == ["sources/typhoon.md: “태풍이 지나갔다”", "en:typhoon: 4 sentences to translate."]
    assert sources(room, "typhoon") == [
        "태풍이 지나갔다",
        "태풍이 6일 새벽 지나갔다.",
        "피해는 적었다.",
        "둘째 줄은 둘째 문단이다.",
    ]
    units = Project(room).load(CatalogRef("en", "reports", "typhoon")).units
    assert [(unit.kind, unit.continued) for unit in units] == [
        ("headline", False),
        ("paragraph", False),
        ("paragraph", True),
        ("paragraph", False),
    ]


def test_markdown_keeps_its_front_matter_and_its_structure(room: Path) -> None:
    text = "---\ntitle: 제목\ndeck: 부제목이다.\nreview: 박\n---\n\n## 소제목\n\n- 하나\n- 둘\n\n> 인용이다.\n"
    done(room, "add", file(room, "typhoon.md", text))
    assert "review: 박" in (room / "sources/typhoon.md").read_text(encoding="utf-8")
    kinds = [unit.kind for unit in Project(room).load(CatalogRef("en", "reports", "typhoon")).units]
    assert kinds == ["headline", "deck", "subhead", "list item", "list item", "quote"]


def test_standard_input_is_read_for_a_dash_and_needs_a_slug(room: Path) -> None:
    ran = transflow(room, "add", "-", stdin=PLAIN)
    assert (ran.code, ran.out) == (2, "")
    assert "say --slug NAME" in ran.err
    done(room, "add", "-", "--slug", "typhoon", "--byline", "이정은", "--date", "2024-09-06", stdin=PLAIN)
    text = (room / "sources/typhoon.md").read_text(encoding="utf-8")
    assert "byline: 이정은\ndate: 2024-09-06\n" in text


def test_what_the_file_says_wins_over_the_options(room: Path) -> None:
    done(room, "add", file(room, "a.md", REPORT), "--slug", "typhoon", "--byline", "다른 사람")
    assert "byline: 이정은" in (room / "sources/typhoon.md").read_text(encoding="utf-8")


def test_a_heading_that_begins_a_markdown_text_is_its_headline(room: Path) -> None:
    done(room, "add", file(room, "typhoon.md", "# 태풍 지나가\n\n태풍이 6일 지나갔다.\n"))
    text = (room / "sources/typhoon.md").read_text(encoding="utf-8")
    assert text == "---\ntitle: 태풍 지나가\n---\n\n태풍이 6일 지나갔다.\n"


def test_a_field_that_transflow_does_not_know_is_pointed_out_and_kept(room: Path) -> None:
    ran = transflow(room, "add", file(room, "typhoon.md", REPORT.replace("dateline:", "datline:")))
    assert "sources/typhoon.md:" in ran.err
    assert "Did you mean dateline?" in ran.err
    assert "datline: " in (room / "sources/typhoon.md").read_text(encoding="utf-8")


def test_a_file_of_jekyll_has_its_author_for_a_byline_and_its_tags_named(room: Path) -> None:
    text = REPORT.replace("byline:", "author:").replace("dateline:", "draft: true\nlayout:")
    ran = transflow(room, "add", file(room, "typhoon.md", text + "\n{% include map.html %}\n"))
    assert ran.code == 0
    assert "sources/typhoon.md:14: {% include map.html %} is a template tag" in ran.err
    assert "Did you mean" not in ran.err
    assert "author: 이정은\n" in (room / "sources/typhoon.md").read_text(encoding="utf-8")
    assert "\nbyline: 이정은\n" in (room / "sources/typhoon.md").read_text(encoding="utf-8")
    assert "include" not in done(room, "unit", "show", "typhoon")


def test_a_document_is_named_by_its_content(room: Path) -> None:
    path = room / "my report.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert "my report.txt: this is a picture (PNG), and no text" in refusal(room, "add", str(path), code=3)


def test_a_slug_may_stand_under_a_year(room: Path) -> None:
    done(room, "add", file(room, "typhoon.txt", PLAIN), "--slug", "2024/typhoon")
    assert (room / "sources/2024/typhoon.md").is_file()
    assert "en:2024/typhoon" in done(room, "status")


def test_several_files_are_added_one_after_the_other(room: Path) -> None:
    out = done(room, "add", file(room, "one.txt", PLAIN), file(room, "two.txt", PLAIN))
    assert re.findall(r"sources/(\w+)\.md", out) == ["one", "two"]


def test_a_file_that_cannot_be_added_keeps_out_no_other(room: Path) -> None:
    good, last = file(room, "one.txt", PLAIN), file(room, "two.txt", PLAIN.replace("태풍", "폭풍"))
    bad = file(room, "bad.md", "---\ntitle: 제목\n본문이다.\n")
    ran = transflow(room, "add", good, bad, "none.txt", last)
    assert re.findall(r"sources/(\w+)\.md", ran.out) == ["one", "two"]
    assert ran.code == 3
    assert "bad.md:1: " in ran.err
    assert "there is no file none.txt" in ran.err
    assert ran.err.endswith("2 added, 0 there already, 2 not added.\n")


def test_what_is_there_already_is_passed_over_and_what_differs_is_named(room: Path) -> None:
    files = [file(room, "one.txt", PLAIN), file(room, "two.txt", PLAIN.replace("태풍", "폭풍"))]
    done(room, "add", files[0])
    before = contents(room)
    ran = transflow(room, "add", files[0])
    assert (ran.code, ran.out, ran.err) == (0, "", "sources/one.md is there already, with this text.\n")
    assert contents(room) == before
    ran = transflow(room, "add", *files)
    assert (ran.code, re.findall(r"sources/(\w+)\.md", ran.out)) == (0, ["two"])
    assert ran.err.endswith("1 added, 1 there already, 0 not added.\n")
    changed = file(room, "one.txt", PLAIN + "새 문장이다.\n")
    ran = transflow(room, "add", changed, files[1])
    assert ran.code == 2
    assert "`transflow update one FILE`" in ran.err


@pytest.mark.parametrize(
    ("name", "title", "slug"),
    [
        ("un-letter.md", "U.N. asks China", "un-letter"),
        ("UN Letter.md", "U.N. asks China", "un-letter"),
        ("un-letter.md", "유엔, 중국에 요청", "un-letter"),
        ("편지.md", "U.N. asks China", "2024/u-n-asks-china"),
    ],
)
def test_a_report_has_the_name_of_its_file_else_of_its_headline(room: Path, name: str, title: str, slug: str) -> None:
    text = f"---\ntitle: {title}\ndate: 2024-03-26\n---\n\n유엔이 요청했다.\n"
    assert f"sources/{slug}.md" in done(room, "add", file(room, name, text))


def test_every_language_gets_its_catalog(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    done(folder, "add", file(folder, "typhoon.txt", PLAIN))
    assert "vi:typhoon" in done(folder, "status")


@pytest.mark.parametrize(
    ("name", "text", "options", "code", "message"),
    [
        (
            "flood.txt",
            PLAIN,
            [],
            2,
            "there is a report “flood” already. Say another --slug, or `transflow update flood FILE`",
        ),
        (
            "typhoon.txt",
            PLAIN,
            ["--slug", "Typhoon!"],
            2,
            "“Typhoon!” cannot be its name: small letters, digits and hyphens",
        ),
        ("typhoon.txt", PLAIN, ["--slug", "../typhoon"], 2, "cannot be its name"),
        ("typhoon.txt", "", [], 2, "has no headline: say --title"),
        ("typhoon.md", "태풍이 지나갔다.\n", [], 2, "typhoon.md has no headline: say --title"),
        ("typhoon.txt", PLAIN, ["--date", "2024-13-01"], 2, "--date: “2024-13-01” is no date; write 2024-03-26"),
        ("typhoon.md", "---\ntitle: 제목\n---\n", [], 2, "there is no text below the headline “제목”"),
        ("태풍.txt", PLAIN, [], 2, "a Korean headline gives no file name: say --slug NAME"),
        ("typhoon.md", "---\ntitle: 제목\n본문이다.\n", [], 3, "typhoon.md:"),
    ],
)
def test_what_cannot_be_added_is_refused_with_the_way_out(
    room: Path, name: str, text: str, options: list[str], code: int, message: str
) -> None:
    assert message in refusal(room, "add", file(room, name, text), *options, code=code)


def test_a_korean_file_in_another_encoding_is_read_and_the_encoding_is_named(room: Path) -> None:
    path = room.parent / "typhoon.txt"
    path.write_bytes(PLAIN.encode("cp949"))
    assert "typhoon.txt: it is read as CP949 (EUC-KR)." in transflow(room, "add", str(path)).err
    assert "title: 태풍이 지나갔다" in (room / "sources/typhoon.md").read_text(encoding="utf-8")


def test_a_file_in_an_encoding_that_is_not_known_is_refused_with_the_line(room: Path) -> None:
    path = room.parent / "typhoon.txt"
    path.write_bytes("Typhoon\nПогода в Москве.\n".encode("koi8-r"))
    assert "typhoon.txt:2: this is not UTF-8" in refusal(room, "add", str(path), code=3)


@pytest.mark.parametrize(("name", "message"), [("none.txt", "there is no file none.txt"), (".", ". is a folder")])
def test_a_file_that_is_none_is_a_usage_error(room: Path, name: str, message: str) -> None:
    assert message in refusal(room, "add", name, code=2)


def test_a_story_and_a_report_never_share_a_name(sample: Path) -> None:
    assert "there is a story “un-china-refugees” already" in refusal(
        sample, "add", file(sample, "un-china-refugees.txt", PLAIN), code=2
    )


def test_on_a_terminal_what_is_missing_is_asked_for_until_it_fits(room: Path) -> None:
    path = file(room, "flood.md", "태풍이 6일 새벽 지나갔다. 피해는 적었다.\n\n둘째 문단이다.\n")
    answers = {
        "Headline: ": "태풍 지나가",
        "Byline: ": "이정은",
        "Date (YYYY-MM-DD): ": "어제",
        "“어제” is no date": "2024-09-06",
        "there is a report “flood” already": "Typhoon!",
        "“Typhoon!” cannot be its name": "typhoon",
    }
    code, screen = in_terminal(room, "add", path, answers=answers)
    assert code == 0, screen
    text = (room / "sources/typhoon.md").read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: 태풍 지나가\nbyline: 이정은\ndate: 2024-09-06\n---\n\n태풍이 6일")


def test_ctrl_c_at_a_question_adds_nothing(room: Path) -> None:
    before = contents(room)
    code, screen = in_terminal(room, "add", file(room, "태풍.txt", PLAIN), answers={"Byline": "\x03"})
    assert code == 130, screen
    assert contents(room) == before
