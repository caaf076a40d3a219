"""Limits of use of a sentence or a whole report: on the record, background, on hold, off."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import get_args

import pytest

from support.commands import TEXTS, Ran, done, new_project, refusal, transflow
from support.newsrooms import git
from support.stories import actor
from transflow.actions.project import export
from transflow.agents.desk import Desk
from transflow.agents.server import answer
from transflow.model.unit import UNPRINTED, Unit, Use
from transflow.project import CatalogRef, Project

KOREAN, SECRET = "다친 사람은 없다", "Nobody was hurt"
"""Words of the third sentence of the report, in both languages."""
VIETNAMESE = ("Lũ lụt", "Ba cây cầu bị sập.", "Không ai bị thương cả.", "Thành phố sửa chữa.", "Mất hai tháng.")
FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = new_project(tmp_path / "room", locales=("en", "vi"))
    for locale, texts in (("en", TEXTS), ("vi", VIETNAMESE)):
        for number, text in enumerate(texts, 1):
            done(folder, "unit", "set", f"{locale}:flood#{number}", text, user="claire")
    return folder


def units(room: Path, locale: str = "en", slug: str = "flood", folder: str = "reports") -> tuple[Unit, ...]:
    return tuple(Project(room).load(CatalogRef(locale, folder, slug)).units)  # type: ignore[arg-type] # one of the two


def allowances(room: Path, locale: str = "en", slug: str = "flood") -> list[str]:
    return [unit.record.allowance if unit.record else "on" for unit in units(room, locale, slug)]


class TestTheLimitOfASentence:
    def test_names_the_same_sentence_of_another_report(self, room: Path) -> None:
        report = (room / "sources/flood.md").read_text(encoding="utf-8")
        (room / "late.md").write_text(report, encoding="utf-8")
        done(room, "add", str(room / "late.md"), "--slug", "late")
        ran = transflow(room, "unit", "record", "en:flood#2", "off", user="claire")
        assert "another report and may be printed there: `transflow unit record en:late#2 off` limits it too" in ran.err
        done(room, "unit", "record", "en:late#2", "off", user="claire")
        done(room, "unit", "record", "en:flood#2", "on", user="claire")
        assert "another report" not in transflow(room, "unit", "record", "en:flood#2", "off", user="claire").err

    def test_holds_in_every_language(self, room: Path) -> None:
        said = done(room, "unit", "record", "en:flood#3", "hold", user="claire")
        assert said.splitlines() == [
            "en:flood#3 on hold: it is not printed until somebody consents",
            "vi:flood#3 on hold: it is not printed until somebody consents",
        ]
        assert allowances(room) == allowances(room, "vi") == ["on", "on", "hold", "on", "on"]

    def test_is_there_once(self, room: Path) -> None:
        done(room, "unit", "record", "en:flood#3", "off", user="claire")
        assert "Nothing to do" in transflow(room, "unit", "record", "en:flood#3", "off", user="claire").err

    def test_is_made_looser_by_whoever_set_it_or_an_editor(self, room: Path) -> None:
        done(room, "unit", "record", "en:flood#3", "hold", user="claire")
        assert "Claire Lee or an editor" in refusal(room, "unit", "record", "en:flood#3", "on", user="leejin")
        done(room, "unit", "record", "en:flood#3", "off", user="leejin")
        assert "Leejin Jun or an editor" in refusal(room, "unit", "record", "vi:flood#3", "hold", user="claire")
        done(room, "unit", "record", "en:flood#3", "on", user="mina")
        assert allowances(room, "vi") == ["on"] * 5

    def test_that_somebody_may_not_make_looser_in_one_language_changes_in_none(self, room: Path) -> None:
        done(room, "unit", "record", "en:flood#3", "hold", user="claire")
        project, place = Project(room), CatalogRef("vi", "reports", "flood")
        stricter = Use("off", "mina", "2024-03-26T03:00:00Z")
        vi = project.load(place).units[2].id
        project.change(place, lambda catalog: catalog.map_unit(vi, lambda unit: unit.replace(record=stricter)))
        assert "Mina Park or an editor" in refusal(room, "unit", "record", "en:flood#3", "on", user="claire")

    def test_is_of_one_half_of_a_sentence_that_was_split(self, room: Path) -> None:
        done(room, "unit", "split", "en:flood#3", "--source-at", "없다", "--text-at", "hurt", user="claire")
        done(room, "unit", "record", "en:flood#3", "background", user="claire")
        assert allowances(room) == ["on", "on", "background", "on", "on", "on"]

    def test_off_needs_no_translation_and_on_does_again(self, room: Path) -> None:
        done(room, "unit", "record", "en:flood#3", "off", user="claire")
        assert units(room)[2].omitted is not None
        done(room, "unit", "record", "en:flood#3", "on", user="claire")
        assert (units(room)[2].omitted, units(room)[2].target) == (None, TEXTS[2])

    def test_of_a_whole_report_is_in_its_front_matter(self, room: Path) -> None:
        before = (room / "sources/flood.md").read_bytes()
        done(room, "unit", "record", "flood", "hold", user="claire")
        assert b"\nrecord: hold\n" in (room / "sources/flood.md").read_bytes()
        assert "on hold" not in done(room, "unit", "show", "en:flood")
        assert "record: hold" in refusal(room, "compose", "floods", "--from", "en:flood", user="eugene")
        assert "an editor" in refusal(room, "unit", "record", "flood", "on", user="claire")
        done(room, "unit", "record", "flood", "on", user="mina")
        assert (room / "sources/flood.md").read_bytes() == before


class TestAStory:
    @pytest.fixture
    def story(self, room: Path) -> Path:
        done(room, "compose", "floods", "--from", "en:flood", user="eugene")
        done(room, "unit", "confirm", "floods", user="eugene")
        return room

    def test_is_drafted_anew_without_the_sentence(self, story: Path) -> None:
        ran = transflow(story, "unit", "record", "en:flood#3", "off", user="claire")
        assert "floods#2 made from it: `transflow compose floods`" in ran.err
        assert "is off the record" in refusal(story, "render", "floods", "--draft", user="eugene")
        assert "is off the record" in refusal(story, "ready", "floods", user="eugene")
        said = transflow(story, "compose", "floods", user="eugene")
        assert "en:flood#3 is left out: it is off the record, Claire Lee said." in said.err
        done(story, "unit", "confirm", "floods#2", user="eugene")
        assert [SECRET in unit.target for unit in units(story, slug="floods", folder="articles")] == [False] * 3
        done(story, "ready", "floods", user="eugene")
        done(story, "clear", "floods", user="mina")
        done(story, "render", "floods", "--format", "txt", user="mina")

    def test_does_not_print_the_words_wherever_a_writer_put_them(self, story: Path) -> None:
        done(story, "unit", "record", "en:flood#3", "hold", user="claire")
        done(story, "compose", "floods", user="eugene")
        done(story, "unit", "set", "floods#3", f"{TEXTS[3]} In all of the town, nobody was hurt.", user="eugene")
        assert "flood#" in refusal(story, "render", "floods", "--draft", user="eugene")

    def test_has_the_sentence_again_after_consent(self, story: Path) -> None:
        done(story, "unit", "record", "en:flood#3", "hold", user="claire")
        done(story, "compose", "floods", user="eugene")
        done(story, "unit", "record", "en:flood#3", "on", user="claire")
        done(story, "compose", "floods", user="eugene")
        assert units(story, slug="floods", folder="articles")[1].source == f"{TEXTS[1]} {TEXTS[2]}"


def test_background_clears_without_the_names_of_its_report_only(room: Path) -> None:
    report = "---\ntitle: 회담\nbyline: 이정은\ndate: 2024-03-26\n---\n\n최선희 외무상이 말했다. 회담은 없다.\n"
    done(room, "add", "-", "--slug", "talks", user="claire", stdin=report)
    for number, text in enumerate(("Talks", "Foreign Minister Choe Son Hui spoke.", "There are no talks."), 1):
        done(room, "unit", "set", f"en:talks#{number}", text, user="claire")
    done(room, "unit", "record", "en:talks#3", "background", user="claire")
    done(room, "compose", "no-talks", "--from", "en:talks", user="eugene")
    done(room, "unit", "confirm", "no-talks", user="eugene")
    done(room, "ready", "no-talks", user="eugene")
    assert "“Choe Son Hui” is named in “회담”" in refusal(room, "clear", "no-talks", user="mina")
    done(room, "unit", "set", "no-talks#2", "An official said that there are no talks.", user="eugene")
    done(room, "ready", "no-talks", user="eugene")
    done(room, "clear", "no-talks", user="mina")


class TestCopies:
    def test_in_a_language_that_came_later(self, room: Path) -> None:
        done(room, "unit", "record", "en:flood#3", "hold", user="claire")
        settings = (room / "transflow.toml").read_text(encoding="utf-8")
        changed = settings.replace('locales = ["en", "vi"]', 'locales = ["en", "vi", "fr"]')
        (room / "transflow.toml").write_text(changed, encoding="utf-8")
        done(room, "update", user="claire")
        assert allowances(room, "fr") == ["on", "on", "hold", "on", "on"]

    def test_in_a_report_that_came_twice(self, room: Path) -> None:
        done(room, "unit", "record", "en:flood#3", "off", user="claire")
        report = (room / "sources/flood.md").read_text(encoding="utf-8")
        done(room, "add", "-", "--slug", "flood-again", user="claire", stdin=report)
        assert allowances(room, slug="flood-again") == ["on", "on", "off", "on", "on"]

    def test_that_git_or_a_hand_made_different_are_told(self, room: Path) -> None:
        done(room, "unit", "record", "en:flood#3", "hold", user="claire")
        path = room / "locales/vi/reports/flood.po"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(each for each in lines if not each.startswith("# @record")), encoding="utf-8")
        found = transflow(room, "check", "--select", "record")
        assert "vi:flood#3: error: it is “hold” in en:flood#3, and not here" in found.out
        done(room, "unit", "record", "vi:flood#3", "hold", user="claire")
        assert transflow(room, "check", "--select", "record").code == 0


def test_in_ci_a_story_that_still_has_the_words_is_not_shown_nor_what_it_had_before(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(room, "compose", "en:floods", "--from", "flood", user="eugene")
    done(room, "unit", "confirm", "en:floods", user="eugene")
    committed(room)
    done(room, "unit", "record", "en:flood#3", "off", user="claire")
    with monkeypatch.context() as ci:
        ci.setenv("CI", "true")
        assert "floods#2 is off the record or on hold" in refusal(room, "article", "show", "en:floods")
        assert "en:flood#3 is off the record or on hold" in refusal(room, "unit", "show", "en:flood")
        assert TEXTS[3] in done(room, "unit", "show", "en:flood#4")
    done(room, "compose", "en:floods", user="eugene")
    committed(room)
    assert SECRET not in done(room, "history", "en:floods") + done(room, "blame", "en:floods")
    assert "before: Three bridges" not in done(room, "history", "en:floods#2")
    assert TEXTS[3] in done(room, "history", "en:floods")


def test_an_update_tells_no_words_of_a_limited_sentence(room: Path) -> None:
    done(room, "unit", "record", "en:flood#3", "off", user="claire")
    path = room / "sources/flood.md"
    path.write_text(path.read_text(encoding="utf-8").replace(KOREAN, "크게 다친 사람은 없다"), encoding="utf-8")
    told = done(room, "update", "--dry-run", "--format", "json") + done(room, "update", user="claire")
    assert "flood#3 changed" in told
    assert not any(each in told for each in (KOREAN, SECRET, "bị thương"))


def steps(room: Path, chosen: random.Random) -> str:
    """Change the report and its sentences by chance, and return its name."""
    slug = "flood"

    def join() -> None:
        transflow(
            room, "unit", "join", f"{chosen.choice(('en', 'vi'))}:{slug}#{chosen.choice(('2-3', '4-5'))}", user="claire"
        )

    def split() -> None:
        transflow(room, "unit", "split", f"en:{slug}#3", "--source-at", "없다", "--text-at", "hurt", user="claire")

    def move() -> None:
        nonlocal slug
        new = f"{slug}-b"
        done(room, "mv", slug, new, user="claire")
        slug = new

    def reorder() -> None:
        path = room / f"sources/{slug}.md"
        head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
        blocks = body.strip().split("\n\n")
        path.write_text("\n\n".join((head, *reversed(blocks))) + "\n", encoding="utf-8")
        done(room, "update", user="claire")

    def copy() -> None:
        report = (room / f"sources/{slug}.md").read_text(encoding="utf-8")
        transflow(room, "add", "-", "--slug", "copy", user="claire", stdin=report)

    for step in chosen.sample((join, split, move, reorder, copy), k=4):
        step()
    return slug


def committed(room: Path) -> None:
    git(room, "init", "--quiet")
    git(room, "add", "--all")
    git(room, "-c", "user.name=Mina", "-c", "user.email=mina@example.org", "commit", "--quiet", "-m", "at work")


def answers_of_an_agent(room: Path, slug: str) -> list[str]:
    """Return what an agent is told that asks for the words of the sentence in every way."""
    desk = Desk(room, actor(room, "claire").user, "helper")
    named = [f"{locale}:{name}" for locale in ("en", "vi") for name in (slug, "floods")]
    calls: list[tuple[str, dict[str, str]]] = [("list", {}), ("status", {})]
    calls += [(tool, {"ref": ref}) for tool in ("read", "check") for ref in named]
    calls += [("search", {"words": words}) for words in (KOREAN[:2], "hurt", "thương")]
    calls += [("memory", {"text": f"{KOREAN}!", "language": locale}) for locale in ("en", "vi")]
    told = [answer(desk, tool, arguments).model_dump_json() for tool, arguments in calls]
    assert any(TEXTS[3] in each for each in told)
    return told


SHOWN = (
    ("handover", "--format", "json"),
    ("notices", "--format", "csv"),
    ("notices", "--page"),
    ("memory", "lookup", f"{KOREAN}."),
    ("memory", "export", "memory"),
    ("update",),
    ("repair",),
)
"""Commands about the whole project."""
OF_ONE = (
    ("history", "--format", "json"),
    ("blame", "--format", "json"),
    ("audit",),
    ("credits", "--explain"),
    ("names",),
    ("unit", "show"),
)
"""Commands about one report or story, whose output others read in CI."""


@pytest.mark.parametrize("seed", range(2))
def test_a_sentence_off_the_record_leaves_by_no_way_whatever_became_of_it(
    room: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for locale in ("en", "vi") if seed else ():  # stories that had the sentence before, and are in git
        done(room, "compose", f"{locale}:floods", "--from", "flood", user="eugene")
        done(room, "unit", "confirm", f"{locale}:floods", user="eugene")
    committed(room)
    done(room, "unit", "record", "en:flood#3", "off", user="claire")
    committed(room)
    slug = steps(room, random.Random(seed))
    left = [each for locale in ("en", "vi") for each in units(room, locale, slug) if KOREAN[:5] in each.source]
    assert left
    assert all(each.record and each.record.allowance in UNPRINTED for each in left)
    out, printed = room / "out", list[Ran | str]()
    for locale in ("en", "vi"):
        transflow(room, "compose", f"{locale}:floods", "--from", slug, user="eugene")
        transflow(room, "unit", "confirm", f"{locale}:floods", user="eugene")
    printed.append(transflow(room, "render", "--draft", user="eugene"))
    for locale in ("en", "vi"):
        address = f"https://news.example.org/{locale}"
        transflow(room, "ready", f"{locale}:floods", user="eugene")
        transflow(room, "clear", f"{locale}:floods", user="mina")
        transflow(room, "published", f"{locale}:floods", "--url", address, user="mina")
        printed.append(transflow(room, "correct", f"{locale}:floods#2", "--note", "We were wrong.", user="mina"))
    printed.append(transflow(room, "render"))
    printed.append(transflow(room, "handover", "--to", "leejin", user="mina"))
    printed += [transflow(room, *words, user="mina") for words in SHOWN]
    with monkeypatch.context() as ci:
        ci.setenv("CI", "true")
        named = ("vi:floods", "en:floods", f"en:{slug}")
        printed += [transflow(room, *words, name) for words in OF_ONE for name in named]
    printed += answers_of_an_agent(room, slug)
    for form in get_args(export.Format):
        printed.append(transflow(room, "export", "--format", form, "--output", str(out / form), user="claire"))
    printed.append(transflow(room, "memory", "export", str(out / "memory.tmx")))
    printed += [transflow(room, "check", "--all", "--hints", "--format", form) for form in FORMATS]
    printed += [transflow(room, command) for command in ("queue", "status", "stats")]
    printed.append(transflow(room, "memory", "find", "nobody hurt"))
    texts = [json.dumps(each, ensure_ascii=False) for each in printed]
    texts += [
        path.read_bytes().decode("utf-8", "replace")
        for folder in (out, room / "build", room / "locales/en/articles", room / "locales/vi/articles")
        for path in folder.rglob("*")
        if path.is_file()
    ]
    assert len(texts) > len(printed) + 10
    found = [(word, text) for text in texts for word in (KOREAN, SECRET, "bị thương") if word in text]
    assert [(word, text[:90], text[max(0, text.find(word) - 200) : text.find(word) + 60]) for word, text in found] == []
