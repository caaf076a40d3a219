"""Names of catalogs: with and without a language, of users who work in several."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import new_project
from support.newsrooms import git
from transflow.errors import UnknownNameError, UsageError
from transflow.project import CatalogRef, Project
from transflow.project.beside_git import TrackedFileMissingError

FLOOD, STORY = CatalogRef("en", "reports", "flood"), CatalogRef("en", "articles", "story")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A newsroom of three languages: a report in two of them, one in none, and a story in one."""
    root = new_project(tmp_path / "room")
    settings = root / "transflow.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('locales = ["en"]', 'locales = ["en", "vi", "zh"]'), "utf-8"
    )
    (root / "sources/later.md").write_bytes((root / "sources/flood.md").read_bytes())
    for place in (FLOOD._replace(locale="vi"), FLOOD._replace(locale="zh"), STORY._replace(locale="zh")):
        (root / place.path).parent.mkdir(parents=True, exist_ok=True)
        (root / place.path).write_bytes((root / FLOOD.path).read_bytes())
    (root / FLOOD._replace(locale="zh").path).unlink()
    return root


@pytest.fixture
def project(room: Path) -> Project:
    return Project(room)


class TestALanguage:
    def test_is_one_of_the_project(self, project: Project) -> None:
        assert project.locale("vi") == "vi"
        with pytest.raises(UnknownNameError):
            project.locale("fr")

    def test_must_be_said_where_there_are_several(self, project: Project) -> None:
        with pytest.raises(UsageError, match=r"several languages \(en, vi, zh\).*en:SLUG"):
            project.locale()

    def test_is_the_chosen_one_or_the_only_one_of_the_user(self, project: Project) -> None:
        project.own_locales = lambda: ("zh",)
        assert project.locale() == "zh"
        project.chosen_locale = "vi"
        assert (project.locale(), project.locale("en")) == ("vi", "en")
        project.chosen_locale = "fr"
        with pytest.raises(UnknownNameError):
            project.locale()

    def test_is_not_asked_of_a_user_who_works_in_several(self, project: Project) -> None:
        project.own_locales = lambda: ("vi", "zh")
        with pytest.raises(UsageError):
            project.locale()

    def test_that_is_the_only_one_is_meant(self, tmp_path: Path) -> None:
        one = Project(new_project(tmp_path / "one"))
        one.own_locales = lambda: pytest.fail("nobody need be asked")
        assert (one.locale(), one.find_catalog("flood")) == ("en", FLOOD)

    def test_that_is_chosen_is_listed_alone(self, project: Project) -> None:
        listed = [project.listed_locales]
        project.chosen_locale = "vi"
        assert [*listed, project.listed_locales] == [("en", "vi", "zh"), ("vi",)]


class TestAName:
    def test_with_its_language_is_that_catalog(self, project: Project) -> None:
        assert project.find_catalog("en:flood") == FLOOD
        assert project.find_catalog("vi:flood", "reports") == FLOOD._replace(locale="vi")
        with pytest.raises(UnknownNameError):
            project.find_catalog("fr:flood")

    def test_without_one_is_the_only_catalog_that_has_it(self, project: Project) -> None:
        assert project.find_catalog("story") == STORY._replace(locale="zh")
        assert project.find_catalog("story", "articles") == STORY._replace(locale="zh")

    def test_that_several_languages_have_is_of_the_users_or_refused(self, project: Project) -> None:
        with pytest.raises(UsageError, match="en:flood, vi:flood"):
            project.find_catalog("flood")
        project.own_locales = lambda: ("vi", "zh")
        assert project.find_catalog("flood") == FLOOD._replace(locale="vi")
        project.own_locales = lambda: ("en", "vi")
        with pytest.raises(UsageError, match="en:flood, vi:flood"):
            project.find_catalog("flood")

    def test_is_of_the_chosen_language(self, project: Project) -> None:
        project.chosen_locale = "vi"
        assert project.find_catalog("flood") == FLOOD._replace(locale="vi")
        with pytest.raises(UnknownNameError):
            project.find_catalog("story")

    def test_of_one_folder_is_not_looked_for_in_the_other(self, project: Project) -> None:
        with pytest.raises(UnknownNameError, match="no story “flood”"):
            project.find_catalog("flood", "articles")
        with pytest.raises(UnknownNameError, match="no report “story”"):
            project.find_catalog("story", "reports")

    def test_that_is_unknown_gets_the_similar_ones_of_the_listed_languages(self, project: Project) -> None:
        with pytest.raises(UnknownNameError, match=r"no report or story “flod”\. Did you mean flood\?"):
            project.find_catalog("flod")
        project.chosen_locale = "en"
        with pytest.raises(UnknownNameError, match=r"“stor”. There are: flood\."):
            project.find_catalog("stor")

    def test_that_is_no_slug_is_no_path(self, project: Project) -> None:
        for name in ("../reports/flood", "en:../reports/flood", "Flood", ""):
            with pytest.raises(UnknownNameError):
                project.find_catalog(name)

    def test_of_a_report_without_a_catalog_says_what_makes_one(self, project: Project, room: Path) -> None:
        with pytest.raises(UsageError, match=r"“later” has no catalog in en yet: `transflow update later`"):
            project.find_catalog("later")
        project.own_locales = lambda: ("zh",)
        with pytest.raises(UsageError, match="no catalog in zh"):
            project.find_catalog("later", "reports")
        with pytest.raises(UnknownNameError):
            project.find_catalog("later", "articles")

    def test_of_a_catalog_that_only_git_has_says_how_to_get_it_back(self, project: Project, room: Path) -> None:
        git(room, "init", "-q")
        git(room, "add", "-A")
        (room / FLOOD.path).unlink()
        with pytest.raises(TrackedFileMissingError):
            project.find_catalog("en:flood")

    def test_is_shown_with_its_language_only_where_that_is_needed(self, project: Project) -> None:
        assert project.ref(FLOOD, 3) == "en:flood#3"
        assert project.ref(STORY._replace(locale="zh"), "k7f3q2mx") == "story#k7f3q2mx"
        assert project.ref(STORY._replace(locale="zh")) == "story"
        assert project.ref(STORY._replace(slug="No slug")) == "No slug"
