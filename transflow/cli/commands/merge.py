"""The `transflow merge` command."""

from __future__ import annotations

import os
from pathlib import Path

import click

from transflow.actions.project.git_merge import is_ancestor, merge_files
from transflow.cli.notices import print_error


@click.command()
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.option("--path", default="", metavar="P", help="The path of the file in the project, for messages.")
def merge(base: Path, ours: Path, theirs: Path, path: str) -> int:
    """Merge two versions of a catalog; git runs this.

    They are merged sentence by sentence; `transflow git setup` makes git call this command.

    The result is written over OURS. Exit code 0: merged; 1: merged, and people have to decide
    between texts (the file is still a valid catalog); 3: a side cannot be read, and OURS was not
    changed.

    \b
    Examples:
      transflow merge base.po ours.po theirs.po --path locales/en/reports/un-letter.po
    """
    done = merge_files(base, ours, theirs, path, is_ancestor=is_ancestor(os.environ))
    for line in done.lines:
        print_error(line)
    return int(done.conflict)
