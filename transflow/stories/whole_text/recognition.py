"""Whose text stands under which head: heads can be deleted, swapped or left behind, and texts moved, joined or pasted.

Invariant: a text that stands somewhere is the paragraph that it was, whatever head it is under; what is taken from one is
split off that one; and no paragraph is two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from transflow.errors import UsageError
from transflow.model.unit import Unit
from transflow.stories.whole_text.layout import HeadedText, as_read, label_of, shown_text
from transflow.stories.whole_text.likeness import holds, is_equal, is_like, is_mostly, is_part, kept, run_start, without
from transflow.text import words

_PARTED = ("paragraph", "quote", "list item")
"""The kinds of which a paragraph without a head can be a second part. There are no two headlines."""


def recognised(
    items: Sequence[HeadedText], exported: Sequence[HeadedText], units: Sequence[Unit], language: str
) -> list[HeadedText]:
    """The items with the paragraphs that their texts are, each with one text at most.

    `exported` are the items of the text before it was edited. Raises UsageError, with the line, for a head that cannot be meant
    and for a text that nothing says anything of.
    """
    return _Recognising(exported, units, language).of(items)


class _Recognising:
    def __init__(self, exported: Sequence[HeadedText], units: Sequence[Unit], language: str) -> None:
        self.units = {unit.id: unit for unit in units}
        self.heads = {item.ids[0]: item for item in exported}
        self.texts = {unit.id: words(" ".join(as_read(shown_text(unit), language))) for unit in units}
        self.owner: dict[str, str] = {}
        """Paragraphs that stand in the text -> the one that they are or were joined to."""

    def of(self, items: Sequence[HeadedText]) -> list[HeadedText]:
        self._check(items)
        items = self._under_their_own_heads(items)
        self.owner = {unit_id: item.ids[0] for item in items if item.texts for unit_id in item.ids}
        found = self._joined(self._placed([part for item in items for part in self._parts(item)]))
        empty = [item for item in found if item.ids and not item.texts]
        left = {id(item): tuple(each for each in item.ids if each not in self.owner) for item in empty}
        return [replace(item, ids=left.get(id(item), item.ids)) for item in found if left.get(id(item), True)]

    def _check(self, items: Sequence[HeadedText]) -> None:
        seen: set[str] = set()
        for item in items:
            for unit_id in item.ids:
                if unit_id not in self.units:
                    raise UsageError(f"line {item.line}: the article has no paragraph {unit_id}.")
                if unit_id in seen:
                    raise UsageError(
                        f"line {item.line}: the paragraph {unit_id} is here twice. Delete one of its two heads with the text "
                        "under it, or write {new} instead of it."
                    )
                seen.add(unit_id)

    # Heads over the texts of other paragraphs

    def _under_their_own_heads(self, items: Sequence[HeadedText]) -> list[HeadedText]:
        """Items with one id each are given those of the paragraphs whose texts they have, where these are not at home."""
        wanted = {i: ids for i, item in enumerate(items) if (ids := self._others(item))}
        while (refused := self._taken_twice(items, wanted)) is not None:
            del wanted[refused]
        given = {unit_id for ids in wanted.values() for unit_id in ids}
        left = [i for i, item in enumerate(items) if i not in wanted and given.intersection(item.ids)]
        return [
            self._renamed(item, wanted[i]) if i in wanted else item for i, item in enumerate(items) if i not in left
        ]

    def _taken_twice(self, items: Sequence[HeadedText], wanted: Mapping[int, tuple[str, ...]]) -> int | None:
        """The first item that would have a paragraph which another one has."""
        taken = {unit_id for i, item in enumerate(items) if i not in wanted and item.texts for unit_id in item.ids}
        for i, ids in wanted.items():
            if taken.intersection(ids):
                return i
            taken.update(ids)
        return None

    def _others(self, item: HeadedText) -> tuple[str, ...]:
        """The paragraphs whose texts stand under another one's head; none where the head is right, or may be."""
        if len(item.ids) != 1 or not item.texts:
            return ()
        text, own = words(item.texts[0]), self.texts[item.ids[0]]
        if holds(text, own) or is_like(text, own) or is_part(text, own):
            return ()
        return self._found(text, [unit_id for unit_id in self.units if unit_id != item.ids[0]])

    def _found(self, text: Sequence[str], ids: Sequence[str]) -> tuple[str, ...]:
        """The paragraph that a text is: the same, or one that is much like it; or those of one kind that it holds, in its order."""
        held = [unit_id for unit_id in ids if holds(text, self.texts[unit_id])]
        same = [unit_id for unit_id in held if is_equal(text, self.texts[unit_id])]
        like = [unit_id for unit_id in ids if is_like(text, self.texts[unit_id])]
        found = same[:1] or (held if len(held) > 1 else []) or like[:1] or held
        found.sort(key=lambda unit_id: run_start(self.texts[unit_id], text))
        return tuple(unit_id for unit_id in found if self.units[unit_id].kind == self.units[found[0]].kind)

    def _renamed(self, item: HeadedText, ids: tuple[str, ...]) -> HeadedText:
        """What the wrong head says of its own paragraph says nothing of this one."""
        head = self.heads[item.ids[0]]
        label = "" if item.label == head.label else item.label
        refs = None if item.refs == head.refs else item.refs
        return replace(item, ids=ids, label=label, refs=refs)

    # Texts without heads

    def _parts(self, item: HeadedText) -> Iterator[HeadedText]:
        """An item text by text. Those that are not under a head of their own, and those under {new}, are looked for."""
        if item.ids:
            yield replace(item, texts=item.texts[:1])
        for text in item.texts[bool(item.ids) :]:
            if item.ids or item.is_headless:
                part = HeadedText(item.line, (), "", None, item.cut, is_headless=True, texts=[text])
            else:
                part = replace(item, texts=[text])
            yield replace(part, ids=self._taken(words(text), is_headless=part.is_headless))

    def _taken(self, text: Sequence[str], *, is_headless: bool) -> tuple[str, ...]:
        """The paragraphs without a text of their own that a text is, or holds, or is a part of; they have it then. Who deletes a head
        alone may write its text anew: that is the one of which it has the most words, where these are most of its own."""
        missing = [unit_id for unit_id in self.units if unit_id not in self.owner]
        found = self._found(text, missing)
        if not found:
            found = tuple(unit_id for unit_id in missing if is_part(text, self.texts[unit_id]))[:1]
        if not found and is_headless:
            found = tuple(sorted(missing, key=lambda unit_id: -kept(self.texts[unit_id], text))[:1])
            found = found if found and is_mostly(text, self.texts[found[0]]) else ()
        self.owner.update((unit_id, found[0]) for unit_id in found)
        return found

    def _placed(self, items: Sequence[HeadedText]) -> list[HeadedText]:
        """Texts that are no paragraph of before: a part of the one that they are taken from, or of the one above, or new."""
        placed: list[HeadedText] = []
        above, cut = "", False
        for item in items:
            above, cut = above if item.cut == cut else "", item.cut
            if not item.ids and item.texts:
                item = self._origin(item, above)
            placed.append(item)
            above = item.ids[0] if item.ids else item.of or (above if item.is_headless else "")
        return placed

    def _origin(self, item: HeadedText, above: str) -> HeadedText:
        text = words(item.texts[0])
        if item.is_headless and not above and not self._source(text, ""):
            where = "without a head below the line of the cut paragraphs" if item.cut else "before the first head"
            raise UsageError(f"line {item.line}: a text {where}. Put a head such as {{new}} above it.")
        of = self._source(text, above if item.is_headless else "") or (above if item.is_headless else "")
        fits = of and self.units[of].kind in _PARTED and (item.is_headless or item.label == label_of(self.units[of]))
        return replace(item, of=of if fits else "")

    def _source(self, text: Sequence[str], above: str) -> str:
        """The paragraph from which a text is taken: the one above it, or the one that has most of its words; empty for none."""
        if above and is_part(text, self._whole(above), least=1):
            return above
        found = [unit_id for unit_id in dict.fromkeys(self.owner.values()) if is_part(text, self._whole(unit_id))]
        return max(found, key=lambda unit_id: kept(self._whole(unit_id), text), default="")

    def _whole(self, unit_id: str) -> list[str]:
        """The words of a paragraph and of those that are joined to it."""
        return [word for each, owner in self.owner.items() if owner == unit_id for word in self.texts[each]]

    # Texts that were joined without a word in a head

    def _joined(self, items: Sequence[HeadedText]) -> list[HeadedText]:
        return [self._with_joined(item, items) if item.ids and item.texts else item for item in items]

    def _with_joined(self, item: HeadedText, items: Sequence[HeadedText]) -> HeadedText:
        """The item with the paragraphs whose texts stand in its own, or in what is split off it, and nowhere else."""
        kind = self.units[item.ids[0]].kind
        missing = [each for each in self.units if each not in self.owner and self.units[each].kind == kind]
        if not missing:
            return item
        texts = [*item.texts, *(text for each in items if each.of == item.ids[0] for text in each.texts)]
        fresh = words(" ".join(texts))
        for unit_id in item.ids:
            fresh = without(fresh, self.texts[unit_id])
        more = [unit_id for unit_id in missing if holds(fresh, self.texts[unit_id])]
        more.sort(key=lambda unit_id: run_start(self.texts[unit_id], fresh))
        self.owner.update(dict.fromkeys(more, item.ids[0]))
        return replace(item, ids=(*item.ids, *more))
