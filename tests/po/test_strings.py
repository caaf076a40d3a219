"""Quoted strings: exact decoding of escapes, and lines broken as msgcat breaks them."""

from __future__ import annotations

import polib
import pytest
from hypothesis import given

from support.strategies import texts
from transflow.po.strings import escape, quoted, unescape
from transflow.po.syntax import entries


@given(texts)
def test_escaping_is_undone_by_unescaping(text: str) -> None:
    assert unescape(escape(text)) == text


@given(texts)
def test_escaping_is_what_polib_does(text: str) -> None:
    assert escape(text) == polib.escape(text)


@given(texts)
def test_a_quoted_text_is_read_back(text: str) -> None:
    entry = entries('msgctxt "x"\n' + quoted("msgid", "a" + text) + quoted("msgstr", text), "x.po")[0][0]
    assert entry.strings == {"msgctxt": "x", "msgid": "a" + text, "msgstr": text}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 'msgid ""\n'),
        ("a", 'msgid "a"\n'),
        ("a\n", 'msgid "a\\n"\n'),
        ("\n", 'msgid "\\n"\n'),
        ("a\nb", 'msgid ""\n"a\\n"\n"b"\n'),
        ("a\n\nb\n", 'msgid ""\n"a\\n"\n"\\n"\n"b\\n"\n'),
        ("a\u2028b\u0085c\x0cd", 'msgid "a\u2028b\u0085c\\fd"\n'),
        ('say "no" \\ or\tso', 'msgid "say \\"no\\" \\\\ or\\tso"\n'),
    ],
)
def test_a_text_breaks_after_its_line_breaks_and_nowhere_else(text: str, lines: str) -> None:
    assert quoted("msgid", text) == lines


def test_every_line_of_an_obsolete_text_has_the_mark() -> None:
    assert quoted("msgstr", "a\nb", "#~ ") == '#~ msgstr ""\n#~ "a\\n"\n#~ "b"\n'


@pytest.mark.parametrize("text", ["\\q", "a\\ b", "\\x41", "\\012", "\\위"])
def test_an_escape_that_po_files_do_not_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no escape of PO files"):
        unescape(text)


def test_a_backslash_before_a_letter_is_not_read_as_an_escape_of_that_letter() -> None:
    assert unescape("\\\\n") == "\\n"
    assert escape("\\n") == "\\\\n"
