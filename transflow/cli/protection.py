"""How the protection of a person is shown: what was done, and where the name still is. Nothing here prints the name."""

from __future__ import annotations

import click

from transflow.actions.privacy.protect import Protected


def show(done: Protected) -> None:
    """Prints what protecting somebody did."""
    click.echo(f"The person is {done.new_id} now, in transflow.toml and in {len(done.catalogs)} catalogs.")
    click.echo(f"Whoever it is works with: transflow --as {done.new_id} … (or TRANSFLOW_USER={done.new_id})")
    for path in done.reports:
        click.echo(f"{path}: byline changed")
    for path in done.output.rendered:
        click.echo(f"{path}: rendered anew")
    for path in done.output.removed:
        click.echo(f"{path}: removed; render it again when the story is cleared")
    for pages in done.pages:
        for address in pages.addresses:
            click.echo(f"Published, of {pages.place}; change the page:\n  {address}")
    if done.left:
        click.echo("The name still stands here; edit these files, or take it out of texts with `transflow redact -`:")
        for trace in done.left:
            click.echo(f"  {trace}")
    if done.shared:
        click.echo(
            f"The shared memory still has the old id: {done.shared} When it is back: `transflow memory rebuild`."
        )
    for path in done.journals.left:
        click.echo(f"An open terminal UI holds drafts of the person: close it, then rename or remove\n  {path}")
    _git(done)


def _git(done: Protected) -> None:
    if done.commits is None and done.signed is None:
        return
    if done.signs:
        click.echo(
            "Commits that are made here name the person, from the next one on. Before it:\n"
            f"  git config user.name {done.new_id} && git config user.email {done.new_id}@invalid"
        )
    if done.branches:
        click.echo(
            f"{done.branches} branches or tags have the name or the old id in their own: `git for-each-ref` lists all; "
            "rename or delete these, with the host too."
        )
    if not done.commits and not done.signed:
        click.echo("git: no commit has the name or the old id.")
        return
    files, signed = done.commits or 0, done.signed or 0
    click.echo(
        f"git's history still has the name or the old id, in the files of {files} commits, and the name as author or committer, or in "
        f"the message, of {signed}."
    )
    click.echo("When this is committed, all have pushed and nobody works:")
    for line in (
        "git clone --mirror URL history && cd history",
        f"printf '%s==>%s\\n' 'THE NAME' '{done.new_id}' > ../names   # a line for every spelling and address, and for the old id",
        f"printf '%s\\n' '{done.new_id} <{done.new_id}@invalid> <THEIR@ADDRESS>' > ../mailmap",
        "git filter-repo --replace-text ../names --replace-message ../names --mailmap ../mailmap",
        "git push --mirror --force URL && rm ../names ../mailmap",
    ):
        click.echo(f"  {line}")
    click.echo(
        "  Then everybody clones anew and deletes the old clone; the host empties its caches, forks and pull requests."
    )
