"""Session of one user in one project, which runs actions.

Invariant: a refusal is printed and changes nothing; any other error is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from transflow.actions import Actor
from transflow.actions.engines.permissions import UndecidedError
from transflow.actions.stories.reading import StoryChangedError
from transflow.actions.units.seen import ChangedMeanwhileError
from transflow.errors import TransflowError
from transflow.messages import CommandRef
from transflow.model.settings import Person
from transflow.model.unit import Unit
from transflow.presenters.assistants import Assistants
from transflow.presenters.formatting import format_deadline, format_person, format_time
from transflow.presenters.i18n import say
from transflow.presenters.journal import Journal
from transflow.presenters.presence import Presence
from transflow.privacy.pseudonyms import shown_unit
from transflow.project import Project
from transflow.tui.plain.commands import Command, command_label
from transflow.tui.plain.talk import Talk

Value = TypeVar("Value")


class Session:
    """Session of one user. `refusals` counts refusals, for the exit code of a script."""

    def __init__(
        self,
        project: Project,
        user: Person,
        clock: Callable[[], str],
        journal: Journal,
        talk: Talk,
        helpers: Assistants,
    ) -> None:
        self.project, self.user, self.clock = project, user, clock
        self.journal, self.talk, self.assistants = journal, talk, helpers
        self.presence = Presence(project.root, user.id)
        self.refusals = 0
        self.commands: Sequence[Command] = ()
        """Commands of the present mode, which refusals name."""

    def actor(self) -> Actor:
        return Actor(self.project, self.user, self.clock())

    def run_action(self, action: Callable[..., Value], *arguments: Any, **options: Any) -> Value | None:
        """Run an action with the present `Actor` as its first argument.

        A refusal is printed, and returns None. ChangedMeanwhileError, StoryChangedError and
        UndecidedError are raised, because only the caller knows what to ask then.
        """
        try:
            return action(self.actor(), *arguments, **options)
        except (ChangedMeanwhileError, StoryChangedError, UndecidedError):
            raise
        except (TransflowError, OSError) as error:
            self.refuse(error.message if isinstance(error, TransflowError) else str(error))
            return None

    def refuse(self, why: str) -> None:
        self.refusals += 1
        self.talk.say(f"✗ {say(why, self._command_label)}")

    def _command_label(self, command: CommandRef) -> str:
        return command_label(command, self.commands)

    def format_time(self, time: str) -> str:
        return format_time(time, self.project.settings.timezone, self.clock())

    def format_deadline(self, time: str) -> str:
        return format_deadline(self.project.settings, self.user.id, time, self.clock())

    def person_name(self, who: str) -> str:
        return format_person(self.project.settings, who)

    def shown(self, unit: Unit) -> Unit:
        """Return a unit with the ids of people that may be shown."""
        return shown_unit(self.project.settings, unit)
