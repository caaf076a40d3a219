"""The answers of engines that a project keeps, and which reports' are never among them.

Invariant: what is opened holds nothing of a report that is confidential or under embargo now, or whose file is gone.
"""

from __future__ import annotations

import sqlite3

from transflow.engines.running.answers import Answers
from transflow.project import Project
from transflow.project.cache import private
from transflow.project.index_sync import free_from, may_leave
from transflow.report.front import NEVER

_NAME = "engines/answers.db"


def is_private(project: Project, report: str, now: str) -> bool:
    """Whether a report goes to local engines only. One whose file is gone or cannot be read might say so."""
    return project.settings.engines_local_only or not may_leave(project, report, now)


def kept_back(project: Project, report: str, now: str) -> str:
    """Why a report is private, in words."""
    until = free_from(project, report)
    return f"is under embargo until {until}" if now < until < NEVER else "is confidential"


def open_cache(project: Project, now: str) -> Answers | None:
    """The kept answers; None where the file cannot be used, or no caches are: then every answer is asked for."""
    if project.cache is None:
        return None
    try:
        answers = Answers(private(project.cache / _NAME))
        answers.forget([report for report in answers.reports() if is_private(project, report, now)])
    except (sqlite3.Error, OSError):
        return None
    return answers


def forget_private(project: Project, now: str) -> None:
    """Takes out what is kept of reports that have become confidential, came under an embargo, or are gone."""
    if project.cache and (project.cache / _NAME).is_file() and (answers := open_cache(project, now)):
        answers.close()
