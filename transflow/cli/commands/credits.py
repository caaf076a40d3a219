"""The `transflow credits` command."""

from __future__ import annotations

import click

from transflow.actions.stories.render import credit_line, label
from transflow.actions.stories.render import explain_credits as explain_credits
from transflow.actions.stories.render import machine_share as share
from transflow.cli.formatting import pluralize
from transflow.cli.notices import print_text
from transflow.cli.options import format_option, story_argument
from transflow.cli.session import find_project
from transflow.cli.streams import write_json
from transflow.messages import Messages
from transflow.model.references import reference
from transflow.units.positions import format_positions

MESSAGES = Messages(
    __name__,
    {
        "person": "  {name}",
        "work": "{person}, {role}: {words} in {paragraphs}",
        "machine": "  {share}",
        "label": "Label: {label}",
        "withheld": "{person}  (not printed: {why})",
    },
)


@click.command()
@story_argument
@click.option("--explain", is_flag=True, help="List the paragraphs behind every name.")
@format_option
@click.pass_context
def credits(ctx: click.Context, name: str, explain: bool, form: str) -> None:
    """Print the credit line of a story.

    \b
    Examples:
      transflow credits un-story
      transflow credits un-story --explain
      transflow credits un-story --format json
    """
    project = find_project(ctx)
    if form == "json":
        people = [each._asdict() | {"why_not": str(each.why_not)} for each in explain_credits(project, name)]
        write_json({"line": credit_line(project, name), "people": people, "machine": share(project, name)._asdict()})
        return
    click.echo(credit_line(project, name))
    if explain:
        for person in explain_credits(project, name):
            line = MESSAGES("person", name=person.name)
            if person.role:
                paragraphs = reference(name, format_positions(person.paragraphs))
                words = pluralize(person.words, "word")
                line = MESSAGES("work", person=line, role=person.role, words=words, paragraphs=paragraphs)
            print_text(MESSAGES("withheld", person=line, why=person.why_not) if person.why_not else line)
        if (found := share(project, name)).began:
            print_text(MESSAGES("machine", share=found.message))
            printed = label(project, name)
            if complaint := found.complaint(printed):
                print_text(MESSAGES("machine", share=complaint))
            if printed:
                print_text(MESSAGES("machine", share=MESSAGES("label", label=printed)))
