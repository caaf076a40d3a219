"""The answers of engines that a project keeps, and which reports' are never among them.

Invariant: what is opened holds nothing of a report that is confidential now, or whose file is gone.
"""

from __future__ import annotations

import sqlite3

from transflow.engines.running.answers import Answers
from transflow.errors import UnreadableError
from transflow.project import Project
from transflow.project.cache import private
from transflow.project.places import report_path

_NAME = "engines/answers.db"


def is_private(project: Project, report: str) -> bool:
    """Whether a report goes to local engines only. One whose file is gone or cannot be read might say so."""
    if project.settings.engines_local_only:
        return True
    try:
        return not project.has(report_path(report)) or project.front(report).confidential
    except UnreadableError:
        return True


def opened(project: Project) -> Answers | None:
    """The kept answers; None where the file cannot be used, or no caches are: then every answer is asked for."""
    if project.cache is None:
        return None
    try:
        answers = Answers(private(project.cache / _NAME))
        answers.forget([report for report in answers.reports() if is_private(project, report)])
    except (sqlite3.Error, OSError):
        return None
    return answers


def forget_confidential(project: Project) -> None:
    """Takes out what is kept of reports that have become confidential, or are gone."""
    if project.cache and (project.cache / _NAME).is_file() and (answers := opened(project)):
        answers.close()
