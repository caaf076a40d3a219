"""The linear mode: input in a terminal and through a pipe, and the resulting files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.commands import TEXTS, done, new_project, transflow
from support.screens import unit_of, with_work_left
from support.terminals import Terminal
from transflow.actions import Actor
from transflow.actions.stories import article as articles
from transflow.actions.units import steps
from transflow.project import CatalogRef, Project
from transflow.tui.plain import queue, review, story, translate
from transflow.tui.plain.commands import GO_TO, HELP, LEAVE, Command, help_lines, parse_line
from transflow.units.workflow import is_approved, state

LATER = "2022-03-25T15:36:00Z"
UN_LETTER = "UN asks China not to force 7 North Korean refugees to return"


@pytest.fixture
def desk_of(sample: Path) -> dict[str, Actor]:
    project = with_work_left(sample)
    people = {person.id: person for person in project.settings.people}
    return {who: Actor(project, person, LATER) for who, person in people.items()}


def talk(folder: Path, *arguments: str, user: str, lines: str, code: int = 0) -> str:
    """Return the output for these lines of input through a pipe."""
    ran = transflow(folder, *arguments, "--plain", user=user, stdin=lines)
    assert ran.code == code, ran
    assert "Traceback" not in ran.err
    return ran.out


class TestTranslating:
    def test_a_line_is_confirmed_and_the_next_unfinished_is_said(self, sample: Path) -> None:
        with_work_left(sample)
        said = talk(sample, "translate", "un-letter", user="claire", lines="Groups say so.\nStill three.\n")
        assert (unit_of(sample, 4).target, state(unit_of(sample, 4))) == ("Groups say so.", "translated")
        assert unit_of(sample, 5).target == "Still three."
        assert "The Korean was: 이 요청은" in said
        assert "6 · paragraph · untranslated" in said

    def test_an_empty_line_leaves_the_text_and_a_dot_is_a_command(self, sample: Path) -> None:
        with_work_left(sample)
        lines = "\n.s\n.9\n.c 편지를 볼 것.\n.ㅜ\n.d 반쯤\n.4\n..dotted\n.q\n"
        talk(sample, "translate", "un-letter", user="claire", lines=lines)
        assert (unit_of(sample, 5).previous, state(unit_of(sample, 5))) == ("", "translated")
        assert unit_of(sample, 9).comments == ("편지를 볼 것.",)
        assert state(unit_of(sample, 10)) == "needs-work"
        assert unit_of(sample, 4).target == ".dotted"

    def test_a_number_is_not_confirmed_as_a_translation_by_mistake(self, sample: Path) -> None:
        with_work_left(sample)
        said = talk(sample, "translate", "un-letter#4", user="claire", lines="12\n1\n6\n2\n.4\n6\n\n2022\n2\n.q\n")
        assert "1) Go to sentence 12" in said
        assert unit_of(sample, 12).target == "6"
        assert unit_of(sample, 4).target == "2022"

    def test_a_question_mark_alone_is_the_help_and_no_translation(self, sample: Path) -> None:
        with_work_left(sample)
        said = talk(sample, "translate", "un-letter#4", user="claire", lines="?\n？\n.q\n")
        assert said.count(".m  ask the machine translation engine about the sentence") == 2
        assert unit_of(sample, 4).target == ""

    def test_the_checks_that_do_not_know_the_languages_are_named(self, tmp_path: Path) -> None:
        room = new_project(tmp_path / "room", ("vi",))
        assert "ko → vi: not checked: " in talk(room, "translate", "flood", user="claire", lines=".q\n")

    def test_places_are_replaced_and_words_added_by_prompts(self, sample: Path) -> None:
        with_work_left(sample)
        lines = '.y refugees\nescapees\n1,3\n.w freind\n.a\n.l "return to north"\n.q\n'
        said = talk(sample, "translate", "un-letter#4", user="claire", lines=lines)
        texts = [unit_of(sample, number).target for number in range(1, 26)]
        assert sum("escapees" in text for text in texts) == 2
        assert "2 places are replaced." in said
        assert (sample / "locales" / "en" / "words.txt").read_text(encoding="utf-8") == "freind\n"
        assert "git has no earlier text of this sentence." in said
        assert "1 of them." in said or "0 of them." in said

    def test_the_same_sentence_is_filled_by_a_command(self, sample: Path) -> None:
        project = with_work_left(sample)
        place = project.find_catalog("un-letter")
        source = unit_of(sample, 4).source
        project.change(
            place,
            lambda catalog: catalog.replace(
                units=tuple(unit.replace(source=source) if i == 8 else unit for i, unit in enumerate(catalog.units))
            ),
        )
        said = talk(sample, "translate", "un-letter#4", user="claire", lines="Groups say so.\n.4\n.i\nall\n.q\n")
        assert "The same sentence stands at 9: .4, .i puts the text there." in said
        assert (unit_of(sample, 9).target, state(unit_of(sample, 9))) == ("Groups say so.", "needs-work")

    def test_questions_omissions_joins_and_splits(self, sample: Path) -> None:
        with_work_left(sample)
        sources = [unit_of(sample, number).source for number in (6, 7)]
        lines = ".c\n3\nWhich groups?\n.o desk note\n.6\n.k\ny\n.q\n"
        talk(sample, "translate", "un-letter#4", user="claire", lines=lines)
        first = unit_of(sample, 4)
        assert (first.questions[0].to, first.questions[0].text) == ("jeong", "Which groups?")
        assert first.omitted is not None
        assert unit_of(sample, 6).source == " ".join(sources)
        at = " ".join(sources).split()[3]
        talk(sample, "translate", "un-letter#6", user="claire", lines=f".x\n{at}\n\n예\n.q\n")
        assert unit_of(sample, 7).source.startswith(at)

    def test_words_are_found_in_the_whole_project(self, sample: Path) -> None:
        lines = "./ rapporteurs want\n.찾기 특별보고관\n.find nowhere at all\n.q\n"
        said = talk(sample, "translate", "un-letter", user="claire", lines=lines)
        assert "→ Two special rapporteurs want to know" in said
        assert "“특별보고관”: " in said
        assert "“nowhere at all” stands nowhere in the project." in said

    def test_a_refusal_is_said_and_a_script_learns_of_it(self, sample: Path) -> None:
        with_work_left(sample)
        said = talk(sample, "translate", "un-letter#4", user="claire", lines=".s\n.nonsense\n", code=1)
        assert "✗ “UN asks China not to force 7 North Korean refug…” 4: there is no text yet." in said
        assert "“.nonsense” is no command" in said

    @pytest.mark.parametrize(("answer", "target"), [("1", "Mine."), ("3", "Theirs.")])
    def test_two_people_on_one_sentence(
        self, sample: Path, desk_of: dict[str, Actor], answer: str, target: str
    ) -> None:
        with Terminal(sample, "translate", "un-letter#4", "--plain", user="claire") as terminal:
            terminal.wait_for("Text: ")
            terminal.type("Mi")
            terminal.wait_for("Mi")
            time.sleep(0.3)
            steps.confirm(desk_of["leejin"], "un-letter#4", "Theirs.")
            terminal.type("ne.\n")
            terminal.wait_for("Yours: Mine.")
            terminal.type(f"{answer}\n")
            terminal.wait_for("Text: ")
            terminal.type("\x15.q\n")
            assert terminal.ended() == 0
        unit = unit_of(sample, 4)
        assert unit.target == target
        assert [each.text for each in unit.conflicts] == (["Mine."] if answer == "3" else [])

    def test_a_file_that_is_gone_for_a_while_is_said_and_ends_nothing(self, sample: Path) -> None:
        with_work_left(sample)
        path = sample / "locales/en/reports/un-letter.po"
        data = path.read_bytes()
        with Terminal(sample, "translate", "un-letter#4", "--plain", user="claire") as terminal:
            terminal.wait_for("Text: ")
            path.unlink()
            terminal.type("Groups say so.\n")
            terminal.wait_for("the file is not there")
            path.write_bytes(data)
            terminal.wait_for("Text: ")
            terminal.type("\x15Groups say so.\n")
            terminal.wait_for("5 ·")
            terminal.type("\x15.q\n")
            terminal.ended()
        assert unit_of(sample, 4).target == "Groups say so."


class TestTheEnd:
    """Once nothing waits any more, nothing is asked about a sentence that is done."""

    def test_it_is_said_and_no_finished_sentence_is_read_out(self, sample: Path) -> None:
        said = talk(sample, "translate", "un-letter#24", user="claire", lines="\n.q\n")
        assert said.endswith("Everything here is done.\nA number goes there; .? lists the commands:\n")

    def test_a_line_is_no_text_then_and_writes_over_nothing(self, sample: Path) -> None:
        before = unit_of(sample, 25).target
        said = talk(sample, "translate", "un-letter#24", user="claire", lines="\nNot asked for.\n.q\n", code=1)
        assert "“Not asked for.” is no command" in said
        assert unit_of(sample, 25).target == before

    def test_a_number_or_an_empty_line_goes_on(self, sample: Path) -> None:
        said = talk(sample, "translate", "un-letter#24", user="claire", lines="\n\n\n7\n.q\n")
        assert "25 · " in said
        assert "7 · " in said

    def test_the_only_one_that_waits_is_left_without_a_word(self, sample: Path) -> None:
        with_work_left(sample)
        said = talk(sample, "translate", "un-letter#4", user="claire", lines=".s\nFour.\nFive.\nSix.\n\n.q\n", code=1)
        assert "Everything here is done." not in said
        assert said.count("9 · ") == 1
        assert "10 · " in said

    def test_an_editor_hears_that_nothing_waits_for_approval(self, sample: Path) -> None:
        with_work_left(sample)
        said = talk(sample, "review", "un-letter#1", user="mina", lines="\n.q\n")
        assert "Nothing more waits for review here." in said


class TestReviewing:
    def test_an_editor_approves_sends_back_mends_and_waives(self, sample: Path, desk_of: dict[str, Actor]) -> None:
        for number, text in ((4, "Groups say so."), (6, "Six 여섯."), (9, "Nine.")):
            steps.confirm(desk_of["claire"], f"un-letter#{number}", text)
        lines = "a\n.x Say which groups.\n.4\n승인\n.6\ni A word of theirs.\n1\ne Six.\n.9\nㅌ 다시\n.q\n"
        talk(sample, "review", "un-letter#4", user="mina", lines=lines)
        assert is_approved(unit_of(sample, 4))
        sent_back = unit_of(sample, 6).returned
        assert unit_of(sample, 6).target == "Six."
        assert sent_back is None
        assert [waiver.reason for waiver in unit_of(sample, 6).waivers] == ["A word of theirs."]
        returned = unit_of(sample, 9).returned
        assert returned is not None
        assert returned.reason == "다시"

    def test_several_are_approved_at_once_and_the_others_are_named(
        self, sample: Path, desk_of: dict[str, Actor]
    ) -> None:
        steps.confirm(desk_of["claire"], "un-letter#4", "Groups say so.")
        said = talk(sample, "review", "un-letter", user="mina", lines="a 3-5\nyes\n.q\n", code=1)
        assert is_approved(unit_of(sample, 4))
        assert "5: the Korean changed" in said
        assert "2 sentences are reviewed." in said


class TestAStory:
    def test_is_read_out_and_cleared_only_after_a_yes(self, sample: Path) -> None:
        project = Project.find(sample)
        eugene, mina = (project.settings.person(who) for who in ("eugene", "mina"))
        assert eugene
        assert mina
        steps.confirm(Actor(project, eugene, LATER), "un-china-refugees#2", "Another deck.")
        place = project.find_catalog("un-china-refugees")

        said = talk(sample, "story", "un-china-refugees", user="mina", lines=".a\nno\n.q\n")
        assert "Another deck." in said
        assert "Written in English by Eugene Whong" in said
        assert not project.load(place).header.get("X-Cleared")
        said = talk(sample, "story", "un-china-refugees", user="mina", lines=".출고승인\ny\n.q\n")
        assert "The story is cleared." in said
        assert transflow(sample, "render", "un-china-refugees", "--to", "txt", user="mina").code == 0
        assert "Another deck." in (sample / "build/en/un-china-refugees.txt").read_text(encoding="utf-8")

    def test_is_written_and_arranged(self, sample: Path) -> None:
        project = Project.find(sample)
        place = project.find_catalog("un-china-refugees")
        ids = [unit.id for unit in project.load(place).units]
        lines = "New words.\n.3\n.m 4\n.i 한 문단. Own words.\n.5\n.w https://example.org/a\n.3\n.o too long\n.b\n.v\n.r\n.r\n.q\n"
        said = talk(sample, "story", "un-china-refugees#4", user="eugene", lines=lines, code=0)
        article = project.load(place)
        assert article.units[2].id == ids[3]
        assert article.units[2].target == "New words."
        assert article.units[2].cut is not None
        assert article.units[3].id == ids[2]
        assert article.units[4].target == "한 문단. Own words."
        assert article.units[4].cites == ("https://example.org/a",)
        assert (
            "UN asks China not to force 7 North Korean refugees to return: " in said
            or "Rights groups fear for 7 North Korean refugees held in China: " in said
        )
        assert article.header.get("X-Ready").startswith("eugene ")

    def test_goes_on_while_it_is_live(self, tmp_path: Path) -> None:
        room = new_project(tmp_path / "room")
        for number in (1, 2):
            done(room, "unit", "set", f"flood#{number}", TEXTS[number - 1], user="claire")
        said = talk(room, user="eugene", lines=".l 1 floods\n.q\n.q\n", code=0)
        assert "live · 3 to come" in said
        done(room, "unit", "set", "flood#3", TEXTS[2], user="claire")
        said = talk(room, "story", "floods", user="eugene", lines=".t\n.y\ny\n.q\n", code=0)
        assert "live · 3 to come, 1 finished" in said
        assert "live · 2 to come" in said
        assert TEXTS[2] in (room / "locales/en/articles/floods.po").read_text(encoding="utf-8")
        assert "left out" not in said.lower()
        assert not Project(room).load(CatalogRef("en", "articles", "floods")).header.get("X-Live")


class TestTheQueue:
    def test_a_number_opens_its_line_and_back_is_back(self, sample: Path) -> None:
        with_work_left(sample)
        lines = ".?\n1\nGroups.\n.q\n1\n.q\n"
        said = talk(sample, user="claire", lines=lines)
        assert "UN asks China not to force 7 North Korean refugees to return: look again, 1 sentence" in said
        assert "UN asks China not to force 7 North Korean refugees to return: translate, 3 sentences" in said
        assert (
            "UN presses China to spare 7 North Korean refugees from forced return: 100% done, with editor, the translations changed: 3"
            in said
        )
        assert state(unit_of(sample, 5)) == "translated"

    def test_speaks_korean(self, sample: Path) -> None:
        with_work_left(sample)
        said = talk(sample, "--lang", "ko", user="claire", lines=".도움말\n99\n.뒤로\n", code=1)
        assert "내 차례" in said
        assert "번역하기" in said
        assert "1번부터" in said

    def test_refuses_in_korean_and_names_the_command_of_the_prompt(
        self, sample: Path, desk_of: dict[str, Actor]
    ) -> None:
        with_work_left(sample)
        steps.ask(desk_of["claire"], "un-letter#8", "Who?")
        said = talk(sample, "translate", "un-letter#4", "--lang", "ko", user="claire", lines=".s\n.q\n", code=1)
        assert "✗ “UN asks China not to force 7 North Korean refug…” 4: 아직 글이 없습니다." in said
        said = talk(sample, "review", "un-letter#8", "--lang", "ko", user="mina", lines="a\na 99\n.q\n", code=1)
        assert (
            "✗ “UN asks China not to force 7 North Korean refug…” 8: claire 님의 질문: “Who?” 먼저 답하십시오: (.c)."
            in said
        )
        assert "✗ 99번 문장은 없습니다." in said


class TestNothingIsLost:
    """Text typed at a prompt is offered again, however the program ended."""

    @pytest.mark.parametrize("ending", ["kill", "term", "hang up", "interrupt"])
    def test_a_line_that_was_being_typed_is_there_again(self, sample: Path, tmp_path: Path, ending: str) -> None:
        with_work_left(sample)
        env = {"XDG_STATE_HOME": str(tmp_path / "state")}
        with Terminal(sample, "translate", "un-letter#4", "--plain", user="claire", env=env) as terminal:
            terminal.wait_for("Text: ")
            terminal.type("Half a sentence 반쪽")
            terminal.wait_for("반쪽")
            time.sleep(0.3)
            if ending == "kill":
                terminal.process.kill()
            elif ending == "term":
                terminal.process.terminate()
            elif ending == "hang up":
                terminal.hang_up()
            else:
                terminal.type("\x03")
            code = terminal.ended()
        assert code == {"kill": -9, "term": 128 + 15, "hang up": 128 + 1, "interrupt": 130}[ending]
        assert unit_of(sample, 4).target == ""
        with Terminal(sample, "translate", "un-letter#4", "--plain", user="claire", env=env) as terminal:
            terminal.wait_for("Not saved yet: Half a sentence 반쪽")
            terminal.wait_for("Text: ")
            terminal.type(".\n")
            terminal.wait_for("5 · ")
            terminal.type(".q\n")
            assert terminal.ended() == 0
        assert unit_of(sample, 4).target == "Half a sentence 반쪽."


def test_no_part_of_it_imports_textual(sample: Path) -> None:
    code = (
        "import sys; from transflow.cli import run; code = run(sys.argv[1:]); "
        "assert not [name for name in sys.modules if name.startswith('textual')]; sys.exit(code)"
    )
    arguments = ["-C", str(sample), "--as", "claire", "translate", "un-letter", "--plain"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], input="\n.q\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


MODES = [
    queue.COMMANDS,
    translate.TranslatePrompts.COMMANDS,
    review.ReviewPrompts.COMMANDS,
    story.StoryPrompts.COMMANDS,
]


@pytest.mark.parametrize("commands", MODES)
def test_a_command_means_one_thing_and_has_both_names(commands: tuple[Command, ...]) -> None:
    every = [*commands, GO_TO, HELP, LEAVE]
    for names in ([each.letter for each in every], [name for each in every for name in each.names]):
        assert len(set(names)) == len(names)
    for each in every:
        english, korean = each.names
        assert english.isascii()
        assert not korean.isascii()
        for spelling in (each.letter, english, korean):
            if each is not GO_TO:
                assert parse_line(f".{spelling} rest", commands) == (each, "rest", "")
    assert len(help_lines(commands)) == len(every)


def test_unfinished_stories_are_taken_from_their_drafts(sample: Path) -> None:
    project = with_work_left(sample)
    eugene = project.settings.person("eugene")
    assert eugene
    articles.compose_article(Actor(project, eugene, LATER), "again", ["rights-groups"])
    talk(sample, "story", "again", user="eugene", lines=".s\n.s\n.q\n")
    article = project.load(project.find_catalog("again"))
    assert [unit.target == unit.source for unit in article.units][:3] == [True, True, False]
    assert os.environ.get("TRANSFLOW_USER") is None
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


class TestJudgingWhatWasHeard:
    """A colleague changes a text between its output and the line that judges it."""

    def test_a_text_that_changed_is_read_out_again_and_not_approved(
        self, sample: Path, desk_of: dict[str, Actor]
    ) -> None:
        steps.confirm(desk_of["claire"], "un-letter#4", "Groups say so.")
        with Terminal(sample, "review", "un-letter#4", "--plain", user="mina") as terminal:
            terminal.wait_for("a reviewed, x send back")
            steps.confirm(desk_of["leejin"], "un-letter#4", "Groups say something else.")
            terminal.type("a\n")
            terminal.wait_for("nothing was done")
            terminal.wait_for("Text: Groups say something else.")
            assert not is_approved(unit_of(sample, 4))
            terminal.type("a\n")
            terminal.wait_for("Reviewed.")
            terminal.type(".q\n")
            assert terminal.ended() == 0
        assert is_approved(unit_of(sample, 4))

    def test_a_question_meanwhile_is_heard_before_a_sentence_is_sent_back(
        self, sample: Path, desk_of: dict[str, Actor]
    ) -> None:
        steps.confirm(desk_of["claire"], "un-letter#4", "Groups say so.")
        with Terminal(sample, "review", "un-letter#4", "--plain", user="mina") as terminal:
            terminal.wait_for("a reviewed, x send back")
            steps.ask(desk_of["leejin"], "un-letter#4", "Which groups?")
            terminal.type("x Too short.\n")
            terminal.wait_for("nothing was done")
            terminal.type(".q\n")
        assert unit_of(sample, 4).returned is None

    def test_several_are_read_out_before_they_are_approved(self, sample: Path, desk_of: dict[str, Actor]) -> None:
        for number, text in ((4, "Groups say so."), (6, "The U.N. published the letter on March 11.")):
            steps.confirm(desk_of["claire"], f"un-letter#{number}", text)
        with Terminal(sample, "review", "un-letter#9", "--plain", user="mina") as terminal:
            terminal.wait_for("a reviewed, x send back")
            terminal.type("a 4,6\n")
            terminal.wait_for("→ Groups say so.")
            terminal.wait_for("(yes or no)")
            steps.confirm(desk_of["leejin"], "un-letter#4", "Groups say something else.")
            terminal.type("y\n")
            terminal.wait_for("1 sentence is reviewed.")
            terminal.type(".q\n")
        assert [is_approved(unit_of(sample, number)) for number in (4, 6)] == [False, True]

    def test_the_korean_that_changed_is_said_word_by_word(self, sample: Path, desk_of: dict[str, Actor]) -> None:
        with Terminal(sample, "translate", "un-letter#4", "--plain", user="claire") as terminal:
            terminal.wait_for("Text: ")
            terminal.type("Min")
            terminal.wait_for("Min")
            time.sleep(0.3)
            old = unit_of(sample, 4)
            project = Project(sample)
            project.change(
                project.find_catalog("un-letter"),
                lambda now: now.map_unit(old.id, lambda unit: unit.replace(source=f"{unit.source} 어제.")),
            )
            terminal.type("e.\n")
            terminal.wait_for("The Korean of this sentence changed while you were writing.")
            terminal.wait_for("[+어제.+]")
            assert "Take theirs" not in terminal.said
            terminal.type("\n.q\n")

    def test_a_story_is_cleared_as_it_was_heard_with_what_the_checks_say(
        self, sample: Path, desk_of: dict[str, Actor]
    ) -> None:
        name = "un-china-refugees"
        steps.confirm(desk_of["eugene"], f"{name}#3", "China is asked not to force 41 refugees back.")
        with Terminal(sample, "story", name, "--plain", user="mina") as terminal:
            terminal.wait_for("Text: ")
            terminal.type(".a\n")
            terminal.wait_for("“UN presses China to spare 7 North Korean refuge…” 3: “41” is in none")
            terminal.wait_for("(yes or no)")
            steps.confirm(desk_of["eugene"], f"{name}#3", "China is asked not to force 42 refugees back.")
            terminal.type("y\n")
            terminal.wait_for("hear it again")
            terminal.type(".q\n")
        project = Project(sample)
        assert not project.load(project.find_catalog(name)).header.get("X-Cleared")

    def test_the_list_knows_the_warnings(self, sample: Path, desk_of: dict[str, Actor]) -> None:
        steps.confirm(desk_of["claire"], "un-letter#4", "Groups 단체 say so.")
        said = talk(sample, "translate", "un-letter#9", user="claire", lines=".l warning\n.q\n")
        assert "4 translated !: Groups 단체 say so." in said
        assert "1 of them." in said
