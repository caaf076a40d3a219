"""House style as data, and its extension by a project."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from support.commands import TEXTS, done, transflow
from transflow.errors import ConfigError
from transflow.language import style
from transflow.language.spelling import speller
from transflow.language.style import patterns
from transflow.language.style.patterns import LimitedPattern
from transflow.settings.config import parse

RULE = {"id": "leader", "message": "“{right}”.", "pattern": r"\bSupreme Leader\b", "replace": "supreme leader"}


def found(text: str, own: dict[str, Any] | None = None, kind: Any = "paragraph", locale: str = "en") -> set[str]:
    rules = style.load(own or {}, locale).rules_for(locale)
    return {each.rule.id for rule in rules for each in rule.find(text, kind)}


@pytest.mark.parametrize("rule", style.default_rules("en"), ids=lambda rule: rule.id)
def test_each_rule_finds_its_wrong_example_and_not_its_right_one(rule: style.Rule) -> None:
    kind = rule.kinds[0] if rule.kinds else "paragraph"
    assert rule.wrong
    assert list(rule.find(rule.wrong, kind))
    assert list(rule.find(rule.right, kind)) == []
    assert len(rule.message) > 5


@pytest.mark.parametrize("rule", style.default_rules("en"), ids=lambda rule: rule.id)
def test_every_text_that_breaks_a_rule_has_one_of_its_signs(rule: style.Rule) -> None:
    examples = [text for each in style.default_rules("en") for text in (each.wrong, each.right, *each.words)]
    for text in (variant for each in examples for variant in (each, each.upper(), each.lower(), each.title())):
        if list(rule.pattern.matches(text)):
            assert not rule.signs or any(sign in text for sign in rule.signs)


@given(st.text(alphabet="{}foundright “.", max_size=30))
def test_other_braces_of_a_message_are_text(message: str) -> None:
    rules = style.load({"rule": [RULE | {"message": message}]}, "en").rules_for("en")
    match = next(iter(rules[-1].find("The Supreme Leader spoke.", "paragraph")))
    expected = message.replace("{found}", "Supreme Leader").replace("{right}", "supreme leader")
    assert rules[-1].describe(match) == expected


def test_a_rule_holds_in_its_kinds_of_blocks_only() -> None:
    assert "initials" in found("The UN said so.")
    assert "initials" not in found("The UN said so.", kind="headline")
    assert "initials-headline" in found("U.N. says so", kind="headline")


def test_rules_do_not_speak_of_what_is_right() -> None:
    right = (
        "On Feb. 15, No. 13 cost $50 million, up 5 percent at 9 a.m. in the U.S., which 12 people in March 2024 and the seven "
        "refugees from the Sept. 5 group, aged 7, knew: food, water and rest."
    )
    assert found(right) == set()


def test_the_stop_of_a_short_form_and_the_cents_behind_dollars_stay() -> None:
    for headline in ("Talks to begin at 9 a.m.", "Seoul sues Samsung Co.", "Summit moved to Feb."):
        assert "headline-stop" not in found(headline, kind="headline")
    assert "headline-stop" in found("UN releases the letter.", kind="headline")
    assert "dollars" not in found("It cost 50 dollars 30 cents.") | found("It cost 50 U.S. dollars and 30 cents.")
    assert "dollars" in found("It cost 50 dollars and 30 people came.")


def test_a_project_switches_off_adds_and_replaces() -> None:
    assert "percent" not in found("It rose 5%.", {"off": ["percent"]})
    assert "leader" in found("The Supreme Leader spoke.", {"rule": [RULE]})
    own = {"id": "percent", "message": "“{right}”.", "pattern": "(?<=[0-9]) percent", "replace": "%"}
    assert "percent" in found("It rose 5 percent.", {"rule": [own]})
    assert "percent" not in found("It rose 5%.", {"rule": [own]})
    assert "leader" not in found("The Supreme Leader spoke.", {"rule": [{**RULE, "locales": ["vi"]}]})
    assert "leader" in found("The Supreme Leader spoke.", {"rule": [{**RULE, "locales": ["vi"]}]}, locale="vi")


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"of": []}, "style.of: there is no such key. Did you mean off? Allowed: off, rule."),
        ({"rule": [{**RULE, "off": []}]}, "style.rule “leader”: off: there is no such key. It belongs in [style]."),
        ({"pattern": "x"}, "style.pattern: there is no such key. It belongs in [[style.rule]]."),
        (
            {"off": "percent"},
            'style.off: “percent” is not a list. Allowed: a list in square brackets, such as ["percent"]',
        ),
        ({"off": ["percnt"]}, "style.off: there is no rule “percnt”. Did you mean percent? Allowed:"),
        ({"rule": [{**RULE, "pattern": "("}]}, "style.rule “leader”: pattern: it cannot be used: missing )"),
        ({"rule": [{**RULE, "kinds": ["poem"]}]}, "kinds: “poem” is not known here. Allowed: headline,"),
        ({"rule": [{**RULE, "severity": "fatal"}]}, "severity: “fatal” is not known here. Allowed: error,"),
        ({"rule": [{**RULE, "id": "A B"}]}, "id: “A B” cannot be an id."),
        ({"rule": [{"id": "x"}]}, "style.rule “x”: message: it is missing."),
        ({"rule": [{**RULE, "regex": ""}]}, "style.rule “leader”: regex: there is no such key."),
        ({"rule": RULE}, "style.rule: a table is not a list. Allowed: a line [[style.rule]] for each"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(own: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        style.load(own, "en")


def test_a_project_s_own_rule_is_a_check_like_any_other(room: Path) -> None:
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "unit", "set", "flood#3", "The Supreme Leader was not hurt.", user="claire")
    path = room / "transflow.toml"
    rule = "\n".join(f"{key} = '{value}'" for key, value in {**RULE, "severity": "error"}.items())
    path.write_text(path.read_text(encoding="utf-8") + f"\n[[style.rule]]\n{rule}\n", encoding="utf-8")
    ran = transflow(room, "check", "--all", "--select", "style.leader")
    assert ran.code == 1
    assert "flood#3: error: “supreme leader”. [style.leader]" in ran.out
    assert "style.leader" in transflow(room, "unit", "approve", "flood#3", user="mina").err
    done(room, "unit", "waive", "flood#3", "style.leader", "A title.", user="juno")
    done(room, "unit", "approve", "flood#3", user="mina")


# Patterns of a project

LONG = "a" * 5_000 + "!"


def own_rule(**keys: str) -> str:
    """Return a settings file with a rule; the first of the keys is in line 6."""
    lines = "".join(f"{name} = '{value}'\n" for name, value in keys.items())
    return f"format = 1\n\n[[style.rule]]\nid = 'evil'\nmessage = 'x'\n{lines}"


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|aa)+$", r"(?:.*a){20}$"])
def test_a_pattern_that_would_take_forever_is_named_with_line_and_way_out(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.1)
    text = own_rule(pattern=pattern)
    rule = style.load(parse(text, "transflow.toml").style, "en").rules_for("en")[-1]
    with pytest.raises(ConfigError) as caught:
        list(rule.find(LONG, "paragraph"))
    assert caught.value.message.startswith("transflow.toml:6: style.rule “evil”: pattern: it takes too long on a text")
    assert 'off = ["evil"] under [style]' in caught.value.message
    begun = time.process_time()
    with pytest.raises(ConfigError):
        list(rule.find(LONG, "paragraph"))
    assert time.process_time() - begun < 0.05, "the second time it is refused at once"


def test_so_is_one_that_is_looked_for_before_a_match(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.05)
    text = own_rule(pattern="!", unless="(?:a|a)+c")
    rule = style.load(parse(text, "transflow.toml").style, "en").rules_for("en")[-1]
    with pytest.raises(ConfigError, match=r"transflow\.toml:7: style\.rule “evil”: unless: it takes too long"):
        list(rule.find(LONG, "paragraph"))


def test_one_that_is_slow_on_every_text_is_stopped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS_TOGETHER", 0.05)
    pattern = LimitedPattern(r"(?:a|a)+c")
    with pytest.raises(TimeoutError):
        [pattern.is_in("a" * 14 + "b") for _ in range(1_000)]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("x" * 1_001, "it is longer than 1000 characters."),
        (r"(?:a{1000}){1000}", "its repetitions stand for more than 10000 characters."),
        (r"(?:(?:a?){60000}){60000}b", "its repetitions stand for more than 10000 characters."),
        ("(" * 500 + ")" * 500, "its brackets are nested too deeply."),
        (r"(?:(|)(|)(|)){30}\1(?!)", "it takes too long on an empty text."),
    ],
)
def test_one_that_is_too_large_is_refused(pattern: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.1)
    with pytest.raises(ConfigError, match=re.escape(f"style.rule “leader”: pattern: {why}")):
        style.load({"rule": [{**RULE, "pattern": pattern}]}, "en")


def test_a_command_with_such_a_rule_ends_and_says_so(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.1)
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "unit", "set", "flood#3", "Nobody was hurt, " + "a" * 200 + "!", user="claire")
    path = room / "transflow.toml"
    rule = "\n".join(
        f"{key} = '{value}'" for key, value in {**RULE, "pattern": r"(a|aa)+\."}.items() if key != "replace"
    )
    path.write_text(path.read_text(encoding="utf-8") + f"\n[[style.rule]]\n{rule}\n", encoding="utf-8")
    for arguments in (("check", "--all"), ("unit", "approve", "flood#3")):
        ran = transflow(room, *arguments, user="mina")
        assert ran.code == 2
        assert "transflow.toml:" in ran.err
        assert "style.rule “leader”: pattern: it takes too long on a text" in ran.err


PIECES = ("a", "b", " ", "\\b", "\\w", "[a-c]", "[^{]", "{", "}", "{2}", "{,2}", "{1,}", "{e}", "{i<=1}", "(?:", "(?=", "(?<=", "(", ")",
          "|", "*", "+?", ".", "^", "$", "(?i:", "\\{", "é", "{}")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.text(alphabet="aAbB {2}éei<=1", max_size=12))
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_patterns_mean_what_they_mean_to_python(pattern: str, text: str) -> None:
    try:
        expected = [match.span() for match in re.finditer(pattern, text)]
    except re.error:
        assume(False)
    assert [match.span() for match in LimitedPattern(pattern).matches(text)] == expected


@pytest.mark.parametrize("rule", style.default_rules("en"), ids=lambda rule: rule.id)
def test_the_bundled_rules_can_be_a_project_s_own(rule: style.Rule) -> None:
    path = Path(style.__file__).with_name("en.toml")
    (row,) = (each for each in tomllib.loads(path.read_text(encoding="utf-8"))["rule"] if each["id"] == rule.id)
    own = style.load({"rule": [row]}, "en").rules_for("en")
    (same,) = (each for each in own if each.id == rule.id)
    for text in (rule.wrong, rule.right, f"{rule.wrong} {rule.wrong}"):
        kind = rule.kinds[0] if rule.kinds else "paragraph"
        assert [each[1:] for each in same.find(text, kind)] == [each[1:] for each in rule.find(text, kind)]


# Spelling


def test_words_are_spelled_right_by_a_dictionary() -> None:
    is_right = speller("en")
    assert is_right is not None
    assert all(map(is_right, "refugees online naïve café don’t".split()))
    assert not any(map(is_right, "refugess goverment 탈북민".split()))


def test_a_language_without_a_dictionary_has_no_speller() -> None:
    assert speller("tlh") is None


def test_the_glossary_s_spellings_are_words(room: Path) -> None:
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "unit", "set", "flood#3", "Nobody at the jangmadang was hurt.", user="claire")
    asked = ("check", "--all", "--select", "spelling", "--hints")
    assert "“jangmadang”" in transflow(room, *asked).out
    (room / "locales/en/glossary.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "장마당"\nmsgstr "jangmadang"\n',
        encoding="utf-8",
    )
    assert "jangmadang" not in transflow(room, *asked).out
