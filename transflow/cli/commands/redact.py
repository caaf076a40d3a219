"""The `transflow redact` command."""

from __future__ import annotations

import sys

import click

from transflow.actions import Actor
from transflow.actions.privacy.redact import Redacted, redact_text
from transflow.actions.privacy.transform import Owed
from transflow.cli.actors import pass_actor
from transflow.cli.rewritten import print_output
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


def _print_result(redacted: Redacted, *, dry_run: bool) -> None:
    verb = "would lose it" if dry_run else "redacted"
    for each in redacted.found:
        click.echo(f"{each.where}: {', '.join(each.parts)} {verb}")
    for journal in redacted.done.of("drafts"):
        click.echo(f"{journal.path}: drafts {verb}")
    if not dry_run:
        print_output(redacted.done)
    if not redacted:
        click.echo("It is nowhere in the record.", err=True)
    _print_approvals(redacted.done.owed)
    _print_leftovers(redacted)


def _print_approvals(owed: Owed) -> None:
    """Print what has to be approved and cleared again."""
    if owed.approve:
        click.echo("To be read and approved again, since the approval was given to another text:")
        for ref in owed.approve:
            click.echo(f"  transflow unit approve {ref}")
    for place in owed.clear:
        click.echo(f"To be read and cleared again:\n  transflow clear {place}")


def _print_leftovers(redacted: Redacted) -> None:
    """Print what is left to people to do. The text itself is not printed."""
    done = redacted.done
    exact = [each for each in done.residues if each.is_exact]
    if exact:
        click.echo("It still stands in files that are not changed; edit them:")
        for trace in exact:
            click.echo(f"  {trace}")
        if any(trace.path == "transflow.toml" for trace in exact):
            click.echo("  (a person's name: `transflow person protect ID`)")
    if len(exact) < len(done.residues):
        click.echo("In other capitals, inside longer words, or in file names; look at these:")
        for trace in done.residues:
            if not trace.is_exact:
                click.echo(f"  {trace}")
    for path in done.busy():
        click.echo(f"An open terminal UI has it among its drafts; close that and redact again:\n  {path}")
    for place, address in done.owed.pages:
        click.echo(
            f"Published, of {place}; change the page, and ask search engines and archives to take their copies out:\n  {address}"
        )
    if why := done.shared():
        click.echo(f"The shared memory still has it: {why} When it is back: `transflow memory rebuild`.")
    for name in done.owed.engines:
        click.echo(f"The engine {name} was sent sentences with it: ask its operator to delete them.")
    if redacted.engines_asked:
        names = ", ".join(redacted.engines_asked)
        click.echo(f"Engines that were asked from this machine, and may have been sent it for suggestions: {names}.")
    commits = done.history["commits"]
    if commits is not None:
        _print_git_commands(commits)
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
