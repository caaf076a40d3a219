"""`transflow check`: the gate that CI runs, and what checks say of texts."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from transflow.cli.session import actor, complete_locales, names, now, project
from transflow.cli.streams import exact, machine_stream
from transflow.model.issue import Severity
from transflow.model.settings import Settings

if TYPE_CHECKING:
    from transflow.findings import Verdict
    from transflow.findings.selection import Selection
    from transflow.project import Project

FORMATS = ("text", "json", "junit", "sarif", "github", "badge")


@click.command()
@click.option(
    "--locale",
    "locales",
    multiple=True,
    metavar="L",
    help="Judge this whole language. May be given more than once.",
    shell_complete=complete_locales,
)
@click.option(
    "--require", type=click.Choice(["translated", "approved"]), help="What a sentence must be. Default: the project's."
)
@click.option(
    "--min",
    "minimum",
    type=click.FloatRange(0, 100),
    help="Percent of the sentences of each catalog. Default: the project's.",
)
@click.option("--max-fuzzy", type=click.IntRange(0), help="How many may need another look.")
@click.option("--all", "everything", is_flag=True, help="Judge every catalog.")
@click.option(
    "--select", default="", metavar="ID,…", help="Only these checks: ids, families, or “gate”, the record's own rules."
)
@click.option("--ignore", default="", metavar="ID,…", help="Not these checks: ids or families.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "hint"]), default="error", show_default=True)
@click.option("--hints", is_flag=True, help="List hints too, which are counted only.")
@click.option(
    "--changed-since", "since", default="", metavar="COMMIT", help="Check only texts that changed since then."
)
@click.option("--baseline", default="", metavar="FILE", help="Leave out the findings that this file has.")
@click.option(
    "--write-baseline", "keep", default="", metavar="FILE", help="Write the findings of now to a file, and pass."
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", default="", metavar="FILE", help="Write to a file; how it went is still told here.")
@click.option(
    "--fix",
    is_flag=True,
    help="Apply the fixes that are certain, in your name, to what is judged: of spaces, marks and style, never of a "
    "figure, a date or a name.",
)
@click.option(
    "--pairs", default="", metavar="FILE|-", help="Check pairs of texts, a JSON object a line, instead of the project."
)
@click.pass_context
def check(ctx: click.Context, /, **given: Any) -> int:
    """The gate: exit code 0 passed, 1 failed, 2 usage or configuration, 3 unreadable input.

    Judges stories that are ready, cleared or published and the reports that they use, or the languages named, or all. What no
    gate may hide (void approvals, conflicts, catalogs behind their reports …) is reported wherever it is. Thresholds that are not
    given are those of transflow.toml.

    \b
    Examples:
      transflow check
      transflow check --locale en --require approved
      transflow check --all --min 95 --max-fuzzy 3
      transflow check --select gate
      transflow check --select numbers,names.given --fail-on warning
      transflow check --changed-since origin/main --format github
      transflow check --format sarif --output transflow.sarif
      transflow check --all --write-baseline baseline.json; transflow check --all --baseline baseline.json
      transflow check --all --select style,typography --fix
      transflow check --pairs pairs.jsonl --fail-on warning

    Pairs are lines such as {"id": 1, "source": "…", "target": "…", "date": "2024-03-26", "kind": "headline", "locale": "en"}, of which
    id, source and target are needed. The answers come in order, a line each: {"id": 1, "issues": [{"check": …, "severity": …,
    "message": …, "source_span": [0, 3], "target_span": null, "fix": null}]}. They need no project.
    """
    return _run(ctx, _Given(**given))


class _Given(NamedTuple):
    """The options, as they were typed."""

    locales: tuple[str, ...]
    require: Literal["translated", "approved"] | None
    minimum: float | None
    max_fuzzy: int | None
    everything: bool
    select: str
    ignore: str
    fail_on: Severity
    hints: bool
    since: str
    baseline: str
    keep: str
    form: str
    output: str
    fix: bool
    pairs: str


def _run(ctx: click.Context, given: _Given) -> int:
    from transflow.actions.checks.cached import known_checks, unknown_checks
    from transflow.actions.checks.check import Rules
    from transflow.actions.checks.check import check as judge
    from transflow.findings import baseline
    from transflow.findings.selection import GATE, selection

    found = _project(ctx, given.pairs)
    settings = found.settings if found else Settings()
    if settings.checks:
        unknown_checks(settings)
    asked = {*names(given.select), *names(given.ignore)}
    known_ids = known_checks(settings) if asked - {GATE} else frozenset[str]()  # naming all takes importing all
    chosen = selection(names(given.select), names(given.ignore), known_ids)
    if given.pairs or found is None:
        return _answer(found, given, chosen)
    for locale in given.locales:
        found.locale(locale)
    rules = Rules(
        given.require or found.settings.gate_require,
        found.settings.gate_min if given.minimum is None else given.minimum,
        found.settings.gate_max_fuzzy if given.max_fuzzy is None else given.max_fuzzy,
        chosen,
        given.since,
        given.fail_on,
    )
    known = baseline.read(_text(given.baseline), given.baseline) if given.baseline else frozenset()
    verdict = judge(found, now(), rules, given.locales, everything=given.everything)
    if given.fix:
        _fix(ctx, verdict, chosen)
        verdict = judge(found, now(), rules, given.locales, everything=given.everything)
    verdict.hints = given.hints
    if given.form in ("sarif", "github"):
        from transflow.project import git

        verdict.prefix = git.prefix(found.root)
    if given.keep:
        _write(given.keep, baseline.written(verdict.lines))
        known |= {line.mark for line in verdict.lines}
    baseline.without_known(verdict, known)
    _tell(verdict, given.form, given.output)
    return verdict.exit_code


def _fix(ctx: click.Context, verdict: Verdict, chosen: Selection) -> None:
    """Applies the fixes in the catalogs that were judged, and says on stderr what became of each."""
    from transflow.actions.checks.fix import fix

    user = actor(ctx)
    places = [place for place in user.project.all_places() if place.path in verdict.judged]
    for each in fix(user, places, chosen.takes):
        checks = ", ".join(each.checks)
        if each.why_not:
            click.echo(f"{each.where}: not fixed ({checks}): {each.why_not}", err=True)
        else:
            click.echo(f"{each.where}: fixed ({checks})", err=True)


def _tell(verdict: Verdict, form: str, output: str) -> None:
    from transflow.findings import formats
    from transflow.findings.formats.text import summary

    told = formats.load(form).render(verdict)
    if not output:
        if form == "text":
            click.echo(told, nl=False)
        else:
            exact(told)
        return
    _write(output, told)
    click.echo(summary(verdict))


def _text(path: str) -> str:
    from transflow.cli.session import input_bytes
    from transflow.errors import UnreadableError

    try:
        return input_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError(path, 0, "this is not UTF-8.") from None


def _write(path: str, text: str) -> None:
    """Puts a text in place of a file, whole or not at all."""
    from transflow.project.files import put

    put(Path(path), text.encode("utf-8", "replace"))


def _project(ctx: click.Context, pairs: str) -> Project | None:
    """The project; pairs can do without one, but not with a folder that is not there."""
    from transflow.errors import UsageError

    try:
        return project(ctx)
    except UsageError:
        if pairs and Path(ctx.find_root().obj["folder"] or ".").is_dir():
            return None
        raise


def _unfit(given: _Given) -> str:
    """An option that says nothing of pairs; empty where there is none."""
    asked = {
        "--fix": given.fix, "--baseline": given.baseline, "--write-baseline": given.keep, "--changed-since": given.since,
        "--all": given.everything, "--locale": given.locales, "--require": given.require, "--min": given.minimum is not None,
        "--max-fuzzy": given.max_fuzzy is not None, f"--format {given.form}": given.form not in ("text", "json"),
    }  # fmt: skip
    return next((option for option, value in asked.items() if value), "")


def _answer(found: Project | None, given: _Given, chosen: Selection) -> int:
    """Answers pairs as they come. Exit code 1 where an issue is as grave as asked for, 3 where a line could not be read."""
    from transflow.actions.checks.pairs import results
    from transflow.errors import UsageError
    from transflow.findings import is_at_least
    from transflow.project.files import check_named

    path, output = given.pairs, given.output
    if unfit := _unfit(given):
        raise UsageError(f"{unfit} is for projects: pairs are answered line by line, as JSON.")
    if path != "-" and not Path(path).exists():
        raise UsageError(f"there is no file {path}.")
    if Path(path).is_dir():
        raise UsageError(f"{path} is a folder: name a file.")
    for each in {path, output} - {"", "-"}:
        check_named(Path(each))
    failed = wrong = False
    with ExitStack() as stack:
        lines = sys.stdin.buffer if path == "-" else stack.enter_context(Path(path).open("rb"))
        written = stack.enter_context(Path(output).open("w", encoding="utf-8")) if output else machine_stream()
        for answer in results(lines, found, chosen):
            written.write(answer.text + "\n")
            written.flush()
            failed = failed or any(is_at_least(issue.severity, given.fail_on) for issue in answer.issues)
            wrong = wrong or answer.wrong
    return 3 if wrong else int(failed)
