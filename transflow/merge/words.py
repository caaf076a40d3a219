"""Word-by-word merge of the sources of joined or split sentences.

Invariant: words that only one side changed are as on that side; words that nobody changed occur
once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

_UNSPACED = "\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Han, kana and their punctuation: scripts in which sentences are joined without a space."""
_TOKEN = re.compile(rf"(\s*)([^\W{_UNSPACED}]+|\S)")
_UNSPACED_END = re.compile(rf"[{_UNSPACED}]\Z")


class SourceToken(NamedTuple):
    """A word or punctuation mark of a source."""

    text: str
    gap: str | None
    """White space before it; None for the first token of a source."""
    unit_index: int
    """Index of the unit that the token is in, in the result."""
    is_certain: bool
    """True if `unit_index` is certain; else it was derived from where the token's unit went."""


class _Hunk(NamedTuple):
    """A change of a side: its tokens `new_start:new_end` replace `start:end` of the base."""

    start: int
    end: int
    side: int
    new_start: int
    new_end: int


class _Piece(NamedTuple):
    """A token of the result, and its index on either side; None if it is not there."""

    token: SourceToken
    one: int | None
    two: int | None


def tokens(source: str, unit_index: int, sure: bool = True) -> list[SourceToken]:
    """Split a source into words and punctuation marks."""
    return [
        SourceToken(match[2], match[1] if number else None, unit_index, sure)
        for number, match in enumerate(_TOKEN.finditer(source))
    ]


def words_of(source: str) -> list[str]:
    """Return the words of a source, without punctuation."""
    return [match[2] for match in _TOKEN.finditer(source) if match[2].isalnum()]


def join_tokens(words: Sequence[SourceToken]) -> str:
    """Return the text of tokens.

    Two sources are separated by a space, or by nothing in scripts without spaces.
    """
    if not words:
        return ""
    text = words[0].text
    for left, right in pairwise(words):
        between = "" if _UNSPACED_END.search(left.text) else " "
        text += (between if right.gap is None else right.gap) + right.text
    return text


def alignment_offset(words: Sequence[SourceToken], inside: Sequence[SourceToken]) -> int | None:
    """Return the index in `inside` at which `words` would begin, by their longest common run.

    None if they have no token in common.
    """
    first, second = ([token.text for token in each] for each in (words, inside))
    block = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return block.b - block.a if block.size else None


def merged_words(
    base: Sequence[SourceToken], one: Sequence[SourceToken], two: Sequence[SourceToken]
) -> list[SourceToken]:
    """Merge three token sequences.

    If both sides changed the same words, the longer of two similar versions is kept, or both if
    both only added. `one` is the side whose places hold: tokens of `two` that replace words of one
    place are put in that place.
    """
    old = [token.text for token in base]
    sides = (one, two)
    kept: list[dict[int, int]] = []
    hunks: list[_Hunk] = []
    for number, side in enumerate(sides):
        equal: dict[int, int] = {}
        for tag, start, end, new_start, new_end in _opcodes(old, side):
            if tag == "equal":
                equal.update(zip(range(start, end), range(new_start, new_end), strict=True))
            else:
                hunks.append(_Hunk(start, end, number, new_start, new_end))
        kept.append(equal)

    def unchanged(start: int, end: int) -> list[_Piece]:
        return [_Piece(one[kept[0][index]], kept[0][index], kept[1][index]) for index in range(start, end)]

    result: list[_Piece] = []
    position = 0
    for start, end, group in _groups(sorted(hunks)):
        result += unchanged(position, start)
        contents = [_side_pieces(start, end, group, n, sides[n], kept[n]) for n in (0, 1)]
        before = [one[kept[0][index]] for index in range(start, end)] if contents[0] is None else _words(contents[0])
        result += _placed(_resolved(start, end, contents), before)
        position = end
    result += unchanged(position, len(old))
    return _with_ascending_units(_spaced(result, one, two))


def keeps_word_counts(
    merged: Sequence[SourceToken], base: Sequence[SourceToken], one: Sequence[SourceToken], two: Sequence[SourceToken]
) -> bool:
    """True if each word occurs in the merge as often as it may.

    `merged_words` can fail this if the sides have sentences in different orders.
    """
    old, first, second, found = (Counter(token.text for token in each) for each in (base, one, two, merged))
    return all(
        min(first[word], second[word])
        <= found[word]
        <= max(first[word], second[word], first[word] + second[word] - old[word])
        for word in first | second
    )


def _opcodes(old: Sequence[str], side: Sequence[SourceToken]) -> list[tuple[str, int, int, int, int]]:
    new = [token.text for token in side]
    if new == old:
        return [("equal", 0, len(old), 0, len(old))]
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _groups(hunks: Sequence[_Hunk]) -> Iterator[tuple[int, int, list[_Hunk]]]:
    """Yield changed ranges of the base, with the overlapping hunks of both sides."""
    group: list[_Hunk] = []
    start = end = 0
    for hunk in hunks:
        both_add_here = hunk.start == hunk.end == start == end
        if group and (hunk.start < end or both_add_here):
            group.append(hunk)
            end = max(end, hunk.end)
            continue
        if group:
            yield start, end, group
        group, start, end = [hunk], hunk.start, hunk.end
    if group:
        yield start, end, group


def _side_pieces(
    start: int, end: int, group: Sequence[_Hunk], number: int, side: Sequence[SourceToken], kept: dict[int, int]
) -> list[_Piece] | None:
    """Return a side's tokens for a range of the base; None if it changed nothing there."""
    hunks = [hunk for hunk in group if hunk.side == number]
    if not hunks:
        return None
    indexes: list[int] = []
    for hunk in hunks:
        indexes += [kept[index] for index in range(start, hunk.start)]
        indexes += range(hunk.new_start, hunk.new_end)
        start = hunk.end
    indexes += [kept[index] for index in range(start, end)]
    return [_Piece(side[at], None, at) if number else _Piece(side[at], at, None) for at in indexes]


def _words(pieces: Sequence[_Piece]) -> list[SourceToken]:
    return [piece.token for piece in pieces]


def _resolved(start: int, end: int, contents: Sequence[list[_Piece] | None]) -> list[_Piece]:
    one, two = contents
    if one is None or two is None:
        return one or two or []
    first, second = ([piece.token.text for piece in each] for each in (one, two))
    if first == second or not two:
        return one
    if not one:
        return two
    if start < end or _is_similar(first, second):
        return one if (len(first), first) > (len(second), second) else two
    return one + two if first < second else two + one


def _placed(pieces: list[_Piece], before: Sequence[SourceToken]) -> list[_Piece]:
    """Give tokens of the second side the place of the first side's words that they replace.

    Tokens whose place is certain keep it, and so do all if those words have several places.
    """
    places = {token.unit_index for token in before}
    if len(places) != 1:
        return pieces
    unit_index = min(places)
    return [
        piece
        if piece.token.is_certain
        else piece._replace(token=piece.token._replace(unit_index=unit_index, is_certain=True))
        for piece in pieces
    ]


def _spaced(pieces: Sequence[_Piece], one: Sequence[SourceToken], two: Sequence[SourceToken]) -> list[SourceToken]:
    """Return the tokens with the white space that a side has between the same two tokens."""
    result: list[SourceToken] = []
    last = _Piece(SourceToken("", None, 0, True), None, None)
    for piece in pieces:
        gap = None
        if piece.one is not None and last.one == piece.one - 1:
            gap = one[piece.one].gap
        elif piece.two is not None and last.two == piece.two - 1:
            gap = two[piece.two].gap
        result.append(piece.token._replace(gap=gap))
        last = piece
    return result


def _is_similar(one: Sequence[str], two: Sequence[str]) -> bool:
    """True if two additions are versions of one text: they share half the words of the shorter."""
    first, second = ({word for word in words if word.isalnum()} for words in (one, two))
    return bool(first and second) and 2 * len(first & second) >= min(len(first), len(second))


def _with_ascending_units(tokens_in_order: list[SourceToken]) -> list[SourceToken]:
    """Make places ascend, except where places that are certain do not."""
    following = [0] * len(tokens_in_order)
    last = max((token.unit_index for token in tokens_in_order if token.is_certain), default=0)
    for index in range(len(tokens_in_order) - 1, -1, -1):
        last = tokens_in_order[index].unit_index if tokens_in_order[index].is_certain else last
        following[index] = last
    result: list[SourceToken] = []
    before = min((token.unit_index for token in tokens_in_order if token.is_certain), default=0)
    for token, after in zip(tokens_in_order, following, strict=True):
        unit_index = token.unit_index if token.is_certain else min(max(token.unit_index, before), max(before, after))
        result.append(token._replace(unit_index=unit_index))
        before = unit_index
    return result
