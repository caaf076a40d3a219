"""The table of keys, and the validation of a user's changes before the application starts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.screens import painted, played, press, running, sheet, with_work_left
from transflow.errors import ConfigError
from transflow.messages import CommandRef
from transflow.presenters import preferences
from transflow.presenters.preferences import Preferences
from transflow.tui import keymap, keys
from transflow.tui.app import MODES_AT, TransflowApp
from transflow.tui.dialogs import Tell
from transflow.tui.screens.catalog_screen import NothingOpen
from transflow.tui.screens.mode import Mode


def checked(text: str) -> dict[str, str]:
    return keymap.validated_overrides(preferences.parse(text, "tui.toml"))


def test_ids_are_unique_and_every_action_exists() -> None:
    assert len({key.id for key in keys.TABLE}) == len(keys.TABLE)
    for key in keys.TABLE:
        mode, name = key.id.split(".")[0], re.match(r"\w+", key.action)
        assert name
        if mode == "app":
            assert hasattr(TransflowApp, f"action_{name[0]}"), key


@pytest.mark.parametrize(
    ("mode", "name"),
    [("queue", ""), ("translate", "un-letter"), ("review", "un-letter"), ("story", "un-china-refugees")],
)
def test_every_key_of_a_mode_has_a_command_and_every_command_a_key(sample: Path, mode: str, name: str) -> None:
    async def play() -> None:
        async with running(sample, mode, name) as pilot:
            screen = pilot.app.screen
            assert isinstance(screen, Mode)
            wanted = {key.action.partition("(")[0] for key in keys.TABLE if key.id.startswith(f"{mode}.")}
            assert wanted <= screen.commands.keys()
            assert screen.commands.keys() - wanted <= {"leave"}

    played(play())


def test_keys_of_a_catalog_do_nothing_while_none_is_open(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            sheet(pilot).state = NothingOpen()
            before = painted(pilot)
            await press(pilot, "n", "c", "ctrl+s", "u", "slash")
            assert painted(pilot) == before

    played(play())


def test_no_key_means_two_things_in_one_place() -> None:
    for scope in {key.scope for key in keys.TABLE}:
        for place in {scope.removesuffix(".list"), "app"} - {scope}:
            own = {key for entry in keys.keys_in_scope(scope) for key in entry.keys.split(",")}
            assert not own & {key for entry in keys.keys_in_scope(place) for key in entry.keys.split(",")}


def test_no_key_is_one_that_browsers_terminals_and_input_methods_take() -> None:
    taken = re.compile(r"ctrl\+[wntb]|f5|f11|f12|(ctrl|alt|shift)\+(enter|\d)|shift\+.*|[A-Z]")
    assert [entry.id for entry in keys.TABLE for key in entry.keys.split(",") if taken.fullmatch(key)] == []


def test_letters_are_for_lists_only() -> None:
    letters = [entry for entry in keys.TABLE if any(len(key) == 1 for key in entry.keys.split(","))]
    assert all(entry.scope.endswith(".list") for entry in letters)


def test_changes_are_read_in_every_spelling() -> None:
    wanted = {"translate.confirm": "ctrl+d,ctrl+j", "queue.list.open": "j"}
    assert checked('[keys]\n"translate.confirm" = ["ctrl+d", "ctrl+j"]\n"queue.list.open" = "j"\n') == wanted
    assert checked('[keys]\ntranslate.confirm = "ctrl+d, ctrl+j"\nqueue.list.open = "j"\n') == wanted
    assert checked("") == {}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '[keys]\n"translate.confrim" = "f7"',
            "tui.toml:2: keys.translate.confrim: there is no such command. Did you mean translate.confirm",
        ),
        ('[keys]\n\n"translate.confirm" = "ctrl-s"', "tui.toml:3: keys.translate.confirm: “ctrl-s” is no key."),
        ('[keys]\n"translate.confirm" = "f77"', "“f77” is no key. Did you mean f7?"),
        ('[keys]\n"translate.confirm" = "x"', "would be typed into the text"),
        ('[keys]\n"translate.confirm" = "ctrl+enter"', "does not arrive in most terminals"),
        ('[keys]\n"translate.confirm" = "f10"', "f10 is taken by translate.again already"),
        ('[keys]\n"translate.list.next" = "f2"', "f2 is taken by app.queue already"),
        ('[keys]\n"translate.confirm" = 7', "keys.translate.confirm: 7 is not a text. Allowed: \"ctrl+s\""),
        ('theme = "pink"', "tui.toml:1: theme: “pink” is not known here. Allowed: dark, light"),
        ('lang = "fr"', "Allowed: en, ko"),
        ("colour = 1", "tui.toml:1: colour: there is no such key"),
        ("[keys", "this is not TOML"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        checked(text)
    assert problem in str(refusal.value)


def test_two_commands_may_change_places() -> None:
    assert checked('[keys]\n"translate.confirm" = "f10"\n"translate.again" = "ctrl+s"\n')


def test_there_need_be_no_file(tmp_path: Path) -> None:
    assert preferences.load(tmp_path / "tui.toml") == Preferences(path=str(tmp_path / "tui.toml"))


def test_a_changed_key_does_what_the_old_one_did(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", keys={"translate.list.next": "j"}) as pilot:
            await press(pilot, "n")
            assert sheet(pilot).lines.cursor == 3
            await press(pilot, "j")
            assert sheet(pilot).lines.cursor == 4
            await press(pilot, "ㅓ")  # j in Hangul mode
            assert sheet(pilot).lines.cursor == 5

    played(play())


def test_keys_are_shown_as_people_read_them() -> None:
    assert keymap.key_labels("ctrl+s") == "Ctrl+S"
    assert keymap.key_labels("f10") == "F10"
    assert keymap.key_labels("n") == "n ㅜ"
    assert keymap.key_labels("e,enter") == "e ㄷ Enter"


@pytest.mark.parametrize("mode", MODES_AT)
def test_a_question_mark_opens_the_help_where_letters_are_commands_and_shuts_it(sample: Path, mode: str) -> None:
    ref = {"queue": "", "story": "un-china-refugees"}.get(mode, "un-letter")

    async def play() -> None:
        async with running(sample, mode, ref, who="mina") as pilot:
            before = pilot.app.screen
            await press(pilot, "question_mark")
            assert isinstance(pilot.app.screen, Tell)
            await press(pilot, "question_mark")
            assert pilot.app.screen is before

    played(play())


@pytest.mark.parametrize(
    ("words", "mode", "label"),
    [
        ("unit answer", "review", "(c)"),
        ("unit confirm un-story#3", "translate", "(Ctrl+S)"),
        ("unit confirm un-story#3 --take-new", "story", "(d)"),
        ("article cut un-story#9 REASON", "story", "(o)"),
        ("compose", "story", "(g)"),
        ("compose", "queue", "(c)"),
        ("unit return", "review", "(x)"),
        ("unit return", "story", "`transflow unit return`"),
        ("unit resolve", "translate", "`transflow unit resolve`"),
        ("correct", "story", "(j)"),
        ("kill", "story", "(j)"),
        ("handover", "queue", "(h)"),
        ("repair", "story", "`transflow repair`"),
    ],
)
def test_a_command_in_a_message_is_the_key_that_does_the_same(words: str, mode: str, label: str) -> None:
    assert keymap.command_label(CommandRef(words), {}, (mode, f"{mode}.list", "app")) == label


def test_a_command_in_a_message_is_the_key_that_a_person_chose_for_it() -> None:
    overrides = {"review.list.comment": "k,f7"}
    assert keymap.command_label(CommandRef("unit answer"), overrides, ("review", "review.list")) == "(k)"


def test_the_palette_asks_in_the_language_of_the_screen(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "queue", lang="ko") as pilot:
            await press(pilot, "ctrl+p")
            assert "명령 찾기" in painted(pilot)
            assert "Search" not in painted(pilot)

    played(play())
