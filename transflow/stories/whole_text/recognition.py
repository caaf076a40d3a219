"""Matching of texts to paragraphs in an edited article.

Heads can be deleted, swapped or left behind, and texts moved, joined or pasted.

Invariant: a text keeps its paragraph, whatever head it is under; a text taken from a paragraph is
split off that one; no paragraph is used twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.model.unit import Unit
from transflow.stories.whole_text.layout import HeadedText, label_of, parsed_back, shown_text
from transflow.stories.whole_text.likeness import (
    common_word_count,
    contains_text,
    is_equal,
    is_mostly,
    is_part,
    is_similar,
    run_start,
    words_not_in,
)
from transflow.text import words

MESSAGES = Messages(
    __name__,
    {
        "no-paragraph": "line {line}: the article has no paragraph {unit}.",
        "twice": "line {line}: the paragraph {unit} is here twice. Delete one of its two heads with the text under "
        "it, or write {{new}} instead of it.",
        "no-head/cut": "line {line}: a text without a head below the line of the cut paragraphs. Put a head such as {{new}} "
        "above it.",
        "no-head": "line {line}: a text before the first head. Put a head such as {{new}} above it.",
    },
)

_SPLITTABLE = ("paragraph", "quote", "list item")
"""Kinds of paragraphs that may be split. There are never two headlines."""


def match_paragraphs(
    items: Sequence[HeadedText], exported: Sequence[HeadedText], units: Sequence[Unit], language: str
) -> list[HeadedText]:
    """Return the items with the ids of the paragraphs that their texts are, one text each.

    `exported` are the items of the text before editing. Raise UsageError, with the line, for an
    invalid head and for a text that cannot be assigned.
    """
    return _Recognising(exported, units, language).of(items)


class _Recognising:
    def __init__(self, exported: Sequence[HeadedText], units: Sequence[Unit], language: str) -> None:
        self.units = {unit.id: unit for unit in units}
        self.heads = {item.ids[0]: item for item in exported}
        self.texts = {unit.id: words(" ".join(parsed_back(shown_text(unit), language))) for unit in units}
        self.owner: dict[str, str] = {}
        """Ids of paragraphs found in the text -> id of the paragraph that each is or is joined to.
        """

    def of(self, items: Sequence[HeadedText]) -> list[HeadedText]:
        self._check(items)
        items = self._with_corrected_heads(items)
        self.owner = {unit_id: item.ids[0] for item in items if item.texts for unit_id in item.ids}
        found = self._with_all_joined(self._with_origins([part for item in items for part in self._parts(item)]))
        empty = [item for item in found if item.ids and not item.texts]
        remaining = {id(item): tuple(each for each in item.ids if each not in self.owner) for item in empty}
        return [replace(item, ids=remaining.get(id(item), item.ids)) for item in found if remaining.get(id(item), True)]

    def _check(self, items: Sequence[HeadedText]) -> None:
        seen: set[str] = set()
        for item in items:
            for unit_id in item.ids:
                if unit_id not in self.units:
                    raise UsageError(MESSAGES("no-paragraph", line=item.line, unit=unit_id))
                if unit_id in seen:
                    raise UsageError(MESSAGES("twice", line=item.line, unit=unit_id))
                seen.add(unit_id)

    # Heads above the texts of other paragraphs

    def _with_corrected_heads(self, items: Sequence[HeadedText]) -> list[HeadedText]:
        """Return the items with the ids of the paragraphs whose texts they contain.

        Only items with one id, and that the wrong one, are changed.
        """
        wanted = {i: ids for i, item in enumerate(items) if (ids := self._displaced_ids(item))}
        while (refused := self._first_clash(items, wanted)) is not None:
            del wanted[refused]
        moved = {unit_id for ids in wanted.values() for unit_id in ids}
        dropped = [i for i, item in enumerate(items) if i not in wanted and moved.intersection(item.ids)]
        return [
            self._with_ids(item, wanted[i]) if i in wanted else item for i, item in enumerate(items) if i not in dropped
        ]

    def _first_clash(self, items: Sequence[HeadedText], wanted: Mapping[int, tuple[str, ...]]) -> int | None:
        """Return the index of the first item that wants a paragraph which another item has."""
        taken = {unit_id for i, item in enumerate(items) if i not in wanted and item.texts for unit_id in item.ids}
        for i, ids in wanted.items():
            if taken.intersection(ids):
                return i
            taken.update(ids)
        return None

    def _displaced_ids(self, item: HeadedText) -> tuple[str, ...]:
        """Return the paragraphs whose texts are under another paragraph's head.

        Empty if the head is right, or may be.
        """
        if len(item.ids) != 1 or not item.texts:
            return ()
        text, own = words(item.texts[0]), self.texts[item.ids[0]]
        if contains_text(text, own) or is_similar(text, own) or is_part(text, own):
            return ()
        return self._matching_ids(text, [unit_id for unit_id in self.units if unit_id != item.ids[0]])

    def _matching_ids(self, text: Sequence[str], ids: Sequence[str]) -> tuple[str, ...]:
        """Return the paragraphs that match a text.

        These are the equal one, or several that it contains, or the most similar one; all of one
        kind, in the order of the text.
        """
        contained = [unit_id for unit_id in ids if contains_text(text, self.texts[unit_id])]
        equal = [unit_id for unit_id in contained if is_equal(text, self.texts[unit_id])]
        similar = [unit_id for unit_id in ids if is_similar(text, self.texts[unit_id])]
        found = equal[:1] or (contained if len(contained) > 1 else []) or similar[:1] or contained
        found.sort(key=lambda unit_id: run_start(self.texts[unit_id], text))
        return tuple(unit_id for unit_id in found if self.units[unit_id].kind == self.units[found[0]].kind)

    def _with_ids(self, item: HeadedText, ids: tuple[str, ...]) -> HeadedText:
        """Return the item with other ids.

        Label and references that are unchanged belong to the wrong head's paragraph and are
        dropped.
        """
        head = self.heads[item.ids[0]]
        label = "" if item.label == head.label else item.label
        refs = None if item.refs == head.refs else item.refs
        return replace(item, ids=ids, label=label, refs=refs)

    # Texts without heads

    def _parts(self, item: HeadedText) -> Iterator[HeadedText]:
        """Yield an item text by text, looking for paragraphs of texts without an id.

        These are the texts under {new} and those without a head of their own.
        """
        if item.ids:
            yield replace(item, texts=item.texts[:1])
        for text in item.texts[bool(item.ids) :]:
            if item.ids or item.is_headless:
                part = HeadedText(item.line, (), "", None, item.cut, is_headless=True, texts=[text])
            else:
                part = replace(item, texts=[text])
            yield replace(part, ids=self._claim(words(text), is_headless=part.is_headless))

    def _claim(self, text: Sequence[str], *, is_headless: bool) -> tuple[str, ...]:
        """Claim and return the unclaimed paragraphs that a text is, contains, or is a part of.

        If only a head was deleted, its text may have been rewritten: then this is the paragraph
        that most of the text's words come from.
        """
        missing = [unit_id for unit_id in self.units if unit_id not in self.owner]
        found = self._matching_ids(text, missing)
        if not found:
            found = tuple(unit_id for unit_id in missing if is_part(text, self.texts[unit_id]))[:1]
        if not found and is_headless:
            found = tuple(sorted(missing, key=lambda unit_id: -common_word_count(self.texts[unit_id], text))[:1])
            found = found if found and is_mostly(text, self.texts[found[0]]) else ()
        self.owner.update((unit_id, found[0]) for unit_id in found)
        return found

    def _with_origins(self, items: Sequence[HeadedText]) -> list[HeadedText]:
        """Assign texts that match no paragraph: split off their origin or the one above, or new."""
        placed: list[HeadedText] = []
        above, cut = "", False
        for item in items:
            above, cut = above if item.cut == cut else "", item.cut
            if not item.ids and item.texts and not item.refs:
                item = self._origin(item, above)
            placed.append(item)
            above = item.ids[0] if item.ids else item.split_off_from or (above if item.is_headless else "")
        return placed

    def _origin(self, item: HeadedText, above: str) -> HeadedText:
        text = words(item.texts[0])
        if item.is_headless and not above and not self._origin_id(text, ""):
            raise UsageError(MESSAGES("no-head/cut" if item.cut else "no-head", line=item.line))
        origin = self._origin_id(text, above if item.is_headless else "") or (above if item.is_headless else "")
        fits = (
            origin
            and self.units[origin].kind in _SPLITTABLE
            and (item.is_headless or item.label == label_of(self.units[origin]))
        )
        return replace(item, split_off_from=origin if fits else "")

    def _origin_id(self, text: Sequence[str], above: str) -> str:
        """Return the paragraph that a text is taken from, or an empty string.

        The paragraph above takes precedence over the one with the most common words.
        """
        if above and is_part(text, self._words_of(above), least=1):
            return above
        found = [unit_id for unit_id in dict.fromkeys(self.owner.values()) if is_part(text, self._words_of(unit_id))]
        return max(found, key=lambda unit_id: common_word_count(self._words_of(unit_id), text), default="")

    def _words_of(self, unit_id: str) -> list[str]:
        """Return the words of a paragraph and of those joined to it."""
        return [word for each, owner in self.owner.items() if owner == unit_id for word in self.texts[each]]

    # Texts that were joined without a change of heads

    def _with_all_joined(self, items: Sequence[HeadedText]) -> list[HeadedText]:
        return [self._with_joined(item, items) if item.ids and item.texts else item for item in items]

    def _with_joined(self, item: HeadedText, items: Sequence[HeadedText]) -> HeadedText:
        """Add the paragraphs whose texts occur only in this item or its split-off parts."""
        kind = self.units[item.ids[0]].kind
        missing = [each for each in self.units if each not in self.owner and self.units[each].kind == kind]
        if not missing:
            return item
        texts = [*item.texts, *(text for each in items if each.split_off_from == item.ids[0] for text in each.texts)]
        unmatched = words(" ".join(texts))
        for unit_id in item.ids:
            unmatched = words_not_in(unmatched, self.texts[unit_id])
        joined = [unit_id for unit_id in missing if contains_text(unmatched, self.texts[unit_id])]
        joined.sort(key=lambda unit_id: run_start(self.texts[unit_id], unmatched))
        self.owner.update(dict.fromkeys(joined, item.ids[0]))
        return replace(item, ids=(*item.ids, *joined))
