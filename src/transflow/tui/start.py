"""Opening the UI: everything that can be wrong with the settings is said before the screen is taken.

Invariant: however the application ends, what was under way is finished and the journal is on the disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from transflow.actions import Desk
from transflow.errors import UnknownNameError
from transflow.project import Place
from transflow.tui import keymap, preferences, words
from transflow.tui.app import TransflowApp
from transflow.tui.installed import found
from transflow.tui.journal import Journal, folder


def application(
    desk: Desk, clock: Callable[[], str], mode: str, place: Place | None, unit: str, lang: str, theme: str
) -> TransflowApp:
    """The application, set up from the person's preferences, which `lang` and `theme` outrank. Raises ConfigError for what
    cannot be used there, UsageError for a theme that is not there."""
    if theme and theme not in preferences.THEMES:
        raise UnknownNameError("theme", theme, preferences.THEMES)
    wanted = preferences.load(preferences.place())
    keys = keymap.checked(wanted)
    words.use(words.chosen(lang or wanted.lang, os.environ))
    journal = Journal(folder(desk.project.root, desk.who))
    return TransflowApp(
        desk.project,
        desk.user,
        clock,
        journal,
        found(desk.project, clock),
        first=mode,
        place=place,
        unit=unit,
        theme=theme or wanted.theme,
        keys=keys,
    )


def run(
    desk: Desk,
    clock: Callable[[], str],
    mode: str,
    place: Place | None = None,
    unit: str = "",
    lang: str = "",
    theme: str = "",
) -> int:
    """Runs the UI in a mode. Returns its exit code."""
    app = application(desk, clock, mode, place, unit, lang, theme)
    try:
        app.run()
    finally:
        app.close()
    return app.return_code or 0
