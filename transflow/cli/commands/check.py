"""The `transflow check` command: the gate that CI runs, fixes, and checks of pairs of texts."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal, NamedTuple

import click

from transflow import checks, story_checks
from transflow.actions.checks.cached import all_check_ids, validate_check_names
from transflow.actions.checks.catalog_judge import Rules
from transflow.actions.checks.check import check as judge
from transflow.actions.checks.fix import fix
from transflow.actions.checks.pairs import results
from transflow.actions.checks.proof import least_level
from transflow.cli.actors import current_actor
from transflow.cli.explain import print_explanation
from transflow.cli.long_progress import long_progress
from transflow.cli.notices import notify
from transflow.cli.options import comma_separated, complete_catalogs, complete_from, locales_option
from transflow.cli.session import find_project, now, read_input
from transflow.cli.streams import machine_stream, write_exact
from transflow.errors import UnreadableError, UsageError
from transflow.findings import RECORD_RULES, Verdict, baseline, formats, is_at_least
from transflow.findings.formats.text import summary
from transflow.findings.selection import GATE, Selection, selection
from transflow.messages import Messages
from transflow.model.issue import Severity
from transflow.model.settings import Settings
from transflow.presenters.i18n import say
from transflow.project import Project, git
from transflow.project.files import check_named_path, write_named

MESSAGES = Messages(
    __name__,
    {
        "judging": "Checking",
        "for-gate": "{option} is about the gate: --look compares pages only.",
        "fixed": "{where}: fixed ({checks})",
        "not-fixed": "{where}: not fixed ({checks}): {why}",
        "encoding": "this is not UTF-8.",
        "unselected": "--select leaves out what {option} finds. Add the record's own rules: --select {names}.",
        "for-projects": "{option} is for projects: pairs are answered line by line, as JSON.",
        "no-file": "there is no file {path}.",
        "folder": "{path} is a folder: name a file.",
    },
)

FAMILIES = (*checks.families(), story_checks.FAMILY)
"""Values of --select and --ignore, besides single ids."""


@click.command()
@locales_option
@click.option(
    "--require",
    type=click.Choice(["translated", "approved"]),
    help="The state that every sentence needs. Default: that of transflow.toml.",
)
@click.option(
    "--min",
    "minimum",
    type=click.FloatRange(0, 100),
    help="The percentage of sentences in each catalog that need that state. Default: that of transflow.toml.",
)
@click.option("--max-fuzzy", type=click.IntRange(0), help="How many sentences may need another look.")
@click.option("--all", "everything", is_flag=True, help="Judge every catalog.")
@click.option(
    "--select",
    default="",
    metavar="ID,…",
    help=f"Only these checks: ids, families, or “record” and “gate”, the record's own rules. Families: {', '.join(FAMILIES)}.",
    shell_complete=complete_from(lambda: (*FAMILIES, *RECORD_RULES)),
)
@click.option(
    "--ignore",
    default="",
    metavar="ID,…",
    help="Not these checks: ids or families.",
    shell_complete=complete_from(lambda: FAMILIES),
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "hint"]),
    default=None,
    help="The severity that fails. Default: error; with --look: warning.",
)
@click.option("--hints", is_flag=True, help="List hints too; without this option they are only counted.")
@click.option(
    "--changed-since", "since", default="", metavar="COMMIT", help="Check only texts that changed since then."
)
@click.option(
    "--proof",
    type=click.Choice(["author", "signed"]),
    is_flag=False,
    flag_value="author",
    help="Require a proof that approvals are somebody's own: by the author of the commit, or by its signature. "
    "Default: that of transflow.toml, which this can only raise.",
)
@click.option(
    "--proof-since",
    default="",
    metavar="COMMIT",
    help="The commit whose people and approvals count as they are; asks for --proof. Default: the first one.",
)
@click.option("--baseline", default="", metavar="FILE", help="Leave out the findings that this file has.")
@click.option(
    "--write-baseline",
    "keep",
    default="",
    metavar="FILE",
    help="Write the present findings to a file, and pass. Exit code 1 only for findings of the record's own rules, "
    "which no baseline has, and 3 for what cannot be read.",
)
@click.option("--format", "form", type=click.Choice(formats.names()), default="text", show_default=True)
@click.option("--output", default="", metavar="FILE", help="Write to a file; a summary is still printed.")
@click.option(
    "--fix",
    is_flag=True,
    help="Apply the certain fixes to the judged texts, in your name: of spaces, marks and style, never of a figure, "
    "a date or a name.",
)
@click.option(
    "--pairs", default="", metavar="FILE|-", help="Check pairs of texts, a JSON object a line, instead of the project."
)
@click.option(
    "--explain",
    default="",
    metavar="REF",
    help="Show what the checks read in these sentences, what accounts for what, and how often each check is right.",
    shell_complete=complete_catalogs,
)
@click.option("--look", is_flag=True, help="Compare the recorded pages with the record, as for cron, and nothing else.")
@click.pass_context
def check(ctx: click.Context, /, **values: Any) -> int:
    """Check what is ready to publish.

    This is the gate that CI runs. Exit code 0: passed; 1: failed; 2: wrong usage or configuration;
    3: unreadable input.

    Judges stories that are ready, cleared or published and the reports that they use, or the
    languages named, or all. What no gate may hide (void approvals, conflicts, catalogs behind their
    reports …) is reported wherever it is. Thresholds that are not given are those of
    transflow.toml.

    \b
    Examples:
      transflow check
      transflow check --locale en --require approved
      transflow check --all --min 95 --max-fuzzy 3
      transflow check --select gate
      transflow check --select numbers,names.given --fail-on warning
      transflow check --changed-since origin/main --format github
      transflow check --format sarif --output transflow.sarif
      transflow check --all --write-baseline baseline.json
      transflow check --all --baseline baseline.json
      transflow check --all --select style,typography --fix
      transflow check --proof --proof-since origin/main
      transflow check --pairs pairs.jsonl --fail-on warning
      transflow check --explain un-letter#3
      transflow check --look

    Pairs are lines such as {"id": 1, "source": "…", "target": "…", "date": "2024-03-26", "kind":
    "headline", "locale": "en"}, of which id, source and target are needed. The answers come in
    order, a line each: {"id": 1, "issues": [{"check": …, "severity": …, "message": …,
    "source_span": [0, 3], "target_span": null, "fix": null}]}. They need no project."""
    values["fail_on"] = values["fail_on"] or ("warning" if values["look"] else "error")
    return (_check_pages if values["look"] else _check)(ctx, _Options(**values))


def _check(ctx: click.Context, options: _Options) -> int:
    """Judge the project, explain what the checks read, or check pairs."""
    project = _find_project(ctx, options.pairs)
    if options.explain and project:
        return print_explanation(ctx, project, options.explain, options.form, _project_option(options, "--explain"))
    selected = _selection(options, project.settings if project else Settings())
    if options.pairs or project is None:
        return _check_pairs(project, options, selected)
    return _check_project(ctx, project, options, selected)


class _Options(NamedTuple):
    """The options as they were given."""

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
    proof: str | None
    proof_since: str
    baseline: str
    keep: str
    form: str
    output: str
    fix: bool
    pairs: str
    explain: str
    look: bool


def _find_project(ctx: click.Context, pairs: str) -> Project | None:
    """Return the project.

    Pairs can be checked without one, but a folder that was named must exist.
    """
    try:
        return find_project(ctx)
    except UsageError:
        if pairs and Path(ctx.find_root().obj["folder"] or ".").is_dir():
            return None
        raise


def _selection(options: _Options, settings: Settings) -> Selection:
    """Return the checks of --select and --ignore.

    Raise UnknownNameError for one that does not exist.
    """
    if settings.checks:
        validate_check_names(settings)
    select, ignore = comma_separated(options.select), comma_separated(options.ignore)
    # the names of all checks are known only when all are imported
    known_ids = all_check_ids(settings) if {*select, *ignore} - {GATE, *RECORD_RULES} else frozenset[str]()
    return selection(select, ignore, known_ids)


def _check_proof_is_selected(options: _Options, selected: Selection) -> None:
    """Raise UsageError if proof is asked for, and its findings are not among the selected ones."""
    option = "--proof" if options.proof else "--proof-since" if options.proof_since else ""
    if option and not selected.includes("record.unproved"):
        raise UsageError(MESSAGES("unselected", option=option, names=",".join((*sorted(selected.select), GATE))))


def _check_project(ctx: click.Context, project: Project, options: _Options, selected: Selection) -> int:
    for locale in options.locales:
        project.locale(locale)
    _check_proof_is_selected(options, selected)
    rules = _rules(options, project.settings, selected)
    known = baseline.parse(_read_text(options.baseline), options.baseline) if options.baseline else baseline.Baseline()
    verdict = _judged(project, rules, options)
    if options.fix:
        _fix(ctx, verdict, selected)
        verdict = _judged(project, rules, options)
    verdict.hints = options.hints
    if formats.load(options.form).FOR_REPOSITORY:
        verdict.prefix = git.prefix(project.root)
    if options.keep:
        _write(options.keep, baseline.serialize(verdict.issues))
        known = baseline.of_issues(verdict.issues)
    baseline.remove_known(verdict, known)
    _report(verdict, options.form, options.output)
    return verdict.exit_code


def _judged(project: Project, rules: Rules, options: _Options) -> Verdict:
    """Return the verdict, with a progress bar on a terminal where it takes long."""
    with long_progress(MESSAGES("judging")) as progress:
        return judge(project, now(), rules, options.locales, everything=options.everything, progress=progress)


def _rules(options: _Options, settings: Settings, selected: Selection) -> Rules:
    """Return the thresholds of the options, and those of the project where none is given."""
    return Rules(
        options.require or settings.gate_require,
        settings.gate_min if options.minimum is None else options.minimum,
        settings.gate_max_fuzzy if options.max_fuzzy is None else options.max_fuzzy,
        selected,
        options.since,
        options.fail_on,
        least_level(options.proof, "author" if options.proof_since else None, settings.gate_proof),
        options.proof_since,
    )


def _fix(ctx: click.Context, verdict: Verdict, selected: Selection) -> None:
    """Apply the fixes in the catalogs that were judged, and print on stderr what became of each."""
    actor = current_actor(ctx)
    places = [place for place in actor.project.all_catalogs() if place.path in verdict.catalogs]
    for fixed in fix(actor, places, selected.includes):
        checks = ", ".join(fixed.checks)
        if fixed.why_not:
            notify(MESSAGES("not-fixed", where=fixed.where, checks=checks, why=fixed.why_not))
        else:
            notify(MESSAGES("fixed", where=fixed.where, checks=checks))
            if fixed.unsigned:
                notify(fixed.unsigned)


def _report(verdict: Verdict, form: str, output: str) -> None:
    """Write the verdict to standard output, or to a file and its summary to standard output."""
    rendered = say(formats.load(form).render(verdict))
    if output:
        _write(output, rendered)
        click.echo(say(summary(verdict)))
    elif form == "text":
        click.echo(rendered, nl=False)
    else:
        write_exact(rendered)


def _read_text(path: str) -> str:
    try:
        return read_input(path).decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError(path, 0, MESSAGES("encoding")) from None


def _private(path: str, flags: int) -> int:
    """Open a file that only the user can read, since issues quote unpublished texts."""
    return os.open(path, flags, 0o600)


def _write(path: str, text: str) -> None:
    """Replace a file by a text, as a whole or not at all; a new one is the user's alone."""
    write_named(Path(path), text.encode("utf-8", "replace"), 0o600)


def _check_pages(ctx: click.Context, options: _Options) -> int:
    """Compare the recorded pages with the record. Loads requests, for --look only."""
    from transflow.cli.page_check import judged_pages

    if option := _project_option(options, "--look"):
        raise UsageError(MESSAGES("for-gate", option=option))
    verdict = judged_pages(find_project(ctx), options.locales, options.fail_on, options.form, hints=options.hints)
    _report(verdict, options.form, options.output)
    return verdict.exit_code


# Pairs of texts


def _check_pairs(project: Project | None, options: _Options, selected: Selection) -> int:
    """Check pairs of texts as they come, and write an answer to each.

    Return the exit code: 1 where an issue is as severe as --fail-on, 3 where a line could not be
    read.
    """
    path, output = options.pairs, options.output
    _check_pair_options(options)
    failed = wrong = False
    with ExitStack() as stack:
        file = sys.stdin.buffer if path == "-" else stack.enter_context(Path(path).open("rb"))
        written = (
            stack.enter_context(open(output, "w", encoding="utf-8", opener=_private)) if output else machine_stream()
        )
        for answer in results(file, project, selected):
            written.write(answer.text + "\n")
            written.flush()
            failed = failed or any(is_at_least(issue.severity, options.fail_on) for issue in answer.issues)
            wrong = wrong or answer.wrong
    return 3 if wrong else int(failed)


def _check_pair_options(options: _Options) -> None:
    """Raise UsageError for options of projects, and for files that cannot be used."""
    path = options.pairs
    if option := _project_option(options):
        raise UsageError(MESSAGES("for-projects", option=option))
    if path != "-" and not Path(path).exists():
        raise UsageError(MESSAGES("no-file", path=path))
    if Path(path).is_dir():
        raise UsageError(MESSAGES("folder", path=path))
    for each in {path, options.output} - {"", "-"}:
        check_named_path(Path(each))


def _project_option(options: _Options, beside: str = "--pairs") -> str:
    """Return an option that was given and is for the judgement of a project only, or nothing."""
    given = {
        "--explain": options.explain and beside != "--explain",
        "--look": options.look and beside != "--look",
        "--select": options.select and beside == "--look",
        "--ignore": options.ignore and beside == "--look",
        "--pairs": options.pairs and beside != "--pairs",
        "--fix": options.fix,
        "--baseline": options.baseline,
        "--write-baseline": options.keep,
        "--changed-since": options.since,
        "--proof": options.proof,
        "--proof-since": options.proof_since,
        "--all": options.everything,
        "--locale": options.locales and beside != "--look",
        "--require": options.require,
        "--min": options.minimum is not None,
        "--max-fuzzy": options.max_fuzzy is not None,
        f"--format {options.form}": options.form not in ("text", "json") and beside != "--look",
    }
    return next((option for option, value in given.items() if value), "")
