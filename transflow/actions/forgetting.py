"""Texts in the user's caches that must not be kept any more.

Invariant: a command that finds a report changed, which is confidential or gone now, leaves none of
its texts in the answers of engines and the findings of judges. It never fails because of that.
"""

from __future__ import annotations

from contextlib import suppress

from transflow.errors import TransflowError
from transflow.project import Project, kept_reports


def forget_withheld(project: Project, now: str) -> None:
    """Look through the caches if a report whose texts they hold changed since."""
    if not (paths := kept_reports.changed(project.root)):
        return
    with suppress(TransflowError, OSError):
        forget_now(project, now)
        kept_reports.note(project.root, paths)


def forget_now(project: Project, now: str, limited: str = "") -> None:
    """Delete the texts that must not be kept; of the report `limited`, also all answers of engines.

    Loads the caches, where there are any.
    """
    if project.cache is None or not project.cache.is_dir():
        return
    from transflow.actions.engines import response_cache
    from transflow.actions.judges import known

    response_cache.forget_private(project, now, limited)
    known.forget_private(project, now)
