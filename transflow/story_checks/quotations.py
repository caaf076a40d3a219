"""Quotations of a story and their speakers.

Text in quotation marks must occur, apart from ellipses and brackets, in a quotation of the
translations behind the paragraph. The speaker must be the same as there or, if there is none, at
least be named in the reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.story_checks import CheckedParagraph, CheckedStory, StoryExample

IDS: Mapping[str, Severity] = {"story.quotation": "warning", "story.speaker": "warning"}
MESSAGES = Messages(
    __name__,
    {
        "story.quotation": "this quotation is not in the translations behind this paragraph.",
        "story.quotation/unquoted": "these words are in the translations behind this paragraph, but not as a quotation.",
        "story.speaker": "“{name}” speaks here; in the translations it is {speakers}.",
        "story.speaker/unnamed": "“{name}” speaks here, and no report that the story uses names them.",
    },
)
WORDS = Messages(__name__, {"or": "{first} or {second}"})
_BEHIND = (
    (
        "박 씨는 “우리는 아무 잘못도 없이 잡혀 있었다”고 말했다.",
        "“We were held without having done anything wrong,” Park said.",
    ),
)
PASSING = (
    StoryExample(("“We were held without having done anything wrong,” Park said.",), _BEHIND),
    StoryExample(("Park said that “we were held … without having done anything [wrong].”",), _BEHIND),
    StoryExample(("They were held for nothing, Park said.",), _BEHIND),
    StoryExample(("It is the “only way,” he said.",), _BEHIND),
    StoryExample(
        ("“We were held without having done anything wrong,” Park of the Center for Human Rights said.",), _BEHIND
    ),
    StoryExample(
        ("“We were held without having done anything wrong,” Park, a professor at Korea University, said.",), _BEHIND
    ),
)
FAILING = (
    StoryExample(("“We were held for no reason at all,” Park said.",), _BEHIND, "story.quotation"),
    StoryExample(("“We were held without having done anything wrong,” Ms. Choi said.",), _BEHIND, "story.speaker"),
    StoryExample(
        ("“We were held without having done anything wrong,” Choi of Park’s center said.",), _BEHIND, "story.speaker"
    ),
)
_QUOTED = re.compile('[“"]([^“”"]+)[”"]')
_GAP = re.compile(r"…|\.\s?\.\s?\.|\[[^\]]*\]|\([^)]*\)")
_FEW = 3
"""Minimum length of a quotation, in words; a shorter one is a term."""
_SAY = "(?:said|says|told|tells|added|adds|asked|wrote|explained|noted|recalled|argued|warned|stressed|urged)"
_NAME = r"((?:[A-Z][\w’'.-]+ ){0,3}[A-Z][\w’'-]+)"
_DESCRIBED = (
    r"(?: (?:of|from|with|at|for) [^“”.;:,]{1,120}?"
    r"|, (?:an?|the|who|whose|head|chief|director|leader|president|chair\w*|spokes\w+|professor|senior|deputy)\b[^“”.;:]{1,120}?(?=,))?"
)
"""Pattern for a description between speaker and verb: Kim, a professor at Korea University, said.
"""
_SPEAKER = re.compile(rf"\b{_NAME}{_DESCRIBED},? {_SAY}\b|\b{_SAY} (?!on |in |at |that ){_NAME}")
_NO_NAME = frozenset(
    """
    He She They It We I You The A An But And In On At One Another Ms Mr Mrs Dr Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    U.N UN U.S US President Minister Professor Foreign Defense Prime North South Korean Korea
    """.split()
)


def check(story: CheckedStory) -> Iterator[Issue]:
    if not story.locale.startswith("en"):
        return
    named = _words(" ".join(story.translations))
    for paragraph in story.body:
        if paragraph.behind and paragraph.text and all(each.target for each in paragraph.behind):
            yield from _quoted(paragraph)
            yield from _speakers(paragraph, named)


def _quoted(paragraph: CheckedParagraph) -> Iterator[Issue]:
    draft = " ".join(each.target for each in paragraph.behind)
    quoted_text = " / ".join(_plain(match[1]) for match in _QUOTED.finditer(draft))
    whole = _plain(draft)
    for match in _QUOTED.finditer(paragraph.text):
        pieces = [piece for part in _GAP.split(match[1]) if (piece := _plain(part))]
        if sum(len(piece.split()) for piece in pieces) < _FEW or all(
            f" {piece} " in f" {quoted_text} " for piece in pieces
        ):
            continue
        is_unquoted = all(f" {piece} " in f" {whole} " for piece in pieces)
        message = MESSAGES("story.quotation/unquoted" if is_unquoted else "story.quotation")
        yield Issue("story.quotation", IDS["story.quotation"], message, None, match.span(), location=paragraph.location)


def _speakers(paragraph: CheckedParagraph, named: set[str]) -> Iterator[Issue]:
    if not _QUOTED.search(paragraph.text):
        return
    draft = _QUOTED.sub(" “”, ", " ".join(each.target for each in paragraph.behind))
    speakers = {match[1] or match[2]: _name(match) for match in _SPEAKER.finditer(draft)}
    draft_speakers = frozenset().union(*speakers.values())
    text = _QUOTED.sub(lambda found: "“" + "_" * (len(found[0]) - 2) + "”", paragraph.text)
    for match in _SPEAKER.finditer(text):
        names = _name(match)
        if not names or not names.isdisjoint(draft_speakers) or (not draft_speakers and not names.isdisjoint(named)):
            continue
        name = match[1] or match[2]
        if draft_speakers:
            known = [speaker for speaker, words in speakers.items() if words]
            message = MESSAGES("story.speaker", name=name, speakers=_alternatives(known))
        else:
            message = MESSAGES("story.speaker/unnamed", name=name)
        span = match.span(1) if match[1] else match.span(2)
        yield Issue("story.speaker", IDS["story.speaker"], message, None, span, location=paragraph.location)


def _alternatives(names: Sequence[str]) -> str:
    """Return names, at least one, joined by “or”."""
    return reduce(lambda first, second: WORDS("or", first=first, second=second), names[1:], names[0])


def _name(match: re.Match[str]) -> set[str]:
    return {word for word in re.findall(r"[\w’'-]+", match[1] or match[2]) if word not in _NO_NAME}


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w’'-]+", text))


def _plain(text: str) -> str:
    """Return the words of a text in lower case, without punctuation."""
    return " ".join(re.findall(r"\w+(?:['’]\w+)*", text.lower().replace("’", "'")))
