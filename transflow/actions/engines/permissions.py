"""Engines on other machines that a project may send its texts to, by the user's own files.

Invariant: the strictest of all settings holds, and a project's own files only make it stricter: an
engine that the project names alone gets nothing until the user has allowed it.
"""

from __future__ import annotations

from typing import Literal

from transflow.actions import Actor
from transflow.actions.project.permissions import keep_answer, user_project
from transflow.engines.setup.settings import EngineSettings
from transflow.errors import RefusedError
from transflow.messages import NOTHING, Message, Messages
from transflow.project import Project
from transflow.project.cache import is_ci
from transflow.user_projects import config_path

MESSAGES = Messages(
    __name__,
    {
        "engine-unasked": "the project would send its texts to {engine}, and you have not allowed it. Nothing was sent. "
        'Write allowed = ["{engine}"] into {path}, or name it yourself: --engine {engine}.',
        "engine-unasked/judge": "the project would send its texts to {engine}, and you have not allowed it. Nothing was "
        'sent. Write allowed = ["{engine}"] into {path}, or name the judge yourself: --judge {judge}.',
        "engine-unlisted": "{engine} is not among the engines that you allow, in {path}. Nothing was sent.",
        "engine-refused": "you refused {engine} for this project, in {path}. Nothing was sent.",
        "use/never": 'no machine drafts {locale} texts here: transflow.toml has [machine] use = "never". Nothing was sent. '
        "Translate them yourself, or let the desk change the rule.",
        "use/memory": '{engine} drafts no {locale} texts here: transflow.toml has [machine] use = "memory". Nothing was '
        "sent. Take --engine memory, or let the desk change the rule.",
        "local-only": "you let this project's texts go to local engines only, in {path}, and {engine} is asked on another "
        "machine. Nothing was sent. Take a local engine: --engine memory, or ctranslate2.",
        "local-only/judge": "you let this project's texts go to local engines only, in {path}, and {engine} is asked on "
        "another machine. Nothing was sent. Take a judge on this machine: --judge command.",
    },
)


def is_local_only(project: Project, settings: EngineSettings) -> bool:
    """Return whether the user lets the project's texts go to local engines only."""
    return settings.local_only or user_project(project).local_only


EngineVerdict = Literal["allowed", "undecided", "refused"]


def engine_permission(
    project: Project, settings: EngineSettings, engine: str, *, is_named: bool, is_local: bool, judge: str = ""
) -> tuple[EngineVerdict, Message]:
    """Return whether a project may send its texts to an engine, and why not.

    What the user's files forbid holds whoever names the engine. `is_named` is true for an engine
    that the user named, on the command line or as their own default: this allows it where they
    wrote no list. `judge` is the judge that asks it, if it is one. An engine on this machine needs
    no permission. Raise ConfigError.
    """
    if is_local:
        return "allowed", NOTHING
    entry = user_project(project)
    if settings.local_only or entry.local_only:
        path = settings.path if settings.local_only else str(config_path())
        return "refused", MESSAGES("local-only/judge" if judge else "local-only", engine=engine, path=path)
    if engine in entry.refused:
        return "refused", MESSAGES("engine-refused", engine=engine, path=str(config_path()))
    if engine in (*(entry.engines or ()), *(settings.allowed or ())):
        return "allowed", NOTHING
    if settings.allowed is not None:
        return "undecided", MESSAGES("engine-unlisted", engine=engine, path=settings.path)
    if is_named:
        return "allowed", NOTHING
    if judge:
        return "undecided", MESSAGES("engine-unasked/judge", engine=engine, path=settings.path, judge=judge)
    return "undecided", MESSAGES("engine-unasked", engine=engine, path=settings.path)


class UndecidedError(RefusedError):
    """An engine that the user neither allowed nor refused for a project: they may be asked."""

    def __init__(self, engine: str, why: Message) -> None:
        self.engine = engine
        super().__init__(why)


def check_rule(project: Project, locale: str, engine: str) -> None:
    """Raise RefusedError for an engine that the desk's rule excludes for a language."""
    use = project.settings.machine_rule(locale).use
    if use == "never" or (use == "memory" and engine != "memory"):
        raise RefusedError(MESSAGES(f"use/{use}", engine=engine, locale=locale))


def check_engine(
    project: Project, settings: EngineSettings, engine: str, *, locale: str, is_named: bool, is_local: bool
) -> None:
    """Raise RefusedError for an engine that the user has not allowed or the desk's rule excludes,
    UndecidedError for one that they may be asked about. In CI nobody is asked.

    The user's files come first, then the rule, then the engine that somebody named.
    """
    verdict, _why = engine_permission(project, settings, engine, is_named=is_named, is_local=is_local)
    if verdict != "refused":
        check_rule(project, locale, engine)
    check_sending(project, settings, engine, is_named=is_named, is_local=is_local)


def check_sending(
    project: Project, settings: EngineSettings, engine: str, *, is_named: bool, is_local: bool, judge: str = ""
) -> None:
    """Raise RefusedError or UndecidedError as `check_engine` does, without the desk's rule."""
    verdict, why = engine_permission(project, settings, engine, is_named=is_named, is_local=is_local, judge=judge)
    if verdict == "undecided" and not is_ci():
        raise UndecidedError(engine, why)
    if verdict != "allowed":
        raise RefusedError(why)


def decide(actor: Actor, engine: str, *, allowed: bool) -> None:
    """Let the project send its texts to an engine, or forbid it. Raise ConfigError."""
    entry = user_project(actor.project)
    if allowed:
        keep_answer(actor.project, engines=(*(entry.engines or ()), engine))
    else:
        keep_answer(actor.project, refused=(*entry.refused, engine))
