"""The `transflow blame` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories import blame as action
from transflow.cli.formatting import local_time
from transflow.cli.history_output import printed_lines, printed_values
from transflow.cli.history_progress import reading_history, warn_if_shallow
from transflow.cli.notices import print_text
from transflow.cli.options import complete_articles, format_option, pass_anonymous_actor, shown_argument
from transflow.cli.streams import write_json
from transflow.messages import Messages

MESSAGES = Messages(__name__, {"published": "As published, {time}:"})


@click.command()
@shown_argument("story", metavar="STORY", shell_complete=complete_articles)
@format_option
@click.option("--json", "as_json", is_flag=True, hidden=True)
@pass_anonymous_actor
def blame(actor: Actor, story: str, form: str, as_json: bool) -> None:
    """Show who wrote and approved what a story printed.

    For each paragraph and each sentence behind it: who wrote the text, the texts before it and who
    wrote those, and who approved it, with commit and time. Of a published story the texts are those
    of the last publication. STORY may also name paragraphs, as in un-story#3.

    \b
    Examples:
      transflow blame un-story
      transflow blame un-story#2 --format json
    """
    with reading_history() as progress:
        found = action.blame(actor, story, progress)
    if as_json or form == "json":
        texts = [*map(printed_values, found.texts)]
        write_json({"shallow": found.is_shallow, "published": found.published, "texts": texts})
    else:
        timezone = actor.project.settings.timezone
        if found.published:
            print_text(MESSAGES("published", time=local_time(found.published, timezone)))
        for printed in found.texts:
            for line in printed_lines(printed, timezone):
                print_text(line)
    warn_if_shallow(found.is_shallow)
