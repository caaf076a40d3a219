"""Damaged files: an error with file and line, or a faithful read, and nothing else."""

from __future__ import annotations

import pytest

from support.mutants import mutant
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.po import notes
from transflow.po.catalog import parse, serialize
from transflow.po.scan import scan
from transflow.po.syntax import decode, entries
from transflow.units.workflow import is_approved, state

BATCH = 100


def read(data: bytes) -> tuple[str, Catalog] | UnreadableError:
    """Return the text and its catalog, or the reason for refusing the file."""
    try:
        text = decode(data, "x.po")
        return text, parse(text, "x.po")
    except UnreadableError as error:
        return error


def examine(data: bytes) -> bool:
    """Return whether the file is read; fail if it is neither refused nor read faithfully."""
    found = read(data)
    if isinstance(found, UnreadableError):
        assert str(found).startswith(f"x.po:{found.line}: ")
        assert 1 <= found.line <= data.count(b"\n") + 1
        scan_refuses(data, str(found))
        return False
    text, catalog = found
    assert serialize(catalog) == text
    reader_agrees(catalog, text)
    scan_agrees(catalog, text)
    edits_stay_local(catalog)
    return True


def reader_agrees(catalog: Catalog, text: str) -> None:
    """Check that the line parser, which has no fast path, finds the same."""
    found, tail = entries(text, "x.po")
    assert tail == catalog.tail
    assert [entry.raw for entry in found] == [raw for _, raw in catalog.raw_entries.values()]
    for entry, (unit, _) in zip(found[1:], list(catalog.raw_entries.values())[1:], strict=True):
        assert (unit.id, unit.source, unit.target) == tuple(
            entry.strings[key] for key in ("msgctxt", "msgid", "msgstr")
        )
        assert unit.previous == entry.previous.get("msgid", "")
        assert unit.fuzzy == ("fuzzy" in entry.flags)
        assert all(getattr(unit, name) == value for name, value in notes.read(entry.comments).items())
        assert (unit in catalog.obsolete) == entry.obsolete


def edits_stay_local(catalog: Catalog) -> None:
    """Check that changing one unit changes no other, nor the lines of others."""
    for changed in (*catalog.units[:1], *catalog.units[-1:]):
        after = serialize(catalog.map_unit(changed.id, lambda unit: unit.replace(target=unit.target + "!")))
        again = parse(after, "x.po")
        assert again.units == tuple(
            unit.replace(target=unit.target + "!") if unit is changed else unit for unit in catalog.units
        )
        assert (again.obsolete, again.header) == (catalog.obsolete, catalog.header)


def scan_agrees(catalog: Catalog, text: str) -> None:
    assert [
        (seen.id, seen.source, seen.target, seen.state, seen.source_changed, seen.has_void_approval)
        for seen in scan(text, "x.po")
    ] == [
        (
            unit.id,
            unit.source,
            unit.target,
            state(unit),
            bool(unit.previous),
            bool(unit.approved) and not is_approved(unit),
        )
        for unit in catalog.units
    ]


def scan_refuses(data: bytes, problem: str) -> None:
    """Check that the scanner refuses the same files as the parser, with the same message."""
    with pytest.raises(UnreadableError) as caught:
        list(scan(decode(data, "x.po"), "x.po"))
    assert str(caught.value) == problem


def examine_all(seeds: range) -> None:
    readable = 0
    for seed in seeds:
        try:
            readable += examine(mutant(seed))
        except Exception as error:
            raise AssertionError(f"mutant({seed}): {error!r}") from error
    assert len(seeds) * 0.1 < readable < len(seeds) * 0.9, "the mutator no longer makes both kinds"


@pytest.mark.parametrize("start", range(0, 1500, BATCH))
def test_a_mutant_is_refused_with_its_line_or_read_faithfully(start: int) -> None:
    examine_all(range(start, start + BATCH))


@pytest.mark.soak
@pytest.mark.parametrize("start", range(1500, 10_000, 500))
def test_ten_thousand_mutants_are_refused_or_read_faithfully(start: int) -> None:
    examine_all(range(start, start + 500))
