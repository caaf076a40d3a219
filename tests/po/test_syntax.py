"""PO text to entries and back, for any PO file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.errors import UnreadableError
from transflow.po.syntax import Entry, decode, entries, entry_text, read_entry

FOREIGN = """
#, fuzzy
msgid ""
msgstr "Language: de\\n"

# note
#  indented note
#no space
#. extracted
#: a.c:1 b.c:2
#, c-format, no-wrap
#| msgctxt "menu"
#| msgid ""
#| "old "
#| "text"
msgctxt "menu"
msgid ""
"one "
"two\\n"
msgid_plural "b"
msgstr[0] ""
"x"
msgstr[1]   "y"
msgctxt "no empty line before"
msgid "c"
msgstr "d"
\t
# gone
#~| msgid "e"
#~ msgid "f"
#~ msgstr ""
#~ "g"
#~ "h"
#~ msgid "i"
#~ msgstr "j"

# the end
"""


def test_the_raw_texts_of_all_entries_are_the_file() -> None:
    found, tail = entries(FOREIGN, "foreign.po")
    assert "".join(entry.raw for entry in found) + tail == FOREIGN
    assert tail == "# the end\n"


def test_an_entry_has_everything_that_stands_in_the_file() -> None:
    header, plural, close, gone, last = entries(FOREIGN, "foreign.po")[0]
    assert header.is_header
    assert header.flags == ["fuzzy"]
    assert plural == Entry(
        line=6,
        raw=plural.raw,
        comments=["note", " indented note", "no space"],
        extracted=["extracted"],
        references=["a.c:1 b.c:2"],
        flags=["c-format", "no-wrap"],
        previous={"msgctxt": "menu", "msgid": "old text"},
        strings={
            "msgctxt": "menu",
            "msgid": "one two\n",
            "msgid_plural": "b",
            "msgstr[0]": "x",
            "msgstr[1]": "y",
        },
    )
    assert (close.line, close.strings["msgctxt"]) == (24, "no empty line before")
    assert gone.obsolete
    assert gone.comments == ["gone"]
    assert gone.previous == {"msgid": "e"}
    assert gone.strings == {"msgid": "f", "msgstr": "gh"}
    assert last.strings == {"msgid": "i", "msgstr": "j"}


def test_an_entry_written_anew_says_the_same() -> None:
    for entry in entries(FOREIGN, "foreign.po")[0]:
        again, tail = entries(entry_text(entry), "again.po")
        assert tail == ""
        (read,) = again
        entry.line, entry.raw = read.line, read.raw
        assert read == entry


def test_an_entry_is_read_from_the_middle_of_a_text() -> None:
    start = FOREIGN.index('msgctxt "no empty')
    entry, end = read_entry(FOREIGN, start, 24, "foreign.po")
    assert entry.strings["msgid"] == "c"
    assert FOREIGN[end:].startswith("# gone\n")


def test_lines_end_at_newlines_only() -> None:
    text = 'msgid "a\u2028b"\nmsgstr "c\u0085d\x0ce"\n'
    assert entries(text, "x.po")[0][0].strings == {"msgid": "a\u2028b", "msgstr": "c\u0085d\x0ce"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("hello\n", 1, "a line that is no PO"),
        ('"a"\n', 1, "a line that is no PO"),
        ('msgid "a"\n# c\nmsgstr "b"\n', 2, "comment in the middle"),
        ('msgid "a"\n', 1, "without msgid or msgstr"),
        ('msgstr "a"\n', 1, "msgstr out of place"),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 2, "msgid out of place"),
        ('msgid "a"\nmsgstr "b"\nmsgid_plural "c"\n', 3, "msgid_plural out of place"),
        ('msgid "a"\n#~ msgstr "b"\n', 2, "obsolete only in part"),
        ('msgid "a"\nmsgstr "b"\n#~ "c"\n', 3, "a line that is no PO"),
        ('#~ msgid "a"\n#~ msgstr "b"\n"c"\n', 3, "a line that is no PO"),
        ('#| msgid "a"\n"b"\nmsgid "c"\nmsgstr "d"\n', 2, "a line that is no PO"),
        ('msgctxt "a"\n#| msgid "b"\nmsgid "c"\nmsgstr "d"\n', 2, "out of place"),
        ('msgid "a\nmsgstr "b"\n', 1, "not closed"),
        ('msgid "a" b\nmsgstr "b"\n', 1, "goes on after its end"),
        ('msgid "a"\nmsgstr "b\\q"\n', 2, "no escape"),
        ('# a\n\n#| msgid "b"\n', 1, "ends in the middle"),
        ('msgid "a"\nmsgstr "b"\n\n<<<<<<< HEAD\n', 4, "conflict marker"),
        ('msgid "a"\n||||||| base\nmsgstr "b"\n', 2, "conflict marker"),
        ('msgid "a"\n=======\nmsgstr "b"\n', 2, "conflict marker"),
    ],
)
def test_what_is_no_po_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as caught:
        entries(text, "x.po")
    assert caught.value.line == line
    assert str(caught.value).startswith(f"x.po:{line}: ")


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"\xef\xbb\xbfmsgid", 1, "byte order mark"),
        (b"a\nb\xff\n", 2, "not UTF-8"),
        ("a\n한\n".encode("euc-kr"), 2, "not UTF-8"),
        ("a\n".encode("utf-16-le"), 1, "NUL"),
        (b"a\nb\r\n", 2, "CR"),
        (b"a\nb", 2, "not complete"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_line(data: bytes, line: int, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as caught:
        decode(data, "x.po")
    assert caught.value.line == line


_LINES = st.sampled_from(
    [line + "\n" for line in (*FOREIGN.split("\n"), "  # a", '  msgid "k"', "#", "#~", "#~ # x", "#|")]
)


@given(st.lists(_LINES, max_size=12).map("".join))
def test_any_lines_are_refused_or_kept_whole(text: str) -> None:
    try:
        found, tail = entries(text, "x.po")
    except UnreadableError:
        return
    assert "".join(entry.raw for entry in found) + tail == text
