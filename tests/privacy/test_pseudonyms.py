"""Opaque ids: drawn at random, with a change of only one entry in transflow.toml."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.errors import UnknownNameError
from transflow.model.report import FrontMatter
from transflow.model.settings import Person
from transflow.privacy import pseudonyms
from transflow.settings import config
from transflow.text import without_spaces

TOML = """\
# The newsroom.
format = 1
locales = ["en"]

# Our first translator.
[[people]]
id = "claire"  # since the start
name = "Claire Lee"
roles = ["translator", { role = "editor", since = 2024-01-01 }]
emails = [
  "claire@example.org",
  "lee@example.org",
]
aliases = ["이클레어"]
# off on Mondays

# The desk.
[[people]]
id = "mina"
name = "Mina Park"
roles = ["editor"]

[gate]
min = 99.5  # not yet all
"""
INLINE = (
    'format = 1\nlocales = ["en"]\npeople = [{ id = "claire", name = "Claire Lee" }, { id = "mina", name = "Mina" }]\n'
)


@given(
    st.integers(0, 2**20 - 1), st.sets(st.integers(0, 2**20 - 1).map(lambda n: pseudonyms.opaque_id(n, ())), max_size=3)
)
def test_an_opaque_id_is_free_and_an_id_that_the_settings_take(number: int, taken: set[str]) -> None:
    new = pseudonyms.opaque_id(number, taken)
    assert new not in taken
    assert config.parse(f'format = 1\n[[people]]\nid = "{new}"\nprotected = true\n', "x").people[0].protected


def test_two_numbers_give_two_ids() -> None:
    assert len({pseudonyms.opaque_id(number, ()) for number in range(0, 2**20, 997)}) == len(range(0, 2**20, 997))


def test_the_entry_loses_all_that_names_and_every_other_line_stays() -> None:
    new = pseudonyms.with_opaque_id(TOML, "transflow.toml", "claire", "p-7k2m")
    person = config.parse(new, "transflow.toml").person("p-7k2m")
    before = config.parse(TOML, "transflow.toml").person("claire")
    assert before
    assert person == Person("p-7k2m", roles=before.roles, protected=True)
    assert not any(word in new for word in ("laire", "Lee", "lee@", "이클"))
    known = {without_spaces(line) for line in TOML.split("\n")}  # tomlkit removes a space before a bracket
    assert [line for line in new.split("\n") if without_spaces(line) not in known] == [
        'id = "p-7k2m"  # since the start',
        "protected = true",
    ]
    assert new.index("protected = true") < new.index("# The desk.")


@pytest.mark.parametrize(
    "text", [INLINE, TOML.replace("\n", "\r\n"), TOML.replace("# off", "protected = false\n# off")]
)
def test_other_ways_to_write_the_file_serve_too(text: str) -> None:
    new = pseudonyms.with_opaque_id(text, "transflow.toml", "claire", "p-7k2m")
    assert "Claire" not in new
    people = config.parse(new, "transflow.toml").people
    assert [(each.id, each.protected) for each in people] == [("p-7k2m", True), ("mina", False)]
    assert new.count("\r\n") == (new.count("\n") if "\r" in text else 0)


def test_a_protection_that_was_begun_is_found_again() -> None:
    begun = pseudonyms.with_pending_id(TOML, "transflow.toml", "claire", "p-7k2m")
    person = config.parse(begun, "transflow.toml").person("claire")
    assert person
    assert pseudonyms.pending_id(person) == "p-7k2m"
    assert pseudonyms.identifying_texts(person) == ("claire@example.org", "lee@example.org", "Claire Lee", "이클레어")
    assert pseudonyms.with_pending_id(begun, "transflow.toml", "claire", "p-7k2m") == begun
    done = pseudonyms.with_opaque_id(begun, "transflow.toml", "claire", "p-7k2m")
    assert tomllib.loads(done) == tomllib.loads(pseudonyms.with_opaque_id(TOML, "transflow.toml", "claire", "p-7k2m"))


def test_nobody_is_protected_who_is_not_there() -> None:
    with pytest.raises(UnknownNameError, match="claire"):
        pseudonyms.with_opaque_id(TOML, "transflow.toml", "clare", "p-7k2m")


PERSON = Person("jeong", "Jeong Eun Lee", aliases=("이정은",))


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("이정은", "p-7k2m"),
        ("이정은 기자", "p-7k2m"),
        ("김하늘, 이정은", "김하늘, p-7k2m"),
        ("이정은·김하늘", "p-7k2m·김하늘"),
        ("jeong", "p-7k2m"),
        ("이정은이", "이정은이"),
        ("", ""),
    ],
)
def test_a_byline_has_the_opaque_id_for_the_person_and_nobody_else(value: str, new: str) -> None:
    assert pseudonyms.pseudonymous_byline(value, PERSON, "p-7k2m") == new
    assert pseudonyms.is_named(FrontMatter(byline=value), PERSON) is (value != new)


lines = st.sampled_from(
    ["title: 이정은", "byline: 이정은", 'byline: "이정은"', "date: 2024-03-26", "", "# x", "이정은 말했다"]
)


@given(st.lists(lines, max_size=5))
def test_of_a_report_only_the_byline_changes(body: list[str]) -> None:
    text = "\n".join(["---", *body[:3], "---", *body[3:], ""])
    new = pseudonyms.pseudonymous_report(text, "x.md", PERSON, "p-7k2m")
    changed = [(old, line) for old, line in zip(text.split("\n"), new.split("\n"), strict=True) if old != line]
    assert all(old.startswith("byline") and line == "byline: p-7k2m" for old, line in changed)
    assert pseudonyms.pseudonymous_report(new, "x.md", PERSON, "p-7k2m") == new


def test_keys_and_a_zone_go_with_the_name() -> None:
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl claire@laptop"
    text = f'format = 2\n[[people]]\nid = "claire"\nname = "Claire Lee"\nkeys = ["{key}"]\nzone = "America/New_York"\n'
    new = pseudonyms.with_opaque_id(text, "transflow.toml", "claire", "p-7k2m")
    assert "ssh-" not in new
    assert "New_York" not in new
