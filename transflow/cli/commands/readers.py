"""The `transflow readers` command."""

from __future__ import annotations

import click

from transflow import readers as registry
from transflow.cli.notices import print_text
from transflow.cli.options import format_option
from transflow.cli.streams import write_json
from transflow.messages import Messages, joined

MESSAGES = Messages(
    __name__,
    {
        "needs": "It needs {package}, which is installed.",
        "needs-missing": "It needs {package}, which is not installed: pip install 'transflow[{extra}]'.",
    },
)


@click.command()
@format_option
def readers(form: str) -> None:
    """List the kinds of files that reports are read from.

    Each kind has a reader; the list says what it reads and which packages it needs.

    A file is read by the reader that recognises its content; --reader of `add` and `update` names
    another.

    \b
    Examples:
      transflow readers
      transflow add notes.md --reader text
    """
    if form == "json":
        write_json([_values(name) for name in registry.names()])
        return
    width = max(map(len, registry.names()))
    for name in registry.names():
        print_text(joined([f"{name:<{width}}", registry.load(name).DESCRIPTION], "  "))
        for package, extra in registry.load(name).NEEDS.items():
            key = "needs-missing" if package in registry.missing(name) else "needs"
            print_text(joined([" " * width, MESSAGES(key, package=package, extra=extra)], "  "))


def _values(name: str) -> dict[str, object]:
    needs = registry.load(name).NEEDS
    return {
        "name": name,
        "description": str(registry.load(name).DESCRIPTION),
        "needs": list(needs),
        "missing": [package for package in needs if package in registry.missing(name)],
    }
