"""The `transflow suggest` command."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import click

from transflow import engines
from transflow.actions import Actor
from transflow.actions.engines import suggest as suggestions
from transflow.actions.engines.suggest import FailedDraft, Plan, Suggestions, WarnedDraft
from transflow.actions.engines.untranslated import SentenceToDraft
from transflow.attribution.machines import machine_label
from transflow.cli import streams
from transflow.cli.formatting import pluralize
from transflow.cli.notices import notify, print_error, print_text
from transflow.cli.options import complete_from, complete_reports, format_option, locale_option, pass_anonymous_actor
from transflow.cli.permissions import with_permission
from transflow.cli.streams import write_json
from transflow.errors import UsageError
from transflow.messages import CommandRef, Message, Messages, joined
from transflow.model.references import reference
from transflow.presenters import i18n
from transflow.project import CatalogRef
from transflow.units.positions import format_positions

MESSAGES = Messages(
    __name__,
    {
        "units": "--units needs a REPORT.",
        "languages": "{report} is not in {locale}: say one language.",
        "asking": "Asking",
        "without-text": "{engine}: {sentences} without a text.",
        "cached": "{n} of them were answered before.",
        "request": "{requests} with {characters} to {host}: {cost}; {spent} of {cap} are spent this month.",
        "about": "about {cost} {currency}",
        "about/most": "about {cost} {currency}, at most {most} with repairs",
        "under": "under 0.01 {currency}",
        "nothing-to-send": "Nothing to send.",
        "withheld": "{why} and is not sent.",
        "passed-over": "{report} is in another language than the newsroom's, and is passed over: {command} drafts it.",
        "drafted": (
            "{place}: {n} sentence drafted; it needs another look.",
            "{place}: {n} sentences drafted; they need another look.",
        ),
        "warned": "{sentences}: look closely: {check} still finds an error in the draft.",
        "no-draft": "{sentences}: no draft: {why}",
        "more": "… and {n} more without a draft.",
        "nothing-to-do": "Nothing to do: every sentence has a text.",
    },
)

_MAX_LISTED = 10
"""Number of reasons for having no draft, and of catalogs in one, that are listed."""


@click.command()
@click.argument("report", metavar="[REPORT]", default="", shell_complete=complete_reports)
@click.option(
    "--engine",
    default="",
    metavar="NAME",
    help=f"The engine: {', '.join(engines.names())}. Default: the one in engines.toml, or that of the project.",
    shell_complete=complete_from(engines.names),
)
@locale_option
@click.option("--units", default="", metavar="N-M,…", help="Only these sentences of the report.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent where, and what it would cost; send nothing.")
@click.option("--again", is_flag=True, help="Ask again for sentences that the engine answered before.")
@format_option
@pass_anonymous_actor
def suggest(
    actor: Actor, report: str, engine: str, locale: str, units: str, dry_run: bool, again: bool, form: str
) -> int:
    """Draft the missing translations with an engine.

    Each draft is marked “needs another look” until a person confirms it.

    An engine on another machine that only the project names is used after you allowed it: you are
    asked once on a terminal.

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
    prepare = partial(suggestions.prepare, locale=locale, engine=engine, again=again, asks=not dry_run)
    prepared = with_permission(actor, lambda: prepare(actor, ref))
    try:
        _run(prepared, form, dry_run=dry_run)
    finally:
        prepared.close()
    if dry_run:
        return 0
    if prepared.error:
        raise prepared.error
    return 3 if prepared.unreadable or any(each.failed for each in prepared.failures) else 0


def _run(prepared: Suggestions, form: str, *, dry_run: bool) -> None:
    """Print what would be sent; unless this is a dry run, send it and print the result."""
    plan = prepared.plan()
    if dry_run and form == "json":
        write_json({"dry_run": True, "plan": _plan_values(plan)})
    else:
        _print_plan(plan, err=not dry_run)
    if dry_run:
        return
    try:
        _ask_engine(prepared)
    finally:
        if form == "json":
            write_json({"dry_run": False, "plan": _plan_values(plan), **_result_values(prepared)})
        else:
            _print_result(prepared)


def _ref(report: str, locale: str, units: str) -> str:
    """Return the sentences to draft as one REF.

    Raise UsageError for options that contradict each other.
    """
    if units and not report:
        raise UsageError(MESSAGES("units"))
    if locale and ":" in report and report.partition(":")[0] != locale:
        raise UsageError(MESSAGES("languages", report=report, locale=locale))
    ref = f"{locale}:{report}" if report and locale and ":" not in report else report
    return reference(ref, units)


def _ask_engine(prepared: Suggestions) -> None:
    total = len(prepared.sentences) - len(prepared.failures)
    with streams.progress_bar(length=total, label=i18n.say(MESSAGES("asking")), hidden=not total) as bar:
        for done in prepared.run():
            bar.update(done)


def _print_plan(plan: Plan, *, err: bool) -> None:
    engine, sentences = machine_label(plan.author), pluralize(plan.sentences, "sentence")
    parts = [MESSAGES("without-text", engine=engine, sentences=sentences)]
    if plan.cached:
        parts.append(MESSAGES("cached", n=plan.cached))
    if plan.host:
        parts.append(_requests(plan) if plan.requests else MESSAGES("nothing-to-send"))
    parts += [MESSAGES("withheld", why=each) for each in plan.withheld]
    (notify if err else print_text)(joined(parts, " "))
    for name in plan.passed_over:
        notify(MESSAGES("passed-over", report=name, command=CommandRef(f"suggest {name}")))


def _plan_values(plan: Plan) -> dict[str, Any]:
    return plan._asdict() | {"withheld": list(map(str, plan.withheld))}


def _result_values(prepared: Suggestions) -> dict[str, Any]:
    """Return what an engine did as plain values."""
    return {
        "drafted": {str(place): count for place, count in prepared.written.items() if count},
        "failed": [{"ref": _refs([each.sentence]), "why": str(each.why)} for each in prepared.failures],
        "warned": [{"ref": _refs([each.sentence]), "checks": list(each.checks)} for each in prepared.warned],
        "unreadable": [str(each) for each in prepared.unreadable],
    }


def _requests(plan: Plan) -> Message:
    """Return what is sent to whom, and what it costs."""
    return MESSAGES(
        "request",
        requests=pluralize(plan.requests, "request"),
        characters=pluralize(plan.characters, "character"),
        host=plan.host,
        cost=_cost(plan),
        spent=f"{plan.spent:.2f}",
        cap=f"{plan.cap:.2f}",
    )


def _cost(plan: Plan) -> Message:
    cost, most = f"{plan.cost:.2f}", f"{plan.most_cost:.2f}"
    if 0 < plan.most_cost < 0.01:
        return MESSAGES("under", currency=plan.currency)
    if plan.most_cost > plan.cost:
        return MESSAGES("about/most", cost=cost, most=most, currency=plan.currency)
    return MESSAGES("about", cost=cost, currency=plan.currency)


def _print_result(prepared: Suggestions) -> None:
    for error in prepared.unreadable:
        print_error(error.message)
    for place, count in prepared.written.items():
        if count:
            print_text(MESSAGES("drafted", place=str(place), n=count))
    _print_warnings(prepared.warned)
    _print_failures(prepared.failures)
    if not prepared.sentences:
        notify(MESSAGES("nothing-to-do"))


def _print_warnings(warned: Sequence[WarnedDraft]) -> None:
    """Print which drafts have an error that the repair left: one line for each check."""
    same: dict[str, list[SentenceToDraft]] = {}
    for each in warned:
        for check in each.checks:
            same.setdefault(check, []).append(each.sentence)
    for check, sentences in list(same.items())[:_MAX_LISTED]:
        notify(MESSAGES("warned", sentences=_refs(sentences), check=check))


def _print_failures(failures: Sequence[FailedDraft]) -> None:
    """Print why sentences got no draft: one line for each reason."""
    same: dict[str, list[SentenceToDraft]] = {}
    for each in failures:
        same.setdefault(each.why, []).append(each.sentence)
    for why, sentences in list(same.items())[:_MAX_LISTED]:
        notify(MESSAGES("no-draft", sentences=_refs(sentences), why=why))
    if rest := sum(map(len, list(same.values())[_MAX_LISTED:])):
        notify(MESSAGES("more", n=rest))


def _refs(sentences: Sequence[SentenceToDraft]) -> str:
    """Return sentences as references to the first catalogs that have them: `en:un-letter#1-3,7`."""
    numbers: dict[CatalogRef, list[int]] = {}
    for each in sentences:
        numbers.setdefault(each.place, []).append(each.number)
    refs = [place.ref(format_positions(positions)) for place, positions in numbers.items()]
    return ", ".join(refs[:_MAX_LISTED] + ["…"] * (len(refs) > _MAX_LISTED))
