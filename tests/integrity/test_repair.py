"""Damaged files are repaired without losing a text, and correct files are not changed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from textwrap import wrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.edits import EDITS, Step, played, starting
from support.strategies import catalogs
from transflow.digests import approval, digest
from transflow.errors import UnreadableError
from transflow.integrity.repair import Evidence, Sides, read_damaged, read_damaged_glossary, repaired_units
from transflow.integrity.repair.markers import first_marker, versions
from transflow.integrity.repair.notes import rejoined
from transflow.integrity.repair.standing import confirmed_elsewhere
from transflow.model.catalog import Catalog
from transflow.model.report import Block
from transflow.model.unit import Approval, Authorship, Conflict, ConflictShare, Unit
from transflow.po.catalog import new_header, serialize
from transflow.po.header import with_counts
from transflow.po.notes import unit_comments
from transflow.po.syntax import entries

NOW = "2024-03-27T00:00:00Z"
EARLY, LATE = "2024-03-26T08:00:00Z", "2024-03-26T20:00:00Z"


def said(unit_id: str, source: str, target: str, who: str = "claire", time: str = EARLY) -> Unit:
    by = (Authorship(who, time, len(target.split())),)
    return Unit(unit_id, source, target, by=by, text=digest(target))


A, B, C = (
    said("aaaaaaaa", "하나다.", "It is one."),
    said("bbbbbbbb", "둘이다.", "It is two."),
    Unit("cccccccc", "셋이다."),
)


def catalog(*units: Unit, obsolete: tuple[Unit, ...] = ()) -> Catalog:
    return with_counts(Catalog(new_header("en", "ko", X_Report="r"), units, obsolete))


def data(*units: Unit) -> bytes:
    return serialize(catalog(*units)).encode()


def checks(faults: list[object]) -> list[str]:
    return [fault.check for fault in faults]  # type: ignore[attr-defined]


def texts_of(found: Catalog) -> set[str]:
    units = (*found.units, *found.obsolete)
    return {text for unit in units for text in (unit.target, *(each.text for each in unit.conflicts))}


# Bytes


@given(catalogs())
def test_what_transflow_wrote_has_no_fault(found: Catalog) -> None:
    text = serialize(found)
    mended, faults = read_damaged(text.encode(), "r.po")
    assert (mended, faults) == (found, [])
    assert serialize(mended) == text


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (lambda text: b"\xef\xbb\xbf" + text, "record.encoding"),
        (lambda text: text.replace(b"\n", b"\r\n"), "record.line-ends"),
        (lambda text: text.replace(b"\n", b"\r"), "record.line-ends"),
        (lambda text: text.decode().encode("utf-16"), "record.encoding"),
        (lambda text: text[:-1], "record.last-line"),
    ],
)
def test_marks_and_line_ends_of_editors_are_taken_away(spoil: object, check: str) -> None:
    assert callable(spoil)
    found, faults = read_damaged(spoil(data(A, B)), "r.po")
    assert found == catalog(A, B)
    assert check in checks(list(faults))


@pytest.mark.parametrize(
    "spoiled",
    [
        data(A).decode().encode("cp949"),
        data(A)[:-8],
        data(A) + b'\nmsgid "no id"\nmsgstr ""\n',
        b"\0\1\2",
        b"",
        data(A).replace(b"Format: 2", b"Format: 9"),
    ],
)
def test_what_cannot_be_known_for_certain_is_refused_with_its_line(spoiled: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_damaged(spoiled, "r.po")
    assert refused.value.line


# Conflict markers


def merged_by_lines(folder: Path, base: str, ours: str, theirs: str, *options: str) -> str:
    """Return the result of git's merge without the driver."""
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["git", "merge-file", "-p", *options, "ours", "base", "theirs"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode in range(128), done.stderr
    return done.stdout.decode()


steps = st.builds(
    Step, st.sampled_from(sorted(set(EDITS) - {"redact"})), st.integers(0, 7), st.integers(0, 3), st.integers(0, 1439)
)


@given(st.lists(steps, max_size=4), st.lists(steps, max_size=4), st.sampled_from([(), ("--diff3",)]), st.booleans())
@settings(max_examples=40)
def test_no_text_is_lost_in_what_git_merged_by_lines(
    tmp_path_factory: pytest.TempPathFactory, one: list[Step], two: list[Step], options: tuple[str, ...], waiting: bool
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    base = starting(5, article=False)
    ours, theirs = played(base, one, "a"), played(base, two, "b")
    texts = [serialize(with_counts(each)) for each in (base, ours, theirs)]
    text = merged_by_lines(folder, *texts, *options)
    sides = Sides(*(each.encode() for each in texts)) if waiting else None
    try:  # if each side removed a sentence, fewer remain than either counted
        found, _ = read_damaged(text.encode(), "r.po", sides, torn_ok=True)
    except UnreadableError:
        return  # lines of two entries that git mixed: reported and kept
    kept = " ".join(texts_of(found)).split()
    for target in texts_in(text) - (taken_away(base, ours, theirs) if options or waiting else set()):
        assert all(word in kept for word in target.split())
    ids = [unit.id for unit in (*found.units, *found.obsolete)]
    assert len(ids) == len(set(ids))
    again, faults = read_damaged(serialize(with_counts(found)).encode(), "r.po")
    assert (again, faults) == (with_counts(found), [])


def taken_away(base: Catalog, *sides: Catalog) -> set[str]:
    """Return the texts that a side removed or rewrote on purpose, which requires the base."""
    before = {unit.id: unit.target for unit in base.units}
    anew = [unit for side in sides for unit in side.units if before.get(unit.id, unit.target) != unit.target]
    return {before[each] for unit in anew for each in (unit.id, *unit.joined) if each in before}


def texts_in(text: str) -> set[str]:
    """Return the texts of a damaged file, of both sides if it has conflict markers."""
    found = versions(text, "r.po")
    return {entry.strings["msgstr"] for side in (found.ours, found.theirs) for entry in entries(side, "r.po")[0][1:]}


def test_both_sides_of_a_conflict_are_merged_sentence_by_sentence(tmp_path: Path) -> None:
    ours = data(A, B, said("cccccccc", "셋이다.", "It is three.")).decode()
    theirs = data(A, B, said("cccccccc", "셋이다.", "That makes three.", "leejin", LATE)).decode()
    text = merged_by_lines(tmp_path, data(A, B, C).decode(), ours, theirs)
    found, faults = read_damaged(text.encode(), "r.po")
    assert checks(list(faults)) == ["record.conflict-markers", "record.conflict"]
    assert (found.units[2].target, found.units[2].conflicts) == (
        "That makes three.",
        (Conflict("claire", EARLY, "It is three.", (ConflictShare("by", "claire", 3),)),),
    )
    assert found.units[2].fuzzy


def test_with_the_base_of_diff3_only_the_side_that_changed_a_text_counts(tmp_path: Path) -> None:
    base = data(A, B).decode()
    ours = data(said("aaaaaaaa", "하나다.", "It is just one.", "leejin", LATE), B).decode()
    theirs = data(A.replace(comments=("Ask.",), assigned=None), B).decode()
    text = merged_by_lines(tmp_path, base, ours, theirs, "--diff3")
    assert first_marker(text)
    found, faults = read_damaged(text.encode(), "r.po")
    assert (found.units[0].target, found.units[0].comments) == ("It is just one.", ("Ask.",))
    assert checks(list(faults)) == ["record.conflict-markers"]


def test_while_the_merge_waits_git_knows_the_base(tmp_path: Path) -> None:
    changed = A.replace(source="하나뿐이다.", previous="하나다.", fuzzy=True)
    base, ours, theirs = (
        data(A, B),
        data(said("aaaaaaaa", "하나다.", "It is just one.", "leejin", LATE), B),
        data(changed, B),
    )
    text = merged_by_lines(tmp_path, base.decode(), ours.decode(), theirs.decode())
    assert checks(list(read_damaged(text.encode(), "r.po")[1])) == ["record.conflict-markers", "record.conflict"]
    found, faults = read_damaged(text.encode(), "r.po", Sides(base, ours, theirs))
    assert checks(list(faults)) == ["record.conflict-markers"]
    assert (found.units[0].target, found.units[0].source, found.units[0].fuzzy) == (
        "It is just one.",
        "하나뿐이다.",
        True,
    )


def test_a_text_that_somebody_typed_between_the_markers_is_kept(tmp_path: Path) -> None:
    base, ours, theirs = data(C), data(C.replace(target="Three.")), data(C.replace(target="The third."))
    text = merged_by_lines(tmp_path, *(each.decode() for each in (base, ours, theirs)))
    text = text.replace('msgstr "Three."', 'msgstr "Three it is."')
    found, _ = read_damaged(text.encode(), "r.po", Sides(base, ours, theirs))
    assert texts_of(found) == {"Three it is.", "The third."}


@pytest.mark.parametrize("marker", ["<<<<<<< ours\n", ">>>>>>> theirs\n", "<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> b\n"])
def test_markers_that_do_not_pair_are_left_to_people(marker: str) -> None:
    with pytest.raises(UnreadableError):
        read_damaged((marker + data(A).decode()).encode(), "r.po")


@given(st.lists(st.sampled_from(["a\n", "b\n", "c\n"])), st.lists(st.sampled_from(["a\n", "b\n", "d\n"])))
@settings(max_examples=25)
def test_the_sides_of_a_file_with_markers_are_the_files_that_git_merged(
    tmp_path_factory: pytest.TempPathFactory, ours: list[str], theirs: list[str]
) -> None:
    text = merged_by_lines(tmp_path_factory.mktemp("sides"), "", "".join(ours), "".join(theirs))
    if first_marker(text):
        found = versions(text, "x")
        assert (found.ours, found.theirs) == ("".join(ours), "".join(theirs))


# Copies


def test_copies_of_a_sentence_become_one(tmp_path: Path) -> None:
    other = said("bbbbbbbb", "둘이다.", "Two it is.", "leejin", LATE)
    text = data(A, B, C).decode() + "\n" + data(other).decode().split("\n\n", 1)[1]
    found, faults = read_damaged(text.encode(), "r.po")
    assert [unit.id for unit in found.units] == [A.id, B.id, C.id]
    assert (found.units[1].target, found.units[1].conflicts) == (
        "Two it is.",
        (Conflict("claire", EARLY, "It is two.", (ConflictShare("by", "claire", 3),)),),
    )
    assert checks(list(faults)) == ["record.doubled", "record.conflict"]


def test_equal_copies_are_no_conflict_and_an_approval_stays() -> None:
    approved = A.replace(approved=Approval("mina", LATE, approval(A.id, A.source, A.target)))
    text = data(approved, B).decode() + "\n" + data(A).decode().split("\n\n", 1)[1] * 2
    found, faults = read_damaged(text.encode(), "r.po")
    assert found.units == (approved, B)
    assert checks(list(faults)) == ["record.doubled", "record.doubled"]


# Notes


def test_the_lines_of_a_note_that_was_wrapped_are_put_together() -> None:
    lines = [
        "Ask the reporter.",
        "@assigned leejin",
        "due=2024-03-26T09:00:00Z",
        "@from un-letter#k7f3q2mx",
        "un-letter#b4tq9z2a rights-groups#w5h2c8de",
        "@by claire",
        "2024-03-26T03:12:00Z 19",
        '@conflict leejin 2024-03-26T03:12:00Z "The other text, which is',
        "well-",
        'known."',
    ]
    assert rejoined(lines) == (
        [
            "Ask the reporter.",
            "@assigned leejin due=2024-03-26T09:00:00Z",
            "@from un-letter#k7f3q2mx un-letter#b4tq9z2a rights-groups#w5h2c8de",
            "@by claire 2024-03-26T03:12:00Z 19",
            '@conflict leejin 2024-03-26T03:12:00Z "The other text, which is well-known."',
        ],
        4,
    )


def test_a_human_comment_after_a_whole_note_is_no_part_of_it() -> None:
    lines = ["@by claire 2024-03-26T03:12:00Z 19", "due to be asked", "@omitted mina 2024-03-26T03:12:00Z", "un-letter"]
    assert rejoined(lines) == (lines, 0)


@given(st.data(), st.integers(30, 70))
def test_notes_wrapped_as_prose_read_as_before(draw: st.DataObject, width: int) -> None:
    words = st.lists(st.from_regex(r"[a-z가-힣]{1,9}[.,]?", fullmatch=True), min_size=1, max_size=30).map(" ".join)
    conflicts = tuple(Conflict("leejin", EARLY, text) for text in draw.draw(st.lists(words, max_size=2)))
    unit = A.replace(conflicts=conflicts, comments=("Ask.",))
    lines = [
        line
        for whole in unit_comments(unit)
        for line in (wrap(whole, width, break_long_words=False) if whole[0] == "@" else [whole])
    ]
    text = serialize(catalog(unit.replace(conflicts=(), comments=(), by=(), text=""))).replace(
        "#. paragraph", "".join(f"# {line}\n" for line in lines) + "#. paragraph"
    )
    assert read_damaged(text.encode(), "r.po")[0].units == (unit,)


# Form


def test_foreign_wrapping_and_deleted_sentences_in_the_middle_are_written_anew() -> None:
    text = serialize(catalog(A, B, obsolete=(C,)))
    header, one, two, gone = text.split("\n\n")
    spoiled = "\n\n".join((header, gone.strip("\n"), one, two.replace('"It is two."', '""\n"It is "\n"two."'))) + "\n"
    found, faults = read_damaged(spoiled.encode(), "r.po")
    assert checks(list(faults)) == ["record.obsolete-order", "record.reshaped"]
    assert serialize(found) == text


# Units


def evidence(*earlier: Catalog, blocks: tuple[Block, ...] = ()) -> Evidence:
    return Evidence(NOW, "ko", blocks, earlier)


def test_a_source_that_changed_with_a_note_of_it_but_without_fuzzy_is_marked() -> None:
    unit = A.replace(source="하나뿐이다.", previous="하나다.")
    found, faults = repaired_units(catalog(unit), evidence())
    assert found.units == (unit.replace(fuzzy=True),)
    assert checks(list(faults)) == ["record.stale-text"]


def test_history_shows_a_text_that_was_confirmed_against_another_source() -> None:
    spoiled = catalog(A.replace(source="하나뿐이다."), B)
    found, faults = repaired_units(
        spoiled, evidence(spoiled, catalog(A, B), catalog(A.replace(target="", by=(), text=""), B))
    )
    assert (found.units[0].fuzzy, found.units[0].previous) == (True, "하나다.")
    assert [(fault.check, fault.location.unit) for fault in faults] == [("record.stale-text", A.id)]


def test_history_accuses_nobody_who_confirmed_joined_split_or_only_moved_spaces() -> None:
    confirmed = A.replace(source="하나뿐이다.", by=(A.by[0]._replace(time=LATE),))
    joined = A.replace(source="하나다. 둘이다.", joined=(B.id,))
    spaced = A.replace(source="하나 다.")
    for now in (confirmed, joined, spaced):
        assert confirmed_elsewhere(catalog(now), [catalog(now), catalog(A)]) == {}
    half = Unit("dddddddd", "다.", split=A.id)
    assert confirmed_elsewhere(catalog(A.replace(source="하나"), half), [catalog(A)]) == {}


def test_an_approval_of_another_text_goes_and_one_of_this_text_stays() -> None:
    right = A.replace(approved=Approval("mina", LATE, approval(A.id, A.source, A.target)))
    wrong = B.replace(approved=Approval("mina", LATE, "0" * 16))
    found, faults = repaired_units(catalog(right, wrong), evidence())
    assert found.units == (right, B)
    assert [(fault.check, fault.location.unit) for fault in faults] == [("record.void-approval", B.id)]


def test_sentences_out_of_order_are_brought_up_to_the_report() -> None:
    blocks = tuple(Block("paragraph", unit.source) for unit in (A, B, C))
    found, faults = repaired_units(catalog(C, A, B), evidence(blocks=blocks))
    assert [unit.id for unit in found.units] == [A.id, B.id, C.id]
    assert checks(list(faults)) == ["record.out-of-step"]
    assert repaired_units(found, evidence(blocks=blocks)) == (found, [])


def test_missing_sentences_are_named_and_not_made_up() -> None:
    blocks = tuple(Block("paragraph", unit.source) for unit in (A, B, C))
    found, faults = repaired_units(catalog(A, B), evidence(blocks=blocks))
    assert found == catalog(A, B)
    assert [(fault.check, fault.repair) for fault in faults] == [("record.out-of-step", "")]


def test_a_note_that_nothing_can_be_made_of_is_named_and_kept() -> None:
    text = data(A).decode().replace("# @by claire", "# @by")
    found, _ = read_damaged(text.encode(), "r.po")
    mended, faults = repaired_units(found, evidence())
    assert checks(list(faults)) == ["record.unreadable-note"]
    assert mended.units == found.units


# The glossary

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_a_glossary_with_markers_has_the_entries_of_both(tmp_path: Path) -> None:
    one, two = 'msgid "평양"\nmsgstr "Pyongyang"\n', 'msgid "신의주"\nmsgstr "Sinuiju"\n'
    text = merged_by_lines(tmp_path, HEADER, HEADER + one, HEADER + two)
    found, faults = read_damaged_glossary(text.encode(), "glossary.po")
    assert one in found
    assert two in found
    assert checks(list(faults)) == ["record.conflict-markers"]
