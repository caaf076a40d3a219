"""The `transflow judge` command."""

from __future__ import annotations

from contextlib import closing

import click

from transflow import judges
from transflow.actions import Actor
from transflow.actions.judges import asking
from transflow.actions.judges.asking import JudgePlan, Judging, Pair
from transflow.actions.judges.found import Findings, JudgedFinding
from transflow.actions.judges.repairs import Repaired, Repairs
from transflow.actions.withheld import is_withheld
from transflow.cli import streams
from transflow.cli.formatting import pluralize
from transflow.cli.notices import notify, print_text
from transflow.cli.options import complete_from, complete_reports, format_option, names_argument, pass_anonymous_actor
from transflow.cli.permissions import with_permission
from transflow.cli.streams import write_json
from transflow.messages import CommandRef, Messages
from transflow.presenters import i18n
from transflow.project.cache import is_ci

MESSAGES = Messages(
    __name__,
    {
        "asking": "Asking",
        "plan": "{judge}: {sentences}, {known} of them judged before.",
        "passed-over": (
            "{n} sentence is not judged: it has no translation, is left out, or must not be printed.",
            "{n} sentences are not judged: they have no translation, are left out, or must not be printed.",
        ),
        "request": "{requests} with {characters} to {host}: {cost}.",
        "request/here": "{requests} with {characters}: on this machine.",
        "about": "about {cost} {currency}",
        "under": "under 0.01 {currency}",
        "free": "free of charge",
        "withheld": "{why} and is not sent.",
        "finding": "{ref}: {severity} {check} “{quote}”: {message}",
        "finding/withheld": "{ref}: {severity} {check}",
        "none": ("Nothing was found in {n} sentence.", "Nothing was found in {n} sentences."),
        "nobody": "No sentence was judged.",
        "unjudged": (
            "{n} sentence was never judged with its present text.",
            "{n} sentences were never judged with their present texts.",
        ),
        "not-kept": "What was found is not kept, because the cache cannot be used ({why}): the next run asks again.",
        "not-kept/off": "it is off",
        "silent": "{check} of {judge} is right too seldom here and is silent: {command} has the figures.",
        "repaired": "{ref}: repaired, needs another look: {text}",
        "repaired/withheld": "{ref}: repaired, needs another look",
        "would-repair": "{ref}: would be repaired: {text}",
        "would-repair/withheld": "{ref}: would be repaired",
        "not-repaired": "{ref}: not repaired: {why}",
        "no-repair": "No repair is proposed.",
        "no-repair/dry": "No repair is known before a judge is asked.",
    },
)


@click.command()
@names_argument("refs", metavar="[REF]…", nargs=-1, shell_complete=complete_reports)
@click.option(
    "--judge",
    "name",
    default="",
    metavar="NAME",
    help=f"The judge: {', '.join(judges.names())}. Default: the one in judges.toml, else openai.",
    shell_complete=complete_from(judges.names),
)
@click.option("--known", is_flag=True, help="Ask nobody: list what judges found earlier, the riskiest first.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent where, and what it would cost; send nothing.")
@click.option("--repair", is_flag=True, help="Write the repairs that it proposes, as drafts that need another look.")
@format_option
@pass_anonymous_actor
def judge(actor: Actor, refs: tuple[str, ...], name: str, known: bool, dry_run: bool, repair: bool, form: str) -> int:
    """Ask a judge about translations, the riskiest first.

    A judge is a language model or a program that names possible mistakes. What it finds is a hint:
    it orders the review (r in Review), and approves, blocks and changes nothing. What editors do
    with its findings says how often it is right; a kind that is right too seldom falls silent.

    Without REF: the sentences that wait for review, in your language.

    \b
    Examples:
      transflow judge un-letter --dry-run
      transflow judge un-letter#3-4 --judge openai
      transflow judge un-letter --judge command
      transflow judge un-letter --known
      transflow judge un-letter#4 --repair
    """
    prepared = with_permission(
        actor, lambda: asking.prepare(actor, refs, name, asks=not (dry_run or known), sends=not known)
    )
    with closing(prepared), closing(Findings(actor.project, prepared.known)) as findings:
        plan = None if known else prepared.plan()
        if plan:
            _print_plan(plan, form, dry_run=dry_run)
        if plan and not dry_run:
            _ask(prepared)
        found = _found(prepared, findings, prepared.pairs if known else [pair for pair, _ in prepared.judged])
        repairs = Repairs(actor, writes=not dry_run).of(found) if repair else []
        if form == "json":
            write_json(_document(prepared, found, repairs, plan if dry_run else None))
        else:
            _print_all(prepared, found, repairs, findings, dry_run=dry_run, known=known, repair=repair)
        if not dry_run:
            _print_remarks(prepared, findings)
    return 1 if prepared.withheld or any(each.why_not for each in repairs) else 0


def _ask(prepared: Judging) -> None:
    """Ask, with a progress bar."""
    with streams.progress_bar(
        length=len(prepared.pairs) - len(prepared.judged), label=i18n.say(MESSAGES("asking"))
    ) as bar:
        for number in prepared.run():
            bar.update(number)


def _found(prepared: Judging, findings: Findings, pairs: list[Pair]) -> list[tuple[Pair, JudgedFinding]]:
    """Return the findings about pairs, the weightiest first; those of this run also if not kept."""
    own = {(pair.place, pair.unit.id): found for pair, found in prepared.judged if not pair.kept}
    listed = []
    for pair in pairs:
        kept = findings.of(pair.place, pair.unit)
        unkept = own.get((pair.place, pair.unit.id), ())
        listed += [(pair, each) for each in kept]
        listed += [
            (pair, JudgedFinding(prepared.label, each, findings.weight(prepared.label, each))) for each in unkept
        ]
    return sorted(listed, key=lambda each: (-each[1].weight, each[0].place, each[0].number))


# Output


def _print_plan(plan: JudgePlan, form: str, *, dry_run: bool) -> None:
    if form == "json":
        return
    show = print_text if dry_run else notify
    show(MESSAGES("plan", judge=plan.judge, sentences=pluralize(plan.sentences, "sentence"), known=plan.known))
    if plan.passed_over:
        show(MESSAGES("passed-over", n=plan.passed_over))
    if plan.requests:
        requests, characters = pluralize(plan.requests, "request"), pluralize(plan.characters, "character")
        key = "free" if not plan.cost else "under" if plan.cost < 0.01 else "about"
        cost = MESSAGES(key, cost=f"{plan.cost:.2f}", currency=plan.currency)
        key = "request" if plan.host else "request/here"
        show(MESSAGES(key, requests=requests, characters=characters, host=plan.host, cost=cost))


def _print_remarks(prepared: Judging, findings: Findings) -> None:
    """Print which kinds are silent, and that what was found is not kept."""
    for judge_name, kind in findings.silent():
        command = CommandRef("stats --checks")
        notify(MESSAGES("silent", check=f"{judges.CHECK}.{kind}", judge=judge_name, command=command))
    if prepared.has_asked and not prepared.known.is_kept:
        folder = prepared.actor.project.cache
        notify(MESSAGES("not-kept", why=str(folder) if folder else MESSAGES("not-kept/off")))


def _is_hidden(actor: Actor, pair: Pair) -> bool:
    """Return whether a text must not stand in the log of a CI run."""
    return is_ci() and is_withheld(actor.project, pair.place, actor.now)


def _print_all(
    prepared: Judging,
    found: list[tuple[Pair, JudgedFinding]],
    repairs: list[Repaired],
    findings: Findings,
    *,
    dry_run: bool,
    known: bool,
    repair: bool,
) -> None:
    actor = prepared.actor
    for why in prepared.why_withheld():
        (print_text if dry_run else notify)(MESSAGES("withheld", why=why))
    if not dry_run:
        _print_findings(actor, found)
        judged = [pair for pair in prepared.pairs if not known or findings.is_judged(pair.place, pair.unit)]
        _print_unfound(prepared, found, len(judged) if known else len(prepared.judged), known=known)
    for done in repairs:
        _print_repair(actor, done, dry_run=dry_run)
    if repair and not repairs:
        notify(MESSAGES("no-repair/dry" if dry_run and prepared.batches else "no-repair"))


def _print_findings(actor: Actor, found: list[tuple[Pair, JudgedFinding]]) -> None:
    for pair, each in found:
        ref, finding = actor.project.ref(pair.place, pair.number), each.finding
        key = "finding/withheld" if _is_hidden(actor, pair) else "finding"
        values = {"ref": ref, "severity": finding.severity, "check": each.issue.check, "message": each.issue.message}
        print_text(MESSAGES(key, quote=pair.unit.target[slice(*finding.span)], **values))


def _print_unfound(prepared: Judging, found: list[tuple[Pair, JudgedFinding]], judged: int, *, known: bool) -> None:
    """Print that nothing was found, and in how many sentences nobody looked."""
    if known and prepared.passed_over:
        notify(MESSAGES("passed-over", n=prepared.passed_over))
    if known and (unjudged := len(prepared.pairs) - judged):
        notify(MESSAGES("unjudged", n=unjudged))
    if not judged:
        notify(MESSAGES("nobody"))
    elif not found:
        notify(MESSAGES("none", n=judged))


def _print_repair(actor: Actor, done: Repaired, *, dry_run: bool) -> None:
    ref = actor.project.ref(done.pair.place, done.pair.number)
    if done.why_not:
        print_text(MESSAGES("not-repaired", ref=ref, why=done.why_not))
        return
    key = "would-repair" if dry_run else "repaired"
    print_text(MESSAGES(f"{key}/withheld" if _is_hidden(actor, done.pair) else key, ref=ref, text=done.text))


def _document(
    prepared: Judging, found: list[tuple[Pair, JudgedFinding]], repairs: list[Repaired], plan: JudgePlan | None
) -> dict[str, object]:
    """Return what is printed as JSON."""
    made = [
        {"ref": each.pair.place.ref(each.pair.number), "repaired": not each.why_not, "why_not": str(each.why_not)}
        for each in repairs
    ]
    withheld = list(map(str, prepared.why_withheld()))
    if plan:
        return {"dry_run": True, "plan": {**plan._asdict(), "withheld": withheld}, "repairs": made}
    values = [_values(prepared.actor, pair, each) for pair, each in found]
    return {"judge": prepared.label, "findings": values, "repairs": made, "withheld": withheld}


def _values(actor: Actor, pair: Pair, found: JudgedFinding) -> dict[str, object]:
    finding = found.finding
    values: dict[str, object] = {"ref": pair.place.ref(pair.number), "judge": found.judge}
    values |= {"check": found.issue.check, "severity": finding.severity, "confidence": finding.confidence}
    values |= {"weight": round(found.weight, 3), "span": list(finding.span)}
    return values if _is_hidden(actor, pair) else {**values, "reason": finding.reason, "repair": finding.repair}
