"""Counting in one pass: the scanner counts and refuses the same as the parser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from support.strategies import catalogs
from transflow.actions.project.counting import count
from transflow.digests import approval
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.po.catalog import parse, serialize
from transflow.po.scan import scan
from transflow.units.workflow import is_approved, state

GOLDEN = paths.TESTS / "golden/po"
HEADER = 'msgid ""\nmsgstr "X-Transflow-Format: 1\\n"\n\n'
RIGHT = f"eugene 2024-03-26T05:40:12Z {approval('k7f3q2mx', '가', 'a')}"
ACT = "eugene 2024-03-26T05:40:12Z"


def assert_agrees(text: str) -> None:
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
        for unit in parse(text, "x.po").units
    ]


@given(catalogs())
def test_the_scanner_sees_what_the_parser_sees(catalog: Catalog) -> None:
    assert_agrees(serialize(catalog))


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.po")), ids=lambda path: path.name)
def test_the_scanner_sees_what_the_parser_sees_in_files_that_others_wrapped(path: Path) -> None:
    assert_agrees(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("before", "target", "expected"),
    [
        ("", "", "untranslated"),
        ("#, fuzzy\n", "", "untranslated"),
        ("", "a", "translated"),
        ("#, fuzzy\n", "a", "needs-work"),
        ("#, c-format, fuzzy\n", "a", "needs-work"),
        ("#, fuzzy-ish\n", "a", "translated"),
        (f"# @approved {RIGHT}\n", "a", "approved"),
        (f"# @approved {RIGHT}\n", "b", "translated"),
        (f"# @approved {RIGHT}\n#, fuzzy\n", "a", "needs-work"),
        (f"# he said # @approved {RIGHT}\n", "a", "translated"),
        (f"#  @approved {RIGHT}\n", "a", "translated"),
        (f"# @approved {RIGHT}\n# @+ more\n", "a", "translated"),
        (f"# @approved {RIGHT} more\n", "a", "translated"),
        (f"# @approved nobody\n# @approved {RIGHT}\n", "a", "approved"),
        (f"# @approved {RIGHT}\n# @approved {RIGHT[:-1]}0\n", "a", "approved"),
        (f"# @omitted {ACT} a repetition\n", "", "omitted"),
        (f"# @cut {ACT}\n# @approved {RIGHT}\n", "a", "cut"),
        (f"# @cut {ACT}\n# @omitted {ACT}\n", "a", "omitted"),
        (f"# @by claire 2024-03-26T05:40:12Z 1\n# @approved {RIGHT}\n", "a", "approved"),
        (f"# @by claire 2024-03-26T05:40:13Z 1\n# @approved {RIGHT}\n", "a", "translated"),
        (f"# @approved {RIGHT}\n# @by claire 2024-03-26T05:40:13Z 1\n", "a", "translated"),
        (f"# @by claire 2024-03-26T05:40:13Z 1 x\n# @approved {RIGHT}\n", "a", "approved"),
        (f"# @by claire\n# @+ 2024-03-26T05:40:13Z 1\n# @approved {RIGHT}\n", "a", "translated"),
        (f"# @by claire 2024-03-26T05:40:13Z 1\n# @+ x\n# @approved {RIGHT}\n", "a", "approved"),
        (f"# he said # @by claire 2024-03-26T05:40:13Z 1\n# @approved {RIGHT}\n", "a", "approved"),
        (f"# @byline claire 2024-03-26T05:40:13Z 1\n# @approved {RIGHT}\n", "a", "approved"),
        (f"# @approved {RIGHT}\n# @returned mina 2024-03-26T05:40:12Z no\n", "a", "approved"),
        (f"# @approved {RIGHT}\n# @returned mina 2024-03-26T05:40:13Z no\n", "a", "translated"),
        (f'# @approved {RIGHT}\n# @returned mina 2024-03-26T05:40:13Z "no\n', "a", "approved"),
        (f"# @approved {RIGHT}\n# @returned mina {ACT[7:]}\n# @returned mina 2098-03-26T05:40:13Z\n", "a", "approved"),
        ("# @omitted by somebody\n", "a", "translated"),
        (f"# not # @omitted {ACT}\n", "a", "translated"),
        (f'# @omitted {ACT} "not\n', "a", "translated"),
    ],
)
def test_the_state_is_that_of_the_workflow(before: str, target: str, expected: str) -> None:
    text = f'{HEADER}{before}msgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr "{target}"\n'
    assert [seen.state for seen in scan(text, "x.po")] == [expected]
    assert_agrees(text)


@pytest.mark.parametrize(
    "entries",
    [
        'msgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr "a"\n\nmsgctxt "k7f3q2mx"\nmsgid "나"\nmsgstr "b"\n',
        'msgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr "a"\n\n#~ msgctxt "k7f3q2mx"\n#~ msgid "나"\n#~ msgstr "b"\n',
        'msgctxt "k7f3q2mx"\nmsgid ""\nmsgstr "a"\n',
        'msgctxt "k7f3q2mx"\nmsgid ""\n""\nmsgstr "a"\n',
        'msgctxt "k7f3q2mx"\nmsgid "가\\q"\nmsgstr "a"\n',
        'msgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr "a"b"\n',
        'msgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr "a\\"\n',
        'msgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr ""\n"a"b"\n',
        'msgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr "a"\n\n"more\n',
        '#| msgid "\\q"\nmsgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr "a"\n',
        '#~ msgctxt "k7f3q2mx"\n#~ msgid "가"\n#~ msgstr "\\q"\n',
        '#~ msgctxt "k7f3q2mx"\n#~ msgid "가"\nmsgstr "a"\n',
        'msgid "가"\nmsgstr "a"\n',
        'msgctxt "k7f3q2mx"\nmsgid "가"\nmsgid_plural "나"\nmsgstr[0] "a"\n',
        "<<<<<<< HEAD\n",
    ],
)
def test_what_the_parser_refuses_is_not_counted(entries: str) -> None:
    with pytest.raises(UnreadableError) as parsing:
        parse(HEADER + entries, "x.po")
    with pytest.raises(UnreadableError) as scanning:
        list(scan(HEADER + entries, "x.po"))
    assert str(scanning.value) == str(parsing.value)


@given(catalogs(), st.data())
def test_a_file_that_lost_entries_is_refused_or_read_by_all_readers_alike(
    catalog: Catalog, data: st.DataObject
) -> None:
    head, *rest = serialize(catalog).split("\n\n")
    kept = data.draw(st.lists(st.sampled_from(range(len(rest))), unique=True) if rest else st.just([]))
    text = "\n\n".join([head, *(rest[place].rstrip("\n") for place in kept)]) + "\n"
    try:
        parse(text, "x.po")
    except UnreadableError as refused:
        with pytest.raises(type(refused), match=re.escape(str(refused))):
            list(scan(text, "x.po"))
        with pytest.raises(type(refused), match=re.escape(str(refused))):
            count(text, "x.po", "", text.encode())
    else:
        assert_agrees(text)
        assert count(text, "x.po", "", text.encode()) == count(text, "x.po", "")
