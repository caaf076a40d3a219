"""Whole texts without heads aligned to a story: `python -m bench rewrites`.

A line of a file in `bench/sets/rewrites` is a paragraph of a story: `original`, and its wording in
a `light` and a `heavy` rewrite; or a `new` one, which no report stands behind. Texts are made of
them in all orders, with paragraphs joined, split, left out and added. The table gives the share of
paragraphs that keep their sentences, which ought to be .95 at least, and of those that get wrong
ones.

A file in `desks`, in `bench/sets/rewrites` or, never looked at while the alignment is changed, in
`bench/sets/unseen/rewrites`, is a story and the same story as another desk wrote it, each line with
the numbers of the paragraphs it is made from, or `new`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench import Figure
from transflow.model.unit import Ref, Unit
from transflow.stories.whole_text.alignment import align_texts

SETS = Path(__file__).parent / "sets" / "rewrites"
DESKS = SETS / "desks"
UNSEEN_DESKS = SETS.parent / "unseen" / "rewrites"
LEVELS = ("light", "heavy", "mixed")
_SENTENCE = re.compile(r"(?<=[a-z0-9][.”]) (?=[A-Z“])")
_SEEDS = 20


class Change(NamedTuple):
    """Number of paragraphs that are moved, joined, split, added and left out."""

    name: str
    moved: int = 0
    joined: int = 0
    split: int = 0
    added: int = 0
    gone: int = 0


CHANGES = (
    Change("reworded only"),
    Change("moved", moved=6),
    Change("joined", joined=4),
    Change("split", split=4),
    Change("added", added=4),
    Change("added and left out", added=4, gone=3),
)


class Piece(NamedTuple):
    """A text, and the indexes of the paragraphs that it is made from."""

    text: str
    origins: tuple[int, ...]


class Outcome(NamedTuple):
    """Number of paragraphs that were to be kept, of those that are, and of wrong ones."""

    wanted: int
    kept: int
    wrong: int


def outcome(pieces: Sequence[Piece], units: Sequence[Unit]) -> Outcome:
    items = [item for item in align_texts([piece.text for piece in pieces], units, {}, "en") if item.line]
    found = [{int(each[1:]) for each in (*item.ids, item.split_off_from) if each} for item in items]
    pairs = [(each, {*piece.origins}) for each, piece in zip(found, pieces, strict=True)]
    return Outcome(
        sum(len(origins) for _, origins in pairs),
        sum(len(each & origins) for each, origins in pairs),
        sum(len(each - origins) for each, origins in pairs),
    )


def story_units(texts: Sequence[str]) -> tuple[Unit, ...]:
    """Return a story of these texts, each with a sentence behind it; the first is the headline."""
    return tuple(
        Unit(
            f"p{number:07}",
            text,
            text,
            kind="paragraph" if number else "headline",
            refs=(Ref("report", f"s{number:07}"),),
        )
        for number, text in enumerate(texts)
    )


class DeskRewrite(NamedTuple):
    """A story, and the same as another desk wrote it, piece by piece."""

    name: str
    units: tuple[Unit, ...]
    pieces: tuple[Piece, ...]


def desk_rewrites(folder: Path) -> list[DeskRewrite]:
    return [_desk_rewrite(path) for path in sorted(folder.glob("*.txt"))]


def _desk_rewrite(path: Path) -> DeskRewrite:
    _, story, rewrite = path.read_text(encoding="utf-8").split("\n= ")
    lines = [line.split(" ", 1) for line in rewrite.splitlines()[1:]]
    pieces = [Piece(text, () if label == "new" else _origins(label)) for label, text in lines]
    return DeskRewrite(
        path.stem, story_units([line.split(" ", 1)[1] for line in story.splitlines()[1:]]), tuple(pieces)
    )


def _origins(label: str) -> tuple[int, ...]:
    return tuple(int(number) - 1 for number in label.split(","))


class Rewrites:
    """The paragraphs of a file, as a story and in other words."""

    def __init__(self, name: str = "floods") -> None:
        rows = [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        self.rows = [row for row in rows if "original" in row]
        self.new = [row["new"] for row in rows if "new" in row]
        self.units = story_units([row["original"] for row in self.rows])

    def rewritten(self, level: str, change: Change, random: Random) -> list[Piece]:
        """Return a whole text, piece by piece; `mixed` takes each paragraph in any wording."""
        wordings = ("original", "light", "heavy") if level == "mixed" else (level,)
        head, *body = (Piece(row[random.choice(wordings)], (number,)) for number, row in enumerate(self.rows))
        for _ in range(change.gone):
            body.pop(random.randrange(len(body)))
        for _ in range(change.moved):
            body.insert(random.randrange(len(body)), body.pop(random.randrange(len(body))))
        for _ in range(change.joined):
            at = random.randrange(len(body) - 1)
            first, second = body[at], body.pop(at + 1)
            body[at] = Piece(f"{first.text} {second.text}", first.origins + second.origins)
        splittable = [piece for piece in body if len(piece.origins) == 1 and _SENTENCE.search(piece.text)]
        for piece in random.sample(splittable, min(change.split, len(splittable))):
            at = body.index(piece)
            body[at : at + 1] = [Piece(part, piece.origins) for part in _SENTENCE.split(piece.text, maxsplit=1)]
        for text in self.new[: change.added]:
            body.insert(random.randrange(len(body) + 1), Piece(text, ()))
        return [head, *body]


def shares(rewrites: Rewrites, level: str, change: Change, seeds: int = _SEEDS) -> tuple[float, float]:
    """Return the share of paragraphs that keep their sentences, and of those with wrong ones."""
    outcomes = [outcome(rewrites.rewritten(level, change, Random(seed)), rewrites.units) for seed in range(seeds)]
    wanted, kept, wrong = map(sum, zip(*outcomes, strict=True))
    return kept / wanted, wrong / wanted


def desk_outcome(folder: Path) -> Outcome:
    outcomes = [outcome(each.pieces, each.units) for each in desk_rewrites(folder)]
    return Outcome(*map(sum, zip(*outcomes, strict=True)))


def measure() -> Iterator[Figure]:
    for name, folder in (("seen", DESKS), ("unseen", UNSEEN_DESKS)):
        wanted, kept, wrong = desk_outcome(folder)
        yield Figure(f"other desks, {name}: keep their Korean", kept / wanted, 0.95, at_least=True, note=f"of {wanted}")
        yield Figure(f"other desks, {name}: wrong ones", float(wrong), 0)
    rewrites = Rewrites()
    for level in LEVELS:
        for change in CHANGES:
            share, wrong_share = shares(rewrites, level, change)
            yield Figure(
                f"{level}, {change.name}: keep their Korean",
                share,
                0.95,
                at_least=True,
                note=f"wrong: {wrong_share:.3f}",
            )
