"""Inline Markdown lost in translation: a link, its address, emphasis, code; unclosed marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

FIXES = True
IDS: Mapping[str, Severity] = {
    "markdown.link": "warning",
    "markdown.address": "warning",
    "markdown.emphasis": "warning",
    "markdown.code": "warning",
    "markdown.open": "warning",
}
MESSAGES = Messages(
    __name__,
    {
        "markdown.link": "the link to {address} is missing.",
        "markdown.address": "the link leads to {english}; in the original it leads to {korean}.",
        "markdown.emphasis": "“{text}” is emphasized in the original; the translation emphasizes nothing.",
        "markdown.code": "the code {text} is missing or changed.",
        "markdown.open": "the bold text that begins here has no end.",
    },
)
PASSING = (
    Example("[유엔](https://un.org)은 **서한**을 냈다.", "The [U.N.](https://un.org) sent **the letter**."),
    Example("3 * 4 * 5는 60이다.", "3 * 4 * 5 is 60."),
    Example("a_b_c라는 이름이다.", "It is called a_b_c."),
)
FAILING = (
    Example("[유엔](https://un.org)은 서한을 냈다.", "The U.N. sent the letter.", "", "markdown.link"),
    Example(
        "[유엔](https://un.org)은 냈다.",
        "The [U.N.](https://un.com) sent it.",
        "https://un.com",
        "markdown.address",
        "The [U.N.](https://un.org) sent it.",
    ),
    Example("**서한**을 냈다.", "They sent the letter.", "", "markdown.emphasis"),
    Example("**서한**을 냈다.", "They sent **the letter.", "**", "markdown.open"),
    Example("명령 `transflow add`를 실행한다.", "Run the command transflow now.", "", "markdown.code"),
)
_LINK = re.compile(r"\[[^\[\]]{0,500}\]\(\s{0,9}<?([^\s()<>\[\]]{1,2000})>?(?:\s[^()\[\]]{0,300})?\)")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3})(?=[^\s*])[^*]*?[^\s*]\1(?![*])|(?<![\w_\\])(_{1,3})(?=[^\s_])[^_]*?[^\s_]\2(?!\w)"
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.{1,500}?)(?<!`)\1(?!`)")
_STRONG = re.compile(r"(?<!\\)\*\*")


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:  # noqa: ARG001 - any language
    source, target = unit.source, unit.target
    if "](" in source:
        yield from _links(source, target)
    for found in _CODE.finditer(source) if "`" in source else ():
        if f"`{found[2].strip()}`" not in target.replace("` ", "`").replace(" `", "`"):
            yield Issue("markdown.code", IDS["markdown.code"], MESSAGES("markdown.code", text=found[0]), found.span())
    if "**" in target and len(_STRONG.findall(target)) % 2 and not len(_STRONG.findall(source)) % 2:
        last = [found.span() for found in _STRONG.finditer(target)][-1]
        yield Issue("markdown.open", IDS["markdown.open"], MESSAGES("markdown.open"), None, last)
    elif ("*" in source or "_" in source) and (marked := _EMPHASIS.search(source)) and not _EMPHASIS.search(target):
        message = MESSAGES("markdown.emphasis", text=marked[0].strip("*_"))
        yield Issue("markdown.emphasis", IDS["markdown.emphasis"], message, marked.span())


def _links(source: str, target: str) -> Iterator[Issue]:
    source_links, target_links = list(_LINK.finditer(source)), list(_LINK.finditer(target))
    missing = [link for link in source_links if link[1] not in {each[1] for each in target_links}]
    added = [link for link in target_links if link[1] not in {each[1] for each in source_links}]
    if len(target_links) < len(source_links):
        for link in missing[: len(source_links) - len(target_links)]:
            yield Issue("markdown.link", IDS["markdown.link"], MESSAGES("markdown.link", address=link[1]), link.span())
    elif len(missing) == len(added) == 1:
        old, new = missing[0], added[0]
        fixed = target[: new.start(1)] + old[1] + target[new.end(1) :]
        message = MESSAGES("markdown.address", english=new[1], korean=old[1])
        yield Issue("markdown.address", IDS["markdown.address"], message, old.span(1), new.span(1), fixed)
