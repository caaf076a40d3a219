"""The live pages of all stories against the record: `transflow check --look`."""

from __future__ import annotations

from collections.abc import Sequence

from transflow.actions.checks.live_pages import check_pages
from transflow.cli.long_progress import long_progress
from transflow.cli.session import now
from transflow.findings import Verdict, formats
from transflow.messages import Messages
from transflow.model.issue import Severity
from transflow.project import Project, git

MESSAGES = Messages(__name__, {"looking": "Looking at pages"})


def judged_pages(project: Project, locales: Sequence[str], fail_on: Severity, form: str, *, hints: bool) -> Verdict:
    """Return what differs between the recorded pages and the record."""
    verdict = Verdict(fail_on=fail_on, hints=hints)
    with long_progress(MESSAGES("looking"), after=0) as progress:
        check_pages(project, now(), verdict, tuple(map(project.locale, locales)), progress)
    if formats.load(form).FOR_REPOSITORY:
        verdict.prefix = git.prefix(project.root)
    return verdict
