"""The glossary: spellings that people put there, and no others."""

import pytest

from transflow.errors import UnreadableError
from transflow.glossary import spellings

GLOSSARY = r"""msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

# @term place
msgid "서울"
msgstr "SEOUL"

msgctxt "person"
msgid "수보배"
msgstr "Su Bo Bae"

#, fuzzy
msgid "단둥"
msgstr "Dandong?"

msgid "신의주"
msgstr ""

#~ msgid "평양"
#~ msgstr "PYONGYANG"
"""


def test_spellings_are_those_that_are_there_and_need_no_other_look() -> None:
    assert spellings(GLOSSARY, "glossary.po") == {"서울": "SEOUL", "수보배": "Su Bo Bae"}


def test_an_empty_glossary_has_none() -> None:
    assert spellings("", "glossary.po") == {}


def test_a_broken_glossary_is_named_with_its_line() -> None:
    with pytest.raises(UnreadableError, match=r"glossary\.po:\d+"):
        spellings(GLOSSARY + "\nmsgid no quotes\n", "glossary.po")
