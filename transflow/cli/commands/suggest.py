"""The `transflow suggest` command."""

from __future__ import annotations

import click

from transflow import engines
from transflow.actions import Actor
from transflow.actions.engines import suggest as suggestions
from transflow.actions.engines.suggest import Plan, Suggestions
from transflow.cli import streams
from transflow.cli.formatting import pluralize
from transflow.cli.options import complete_from, complete_locales, complete_reports, pass_anonymous_actor
from transflow.errors import UsageError

_MAX_LISTED = 10
"""Number of sentences without a draft that are listed."""


@click.command()
@click.argument("report", metavar="[REPORT]", default="", shell_complete=complete_reports)
@click.option(
    "--engine",
    default="",
    metavar="NAME",
    help=f"The engine: {', '.join(engines.names())}. Default: the one in engines.toml, or that of the project.",
    shell_complete=complete_from(engines.names),
)
@click.option("--locale", default="", metavar="LANGUAGE", help="The target language.", shell_complete=complete_locales)
@click.option("--units", default="", metavar="N-M,…", help="Only these sentences of the report.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent where, and what it would cost; send nothing.")
@click.option("--again", is_flag=True, help="Ask again for sentences that the engine answered before.")
@pass_anonymous_actor
def suggest(actor: Actor, report: str, engine: str, locale: str, units: str, dry_run: bool, again: bool) -> int:
    """Draft the missing translations with an engine.

    Each draft is marked “needs another look” until a person confirms it.

    Without REPORT: all reports of the language. The engine “memory” is this project's own, offline;
    “ctranslate2” is a model on this machine.

    \b
    Examples:
      transflow suggest un-letter
      transflow suggest un-letter --engine deepl --dry-run
      transflow suggest un-letter --engine deepl --units 3-9
      transflow suggest --engine papago --locale en
    """
    ref = _ref(report, locale, units)
    prepared = suggestions.prepare(actor, ref, locale=locale, engine=engine, again=again, asks=not dry_run)
    try:
        _print_plan(prepared.plan(), err=not dry_run)
        if dry_run:
            return 0
        try:
            _ask_engine(prepared)
        finally:
            _print_result(prepared)
    finally:
        prepared.close()
    if prepared.error:
        raise prepared.error
    return 3 if prepared.unreadable or any(each.failed for each in prepared.failures) else 0


def _ref(report: str, locale: str, units: str) -> str:
    """Return the sentences to draft as one REF.

    Raise UsageError for options that contradict each other.
    """
    if units and not report:
        raise UsageError("--units needs a REPORT.")
    if locale and ":" in report and report.partition(":")[0] != locale:
        raise UsageError(f"{report} is not in {locale}: say one language.")
    ref = f"{locale}:{report}" if report and locale and ":" not in report else report
    return f"{ref}#{units}" if units else ref


def _ask_engine(prepared: Suggestions) -> None:
    total = len(prepared.sentences) - len(prepared.failures)
    with streams.progress_bar(length=total, label="Asking", hidden=not total) as bar:
        for done in prepared.run():
            bar.update(done)


def _print_plan(plan: Plan, *, err: bool) -> None:
    lines = [f"{plan.author.removeprefix('mt:')}: {pluralize(plan.sentences, 'sentence')} without a text."]
    if plan.cached:
        lines.append(f"{plan.cached} of them were answered before.")
    if plan.host:
        sent = f"{pluralize(plan.requests, 'request')} with {pluralize(plan.characters, 'character')} to {plan.host}"
        about = "under 0.01" if 0 < plan.cost < 0.01 else f"about {plan.cost:.2f}"
        cost = f"{about} {plan.currency}; {plan.spent:.2f} of {plan.cap:.2f} are spent this month"
        lines.append(f"{sent}: {cost}." if plan.requests else "Nothing to send.")
    lines += [f"{each} and is not sent." for each in plan.withheld]
    click.echo(" ".join(lines), err=err)


def _print_result(prepared: Suggestions) -> None:
    for error in prepared.unreadable:
        click.echo(f"transflow: {error}", err=True)
    for place, count in prepared.written.items():
        if count:
            click.echo(
                f"{place}: {pluralize(count, 'sentence')} drafted; {'it needs' if count == 1 else 'they need'} another look."
            )
    missing = prepared.failures
    for each in missing[:_MAX_LISTED]:
        click.echo(f"{each.sentence}: no draft: {each.why}", err=True)
    if len(missing) > _MAX_LISTED:
        click.echo(f"… and {len(missing) - _MAX_LISTED} more without a draft.", err=True)
    if not prepared.sentences:
        click.echo("Nothing to do: every sentence has a text.", err=True)
