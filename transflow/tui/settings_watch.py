"""Watch over transflow.toml, so that new people and languages need no restart.

Invariant: the settings in force are those of the file as it was last readable; why it is not
readable is said once for each version of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transflow.errors import TransflowError
from transflow.project.settings_file import check_settings, settings_stamp

if TYPE_CHECKING:
    from transflow.tui.app import TransflowApp

SECONDS = 1.0
"""Seconds between two looks at the file."""


class SettingsWatch:
    """Watch over the settings of the project of an application."""

    def __init__(self, app: TransflowApp) -> None:
        self._app = app
        self._stamp = (0, 0)  # the first look reads them again: they were read some time before

    def check(self) -> None:
        """Read the settings again in a thread if the file changed."""
        stamp = settings_stamp(self._app.project)
        if stamp != self._stamp and any(stamp):
            self._stamp = stamp
            self._app.run_worker(self._read, thread=True, group="settings", exclusive=True)

    def _read(self) -> None:
        app = self._app
        try:
            check_settings(app.project)
        except TransflowError as error:
            app.call_from_thread(app.refuse, error)
            return
        app.user = app.project.settings.person(app.user.id) or app.user
