"""Refusal to approve one's own text, with what the person can do instead."""

from __future__ import annotations

from collections.abc import Sequence

from transflow.actions import Actor
from transflow.messages import CommandRef, Message, Messages
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.stories.clearance import is_only_editor
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "alone": "{why} A story of your own is cleared with a reason, which approves its paragraphs: {command}.",
        "only-editor": "{why} Nobody else is an editor: with “clear_alone = true” under [workflow] in transflow.toml, a "
        "story of your own is cleared with a reason, which approves its paragraphs: {command}.",
    },
)


def why_not_approve(actor: Actor, unit: Unit, issues: Sequence[Issue]) -> Message:
    """Return why the user may not approve a unit, or `NOTHING` if they may."""
    refusal = workflow.why_not_approve(unit, actor.user, actor.now, issues)
    if not refusal or workflow.why_not_approve(unit, actor.user, actor.now, issues, alone=True):
        return refusal
    command, settings = CommandRef("clear STORY --alone REASON"), actor.project.settings
    if settings.clear_alone:
        return MESSAGES("alone", why=refusal, command=command)
    is_only = is_only_editor(settings, actor.who, actor.now)
    return MESSAGES("only-editor", why=refusal, command=command) if is_only else refusal
