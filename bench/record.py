"""A merge, a save and an update of 100 units, each against polib's load and save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import polib

from bench import Figure, cpu_in, in_turns, projects
from transflow.merge import merge
from transflow.model.catalog import Catalog
from transflow.model.report import Block
from transflow.po.catalog import parse, serialize
from transflow.po.header import with_counts
from transflow.units.workflow import confirm
from transflow.update import update

_NOW = "2024-03-27T09:00:00Z"
_ROUNDS = 20


def _edited(catalog: Catalog, number: int, who: str) -> Catalog:
    unit = catalog.units[number]
    return catalog.map_unit(unit.id, lambda old: confirm(old, old.target + " It said so.", who, _NOW))


def _polib_round(path: Path) -> None:
    file = polib.pofile(str(path))
    file[0].msgstr += "!"
    file.save(str(path.with_suffix(".polib")))


def _blocks(catalog: Catalog) -> list[Block]:
    blocks: list[Block] = []
    for unit in catalog.units:
        if unit.continued and blocks:
            blocks[-1] = blocks[-1]._replace(text=f"{blocks[-1].text} {unit.source}")
        else:
            blocks.append(Block("paragraph", unit.source))
    return blocks


def measure() -> Iterator[Figure]:
    text = serialize(with_counts(projects.catalog(100)))
    base = parse(text, "bench.po")
    ours, theirs = _edited(base, 10, "claire"), _edited(base, 80, "leejin")
    project, place = projects.with_report(text)
    path = project.root / place.path
    changed = _blocks(base)
    changed[5] = changed[5]._replace(text=changed[5].text.replace("요청했다고", "거듭 요청했다고"))
    numbers = iter(range(10**6))

    def save() -> None:
        who = f"p{next(numbers)}"
        project.change(place, lambda catalog: _edited(catalog, 10, who))

    def merge_files() -> str:
        merged, _ = merge(parse(text, "a"), parse(serialize(ours), "b"), parse(serialize(theirs), "c"))
        return serialize(with_counts(merged))

    measures: list[Callable[[], object]] = [
        partial(_polib_round, path),
        partial(merge, base, ours, theirs),
        merge_files,
        save,
        partial(update, changed, base, _NOW),
    ]
    polib_round, merging, driver, saving, updating = in_turns(_ROUNDS, *(partial(cpu_in, each) for each in measures))
    note = f"polib {polib_round * 1e3:.1f} ms"
    yield Figure("merge of 100 units / polib's load and save", merging / polib_round, 1, note=note)
    yield Figure("the same with reading three files and writing one", driver / polib_round, 3)
    yield Figure("one confirmed unit, locked, saved, fsynced / the same", saving / polib_round, 2)
    yield Figure("update of a report with a changed sentence / the same", updating / polib_round, 2)
