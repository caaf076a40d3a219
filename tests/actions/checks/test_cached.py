"""Issues from the cache: the same as those that the checks report, in every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from transflow import checks
from transflow.actions.checks.cached import CachedChecker
from transflow.presenters import i18n
from transflow.project import CatalogRef, Project, cache
from transflow.units.workflow import confirm

PLACE = CatalogRef("en", "reports", "un-letter")


@pytest.fixture
def project(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return the sample newsroom, cached, with a text in which something is wrong."""
    for name in ("CI", cache.OFF):
        monkeypatch.delenv(name, raising=False)
    project = Project(sample)
    assert project.cache is not None
    with_errors = "It was 유엔 -- no , and on April 30, 1999."

    def spoil(catalog: Any) -> Any:
        unit = confirm(catalog.units[1], with_errors, "claire", "2024-03-27T03:00:00Z")
        return catalog.replace(units=(catalog.units[0], unit, *catalog.units[2:]))

    project.change(PLACE, spoil)
    return project


def in_korean(project: Project) -> list[tuple[str, str]]:
    found = CachedChecker(project, "en").issues(PLACE, project.load(PLACE))
    i18n.use("ko")
    try:
        return [(issue.check, i18n.say(issue.message)) for _, issue in found]
    finally:
        i18n.use("en")


def test_issues_from_the_cache_are_the_same_and_can_be_translated(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    issues = list(CachedChecker(project, "en").issues(PLACE, project.load(PLACE)))
    korean = in_korean(project)
    assert ("untranslated", "“유엔”: 아직 한국어입니다.") in korean
    monkeypatch.setattr(checks, "run", lambda *_: pytest.fail("the cache has it"))
    assert list(CachedChecker(project, "en").issues(PLACE, project.load(PLACE))) == issues
    assert in_korean(project) == korean
