"""The share of machines in a printed story, its label, and who examined their words.

Invariant: the share is computed from the words that print, never stored; a story with a machine's
words prints the label whenever the desk's rule asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from transflow import phrases
from transflow.attribution.authorship import draft_shares
from transflow.attribution.machines import engine_words, engines, examinations, is_engine
from transflow.messages import NOTHING, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.settings import EDITOR_FIELD, MachineRule
from transflow.model.unit import Sighting, Unit
from transflow.stories.compose import DraftSource, placement
from transflow.stories.publications import withheld_people
from transflow.text import words

if TYPE_CHECKING:
    from transflow.stories.printed import PrintContext

MESSAGES = Messages(
    __name__,
    {
        "unexamined": "nobody examined the machine's text by itself: show it, and say that it is right with its mark",
        "never/never": "words in it are a machine's, and [machine] in transflow.toml allows none: rewrite it",
        "never/memory": "words in it are a machine's, and [machine] in transflow.toml allows texts of the memory only: "
        "rewrite it",
        "all": "Every word is a machine's.",
        "all/unlabelled": "Every word is a machine's. Label it or have it rewritten.",
        "share": (
            "{began} of {n} paragraph began as a machine draft, {unchanged}.",
            "{began} of {n} paragraphs began as machine drafts, {unchanged}.",
        ),
        "unchanged": ("{n} is unchanged", "{n} are unchanged"),
    },
)

Origin = Literal["", "mixed", "machine"]
"""Source of the printed words where the label is asked for: people and machines, or machines."""


class MachineShare(NamedTuple):
    """Numbers of words and paragraphs that a story prints, and of those by machines.

    Headline and deck are paragraphs too.
    """

    words: int = 0
    machine_words: int = 0
    paragraphs: int = 0
    began: int = 0
    """Number of paragraphs that began as a machine's draft, whatever is left of it."""
    unchanged: int = 0
    """Number of paragraphs whose every word is a machine's."""

    def asks_for_label(self, rule: MachineRule) -> bool:
        """True if the desk's rule asks for a label on such a story."""
        return self.machine_words > rule.label_words * self.words or self.began > rule.label_began * self.paragraphs

    @property
    def message(self) -> Message:
        """The share as a sentence, to be shown where there is any."""
        unchanged = MESSAGES("unchanged", n=self.unchanged)
        return MESSAGES("share", n=self.paragraphs, began=self.began, unchanged=unchanged)

    def complaint(self, label: str) -> Message:
        """Return that no word is a person's, or `NOTHING`; `label` is the label that prints."""
        if not self.words or self.words != self.machine_words:
            return NOTHING
        return MESSAGES("all" if label else "all/unlabelled")


NO_SHARE = MachineShare()


def printed_paragraphs(article: Catalog, *, as_draft: bool = False) -> tuple[Unit, ...]:
    """Return the units whose words readers see, correction notes included.

    With `as_draft`, paragraphs without a text are those too: they print their draft.
    """
    units = (unit for unit in article.units if not (unit.cut or unit.omitted))
    return tuple(unit for unit in units if unit.target.strip() or as_draft)


def words_of_engines(unit: Unit, behind: Sequence[DraftSource]) -> int:
    """Return the number of words of a paragraph that engines wrote.

    The sentences behind it may name a machine that they did not name when it took their words:
    somebody recorded only then that the text was pasted. All words that it has of them may be the
    machine's.
    """
    if not unit.target:
        return sum(share.words for share in draft_shares([each.unit for each in behind]) if is_engine(share.who))
    known, taken = {share.who for share in unit.translated}, sum(share.words for share in unit.translated)
    late = {who for each in behind if not each.unit.is_left_out for who in engines(each.unit)} - known
    drafted = sum(engine_words(each.unit) for each in behind if late.intersection(engines(each.unit)))
    return min(len(words(unit.target)), engine_words(unit) + min(taken, drafted))


def machine_share(article: Catalog, context: PrintContext, *, as_draft: bool = False) -> MachineShare:
    """Return what machines have in the story as it prints."""
    behind = placement(article, context.reports)
    printed = printed_paragraphs(article, as_draft=as_draft)
    counts = [(len(words(unit.target or unit.source)), words_of_engines(unit, behind[unit.id])) for unit in printed]
    return MachineShare(
        sum(whole for whole, _ in counts),
        sum(machine for _, machine in counts),
        len(printed),
        sum(bool(drafting_engines(unit, behind[unit.id])) for unit in printed),
        sum(0 < whole == machine for whole, machine in counts),
    )


def drafting_engines(unit: Unit, behind: Sequence[DraftSource]) -> tuple[str, ...]:
    """Return the engines that a paragraph, or a sentence behind it, began as drafts of."""
    sentences = (engine for each in behind if not each.unit.is_left_out for engine in engines(each.unit))
    return tuple(dict.fromkeys((*engines(unit), *sentences)))


def rule_of(article: Catalog, context: PrintContext) -> MachineRule:
    return context.settings.machine_rule(article.header.get("Language"))


def origin(article: Catalog, context: PrintContext, *, as_draft: bool = False) -> Origin:
    """Return whose words a story prints if the desk's rule asks for its label; else ""."""
    share = machine_share(article, context, as_draft=as_draft)
    if not share.asks_for_label(rule_of(article, context)):
        return ""
    return "machine" if 0 < share.words == share.machine_words else "mixed"


def label(article: Catalog, context: PrintContext, cleared_by: str = "", *, as_draft: bool = False) -> str:
    """Return the label that the story prints, in its language; empty for none.

    `cleared_by` is the editor who cleared it. One who is protected or withheld, or has no name, is
    "an editor", as long as nobody has cleared it too.
    """
    text = rule_of(article, context).label
    if not text or not origin(article, context, as_draft=as_draft):
        return ""
    locale = article.header.get("Language")
    _ = phrases.translate(locale)
    person = context.settings.person(cleared_by)
    is_named = person is not None and not person.protected and cleared_by not in withheld_people(article)
    name = person.name if person is not None and is_named else ""
    default = _("Translated with machine assistance, reviewed by {editor}.")
    text = default if text == MachineRule().label else text
    return text.replace(EDITOR_FIELD, name or _("an editor"))


def label_rule(article: Catalog, context: PrintContext) -> tuple[str, ...]:
    """Return the desk's own label as it stands in transflow.toml, for the digests of what prints.

    Empty without a label. So it is for a project without `[machine]`: a newer transflow, which
    prints the label there, makes no clearance void.
    """
    text = rule_of(article, context).label
    return ("machine.label", text) if context.settings.machine and text and origin(article, context) else ()


# Examination


def examiners(unit: Unit, behind: Sequence[DraftSource]) -> tuple[Sighting, ...]:
    """Return the records that people examined a paragraph's words of machines, by themselves.

    They are its own, or those of all sentences behind it that a machine has words in; none if one
    of these was not examined.
    """
    own = examinations(unit)
    if own or engine_words(unit.replace(translated=())):
        return own
    drafted = [each.unit for each in behind if not each.unit.is_left_out and engine_words(each.unit)]
    found = [examinations(each) for each in drafted]
    return tuple(dict.fromkeys(each for group in found for each in group)) if found and all(found) else ()


def unexamined(article: Catalog, context: PrintContext) -> list[Unit]:
    """Return the printed paragraphs with words of a machine that nobody examined."""
    behind = placement(article, context.reports)
    return [
        unit
        for unit in printed_paragraphs(article)
        if words_of_engines(unit, behind[unit.id]) and not examiners(unit, behind[unit.id])
    ]


def refusals(article: Catalog, context: PrintContext) -> list[tuple[Unit, Message]]:
    """Return (paragraph, reason) for words of machines that the desk's rule forbids to print."""
    rule = rule_of(article, context)
    if rule.use != "draft":
        why, behind = MESSAGES(f"never/{rule.use}"), placement(article, context.reports)
        return [(unit, why) for unit in printed_paragraphs(article) if words_of_engines(unit, behind[unit.id])]
    if not rule.one_by_one:
        return []
    return [(unit, MESSAGES("unexamined")) for unit in unexamined(article, context)]
