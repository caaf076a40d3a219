"""Output of commands: texts of any origin do not control the terminal."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from contextlib import redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import transflow
from support.commands import TEXTS, command, contents, done, in_terminal, office
from support.commands import transflow as ran
from transflow.cli.streams import (
    VisibleStream,
    machine_stream,
    print_coloured,
    visible_controls,
    write_exact,
    write_json,
)
from transflow.project import Project
from transflow.text import escaped_json, visible

EVIL = "\x1b]52;c;aGFja2Vk\x07\x9b31m\x1b[2J\u202edab\x7f\r"
OBEYED = frozenset(map(chr, [*range(0x20), *range(0x7F, 0xA0)])) - {"\n", "\t"}
HIDDEN = OBEYED | set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\U000e0041\ud800")


class TestAText:
    def test_shows_what_a_terminal_would_obey(self) -> None:
        assert visible("\x1b[31m\x7f\x9b\x85") == "^[[31m^?<9B><85>"

    def test_shows_what_turns_or_hides_text(self) -> None:
        assert visible("a\u202eb\u200bc\U000e0041\ud83d") == "a<U+202E>b<U+200B>c<U+E0041><U+D83D>"

    @pytest.mark.parametrize("text", ["두 줄\n\t셋", "👩‍👩‍👧", "می‌خواهم", "naïve — “Q”…", ""])
    def test_is_itself_where_nothing_is_hidden(self, text: str) -> None:
        assert visible(text) == text

    @given(st.text())
    def test_holds_nothing_hidden_any_more_and_stays_so(self, text: str) -> None:
        once = visible(text)
        assert not HIDDEN & set(once)
        assert visible(once) == once

    @given(st.text())
    def test_is_the_same_in_json_which_shows_it_as_escapes(self, text: str) -> None:
        document = escaped_json(json.dumps({text: [text]}, ensure_ascii=False))
        assert json.loads(document) == {text: [text]}
        assert not (HIDDEN | {"\n"}) & set(document)


class TestAStream:
    @given(st.lists(st.text()))
    def test_shows_everything_that_is_written_in_whatever_pieces(self, pieces: list[str]) -> None:
        out = StringIO()
        stream = VisibleStream(out)
        assert [stream.write(piece) for piece in pieces] == [len(piece) for piece in pieces]
        stream.writelines(pieces)
        assert out.getvalue() == visible("".join(pieces)) * 2

    def test_shows_bytes_too(self) -> None:
        out = StringIO()
        VisibleStream(out).buffer.write(b"a\x1b[m\xff" + "\u202e".encode())
        assert out.getvalue() == "a^[[m\\xff<U+202E>"

    def test_is_in_place_while_a_command_runs_and_not_after(self) -> None:
        out = StringIO()
        with redirect_stdout(out):
            before = sys.stdout
            with visible_controls(), visible_controls():
                print(EVIL, end="")  # noqa: T201
                write_exact(EVIL)
            assert sys.stdout is before
        assert out.getvalue() == visible(EVIL) + EVIL

    def test_prints_letters_where_the_stream_says_that_it_is_ascii(self) -> None:
        out = TextIOWrapper(BytesIO(), encoding="ascii", write_through=True)
        with redirect_stdout(out), visible_controls():
            print("한글")  # noqa: T201
        assert out.buffer.getvalue().decode() == "한글\n"

    def test_prints_a_question_mark_for_a_letter_that_the_terminal_does_not_have(self) -> None:
        out = TextIOWrapper(BytesIO(), encoding="cp949", write_through=True)
        VisibleStream(out).write("한글 ü\x1b\n")
        assert out.buffer.getvalue().decode("cp949") == "한글 ?^[\n"

    def test_paints_only_what_was_shown_before(self) -> None:
        class Tty(StringIO):
            def isatty(self) -> bool:
                return True

        out = Tty()
        with redirect_stdout(out), visible_controls():
            print_coloured([("a\x1b[m", "red"), ("b\x9b", "")])
        assert out.getvalue() == "\x1b[31ma^[[m\x1b[0mb<9B>\n"

    @given(st.lists(st.text(st.sampled_from(":#[] \n\tvso")) | st.sampled_from(["::add-mask::x", "##[group]", "::"])))
    def test_of_a_ci_runner_holds_none_of_its_commands(self, pieces: list[str]) -> None:
        out = StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GITHUB_ACTIONS", "true")
            stream = VisibleStream(out)
            for piece in pieces:
                stream.write(piece)
        assert not re.search(r"(?m)^\s*::|##\w*\[", out.getvalue())
        assert out.getvalue().replace("<U+003A>", ":").replace("<U+005B>", "[") == "".join(pieces)

    def test_of_a_terminal_shows_even_what_a_program_would_read(self) -> None:
        class Tty(StringIO):
            def isatty(self) -> bool:
                return True

        out = Tty()
        with redirect_stdout(out), visible_controls():
            write_exact("a\x1b]52;c;x\x07")
            machine_stream().write("b\u202e")
        assert out.getvalue() == "a^[]52;c;x^Gb<U+202E>"

    def test_gives_programs_their_json_whole(self) -> None:
        out = StringIO()
        with redirect_stdout(out), visible_controls():
            write_json([EVIL])
        assert json.loads(out.getvalue()) == [EVIL]


DIRECTED = "ئۇ\u202eيغۇر"
DIRECTED_AS_SHOWN = "ئۇ<U+202E>يغۇر"


@pytest.fixture
def evil(room: Path) -> Path:
    """Return a project with a report whose text changes the writing direction, beside letters that
    such characters are kept for.
    """
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "compose", "story", "--from", "flood", user="eugene")
    report = room / "sources" / "flood.md"
    report.write_text(report.read_text(encoding="utf-8").replace("홍수로", f"{DIRECTED} 홍수로"), encoding="utf-8")
    return room


COMMANDS = [
    ["status"],
    ["queue"],
    ["update"],
    ["unit", "show", "flood"],
    ["article", "show", "story"],
    ["credits", "story", "--explain"],
    ["check", "--all"],
    ["check", "--all", "--format", "github"],
    ["person", "list"],
    ["unit", "set", "flood#1", "Floods\u202e"],
    ["unit", "show", "flood\x1b]52;c;eA==\x07"],
    ["memory", "lookup", "홍수\u202e"],
    ["status", "\x1b[2J"],
    ["no\x1b[2Jsuch"],
    ["add", "no\x9b.md"],
]


class TestEveryCommand:
    @pytest.mark.parametrize(
        "arguments", COMMANDS, ids=lambda each: " ".join(each[:2]).encode("ascii", "replace").decode()
    )
    def test_prints_nothing_that_a_terminal_obeys(self, evil: Path, arguments: list[str]) -> None:
        said = ran(evil, *arguments, user="claire")
        assert said.code != 70, said
        assert not OBEYED & set(said.out + said.err)
        assert "\u202e" not in said.out + said.err

    def test_shows_what_it_does_not_print(self, evil: Path) -> None:
        assert DIRECTED_AS_SHOWN in ran(evil, "update", user="claire").out
        assert "^[]52;c;eA==^G" in ran(evil, "unit", "show", "flood\x1b]52;c;eA==\x07").err

    def test_shows_a_name_that_is_no_unicode(self, room: Path) -> None:
        name = os.fsdecode(b"no\xff.md")
        assert "<U+DCFF>" in ran(room, "add", name).err

    def test_leaves_what_programs_read_as_it_is(self, evil: Path) -> None:
        done(evil, "update", user="claire")
        units = json.loads(done(evil, "unit", "show", "flood#1", "--format", "json"))
        assert units[0]["source"].startswith(DIRECTED)

    def test_leaves_an_exported_text_as_it_is(self, evil: Path) -> None:
        done(evil, "update", user="claire")
        done(evil, "unit", "set", "flood#1", f"Floods {DIRECTED}", user="claire")
        done(evil, "compose", "story", user="eugene")
        assert f"Floods {DIRECTED}" in done(evil, "article", "edit", "story", "--export", "-", user="eugene")

    def test_answers_pairs_in_json_without_controls(self, room: Path) -> None:
        pair = json.dumps({"id": EVIL, "source": "가", "target": "A"})
        out = done(room, "check", "--pairs", "-", stdin=pair + "\n")
        assert json.loads(out)["id"] == EVIL
        assert not HIDDEN & set(out)

    def test_talks_without_escapes_in_a_terminal(self, evil: Path) -> None:
        done(evil, "update", user="claire")
        code, screen = in_terminal(evil, "--plain", "translate", "flood#1", user="claire", answers={"Text:": ".q"})
        assert code == 0
        assert DIRECTED_AS_SHOWN in screen
        assert "\u202e" not in screen

    def test_asks_without_escapes_in_a_terminal(self, room: Path) -> None:
        done(room, "unit", "set", "flood#1", "Three bri\u202edges out", user="claire")
        code, screen = in_terminal(
            room, "replace", "bri\u202edges", "bridges", user="claire", answers={"Change 1 sentence?": "n"}
        )
        assert code == 0
        assert "bri<U+202E>dges" in screen
        assert "\u202e" not in screen


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_nothing_that_is_printed_reaches_the_clipboard_of_a_terminal(room: Path, tmp_path: Path) -> None:
    tmux = ["tmux", "-S", str(tmp_path / "tmux"), "-u", "-f", os.devnull]

    def run(*arguments: str) -> str:
        return subprocess.run(
            [*tmux, *arguments], capture_output=True, encoding="utf-8", timeout=30, check=False
        ).stdout

    told = f"{' '.join(command('-C', str(room)))} unit show \"$(printf 'x\\033]52;c;aGFja2Vk\\007')\""
    try:
        run("new-session", "-d", "-x", "100", "-y", "20", "sh")
        run("set-option", "-s", "set-clipboard", "on")
        run("send-keys", "-l", f"printf '\\033]52;c;b3du\\007'; {told}")
        run("send-keys", "Enter")
        end = time.monotonic() + 30
        while "^[]52;c;aGFja2Vk^G" not in run("capture-pane", "-p", "-J") and time.monotonic() < end:
            time.sleep(0.1)
        assert "^[]52;c;aGFja2Vk^G" in run("capture-pane", "-p", "-J")
        assert run("show-buffer") == "own"  # the terminal receives unfiltered text
    finally:
        run("kill-server")


class TestClosedStreams:
    """Programs that start without the standard streams, as from a daemon."""

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("status >&- 2>&-", 0),
            ("status nothing <&- >&- 2>&-", 2),
            ("--as claire translate flood <&-", 2),
            ("--as claire --plain translate flood <&-", 0),
            ("--as claire unit set flood#1 Floods <&- >&- 2>&-", 0),
        ],
    )
    def test_are_empty_ones(self, room: Path, line: str, code: int) -> None:
        ran = subprocess.run(
            ["sh", "-c", f"exec {shlex.join(command('-C', str(room)))} {line}"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == code, ran
        assert "Traceback" not in ran.stderr
        if "unit set" in line:
            assert Project(room).load(Project(room).find_catalog("flood")).units[0].target == "Floods"


# The one place for output

CLI = sorted((Path(transflow.__file__).parent / "cli").rglob("*.py"))


def calls(path: Path) -> list[ast.Call]:
    return [each for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(each, ast.Call)]


def named(call: ast.Call) -> str:
    return ast.unparse(call.func)


@pytest.mark.parametrize("path", CLI, ids=lambda path: path.name)
class TestNoCommandGoesPastTheDoor:
    def test_with_styles_or_bars_of_its_own(self, path: Path) -> None:
        own = {
            "click.style",
            "click.secho",
            "click.progressbar",
            "click.echo_via_pager",
            "click.clear",
            "print",
            "input",
        }
        assert [named(each) for each in calls(path) if named(each) in own and path.name != "streams.py"] == []

    def test_with_a_question_that_readline_writes(self, path: Path) -> None:
        asked = [each for each in calls(path) if named(each) in ("click.prompt", "click.confirm")]
        assert [each.lineno for each in asked if "err=True" not in ast.unparse(each)] == []

    def test_to_a_stream_of_the_process(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        past = [word for word in ("__stdout__", "__stderr__", "stdout.buffer", "os.write(") if word in text]
        assert past == []


def test_only_the_end_of_all_asks_a_terminal_itself() -> None:
    root = Path(transflow.__file__).parent
    users = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for each in calls(path)
        if named(each) == "input"
    }
    assert users == {"tui/plain/talk.py"}


def test_a_project_is_as_it_was_after_being_shown(evil: Path) -> None:
    before = contents(evil)
    ran(evil, "status")
    Project.find(evil)
    assert contents(evil) == before


@pytest.mark.parametrize("encoding", ["latin-1", "cp949", "ascii"])
def test_no_encoding_of_a_terminal_ends_a_command(sample: Path, encoding: str) -> None:
    def in_encoding(*words: str) -> bytes:
        ran = subprocess.run(
            command(*words),
            cwd=sample,
            env={**os.environ, "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=True,
        )
        assert b"Traceback" not in ran.stderr
        return ran.stdout

    assert b"un-letter#3" in in_encoding("unit", "show", "un-letter#3")
    shown = json.loads(in_encoding("unit", "show", "un-letter#3", "--format", "json"))
    assert shown[0]["source"].startswith("유엔이")
    assert "U.N." in in_encoding("render", "un-china-refugees", "--format", "txt", "-o", "-").decode("utf-8")


def test_standard_input_is_utf_8_whatever_the_locale_is(room: Path) -> None:
    environment = {**os.environ, **office("claire"), "PYTHONIOENCODING": "latin-1"}
    typed = command("--as", "claire", "unit", "set", "flood#1", "-")
    subprocess.run(typed, cwd=room, input="Café “tonight”\n".encode(), env=environment, check=True)
    assert json.loads(done(room, "unit", "show", "flood#1", "--format", "json"))[0]["target"] == "Café “tonight”"
    ran = subprocess.run(typed, cwd=room, input=b"caf\xe9", env=environment, capture_output=True, check=False)
    assert (ran.returncode, b"-:1: this is not UTF-8" in ran.stderr) == (3, True)
