"""Commands that join and split, in the modes of translators and writers."""

from __future__ import annotations

from collections.abc import Callable

from transflow.presenters.dialogues.regrouping import join_sentences, split_sentence
from transflow.presenters.i18n import mark
from transflow.tui.plain.commands import Command
from transflow.tui.plain.sentences import CatalogPrompts

JOIN = Command("k", ("join", "합치기"), "join", mark("join it with the next one"))
SPLIT = Command("x", ("split", "나누기"), "split", mark("split it in two"))


def regroup_commands(prompts: CatalogPrompts, source_language: str) -> dict[str, Callable[[str], None]]:
    """Return the functions of `.k` and `.x`; `source_language` is that of the sources."""
    view, position = prompts.view, prompts.position

    def join(_rest: str) -> None:
        prompts.converse_and_read_out(join_sentences(view, position.unit, source_language, is_heard=True))

    def split(_rest: str) -> None:
        prompts.converse_and_read_out(split_sentence(view, position.unit))

    return {"join": join, "split": split}
