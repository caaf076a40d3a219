"""transflow.toml: reading, refusing, adding a person, a new project, identifying the user."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import process_time
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.errors import ConfigError, UnknownNameError, UsageError
from transflow.model.settings import MachineRule, Person, Role, Settings
from transflow.settings import config, editing
from transflow.settings.keys import MACHINE, PERSON, SCHEMA

FULL = """\
format = 1
name = "Free Wire"
source = "ko"
locales = ["en", "zh_Hans"]   # two for now
timezone = "Asia/Seoul"
url = "https://news.example.org"

[workflow]
compose = "approved"
clear_alone = true

[credits]
minimum_share = 0.05
editor = true

[render]
templates = "templates/pages/"

[[people]]
id = "claire"
name = "Claire Lee"
roles = ["translator", { role = "editor", since = 2024-01-01, until = 2024-06-01 }]
locales = ["en"]
emails = ["claire@example.org"]
aliases = ["이클레어"]
left = 2025-01-01

# The desk of last year.
[[people]]
id = "r-7"
protected = true

# What continuous integration demands.
[gate]
require = "approved"
min = 99.5
max_fuzzy = 2

[style]
oxford_comma = false
terms = { "U.N." = "body" }
"""

CLAIRE = Person(
    "claire",
    "Claire Lee",
    (Role("translator"), Role("editor", "2024-01-01", "2024-06-01")),
    ("en",),
    ("claire@example.org",),
    ("이클레어",),
    "2025-01-01",
)
EUGENE = Person(
    "eugene", "Eugene Whong", (Role("writer"), Role("editor", since="2024-02-01")), ("en",), ("e@example.org",)
)


def problem(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        config.parse(text, "transflow.toml")
    assert caught.value.exit_code == 2
    return str(caught.value)


def person_problem(keys: str) -> str:
    """Return the error about a person in line 3; `A: …` stands for one with id and name."""
    keys = keys.replace("A: ", 'id = "a"\nname = "A"\n')
    return problem(f'locales = ["en"]\n\n[[people]]\n{keys}\n')


# Reading


def test_every_key_is_read() -> None:
    assert config.parse(FULL, "transflow.toml") == Settings(
        name="Free Wire",
        source="ko",
        locales=("en", "zh_Hans"),
        timezone="Asia/Seoul",
        url="https://news.example.org",
        people=(CLAIRE, Person("r-7", protected=True)),
        compose_requires="approved",
        clear_alone=True,
        minimum_share=0.05,
        credit_editor=True,
        templates="templates/pages",
        gate_require="approved",
        gate_min=99.5,
        gate_max_fuzzy=2,
        style={"oxford_comma": False, "terms": {"U.N.": "body"}},
    )


def test_what_is_left_out_has_its_default() -> None:
    assert config.parse("", "transflow.toml") == Settings()


def test_a_byte_order_mark_and_crlf_are_read_over() -> None:
    assert config.parse("\ufeff" + FULL.replace("\n", "\r\n"), "transflow.toml") == config.parse(FULL, "transflow.toml")


def test_names_are_composed_so_that_they_compare() -> None:
    assert config.parse('name = "\u1112\u1161\u11ab"', "transflow.toml").name == "한"


# Refusing: the message names file, line, key, what is allowed, and the nearest known name.


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('nmae = "x"', "transflow.toml:1: nmae: there is no such key. Did you mean name? Allowed: format, name,"),
        ("\n[gaet]\n", "transflow.toml:2: gaet: there is no such table. Did you mean gate?"),
        (
            "[gate]\n\nminn = 3",
            "transflow.toml:3: gate.minn: there is no such key. Did you mean min? Allowed: require, min,",
        ),
        (
            '[gate]\nurl = ""',
            "transflow.toml:2: gate.url: there is no such key. It belongs at the top, before the first",
        ),
        ('compose = "nothing"', "transflow.toml:1: compose: there is no such key. It belongs in [workflow]."),
        ('format = "1"', "transflow.toml:1: format: “1” is not a format of this file. Allowed: 1 or 2."),
        ("name = 3", "transflow.toml:1: name: 3 is not a text. Allowed: a text in quotes"),
        ('name = "a\\nb"', "transflow.toml:1: name: spaces at an end, line breaks and control characters"),
        ('source = "KO"', "transflow.toml:1: source: “KO” is not a locale. Did you mean ko?"),
        ('locales = ["zh-hans"]', "“zh-hans” is not a locale. Did you mean zh_Hans?"),
        ('locales = ["english"]', "“english” is not a locale. Allowed: a code such as en, vi, zh_Hans, pt_BR."),
        ('locales = ["../en"]', "“../en” is not a locale."),
        ('locales = ["en", "en"]', "transflow.toml:1: locales: “en” is there twice."),
        (
            "locales = []",
            "transflow.toml:1: locales: there is nothing to translate into. Allowed: at least one locale.",
        ),
        ('locales = "en"', 'locales: “en” is not a list. Allowed: a list in square brackets, such as ["en"].'),
        ('timezone = "Seoul"', "timezone: “Seoul” is not a time zone. Did you mean Asia/Seoul? Allowed: an IANA name"),
        ('timezone = "asia/seol"', "Did you mean Asia/Seoul?"),
        ('timezone = "Asia"', "“Asia” is not a time zone."),
        ('timezone = "../../etc/passwd"', "is not a time zone."),
        (
            'url = "javascript:alert(1)"',
            "is not a web address. Allowed: an address that begins with https:// or http://",
        ),
        ('[workflow]\ncompose = "aproved"', "workflow.compose: “aproved” is not known here. Did you mean approved?"),
        (
            "[workflow]\ncompose = true",
            "workflow.compose: true is not known here. Allowed: nothing, translated, approved.",
        ),
        ('[workflow]\nclear_alone = "yes"', "workflow.clear_alone: “yes” is neither true nor false."),
        ("[credits]\nminimum_share = 1.5", "credits.minimum_share: 1.5 does not fit. Allowed: a number from 0 to 1."),
        ("[credits]\nminimum_share = nan", "credits.minimum_share: nan does not fit."),
        ("[credits]\nminimum_share = true", "credits.minimum_share: true does not fit."),
        ("[gate]\nmin = 101", "gate.min: 101 does not fit. Allowed: a number from 0 to 100."),
        ("[gate]\nmax_fuzzy = -1", "gate.max_fuzzy: -1 does not fit. Allowed: a whole number from 0."),
        ('[gate]\nrequire = "nothing"', "gate.require: “nothing” is not known here. Allowed: translated, approved."),
        ("gate = 3", "transflow.toml:1: gate: 3 is not a table. Allowed: a line [gate] with its keys below."),
        ("style = []", "transflow.toml:1: style: a list is not a table."),
        ("[people]\n", "transflow.toml:1: people: a table is not a list. Allowed: a line [[people]] for each, with"),
        ("people = [3]", "transflow.toml:1: people: a list does not fit."),
        ("workflow.compose = 1", "transflow.toml:1: workflow.compose: 1 is not known here."),
        ("workflow = { compose = 1 }", "transflow.toml:1: workflow.compose: 1 is not known here."),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_the_way_out(text: str, message: str) -> None:
    assert message in problem(text)


@pytest.mark.parametrize("folder", ["/etc", "~/x", "..", "a/../../b", "C:\\x", "a\\b", ".", "a//b", "/"])
def test_a_templates_folder_outside_the_project_is_refused(folder: str) -> None:
    message = problem(f"[render]\ntemplates = '{folder}'")
    assert message.startswith(f"transflow.toml:2: render.templates: “{folder}” is not a folder inside the project.")


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ('name = "A"', "transflow.toml:3: people[1].id: it is missing."),
        ('id = "Claire Lee"\nname = "A"', "transflow.toml:4: people “Claire Lee”: id: “Claire Lee” cannot be an id."),
        ('id = 7\nname = "A"', "transflow.toml:4: people[1].id: 7 cannot be an id. Allowed: lower-case a-z, digits"),
        ('id = "-a"\nname = "A"', "cannot be an id"),
        ('id = "claire"', "transflow.toml:3: people “claire”: name: it is missing. Allowed: the name as credited;"),
        ('id = "claire"\nname = ""', "transflow.toml:5: people “claire”: name: it is missing."),
        ('A: role = ["editor"]', "transflow.toml:6: people “a”: role: there is no such key. Did you mean roles?"),
        ('A: roles = ["boss"]', "people “a”: roles: “boss” is not known here. Allowed: reporter, translator,"),
        ('A: roles = "editor"', 'roles: “editor” is not a list. Allowed: a list in square brackets, such as ["editor"]'),
        ('A: roles = [{ role = "editor", form = 1 }]', "there is no “form” in a role. Allowed: role, since, until."),
        ('A: roles = [{ since = 2024-01-01 }]', "roles: “” is not known here."),
        ('A: roles = [{ role = "editor", since = "2024-01-01" }]', "“2024-01-01” is not a date. Allowed: a date without quotes"),
        ('A: roles = [{ role = "editor", since = 2024-02-01, until = 2024-01-01 }]', "ends 2024-01-01, before it begins 2024-02-01"),
        ('A: roles = ["editor", "editor"]', "“editor” is there twice"),
        ('A: locales = ["fr"]', "people “a”: locales: the project has no “fr”. Allowed: en."),
        ('A: emails = ["a b"]', "emails: “a b” is not an e-mail address."),
        ('A: left = 2024-01-01T00:00:00Z', "left: 2024-01-01T00:00:00+00:00 is not a date."),
        ('id = "a"\nprotected = "true"', "protected: “true” is neither true nor false."),
    ],
)  # fmt: skip
def test_a_person_who_does_not_fit_is_named(keys: str, message: str) -> None:
    assert message in person_problem(keys)


def test_an_id_is_given_once() -> None:
    twice = '[[people]]\nid = "a"\nname = "A"\n[[people]]\nname = "B"\nid = "a"\n'
    assert problem(twice) == "transflow.toml:6: people “a”: id: another person has it already."


def test_an_e_mail_address_belongs_to_one_person_whatever_its_case() -> None:
    text = '[[people]]\nid="a"\nname="A"\nemails=["x@y"]\n[[people]]\nid="b"\nname="B"\nemails=["X@Y"]\n'
    assert problem(text) == "transflow.toml:8: people “b”: emails: “X@Y” is the address of a already."


def test_a_newer_format_is_the_only_problem_told() -> None:
    message = problem('format = 3\nnovelty = "x"\n')
    assert message.endswith("the project has format 3, this transflow knows up to 2. Bring transflow up to date.")
    assert "novelty" not in message


def test_several_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    message = problem('[[people]]\nid = "a"\n[gate]\nmin = -1\n[workflow]\nx = 1\n')
    assert [line.split(": ")[0] for line in message.split("\n")] == [
        "transflow.toml:1",
        "transflow.toml:4",
        "transflow.toml:6",
    ]


def test_an_unreadable_list_of_locales_is_not_held_against_the_people() -> None:
    message = problem('source = "en"\nlocales = "vi"\n[[people]]\nid = "a"\nname = "A"\nlocales = ["vi"]\n')
    assert message.count("\n") == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nname = Free Wire\nurl = ""\n', "transflow.toml:2: this is not TOML: Invalid value, in “name = Free Wire”."),
        ('name = "a"\nname = "b"\n', 'transflow.toml:2: this is not TOML: Cannot overwrite a value, in “name = "b"”.'),
        ("x = 2024-02-30\n", "this is not TOML: Invalid date"),
        ("x = [", "this is not TOML: Invalid value (at end of document)"),
        ("x = " + "[" * 5000, "transflow.toml:1: lists or tables are nested more than 16 deep."),
        ("x = " + "1" * 5000, "this is not TOML"),
        ("<<<<<<< ours\nname = 1\n", "transflow.toml:1: this is not TOML"),
    ],
)
def test_broken_toml_is_named_with_its_line(text: str, message: str) -> None:
    assert message in problem(text)


def test_a_text_over_several_lines_is_not_taken_for_keys() -> None:
    assert problem('[style]\nnote = """\n[gate]\nmin = 1\n"""\n[gate]\nmin = -1\n').startswith("transflow.toml:7:")


@given(st.text(alphabet="[]{}=\"'\\#.,\n\r ab1-ü\ufeff:", max_size=60))
def test_any_text_is_settings_or_a_config_error(text: str) -> None:
    with suppress(ConfigError):
        assert isinstance(config.parse(text, "transflow.toml"), Settings)


@given(st.text(alphabet="[]{}=\"'\\#., \n1x", min_size=1, max_size=4), st.integers(0, len(FULL)), st.integers(0, 4))
def test_any_damage_to_the_file_is_settings_or_a_config_error(put: str, at: int, cut: int) -> None:
    with suppress(ConfigError):
        assert isinstance(config.parse(FULL[:at] + put + FULL[at + cut :], "transflow.toml"), Settings)


# Adding a person


def test_a_new_person_stands_below_the_others_and_above_the_comment_of_the_next_table() -> None:
    before, after = FULL.split("\n# What continuous integration demands.")
    entry = """
[[people]]
id = "eugene"
name = "Eugene Whong"
roles = ["writer", {role = "editor", since = 2024-02-01}]
locales = ["en"]
emails = ["e@example.org"]
"""
    added = editing.add_person(FULL, "transflow.toml", EUGENE)
    assert added == before + entry + "\n# What continuous integration demands." + after


def test_the_first_person_comes_last_in_the_file() -> None:
    assert editing.add_person('name = "x"', "t", Person("p", protected=True)) == (
        'name = "x"\n\n[[people]]\nid = "p"\nprotected = true\n'
    )


def test_a_file_with_crlf_stays_one() -> None:
    added = editing.add_person(FULL.replace("\n", "\r\n"), "t", EUGENE)
    assert added.count("\n") == added.count("\r\n")
    assert added.replace("\r\n", "\n") == editing.add_person(FULL, "t", EUGENE)


def test_people_in_one_list_get_one_more_item() -> None:
    text = '\ufeffpeople = [{ id = "a", name = "A" }]  # all of us\n\n[gate]  # strict\nmin = 100\n'
    assert editing.add_person(text, "t", Person("b", "B")) == (
        '\ufeffpeople = [{ id = "a", name = "A" }, {id = "b", name = "B"}]  # all of us\n\n[gate]  # strict\nmin = 100\n'
    )


def test_a_list_that_looks_like_a_table_does_not_mislead() -> None:
    text = '[[people]]\nid = "a"\nname = "A"\n[style]\nx = [\n[1],\n[2],\n]\n'
    assert [p.id for p in config.parse(editing.add_person(text, "t", Person("b", "B")), "t").people] == ["a", "b"]


def test_somebody_who_is_there_already_is_refused() -> None:
    with pytest.raises(UsageError, match=r"there is a person “claire” already \(Claire Lee\)"):
        editing.add_person(FULL, "transflow.toml", Person("claire", "Another"))


@pytest.mark.parametrize(
    ("person", "message"),
    [
        (Person("Eugene", "E"), "“Eugene” cannot be an id"),
        (Person("eugene"), "name: it is missing"),
        (Person("eugene", "E", locales=("fr",)), "the project has no “fr”"),
        (Person("eugene", "E", emails=("CLAIRE@example.org",)), "is the address of claire already"),
        (Person("eugene", "E", roles=(Role("boss"),)), "“boss” is not known here"),
        (Person("eugene", "E", left="last year"), "last year: dates are written like 2024-03-26"),
    ],
)
def test_a_person_who_does_not_fit_is_not_added(person: Person, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        editing.add_person(FULL, "transflow.toml", person)


def test_nobody_is_added_to_a_file_that_cannot_be_read() -> None:
    with pytest.raises(ConfigError):
        editing.add_person("x = 1", "transflow.toml", EUGENE)


printable = (
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
    .map(lambda text: normalize("NFC", text))
    .filter(str.isprintable)
)
roles = st.sampled_from([Role("writer"), Role("editor", "2024-01-01"), Role("reporter", until="2023-01-01")])
people = st.builds(
    Person,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True).filter(lambda i: i not in ("claire", "r-7")),
    name=printable,
    roles=st.lists(roles, unique=True).map(tuple),
    aliases=st.lists(printable, max_size=2, unique=True).map(tuple),
    left=st.dates().map(str) | st.just(""),
    protected=st.booleans(),
)  # fmt: skip
chunks = st.sampled_from(
    [
        "# note\n", "\n", "   \n", '[[people]]\nid = "r-7"\nprotected = true\n', "[gate] # x\nmin = 1\n", "[credits]\n# y\n\n",
        '[style]\nx = """\n[[people]]\n# """\n', "[render]\n", "[workflow]\nclear_alone  =  true",
    ]
)  # fmt: skip


@given(st.lists(chunks, unique=True).map("\n".join), people)
def test_adding_a_person_keeps_every_other_byte(text: str, person: Person) -> None:
    before = config.parse(text, "t")
    added = editing.add_person(text, "t", person)
    assert any(added.startswith(text[:here]) and added.endswith(text[here:]) for here in range(len(text) + 1))
    after = config.parse(added, "t")
    assert [p.id for p in after.people] == [*(p.id for p in before.people), person.id]
    assert (after.people[-1].roles, after.people[-1].left) == (person.roles, person.left)
    assert tomllib.loads(added) | {"people": 0} == tomllib.loads(text) | {"people": 0}


# A new project


def test_the_template_says_the_defaults_but_for_machine_drafts() -> None:
    template = Path(config.__file__).with_name("templates") / "transflow.toml"
    found = config.parse(template.read_text(encoding="utf-8"), "t")
    assert replace(found, machine={}) == Settings()
    assert found.machine_rule("en") == MachineRule(one_by_one=True)


def test_a_new_project_has_its_own_values_and_every_comment_of_the_template() -> None:
    template = Path(config.__file__).with_name("templates") / "transflow.toml"
    text = editing.default_text('The "Wire" 한국', "Asia/Seoul", ["en", "vi"], "ko")
    found = config.parse(text, "t")
    assert replace(found, machine={}) == Settings(
        name='The "Wire" 한국', timezone="Asia/Seoul", locales=("en", "vi"), source="ko"
    )
    comments = [line for line in template.read_text(encoding="utf-8").split("\n") if line.startswith("#")]
    assert [line for line in text.split("\n") if line.startswith("#")] == comments


def test_the_template_is_wrapped_at_100_columns() -> None:
    template = Path(config.__file__).with_name("templates") / "transflow.toml"
    assert [line for line in template.read_text(encoding="utf-8").split("\n") if len(line) > 100] == []


def test_the_template_shows_every_key() -> None:
    text = editing.default_text("", "UTC", ["en"], "ko")
    closed = [name for name, table in SCHEMA.tables.items() if not table.other and not table.is_array]
    example = text[text.index("# [[people]]") :].replace("\n# ", "\n")[2:]
    document = tomllib.loads(text) | {"people": tomllib.loads(example)["people"]}
    assert set(document) == {*SCHEMA.keys, *SCHEMA.tables}
    assert {name: set(document[name]) for name in closed} == {name: set(SCHEMA.tables[name].keys) for name in closed}
    assert set(document["people"][0]) == set(PERSON.keys)
    assert set(document["machine"]) == set(MACHINE.keys)


def test_a_new_project_with_an_unfit_value_is_refused() -> None:
    with pytest.raises(UsageError, match="timezone: “Mars” is not a time zone"):
        editing.default_text("x", "Mars", ["en"], "ko")


def test_the_people_of_a_new_project_follow_the_example() -> None:
    text = editing.default_text("x", "UTC", ["en"], "ko")
    assert editing.add_person(text, "t", Person("a", "A")) == text + '\n[[people]]\nid = "a"\nname = "A"\n'


# Identifying the user

TEAM = Settings(people=(CLAIRE, EUGENE))


@pytest.mark.parametrize(
    ("as_id", "environment", "email", "expected"),
    [
        ("claire", "eugene", "e@example.org", "claire"),
        ("", "claire", "e@example.org", "claire"),
        ("", "", "e@example.org", "eugene"),
        ("", "  ", " E@Example.ORG\n", "eugene"),
    ],
)
def test_the_option_outranks_the_environment_and_that_git(
    as_id: str, environment: str, email: str, expected: str
) -> None:
    assert config.identify(TEAM, as_id, environment, email).id == expected


@pytest.mark.parametrize(
    ("as_id", "environment", "message"),
    [("clare", "eugene", "--as: .*“clare”. Did you mean claire?"), ("", "nobody", "TRANSFLOW_USER: .*“nobody”. There are: claire, eugene")],
)  # fmt: skip
def test_an_unknown_id_is_an_error_and_not_passed_over(as_id: str, environment: str, message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        config.identify(TEAM, as_id, environment, "e@example.org")


@pytest.mark.parametrize("email", ["", "stranger@example.org"])
def test_who_is_not_known_is_told_three_ways_out(email: str) -> None:
    with pytest.raises(UsageError, match="choose, say --as ID, or set TRANSFLOW_USER") as error:
        config.identify(TEAM, "", "", email)
    assert email in str(error.value)
    assert "People: claire, eugene." in str(error.value)


def test_an_empty_address_matches_nobody() -> None:
    with pytest.raises(UsageError):
        config.identify(Settings(people=(Person("a", "A"),)), "", "", "")


@pytest.mark.parametrize(
    ("text", "line", "shown"),
    [
        ('name = "a"\nurl = "\\u001b[31m"\n', 2, "^["),
        ('name = "a\\b"\n', 1, "^H"),
        ('name = "\\U0000009B"\n', 1, "<9B>"),
        ('name = "a"\n# \x9b\n', 2, "<9B>"),
        ('name = "a"\n# \x1b\n', 2, "^["),
        ('name = "a"\n[style]\n"\\u007f" = 1\n', 3, "^?"),
        ('name = "a"\n[style]\nrule = [{x = "\\u0007"}]\n', 3, "^G"),
    ],
)
def test_a_control_character_is_refused_wherever_it_stands_and_shown(text: str, line: int, shown: str) -> None:
    message = problem(text)
    assert message.startswith(f"transflow.toml:{line}: a control character stands here, {shown}:")


def test_windows_line_ends_tabs_and_next_line_are_no_control_characters() -> None:
    assert config.parse('name = "a"\r\n# \u0085\t\r\n', "transflow.toml").name == "a"


# Keys of format 2

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
FORMAT_2 = f"""format = 2
locales = ["en", "vi"]
[workflow]
act_as = true
[gate]
proof = "signed"
[proof]
servers = ["{KEY}"]
[machine]
use = "draft"
label_words = 0.25
[machine.vi]
one_by_one = false
[[people]]
id = "a"
name = "A"
keys = ["{KEY} a@example.org"]
zone = "America/New_York"
"""


def test_the_keys_of_format_2_are_read() -> None:
    found = config.parse(FORMAT_2, "transflow.toml")
    assert (found.act_as, found.gate_proof, found.proof_servers) == (True, "signed", (KEY,))
    assert found.machine == {"": {"use": "draft", "label_words": 0.25}, "vi": {"one_by_one": False}}
    assert (found.people[0].keys, found.people[0].zone) == ((f"{KEY} a@example.org",), "America/New_York")


def test_a_language_has_its_own_rule_about_machines_and_else_that_of_all() -> None:
    found = config.parse(FORMAT_2, "transflow.toml")
    assert found.machine_rule("en") == MachineRule("draft", label_words=0.25)
    text = 'format = 2\nlocales = ["en", "vi"]\n[machine]\nuse = "memory"\none_by_one = true\nlabel = "By {editor}."\n'
    text += '[machine.vi]\nuse = "never"\nlabel = ""\n'
    settings = config.parse(text, "t")
    assert settings.machine_rule("en") == MachineRule("memory", one_by_one=True, label="By {editor}.")
    assert settings.machine_rule("vi") == MachineRule("never", one_by_one=True, label="")
    assert Settings().machine_rule("en") == MachineRule()


def test_they_need_format_2_which_older_versions_refuse() -> None:
    for text in (FORMAT_2.replace("format = 2", "format = 1"), FORMAT_2.replace("format = 2", "")):
        said = problem(text).split("\n")
        assert len(said) == 6
        assert all("it came with format 2: `transflow repair --upgrade`" in line for line in said)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[gate]\nproof = "maybe"', "gate.proof: “maybe” is not known here. Allowed: off, author, signed."),
        ('[machine]\nuse = "nevr"', "transflow.toml:3: machine.use: “nevr” is not known here. Did you mean never?"),
        ("[machine]\none_by_one = 1", "transflow.toml:3: machine.one_by_one: 1 is neither true nor false."),
        ('[machine]\nlabel = "By {who}."', "machine.label: “By {who}.” has a field that is not known here."),
        ('[machine]\nlabel = "By {editor."', "machine.label: “By {editor.” has a field that is not known here."),
        ("[machine.en]\nuse = true", "transflow.toml:3: machine.en.use: true is not known here."),
        ('[machine.xx]\nuse = "draft"', "machine.xx: the project has no “xx”."),
        ("[machine]\nlabel_words = 2", "machine.label_words: 2 does not fit."),
        ("[machine]\nuze = 1", "machine.uze: there is no such key. Did you mean use?"),
        ("[proof]\nservers = [1]", "proof.servers: 1 is not a text."),
        ('[proof]\nservers = ["forge@example.org"]', "proof.servers: “forge@example.org” proves nothing."),
        ('[[people]]\nid="a"\nname="A"\nzone = "Mars"', "zone: “Mars” is not a time zone."),
        ('[[people]]\nid="a"\nname="A"\nkeys = ["-----BEGIN OPENSSH PRIVATE KEY-----"]', "That is a private key"),
        (f'[[people]]\nid="a"\nprotected=true\nkeys = ["{KEY} a@b"]', "keys: the comment of a key can say who"),
    ],
)
def test_an_unfit_value_of_format_2_is_refused_with_what_is_allowed(text: str, says: str) -> None:
    assert says in problem(f"format = 2\n{text}\n")


@pytest.mark.parametrize(
    "text",
    [FULL, FULL.replace("\n", "\r\n"), "\ufeff" + FULL, '# ours\nname = "x"\n', "", FULL.replace("format = 1\n", "")],
)
def test_upgrading_the_settings_changes_the_format_and_no_other_line(text: str) -> None:
    new = config.upgraded_text(text, "t")
    assert config.parse(new, "t") == config.parse(text, "t")
    assert config.upgraded_text(new, "t") == new
    lines = text.removeprefix("\ufeff").split("\n")
    assert [line for line in new.removeprefix("\ufeff").split("\n") if not line.startswith("format")] == [
        line for line in lines if not line.startswith("format")
    ]
    assert new.count("format = 2") == 1


@pytest.mark.slow
def test_many_people_take_linear_time() -> None:
    def seconds(count: int) -> float:
        rows = "".join(
            f'\n[[people]]\nid = "p{number}"\nname = "P"\nemails = ["p{number}@example.org"]\n'
            for number in range(count)
        )
        text = f'name = "Herald"\nlocales = ["en"]\n{rows}'
        start = process_time()
        config.parse(text, "transflow.toml")
        return process_time() - start

    assert min(seconds(2000) for _ in range(3)) < 8 * min(seconds(500) for _ in range(3))


def test_a_judge_that_a_project_names_is_refused_with_the_right_place() -> None:
    assert "stands in your own judges.toml" in problem('[judges]\ndefault = "openai"\n')
