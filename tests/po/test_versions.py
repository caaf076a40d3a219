"""Versions of one catalog: read faster, and never otherwise than by the parser."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from support.strategies import catalogs
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.po.catalog import parse, serialize
from transflow.po.header import with_counts
from transflow.po.versions import VersionReader

PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\n\n\n",
        "# a note\n",
        "#~ ",
        '"more"\n',
        '#. sidebar\nmsgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr ""\n',
        "x",
    ]
)


def outcome(text: str, reader: VersionReader | None = None) -> object:
    try:
        found = reader.read(text) if reader else parse(text, "", torn_ok=True)
    except UnreadableError as error:
        return error.line
    return found.header, found.units, found.obsolete


@given(catalogs(), st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 60), PIECES), max_size=6))
@example(Catalog(), [])
def test_are_those_of_the_parser(catalog: Catalog, edits: list[tuple[int, int, str]]) -> None:
    text = serialize(with_counts(catalog))
    reader = VersionReader(parse(text, ""))
    versions = [text]
    for at, length, piece in edits:
        versions.append(versions[-1][:at] + piece + versions[-1][at + length :])
    for version in (*versions, text):
        assert outcome(version, reader) == outcome(version)


@given(catalogs())
def test_what_no_version_changed_is_the_same_object(catalog: Catalog) -> None:
    present = parse(serialize(with_counts(catalog)), "")
    found = VersionReader(present).read(serialize(present))
    assert all(mine is theirs for mine, theirs in zip(found.units, present.units, strict=True))
