"""Control characters: readers refuse them with file, line and unit; `repair` removes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.commands import transflow
from support.strategies import catalogs
from transflow.actions.project.counting import count
from transflow.errors import UnreadableError
from transflow.integrity.repair import without_controls
from transflow.model.catalog import Catalog
from transflow.model.unit import Question, Unit
from transflow.po import plain
from transflow.po.catalog import load, new_header, serialize
from transflow.po.header import with_counts
from transflow.po.scan import scan
from transflow.po.syntax import decode
from transflow.project import CatalogRef, Project
from transflow.text import first_control

RAW = [chr(code) for code in (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160)) if code != 0x85]
BEFORE = serialize(
    with_counts(
        Catalog(
            new_header("en", "ko", X_Report="r"),
            (
                Unit("k7f3q2mx", "가나", "ab"),
                Unit("b4tq9z2a", "다라", "cd", comments=("he",), previous="옛", fuzzy=True, foreign=("#: a.md:3",)),
            ),
            (Unit("c8m2w0rt", "마바", "ef"),),
        )
    )
)
PLACES = {
    "msgid": ("가나", "가{}나"),
    "msgstr": ("ab", "a{}b"),
    "previous": ("옛", "옛{}"),
    "comment": ("# he", "# h{}e"),
    "foreign line": ("a.md:3", "a{}.md:3"),
    "kind": ("#. paragraph", "#. paragraph, {}"),
    "header": ("Language: en", "Language: e{}n"),
    "deleted": ("마바", "마{}바"),
    "note": ("# he", '# @question claire 2024-03-26T05:40:12Z "{}"'),
}


def refusals(data: bytes) -> set[str]:
    """Return the message of each reader of a file; `readable` if it reports nothing."""

    def said(read: object) -> str:
        try:
            read()  # type: ignore[operator] # a lambda of this module
        except UnreadableError as error:
            return str(error)
        return "readable"

    return {
        said(lambda: load(data, "x.po")),
        said(lambda: list(scan(decode(data, "x.po"), "x.po"))),
        said(lambda: count(decode(data, "x.po"), "x.po", "", data)),
    }


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x7f", "\x9b", "\x80", "\x0b"])
def test_a_control_character_is_refused_by_every_reader_wherever_it_stands(place: str, character: str) -> None:
    old, new = PLACES[place]
    text = BEFORE.replace(old, new.format(character), 1)
    assert text != BEFORE
    (refusal,) = refusals(text.encode())
    line = text[: text.index(character)].count("\n") + 1
    assert refusal.startswith(f"x.po:{line}: there is a control character")
    assert "transflow repair" in refusal
    assert first_control(refusal) < 0


@pytest.mark.parametrize("character", RAW)
def test_none_of_them_is_let_pass(character: str) -> None:
    (refusal,) = refusals(BEFORE.replace("ab", f"a{character}b").encode())
    assert "in the unit k7f3q2mx" in refusal


@pytest.mark.parametrize("text", ["a\tb", "a\u0085b", "a·b", "a\u00a0b", "é", "a\u2028b"])
def test_text_is_no_control(text: str) -> None:
    assert refusals(BEFORE.replace("ab", text).encode()) == {"readable"}


@pytest.mark.parametrize("place", ["msgid", "msgstr", "previous", "header", "deleted"])
@pytest.mark.parametrize("escape", ["\\a", "\\b", "\\v", "\\f", "\\r", "\\\\\\a"])
def test_an_escape_of_one_is_refused_by_every_reader(place: str, escape: str) -> None:
    old, new = PLACES[place]
    text = BEFORE.replace(old, new.format(escape), 1)
    (refusal,) = refusals(text.encode())
    assert refusal.startswith(f"x.po:{text[: text.index(escape)].count(chr(10)) + 1}: there is a control character")
    assert "transflow repair" in refusal


def test_the_unit_is_named_though_its_id_comes_later() -> None:
    (refusal,) = refusals(BEFORE.replace("옛", "\\a").encode())
    assert "in the unit b4tq9z2a, ^G" in refusal


@pytest.mark.parametrize("escape", ["\\\\a", "\\t", "\\n", '\\"'])
def test_other_escapes_are_text(escape: str) -> None:
    assert refusals(BEFORE.replace("ab", f"a{escape}b").encode()) == {"readable"}


@pytest.mark.parametrize("escape", ["\\u001b", "\\u009B", "\\u007f", "\\b", "\\f", "\\r"])
def test_an_escape_of_one_in_a_note_is_refused_by_every_reader(escape: str) -> None:
    note = f'# @question claire 2024-03-26T05:40:12Z "Is it {escape}[31m?"'
    text = BEFORE.replace("# he", note)
    (refusal,) = refusals(text.encode())
    assert "in the unit b4tq9z2a" in refusal
    assert refusal.startswith(f"x.po:{text[: text.index(note)].count(chr(10)) + 1}:")


def test_an_escape_that_goes_over_two_lines_of_a_note_is_refused_too() -> None:
    note = '# @question claire 2024-03-26T05:40:12Z "It is \\u00\n# @++ 1b[31m."'
    (refusal,) = refusals(BEFORE.replace("# he", note).encode())
    assert "control character" in refusal


@pytest.mark.parametrize(
    "note",
    [
        '# @question claire 2024-03-26T05:40:12Z "C:\\\\boot, \\u0085, \\u005cb"',
        "# @omitted claire 2024-03-26T05:40:12Z it is in C:\\boot",
        "# it is in C:\\boot \\u001b",
    ],
)
def test_what_only_looks_like_one_is_text(note: str) -> None:
    assert refusals(BEFORE.replace("# he", note).encode()) == {"readable"}


@given(catalogs(), st.data())
def test_what_the_search_over_bytes_counts_has_none(catalog: Catalog, data: st.DataObject) -> None:
    text = serialize(catalog)
    at = data.draw(st.integers(0, len(text)))
    spoiled = (text[:at] + data.draw(st.sampled_from([*RAW, "\\a", "\\b"])) + text[at:]).encode()
    said = refusals(spoiled)
    assert len(said) == 1
    if said == {"readable"}:
        assert all(first_control(unit.source + unit.target) < 0 for unit in load(spoiled, "x.po").units)


def test_a_text_with_one_is_never_written() -> None:
    for unit in (
        Unit("k7f3q2mx", "가\x1b"),
        Unit("k7f3q2mx", "가", "\x9b"),
        Unit("k7f3q2mx", "가", comments=("\x1b",)),
        Unit("k7f3q2mx", "가", foreign=("#: \x1b",)),
    ):
        with pytest.raises(ValueError, match="would not be read as it is written"):
            serialize(with_counts(Catalog(new_header("en", "ko", X_Report="r"), (unit,))))


# Repair


@given(catalogs())
def test_what_has_none_stays_byte_for_byte(catalog: Catalog) -> None:
    data = serialize(catalog).encode()
    assert without_controls(data) == (data, [])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\\a", "\\u001b"])
def test_taking_them_out_leaves_a_file_that_every_reader_reads(place: str, character: str) -> None:
    if character == "\\u001b" and place not in ("note", "comment", "foreign line", "kind"):
        pytest.skip("PO files have no such escape")
    old, new = PLACES[place]
    data = BEFORE.replace(old, new.format(character), 1).encode()
    clean, _ = without_controls(data)
    assert refusals(clean) == {"readable"}
    if place not in ("kind", "note") and (
        character != "\\u001b" and (character != "\\a" or place not in ("comment", "foreign line"))
    ):
        assert clean.decode() == BEFORE


def test_repair_shows_them_and_takes_them_out_at_somebody_s_word(room: Path) -> None:
    place = CatalogRef("en", "reports", "flood")
    path = room / place.path
    spoiled = path.read_text(encoding="utf-8").replace("#. paragraph", "# do\x1b]52;c;x\x07 it\u009b\n#. paragraph", 1)
    path.write_text(spoiled, encoding="utf-8")
    shown = transflow(room, "repair")
    assert shown.code == 3
    assert "an invisible control character is in “# do^[]52;c;x^G it<9B>”: left to you. [record.control]" in shown.out
    assert path.read_text(encoding="utf-8") == spoiled
    assert "[record.control]" in transflow(room, "check", "--all").out
    done = transflow(room, "repair", "--controls")
    assert (done.code, "taken out. [record.control]" in done.out) == (0, True)
    assert Project(room).load(place).units[1].comments == ("do]52;c;x it",)
    assert [each.read_text(encoding="utf-8") for each in (room / ".transflow/repair").rglob("*.po")] == [spoiled]
    assert transflow(room, "repair").out == "Nothing to mend.\n"


def test_a_question_with_one_is_shown_and_taken_out(room: Path) -> None:
    place = CatalogRef("en", "reports", "flood")
    project = Project(room)
    asked = Question(
        "claire", "2024-03-26T05:40:12Z", "", "Is the first bridge “red”, as the mayor said on Monday, or is it blue?"
    )
    unit = project.load(place).units[1].id
    project.change(place, lambda catalog: catalog.map_unit(unit, lambda old: old.replace(questions=(asked,))))
    path = room / place.path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("“red”", "“r\\u001bed”"), encoding="utf-8")
    assert transflow(room, "repair").code == 3
    assert transflow(room, "repair", "flood", "--controls").code == 0
    assert path.read_text(encoding="utf-8") == text


def test_repair_takes_them_out_of_the_settings_and_the_glossary(room: Path) -> None:
    glossary, settings = room / "locales/en/glossary.po", room / "transflow.toml"
    assert transflow(room, "glossary", "add", "강변시", "Riverside", user="claire").code == 0
    glossary.write_text(glossary.read_text(encoding="utf-8").replace("Riverside", "River\x1bside"), encoding="utf-8")
    assert transflow(room, "glossary", "list").code == 3
    whole = settings.read_text(encoding="utf-8")
    settings.write_text(whole.replace('name = "', '# \x9b\nname = "\\u001b', 1), encoding="utf-8")
    refused = transflow(room, "status")
    assert (refused.code, "a control character stands here" in refused.err) == (2, True)
    assert transflow(room, "repair").code == 3
    assert transflow(room, "repair", "--controls").code == 0
    assert settings.read_text(encoding="utf-8") == whole.replace('name = "', '# \nname = "', 1)
    assert "Riverside" in transflow(room, "glossary", "list").out


def test_a_plain_file_is_still_counted_off_its_bytes() -> None:
    data = BEFORE.split("\n\n#. paragraph\n#: a.md")[0].encode()
    head = plain.plain_header(data)
    assert head is not None
    assert re.search(rb"X-Units: 2 1", data)


def test_a_remark_of_the_glossary_with_one_is_refused(room: Path) -> None:
    path = room / "locales/en/glossary.po"
    assert transflow(room, "glossary", "add", "강변시", "Riverside", user="claire").code == 0
    for remark in ('"a\\u001b[31m"', "a\x9b"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('msgid "강변시"', f'# @note {remark}\nmsgid "강변시"'), encoding="utf-8")
        ran = transflow(room, "glossary", "list")
        assert (ran.code, "glossary.po:" in ran.err, "control character" in ran.err) == (3, True, True)
        path.write_text(text, encoding="utf-8")
