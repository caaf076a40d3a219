"""Dialogues without a front end: requests in order, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.screens import with_work_left
from transflow.actions import Actor
from transflow.actions.units import steps
from transflow.actions.units.seen import ChangedMeanwhileError
from transflow.actions.units.steps import StepResult
from transflow.messages import joined
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.annotating import comment, omit
from transflow.presenters.dialogues.judging import ask_again
from transflow.presenters.dialogues.paragraphs import paragraphs
from transflow.presenters.dialogues.regrouping import join_sentences, split_sentence
from transflow.presenters.dialogues.requests import (
    AgreeQuestion,
    ChangeCatalog,
    ChoiceQuestion,
    Dialogue,
    LineQuestion,
    Perform,
    Request,
    Say,
    ShowCatalog,
)
from transflow.presenters.dialogues.waiving import waive
from transflow.presenters.dialogues.writing import Continued, Writing, save, save_at_once
from transflow.presenters.formatting import Formats
from transflow.presenters.journal import Journal
from transflow.presenters.mode_rules import Reviewing, Translating, next_unit
from transflow.project import Project

NOW = "2022-03-25T15:40:00Z"


def opened(root: Path, tmp_path: Path) -> CatalogView:
    project = with_work_left(root)
    place = project.find_catalog("un-letter")
    return CatalogView(place, project.load(place), Journal(tmp_path / "drafts"))


def actor(root: Path, who: str) -> Actor:
    project = Project.find(root)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, NOW)


def held(dialogue: Dialogue[Any], *answers: object) -> tuple[list[Request], Any]:
    """Return the requests of a dialogue that gets these results, and its own; None ends it."""
    requests = [next(dialogue)]
    for answer in answers:
        try:
            requests.append(dialogue.throw(answer) if isinstance(answer, Exception) else dialogue.send(answer))
        except StopIteration as end:
            return requests, end.value
    return requests, None


class TestLeaving:
    """Whoever leaves a question changes nothing."""

    @pytest.mark.parametrize("start", ["comment", "omit", "waive", "split"])
    def test_ends_the_dialogue(self, sample: Path, tmp_path: Path, start: str) -> None:
        view = opened(sample, tmp_path)
        unit, settings = view.units[0], Project.find(sample).settings
        issues = [Issue("numbers", "warning", joined(["Look."]))]
        dialogues: dict[str, Callable[[], Dialogue[None]]] = {
            "comment": lambda: comment(view, unit, settings, "claire"),
            "omit": lambda: omit(view, [unit], ""),
            "waive": lambda: waive(view, unit, issues),
            "split": lambda: split_sentence(view, unit),
        }
        requests, _result = held(dialogues[start](), None)
        assert len(requests) == 1
        assert not isinstance(requests[0], ChangeCatalog)


class TestComments:
    def test_the_answer_to_a_question_comes_first_or_last(self, sample: Path, tmp_path: Path) -> None:
        opened(sample, tmp_path / "before")
        steps.ask(actor(sample, "leejin"), "un-letter#1", "Who?", "claire")
        project = Project.find(sample)
        place = project.find_catalog("un-letter")
        view = CatalogView(place, project.load(place), Journal(tmp_path / "drafts"))
        first, last = (
            next(comment(view, view.units[0], project.settings, "claire", answer_last=last)) for last in (False, True)
        )
        assert isinstance(first, ChoiceQuestion)
        assert isinstance(last, ChoiceQuestion)
        assert first.choices[0].startswith("Answer ")
        assert list(last.choices) == [*first.choices[1:], first.choices[0]]

    def test_a_given_text_is_a_comment_without_a_question(self, sample: Path, tmp_path: Path) -> None:
        view = opened(sample, tmp_path)
        dialogue = comment(view, view.units[0], Project.find(sample).settings, "claire", text="See the letter.")
        (request,), _result = held(dialogue)
        assert isinstance(request, ChangeCatalog)
        assert request.arguments == (view.ref(view.units[0].id), "See the letter.")


class TestWaiving:
    def test_needs_a_warning_and_a_reason(self, sample: Path, tmp_path: Path) -> None:
        view = opened(sample, tmp_path)
        unit = view.units[0]
        (told,), _result = held(waive(view, unit, ()))
        assert isinstance(told, Say)
        issues = [Issue("numbers", "warning", joined(["Look."])), Issue("names", "warning", joined(["Look again."]))]
        (which, why, change), _result = held(waive(view, unit, issues), 1, "A quotation.")
        assert isinstance(which, ChoiceQuestion)
        assert isinstance(why, LineQuestion)
        assert isinstance(change, ChangeCatalog)
        assert change.arguments[1:] == ("names", "A quotation.")
        assert list(change.seen_ids) == [unit.id]


class TestJoining:
    def test_shows_the_result_before_anything_is_done(self, sample: Path, tmp_path: Path) -> None:
        view = opened(sample, tmp_path)
        unit, after = next(
            pair for pair in zip(view.units, view.units[1:], strict=False) if pair[1].continued and pair[0].target
        )
        (question, change), _result = held(join_sentences(view, unit, "ko"), True)
        assert isinstance(question, AgreeQuestion)
        assert isinstance(change, ChangeCatalog)
        view.typed(after, "Half a", NOW)
        (question,), _result = held(join_sentences(view, unit, "ko"), False)
        assert isinstance(question, AgreeQuestion)
        assert f"{unit.target} Half a" in str(question.about)


class TestSaving:
    """Somebody else saved in the meantime: both texts are kept until the person decides."""

    def conflict(self, root: Path, tmp_path: Path) -> tuple[Writing, ChangedMeanwhileError, Catalog]:
        view = opened(root, tmp_path)
        unit = view.units[3]
        steps.confirm(actor(root, "leejin"), "un-letter#4", "Theirs.")
        catalog = Project.find(root).load(view.place)
        error = ChangedMeanwhileError(view.place, catalog, [catalog.units[3]])
        return Writing(view, unit, "Mine.", None, str), error, catalog

    @pytest.mark.parametrize(("answer", "text"), [(0, "Mine."), (None, "Mine."), (1, "Theirs.")])
    def test_on_a_screen_one_text_is_gone_on_from(
        self, sample: Path, tmp_path: Path, answer: int | None, text: str
    ) -> None:
        writing, error, catalog = self.conflict(sample, tmp_path)
        requests, result = held(save(writing, steps.confirm), error, answer, catalog)
        assert [type(each) for each in requests] == [Perform, ChoiceQuestion, Perform]
        assert result == Continued(catalog, text)

    def test_keeping_both_asks_again_if_it_changed_again(self, sample: Path, tmp_path: Path) -> None:
        writing, error, catalog = self.conflict(sample, tmp_path)
        done = StepResult(writing.view.place, catalog, (writing.unit.id,), ())
        requests, result = held(save(writing, steps.confirm), error, 2, error, 2, done)
        performed = [each.action for each in requests if isinstance(each, Perform)]
        assert performed == [steps.confirm, steps.keep_both, steps.keep_both]
        assert result is done

    def test_by_prompts_the_own_text_is_saved_at_once_and_none_without_an_answer(
        self, sample: Path, tmp_path: Path
    ) -> None:
        writing, error, catalog = self.conflict(sample, tmp_path)
        done = StepResult(writing.view.place, catalog, (writing.unit.id,), ())
        requests, result = held(save_at_once(writing, steps.confirm, lambda: NOW), error, 0, done)
        assert [type(each) for each in requests] == [Perform, ChoiceQuestion, Perform]
        assert result is done
        _requests, result = held(save_at_once(writing, steps.confirm, lambda: NOW), error, None)
        assert result is False
        draft = writing.view.draft(writing.unit.id)
        assert draft is not None
        assert draft.text == "Mine."

    @pytest.mark.parametrize("agreed", [True, False])
    def test_a_decision_is_asked_again_with_the_changes(self, sample: Path, tmp_path: Path, agreed: bool) -> None:
        writing, error, catalog = self.conflict(sample, tmp_path)
        formats = Formats(str, lambda who: f"the name of {who}")
        requests, result = held(ask_again(writing.view, [writing.unit], error, formats), None, agreed, None)
        assert requests[0] == ShowCatalog(catalog)
        assert isinstance(requests[1], AgreeQuestion)
        assert "Theirs." in str(requests[1].about)
        assert "the name of leejin" in str(requests[1].about)
        assert result is agreed
        assert [each.text for each in requests if isinstance(each, Say)] == ([] if agreed else ["Nothing was done."])


class TestWhatComesNext:
    def test_is_the_next_wanted_unit_round_the_end_or_the_one_below(self, sample: Path, tmp_path: Path) -> None:
        view = opened(sample, tmp_path)
        wanted = [index for index in range(len(view.units)) if Translating().is_wanted(view, index)]
        assert next_unit(view, wanted[0], Translating()) == (wanted[1], True)
        assert next_unit(view, wanted[-1], Translating()) == (wanted[0], True)
        assert next_unit(view, 7, Reviewing()) == (8, False)


@given(st.lists(st.text("ab \t", min_size=1).filter(str.strip), max_size=4))
def test_no_word_of_pasted_paragraphs_is_lost(parts: Sequence[str]) -> None:
    found = paragraphs("\r\n \r\n".join(parts))
    assert [each.split() for each in found] == [part.split() for part in parts]
    assert paragraphs("\n\n".join(found)) == found
