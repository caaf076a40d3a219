"""`transflow check`: the gate that CI runs."""

from __future__ import annotations

import click

from transflow.cli.session import complete_locales, many, now, project


@click.command()
@click.option(
    "--locale",
    "locales",
    multiple=True,
    metavar="L",
    help="Judge this whole language. May be given more than once.",
    shell_complete=complete_locales,
)
@click.option(
    "--require", type=click.Choice(["translated", "approved"]), help="What a sentence must be. Default: the project's."
)
@click.option(
    "--min",
    "minimum",
    type=click.FloatRange(0, 100),
    help="Percent of the sentences of each catalog. Default: the project's.",
)
@click.option("--max-fuzzy", type=click.IntRange(0), help="How many may need another look.")
@click.option("--all", "everything", is_flag=True, help="Judge every catalog.")
@click.pass_context
def check(
    ctx: click.Context,
    locales: tuple[str, ...],
    require: str | None,
    minimum: float | None,
    max_fuzzy: int | None,
    everything: bool,
) -> int:
    """The gate: exit code 0 passed, 1 failed, 2 usage or configuration, 3 unreadable input.

    Judges stories that are ready, cleared or published and the reports that they use, or the languages named, or all. What no
    gate may hide (void approvals, conflicts, catalogs behind their reports …) is reported wherever it is. Thresholds that are not
    given are those of transflow.toml.

    \b
    Examples:
      transflow check
      transflow check --locale en --require approved
      transflow check --all --min 95 --max-fuzzy 3
    """
    from transflow.actions.checking import Rules
    from transflow.actions.checking import check as judge

    found = project(ctx)
    settings = found.settings
    for locale in locales:
        found.locale(locale)
    rules = Rules(
        require or settings.gate_require,  # type: ignore[arg-type] # by Choice
        settings.gate_min if minimum is None else minimum,
        settings.gate_max_fuzzy if max_fuzzy is None else max_fuzzy,
    )
    verdict = judge(found, now(), rules, locales, everything=everything)
    for line in verdict.lines:
        click.echo(
            f"{line.where}: {line.severity}: {line.message} [{line.check}]"
            if line.message
            else f"{line.where}: {line.severity} [{line.check}]"
        )
    if not verdict.judged and not verdict.lines:
        click.echo("Nothing to judge: no story is ready yet. (--all judges everything.)")
    else:
        errors = sum(line.severity == "error" for line in verdict.lines)
        result = "FAILED" if verdict.exit_code else "passed"
        click.echo(f"{many(len(verdict.judged), 'catalog')} judged, {many(errors, 'error')}: {result}.")
    return verdict.exit_code
