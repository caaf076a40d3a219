"""The `transflow redact` command."""

from __future__ import annotations

from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.privacy.redact import Redacted, redact_text
from transflow.actions.privacy.transform import Owed
from transflow.cli.actors import pass_actor
from transflow.cli.notices import ask, notify, print_text, tell
from transflow.cli.options import format_option
from transflow.cli.rewritten import print_output, rewritten_values
from transflow.cli.session import argument_text
from transflow.cli.streams import is_interactive, write_json
from transflow.errors import UsageError
from transflow.messages import CommandRef, Joined, Messages, joined
from transflow.privacy.redact import Redaction

MESSAGES = Messages(
    __name__,
    {
        "confirm": "Take it out of these {n} places for good?",
        "unchanged": "nothing was changed.",
        "say-yes": "no question can be asked here, and nothing was changed. --dry-run lists the places, --yes redacts "
        "them.",
        "redacted": "{where}: {parts} redacted",
        "redacted/planned": "{where}: {parts} would lose it",
        "drafts": "{path}: drafts redacted",
        "drafts/planned": "{path}: drafts would lose it",
        "nowhere": "It is nowhere in the record.",
        "approve": "To be read and approved again, since the approval was given to another text:",
        "renew": (
            "To be approved again, since its signature named the redacted text too and was removed ({n} text):",
            "To be approved again, since their signatures named the redacted text too and were removed ({n} texts):",
        ),
        "renew-unit": "  transflow unit approve --again {ref}",
        "renew-story": "  transflow clear {ref}",
        "translations": "Translations of what was redacted: they were not changed, and may still say it. Write each "
        "anew, or keep it out of every story. To remove it for good, redact its own words too ({redact}):",
        "translations/planned": "Translations of what would be redacted: they would not be changed, would need another "
        "look, and may still say it. Write each anew, or keep it out of every story. To remove it for good, redact its "
        "own words too ({redact}):",
        "translation": "  {write} or {keep_out}",
        "paragraphs": "Printed paragraphs made from these translations may still say it; each needs another look:",
        "paragraph": "  {ref}",
        "approve-command": "  transflow unit approve {ref}",
        "clear": "To be read and cleared again:\n  transflow clear {place}",
        "residues": "It still stands in files that are not changed; edit them:",
        "person": "  (a person's name: {command})",
        "near": "In other capitals, inside longer words, or in file names; look at these:",
        "busy": "An open terminal UI has it among its drafts; close that and redact again:\n  {path}",
        "page": "Published, of {place}; change the page, and ask search engines and archives to take their copies "
        "out:\n"
        "  {address}",
        "shared": "The shared memory still has it: {why} When it is back: {command}.",
        "engine": "The engine {name} was sent sentences with it: ask its operator to delete them.",
        "engines": "Engines that were asked from this machine, and may have been sent it for suggestions: {names}.",
        "exported": "Files that were exported, copied to another folder, mailed, or loaded into another system: look for "
        "them there, and write them anew ({po}, {memory}).",
        "no-commit": "No commit has it. (Not searched: texts that go over several lines.)",
        "commits": (
            "git: 1 commit has it, in every clone. When the redaction is committed, all have pushed and nobody works:",
            "git: {n} commits have it, in every clone. When the redaction is committed, all have pushed and "
            "nobody works:",
        ),
        "rewrite": "  git clone --mirror URL history && cd history\n"
        "  printf '%s==>%s\\n' 'THE TEXT' '[redacted]' > ../texts   # a line for every spelling\n"
        "  git filter-repo --replace-text ../texts --replace-message ../texts\n"
        "  git push --mirror --force URL && rm ../texts\n"
        "  Then everybody clones anew and deletes the old clone; the host empties its caches, forks and pull "
        "requests.",
    },
)


@click.command()
@click.argument("text")
@click.option("--with", "replacement", default="[redacted]", show_default=True, metavar="TEXT", help="The replacement.")
@click.option("--any-case", is_flag=True, help="Ignore the case of letters.")
@click.option("--dry-run", is_flag=True, help="List what would be affected; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask. Where no question can be asked, this is needed.")
@format_option
@pass_actor
def redact(actor: Actor, text: str, replacement: str, any_case: bool, dry_run: bool, yes: bool, form: str) -> None:
    """Remove a text from every file for good (editors).

    It is removed from reports, translations, stories, notes, glossaries, caches and output.

    White space, line breaks and Markdown markup inside the text do not matter. A name in Latin
    letters is not removed from inside a longer word. "-" reads the text from standard input, so
    that it is not in the history of your shell. What cannot be reached is listed, with what to do
    there. To complete an interrupted redaction, run it again.

    In a terminal, you are asked first; a script says --yes.

    \b
    Examples:
      transflow redact - --with "[name redacted]" --dry-run
      transflow redact - --with "[name redacted]" --yes
      transflow redact "김하늘" --with "[이름 비공개]"
    """
    redaction = Redaction(argument_text(text), replacement, any_case)
    if not dry_run and not yes:
        if not is_interactive():
            raise UsageError(MESSAGES("say-yes"))
        _confirm(redact_text(actor, redaction, dry_run=True))
    redacted = redact_text(actor, redaction, dry_run=dry_run)
    if form == "json":
        write_json({"dry_run": dry_run, **_values(redacted)})
    else:
        _print_result(redacted, dry_run=dry_run)


def _values(redacted: Redacted) -> dict[str, Any]:
    """Return a redaction as plain values, without the text."""
    return {
        "found": [{"where": each.where, "parts": list(map(str, each.parts))} for each in redacted.found],
        **rewritten_values(redacted.done),
        "engines_asked": list(redacted.engines_asked),
    }


def _confirm(planned: Redacted) -> None:
    for each in planned.found:
        tell(joined([f"{each.where}:", joined(each.parts)], " "))
    if not ask(MESSAGES("confirm", n=len(planned.found))):
        raise UsageError(MESSAGES("unchanged"))


def _print_result(redacted: Redacted, *, dry_run: bool) -> None:
    planned = "/planned" if dry_run else ""
    for each in redacted.found:
        print_text(MESSAGES(f"redacted{planned}", where=each.where, parts=Joined(tuple(each.parts))))
    for journal in redacted.done.of("drafts"):
        print_text(MESSAGES(f"drafts{planned}", path=journal.path))
    if not dry_run:
        print_output(redacted.done)
    if not redacted:
        notify(MESSAGES("nowhere"))
    _print_doubts(redacted.done.owed, dry_run=dry_run)
    _print_approvals(redacted.done.owed)
    _print_leftovers(redacted)


def _print_doubts(owed: Owed, *, dry_run: bool) -> None:
    """Print the translations that may still say what was redacted, and what was made from them."""
    if owed.translations:
        print_text(MESSAGES("translations/planned" if dry_run else "translations", redact=CommandRef("redact -")))
    for ref in owed.translations:
        write, keep_out = CommandRef(f"unit set {ref} TEXT"), CommandRef(f"unit record {ref} off")
        print_text(MESSAGES("translation", write=write, keep_out=keep_out))
    if owed.paragraphs:
        print_text(MESSAGES("paragraphs"))
    for ref in owed.paragraphs:
        print_text(MESSAGES("paragraph", ref=ref))


def _print_approvals(owed: Owed) -> None:
    """Print what has to be approved and cleared again."""
    if owed.approve:
        print_text(MESSAGES("approve"))
        for ref in owed.approve:
            print_text(MESSAGES("approve-command", ref=ref))
    if owed.renew:
        print_text(MESSAGES("renew", n=len(owed.renew)))
        for ref in owed.renew:
            print_text(MESSAGES("renew-unit" if "#" in ref else "renew-story", ref=ref))
    for place in owed.clear:
        print_text(MESSAGES("clear", place=str(place)))


def _print_leftovers(redacted: Redacted) -> None:
    """Print what is left to people to do. The text itself is not printed."""
    done = redacted.done
    exact = [each for each in done.residues if each.is_exact]
    if exact:
        print_text(MESSAGES("residues"))
        for trace in exact:
            click.echo(f"  {trace}")
        if any(trace.path == "transflow.toml" for trace in exact):
            print_text(MESSAGES("person", command=CommandRef("person protect ID")))
    if len(exact) < len(done.residues):
        print_text(MESSAGES("near"))
        for trace in done.residues:
            if not trace.is_exact:
                click.echo(f"  {trace}")
    for path in done.busy():
        print_text(MESSAGES("busy", path=str(path)))
    for place, address in done.owed.pages:
        print_text(MESSAGES("page", place=str(place), address=address))
    if why := done.shared():
        print_text(MESSAGES("shared", why=why, command=CommandRef("memory rebuild")))
    for name in done.owed.engines:
        print_text(MESSAGES("engine", name=name))
    if redacted.engines_asked:
        print_text(MESSAGES("engines", names=", ".join(redacted.engines_asked)))
    commits = done.history["commits"]
    if commits is not None:
        _print_git_commands(commits)
    po, memory = CommandRef("export --format po --output DIR"), CommandRef("memory export FILE")
    print_text(MESSAGES("exported", po=po, memory=memory))


def _print_git_commands(commits: int) -> None:
    """Print how to take the text out of git's history, without the text: it is to be in no log."""
    if not commits:
        print_text(MESSAGES("no-commit"))
        return
    print_text(MESSAGES("commits", n=commits))
    print_text(MESSAGES("rewrite"))
