"""A machine's words in a story: whatever happens to them, the label says so; nothing left, nothing
said.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.commands import NOW, TEXTS, done, new_project
from support.machines import ENGINE, draft, set_rule
from support.newsrooms import Clone, newsroom
from support.other_tools import TOOLS, Tool
from support.stories import actor
from transflow import phrases, renderers
from transflow.actions.privacy import protect, redact
from transflow.actions.stories import article, clearance, publish
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.render import render
from transflow.actions.units import pasted, regroup, steps
from transflow.attribution.machines import engine_words
from transflow.errors import TransflowError
from transflow.model.settings import MachineRule
from transflow.model.unit import Unit
from transflow.po.export import ExportInfo, po_text
from transflow.po.omegat import FOLDERS, project_text
from transflow.privacy.redact import Redaction
from transflow.project import CatalogRef, Project
from transflow.stories import machine_share
from transflow.stories.story import story as printed_story
from transflow.units import workflow

LATER, RIVER = "2024-03-26T04:00:00Z", CatalogRef("en", "articles", "river")
LABEL = "Translated with machine assistance, reviewed by an editor."
BY_HAND = "Somebody wrote entirely other words here"


def composed(folder: Path, machine: int = 2) -> Path:
    """Make a story of the report, whose sentence `machine` is a machine's, accepted as it is."""
    set_rule(folder)
    draft(folder, machine, TEXTS[machine - 1])
    for number, text in enumerate(TEXTS, 1):
        steps.confirm(actor(folder, "claire"), f"flood#{number}", text)
    article.compose_article(actor(folder, "eugene"), "river", ["flood"])
    steps.confirm(actor(folder, "eugene"), "river")
    return folder


@pytest.fixture
def river(room: Path) -> Path:
    return composed(room)


def label(folder: Path, place: CatalogRef = RIVER) -> str:
    project = Project(folder)
    catalog = project.load(place)
    return machine_share.label(catalog, load_print_context(project, place.locale, catalog))


def paragraph(folder: Path, number: int, place: CatalogRef = RIVER) -> Unit:
    return Project(folder).load(place).units[number - 1]


# Whatever happens to the words

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["keep-one", "by-hand", "join", "split", "move", "cut", "uncut", "confirm", "whole-text"]),
        st.integers(2, 5),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=7,
)


class Room:
    """A story that people edit, and the words of the machine's draft that still print.

    Words that are in other texts too are not looked at.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.edits = folder, 0
        others = {word.strip(".") for text in (*TEXTS[:1], *TEXTS[2:]) for word in text.split()}
        self.drafted = {word.strip(".") for word in TEXTS[1].split()} - others

    def left(self) -> set[str]:
        """Return the words of the draft that print."""
        units = machine_share.printed_paragraphs(Project(self.folder).load(RIVER))
        found = {word.strip(".,") for unit in units for word in unit.target.split()}
        return found & self.drafted

    def edit(self, what: str, number: int, count: int) -> None:
        units = Project(self.folder).load(RIVER).units
        number, self.edits = min(number, len(units)), self.edits + 1
        ref, unit = f"river#{number}", units[number - 1]
        editor = actor(self.folder, ("eugene", "leejin")[self.edits % 2], f"2024-03-26T04:{self.edits:02}:00Z")
        kept = unit.target.split()[:count]
        if what == "keep-one":
            steps.confirm(editor, ref, " ".join([*kept, "und", "dann", "noch", "mehr"]))
        elif what == "by-hand":
            steps.confirm(editor, ref, f"Ganz andere Wörter {self.edits} stehen hier")
        elif what == "join" and number < len(units):
            regroup.join(editor, f"river#{number}-{number + 1}")
        elif what == "split" and len(unit.target.split()) > count:
            regroup.split(editor, ref, "", " ".join(unit.target.split()[count:]))
        elif what == "move":
            article.move(editor, ref, "0")
        elif what in ("cut", "uncut"):
            article.cut(editor, ref, "" if what == "uncut" else "Too long.", undo=what == "uncut")
        elif what == "confirm":
            steps.confirm(editor, ref)
        elif what == "whole-text":
            text = article.export_text(editor, "river")
            article.import_text(editor, "river", text.replace(" cut ", " severed "))


@settings(
    max_examples={"soak": 300}.get(os.environ.get("EXAMPLES", ""), 6),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edits=EDITS)
def test_one_word_of_a_machine_that_is_left_prints_the_label(edits: list[tuple[str, int, int]], tmp_path: Path) -> None:
    folder = composed(new_project(tmp_path / f"room-{len(list(tmp_path.iterdir()))}"))
    room = Room(folder)
    for edit in edits:
        try:
            room.edit(*edit)
        except TransflowError:
            continue
        if room.left():
            assert label(folder) == LABEL, (edit, room.left())


@pytest.mark.parametrize("at_once", [True, False])
def test_where_nothing_is_left_there_is_no_label(river: Path, at_once: bool) -> None:
    if not at_once:
        steps.confirm(actor(river, "eugene"), "river#2", "Three bridges have gone for good and nobody knows why. Ha.")
        assert label(river) == LABEL
    steps.confirm(actor(river, "eugene", LATER), "river#2", BY_HAND)
    assert label(river) == ""


def test_a_paragraph_that_is_cut_has_no_words_in_print(river: Path) -> None:
    article.cut(actor(river, "eugene"), "river#2", "Too long.")
    assert label(river) == ""
    article.cut(actor(river, "eugene"), "river#2", "", undo=True)
    assert label(river) == LABEL


def test_the_words_of_a_redacted_text_are_gone_and_the_others_are_still_the_machines(river: Path) -> None:
    redact.redact_text(actor(river, "mina", LATER), Redaction("Three bridges", "[…]"))
    assert 0 < engine_words(paragraph(river, 2)) < 9
    assert label(river) == LABEL


def test_a_machines_words_in_a_correction_note_are_printed_words_too(river: Path) -> None:
    steps.confirm(actor(river, "claire", LATER), "flood#2", BY_HAND)
    article.compose_article(actor(river, "eugene", LATER), "river", ["flood"])
    steps.confirm(actor(river, "eugene", LATER), "river#2", BY_HAND)
    clearance.ready(actor(river, "eugene", LATER), "river")
    clearance.clear(actor(river, "mina", LATER), "river")
    publish.record_publication(actor(river, "mina", LATER), "river", ["https://news.example.org/river"])
    assert label(river) == ""
    note = "An earlier version said that nobody was hurt."
    done(river, "correct", "river#3", "--note", note, user="mina")
    number = next(n for n, unit in enumerate(Project(river).load(RIVER).units, 1) if unit.is_note)
    done(river, "unit", "confirm", f"river#{number}", "--with", "chatgpt", user="mina")
    assert label(river) == LABEL


def test_a_page_that_is_printed_as_a_draft_has_the_label_of_what_it_prints(room: Path) -> None:
    set_rule(room)
    draft(room, 2, TEXTS[1])
    for number, text in enumerate(TEXTS, 1):
        steps.confirm(actor(room, "claire"), f"flood#{number}", text)
    article.compose_article(actor(room, "eugene"), "river", ["flood"])
    assert label(room) == ""  # no paragraph has a text yet
    project = Project(room)
    catalog = project.load(RIVER)
    page = printed_story(catalog, load_print_context(project, "en", catalog), NOW, as_draft=True)
    assert (page.label, page.origin) == (LABEL, "mixed")


def test_a_sentence_that_is_recorded_as_pasted_after_the_story_took_it_counts_there(room: Path) -> None:
    set_rule(room)
    for number, text in enumerate(TEXTS, 1):
        steps.confirm(actor(room, "claire"), f"flood#{number}", text)
    article.compose_article(actor(room, "eugene"), "river", ["flood"])
    steps.confirm(actor(room, "eugene"), "river")
    assert label(room) == ""
    pasted.confirm(actor(room, "claire", LATER), "flood#4", "chatgpt")
    assert label(room) == LABEL
    steps.confirm(actor(room, "eugene", LATER), "river#3", BY_HAND)
    assert label(room) == ""


def test_a_paragraph_that_is_copied_into_a_new_one_stays_the_machines(river: Path) -> None:
    article.cut(actor(river, "eugene"), "river#2", "Copied below.")
    article.add(actor(river, "eugene", LATER), "river", "Three bridges failed on the night of the 5th, he said.", "3")
    assert label(river) == LABEL
    assert engine_words(paragraph(river, 4)) in (7, 8)
    article.add(actor(river, "eugene", LATER), "river", "The mayor of the city apologized on the night.", "3")
    assert engine_words(paragraph(river, 4)) == 0
    set_rule(river, one_by_one=True)
    article.add(actor(river, "eugene", LATER), "river", "Three bridges failed on the night of the 5th.", "0")
    assert paragraph(river, 1).fuzzy


# The thresholds of the desk


@pytest.mark.parametrize(
    ("rule", "is_labelled"),
    [
        ({"label_words": 0.0}, True),
        ({"label_words": 0.2}, True),
        ({"label_words": 0.4}, False),  # 9 of 28 words
        ({"label_words": 1.0, "label_began": 0.3}, True),  # 1 of 3 paragraphs
        ({"label_words": 1.0, "label_began": 0.4}, False),
        ({"label_words": 1.0, "label_began": 0.0}, True),
        ({"label": ""}, False),
    ],
)
def test_the_label_follows_the_desks_rule(river: Path, rule: dict[str, Any], is_labelled: bool) -> None:
    set_rule(river, **rule)
    assert bool(label(river)) == is_labelled


def test_what_began_as_a_draft_and_was_rewritten_is_labelled_where_the_desk_wants_that(river: Path) -> None:
    steps.confirm(actor(river, "eugene", LATER), "river#2", BY_HAND)
    assert label(river) == ""
    set_rule(river, label_began=0.0)
    assert label(river) == LABEL


@pytest.mark.parametrize("locale", sorted(phrases.LOCALES))
def test_the_label_is_in_the_language_of_the_page(tmp_path: Path, locale: str) -> None:
    folder = composed_in(tmp_path / "room", locale)
    text = label(folder, CatalogRef(locale, "articles", "river"))
    english = MachineRule().label
    assert text
    assert (text == english.format(editor="an editor")) == (locale == "en")
    clearance.ready(actor(folder, "eugene"), f"{locale}:river")
    clearance.clear(actor(folder, "mina"), f"{locale}:river")
    render(Project(folder), CatalogRef(locale, "articles", "river"), renderers.names(), NOW, as_draft=False)
    page = (folder / f"build/{locale}/river.html").read_text(encoding="utf-8")
    assert "Mina Park" in page
    assert phrases.translate(locale)(english).format(editor="Mina Park") in page


def composed_in(folder: Path, locale: str) -> Path:
    source = {"ko": "en"}.get(locale, "ko")
    new_project(folder, ("en",))
    path = folder / "transflow.toml"
    text = path.read_text(encoding="utf-8").replace('locales = ["en"]', f'locales = ["{locale}"]')
    path.write_text(text.replace('source = "ko"', f'source = "{source}"'), encoding="utf-8")
    set_rule(folder)
    done(folder, "update", user="claire")
    for number, each in enumerate(TEXTS, 1):
        draft(folder, number, each, locale=locale)
        steps.confirm(actor(folder, "claire"), f"{locale}:flood#{number}")
    article.compose_article(actor(folder, "eugene"), f"{locale}:river", ["flood"])
    steps.confirm(actor(folder, "eugene"), f"{locale}:river")
    return folder


def test_a_protected_or_withheld_editor_is_an_editor(river: Path) -> None:
    clearance.ready(actor(river, "eugene"), "river")
    clearance.clear(actor(river, "mina"), "river")
    project = Project(river)
    catalog = project.load(RIVER)
    context = load_print_context(project, "en", catalog)
    assert "reviewed by Mina Park." in machine_share.label(catalog, context, "mina")
    hidden = catalog.replace(header=catalog.header.replace(X_Withheld="mina"))
    assert machine_share.label(hidden, context, "mina") == LABEL
    protect.protect(actor(river, "juno", LATER), "mina", 7)
    clearance.clear(actor(river, "juno", LATER), "river")
    assert label(river) == LABEL


# Other programs, and git


@pytest.mark.parametrize(
    "tool", [each for each in TOOLS if each.name.startswith(("msgcat", "OmegaT", "polib"))], ids=lambda each: each.name
)
def test_a_round_through_another_program_costs_no_label(river: Path, tool: Tool) -> None:
    if why := tool.missing():
        pytest.skip(why)
    # OmegaT empties paragraphs of several sentences.
    for name in ("reports/flood", *(["articles/river"] if tool.name != "OmegaT" else [])):
        path = river / f"locales/en/{name}.po"
        path.write_text(tool.write(path.read_text(encoding="utf-8")), encoding="utf-8")
    done(river, "repair")
    assert label(river) == LABEL


@pytest.mark.skipif(not shutil.which("omegat"), reason="OmegaT is not installed")
@pytest.mark.soak
def test_a_round_through_omegat_costs_no_label(river: Path, tmp_path: Path) -> None:
    root, home = tmp_path / "omegat", tmp_path / "home"
    for name in FOLDERS:
        (root / name).mkdir(parents=True)
    (root / "omegat.project").write_text(project_text("ko", "en"), encoding="utf-8")
    path = river / "locales/en/reports/flood.po"
    shutil.copy(path, root / "source/flood.po")
    subprocess.run(
        ["omegat", str(root), "--mode=console-translate", f"--config-dir={home}", "--disable-project-locking"],
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        timeout=120,
        check=True,
    )
    shutil.copy(root / "target/flood.po", path)
    done(river, "repair")
    assert engine_words(Project(river).load(CatalogRef("en", "reports", "flood")).units[1]) == 9
    assert label(river) == LABEL


def test_a_squash_merge_costs_no_label(tmp_path: Path) -> None:
    _, claire = newsroom(tmp_path)
    place = claire.place()
    unit_id = claire.unit(2).id
    text = "Two bridges reopened Tuesday."
    claire.project.change(
        place, lambda now: now.map_unit(unit_id, lambda unit: workflow.draft(unit, text, ENGINE, NOW))
    )
    for number, words in enumerate(
        ("Bridges open", text, "It took three months.", "He thanked them.", "Buses only.", "All may.", "More."), 1
    ):
        claire.write(f"bridges#{number}", words, 190 + number)
    claire.commit("translated")
    claire.git("switch", "-q", "-c", "branch")
    claire.compose(200, "bridges")
    steps.confirm(claire.actor(201, "eugene"), "story")
    claire.commit("story")
    claire.git("switch", "-q", "main")
    claire.write("bridges#2", "Two bridges reopened on Tuesday.", 202)
    claire.commit("meanwhile")
    claire.git("merge", "-q", "--squash", "branch")
    claire.commit("squashed")
    where = claire.place("story")
    article_ = claire.load("story")
    context = load_print_context(claire.project, where.locale, article_)
    assert machine_share.label(article_, context) == LABEL
    _rewrite_on_both_sides(claire)


def _rewrite_on_both_sides(claire: Clone) -> None:
    """Edit the machine's sentence on two branches: what is left of it is still the machine's."""
    claire.git("switch", "-q", "-c", "other")
    claire.write("bridges#2", "Two bridges reopened on Tuesday morning.", 210, "leejin")
    claire.commit("leejin")
    claire.git("switch", "-q", "main")
    claire.write("bridges#3", "That took three months.", 211)
    claire.commit("claire")
    claire.git("merge", "-q", "--squash", "other")
    claire.commit("squashed")
    assert claire.unit(2).target == "Two bridges reopened on Tuesday morning."
    assert engine_words(claire.unit(2)) == 4


def test_an_export_for_another_program_says_nothing_of_machines_and_is_not_read_back(river: Path) -> None:
    text = po_text(Project(river).load(RIVER), ExportInfo("Herald", "English"))
    assert "mt:" not in text
