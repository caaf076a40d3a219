"""The `transflow readers` command."""

from __future__ import annotations

import click

from transflow import readers as registry


@click.command()
def readers() -> None:
    """List the kinds of files that reports are read from.

    Each kind has a reader; the list says what it reads and which packages it needs.

    A file is read by the reader that recognises its content; --reader of `add` and `update` names
    another.

    \b
    Examples:
      transflow readers
      transflow add notes.md --reader text
    """
    width = max(map(len, registry.names()))
    for name in registry.names():
        click.echo(f"{name:<{width}}  {registry.load(name).DESCRIPTION}")
        for package, extra in registry.load(name).NEEDS.items():
            found = "not installed" if package in registry.missing(name) else "installed"
            click.echo(f"{'':<{width}}  It needs {package} ({found}): pip install 'transflow[{extra}]'.")
