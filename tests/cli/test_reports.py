"""Specification of `transflow add`, `update`, `assign` and `queue`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.commands import REPORT, contents, done, in_terminal, new_project, program, refusal, transflow
from transflow.project import CatalogRef, Project

PLAIN = "태풍이 지나갔다\n\n태풍이 6일 새벽 지나갔다. 피해는 적었다.\n둘째 줄은 둘째 문단이다.\n"


def sources(folder: Path, slug: str) -> list[str]:
    return [unit.source for unit in Project(folder).load(CatalogRef("en", "reports", slug)).units]


def file(folder: Path, name: str, text: str) -> str:
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    return str(path)


# add


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


def test_a_slug_may_stand_under_a_year(room: Path) -> None:
    done(room, "add", file(room, "typhoon.txt", PLAIN), "--slug", "2024/typhoon")
    assert (room / "sources/2024/typhoon.md").is_file()
    assert "en:2024/typhoon" in done(room, "status")


def test_several_files_are_added_one_after_the_other(room: Path) -> None:
    out = done(room, "add", file(room, "one.txt", PLAIN), file(room, "two.txt", PLAIN))
    assert re.findall(r"sources/(\w+)\.md", out) == ["one", "two"]


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
        ("typhoon.txt", PLAIN, ["--slug", "Typhoon!"], 2, "“Typhoon!” is no slug: small letters, digits and hyphens"),
        ("typhoon.txt", PLAIN, ["--slug", "../typhoon"], 2, "is no slug"),
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


def test_a_file_in_another_encoding_is_refused_with_the_command_that_converts_it(room: Path) -> None:
    path = room.parent / "typhoon.txt"
    path.write_bytes(PLAIN.encode("cp949"))
    message = refusal(room, "add", str(path), code=3)
    assert "typhoon.txt:1: this is not UTF-8" in message
    assert "iconv -f CP949" in message


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
        "“Typhoon!” is no slug": "typhoon",
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


# update


NEWER = REPORT.replace("3곳이", "4곳이").replace(" 다친 사람은 없다.", "") + "\n비는 7일 그쳤다.\n"


@pytest.fixture
def translated(room: Path) -> Path:
    """The report of `room` translated by two people, its second sentence approved, and a story that stands on it."""
    for number, (who, text) in enumerate(
        [("claire", "Bridges out"), ("claire", "Three bridges failed."), ("leejin", "Nobody was hurt."),
         ("leejin", "The city began repairs."), ("leejin", "They take two months.")], 1
    ):  # fmt: skip
        done(room, "unit", "set", f"flood#{number}", text, user=who)
    done(room, "unit", "approve", "flood#2", user="mina")
    done(room, "compose", "bridges", "--from", "flood", user="eugene")
    return room


def test_a_new_version_shows_sentences_translations_paragraphs_and_people(translated: Path) -> None:
    out = done(translated, "update", "flood", file(translated, "new.md", NEWER), user="claire")
    assert out.splitlines()[0] == "en:flood: 1 new, 1 changed, 1 removed, 3 unchanged"
    assert "flood#2 changed (translated by Claire Lee, approved by mina)" in out
    assert (
        "- 강변시 다리 3곳이 5일 밤 끊겼다.\n    + 강변시 다리 4곳이 5일 밤 끊겼다.\n    = Three bridges failed." in out
    )
    assert "flood#3 removed (translated by Leejin Jun)\n    - 다친 사람은 없다.\n    = Nobody was hurt." in out
    assert "new\n    + 비는 7일 그쳤다." in out
    assert "waits for nobody yet: `transflow assign flood#… --to ID`" in out
    assert "touches en:bridges#2" in out
    assert "transflow unit confirm flood#…" in out
    assert (translated / "sources/flood.md").read_text(encoding="utf-8") == NEWER


def test_still_right_takes_one_step_and_is_recorded(translated: Path) -> None:
    done(translated, "update", "flood", file(translated, "new.md", NEWER), user="claire")
    assert "needs another look" in done(translated, "unit", "show", "flood#2")
    done(translated, "unit", "confirm", "flood#2", user="leejin")
    unit = Project(translated).load(CatalogRef("en", "reports", "flood")).units[1]
    assert (unit.fuzzy, unit.previous, unit.target) == (False, "", "Three bridges failed.")
    assert [(each.who, each.words) for each in unit.by] == [("claire", 3), ("leejin", 0)]


def test_a_dry_run_shows_the_same_and_changes_nothing(translated: Path) -> None:
    path = file(translated, "new.md", NEWER)
    before = contents(translated)
    dry = transflow(translated, "update", "flood", path, "--dry-run", user="claire")
    assert contents(translated) == before
    assert "Nothing was written (--dry-run)." in dry.err
    assert dry.out == done(translated, "update", "flood", path, user="claire")


def test_a_dry_run_of_all_changes_nothing_either(translated: Path) -> None:
    (translated / "sources/flood.md").write_text(NEWER, encoding="utf-8")
    before = contents(translated)
    dry = transflow(translated, "update", "--dry-run")
    assert "1 changed" in dry.out
    assert "Nothing was written" in dry.err
    assert contents(translated) == before


def test_a_version_without_front_matter_keeps_that_of_the_old_one(translated: Path) -> None:
    body = NEWER.split("---\n")[2].strip() + "\n"
    ran = transflow(translated, "update", "flood", "-", user="claire", stdin=body)
    assert ran.code == 0, ran
    assert (translated / "sources/flood.md").read_text(encoding="utf-8") == NEWER


def test_the_same_version_again_changes_nothing(translated: Path) -> None:
    path = file(translated, "new.md", NEWER)
    done(translated, "update", "flood", path, user="claire")
    before = contents(translated)
    assert "no sentence changed" in done(translated, "update", "flood", path, user="claire")
    assert contents(translated) == before


def test_update_without_a_file_takes_the_reports_as_they_are(translated: Path) -> None:
    (translated / "sources/flood.md").write_text(NEWER, encoding="utf-8")
    out = done(translated, "update")
    assert "1 new, 1 changed, 1 removed" in out
    assert "0 of 1 were up to date" in out
    assert "1 of 1 were up to date" in done(translated, "update")


def test_one_language_alone_may_be_updated(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    (folder / "sources/flood.md").write_text(NEWER, encoding="utf-8")
    out = done(folder, "update", "--locale", "vi")
    assert "vi:flood" in out
    assert "en:flood" not in out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["floot"], 2, "no report “floot”. Did you mean flood?"),
        (["floot", "NEW"], 2, "no report “floot”. Did you mean flood?"),
        (["../flood"], 2, "no report"),
        (["flood", "none.md"], 2, "there is no file none.md"),
        (["--locale", "fr"], 2, "no language “fr”"),
    ],
)
def test_an_update_of_nothing_is_refused(translated: Path, arguments: list[str], code: int, message: str) -> None:
    path = file(translated, "new.md", NEWER)
    arguments = [path if each == "NEW" else each for each in arguments]
    assert message in refusal(translated, "update", *arguments, user="claire", code=code)


def test_a_version_that_cannot_be_read_leaves_the_old_one(translated: Path) -> None:
    path = translated.parent / "new.md"
    path.write_bytes(NEWER.encode("cp949"))
    assert "is not UTF-8" in refusal(translated, "update", "flood", str(path), user="claire", code=3)


def test_a_catalog_that_cannot_be_read_is_named_and_the_others_are_updated(room: Path) -> None:
    for name in ("one", "two"):
        done(room, "add", file(room, f"{name}.txt", PLAIN))
    for name in ("one", "two"):
        (room / f"sources/{name}.md").write_text(REPORT, encoding="utf-8")
    (room / "locales/en/reports/one.po").write_text("junk\n", encoding="utf-8")
    ran = transflow(room, "update")
    assert ran.code == 3
    assert "locales/en/reports/one.po:1" in ran.err
    assert "en:two: " in ran.out
    assert (room / "locales/en/reports/one.po").read_text(encoding="utf-8") == "junk\n"


def test_many_reports_show_how_far_it_is_on_a_terminal_only(room: Path) -> None:
    for number in range(30):
        (room / f"sources/report-{number}.md").write_text(REPORT, encoding="utf-8")
    quiet = program(room, "update", "--dry-run")
    assert quiet.code == 0
    assert "Updating" not in quiet.err
    code, screen = in_terminal(room, "update", "--dry-run")
    assert code == 0
    assert "Updating" in screen
    assert "100%" in screen


# assign


def test_sentences_are_shared_in_runs_and_the_deadline_is_read_in_the_project_s_time(room: Path) -> None:
    out = done(room, "assign", "flood", "--to", "claire,leejin", "--due", "2098-03-26 18:00", user="mina")
    assert re.fullmatch(
        r"claire: 1-\d \(\d sentences, \d+ characters\)\nleejin: \d-5 \(\d sentences, \d+ characters\)\n", out
    )
    units = Project(room).load(CatalogRef("en", "reports", "flood")).units
    assert {unit.assigned.due for unit in units if unit.assigned} == {"2098-03-26T09:00:00Z"}
    assert all(unit.assigned for unit in units)


def test_a_part_may_be_assigned_and_the_rest_stays(room: Path) -> None:
    done(room, "assign", "flood", "--to", "claire", user="mina")
    done(room, "assign", "flood", "--to", "leejin", "--units", "4-5", "--due", "+3h", user="mina")
    units = Project(room).load(CatalogRef("en", "reports", "flood")).units
    assert [unit.assigned.who for unit in units if unit.assigned] == ["claire"] * 3 + ["leejin"] * 2


def test_what_is_left_out_is_not_assigned(room: Path) -> None:
    done(room, "unit", "omit", "flood#1", "an advertisement", user="mina")
    assert done(room, "assign", "flood", "--to", "claire", user="mina").startswith("claire: 2-5 (4 sentences")


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--to", "clare"], 2, "Did you mean claire?"),
        (["--to", "claire,clare"], 2, "Did you mean claire?"),
        (["--to", ""], 2, "name at least one person"),
        (["--to", "claire", "--units", "4-9"], 2, "they go from 1 to 5"),
        (["--to", "claire", "--due", "soon"], 2, "“soon” is not a deadline"),
        (["--to", "claire", "--due", "2020-01-01 09:00"], 2, "is past"),
    ],
)
def test_an_assignment_that_does_not_fit_is_refused(room: Path, options: list[str], code: int, message: str) -> None:
    assert message in refusal(room, "assign", "flood", *options, user="mina", code=code)


def test_nobody_is_assigned_a_language_that_they_do_not_work_in_or_after_they_left(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    done(folder, "person", "add", "ann", "--name", "Ann", "--role", "translator", "--locales", "vi")
    with (folder / "transflow.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[people]]\nid = "gone"\nname = "Gone"\nroles = ["translator"]\nleft = 2024-01-31\n')
    assert "ann works in vi, not in en" in refusal(folder, "assign", "en:flood", "--to", "ann", user="mina")
    assert "gone left on 2024-01-31" in refusal(folder, "assign", "en:flood", "--to", "gone", user="mina")
    assert "say which, as in en:SLUG" in refusal(folder, "assign", "flood", "--to", "ann", user="mina", code=2)
    done(folder, "assign", "vi:flood", "--to", "ann", user="mina")


# queue


def test_a_queue_has_what_is_mine_with_its_deadline_most_urgent_first(room: Path) -> None:
    done(room, "assign", "flood", "--to", "claire", "--due", "2098-03-26 18:00", user="mina")
    done(room, "unit", "set", "flood#1", "Bridges out", user="claire")
    done(room, "unit", "return", "flood#1", "Too short.", user="mina")
    done(room, "unit", "ask", "flood#2", "Three or four?", "--to", "claire", user="leejin")
    assert done(room, "queue", user="claire").splitlines() == [
        "en  flood#2  1 to answer  due 2098-03-26 18:00",
        "en  flood#1  1 sent back  due 2098-03-26 18:00",
        "en  flood#2-5  4 to translate  due 2098-03-26 18:00",
    ]


def test_an_editor_s_queue_has_what_may_be_approved_and_the_stories_to_clear(translated: Path) -> None:
    assert "flood#1,3-5  4 to approve" in done(translated, "queue", user="juno")
    done(translated, "unit", "confirm", "bridges", user="eugene")
    done(translated, "ready", "bridges", user="eugene")
    assert "en  bridges  to read and clear" in done(translated, "queue", user="mina")
    assert "bridges" not in done(translated, "queue", user="claire")


def test_a_queue_for_machines(room: Path) -> None:
    done(room, "assign", "flood", "--to", "claire", "--units", "2-3", "--due", "2098-03-26 18:00", user="mina")
    assert json.loads(done(room, "queue", "--format", "json", user="claire")) == [
        {"ref": "en:flood#2-3", "what": "translate", "due": "2098-03-26T09:00:00Z", "overdue": False}
    ]
    assert json.loads(done(room, "queue", "--format", "json", user="leejin")) == []


def test_a_catalog_that_cannot_be_read_is_named_and_the_rest_of_the_queue_is_shown(room: Path) -> None:
    done(room, "add", file(room, "typhoon.txt", PLAIN))
    done(room, "assign", "typhoon", "--to", "claire", user="mina")
    (room / "locales/en/reports/flood.po").write_text("junk\n", encoding="utf-8")
    ran = transflow(room, "queue", user="claire")
    assert ran.code == 3
    assert "locales/en/reports/flood.po:1" in ran.err
    assert ran.out == "en  typhoon#1-4  4 to translate\n"


def test_an_empty_queue_says_whose_it_is(room: Path) -> None:
    ran = transflow(room, "queue", user="leejin")
    assert ran == (0, "", "Nothing waits for leejin.\n")
