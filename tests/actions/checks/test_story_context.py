"""Stories as checks see them: only with sentences that may be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import done
from support.stories import TEXTS, river
from transflow.actions.checks.story_context import checked_story
from transflow.actions.stories.print_context import load_print_context
from transflow.project import CatalogRef, Project
from transflow.story_checks import CheckedStory

STORY = CatalogRef("en", "articles", "river")


def checked(folder: Path) -> CheckedStory:
    project = Project(folder)
    article = project.load(STORY)
    return checked_story(project, "en", article, load_print_context(project, "en", article))


@pytest.mark.parametrize(
    "command",
    [
        ("unit", "omit", "en:flood#3", "not ours"),
        ("unit", "record", "en:flood#3", "off"),
        ("unit", "record", "en:flood#3", "hold"),
        ("redact", "다친 사람은 없다", "--yes"),
    ],
)
def test_no_check_uses_the_words_of_a_sentence_that_is_not_used(tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = river(tmp_path / "room")
    assert TEXTS["en"][2] in checked(folder).translations
    done(folder, *command, user="mina")
    story = checked(folder)
    assert TEXTS["en"][2] not in story.translations
    behind = [each.target for paragraph in story.paragraphs for each in paragraph.behind]
    assert TEXTS["en"][1] in behind
    assert TEXTS["en"][2] not in behind
