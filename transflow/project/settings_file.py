"""Settings file of a project that is open for a long time, while others change it."""

from __future__ import annotations

from transflow.project.project import CONFIG, Project, parse_settings


def settings_stamp(project: Project) -> tuple[int, int]:
    """Return time and size of the settings file; zeros while it is not there."""
    try:
        status = (project.root / CONFIG).lstat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def check_settings(project: Project) -> None:
    """Raise what is wrong with the file, of which the project has the last readable version."""
    parse_settings(project.read(CONFIG))
