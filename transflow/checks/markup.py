"""Markup left in a text: HTML, comments, and code of site generators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

IDS: Mapping[str, Severity] = {"markup": "warning"}
MESSAGES = Messages(__name__, {"markup": "“{text}” is markup, which readers would see as it stands."})
PASSING = (
    Example("유엔은 서한을 냈다.", "The *U.N.* sent **a letter** to <The New York Times>."),
    Example("수는 3보다 작다.", "The number is < 3, as AT&T; said."),
    Example("`<b>`는 태그다.", "`<b>` is a tag."),
    Example("그는 집에 갔다.", "He saw it at <https://b.example>."),
)
FAILING = (
    Example("유엔은 서한을 냈다.", "The <b>U.N. sent a letter.", "<b>"),
    Example("유엔은 서한을 냈다.", "The U.N. sent a letter.<br/>", "<br/>"),
    Example("유엔은 서한을 냈다.", "The U.N. sent a letter <!-- who? -->.", "<!-- who? -->"),
    Example("유엔은 서한을 냈다.", "The U.N. sent a letter. {{< youtube x >}}", "{{< youtube x >}}"),
)
_ELEMENTS = (
    "a|abbr|article|aside|audio|b|big|blockquote|br|center|cite|code|del|details|div|em|embed|figcaption|figure|font|footer|"
    "form|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|li|link|main|mark|meta|nav|object|ol|p|picture|pre|q|s|script|section|"
    "small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|video|wbr"
)
_MARKUP = re.compile(
    rf"(?P<code>`+)(?:(?!`).)+(?P=code)"
    rf"|</?(?:{_ELEMENTS})(?:\s+[A-Za-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*\s*/?>|<!--.*?(?:-->|$)|-->"
    r"|\{\{[<%].*?[>%]\}\}|\{%.*?%\}|\[/?(?:b|i|u|url|img|quote)\]",
    re.IGNORECASE,
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:  # noqa: ARG001 - of the interface
    if not re.search(r"[<{\[]|-->", unit.target):
        return
    for found in _MARKUP.finditer(unit.target):
        if not found["code"]:
            yield Issue("markup", IDS["markup"], MESSAGES("markup", text=found[0][:40]), None, found.span())
