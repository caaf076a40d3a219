"""`transflow redact`: no file contains the text afterwards, and nothing restores it."""

from __future__ import annotations

import fcntl
import json
import shutil
from pathlib import Path

import pytest

from support.commands import contents, done, in_terminal, refusal, transflow
from support.dying import DiedError, dying
from support.newsrooms import git
from support.stories import PAGES, TEXTS, actor, again, everywhere, report, river, story
from transflow.actions.privacy.residue import find_residues
from transflow.actions.stories import article
from transflow.actions.units import steps
from transflow.engines.setup.spending import Ledger, ledger_folder
from transflow.privacy.redact import Redaction
from transflow.project import CatalogRef, Project
from transflow.project.cache import ensure_private_file
from transflow.project.cache import folder as cache_folder
from transflow.units.workflow import is_approved
from transflow.user_folders import drafts_folder, project_id

KIM = "Haneul Kim"
WITH_IT = """\
---
title: 홍수로 다리 3곳 끊겨
byline: 이정은
tags: 홍수, Haneul Kim
date: 2024-03-26
dateline: Riverside
---

강변시 다리 3곳이 5일 밤 끊겼다. **Haneul** Kim 씨는 다치지 않았다.

시는 6일 복구를 시작했다. 공사는 두 달 걸린다.
"""


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """Return a project with the name in every kind of file, in two languages."""
    folder = river(tmp_path / "room")
    (folder / "sources" / "flood.md").write_text(WITH_IT, encoding="utf-8")
    for locale, text in (("en", "Haneul  Kim was not hurt."), ("vi", "Haneul Kim không bị thương.")):
        done(folder, "update", "flood", "--locale", locale, user="claire")
        steps.confirm(actor(folder, "claire"), f"{locale}:flood#3", text)
        steps.comment(actor(folder, "claire"), f"{locale}:flood#1", "Haneul\nKim 씨에게 묻기")
        steps.ask(actor(folder, "claire"), f"{locale}:flood#4", "Haneul Kim?", "mina")
        steps.answer(actor(folder, "mina"), f"{locale}:flood#4", "Haneul Kim이 맞다")
        steps.omit(actor(folder, "claire"), f"{locale}:flood#5", "Haneul Kim 씨 요청")
        steps.approve(actor(folder, "mina"), f"{locale}:flood#1-4")
        article.compose_article(actor(folder, "eugene"), f"{locale}:river", [])
        steps.confirm(actor(folder, "eugene"), f"{locale}:river#2", f"{locale}: bridges cut, **Haneul Kim** unhurt.")
        again(folder, locale)
    glossary = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\nmsgid "하늘"\nmsgstr "Haneul Kim"\n'
    (folder / "locales" / "en" / "glossary.po").write_text(glossary, encoding="utf-8")
    kept = ensure_private_file(cache_folder(folder) / "memory.sqlite")
    kept.write_bytes(b"\0\1" + KIM.encode())
    (folder / "locales" / "en" / "reports" / ".flood.po.999999.tmp").write_text(KIM, encoding="utf-8")
    return folder


def redact(folder: Path, *more: str, text: str = KIM) -> str:
    return done(folder, "redact", text, "--with", "[name redacted]", "--yes", *more, user="mina")


def test_afterwards_no_file_of_the_project_has_it(newsroom: Path) -> None:
    assert len(everywhere(newsroom, KIM)) >= 10
    redact(newsroom)
    assert everywhere(newsroom, KIM) == []
    assert len(everywhere(newsroom, "[name redacted]")) >= 5


def test_what_was_redacted_is_marked_and_keeps_its_id_and_its_authors(newsroom: Path) -> None:
    before = {locale: report(newsroom, locale) for locale in ("en", "vi")}
    redact(newsroom)
    for locale, old in before.items():
        new = report(newsroom, locale)
        assert [unit.id for unit in new.units] == [unit.id for unit in old.units]
        assert [[each.who for each in unit.by] for unit in new.units] == [
            [each.who for each in unit.by] for unit in old.units
        ]
        assert [bool(unit.redacted) for unit in new.units] == [True, False, True, True, True]
        assert [is_approved(unit) for unit in new.units] == [True, True, False, True, True]
        assert not any(unit.fuzzy or unit.previous for unit in new.units)


def test_what_is_owed_is_listed_by_place_and_never_quoted(newsroom: Path) -> None:
    ran = transflow(newsroom, "redact", KIM, "--with", "[name redacted]", "--yes", user="mina")
    assert KIM not in ran.out + ran.err
    assert "en:flood#3: source, target redacted" in ran.out
    assert "vi:flood#1: comment redacted" in ran.out
    assert "transflow unit approve en:flood#3" in ran.out
    assert "transflow clear vi:river" in ran.out
    assert "https://news.example.org/vi/river" in ran.out
    assert "build/en/river.html: removed" in ran.out


def test_no_update_brings_it_back(newsroom: Path) -> None:
    redact(newsroom)
    before = contents(newsroom)
    assert done(newsroom, "update", user="claire") == "2 of 2 were up to date.\n"
    shutil.rmtree(newsroom / ".transflow")
    done(newsroom, "update", "flood", user="claire")
    assert contents(newsroom) == before
    assert everywhere(newsroom, KIM) == []


def test_a_sentence_that_was_dropped_is_redacted_too_and_not_revived(newsroom: Path) -> None:
    path = newsroom / "sources" / "flood.md"
    path.write_text(WITH_IT.replace(" **Haneul** Kim 씨는 다치지 않았다.", ""), encoding="utf-8")
    done(newsroom, "update", user="claire")
    redact(newsroom)
    assert everywhere(newsroom, KIM) == []
    path.write_text(WITH_IT.replace("**Haneul** Kim", "[name redacted]"), encoding="utf-8")
    done(newsroom, "update", user="claire")
    new = report(newsroom).units[2]
    assert "[name redacted]" in new.source
    assert not new.target


def test_a_dry_run_says_the_same_and_changes_nothing(newsroom: Path) -> None:
    before = contents(newsroom)
    would = redact(newsroom, "--dry-run")
    assert contents(newsroom) == before
    assert KIM not in would
    did = redact(newsroom)
    assert [line.replace("would lose it", "redacted") for line in would.split("\n") if "would" in line] == [
        line for line in did.split("\n") if line.endswith("redacted")
    ]


def test_done_twice_nothing_is_left_to_do(newsroom: Path) -> None:
    redact(newsroom)
    before = contents(newsroom)
    ran = transflow(newsroom, "redact", KIM, "--with", "[name redacted]", "--yes", user="mina")
    assert (ran.code, ran.err) == (0, "It is nowhere in the record.\n")
    assert contents(newsroom) == before


def test_the_story_is_read_cleared_and_printed_again(newsroom: Path) -> None:
    redact(newsroom)
    assert "changed since it was published" in done(newsroom, "status")
    done(newsroom, "unit", "approve", "en:flood#3", user="mina")
    done(newsroom, "clear", "en:river", user="mina")
    done(newsroom, "render", "en:river")
    assert "**" not in (newsroom / "build" / "en" / "river.txt").read_text(encoding="utf-8")
    assert "<strong>[name redacted]</strong>" in (newsroom / "build" / "en" / "river.html").read_text(encoding="utf-8")


def test_output_of_a_story_that_nothing_touched_stays(tmp_path: Path) -> None:
    folder = river(tmp_path / "room")
    steps.comment(actor(folder, "claire"), "vi:flood#1", "Haneul Kim 씨에게 묻기")
    before = {path: data for path, data in contents(folder).items() if path.startswith("build/")}
    redact(folder)
    assert {path: data for path, data in contents(folder).items() if path.startswith("build/")} == before
    assert transflow(folder, "check").code == 0


def test_another_redaction_reports_nothing_of_an_interrupted_one(newsroom: Path) -> None:
    with pytest.raises(DiedError), dying(16, newsroom):
        redact(newsroom)
    note = (newsroom / ".transflow" / "redacting").read_text(encoding="utf-8")
    assert "en:flood#3" in note
    assert KIM not in note
    assert "en:flood#3" not in redact(newsroom, text="두 달")
    assert not (newsroom / ".transflow" / "redacting").exists()
    redact(newsroom)
    assert everywhere(newsroom, KIM) == everywhere(newsroom, "두 달") == []


def test_the_note_of_an_earlier_version_is_honoured(tmp_path: Path) -> None:
    """It names stories that were cleared, and output to render again."""
    folder = river(tmp_path / "room")
    steps.confirm(actor(folder, "eugene"), "en:river#2", "The bridges are gone.")
    note = {"cleared": [["en", "river"], ["vi", "river"]], "output": [["en", "river", "html", False]]}
    (folder / ".transflow" / "redacting").write_text(json.dumps(note), encoding="utf-8")
    out = redact(folder)
    assert "  transflow clear en:river\n" in out
    assert "clear vi:river" not in out
    assert "build/en/river.html: removed" in out
    assert not story(folder).header.get("X-Cleared")
    assert not (folder / ".transflow" / "redacting").exists()


def test_a_text_over_the_end_of_a_sentence_is_refused_and_nothing_changes(newsroom: Path) -> None:
    said = refusal(newsroom, "redact", "끊겼다. Haneul Kim", "--with", "[x]", "--yes", user="mina")
    assert "en:flood#2, en:flood#3" in said
    assert "끊겼다" not in said


def test_only_an_editor_redacts(newsroom: Path) -> None:
    assert "claire is no editor" in refusal(newsroom, "redact", KIM, "--with", "[x]", "--yes", user="claire")


def test_a_broken_template_keeps_no_text_in_the_record(tmp_path: Path) -> None:
    folder = river(tmp_path / "room")
    settings = folder / "transflow.toml"
    text = settings.read_text(encoding="utf-8").replace('templates = ""', 'templates = "none"')
    settings.write_text(text, encoding="utf-8")
    out = redact(folder, text="다친 사람")
    assert everywhere(folder, "다친 사람") == []
    assert "build/en/river.html: removed" in out


def test_the_text_can_come_from_standard_input(newsroom: Path) -> None:
    done(newsroom, "redact", "-", "--with", "[x]", "--yes", user="mina", stdin=f"{KIM}\n")
    assert everywhere(newsroom, KIM) == []


def test_on_a_terminal_one_is_asked_first(newsroom: Path) -> None:
    before = contents(newsroom)
    code, screen = in_terminal(newsroom, "redact", KIM, "--with", "[x]", user="mina", answers={"for good?": "n"})
    assert (code, contents(newsroom)) == (2, before)
    assert "en:flood#3: source, target" in screen
    assert "nothing was changed" in screen


def test_files_that_are_no_record_are_named_and_left_alone(newsroom: Path) -> None:
    (newsroom / "notes.txt").write_text("1\n2 Haneul Kim\n", encoding="utf-8")
    with (newsroom / "transflow.toml").open("a", encoding="utf-8") as file:
        file.write("# Haneul Kim\n")
    out = redact(newsroom)
    assert "  notes.txt:2\n" in out
    assert "  transflow.toml:" in out
    assert "transflow person protect" in out
    assert everywhere(newsroom, KIM) == ["notes.txt", "transflow.toml"]


def test_other_capitals_and_longer_words_are_named(newsroom: Path) -> None:
    steps.comment(actor(newsroom, "claire"), "en:flood#2", "Not hurtful, NOT HURT.")
    out = done(newsroom, "redact", "not hurt", "--with", "[x]", "--yes", user="mina")
    assert "look at these:\n  locales/en/reports/flood.po:" in out
    assert "hurt" not in out


def test_drafts_lose_it_but_not_those_that_are_being_typed(newsroom: Path) -> None:
    folder = drafts_folder(newsroom) / "claire"
    folder.mkdir(parents=True)
    draft = {
        "place": "locales/en/reports/flood.po",
        "unit": "k7f3q2mx",
        "text": "Haneul Kim left",
        "since": "",
        "time": "",
    }
    for name in ("1-a.jsonl", "2-b.jsonl"):
        (folder / name).write_text(f"\n{json.dumps(draft)}\n{{cut Haneul Kim", encoding="utf-8")
    with (folder / "2-b.jsonl").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        out = redact(newsroom)
    assert f"{folder / '1-a.jsonl'}: drafts redacted" in out
    assert f"close that and redact again:\n  {folder / '2-b.jsonl'}" in out
    lines = (folder / "1-a.jsonl").read_text(encoding="utf-8").split("\n")
    assert json.loads(lines[1]) == draft | {"text": "[name redacted] left"}
    assert KIM not in lines[2]


def test_engines_that_saw_it_are_named(newsroom: Path) -> None:
    project = Project(newsroom)
    place = CatalogRef("en", "reports", "flood")
    unit = project.load(place).units[2]
    machine = (unit.by[0]._replace(who="mt:deepl/quality"), *unit.by)
    project.change(place, lambda catalog: catalog.map_unit(unit.id, lambda each: each.replace(by=machine)))
    asked = Ledger(ledger_folder(), project_id(newsroom), cap=10.0, currency="EUR")
    for name in ("deepl", "papago"):
        asked.book(name, 0.01, 100)
    Ledger(ledger_folder(), project_id(newsroom.parent), cap=10.0, currency="EUR").book("google", 0.01, 100)
    told = redact(newsroom)
    assert "The engine deepl/quality was sent sentences with it" in told
    assert "may have been sent it for suggestions: papago." in told


def test_commits_are_counted_and_the_commands_are_given_without_the_text(newsroom: Path) -> None:
    git(newsroom, "init", "--quiet")
    git(newsroom, "config", "user.email", "mina@example.org")
    git(newsroom, "config", "user.name", "Mina")
    git(newsroom, "add", "--all")
    git(newsroom, "commit", "--quiet", "-m", "all")
    out = redact(newsroom)
    assert "git: 1 commit has it" in out
    assert "git filter-repo --replace-text ../texts --replace-message ../texts" in out
    git(newsroom, "commit", "--quiet", "--all", "-m", "redacted")
    assert "git: 2 commits have it" in redact(newsroom)


def test_repair_takes_nothing_back_from_commits(newsroom: Path) -> None:
    """A text that occurs in the Korean only leaves the translation and its authors unchanged."""
    git(newsroom, "init", "--quiet")
    git(newsroom, "add", "--all")
    git(newsroom, "-c", "user.name=Mina", "-c", "user.email=mina@example.org", "commit", "--quiet", "-m", "all")
    redact(newsroom, text="다치지")
    assert "record.stale-text" not in transflow(newsroom, "check", "--all", user="mina").out
    transflow(newsroom, "repair", user="mina")
    assert everywhere(newsroom, "다치지") == []


def test_what_is_left_is_found_in_any_reading(tmp_path: Path) -> None:
    folder = river(tmp_path / "room")
    texts = {
        "a.json": '"\\u0048aneul Kim"',
        "b.html": "<p><b>Haneul</b> Kim</p>",
        "c.po": 'msgid "Haneul "\n"Kim"\n',
        "Haneul-Kim.txt": "",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    finds = Redaction(KIM, "[x]").occurs_in
    left = find_residues(folder, finds, finds)
    assert sorted(map(str, left)) == ["Haneul-Kim.txt (its name)", "a.json:1", "b.html:1", "c.po:1"]


def test_a_symbolic_link_is_not_followed(newsroom: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(KIM, encoding="utf-8")
    (newsroom / "link.txt").symlink_to(outside)
    assert "link.txt" not in redact(newsroom)
    assert outside.read_text(encoding="utf-8") == KIM


def test_a_story_keeps_its_clearance_where_only_notes_had_it(tmp_path: Path) -> None:
    folder = river(tmp_path / "room")
    steps.comment(actor(folder, "claire"), "en:river#1", "Haneul Kim?")
    redact(folder)
    assert story(folder).header.get("X-Cleared")
    assert transflow(folder, "check").code == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_imported_memory_loses_the_units_that_have_it_and_keeps_the_others(newsroom: Path, encoding: str) -> None:
    def unit(source: str, target: str) -> str:
        return (
            f'<tu>\n<tuv xml:lang="ko"><seg>{source}</seg></tuv>\n<tuv xml:lang="en"><seg>{target}</seg></tuv>\n</tu>\n'
        )

    mark = "" if encoding == "utf-8-sig" else f'<?xml version="1.0" encoding="{encoding}"?>\n'
    head, tail = mark + '<tmx version="1.4">\n<header/>\n<body>\n', "</body>\n</tmx>\n"
    gone = [unit("가", "Jack &amp; Ji<bpt i='1'>&lt;b></bpt>ll"), unit("나", "Jack&#32;&amp; Jill")]
    kept = [unit("다", "Jack"), unit("라", "Jackson &amp; Jill")]
    path = newsroom / "locales" / "en" / "memory" / "old.tmx"
    path.parent.mkdir()
    path.write_bytes((head + gone[0] + kept[0] + gone[1] + kept[1] + tail).encode(encoding))
    told = done(newsroom, "redact", "Jack & Jill", "--with", "[two]", "--yes", user="mina")
    assert "memory/old.tmx: 2 entries redacted" in told
    assert path.read_bytes().decode(encoding) == head + "".join(kept) + tail


def test_nothing_is_redacted_where_no_question_can_be_asked(newsroom: Path) -> None:
    assert "--yes redacts them" in refusal(newsroom, "redact", KIM, "--with", "[x]", user="mina", code=2)
    ran = transflow(newsroom, "redact", "-", "--with", "[x]", user="mina", stdin=KIM)
    assert (ran.code, ran.out) == (2, "")


def test_a_translation_of_redacted_korean_and_its_paragraph_are_doubted_and_named(tmp_path: Path) -> None:
    folder = river(tmp_path / "room")
    would = redact(folder, "--dry-run", text="다친 사람은 없다")
    out = redact(folder, text="다친 사람은 없다")
    for locale in ("en", "vi"):
        sentence, paragraph = f"{locale}:flood#3", f"  {locale}:river#2\n"
        way_out = f"  `transflow unit set {sentence} TEXT` or `transflow unit record {sentence} off`\n"
        assert all(way_out in each and paragraph in each for each in (would, out))
        assert PAGES[locale] in out
        assert f"  transflow clear {locale}:river\n" in out
        assert f"unit approve {sentence}" not in out
        unit = report(folder, locale).units[2]
        assert (unit.fuzzy, unit.approved, unit.target) == (True, None, TEXTS[locale][2])
        assert [each.fuzzy for each in story(folder, locale).units] == [False, True, False]
    assert "redact its own words too (`transflow redact -`)" in out
    checked = transflow(folder, "check")
    assert checked.code == 1
    assert "vi:river#2: error: it needs another look. [record.unsettled]" in checked.out
    assert "say first that the text is right" in refusal(folder, "unit", "approve", "en:flood#3", user="mina")
    assert not (folder / "build" / "en" / "river.txt").exists()


def test_a_text_that_lost_the_words_too_is_not_doubted(newsroom: Path) -> None:
    owed = json.loads(redact(newsroom, "--format", "json"))
    assert (owed["translations"], owed["paragraphs"]) == ([], [])
