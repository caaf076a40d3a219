"""The `transflow redact` command."""

from __future__ import annotations

import sys

import click

from transflow.actions import Actor
from transflow.actions.privacy.redact import Redacted, redact_text
from transflow.cli.actors import pass_actor
from transflow.errors import UsageError
from transflow.privacy.redact import Redaction


@click.command()
@click.argument("text")
@click.option("--with", "replacement", default="[redacted]", show_default=True, metavar="TEXT", help="The replacement.")
@click.option("--any-case", is_flag=True, help="Ignore the case of letters.")
@click.option("--dry-run", is_flag=True, help="List what would be affected; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_actor
def redact(actor: Actor, text: str, replacement: str, any_case: bool, dry_run: bool, yes: bool) -> None:
    """Remove a text from every file for good (editors).

    It is removed from reports, translations, stories, notes, glossaries, caches and output.

    White space, line breaks and Markdown markup inside the text do not matter. A name in Latin
    letters is not removed from inside a longer word. "-" reads the text from standard input, so
    that it is not in the history of your shell. What cannot be reached is listed, with what to do
    there. To complete an interrupted redaction, run it again.

    \b
    Examples:
      transflow redact - --with "[name redacted]" --dry-run
      transflow redact "김하늘" --with "[이름 비공개]"
    """
    redaction = Redaction(sys.stdin.read() if text == "-" else text, replacement, any_case)
    if dry_run:
        _print_result(redact_text(actor, redaction, dry_run=True), dry_run=True)
        return
    if not yes and text != "-" and sys.stdin.isatty():
        _confirm(redact_text(actor, redaction, dry_run=True))
    _print_result(redact_text(actor, redaction), dry_run=False)


def _confirm(planned: Redacted) -> None:
    for each in planned.found:
        click.echo(f"{each.where}: {', '.join(each.parts)}", err=True)
    if not click.confirm(f"Take it out of these {len(planned.found)} places for good?", err=True):
        raise UsageError("nothing was changed.")


def _print_result(done: Redacted, *, dry_run: bool) -> None:
    verb = "would lose it" if dry_run else "redacted"
    for each in done.found:
        click.echo(f"{each.where}: {', '.join(each.parts)} {verb}")
    for path in done.journals.changed:
        click.echo(f"{path}: drafts {verb}")
    for path in done.output.rendered:
        click.echo(f"{path}: rendered anew")
    for path in done.output.removed:
        click.echo(f"{path}: removed; render it again when the story is cleared")
    if not done:
        click.echo("It is nowhere in the record.", err=True)
    _print_approvals(done)
    _print_leftovers(done)


def _print_approvals(done: Redacted) -> None:
    """Print what has to be approved and cleared again."""
    if done.approve_again:
        click.echo("To be read and approved again, since the approval was given to another text:")
        for ref in done.approve_again:
            click.echo(f"  transflow unit approve {ref}")
    for place in done.clear_again:
        click.echo(f"To be read and cleared again:\n  transflow clear {place}")


def _print_leftovers(done: Redacted) -> None:
    """Print what is left to people to do. The text itself is not printed."""
    if done.residues:
        click.echo("It still stands in files that are not changed; edit them:")
        for trace in done.residues:
            click.echo(f"  {trace}")
        if any(trace.path == "transflow.toml" for trace in done.residues):
            click.echo("  (a person's name: `transflow person protect ID`)")
    if done.near_matches:
        click.echo("In other capitals, inside longer words, or in file names; look at these:")
        for trace in done.near_matches:
            click.echo(f"  {trace}")
    for path in done.journals.busy:
        click.echo(f"An open terminal UI has it among its drafts; close that and redact again:\n  {path}")
    for place, address in done.pages:
        click.echo(
            f"Published, of {place}; change the page, and ask search engines and archives to take their copies out:\n  {address}"
        )
    if done.shared:
        click.echo(f"The shared memory still has it: {done.shared} When it is back: `transflow memory rebuild`.")
    for name in done.engines:
        click.echo(f"The engine {name} was sent sentences with it: ask its operator to delete them.")
    if done.engines_asked:
        names = ", ".join(done.engines_asked)
        click.echo(f"Engines that were asked from this machine, and may have been sent it for suggestions: {names}.")
    if done.commits is not None:
        _print_git_commands(done.commits)
    click.echo(
        "Files that were exported, copied to another folder, mailed, or loaded into another system: look for them there, and write "
        "them anew (`transflow export --to po --output DIR`, `transflow memory export FILE`)."
    )


def _print_git_commands(commits: int) -> None:
    """Print how to take the text out of git's history, without the text: it is to be in no log."""
    if not commits:
        click.echo("No commit has it. (Not searched: texts that go over several lines.)")
        return
    times = "1 commit has it" if commits == 1 else f"{commits} commits have it"
    click.echo(f"git: {times}, in every clone. When the redaction is committed, all have pushed and nobody works:")
    for line in (
        "git clone --mirror URL history && cd history",
        "printf '%s==>%s\\n' 'THE TEXT' '[redacted]' > ../texts   # a line for every spelling",
        "git filter-repo --replace-text ../texts --replace-message ../texts",
        "git push --mirror --force URL && rm ../texts",
    ):
        click.echo(f"  {line}")
    click.echo(
        "  Then everybody clones anew and deletes the old clone; the host empties its caches, forks and pull requests."
    )
