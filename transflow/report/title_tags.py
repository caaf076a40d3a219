"""Tags in Korean headlines that say which version of the news a report is: [속보], [2보], (종합).

They stand in brackets of any width at the beginning, or at the end, with or without spaces.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple, get_args

Kind = Literal["flash", "later", "correction", "withdrawn"]
_WORDS: dict[Kind, str] = {
    "flash": r"(?:긴급)?속보|긴급|1보",
    "later": r"[2-9]보|(?:[2-9]보)?종합(?:[2-9]보?)?",
    "correction": r"(?:기사)?정정(?:보도)?|고침|바로잡습니다",
    "withdrawn": r"(?:기사)?전문취소|기사취소",
}
_OPEN, _CLOSE = r"[\[(<［（【〔〈《]", r"[\])>］）】〕〉》]"
_FIRST = re.compile(rf"\s*{_OPEN}([^\[\](){{}}<>］）】〕〉》]{{1,20}}){_CLOSE}\s*")
_LAST = re.compile(rf"\s*{_OPEN}([^\[\](){{}}<>［（【〔〈《]{{1,20}}){_CLOSE}\s*$")


class TitleTag(NamedTuple):
    """The tag of a headline; of several, the one that says most."""

    kind: Kind
    text: str
    """As it stands in the headline, without brackets and spaces."""
    bare: str
    """The headline without its tags."""


def title_tag(title: str) -> TitleTag | None:
    """Return the tag of a headline; None if it has none that says a version."""
    bare, found = title.strip(), list[tuple[Kind, str]]()
    for pattern in (_FIRST, _LAST):
        while (match := pattern.search(bare) if pattern is _LAST else pattern.match(bare)) is not None:
            tag = "".join(unicodedata.normalize("NFKC", match[1]).split())
            kind = next((kind for kind, words in _WORDS.items() if re.fullmatch(words, tag)), None)
            if kind is None:
                break
            found.append((kind, tag))
            bare = (bare[: match.start()] + bare[match.end() :]).strip()
    if not found:
        return None
    return TitleTag(*max(found, key=lambda each: get_args(Kind).index(each[0])), bare)
