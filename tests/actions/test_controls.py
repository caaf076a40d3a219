"""Control characters in reports, pastes, imports and texts from an editor.

Line breaks of other programs become spaces and are reported. All others are refused with line and
character, and nothing is changed.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from renderers.test_renderers import story
from support.commands import TEXTS, done, program, refusal, transflow
from transflow import renderers
from transflow.errors import UnreadableError
from transflow.glossary import table
from transflow.memory import pairs
from transflow.memory.tmx import entries
from transflow.project import Project
from transflow.user_folders import drafts_folder

BREAKS = {"\x0b": "U+000B", "\x0c": "U+000C", "\x85": "U+0085", "\u2028": "U+2028", "\u2029": "U+2029"}
REFUSED = ["\x00", "\x07", "\x08", "\x1b", "\x1c", "\x7f", "\x80", "\x9b"]
OBEYED = set(map(chr, [*range(9), *range(0xB, 0x20), *range(0x7F, 0xA0)])) | {"\u2028", "\u2029"}


def file(folder: Path, name: str, text: str) -> str:
    path = folder.parent / name
    path.write_bytes(text.encode("utf-8"))
    return str(path)


def shown(character: str) -> str:
    return f"U+{ord(character):04X}"


class TestAReport:
    @pytest.mark.parametrize("front", ["---\ntitle: 제목\n---\n\n", "제목\n\n\n"])
    @pytest.mark.parametrize(("each", "name"), BREAKS.items())
    def test_has_a_space_where_another_program_breaks_a_line_and_is_told(
        self, room: Path, each: str, name: str, front: str
    ) -> None:
        suffix = "md" if front.startswith("---") else "txt"
        path = file(room, f"typhoon.{suffix}", f"{front}첫 문장{each}이다.\n")
        ran = transflow(room, "add", path)
        assert ran.code == 0, ran
        line = front.count("\n") + 1
        assert f"{path}:{line}: {name} (" in ran.err
        assert "is read as a space." in ran.err
        units = Project(room).load(Project(room).find_catalog("typhoon")).units
        assert [unit.source for unit in units] == ["제목", "첫 문장 이다."]
        assert not OBEYED & set((room / "sources/typhoon.md").read_bytes().decode())

    @pytest.mark.parametrize("each", REFUSED)
    def test_is_refused_with_line_and_character(self, room: Path, each: str) -> None:
        path = file(room, "typhoon.md", f"---\ntitle: 제목\n---\n\n첫 문장{each}이다.\n")
        told = refusal(room, "add", path, code=3)
        assert f"{path}:5: " in told
        assert shown(each) in told or each == "\x00"

    def test_that_was_changed_by_hand_is_told_on_update(self, room: Path) -> None:
        path = room / "sources" / "flood.md"
        path.write_text(path.read_text("utf-8").replace("다친 사람은", "다친\u2028사람은"), encoding="utf-8")
        ran = transflow(room, "update", "flood", user="claire")
        assert ran.code == 0
        assert "sources/flood.md:8: U+2028" in ran.err

    @pytest.mark.parametrize("front", ["title: 제\x1b목", "byline: 이\x9b정은"])
    def test_is_refused_for_its_front_matter_too(self, room: Path, front: str) -> None:
        path = file(room, "typhoon.md", f"---\n{front}\n---\n\n문장.\n")
        assert f"{path}:2: " in refusal(room, "add", path, code=3)


class TestAText:
    @pytest.mark.parametrize("each", BREAKS)
    def test_that_is_typed_has_a_space(self, room: Path, each: str) -> None:
        done(room, "unit", "set", "flood#1", f"Three{each}bridges", user="claire")
        assert Project(room).load(Project(room).find_catalog("flood")).units[0].target == "Three bridges"

    @pytest.mark.parametrize("each", REFUSED[1:])
    def test_that_is_typed_is_refused_with_line_and_character(self, room: Path, each: str) -> None:
        said = refusal(room, "unit", "set", "flood#1", f"Three\nbr{each}idges", user="claire", code=2)
        assert f"{shown(each)} in line 2, at position 3" in said

    def test_from_an_editor_is_refused_with_line_and_kept(self, room: Path, tmp_path: Path) -> None:
        for number, text in enumerate(TEXTS, 1):
            done(room, "unit", "set", f"flood#{number}", text, user="claire")
        done(room, "compose", "story", "--from", "flood", user="eugene")
        editor = tmp_path / "editor"
        editor.write_text("#!/bin/sh\nprintf 'a\\033b\\n' >> \"$1\"\n", encoding="utf-8")
        editor.chmod(0o755)
        ran = program(
            room, "article", "edit", "story", user="eugene", env={"EDITOR": str(editor), "PATH": os.environ["PATH"]}
        )
        assert ran.code == 2
        assert "U+001B in line" in ran.err
        assert "\x1b" not in ran.err + ran.out
        assert b"a\x1bb" in next(drafts_folder(room).rglob("*.edited.txt")).read_bytes()


def tmx(source: str, target: str) -> bytes:
    pair = "<tuv xml:lang='{}'>\n<seg>{}</seg></tuv>"
    return f"<tmx>\n<body><tu>{pair.format('ko', source)}{pair.format('en', target)}</tu></body></tmx>".encode()


class TestAnImport:
    @pytest.mark.parametrize("each", [*BREAKS, "&#x2028;", "&#8233;", "&#133;"])
    def test_of_a_memory_has_a_space(self, each: str) -> None:
        (found,) = entries(tmx(f"첫{each}문장", f"First{each}one"), "old.tmx", "ko", "en")
        assert (found.source, found.target) == ("첫 문장", "First one")

    @pytest.mark.parametrize("each", [*REFUSED, "&#27;", "&#x9b;", "&#128;", "&#127;", "&#0;"])
    def test_of_a_memory_is_refused_with_its_line(self, room: Path, each: str) -> None:
        path = file(room, "old.tmx", "")
        Path(path).write_bytes(tmx("문장", f"Sent{each}ence"))
        assert "old.tmx:4: " in refusal(room, "memory", "import", path, code=3)

    def test_of_a_pair_is_refused_with_its_line(self) -> None:
        (found,) = pairs.entries("하나\u2028둘\n".encode(), b"one\x0ctwo\n", ("a.ko", "a.en"))
        assert (found.source, found.target) == ("하나 둘", "one two")
        with pytest.raises(UnreadableError, match=r"a\.en:2: .*U\+009B"):
            list(pairs.entries("하나\n둘\n".encode(), "one\ntw\x9bo\n".encode(), ("a.ko", "a.en")))

    def test_of_a_glossary_is_refused_with_its_line(self, room: Path) -> None:
        ((term, _, _),) = table.parse("source,target\n다리,bri\u2028dge\n".encode(), "terms.csv")
        assert term.target == "bri dge"
        path = file(room, "terms.csv", "source,target\n다리,bridge\n강,ri\x1bver\n")
        assert "terms.csv:3: " in refusal(room, "glossary", "import", path, code=3)


PAGES = [name for name in renderers.names() if not renderers.load(name).SUFFIX.endswith(".json")]


@pytest.mark.parametrize("form", [*PAGES, "fragment"])
def test_no_page_holds_controls_wherever_they_come_from(form: str) -> None:
    evil = "x" + "".join(sorted(OBEYED)) + "y"
    of = replace(
        story("bridges"), headline=evil, credit_line=evil, byline=evil, dateline=evil, publisher=evil, tags=(evil,)
    )
    found = renderers.render(of, form)
    if form == "fragment":  # in a JSON document, which has escapes for all other fields
        read = json.loads(found)
        found = "".join(read[name] for name in ("body", "headline", "headlineHtml", "byline", "dateline", "credit"))
    assert not OBEYED & set(found)
    assert "\\u00" not in found
