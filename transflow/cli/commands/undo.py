"""The `transflow undo` command."""

from __future__ import annotations

from collections.abc import Sequence

import click

from transflow.actions import Actor
from transflow.actions.agents import sessions
from transflow.actions.agents.sessions import AgentSession, Undone
from transflow.actions.refs import unit_ref
from transflow.attribution.machines import agent_author
from transflow.attribution.shown_people import shown_id
from transflow.cli.formatting import local_time
from transflow.cli.notices import notify, print_text
from transflow.cli.options import format_option, pass_anonymous_actor
from transflow.cli.streams import write_json
from transflow.errors import UnknownNameError
from transflow.messages import CommandRef, Messages
from transflow.project import Project

MESSAGES = Messages(
    __name__,
    {
        "session": (
            "{id}  {agent}, for {person}, {time}: {n} text in {places}",
            "{id}  {agent}, for {person}, {time}: {n} texts in {places}",
        ),
        "way": "{command} undoes all that an agent did; --session only one of these.",
        "none": "No agent changed anything here that could be undone.",
        "restored": "{ref} is as it was before",
        "restored/planned": "{ref} would be as it was before",
        "stays": "{ref} stays: somebody has changed it since",
        "gone": "{ref} stays: it is not there any more",
        "sum": ("Undone: {n} text of {agent}.", "Undone: {n} texts of {agent}."),
        "sum/planned": (
            "{n} text of {agent} would be undone. Nothing was changed.",
            "{n} texts of {agent} would be undone. Nothing was changed.",
        ),
    },
)


@click.command()
@click.option("--agent", default="", metavar="NAME", help="Undo what this agent did, in all its sessions.")
@click.option("--session", "session_id", default="", metavar="SESSION", help="Undo one session.")
@click.option("--dry-run", is_flag=True, help="Only say what would be undone.")
@format_option
@pass_anonymous_actor
def undo(actor: Actor, agent: str, session_id: str, dry_run: bool, form: str) -> None:
    """List or undo what agents changed (see `transflow mcp`).

    Each sentence and paragraph gets back the text that it had before the agent, and loses the
    agent's questions and comments. What a person has confirmed, edited or answered since stays as
    it is. Only what was changed from this account on this machine can be undone here; what came
    from a colleague is a change in git.

    \b
    Examples:
      transflow undo                         what agents changed
      transflow undo --agent claude --dry-run
      transflow undo --agent claude
    """
    known = sessions.sessions(actor.project.root)
    chosen = _chosen(known, agent, session_id) if agent or session_id else []
    listed = [_session_values(actor.project, each) for each in chosen or known]
    done: list[Undone] = []
    for session in reversed(chosen):
        done += sessions.undo(actor.project, session, dry_run=dry_run)
    if form == "json":
        units = [_values(actor.project, each) for each in done]
        write_json({"dry_run": dry_run, "sessions": listed, "units": units})
    elif chosen:
        _print(actor.project, done, dry_run=dry_run)
        names = ", ".join(dict.fromkeys(each.agent for each in chosen))
        count = sum(each.is_restored for each in done)
        notify(MESSAGES("sum/planned" if dry_run else "sum", n=count, agent=names))
    else:
        _list(actor.project, known)


def _chosen(known: Sequence[AgentSession], agent: str, session_id: str) -> list[AgentSession]:
    """Return the sessions to undo, oldest first. Raise UnknownNameError if there is none."""
    author = agent_author(agent.removeprefix("mt:").removeprefix("agent/")) if agent else ""
    chosen = [each for each in known if each.agent == (author or each.agent) and each.id == (session_id or each.id)]
    if not chosen and session_id:
        raise UnknownNameError("session", session_id, [each.id for each in known])
    if not chosen:
        raise UnknownNameError("agent", agent, sorted({each.agent.rpartition("/")[2] for each in known}))
    return chosen


def _list(project: Project, known: Sequence[AgentSession]) -> None:
    for each in known:
        time, places = local_time(each.began, project.settings.timezone), ", ".join(_catalogs(project, each))
        person = shown_id(project.settings, each.person)
        print_text(
            MESSAGES("session", id=each.id, agent=each.agent, person=person, time=time, n=each.units, places=places)
        )
    notify(MESSAGES("way", command=CommandRef("undo --agent NAME")) if known else MESSAGES("none"))


def _session_values(project: Project, session: AgentSession) -> dict[str, object]:
    return {
        "session": session.id,
        "agent": session.agent,
        "person": shown_id(project.settings, session.person),
        "began": session.began,
        "units": session.units,
        "catalogs": _catalogs(project, session),
    }


def _catalogs(project: Project, session: AgentSession) -> list[str]:
    return [project.ref(each) for each in dict.fromkeys(change.place for change in session.changes) if each]


def _print(project: Project, done: Sequence[Undone], *, dry_run: bool) -> None:
    for each in done:
        values = _values(project, each)
        planned = "/planned" if dry_run else ""
        key = f"restored{planned}" if each.is_restored else ("stays" if values["is_there"] else "gone")
        print_text(MESSAGES(key, ref=str(values["ref"])))


def _values(project: Project, undone: Undone) -> dict[str, object]:
    is_there = project.exists(undone.place)
    ref = unit_ref(project, project.load(undone.place), undone.place, undone.unit) if is_there else str(undone.place)
    return {"ref": ref, "is_restored": undone.is_restored, "is_there": is_there}
