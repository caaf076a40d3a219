"""The `transflow audit` command."""

from __future__ import annotations

import csv

import click

from transflow.actions import Actor
from transflow.actions.stories.audit import Audit, AuditedUnit, DatedAct
from transflow.actions.stories.audit import audit as collect
from transflow.cli.formatting import local_time
from transflow.cli.notices import print_text
from transflow.cli.options import RenamedOption, complete_articles, pass_anonymous_actor, shown_argument
from transflow.cli.streams import machine_stream, write_json
from transflow.csv_text import quoted
from transflow.messages import Message, Messages, joined

MESSAGES = Messages(
    __name__,
    {
        "share": "{story}: {share}",
        "words": "{machine} of {n} words are a machine's.",
        "label": "Label: {label}",
        "no-label": "No label is printed.",
        "cleared": "Cleared by {who}, {time}.",
        "not-cleared": "Not cleared.",
        "unit": "{ref}: {words} words, no machine draft",
        "unit/drafted": "{ref}: {words} words, {drafts}",
        "draft": "{engine}, {count} left",
        "draft/time": "{engine}, {time}, {count} left",
        "examined": "examined by {who}, {time}",
        "unexamined": "examined by nobody",
        "sentences": "examined in its sentences",
        "approved": "approved by {who}, {time}",
        "warnings": "warnings: {checks}",
        "waived": "{check} waived by {who}: {reason}",
    },
)
FIELDS = (
    "story",
    "kind",
    "unit",
    "paragraph",
    "words",
    "machine_words",
    "engines",
    "models",
    "prompts",
    "drafted",
    "examined",
    "unexamined",
    "approved",
    "warnings",
    "waivers",
)
"""Columns of the CSV; several values of a cell are separated by semicolons."""


@click.command()
@shown_argument("story", metavar="STORY", shell_complete=complete_articles)
@click.option(
    "--format",
    "form",
    cls=RenamedOption,
    old=("--to",),
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
)
@pass_anonymous_actor
def audit(actor: Actor, story: str, form: str) -> None:
    """Print the evidence about machine drafts in a story.

    For each printed paragraph, and each sentence behind it: engine, model and prompt version of the
    draft, its time, the words that are left of it, who examined exactly this text on their screen
    and when, who approved it, the warnings that stand, and the waivers. No text is printed; in
    CI nothing of a story that is confidential or under embargo.

    \b
    Examples:
      transflow audit un-story
      transflow audit un-story --format csv > un-story.csv
      transflow audit un-story --format json
    """
    found = collect(actor, story)
    if form == "json":
        write_json(_values(found))
    elif form == "csv":
        _write_csv(found)
    else:
        _print(actor, found)


def _values(found: Audit) -> dict[str, object]:
    return {
        "story": found.story,
        "words": found.share.words,
        "machine_words": found.share.machine_words,
        "paragraphs": found.share.paragraphs,
        "began": found.share.began,
        "unchanged": found.share.unchanged,
        "origin": found.origin,
        "label": found.label,
        "cleared": found.cleared._asdict() if found.cleared else None,
        "units": [
            each._asdict()
            | {
                "drafts": [draft._asdict() for draft in each.drafts],
                "examined": [act._asdict() for act in each.examined],
                "approved": each.approved._asdict() if each.approved else None,
                "waivers": [waiver._asdict() for waiver in each.waivers],
            }
            for each in found.units
        ],
    }


def _write_csv(found: Audit) -> None:
    writer = csv.writer(machine_stream(), lineterminator="\n")
    writer.writerow(FIELDS)
    for each in found.units:
        acts = [" ".join(act) for act in each.examined]
        cells = (
            found.story,
            each.kind,
            each.ref,
            each.paragraph,
            str(each.words),
            str(each.machine_words),
            "; ".join(draft.engine for draft in each.drafts),
            "; ".join(draft.model for draft in each.drafts),
            "; ".join(draft.prompt for draft in each.drafts),
            "; ".join(draft.time for draft in each.drafts),
            "; ".join(acts),
            "yes" if each.unexamined else "no",
            " ".join(each.approved or ()),
            "; ".join(each.warnings),
            "; ".join(f"{waiver.check} {waiver.who} {waiver.time} {waiver.reason}" for waiver in each.waivers),
        )
        writer.writerow([quoted(cell) for cell in cells])


def _print(actor: Actor, found: Audit) -> None:
    print_text(MESSAGES("share", story=found.story, share=found.share.message))
    print_text(MESSAGES("words", machine=found.share.machine_words, n=found.share.words))
    print_text(MESSAGES("label", label=found.label) if found.label else MESSAGES("no-label"))
    print_text(_act(actor, "cleared", found.cleared) if found.cleared else MESSAGES("not-cleared"))
    for each in found.units:
        indent = "  " if each.kind == "sentence" else ""
        print_text(joined([indent, joined(_parts(actor, each), "; ")], ""))


def _parts(actor: Actor, each: AuditedUnit) -> list[Message]:
    drafts = [
        MESSAGES(
            "draft/time" if draft.time else "draft",
            engine="/".join(filter(None, (draft.engine, draft.model))) + (f"@{draft.prompt}" if draft.prompt else ""),
            time=_time(actor, draft.time) if draft.time else "",
            count=draft.words,
        )
        for draft in each.drafts
    ]
    key = "unit/drafted" if drafts else "unit"
    parts = [MESSAGES(key, ref=each.ref, words=each.words, drafts=joined(drafts, "; "))]
    parts += [_act(actor, "examined", act) for act in each.examined]
    if each.unexamined:
        parts.append(MESSAGES("unexamined"))
    elif each.kind == "paragraph" and each.machine_words and not each.examined:
        parts.append(MESSAGES("sentences"))
    if each.approved:
        parts.append(_act(actor, "approved", each.approved))
    if each.warnings:
        parts.append(MESSAGES("warnings", checks=", ".join(each.warnings)))
    parts += [MESSAGES("waived", check=waiver.check, who=waiver.who, reason=waiver.reason) for waiver in each.waivers]
    return parts


def _act(actor: Actor, key: str, act: DatedAct) -> Message:
    return MESSAGES(key, who=act.who, time=_time(actor, act.time))


def _time(actor: Actor, time: str) -> str:
    return local_time(time, actor.project.settings.timezone)
