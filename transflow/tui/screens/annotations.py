"""Annotations of a unit: comments, questions and answers, omission, history, terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.text import Text

from transflow.actions.units import steps
from transflow.actions.units.steps import StepResult
from transflow.model.unit import Unit
from transflow.presenters.i18n import _, count
from transflow.presenters.source_view import changed_source
from transflow.presenters.unit_lines import kind_word, state_word
from transflow.presenters.unit_notes import notes
from transflow.tui.dialogs import Ask, Choose, Tell
from transflow.tui.screens.judging import Judging, unit_marks
from transflow.units.workflow import open_questions, state


class AnnotationSteps(Judging):
    """Commands that annotate units."""

    def _show_result(self, words: str, result: StepResult) -> None:
        """Display the catalog after a step that does not change texts."""
        self.show_catalog(result.catalog)
        self.paint_unit()
        self.say(words)

    def action_comment(self) -> None:
        """Add a comment, ask a person, or answer a question."""
        unit = self.unit
        if unit is None or self.view is None:
            return
        settings = self.app.project.settings
        people = [person.id for person in settings.people if person.id != self.app.user.id and not person.left]
        choices = [_("Comment"), _("Ask anyone"), *(_("Ask {who}").format(who=self.person_name(who)) for who in people)]
        questions = open_questions(unit)
        if questions:
            question = questions[0]
            choices.insert(0, _("Answer {who}: {text}").format(who=self.person_name(question.who), text=question.text))
        ref, first = self.view.ref(unit.id), 1 if questions else 0

        def answered(choice: int | None) -> None:
            if choice is None:
                return
            if questions and choice == 0:
                self._ask_text(
                    choices[0],
                    partial(self._annotate, partial(steps.answer, question=questions[0]), ref, _("Answered.")),
                )
            elif choice == first:
                self._ask_text(choices[choice], partial(self._annotate, steps.comment, ref, _("Noted.")))
            else:
                to = people[choice - first - 2] if choice - first >= 2 else ""
                self._ask_text(choices[choice], partial(self._annotate, partial(steps.ask, to=to), ref, _("Asked.")))

        self.app.push_screen(Choose(_("What do you want to say?"), choices), answered)

    def _ask_text(self, question: str, then: object) -> None:
        assert callable(then)

        def answered(text: str | None) -> None:
            if text:
                then(text)

        about = self.unit.source if self.unit else ""
        self.app.push_screen(Ask(question, about), answered)

    def _annotate(self, action: object, ref: str, words: str, text: str) -> None:
        assert callable(action)
        self.perform_action(action, ref, text, then=partial(self._show_result, words))

    # Omitting

    def action_omit(self) -> None:
        """Omit the chosen sentences, with a reason; restore them if all of them are omitted."""
        view, ids = self.view, self.selected_ids()
        units = [unit for unit_id in ids if view is not None and (unit := view.find(unit_id))]
        if view is None or not units:
            return
        if all(unit.omitted for unit in units):
            words = count("{n} sentence is translated after all.", "{n} sentences are translated after all.", len(ids))
            self._run_on_units(steps.restore, ids, words)
            return
        words = count("{n} sentence is left out.", "{n} sentences are left out.", len(ids))
        question = count("Why is {n} sentence left out?", "Why are {n} sentences left out?", len(ids))
        self._ask_text(question, lambda reason: self._run_on_units(steps.omit, ids, words, reason))

    def _run_on_units(self, action: Callable[..., StepResult], ids: Sequence[str], words: str, *arguments: str) -> None:
        if self.view is not None:
            painted = self.displayed_units(ids)
            failed = self.ask_again_on_change(
                painted, lambda: self._run_on_units(action, ids, words, *arguments), self.refuse
            )
            done = partial(self._show_result, words)
            self.perform_action(
                action, self.view.ref(*ids), *arguments, seen=unit_marks(painted), then=done, failed=failed
            )

    # Reading

    def action_history(self) -> None:
        unit = self.unit
        if unit is not None and self.view is not None:
            title = f"{self.view.place.slug}#{self.view.number(unit.id)}  {unit.id}"
            self.app.push_screen(Tell(title, self._history_text(unit)))

    def _history_text(self, unit: Unit) -> Text:
        text = Text(f"{kind_word(unit)} · {state_word(state(unit))}\n\n").append_text(changed_source(unit))
        text.append(f"\n→ {unit.target or '–'}\n\n")
        if unit.refs:
            text.append(_("from {refs}").format(refs=" ".join(map(str, unit.refs))) + "\n\n")
        return text.append_text(notes(unit, self.format_time))

    # Terms

    def action_add_term(self) -> None:
        terms, unit, view = self.app.assistants.terms, self.unit, self.view
        if terms is None or unit is None or view is None:
            self.say(_("No glossary is installed."))
            return

        def pair_entered(pair: str | None) -> None:
            source, arrow, target = (pair or "").partition("=")
            if arrow and source.strip() and target.strip():
                self.perform_action(terms.add, view.place.locale, source.strip(), target.strip(), then=self._added_term)

        self.app.push_screen(Ask(_("Term = how it is spelled in the other language"), unit.source), pair_entered)

    def _added_term(self, _nothing: None) -> None:
        if self.view is not None:
            self.view.forget_checks()
        self.check_next_units()
        self.ask_helpers()
        self.say(_("In the glossary now."))
