"""Template tags in Markdown: named, and no text where they stand alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transflow.report.templates import without_templates

PIECES = st.sampled_from(
    ["{%", "%}", "{{", "}}", "{{<", ">}}", "{{% x %}}", "{% y %}", " ", "\n", "\n\n", "`", "\\", "문장", "> "]
)


@given(st.lists(PIECES).map("".join))
def test_lines_stay_and_only_what_is_named_is_left_out(text: str) -> None:
    source, issues = without_templates(text)
    assert len(source) == len(text)
    assert [at for at, (a, b) in enumerate(zip(source, text, strict=True)) if a != b and a != " "] == []
    assert (source == text) or issues
    assert without_templates(source)[0] == source
    assert source.count("문장") == text.count("문장")


def test_a_tag_within_words_stays_and_is_named() -> None:
    source, (issue,) = without_templates("첫째.\n둘째 {{< ref x >}} 문장.\n")
    assert (source, issue.location.line) == ("첫째.\n둘째 {{< ref x >}} 문장.\n", 1)
    assert "in a sentence" in issue.message


def test_many_braces_take_no_time() -> None:
    assert without_templates("{{" * 20_000)[1] == []
