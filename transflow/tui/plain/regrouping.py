"""Joining and splitting by prompts, with a preview of source and target.

Invariant: nothing is done before the result was read out and the person agreed.
"""

from __future__ import annotations

from transflow.actions.units import regroup as grouping
from transflow.model.unit import Unit
from transflow.presenters.i18n import _, mark
from transflow.tui.plain.commands import Command
from transflow.tui.plain.sentences import CatalogPrompts
from transflow.units import regroup

JOIN = Command("k", ("join", "합치기"), "join", mark("join it with the next one"))
SPLIT = Command("x", ("split", "나누기"), "split", mark("split it in two"))


class RegroupPrompts(CatalogPrompts):
    """Commands `.k` (join) and `.x` (split)."""

    def _has_draft(self, *units: Unit) -> bool:
        has_draft = any(self.view.draft(unit.id) is not None for unit in units)
        if has_draft:
            self.session.refuse(_("There is a draft that is not confirmed yet. Confirm it first, or undo it."))
        return has_draft

    def join(self, _rest: str) -> None:
        _before, after = self.view.neighbours(self.unit.id)
        if after is None:
            self.session.refuse(_("There is no next one."))
            return
        if self._has_draft(self.unit, after):
            return
        place = self.view.place
        source = place.locale if place.folder == "articles" else self.session.project.settings.source
        joined = regroup.join(self.unit, after, source, place.locale)
        self.talk.say(joined.source, f"→ {joined.target or '–'}")
        if joined.fuzzy:
            self.talk.say(_("It will need another look."))
        if self.talk.agree(_("Join these two sentences?")):
            ref = f"{place}#{self.index + 1}-{self.index + 2}"
            if self.run_step(grouping.join, ref, words=_("Done.")):
                self.read_out()

    def split(self, _rest: str) -> None:
        unit = self.unit
        if self._has_draft(unit):
            return
        source_at = "" if unit.refs else self.talk.ask(_("The first words of the second half, in the source: ")).strip()
        if not unit.refs and not source_at:
            return
        target_at = self.talk.ask(_("And in the text: ")).strip() if unit.target else ""
        if unit.target and target_at and unit.target.count(target_at) == 1:
            before, _at, after = unit.target.partition(target_at)
            self.talk.say(f"1) {before.strip()}", f"2) {target_at}{after}")
        if self.talk.agree(_("Split it so?")) and self.run_step(
            grouping.split, self.ref, source_at, target_at, words=_("Done.")
        ):
            self.read_out()
