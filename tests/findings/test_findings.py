"""Output of `transflow check`: formats, selection, severities, baselines, pairs."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import paths
from support.commands import REPORT, TEXTS, command, done, transflow
from support.newsrooms import git
from transflow import __version__
from transflow.checks import untranslated
from transflow.digests import digest
from transflow.findings import Verdict, formats
from transflow.messages import NOTHING, joined
from transflow.model.issue import Issue, Location
from transflow.presenters import i18n
from transflow.text import visible

pytestmark = pytest.mark.slow

SCHEMAS = {
    "check": paths.ROOT / "docs" / "schemas" / "check.json",
    "pairs": paths.ROOT / "docs" / "schemas" / "check-pairs.json",
    "sarif-2.1.0": paths.TESTS / "schemas" / "sarif-2.1.0.json",
}
REPORTED = "locales/en/reports/flood.po"
STRANGE = st.builds(
    Issue,
    check=st.just("numbers.missing"),
    message=st.builds(lambda text: joined([text]), st.text()),
    severity=st.sampled_from(["error", "warning", "hint"]),
    source_span=st.none(),
    target_span=st.sampled_from([None, (0, 4)]),
    repair=st.just(NOTHING),
    fix=st.none() | st.text(),
    location=st.builds(
        Location,
        path=st.sampled_from(["", "locales/en/reports/a:b,c%.po"]),
        line=st.integers(0, 9),
        unit=st.sampled_from(["", "k7f3q2mx"]),
        label=st.text(min_size=1),
    ),
)
VERDICTS = st.builds(
    Verdict,
    catalogs=st.just(["locales/en/reports/a.po"]),
    issues=st.lists(STRANGE, max_size=4),
    unreadable=st.just(set()),
    prefix=st.just(""),
    known=st.just(0),
)


def schema(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMAS[name].read_text(encoding="utf-8")))


@pytest.fixture
def faulty(room: Path) -> Path:
    """Return a translated report whose second sentence contains Hangul."""
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "unit", "set", "flood#2", "The 다리 failed: 3, 100% of them.", user="claire")
    return room


ONLY = ("--all", "--select", "untranslated")


# Formats

SAMPLE = Verdict(
    [REPORTED, "locales/en/articles/river.po"],
    [
        Issue("gate.untranslated", "error", joined(["2 sentences."]), location=Location(REPORTED, label=REPORTED)),
        Issue(
            "numbers.missing",
            "error",
            joined(["3 & <4>:\n“5%”, is missing."]),
            source_span=(0, 3),
            location=Location(REPORTED, 31, "k7f3q2mx", "en:flood#2"),
        ),
        Issue(
            "typography.space",
            "hint",
            joined(["A space is missing."]),
            target_span=(2, 3),
            fix="A, b.",
            location=Location(REPORTED, 40, "a2b3c4d5", "en:flood#3"),
        ),
        Issue(
            "untranslated",
            "warning",
            NOTHING,
            location=Location("locales/en/reports/secret.po", 12, "e6f7g2h3", "en:secret#1"),
        ),
    ],
    prefix="newsroom/",
    hints=True,
    known=1,
)


def golden(form: str) -> Path:
    return paths.TESTS / "golden" / "findings" / f"{form}.txt"


@pytest.mark.parametrize("form", formats.names())
def test_findings_are_printed_as_they_were(form: str) -> None:
    rendered = formats.load(form).render(SAMPLE).replace(__version__, "VERSION")
    if os.environ.get("TRANSFLOW_WRITE_GOLDENS"):
        golden(form).write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == golden(form).read_text(encoding="utf-8")


def test_the_text_is_in_the_users_language_and_what_programs_read_is_not() -> None:
    message = untranslated.MESSAGES("untranslated", text="다리")
    verdict = Verdict(
        [REPORTED], [Issue("untranslated", "error", message, location=Location(REPORTED, label="en:a#1"))]
    )
    rendered = {form: formats.load(form).render(verdict) for form in formats.names()}
    i18n.use("ko")
    try:
        said = {form: i18n.say(text) for form, text in rendered.items()}
    finally:
        i18n.use("en")
    assert said.pop("text") == (
        "en:a#1: 오류: “다리”: 아직 한국어입니다. [untranslated]\n번역 파일 1개 검사, 오류 1개: 통과하지 못했습니다.\n"
    )
    assert all(text == rendered[form] and "“다리”:" not in text for form, text in said.items())


LISTS = [form for form in formats.names() if "numbers.missing" in formats.load(form).render(SAMPLE)]
"""Formats that list the findings; the others sum them up."""


def test_there_are_formats_of_lists() -> None:
    assert {"json", "text"} <= {*LISTS}


# Formats, for any issue


def as_json(text: str) -> Any:
    return json.loads(text)


@given(VERDICTS)
def test_json_and_sarif_keep_to_their_schemas(verdict: Verdict) -> None:
    schema("check").validate(as_json(formats.load("json").render(verdict)))
    told = as_json(formats.load("sarif").render(verdict))
    schema("sarif-2.1.0").validate(told)
    run = told["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in run["results"])
    assert len(run["results"]) == len(verdict.issues)


@given(VERDICTS)
def test_junit_is_xml_whose_counts_are_those_of_its_cases(verdict: Verdict) -> None:
    root = ElementTree.fromstring(formats.load("junit").render(verdict))
    assert root.tag == "testsuites"
    suites = root.findall("testsuite")
    cases = [case for suite in suites for case in suite.findall("testcase")]
    assert int(root.attrib["tests"]) == len(cases) == sum(int(suite.attrib["tests"]) for suite in suites)
    failures = [case for case in cases if case.find("failure") is not None]
    assert int(root.attrib["failures"]) == len(failures) == sum(map(verdict.fails, verdict.issues))
    assert all({"name", "classname", "time"} <= case.attrib.keys() for case in cases)
    assert all({each.tag for each in case} <= {"failure", "system-out"} for case in cases)


def unescaped(text: str) -> str:
    """Decode a property or data as GitHub's runner does."""
    for code, character in {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}.items():
        text = text.replace(code, character)
    return text


@given(VERDICTS)
def test_an_annotation_is_one_command_that_says_what_was_found(verdict: Verdict) -> None:
    told = formats.load("github").render(verdict)
    lines = told.removesuffix("\n").split("\n") if told else []
    assert len(lines) == len(verdict.issues)
    for text, issue in zip(lines, verdict.issues, strict=True):
        found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", text, re.DOTALL)
        assert found
        properties = dict(each.split("=", 1) for each in found[2].split(","))
        assert unescaped(properties["title"]) == visible(f"{issue.location.label} [{issue.check}]")
        assert unescaped(properties.get("file", "")) == visible(issue.location.path)
        assert unescaped(found[3]) == visible(issue.message or issue.check)


@given(VERDICTS)
@settings(max_examples=30)
def test_a_badge_is_svg_that_says_how_it_went(verdict: Verdict) -> None:
    root = ElementTree.fromstring(formats.load("badge").render(verdict))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    title = root.findtext("{http://www.w3.org/2000/svg}title") or ""
    failing = sum(map(verdict.fails, verdict.issues))
    assert title == "transflow: " + (
        f"{failing} to mend"
        if failing
        else f"{verdict.count('warning')} to look at"
        if verdict.count("warning")
        else "passed"
    )


# The command


@pytest.mark.parametrize("form", LISTS)
def test_every_format_of_lists_tells_the_finding_with_its_line(faulty: Path, form: str) -> None:
    ran = transflow(faulty, "check", *ONLY, "--format", form)
    assert ran.code == 1
    assert "untranslated" in ran.out
    assert "다리" in ran.out
    catalog = (faulty / "locales/en/reports/flood.po").read_text(encoding="utf-8").split("\n")
    if form == "json":
        schema("check").validate(as_json(ran.out))
        issue = as_json(ran.out)["issues"][0]
        assert catalog[issue["line"] - 1] == f'msgctxt "{issue["unit"]}"'
        assert issue["target_span"] == [4, 6]


@pytest.mark.parametrize("form", formats.names())
@pytest.mark.parametrize("front", ["confidential: true", "embargo: 2999-01-01"])
def test_no_format_tells_a_word_of_a_confidential_or_embargoed_text(faulty: Path, form: str, front: str) -> None:
    report = REPORT.replace("dateline:", f"{front}\ndateline:")
    (faulty / "sources/flood.md").write_text(report, encoding="utf-8")
    done(faulty, "update")
    ran = transflow(faulty, "check", *ONLY, "--format", form)
    assert ran.code == 1
    assert "다리" not in ran.out + ran.err
    assert form not in LISTS or ("untranslated" in ran.out and "flood#2" in ran.out)


def test_output_goes_to_a_file_and_how_it_went_is_said(faulty: Path, tmp_path: Path) -> None:
    wanted = tmp_path / "found.sarif"
    ran = transflow(faulty, "check", *ONLY, "--format", "sarif", "--output", str(wanted))
    schema("sarif-2.1.0").validate(as_json(wanted.read_text(encoding="utf-8")))
    assert (ran.code, ran.out) == (1, "1 catalog judged, 1 error: FAILED.\n")


def test_select_and_ignore_take_ids_and_families(faulty: Path) -> None:
    assert transflow(faulty, "check", "--all", "--ignore", "untranslated").code == 0
    assert transflow(faulty, "check", "--all", "--select", "gate").code == 0
    (faulty / "sources/No Slug.md").write_text("stray", encoding="utf-8")
    for name in ("record", "gate", "record,untranslated"):
        assert "record.stray-file" in transflow(faulty, "check", "--all", "--select", name).out
    assert "record.stray-file" not in transflow(faulty, "check", "--all", "--select", "untranslated").out
    (faulty / "sources/No Slug.md").unlink()
    assert transflow(faulty, "check", *ONLY).code == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--select", "untranslate"], "Did you mean untranslated?"),
        (["--ignore", "gate"], "cannot be ignored"),
        (["--select", "record.conflict"], "--select record"),
        (["--format", "xml"], "sarif"),
        (["--changed-since", "nowhere"], "git knows no commit “nowhere”"),
        (["--baseline", "nothing.json"], "nothing.json"),
        (["--pairs", "nothing.jsonl"], "nothing.jsonl"),
        (["--pairs", "."], "is a folder"),
        (["--pairs", "-", "--fix"], "--fix is for projects"),
        (["--pairs", "-", "--format", "sarif"], "--format sarif is for projects"),
        (["--pairs", "-", "--max-fuzzy", "0"], "--max-fuzzy is for projects"),
    ],
)
def test_what_is_not_there_is_exit_code_2(faulty: Path, options: list[str], message: str) -> None:
    ran = transflow(faulty, "check", *options)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_a_project_says_how_grave_a_check_is(faulty: Path) -> None:
    path = faulty / "transflow.toml"
    text = path.read_text(encoding="utf-8")
    for severity, code, strict in (("hint", 0, 0), ("warning", 0, 1), ("error", 1, 1)):
        path.write_text(text.replace("[checks]", f'[checks]\nuntranslated = "{severity}"'), encoding="utf-8")
        assert transflow(faulty, "check", *ONLY).code == code
        assert transflow(faulty, "check", *ONLY, "--fail-on", "warning").code == strict
    path.write_text(text.replace("[checks]", '[checks]\nuntranslated = "off"'), encoding="utf-8")
    assert "untranslated" not in transflow(faulty, "check", *ONLY).out
    assert transflow(faulty, "unit", "approve", "flood#2", user="mina").code == 0
    path.write_text(text.replace("[checks]", '[checks]\nuntranslatd = "off"'), encoding="utf-8")
    assert transflow(faulty, "check").code == 2


def test_a_baseline_leaves_out_what_was_there_and_nothing_else(faulty: Path, tmp_path: Path) -> None:
    known = str(tmp_path / "known.json")
    assert transflow(faulty, "check", *ONLY, "--write-baseline", known).code == 0
    assert "다리" not in Path(known).read_text(encoding="utf-8")
    ran = transflow(faulty, "check", *ONLY, "--baseline", known)
    assert (ran.code, ran.out) == (0, "1 catalog judged, 0 errors, 1 known from the baseline: passed.\n")
    done(faulty, "unit", "set", "flood#3", "사람", user="claire")
    assert transflow(faulty, "check", *ONLY, "--baseline", known).code == 1
    Path(known).write_text('{"version": 3, "known": []}', encoding="utf-8")
    assert "version 3" in transflow(faulty, "check", *ONLY, "--baseline", known).err
    Path(known).write_text("{}", encoding="utf-8")
    assert transflow(faulty, "check", *ONLY, "--baseline", known).code == 3


def test_a_baseline_of_version_1_is_read_and_upgraded(faulty: Path, tmp_path: Path) -> None:
    found = as_json(transflow(faulty, "check", *ONLY, "--format", "json").out)["issues"][0]
    known = tmp_path / "known.json"
    entry = {key: found[key] for key in ("path", "unit", "check")}
    entry["mark"] = digest(found["path"], found["unit"], found["check"], found["message"])
    known.write_text(json.dumps({"version": 1, "known": [entry]}), encoding="utf-8")
    assert transflow(faulty, "check", *ONLY, "--baseline", str(known)).code == 0
    assert transflow(faulty, "check", *ONLY, "--baseline", str(known), "--write-baseline", str(known)).code == 0
    written = as_json(known.read_text(encoding="utf-8"))
    assert written == {"version": 2, "known": [entry | {"mark": found["mark"]}]}
    assert transflow(faulty, "check", *ONLY, "--baseline", str(known)).code == 0


def test_only_what_changed_since_a_commit_is_checked(faulty: Path) -> None:
    git(faulty, "init", "-q")
    git(faulty, "add", "-A")
    git(faulty, "-c", "user.email=a@example.org", "-c", "user.name=a", "commit", "-q", "-m", "begin")
    assert transflow(faulty, "check", *ONLY).code == 1
    assert transflow(faulty, "check", *ONLY, "--changed-since", "HEAD").code == 0
    done(faulty, "unit", "set", "flood#3", "사람", user="claire")
    ran = transflow(faulty, "check", *ONLY, "--changed-since", "HEAD")
    assert (ran.code, ran.out.count("[untranslated]")) == (1, 1)
    assert "flood#3" in ran.out


def test_before_the_first_commit_everything_has_changed(faulty: Path) -> None:
    assert transflow(faulty, "check", *ONLY, "--changed-since", "HEAD").code == 2, "there is no repository"
    git(faulty, "init", "-q")
    for commit in ("HEAD", "@", "0" * 40):
        assert transflow(faulty, "check", *ONLY, "--changed-since", commit).code == 1
    assert transflow(faulty, "check", *ONLY, "--changed-since", "main").code == 2


def test_what_cannot_be_read_is_told_whatever_was_asked_for(faulty: Path) -> None:
    path = faulty / "locales/en/reports/flood.po"
    path.write_text(path.read_text(encoding="utf-8") + 'msgid "\n', encoding="utf-8")
    ran = transflow(faulty, "check", "--all", "--select", "numbers")
    assert ran.code == 3
    assert "[record.unreadable]" in ran.out


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[style]\noff = ["nosuch"]', "there is no rule “nosuch”"),
        ('[[style.rule]]\nid = "x"\nmessage = "m"\npattern = "the"\nreplace = 5', "replace: 5 is not a text"),
        ('[[style.rule]]\nid = "x"\nmessage = "m"\npattern = "the"\nreplace = \'\\9\'', "replace: it cannot be used"),
        ('[[style.rule]]\nid = "x"\nmessage = "m"\npattern = "the"\nreplace = \'\\g<who>\'', "replace: it cannot be used"),
        ('[[style.rule]]\nid = "x"\nmessage = "m"\npattern = "the"\nwords = { the = 5 }', "words: this is not a table of texts"),
        ('[[style.rule]]\nid = "x"\nmessage = "m"\npattern = "the"\nwords = "the"', "words: this is not a table of texts"),
        ('[[style.rule]]\nid = "x"\nmessage = "m"\npattern = "the"\nkinds = "headline"', "kinds: “headline” is not a list"),
        ('[[style.rule]]\nid = "x"\nmessage = "m"\npattern = "the"\nlocales = "en"', "locales: “en” is not a list"),
        ('[[style.rule]]\nid = "x"\nmessage = "m"\npattern = "x*"', "finds nothing at all"),
    ],
)  # fmt: skip
def test_a_house_style_that_cannot_be_used_is_exit_code_2_and_never_a_pass(
    faulty: Path, table: str, message: str
) -> None:
    path = faulty / "transflow.toml"
    text = re.sub(r"(?m)^\[style\]\n(?:#.*\n)*", "", path.read_text(encoding="utf-8"))
    path.write_text(f"{text}\n{table}\n", encoding="utf-8")
    for options in ([], ["--select", "numbers"]):
        ran = transflow(faulty, "check", "--all", *options)
        assert (ran.code, ran.out) == (2, "")
        assert message in ran.err


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_code_hosts_are_told_where_a_file_is_in_the_repository(faulty: Path, form: str) -> None:
    git(faulty.parent, "init", "-q")
    ran = transflow(faulty, "check", *ONLY, "--format", form)
    assert f"{faulty.name}/locales/en/reports/flood.po" in ran.out


# Pairs


def test_pairs_are_answered_in_order_whatever_they_are(tmp_path: Path) -> None:
    lines = [
        '{"id": 1, "source": "그는 떠났다.", "target": "He 떠났다."}',
        "",
        "junk",
        '{"id": [2], "source": "그는 떠났다.", "target": "He left.", "kind": "headline", "date": "2024-03-26"}',
        '{"id": 3, "source": 5, "target": ""}',
        '{"id": 4, "source": "가", "target": "나", "kind": "poem"}',
    ]
    ran = transflow(tmp_path, "check", "--pairs", "-", "--select", "untranslated", stdin="\n".join(lines))
    answers = [as_json(line) for line in ran.out.splitlines()]
    for answer in answers:
        schema("pairs").validate(answer)
    assert [answer["id"] for answer in answers] == [1, None, [2], 3, 4]
    assert answers[0]["issues"][0]["target_span"] == [3, 6]
    assert [("issues" in each) for each in answers] == [True, False, True, False, False]
    assert ran.code == 3


def test_a_line_that_no_program_should_write_is_answered_too(tmp_path: Path) -> None:
    lines = [
        '{"id": 1, "source": "\\ud800 떠났다.", "target": "\\udfff 떠났다."}',
        "[" * 100_000,
        '{"id": 3, "source": "가.", "target": "Go.", "n": ' + "9" * 5000 + "}",
        '{"id": {"no": 4}, "source": "가.", "target": "Go.", "date": "26.3."}',
        '\ufeff{"id": 5, "source": "가.", "target": "Go.", "date": null, "kind": "list-item", "locale": null}',
        '{"id": 6, "source": "가.", "target": "Go.", "date": "2024-03-26 20:00"}',
    ]
    ran = transflow(
        tmp_path, "check", "--pairs", "-", "--select", "untranslated,relative_dates", stdin="\n".join(lines)
    )
    answers = [as_json(line) for line in ran.out.splitlines()]
    for answer in answers:
        schema("pairs").validate(answer)
    assert [answer["id"] for answer in answers] == [1, None, None, {"no": 4}, 5, 6]
    assert [("issues" in each) for each in answers] == [True, False, False, False, True, True]
    assert answers[0]["issues"][0]["check"] == "untranslated"
    assert "“26.3.” is no date" in answers[3]["error"]


def test_pairs_come_through_a_pipe_of_the_shell(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(command("check", "--pairs", str(tmp_path / "pipe")), stdout=subprocess.PIPE) as process:
        (tmp_path / "pipe").write_text('{"id": 1, "source": "가", "target": "Go."}', encoding="utf-8")
        assert process.stdout
        assert as_json(process.stdout.read().decode())["id"] == 1


def test_a_pair_is_answered_before_the_next_is_read() -> None:
    with subprocess.Popen(
        command("check", "--pairs", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "source": "가", "target": "Go."}) + "\n")
            process.stdin.flush()
            assert as_json(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(60) == 0
