"""The glossary: spellings that people entered, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.errors import UnreadableError, UsageError
from transflow.glossary import Term, read, spellings
from transflow.glossary.terms import KINDS, checked, put_terms
from transflow.model.unit import Meta

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


def test_terms_say_all_that_the_file_says() -> None:
    text = GLOSSARY + (
        '\n# Ask her.\n# @kind person\n# @forced yes\n# @homograph yes\n# @short "Su #1"\n# @allowed Bo-bae\n# @forbidden Su Bobae\n'
        '# @forbidden Soo\n# @also 수 보배\n# @later 1\nmsgctxt "actor"\nmsgid "수보배"\nmsgstr "Su Bo-Bae"\n'
    )
    term = read(text, "glossary.po")[-1]
    assert term == Term(
        "수보배",
        "Su Bo-Bae",
        "person",
        "actor",
        forced=True,
        allowed=("Bo-bae",),
        forbidden=("Su Bobae", "Soo"),
        short="Su #1",
        homograph=True,
        also=("수 보배",),
        comments=("Ask her.",),
        other=(Meta("later", "1"),),
    )
    assert term.accepted_spellings == ("Su Bo-Bae", "Bo-bae", "Su #1")


WORDS = ("평양", "A", "#", '"b"', "c\\", "@kind", "-,'", "é" * 30, "\\n")
TEXT = st.sampled_from(["", *WORDS, *(f"{one} {other}" for one in WORDS for other in WORDS)])
SOME = st.lists(TEXT.filter(bool), max_size=2, unique=True).map(tuple)
TERMS = st.builds(
    Term,
    TEXT.filter(bool),
    TEXT,
    st.sampled_from(KINDS),
    TEXT,
    forced=st.booleans(),
    allowed=SOME,
    forbidden=SOME,
    short=TEXT,
    homograph=st.booleans(),
    also=SOME,
)


@given(st.lists(TERMS, max_size=4, unique_by=lambda term: (term.context, term.source)))
def test_what_is_put_in_is_read_back_and_the_rest_keeps_its_bytes(terms: list[Term]) -> None:
    text = put_terms(GLOSSARY, "glossary.po", terms, "en", "ko")
    found = {(term.context, term.source): term for term in read(text, "glossary.po")}
    assert all(found[term.context, term.source] == term for term in terms)
    assert put_terms(text, "glossary.po", terms, "en", "ko") == text
    if not any(term.source == "서울" for term in terms):
        assert '# @term place\nmsgid "서울"\nmsgstr "SEOUL"\n' in text
    assert read(put_terms("", "glossary.po", terms, "en", "ko"), "glossary.po") == tuple(terms)


def test_what_cannot_be_a_term_is_refused() -> None:
    with pytest.raises(UsageError, match="needs a spelling"):
        checked(Term("  "))
    with pytest.raises(UsageError, match="right and forbidden at once"):
        checked(Term("평양", "Pyongyang", forbidden=("Pyongyang",)))
    assert checked(Term(" 평양 ", "Pyong\nyang", also=("평양", "피양"))) == Term("평양", "Pyong yang", also=("피양",))
