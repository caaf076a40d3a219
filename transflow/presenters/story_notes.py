"""Notes beside a paragraph of a story: the sentences behind it, changes, comments.

Invariant: for a change, the old draft, the new draft and the text as written are shown together;
all of it is readable without colours.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence

from rich.text import Text

from transflow.actions.stories.page import Page
from transflow.messages import CommandRef
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.headlines import sentence_titles
from transflow.presenters.i18n import _, count, say
from transflow.presenters.limit_words import limit_phrase
from transflow.presenters.live_notes import left_out_lines, to_come_lines
from transflow.presenters.source_view import changed_source, pieces
from transflow.presenters.unit_lines import SIGNS, state_word
from transflow.presenters.unit_notes import notes
from transflow.presenters.word_diff import diff, marked
from transflow.stories.redraft import KEPT, TOOK_NEW
from transflow.units.workflow import state


def story_notes(
    unit: Unit,
    number: int,
    page: Page,
    format_time: Callable[[str], str],
    issues: Sequence[Issue] = (),
    *,
    outdated: bool = False,
    read: str = "",
    command: Callable[[CommandRef], str] = str,
    person: Callable[[str], str] = str,
) -> Text:
    """Return all notes of a paragraph; `read` is the draft from the reports when writing began."""
    heading = f"{number} · {state_word(state(unit))}"
    if outdated:
        heading += " · " + _("changed while you were writing")
    text = Text().append(heading, "dim")
    if not page.is_read:
        return text.append("\n…", "dim")
    if reason := page.blockers.get(unit.id, ""):
        text.append("\n✗ " + say(reason, command), "bold")
    for issue in issues:
        text.append(f"\n! {say(issue.message, command)}", "bold")
    if read and read != unit.source:
        text.append("\n\n" + _("The translations changed while you were writing") + "\n", "bold")
        text.append_text(pieces(marked(diff(read, unit.source))))
    new, old = page.drafts.get(unit.id, "") or unit.source, unit.previous or unit.source
    changed = bool(unit.refs) and old != new
    if changed:
        text.append("\n\n" + _("What changed in the translations") + "\n", "bold")
        text.append_text(pieces(marked(diff(old, new))))
    text.append("\n\n").append_text(_sources(unit, page, {issue.sentence for issue in issues}))
    for cited in unit.cites:
        text.append("\n" + _("cites {source}").format(source=cited), "not bold")
    if changed:
        text.append_text(_texts_of_change(old, new, unit.target))
    return text.append("\n\n").append_text(notes(unit, format_time, person)).append_text(_not_in_the_story(page))


def _not_in_the_story(page: Page) -> Text:
    """Return the sentences that are to come, and those that are left out."""
    text = Text()
    for title, *others in filter(None, (to_come_lines(page), left_out_lines(page))):
        text.append(f"\n\n{title}", "bold").append("".join(f"\n{line}" for line in others), "not bold dim")
    return text


def _texts_of_change(old: str, new: str, target: str) -> Text:
    """Return both drafts, and the text as written, if there is one."""
    text = Text()
    for title, content in (
        (_("The translations said"), old),
        (_("The translations say now"), new),
        (_("Your text"), target),
    ):
        if content:
            text.append(f"\n\n{title}", "bold").append(f"\n{content}", "not bold")
    return text


def _sources(unit: Unit, page: Page, faulty: Container[str]) -> Text:
    """Return the sentences behind a paragraph; `faulty` has the references of those with issues."""
    text = Text(style="not bold")
    behind = page.sources.get(unit.id, ())
    if not unit.refs:
        return text.append(_("A paragraph of your own: no report stands behind it."), "dim")
    text.append(_("Behind it"), "bold")
    reports = {each.place for sources in page.sources.values() for each in sources}
    names = sentence_titles(((each.place, each.number) for each in behind), reports)
    for name, each in zip(names, behind, strict=True):
        text.append_text(_source(name, each.unit, is_faulty=each.name in faulty))
    return text if behind else text.append("\n" + _("Nothing is left of the sentences behind it."), "dim")


def _source(name: str, unit: Unit, *, is_faulty: bool) -> Text:
    sign = SIGNS[state(unit)][0] + ("!" if is_faulty else "")
    text = Text("\n").append(f"{name} {sign} ", "dim")
    if limit := limit_phrase(unit):
        text.append(f"{limit} · ", "bold")
    text.append_text(changed_source(unit))
    if unit.target:
        text.append(f"\n   {unit.target}", "dim italic")
    return text


def outcome_summary(outcomes: Iterable[str]) -> str:
    """Return how many confirmed paragraphs took their new draft and how many kept their text.

    Empty if none had the choice.
    """
    results = list(outcomes)
    sentences = []
    if took := results.count(TOOK_NEW):
        sentences.append(
            count("{n} paragraph took the changed translations.", "{n} paragraphs took the changed translations.", took)
        )
    if kept := results.count(KEPT):
        sentences.append(count("{n} paragraph kept the standing text.", "{n} paragraphs kept the standing text.", kept))
    return " ".join(sentences)
