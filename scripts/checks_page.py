"""Generator of docs/checks.md from the modules of the checks, run by `make docs`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scripts import plugins_pages
from scripts.parts import cell
from transflow import checks, story_checks
from transflow.checks import CheckContext, Example
from transflow.findings.precision import Precision, precisions
from transflow.model.issue import Severity
from transflow.model.unit import Unit

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"
_HEAD = """\
# Checks

<!-- Made by `make docs` from the modules in transflow/checks and transflow/story_checks: change those. -->

This page lists the checks of texts. They run in `transflow check`, when an editor approves a unit or
clears a story, and on the screen. An **error** prevents approval and fails the gate (the checks that
CI runs). A **warning** deserves a look. A **hint** is counted, and listed with `--hints`; the screen
shows errors and warnings only. A check that is not sure reports nothing.

```console
$ transflow check                                      # stories that are ready, and their reports
$ transflow check --select numbers,names.given         # families and ids
$ transflow check --fail-on warning --changed-since origin/main
$ transflow check --all --write-baseline known.json    # then report new issues only, as for an old archive
$ transflow check --all --baseline known.json
$ transflow check --fix --select style,typography      # apply fixes that are certain, with you as the author
$ transflow check --pairs pairs.jsonl                  # pairs of texts from another program
$ transflow check --explain un-letter#4                # what was read on both sides
$ transflow unit waive un-letter#4 untranslated "Its own word."
```

A project sets the severity of checks and its own house style in `transflow.toml`:

```toml
[checks]
"quotations.missing" = "hint"      # an id
length = "off"                     # or a family

[style]
off = ["percent"]                  # rules by id

[[style.rule]]
id = "leader"
message = "“{right}” here."
pattern = '\\bSupreme Leader\\b'
replace = 'supreme leader'
kinds = ["paragraph"]
severity = "warning"
```

`signs = ["Leader"]` is optional: texts without any of these parts are passed over, which is faster.
`pattern` and `unless` are regular expressions of Python, of at most 1,000 characters. One that takes
longer than a second on a text is refused, with its line: avoid repetitions of repetitions, such as
`(a+)+`.

`--format` prints the issues in another format; `--output` writes them to a file. For embargoed and
confidential texts every format contains the reference and the check, and no word of the text.

FORMATS

A **baseline** (`--write-baseline`) has a mark for each known issue: a digest of the file, the unit,
the check and what the message quotes, without any text. It does not depend on the wording or the
language of the message. Baselines of version 1, whose marks do, are still read; writing the
baseline again upgrades it.

Spelling is checked for English, by Hunspell (`chunspell`) with the dictionary of the package
`spylls`. The check reports nothing if they are not installed.

To run the checks before each commit, use the hooks of
[.pre-commit-hooks.yaml](../.pre-commit-hooks.yaml); [action.yml](../action.yml) annotates pull
requests on GitHub.

`--explain` shows the figures, dates, quotations and names that the checks read in a sentence and in
its translation, and what accounts for what. It also says how often each warning was right: in
labelled and published translations, each firing of which was judged by hand. The column “right”
has the same counts. On the screen, `d` in the list of Translate or Review shows this.

In the tables below, “source” is the Korean and “text” the translation.
"""


def page() -> str:
    """Return the whole page."""
    parts = [
        _HEAD.replace("FORMATS\n", plugins_pages.format_table()),
        "\n## Sentences and paragraphs\n",
        *map(_family, checks.families()),
    ]
    parts += ["\n## Whole stories\n", *map(_story_check, story_checks.names())]
    return "".join(parts)


def _table(ids: Mapping[str, Severity]) -> str:
    """Return the ids with their severities, and how often they were right if that was measured."""
    measured = {check_id: precisions().get(check_id) for check_id in ids}
    if not any(measured.values()):
        rows = "".join(f"| `{check_id}` | {severity} |\n" for check_id, severity in ids.items())
        return f"\n| id | severity |\n|---|---|\n{rows}"
    rows = "".join(f"| `{check_id}` | {ids[check_id]} | {_right(each)} |\n" for check_id, each in measured.items())
    return f"\n| id | severity | right |\n|---|---|---|\n{rows}"


def _right(measured: Precision | None) -> str:
    return f"{measured.right} of {measured.judged} ({measured.date})" if measured else ""


def _text(module: object) -> str:
    """Return the docstring, with the indentation of its paragraphs."""
    return (module.__doc__ or "").strip() + "\n"


def _family(name: str) -> str:
    check = checks.load(name)
    rows = "".join(_rows(name, check.FAILING))
    silent = "".join(f"| {cell(each.source)} | {cell(each.target)} |\n" for each in check.PASSING)
    passing = f"\nNo issue is reported for:\n\n| source | text |\n|---|---|\n{silent}" if name != "style" else ""
    found = f"\n| source | text | issue |\n|---|---|---|\n{rows}"
    return f"\n### {name}\n\n{_text(check)}{_table(check.IDS)}{found}{passing}"


def _rows(name: str, examples: Sequence[Example]) -> Iterator[str]:
    for example in examples:
        yield f"| {cell(example.source)} | {cell(example.target)} | {_said(name, example)} |\n"


def _said(name: str, example: Example) -> str:
    shared = {field: getattr(example, field) for field in set(CheckContext._fields) & set(Example._fields)}
    unit = Unit("k7f3q2mx", example.source, example.target, variant=example.variant)
    issues = checks.load(name).check(unit, CheckContext("en", **shared))
    issue = next(each for each in issues if not example.id or each.check == example.id)
    fix = f" → {cell(issue.fix)}" if issue.fix else ""
    return f"{cell(issue.message)} (`{issue.check}`){fix}"


def _story_check(name: str) -> str:
    check = story_checks.load(name)
    rows = ""
    for example in check.FAILING:
        issue = next(each for each in check.check(example.story) if each.check == example.id)
        behind = " ".join(source for source, _ in example.behind) or "–"
        rows += (
            f"| {cell(behind)} | {cell(' / '.join(example.paragraphs))} | {cell(issue.message)} (`{example.id}`) |\n"
        )
    found = f"\n| Korean behind it | story | issue |\n|---|---|---|\n{rows}"
    return f"\n### story: {name}\n\n{_text(check)}{_table(check.IDS)}{found}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
