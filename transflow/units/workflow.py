"""The steps of a unit, and when each is refused.

Invariant: state is derived from the entry and never stored a second time; every step that changes a text or asks for
another look removes the approval; a unit without a target is never fuzzy. Each `why_not_…` returns the reason in plain
words, or an empty string; the steps themselves trust that it was asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow import digests
from transflow.attribution import stamps
from transflow.attribution.authorship import confirmed, is_attributed, is_machine, rewritten, taken_back
from transflow.attribution.credits import authors, main_author
from transflow.model.issue import Issue
from transflow.model.settings import Person
from transflow.model.unit import Act, Answer, Approval, Assignment, Question, Share, Sighting, State, Unit, Waiver


def is_approved(unit: Unit) -> bool:
    """Whether the unit has an approval that was given to just these texts, and after all that was done to them."""
    return unit.approved is not None and not stamps.why_void(unit)


def state(unit: Unit) -> State:
    if unit.omitted:
        return "omitted"
    if unit.cut:
        return "cut"
    if unit.fuzzy and unit.target:
        return "needs-work"
    if not unit.target:
        return "untranslated"
    return "approved" if is_approved(unit) else "translated"


def open_questions(unit: Unit) -> tuple[Question, ...]:
    """Questions that no answer names; an answer without `re` answers everything asked before it, one with a time alone, as
    format 1 has it, everything asked then."""
    return tuple(
        question
        for question in unit.questions
        if not any(
            answer.re in (question.name, question.time) or (not answer.re and answer.time >= question.time)
            for answer in unit.answers
        )
    )


def unwaived(unit: Unit, issues: Sequence[Issue]) -> list[Issue]:
    """The issues without those that somebody waived for just these texts."""
    waived = {waiver.check for waiver in unit.waivers if holds(waiver, unit)}
    return [issue for issue in issues if issue.check not in waived]


def holds(waiver: Waiver, unit: Unit) -> bool:
    """Whether a waiver was given to just these texts."""
    return waiver.digest == digests.approval(unit.id, unit.source, unit.target)


def why_not_write(unit: Unit) -> str:
    """Words of an unclaimed text are nobody's yet: whoever edits it now would get those of everybody before."""
    if is_attributed(unit):
        return ""
    return "the text was changed outside transflow: whoever wrote it says so first with `transflow unit claim`."


def why_not_confirm(unit: Unit, target: str) -> str:
    if not target.strip():
        return "there is no text to confirm."
    if unit.conflicts:
        return "two people gave it two texts: decide first with `transflow unit resolve`."
    return why_not_write(unit)


def why_unconfirmed(unit: Unit) -> str:
    """Whose word a text still waits for, by its notes; empty where a person gave theirs. Another program may have taken
    the mark away that it needs another look."""
    if not unit.target:
        return ""
    if unit.by and not unit.translated and all(is_machine(each.who) for each in unit.by):
        return "a machine wrote it"
    return "an editor sent it back" if unit.returned else ""


def confirm(unit: Unit, target: str, who: str, now: str, draft: Sequence[Share] = ()) -> Unit:
    """With `target` confirmed by `who` as right for the present source ("still right" where it is the same text).

    What is in order already stays as it is. An approval that was given to other texts goes.
    """
    is_void = unit.approved is not None and not is_approved(unit)
    if target == unit.target and not (unit.fuzzy or unit.previous or is_void or why_unconfirmed(unit)):
        return unit
    changed = rewritten(unit, target, who, now, draft) if target != unit.target else confirmed(unit, who, now)
    return changed.replace(fuzzy=False, previous="", returned=None, approved=None)


def draft(unit: Unit, target: str, who: str, now: str, shares: Sequence[Share] = ()) -> Unit:
    """With a text that needs another look: a person's unfinished one, or a machine's."""
    changed = rewritten(unit, target, who, now, shares) if target != unit.target else unit
    return changed.replace(fuzzy=bool(target), previous=unit.previous if target else "", approved=None)


def why_not_approve(unit: Unit, person: Person, now: str, issues: Sequence[Issue] = (), *, alone: bool = False) -> str:
    """`alone`: four eyes are judged elsewhere (on the whole story, for a paragraph)."""
    if not person.has("editor", now):
        return f"{person.id} is no editor."
    if unit.omitted or unit.cut:
        return "it is left out; there is nothing to approve."
    if not unit.target:
        return "it has no text yet."
    if unit.conflicts:
        return "two people gave it two texts: decide first with `transflow unit resolve`."
    if unit.fuzzy:
        changed = "the draft behind it changed" if unit.refs else "the Korean changed"
        return f"{changed if unit.previous else 'it needs another look'}: confirm the text first."
    if unclaimed := why_not_write(unit):
        return unclaimed
    if questions := open_questions(unit):
        return f"{questions[0].who} asks: “{questions[0].text}” Answer first with `transflow unit answer`."
    if errors := [issue for issue in unwaived(unit, issues) if issue.severity == "error"]:
        return f"{errors[0].check}: {errors[0].message} Correct it, or waive it with a reason."
    if not alone and main_author(unit) == person.id:
        return f"most of it is by {person.id}: somebody else approves it (four eyes)."
    return ""


def approve(unit: Unit, who: str, now: str) -> Unit:
    mark = digests.approval(unit.id, unit.source, unit.target)
    return unit.replace(approved=Approval(who, stamps.on(unit, now), mark))


def sighted(unit: Unit, shown: Unit, who: str, now: str) -> Unit:
    """With a note that `who` had this text of a machine on the screen, by itself, when they judged it. `shown` is the unit as it was
    there. A text without a machine's words makes none, and each person one for each text."""
    machines = [each.who for each in shown.by if each.words] + [each.who for each in shown.translated if each.words]
    mark = digests.approval(shown.id, shown.source, shown.target)
    is_known = any((each.who, each.digest) == (who, mark) for each in unit.seen)
    if is_known or not shown.target or not any(map(is_machine, machines)):
        return unit
    return unit.replace(seen=(*unit.seen, Sighting(who, stamps.on(unit, now), mark)))


def send_back(unit: Unit, who: str, now: str, reason: str) -> Unit:
    return unit.replace(fuzzy=bool(unit.target), approved=None, returned=act(unit, who, now, reason))


def act(unit: Unit, who: str, now: str, reason: str = "") -> Act:
    """Something that somebody does to a unit."""
    return Act(who, stamps.on(unit, now), reason)


def comment(unit: Unit, text: str) -> Unit:
    """With comment lines added. A line that begins with "@" would be read as a note, so it gets a dash before it."""
    lines = [f"- {line}" if line.startswith("@") else line for line in map(str.strip, text.splitlines()) if line]
    return unit.replace(comments=(*unit.comments, *lines))


def ask(unit: Unit, who: str, now: str, text: str, to: str = "") -> Unit:
    return unit.replace(questions=(*unit.questions, Question(who, stamps.on(unit, now), to, text)))


def answer(unit: Unit, who: str, now: str, text: str, question: Question | None = None) -> Unit:
    """With a question answered; without one, the oldest that is open."""
    asked = question or next(iter(open_questions(unit)), None)
    return unit.replace(answers=(*unit.answers, Answer(who, stamps.on(unit, now), asked.name if asked else "", text)))


def why_not_waive(unit: Unit, person: Person, now: str) -> str:
    if not person.has("editor", now):
        return f"{person.id} is no editor."
    if person.id in (who for who, _ in authors(unit)):
        return f"{person.id} is among its authors: another editor waives it."
    return ""


def waive(unit: Unit, check: str, who: str, now: str, reason: str) -> Unit:
    others = tuple(waiver for waiver in unit.waivers if waiver.check != check)
    mark = digests.approval(unit.id, unit.source, unit.target)
    return unit.replace(waivers=(*others, Waiver(check, who, stamps.on(unit, now), mark, reason)))


def assign(unit: Unit, who: str, due: str = "") -> Unit:
    return unit.replace(assigned=Assignment(who, due) if who else None)


def claim(unit: Unit, who: str, now: str, before: str | None, draft: Sequence[Share] = ()) -> Unit:
    """With a text that was changed outside owned by `who`. `before` is the text that `@by` describes, where it is known:
    then its authors keep the words that survive; otherwise all are `who`'s but those from the draft."""
    known = before or ""
    old = unit.replace(target=known, text=digests.digest(known) if known else "")
    return rewritten(old, unit.target, who, now, draft).replace(approved=None)


def resolve(unit: Unit, target: str, who: str, now: str, draft: Sequence[Share] = ()) -> Unit:
    """With one text out of the present one and those of `@conflict`, or another. A chosen text is its authors' again, and the
    words that another one takes over from any of them stay with whoever they are by."""
    chosen = next((each for each in unit.conflicts if each.text == target), None)
    changed = unit
    if chosen and chosen.shares and target != unit.target:
        changed = taken_back(unit, chosen)
    elif target != unit.target:
        changed = rewritten(unit, target, chosen.who if chosen else who, now, draft, unit.conflicts)
    if chosen and not chosen.shares:  # of format 1: the author wrote it then, and not now
        times = {each.who: each.time for each in unit.by} | {chosen.who: chosen.time}
        changed = changed.replace(by=tuple(each._replace(time=times[each.who]) for each in changed.by))
    return confirmed(changed, who, now).replace(conflicts=(), fuzzy=False, previous="", returned=None, approved=None)
