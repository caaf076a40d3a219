"""Start of the UI, after all settings have been checked.

Invariant: however the application ends, steps in progress are finished and the journal is on the
disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from transflow.actions import Actor
from transflow.errors import UnknownNameError
from transflow.presenters import i18n, preferences
from transflow.presenters.assistants import installed_assistants
from transflow.presenters.journal import Journal
from transflow.project import CatalogRef
from transflow.tui import keymap
from transflow.tui.app import TransflowApp
from transflow.user_folders import drafts_folder


def create_application(
    actor: Actor, clock: Callable[[], str], mode: str, place: CatalogRef | None, unit: str, lang: str, theme: str
) -> TransflowApp:
    """Return the application, set up from the user's preferences.

    `lang` and `theme` override the preferences. Raise ConfigError for invalid preferences,
    UnknownNameError for an unknown theme.
    """
    if theme and theme not in preferences.THEMES:
        raise UnknownNameError("theme", theme, preferences.THEMES)
    stored = preferences.load(preferences.config_path())
    keys = keymap.validated_overrides(stored)
    i18n.use(i18n.chosen(lang or stored.lang, os.environ))
    journal = Journal(drafts_folder(actor.project.root) / actor.who)
    return TransflowApp(
        actor.project,
        actor.user,
        clock,
        journal,
        installed_assistants(actor.project, clock),
        first=mode,
        place=place,
        unit=unit,
        theme=theme or stored.theme,
        keys=keys,
    )


def run(
    actor: Actor,
    clock: Callable[[], str],
    mode: str,
    place: CatalogRef | None = None,
    unit: str = "",
    lang: str = "",
    theme: str = "",
) -> int:
    """Run the UI in a mode, and return its exit code."""
    app = create_application(actor, clock, mode, place, unit, lang, theme)
    try:
        app.run()
    finally:
        app.close()
    return app.return_code or 0
