"""Messages: readable in English, translatable as a whole, and unchanged after serialization."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import transflow
from transflow.errors import UnknownNameError, UnreadableError
from transflow.messages import (
    NOTHING,
    Clause,
    CommandRef,
    Joined,
    Message,
    Messages,
    Template,
    as_data,
    from_data,
    joined,
)

MESSAGES = Messages(
    "transflow.tests",
    {
        "no-editor": "{who} is no editor.",
        "left-out": ("{n} sentence is left out.", "{n} sentences are left out."),
        "because": "{ref}: {why} Run {command} first.",
        "defect": "{problem}: it has to be mended by hand.",
    },
)
KOREAN: dict[Template, str] = {
    "{who} is no editor.": "{who}: 편집자가 아닙니다.",
    ("{n} sentence is left out.", "{n} sentences are left out."): "문장 {n}개가 빠졌습니다.",
    "{ref}: {why} Run {command} first.": "{ref}: {why} 먼저 {command}.",
    "{problem}: it has to be mended by hand.": "{problem}. 직접 고쳐야 합니다.",
}


def in_korean(template: Template, number: int | None) -> str:
    return KOREAN.get(template, template if isinstance(template, str) else template[0])


def test_a_message_is_its_english_text() -> None:
    message = MESSAGES("no-editor", who="eugene")
    assert message == "eugene is no editor."
    assert f"{message}" == str(message) == "eugene is no editor."
    assert (message.code, dict(message.values)) == ("tests.no-editor", {"who": "eugene"})


@pytest.mark.parametrize(("n", "text"), [(0, "0 sentences are"), (1, "1 sentence is"), (2, "2 sentences are")])
def test_a_number_chooses_the_plural_form(n: int, text: str) -> None:
    assert MESSAGES("left-out", n=n).startswith(text)


def test_messages_in_a_message_are_shown_in_the_same_language_and_commands_as_the_front_end_has_them() -> None:
    message = MESSAGES("because", ref="un#1", why=MESSAGES("left-out", n=2), command=CommandRef("unit claim"))
    assert message == "un#1: 2 sentences are left out. Run `transflow unit claim` first."
    assert (
        message.render(in_korean, lambda command: f"[{command.words}]")
        == "un#1: 문장 2개가 빠졌습니다. 먼저 [unit claim]."
    )


def test_joined_messages_are_shown_one_after_the_other() -> None:
    message = joined(["a.po:1:", MESSAGES("no-editor", who="eugene")], " ")
    assert message == "a.po:1: eugene is no editor."
    assert message.render(in_korean) == "a.po:1: eugene: 편집자가 아닙니다."


def test_a_sentence_in_a_sentence_has_no_full_stop() -> None:
    message = MESSAGES("defect", problem=Clause(MESSAGES("left-out", n=2)))
    assert message == "2 sentences are left out: it has to be mended by hand."
    assert message.render(in_korean) == "문장 2개가 빠졌습니다. 직접 고쳐야 합니다."


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    assert MESSAGES("no-editor", who="{who}{0}{") == "{who}{0}{ is no editor."


def test_nothing_is_false_and_a_message_is_true() -> None:
    assert not NOTHING
    assert MESSAGES("no-editor", who="")


def test_a_key_or_a_field_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        MESSAGES("unheard")
    with pytest.raises(KeyError):
        MESSAGES("no-editor", whom="eugene")


def test_errors_keep_their_messages_so_that_front_ends_can_translate_them() -> None:
    error = UnreadableError("a.po", 3, MESSAGES("no-editor", who="eugene"), MESSAGES("left-out", n=1))
    assert str(error) == "a.po:3: eugene is no editor. 1 sentence is left out."
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(error.message, Message)
    assert isinstance(again.message, Message)
    assert again.message.render(in_korean) == "a.po:3: eugene: 편집자가 아닙니다. 문장 1개가 빠졌습니다."
    unknown = UnknownNameError("person", "eugen", ["eugene", "claire"], "transflow.toml")
    assert str(unknown) == "transflow.toml: there is no person “eugen”. Did you mean eugene?"


_texts = st.text(max_size=8)
_values = st.recursive(
    _texts | st.integers() | st.builds(CommandRef, _texts),
    lambda inner: (
        st.builds(lambda each: MESSAGES("no-editor", who=each), inner)
        | st.builds(Clause, inner)
        | st.builds(lambda parts, separator: Joined(tuple(parts), separator), st.lists(inner, max_size=3), _texts)
        | st.builds(lambda n, _: MESSAGES("left-out", n=n), st.integers(0, 3), inner)
    ),
    max_leaves=6,
)


@given(_values)
def test_what_is_written_as_data_and_pickled_is_read_back_the_same(value: object) -> None:
    message = joined([value])  # type: ignore[list-item]
    for again in (from_data(as_data(message)), pickle.loads(pickle.dumps(message))):
        assert again == message
        assert again.render(in_korean) == message.render(in_korean)
        assert dict(again.values) == dict(message.values)


def tables() -> dict[str, dict[str, Messages]]:
    """Return the tables of messages by module and by their name in it."""
    found: dict[str, dict[str, Messages]] = {}
    for each in walk_packages(transflow.__path__, "transflow."):
        if not each.name.endswith("__main__"):
            own = {name: value for name, value in vars(import_module(each.name)).items() if isinstance(value, Messages)}
            found |= {each.name: own} if own else {}
    return found


def fields(template: Template) -> set[str]:
    texts = (template,) if isinstance(template, str) else template
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("module", "own"), tables().items(), ids=list(tables()))
def test_every_message_that_is_made_has_its_key_and_its_fields(module: str, own: dict[str, Messages]) -> None:
    path = import_module(module).__file__
    assert path
    wrong = []
    for call in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in own and call.args:
            key = call.args[0]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                given = {each.arg for each in call.keywords}
                wanted = fields(own[call.func.id][key.value]) if key.value in own[call.func.id] else {"no such key"}
                if None not in given and not wanted <= given:
                    wrong.append((call.lineno, key.value, sorted(map(str, wanted - given))))
    assert wrong == []


FOREIGN = re.compile(r"((?:`git|: iconv)\b[^`]*\{(\w+)\}[^`]*)")
"""A command of another program with a field in it, as a message suggests it."""


def suggested(module: Path) -> Iterator[tuple[str, str]]:
    """Yield the key of each template in a module that suggests such a command, and its field."""
    text = module.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if "`git" in text or ": iconv" in text else ():
        for key, value in zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ():
            texts = [each.value for each in ast.walk(value) if isinstance(each, ast.Constant)]
            for found in FOREIGN.finditer(" ".join(map(str, texts))):
                if isinstance(key, ast.Constant):
                    yield str(key.value), found[2]


def test_a_path_in_a_command_to_paste_is_quoted_for_the_shell() -> None:
    bare = []
    for module in sorted(Path(transflow.__file__).parent.rglob("*.py")):
        wanted = dict(suggested(module))
        tree = ast.parse(module.read_text(encoding="utf-8")) if wanted else ast.Module([], [])
        for call in [each for each in ast.walk(tree) if isinstance(each, ast.Call)]:
            given = {each.arg: ast.unparse(each.value) for each in call.keywords if each.arg}
            key = ast.unparse(call.args[0]).strip("f'") if call.args else ""
            fields = {field for name, field in wanted.items() if name == key or name.startswith(key.partition("{")[0])}
            bare += [f"{module.name}: {key}" for field in fields & {*given} if "quote(" not in given[field]]
    assert bare == []
