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
        "request": "{requests} with {characters} to {host}: about {cost} {currency}.",
        "request/here": "{requests} with {characters}, on this machine.",
        "withheld": "{why} and is not sent.",
        "finding": "{ref}: {severity} {check} “{quote}”: {message}",
        "finding/withheld": "{ref}: {severity} {check}",
        "none": "Nothing was found.",
        "silent": "{check} of {judge} is right too seldom here and is silent: {command} has the figures.",
        "repaired": "{ref}: repaired, needs another look: {text}",
        "repaired/withheld": "{ref}: repaired, needs another look",
        "not-repaired": "{ref}: not repaired: {why}",
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
      transflow judge un-letter#3-9 --judge openai
      transflow judge un-letter --judge command
      transflow judge un-letter --known
      transflow judge un-letter#4 --repair
    """
    prepared = with_permission(
        actor, lambda: asking.prepare(actor, refs, name, asks=not (dry_run or known), sends=not known)
    )
    with closing(prepared), closing(Findings(actor.project, prepared.known)) as findings:
        if not known:
            plan = prepared.plan()
            _print_plan(plan, form, dry_run=dry_run)
            if dry_run:
                return 0
            _ask(prepared)
        pairs = [pair for pair, _ in prepared.judged] if not known else prepared.pairs
        found = _found(prepared, findings, pairs)
        repairs = Repairs(actor, writes=True).of(found) if repair else []
        if form == "json":
            write_json({"judge": prepared.label, "findings": _values(actor, found), "repairs": _repair_values(repairs)})
        else:
            _print_found(actor, found, repairs)
        for judge_name, kind in findings.silent():
            command = CommandRef("stats --checks")
            notify(MESSAGES("silent", check=f"{judges.CHECK}.{kind}", judge=judge_name, command=command))
    return 3 if prepared.withheld else 0


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
        if dry_run:
            write_json({"dry_run": True, "plan": {**plan._asdict(), "withheld": list(map(str, plan.withheld))}})
        return
    show = print_text if dry_run else notify
    show(MESSAGES("plan", judge=plan.judge, sentences=pluralize(plan.sentences, "sentence"), known=plan.known))
    if plan.requests:
        requests, characters = pluralize(plan.requests, "request"), pluralize(plan.characters, "character")
        key, cost = "request" if plan.host else "request/here", f"{plan.cost:.2f}"
        values = {"host": plan.host, "cost": cost, "currency": plan.currency}
        show(MESSAGES(key, requests=requests, characters=characters, **values))
    for why in plan.withheld:
        show(MESSAGES("withheld", why=why))


def _is_hidden(actor: Actor, pair: Pair) -> bool:
    """Return whether a text must not stand in the log of a CI run."""
    return is_ci() and is_withheld(actor.project, pair.place, actor.now)


def _print_found(actor: Actor, found: list[tuple[Pair, JudgedFinding]], repairs: list[Repaired]) -> None:
    for pair, each in found:
        ref, finding = actor.project.ref(pair.place, pair.number), each.finding
        key = "finding/withheld" if _is_hidden(actor, pair) else "finding"
        values = {"ref": ref, "severity": finding.severity, "check": each.issue.check, "message": each.issue.message}
        print_text(MESSAGES(key, quote=pair.unit.target[slice(*finding.span)], **values))
    if not found:
        notify(MESSAGES("none"))
    for done in repairs:
        ref = actor.project.ref(done.pair.place, done.pair.number)
        if done.why_not:
            print_text(MESSAGES("not-repaired", ref=ref, why=done.why_not))
        else:
            text = "" if _is_hidden(actor, done.pair) else done.text
            print_text(MESSAGES("repaired" if text else "repaired/withheld", ref=ref, text=text))


def _values(actor: Actor, found: list[tuple[Pair, JudgedFinding]]) -> list[dict[str, object]]:
    listed = []
    for pair, each in found:
        finding, is_hidden = each.finding, _is_hidden(actor, pair)
        values: dict[str, object] = {"ref": actor.project.ref(pair.place, pair.number), "judge": each.judge}
        values |= {"check": each.issue.check, "severity": finding.severity, "confidence": finding.confidence}
        values |= {"weight": round(each.weight, 3), "span": list(finding.span)}
        listed.append(values if is_hidden else {**values, "reason": finding.reason, "repair": finding.repair})
    return listed


def _repair_values(repairs: list[Repaired]) -> list[dict[str, object]]:
    return [
        {"ref": each.pair.place.ref(each.pair.number), "repaired": not each.why_not, "why_not": str(each.why_not)}
        for each in repairs
    ]
