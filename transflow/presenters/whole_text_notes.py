"""Notes beside a story that is edited as one text: warnings, and the sentences behind a paragraph.

Invariant: the sentences are those that the head above the cursor names, saved or not; readable
without colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from transflow.actions.stories.one_text import TextReading
from transflow.errors import UsageError
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.formatting import Formats
from transflow.presenters.headlines import sentence_titles
from transflow.presenters.i18n import _, count, say
from transflow.presenters.unit_lines import SIGNS
from transflow.project import CatalogRef
from transflow.stories.whole_text import NamedSentences, TextPlace, format_refs
from transflow.units.workflow import state


def text_notes(
    place: TextPlace | None,
    sentences: NamedSentences,
    names: Mapping[str, str],
    reading: TextReading | None,
    formats: Formats,
    language: str,
) -> Text:
    """Return the notes for a place in the text; `reading` is that of the text, once it is there.

    `language` is that of the story; `names` are the names of reports as people type them.
    """
    text = Text()
    if place is None:
        return text.append(_("Move the cursor into a paragraph: the sentences behind it are shown here."), "dim")
    unit = _unit_at(place, reading)
    issues = [issue for issue in reading.warnings if unit and issue.location.unit == unit.id] if reading else []
    text.append_text(_warnings(issues, reading, formats))
    try:
        refs = sentences.listed(place.head.refs or "", place.head.line)
    except UsageError as error:
        return text.append(f"✗ {say(error.message, formats.command)}", "bold")
    if not refs:
        words = _("A paragraph of your own: no report stands behind it. Its head may name sentences: {example}")
        return text.append(words.format(example="{new ← un-letter#2,5}"), "dim")
    text.append(_("Behind it"), "bold")
    titles = sentence_titles(
        ((CatalogRef(language, "reports", ref.report), sentences.position_of[ref]) for ref in refs),
        {CatalogRef(language, "reports", ref.report) for ref in sentences.units},
    )
    for ref, title in zip(refs, titles, strict=True):
        sentence, name = sentences.units[ref], format_refs([ref], sentences.position_of, names)
        is_faulty = any(issue.sentence == name for issue in issues)
        text.append(f"\n{title} {SIGNS[state(sentence)][0]}{'!' if is_faulty else ''} ", "dim")
        text.append(sentence.source, "not bold")
        if sentence.target:
            text.append(f"\n   {sentence.target}", "dim italic")
    return text


def _unit_at(place: TextPlace, reading: TextReading | None) -> Unit | None:
    """Return the paragraph at a place, as it would be saved."""
    if reading is None:
        return None
    same = (unit for unit in reading.after.units if place.text and unit.target == place.text)
    headed = (unit for unit in reading.after.units if unit.id in place.head.ids[:1])
    return next(same, None) or next(headed, None)


def _warnings(issues: Sequence[Issue], reading: TextReading | None, formats: Formats) -> Text:
    text = Text(style="not bold")
    if reading is None:
        return text.append("…\n\n", "dim")
    for issue in issues:
        text.append(f"! {say(issue.message, formats.command)}\n", "bold")
    if others := len(reading.warnings) - len(issues):
        text.append(count("{n} more warning in the story", "{n} more warnings in the story", others) + "\n", "dim")
    return text.append("\n") if text else text
