"""Workflow of units: the steps, and the reasons to refuse them.

Invariant: the state is derived from the entry and never stored. Every step that changes a target or
makes it fuzzy removes the approval. A unit without a target is never fuzzy. Each `why_not_…`
returns the reason as a message, or `NOTHING`; callers of the steps have to check it before.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow import digests
from transflow.attribution import stamps
from transflow.attribution.authorship import (
    SOURCE,
    is_attributed,
    is_machine,
    with_confirmation,
    with_conflict_text,
    with_target,
)
from transflow.attribution.credits import authors, main_author
from transflow.attribution.machines import is_engine, is_unconfirmed
from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.model.issue import Issue
from transflow.model.settings import Person
from transflow.model.unit import (
    Act,
    Answer,
    Approval,
    Assignment,
    Conflict,
    Question,
    Share,
    Sighting,
    State,
    Unit,
    Waiver,
    live_state,
)

MESSAGES = Messages(
    __name__,
    {
        "unclaimed": "the text was changed outside transflow: whoever wrote it says so first with {command}.",
        "no-text": "there is no text yet.",
        "two-texts": "two people gave it two texts: decide first with {command}.",
        "machine": "a machine wrote it",
        "sent-back": "an editor sent it back",
        "no-editor": "{who} is no editor.",
        "left-out": "it is left out; there is nothing to review.",
        "not-written": "it has no text yet.",
        "draft-changed": "the translations behind it changed: say first that the text is right.",
        "source-changed": "the Korean changed: say first that the text is right.",
        "fuzzy": "it needs another look: say first that the text is right.",
        "question": "{who} asks: “{text}” Answer first with {command}.",
        "issue": "{check}: {issue} Correct it, or waive it with a reason.",
        "own-text": "most of it is by {who}: somebody else reviews it (four eyes).",
        "own-waiver": "{who} is among its authors: another editor waives it.",
    },
)


def is_approved(unit: Unit) -> bool:
    """True if exactly these texts are approved, and nothing was done to them since."""
    return unit.approved is not None and not stamps.why_void(unit)


def state(unit: Unit) -> State:
    if unit.omitted:
        return "omitted"
    if unit.cut:
        return "cut"
    return live_state(unit.target, unit.fuzzy, unit.approved is not None and is_approved(unit))


def without_left_out(units: Sequence[Unit]) -> list[Unit]:
    """Return the units without those that are omitted or cut, unless nothing else is there."""
    return [unit for unit in units if not (unit.omitted or unit.cut)] or list(units)


def open_questions(unit: Unit) -> tuple[Question, ...]:
    """Return the questions that no answer refers to.

    An answer without `re` answers all questions asked before it; one with a time only, as in format
    1, all questions asked at that time.
    """
    return tuple(
        question for question in unit.questions if not any(_answers(answer, question) for answer in unit.answers)
    )


def new_answers(unit: Unit, who: str) -> tuple[Answer, ...]:
    """Return the answers of others to questions of `who`, who did nothing with the unit since.

    An approval after the answer settles it too.
    """
    asked = [question for question in unit.questions if question.who == who]
    if not asked or unit.omitted or unit.cut:
        return ()
    last = max(stamp.time for stamp in stamps.all_stamps(unit) if stamp.who == who)
    approved = unit.approved.time if unit.approved else ""
    return tuple(
        answer
        for answer in unit.answers
        if answer.who != who
        and approved < answer.time >= last
        and any(_answers(answer, question) for question in asked)
    )


def _answers(answer: Answer, question: Question) -> bool:
    return answer.re in (question.reference, question.time) or (not answer.re and answer.time >= question.time)


def unwaived(unit: Unit, issues: Sequence[Issue]) -> list[Issue]:
    """Return the issues without those waived for exactly these texts."""
    waived = {waiver.check for waiver in unit.waivers if is_waiver_valid(waiver, unit)}
    return [issue for issue in issues if issue.check not in waived]


def is_waiver_valid(waiver: Waiver, unit: Unit) -> bool:
    """True if a waiver was given to exactly these texts."""
    return waiver.digest == digests.approval(unit.id, unit.source, unit.target)


def why_not_write(unit: Unit) -> Message:
    """Return why a target must not be edited, or `NOTHING`.

    Words of a target that was changed outside have no author yet: the next editor would be credited
    with all of them.
    """
    if is_attributed(unit):
        return NOTHING
    return MESSAGES("unclaimed", command=CommandRef("unit claim"))


def why_not_confirm(unit: Unit, target: str) -> Message:
    if not target.strip():
        return MESSAGES("no-text")
    if unit.conflicts:
        return MESSAGES("two-texts", command=CommandRef("unit resolve"))
    return why_not_write(unit)


def why_unconfirmed(unit: Unit) -> Message:
    """Return what a target still waits for, according to its notes; `NOTHING` if a person confirmed
    it.

    Notes count, because another program may have removed the fuzzy flag.
    """
    if not unit.target:
        return NOTHING
    authors = {each.who for each in unit.by} - {SOURCE}
    if authors and not unit.translated and (all(map(is_machine, authors)) or is_unconfirmed(unit)):
        return MESSAGES("machine")
    return MESSAGES("sent-back") if unit.returned else NOTHING


def confirm(unit: Unit, target: str, who: str, now: str, draft: Sequence[Share] = ()) -> Unit:
    """Return the unit with `target` confirmed by `who` for the present source.

    The target may be unchanged ("still right"). A unit that is confirmed already stays as it is,
    unless `who` got an answer since. A void approval is removed.
    """
    is_void = unit.approved is not None and not is_approved(unit)
    is_open = unit.fuzzy or unit.previous or is_void or why_unconfirmed(unit) or new_answers(unit, who)
    if target == unit.target and not is_open:
        return unit
    changed = with_target(unit, target, who, now, draft) if target != unit.target else with_confirmation(unit, who, now)
    return changed.replace(fuzzy=False, previous="", returned=None, approved=None)


def confirm_again(unit: Unit, who: str, now: str) -> Unit:
    """Return a confirmed unit, confirmed once more: somebody examined it only now."""
    return with_confirmation(unit, who, now).replace(approved=None)


def draft(
    unit: Unit, target: str, who: str, now: str, shares: Sequence[Share] = (), others: Sequence[Conflict] = ()
) -> Unit:
    """Return the unit with a fuzzy target: unfinished, or a machine's.

    `others` are texts that it was taken from: their words stay with their authors.
    """
    changed = with_target(unit, target, who, now, shares, others) if target != unit.target else unit
    return changed.replace(fuzzy=bool(target), previous=unit.previous if target else "", approved=None)


def why_not_approve(
    unit: Unit, person: Person, now: str, issues: Sequence[Issue] = (), *, alone: bool = False
) -> Message:
    """Return why a person must not approve a unit, or `NOTHING`.

    With `alone`, the author may approve it too: for a paragraph, four eyes are checked for the
    whole story.
    """
    if not person.has_role("editor", now):
        return MESSAGES("no-editor", who=person.id)
    if unit.omitted or unit.cut:
        return MESSAGES("left-out")
    if not unit.target:
        return MESSAGES("not-written")
    if unit.conflicts:
        return MESSAGES("two-texts", command=CommandRef("unit resolve"))
    if unit.fuzzy:
        changed = "draft-changed" if unit.refs else "source-changed"
        return MESSAGES(changed if unit.previous else "fuzzy")
    if unclaimed := why_not_write(unit):
        return unclaimed
    if questions := open_questions(unit):
        return MESSAGES("question", who=questions[0].who, text=questions[0].text, command=CommandRef("unit answer"))
    if errors := [issue for issue in unwaived(unit, issues) if issue.severity == "error"]:
        return MESSAGES("issue", check=errors[0].check, issue=errors[0].message)
    if not alone and main_author(unit) == person.id:
        return MESSAGES("own-text", who=person.id)
    return NOTHING


def approve(unit: Unit, who: str, now: str) -> Unit:
    text_digest = digests.approval(unit.id, unit.source, unit.target)
    return unit.replace(approved=Approval(who, stamps.stamp_for(unit, now), text_digest))


def with_sighting(unit: Unit, shown: Unit, who: str, now: str) -> Unit:
    """Return the unit with a record that `who` saw this machine's text on its own, and judged it.

    `shown` is the unit as it was on the screen. A text without words of a machine gets no record,
    and each person has one for each text.
    """
    machines = [each.who for each in shown.by if each.words] + [each.who for each in shown.translated if each.words]
    text_digest = digests.approval(shown.id, shown.source, shown.target)
    is_known = any((each.who, each.digest) == (who, text_digest) for each in unit.seen)
    if is_known or not shown.target or not any(map(is_machine, machines)):
        return unit
    return unit.replace(seen=(*unit.seen, Sighting(who, stamps.stamp_for(unit, now), text_digest)))


def send_back(unit: Unit, who: str, now: str, reason: str) -> Unit:
    return unit.replace(fuzzy=bool(unit.target), approved=None, returned=act(unit, who, now, reason))


def act(unit: Unit, who: str, now: str, reason: str = "") -> Act:
    """Return a decision about a unit, dated not before earlier ones."""
    return Act(who, stamps.stamp_for(unit, now), reason)


def comment(unit: Unit, text: str) -> Unit:
    """Return the unit with comment lines added.

    A line that begins with "@" would be read as a note, so it gets a dash.
    """
    lines = [f"- {line}" if line.startswith("@") else line for line in map(str.strip, text.splitlines()) if line]
    return unit.replace(comments=(*unit.comments, *lines))


def ask(unit: Unit, who: str, now: str, text: str, to: str = "") -> Unit:
    return unit.replace(questions=(*unit.questions, Question(who, stamps.stamp_for(unit, now), to, text)))


def answer(unit: Unit, who: str, now: str, text: str, question: Question | None = None) -> Unit:
    """Return the unit with a question answered; without `question`, the oldest open one."""
    open_question = question or next(iter(open_questions(unit)), None)
    return unit.replace(
        answers=(
            *unit.answers,
            Answer(who, stamps.stamp_for(unit, now), open_question.reference if open_question else "", text),
        )
    )


def why_not_waive(unit: Unit, person: Person, now: str) -> Message:
    if not person.has_role("editor", now):
        return MESSAGES("no-editor", who=person.id)
    if person.id in (who for who, _ in authors(unit)):
        return MESSAGES("own-waiver", who=person.id)
    return NOTHING


def waive(unit: Unit, check: str, who: str, now: str, reason: str) -> Unit:
    others = tuple(waiver for waiver in unit.waivers if waiver.check != check)
    text_digest = digests.approval(unit.id, unit.source, unit.target)
    return unit.replace(waivers=(*others, Waiver(check, who, stamps.stamp_for(unit, now), text_digest, reason)))


def assign(unit: Unit, who: str, due: str = "") -> Unit:
    return unit.replace(assigned=Assignment(who, due) if who else None)


def claim(unit: Unit, who: str, now: str, before: str | None, draft: Sequence[Share] = ()) -> Unit:
    """Return the unit with a target that was changed outside attributed to `who`.

    `before` is the target that `@by` describes, if it is known: then its authors keep the words
    that survive. Otherwise all words are `who`'s, except those from the draft, and as many as
    machines had: nothing says that these were changed.
    """
    described = before or ""
    old = unit.replace(target=described, text=digests.digest(described) if described else "")
    claimed = with_target(old, unit.target, who, now, draft).replace(approved=None)
    return claimed if before is not None else _with_machines(claimed, unit, who)


def _with_machines(claimed: Unit, before: Unit, who: str) -> Unit:
    """Return a claimed unit whose claimer has left machines as many words as they had."""
    by = {each.who: each for each in claimed.by}
    for each in before.by:
        if is_engine(each.who) and each.who != who:
            count = min(each.words, by[who].words)
            by[each.who] = by[each.who]._replace(words=by[each.who].words + count)
            by[who] = by[who]._replace(words=by[who].words - count)
    return claimed.replace(by=tuple(by.values()))


def resolve(unit: Unit, target: str, who: str, now: str, draft: Sequence[Share] = ()) -> Unit:
    """Return the unit with its conflicts resolved in favour of `target`.

    A text chosen from `@conflict` gets its authors back. In a new text, words taken from any of the
    texts keep their authors.
    """
    chosen = next((each for each in unit.conflicts if each.text == target), None)
    changed = unit
    if chosen and chosen.shares and target != unit.target:
        changed = with_conflict_text(unit, chosen)
    elif target != unit.target:
        changed = with_target(unit, target, chosen.who if chosen else who, now, draft, unit.conflicts)
    if chosen and not chosen.shares:  # a conflict of format 1: its author wrote it then, not now
        times = {each.who: each.time for each in unit.by} | {chosen.who: chosen.time}
        changed = changed.replace(by=tuple(each._replace(time=times[each.who]) for each in changed.by))
    return with_confirmation(changed, who, now).replace(
        conflicts=(), fuzzy=False, previous="", returned=None, approved=None
    )
