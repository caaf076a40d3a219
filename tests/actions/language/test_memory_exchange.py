"""Translation memories of other programs: TMX 1.4b and pairs of texts."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage.tmx import tmxfile

from support.commands import done, new_project, refusal
from transflow.errors import UnreadableError
from transflow.memory import pairs, tmx
from transflow.memory.entries import MemoryEntry
from transflow.memory.index import IndexedEntry

TEXT = st.sampled_from(["유엔은", "<서한>", "&amp;", '"b"', " c ", "é", "a\nb", "]]>", "\u200b"])
SENTENCE = st.lists(TEXT, min_size=1, max_size=3).map("".join).filter(lambda text: text.strip())
ENTRIES = st.builds(
    MemoryEntry,
    st.just("u"),
    SENTENCE,
    SENTENCE,
    st.sampled_from(["approved", "translated", "needs-work"]),
    st.sampled_from(["", "claire", "mt:x/y"]),
    st.sampled_from(["", "2024-03-26T03:12:00Z"]),
    st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
    st.just(7),
)


def written(held: list[IndexedEntry], others: tuple[str, ...] = ()) -> str:
    text = io.StringIO()
    assert tmx.write(held, others, "ko", "zh_Hans", "0.1", text) == len(held) + len(others)
    return text.getvalue()


@given(st.lists(ENTRIES, max_size=3))
@settings(max_examples=50)
def test_what_is_written_is_read_back_with_person_time_state_and_neighbours(found: list[MemoryEntry]) -> None:
    text = written([IndexedEntry("un-letter", entry) for entry in found])
    wanted = [entry._replace(unit=str(number)) for number, entry in enumerate(found, 1)]
    assert tmx.entries(text.encode(), "a.tmx", "ko", "zh_Hans") == wanted
    assert tmx.entries(text.encode("utf-16").replace(b"UTF-8", b"UTF-8"), "a.tmx", "ko", "zh_Hans") == wanted


def test_another_program_reads_what_is_written() -> None:
    entry = MemoryEntry("k", "유엔은 <말했다>", "He & she", "approved", "claire", "2024-03-26T03:12:00Z")
    text = written([IndexedEntry("un-letter", entry)])
    (unit,) = tmxfile.parsestring(text.encode()).units  # type: ignore[no-untyped-call] # it has no types
    assert (unit.source, unit.target) == (entry.source, entry.target)


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="OmegaT" segtype="sentence" srclang="KO-KR" datatype="plaintext"/><body>
<tu tuid="7" creationdate="20200102T030405Z" usagecount="3"><note>From the desk.</note><prop type="project">Old &amp; gone</prop>
<tuv lang="KO-KR"><seg>유엔은 <bpt i="1">&lt;b&gt;</bpt>서한<ept i="1">&lt;/b&gt;</ept>을 <hi>보냈다</hi>.</seg></tuv>
<tuv lang="EN-US" changeid="old" changedate="20210102T030405Z"><seg>The U.N. sent a <ph>x</ph>letter.</seg></tuv>
<tuv lang="fr"><seg>L'ONU.</seg></tuv></tu>
<tu><tuv xml:lang="ko"><seg>없다</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>No source</seg></tuv></tu>
</body></tmx>"""


def test_files_of_other_programs_are_read_without_their_codes() -> None:
    (entry,) = tmx.entries(FOREIGN.encode(), "a.tmx", "ko", "en")
    assert (entry.source, entry.target) == ("유엔은 서한을 보냈다.", "The U.N. sent a letter.")
    assert (entry.who, entry.time, entry.state) == ("old", "2021-01-02T03:04:05Z", "translated")
    assert tmx.entries(FOREIGN.encode(), "a.tmx", "ko", "vi") == []


def test_an_imported_file_is_kept_as_it_is_and_exported_with_all_its_attributes(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "room")
    (tmp_path / "old.tmx").write_text(FOREIGN, encoding="utf-8")
    assert done(folder, "memory", "import", str(tmp_path / "old.tmx")) == "1 translation taken in.\n"
    assert (folder / "locales/en/memory/old.tmx").read_text("utf-8") == FOREIGN
    assert "The U.N. sent a letter." in done(folder, "memory", "lookup", "유엔은 서한을 보냈다.")
    done(folder, "memory", "export", str(tmp_path / "all.tmx"))
    text = (tmp_path / "all.tmx").read_text("utf-8")
    for part in ('tuid="7"', 'usagecount="3"', "From the desk.", "Old &amp; gone", 'changeid="old"', "L'ONU.", "<bpt"):
        assert part in text
    other = new_project(tmp_path / "other")
    done(other, "memory", "import", str(tmp_path / "all.tmx"))
    done(other, "memory", "export", str(tmp_path / "again.tmx"))
    assert (tmp_path / "again.tmx").read_text("utf-8") == text
    (tmp_path / "old.tmx").write_text(FOREIGN.replace("letter", "note"), encoding="utf-8")
    assert "--replace" in refusal(folder, "memory", "import", str(tmp_path / "old.tmx"))
    done(folder, "memory", "import", str(tmp_path / "old.tmx"), "--replace")
    (folder / "locales/en/memory/old.tmx").unlink()
    assert (
        done(folder, "memory", "export", str(tmp_path / "x.ko"), str(tmp_path / "x.en")) == "0 translations written.\n"
    )


def test_a_file_with_a_name_in_no_unicode_is_passed_over(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "room")
    (tmp_path / "old.tmx").write_text(FOREIGN, encoding="utf-8")
    done(folder, "memory", "import", str(tmp_path / "old.tmx"))
    (folder / "locales/en/memory" / os.fsdecode(b"\xff.tmx")).write_text(FOREIGN, encoding="utf-8")
    assert done(folder, "memory", "rebuild") == "en: 1 sentence in the memory.\n"


def test_a_pair_of_texts_goes_in_and_comes_out(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "room")
    (tmp_path / "news.ko").write_text("첫째 문장이다.\n\n둘째 문장이다.\n", encoding="utf-8")
    (tmp_path / "news.en").write_text("The first.\r\n\r\nThe second.\r\n", encoding="utf-8")
    pair = str(tmp_path / "news.ko"), str(tmp_path / "news.en")
    assert done(folder, "memory", "import", *pair) == "2 translations taken in.\n"
    out = tmp_path / "out.ko", tmp_path / "out.en"
    done(folder, "memory", "export", *map(str, out))
    assert [path.read_text("utf-8") for path in out] == [
        "첫째 문장이다.\n둘째 문장이다.\n",
        "The first.\nThe second.\n",
    ]
    (tmp_path / "news.en").write_text("The first.\n", encoding="utf-8")
    assert "a line for each line" in refusal(folder, "memory", "import", *pair, code=3)


def test_files_of_other_programs_become_part_of_the_record_as_tmx(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "room")
    (tmp_path / "site.po").write_text('msgid "첫째 문장이다."\nmsgstr "The first."\n', encoding="utf-8")
    (tmp_path / "list.tsv").write_text("둘째 문장이다.\tThe second.\n", encoding="utf-8")
    for name in ("site.po", "list.tsv"):
        assert done(folder, "memory", "import", str(tmp_path / name)) == "1 translation taken in.\n"
    assert {path.name for path in (folder / "locales/en/memory").iterdir()} == {"site.tmx", "list.tmx"}
    assert "The second." in done(folder, "memory", "find", "second the 문장")
    (tmp_path / "a.doc").write_bytes(b"x")
    assert ".xliff" in refusal(folder, "memory", "import", str(tmp_path / "a.doc"), code=2)


PO_OF_THE_WIRE = (
    'msgid ""\nmsgstr "X-Source-Language: ja\\nLanguage: en\\n"\n\nmsgid "橋が落ちた。"\nmsgstr "A bridge fell."\n'
)


def test_a_file_of_another_language_is_taken_in_from_that(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "room")
    files = {
        "wire.po": PO_OF_THE_WIRE,
        "wire.tmx": FOREIGN.replace("KO-KR", "ja").replace("유엔은", "国連は"),
        "wire.ja": "洪水だ。\n",
        "wire.en": "It is a flood.\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for names in (("wire.po",), ("wire.tmx", "--replace"), ("wire.en", "wire.ja", "--replace")):
        paths = [each if each.startswith("-") else str(tmp_path / each) for each in names]
        assert done(folder, "memory", "import", *paths) == "1 translation taken in, from ja.\n"
        found = done(
            folder, "memory", "search", "bridge" if "po" in names[0] else "letter" if "tmx" in names[0] else "flood"
        )
        assert re.search("橋|国連|洪水", found)
    assert "no translation from ko into en" in refusal(
        folder, "memory", "import", str(tmp_path / "wire.po"), "--source-lang", "kor", code=2
    )
    assert "“klingon” is no language" in refusal(
        folder, "memory", "import", str(tmp_path / "wire.po"), "--source-lang", "klingon", code=2
    )


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"a\.tmx:2"):
        tmx.entries(b"<tmx>\n<tu></body>", "a.tmx", "ko", "en")
    with pytest.raises(UnreadableError, match=r"b\.en:2: this is not UTF-8"):
        list(pairs.entries(b"a\nb\n", b"a\n\xff\n", ("b.ko", "b.en")))
    folder = new_project(tmp_path / "room")
    (tmp_path / "old.tmx").write_text(FOREIGN.replace("EN-US", "vi"), encoding="utf-8")
    assert "no translation from ko into en" in refusal(folder, "memory", "import", str(tmp_path / "old.tmx"), code=2)
