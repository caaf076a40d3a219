"""The cache of engine answers, and the reports whose answers are never kept.

Invariant: the opened cache has no answer for a report that is confidential or under embargo now, or
whose file is missing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress

from transflow.engines.running.answers import AnswerCache
from transflow.messages import Message, Messages
from transflow.project import CatalogRef, Project, kept_reports
from transflow.project.cache import ensure_private_file
from transflow.project.index_sync import free_from, may_leave
from transflow.project.places import report_path
from transflow.report.front import NEVER

MESSAGES = Messages(
    __name__,
    {
        "embargo": "{place} is under embargo until {until}",
        "confidential": "{place} is confidential",
        "local-only": "{place} is for local engines only, by transflow.toml",
    },
)

_NAME = "engines/answers.db"


def is_private(project: Project, report: str, now: str) -> bool:
    """Return whether a report may go to local engines only.

    True also if its file is missing or unreadable, because it might have said so.
    """
    return project.settings.engines_local_only or not may_leave(project, report, now)


def privacy_reason(project: Project, place: CatalogRef, now: str) -> Message:
    """Return the reason why a report is private, in words."""
    until = free_from(project, place.slug)
    if until <= now and project.settings.engines_local_only:
        return MESSAGES("local-only", place=str(place))
    return MESSAGES("embargo" if now < until < NEVER else "confidential", place=str(place), until=until)


def open_cache(project: Project, now: str, reports: Iterable[str] = ()) -> AnswerCache | None:
    """Open the cache of answers, for those of these reports too.

    Return None if its file cannot be used, or if caches are disabled.
    """
    if project.cache is None:
        return None
    kept_reports.note(project.root, map(report_path, reports))
    try:
        answers = AnswerCache(ensure_private_file(project.cache / _NAME))
        answers.delete_reports([report for report in answers.reports() if is_private(project, report, now)])
    except (sqlite3.Error, OSError):
        return None
    return answers


def forget_private(project: Project, now: str, limited: str = "") -> None:
    """Delete the answers for reports that are confidential or under embargo now, or gone.

    Delete also those for the report `limited`, of which a sentence may not be printed any more.
    """
    if project.cache and (project.cache / _NAME).is_file() and (answers := open_cache(project, now)):
        with closing(answers), suppress(sqlite3.Error):
            answers.delete_reports([limited] if limited else [])
