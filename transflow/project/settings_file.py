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


def reload_settings(project: Project) -> bool:
    """Read the settings again; return whether they changed.

    Raise what is wrong with the file; the settings stay as they were then.
    """
    settings = parse_settings(project.read(CONFIG))
    if is_changed := settings != project.settings:
        project.settings = settings
    return is_changed
