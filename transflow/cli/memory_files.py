"""The memory as commands open it, and the commands that exchange it with files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from transflow import language_tags
from transflow.actions import Actor
from transflow.actions.language import memory_exchange
from transflow.actions.language.memory import Memory
from transflow.cli import streams
from transflow.cli.formatting import pluralize
from transflow.cli.notices import print_error, print_text
from transflow.cli.options import locale_option, pass_anonymous_actor
from transflow.cli.permissions import ask_about_memory
from transflow.cli.session import check_input, now, read_input
from transflow.errors import UsageError
from transflow.memory import foreign
from transflow.messages import Joined, Messages
from transflow.presenters import i18n
from transflow.project.files import LARGEST_MEMORY

MESSAGES = Messages(
    __name__,
    {
        "away": "{why} The memory of this machine answers alone.",
        "reading": "Reading",
        "no-tmx": "{file} is no .tmx: name a second file for a pair of texts.",
        "no-memory": "{file} is none of {endings}: the ending says what it is. Name a second file for a pair of texts.",
        "imported": "{translations} taken in.",
        "imported/other": "{translations} taken in, from {source}.",
        "no-language": "--source-lang: “{name}” is no language; write a code, such as ko or zh_Hans.",
        "exported": "{translations} written.",
    },
)


@contextmanager
def open_memory(actor: Actor, locale: str) -> Iterator[Memory]:
    """Open the memory of a language, close it, and print why the shared memory gave no answer.

    Ask first whether the project may write to it, if nobody said so yet.
    """
    ask_about_memory(actor.project)
    opened = Memory(actor.project, actor.project.locale(locale), clock=now)
    try:
        yield opened
    finally:
        opened.close()
        if opened.unavailable_reason:
            print_error(MESSAGES("away", why=opened.unavailable_reason))
        if opened.unsent_reason:
            print_error(opened.unsent_reason)


@contextmanager
def memory_progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Draw a progress bar on a terminal.

    Yield a function to call with the amounts done and in total.
    """
    with streams.progress_bar(length=1, label=i18n.say(label)) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress


@click.command("import")
@click.argument("file")
@click.argument("other", default="", metavar="[FILE]")
@click.option("--replace", is_flag=True, help="Replace a file of the same name.")
@click.option(
    "--source-lang",
    "source",
    default="",
    metavar="L",
    help="The language of the originals. Default: the newsroom's, or else what the file says.",
)
@locale_option
@pass_anonymous_actor
def import_(actor: Actor, file: str, other: str, replace: bool, source: str, locale: str) -> None:
    """Import a TMX, PO, XLIFF or table file, or a pair of text files.

    Of a table (CSV, TSV, text with tabs), the first line may name the columns (source, target, or
    ko, en). Of two text files, line n of the second translates line n of the first.

    A TMX file is copied to locales/<language>/memory/, unchanged; the others are stored there as
    TMX. To remove its contents from the memory, delete it there.

    \b
    Examples:
      transflow memory import old.tmx
      transflow memory import website.po
      transflow memory import news.ko news.en
      transflow memory import wire.tmx --source-lang ja
    """
    language = actor.project.locale(locale)
    if source and not language_tags.named(source):
        raise UsageError(MESSAGES("no-language", name=source))
    options: dict[str, Any] = {"source": language_tags.named(source), "replace": replace}
    imported = _import(actor, language, file, other, options)
    with open_memory(actor, language) as opened, memory_progress(MESSAGES("reading")) as progress:
        opened.refresh(progress)
    translations = pluralize(imported.number, "translation")
    if language_tags.agree(imported.source, actor.project.settings.source):
        print_text(MESSAGES("imported", translations=translations))
    else:
        print_text(MESSAGES("imported/other", translations=translations, source=imported.source))


def _import(actor: Actor, language: str, file: str, other: str, options: dict[str, Any]) -> memory_exchange.Imported:
    """Import a file, or a pair of text files, by its ending."""
    for each in filter(None, (file, other)):
        check_input(each)
    if other:
        data = read_input(file, LARGEST_MEMORY), read_input(other, LARGEST_MEMORY)
        return memory_exchange.import_pair(actor.project, language, data, (file, other), **options)
    if file.lower().endswith(".tmx"):
        data_of_file = read_input(file, LARGEST_MEMORY)
        return memory_exchange.import_tmx(actor.project, language, data_of_file, file, **options)
    if file.lower().rpartition(".")[2] in foreign.ENDINGS:
        data_of_file = read_input(file, LARGEST_MEMORY)
        return memory_exchange.import_foreign(actor.project, language, data_of_file, file, **options)
    raise UsageError(
        MESSAGES("no-memory", file=str(file), endings=Joined((".tmx", *(f".{each}" for each in foreign.ENDINGS))))
    )


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument(
    "other", default=None, required=False, metavar="[FILE]", type=click.Path(dir_okay=False, path_type=Path)
)
@locale_option
@pass_anonymous_actor
def export(actor: Actor, file: Path, other: Path | None, locale: str) -> None:
    """Write the memory as TMX 1.4b, or as two text files.

    It contains no confidential reports.

    \b
    Examples:
      transflow memory export all.tmx
      transflow memory export all.ko all.en
    """
    with open_memory(actor, locale) as opened:
        if other is not None:
            count = memory_exchange.export_pair(opened, (file, other))
        elif file.suffix.lower() == ".tmx":
            count = memory_exchange.export_tmx(opened, file)
        else:
            raise UsageError(MESSAGES("no-tmx", file=str(file)))
    print_text(MESSAGES("exported", translations=pluralize(count, "translation")))
