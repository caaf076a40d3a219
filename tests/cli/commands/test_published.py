"""`published --look` and `--take`: the live page against the record, on a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from pytest_httpserver import HTTPServer

from support.commands import done, refusal, transflow
from support.live_pages import DESIGNS, paid, scripted
from support.newsrooms import git
from support.paths import ROOT
from transflow.actions import Actor
from transflow.actions.stories.live_page import story_parts
from transflow.actions.stories.print_context import load_print_context
from transflow.model.settings import Person
from transflow.project import Project
from transflow.stories.publications import addresses
from transflow.user_folders import config_folder
from transflow.web_pages.parts import StoryPart

NAME = "un-china-refugees"


@pytest.fixture
def allowed() -> Iterator[None]:
    """Let this machine be asked, as a user does whose pages are in the house."""
    path = config_folder() / "engines.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('[network]\nlocal_hosts = ["127.0.0.1"]\n')
    yield
    path.unlink()


def parts_of(folder: Path) -> list[StoryPart]:
    actor = Actor(Project(folder), Person(""), "2024-03-27T00:00:00Z")
    article = actor.project.load(actor.project.find_catalog(NAME, "articles"))
    return story_parts(article, load_print_context(actor.project, "en", article), actor.now)


def url(server: HTTPServer) -> str:
    return f"http://127.0.0.1:{server.port}/story"


def serve(server: HTTPServer, page: str, kind: str = "text/html; charset=utf-8", encoding: str = "utf-8") -> None:
    server.clear()
    server.expect_request("/story").respond_with_data(page.encode(encoding, "xmlcharrefreplace"), content_type=kind)


@pytest.fixture
def story(sample: Path, httpserver: HTTPServer, allowed: None) -> Path:
    """Return the sample with its story recorded at a page of the server."""
    done(sample, "published", NAME, "--url", url(httpserver), user="mina")
    return sample


@pytest.mark.parametrize("design", DESIGNS)
def test_a_page_that_is_as_recorded_passes(story: Path, httpserver: HTTPServer, design: str) -> None:
    serve(httpserver, DESIGNS[design](parts_of(story)))
    out = done(story, "published", NAME, "--look")
    assert out.startswith(url(httpserver))
    assert ("as recorded" in out) == (design != "capitals")
    assert ("its design may not print it" in out) == (design == "capitals")


def test_a_page_of_korea_passes(story: Path, httpserver: HTTPServer) -> None:
    page = DESIGNS["theme"](parts_of(story))
    serve(httpserver, page, "text/html; charset=euc-kr", "cp949")
    assert "as recorded" in done(story, "published", NAME, "--look")


@pytest.mark.parametrize(("page", "words"), [(paid, "do not pay or log in"), (scripted, "made by scripts")])
def test_a_page_that_cannot_be_read_is_not_called_different(
    story: Path, httpserver: HTTPServer, page: object, words: str
) -> None:
    assert callable(page)
    serve(httpserver, page(parts_of(story)))
    ran = transflow(story, "published", NAME, "--look")
    assert ran.code == 3
    assert words in ran.out


def test_this_machine_is_not_asked_without_the_users_word(sample: Path, httpserver: HTTPServer) -> None:
    done(sample, "published", NAME, "--url", url(httpserver), user="mina")
    ran = transflow(sample, "published", NAME, "--look")
    assert (ran.code, httpserver.log) == (3, [])
    assert "private network" in ran.out


def mended(story: Path, server: HTTPServer, *numbers: int) -> list[StoryPart]:
    """Serve the story with a word more in some paragraphs, and return its parts as they were."""
    parts = parts_of(story)
    project = Project(story)
    units = project.load(project.find_catalog(NAME, "articles")).units
    changed = {units[number - 1].id for number in numbers}
    serve(
        server,
        DESIGNS["theme"]([part._replace(text=f"Again {part.text}") if part.key in changed else part for part in parts]),
    )
    return parts


def test_a_word_that_was_mended_on_the_page_is_named_and_taken(story: Path, httpserver: HTTPServer) -> None:
    mended(story, httpserver, 5)
    ran = transflow(story, "published", NAME, "--look", "--format", "json")
    assert ran.code == 1
    values = json.loads(ran.out)
    schema = json.loads((ROOT / "docs/schemas/published.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(values)
    (page,) = values["look"]
    assert [(each["kind"], each["ref"]) for each in page["differences"]] == [("changed", f"{NAME}#5")]
    before = refusal(story, "published", NAME, "--take", "6", "--by", "mina")
    assert "nothing to take" in before
    preview = done(story, "published", NAME, "--take", "5", "--by", "mina", "--dry-run")
    assert "Again" in preview
    out = done(story, "published", NAME, "--take", "5", "--by", "mina")
    assert "#5: taken from the page" in out
    unit = Project(story).load(Project(story).find_catalog(NAME, "articles")).units[4]
    assert unit.target.startswith("Again ")
    assert {each.who: each.words for each in unit.by}["mina"] == 1
    assert unit.approved is None
    assert "not cleared" in refusal(story, "published", NAME, "--url", url(httpserver), user="mina")
    ran = transflow(story, "published", NAME, "--look")
    assert (ran.code, "as recorded" in ran.out, "newer version" in ran.err) == (0, True, True)


def test_several_are_taken_after_one_question_or_with_yes(story: Path, httpserver: HTTPServer) -> None:
    mended(story, httpserver, 5, 7)
    assert "--yes" in transflow(story, "published", NAME, "--take", "all", "--by", "mina").err
    out = done(story, "published", NAME, "--take", "all", "--by", "mina", "--yes")
    assert out.count("taken from the page") == 2


def test_nobody_takes_a_text_in_the_name_of_another(
    story: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended(story, httpserver, 5)
    done(story, "person", "edit", "claire", "--email", "claire@example.org", user="mina")
    git(story, "init", "--quiet")
    git(story, "config", "user.email", "claire@example.org")
    assert "claire" in refusal(story, "published", NAME, "--take", "5", "--by", "mina")
    with monkeypatch.context() as patch:
        patch.setenv("TRANSFLOW_USER", "mina")
        refusal(story, "published", NAME, "--take", "5")


def test_a_saved_page_needs_no_address(sample: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(DESIGNS["soup"](parts_of(sample)), encoding="utf-8")
    assert "the saved page: as recorded" in done(sample, "published", NAME, "--look", str(page))
    ran = transflow(sample, "published", NAME, "--look", "-", stdin=page.read_bytes())
    assert (ran.code, ran.out) == (0, "the saved page: as recorded\n")
    assert "is recorded on no page" in refusal(sample, "published", NAME, "--look", code=2)
    assert "no file" in refusal(sample, "published", NAME, "--look", "none.html", code=2)


def test_an_older_page_is_compared_with_the_version_that_is_recorded_for_it(
    story: Path, httpserver: HTTPServer
) -> None:
    serve(httpserver, DESIGNS["theme"](parts_of(story)))
    git(story, "init", "--quiet")
    git(story, "config", "user.email", "office@example.org")
    git(story, "config", "user.name", "Office")
    git(story, "add", "--all")
    git(story, "commit", "--quiet", "-m", "published")
    done(story, "unit", "set", f"{NAME}#5", "A wholly new paragraph that no page has.", user="eugene")
    ran = transflow(story, "published", NAME, "--look")
    assert (ran.code, "as recorded" in ran.out) == (0, True)
    assert "a newer version is ready" in ran.err


def test_options_that_do_not_fit_each_other_are_refused(sample: Path) -> None:
    for words in (
        ("--look", "--gone", "--url", "https://x.org"),
        ("--by", "mina"),
        ("--dry-run",),
        ("--take", "2", "--by", "mina", "--as", "juno"),
    ):
        refusal(sample, "published", NAME, *words, code=2)
    assert addresses(Project(sample).load(Project(sample).find_catalog(NAME, "articles"))) == ()


def test_check_look_is_a_run_of_its_own_with_warnings_and_hints(story: Path, httpserver: HTTPServer) -> None:
    serve(httpserver, DESIGNS["capitals"](parts_of(story)))
    assert "passed" in done(story, "check", "--look")
    assert transflow(story, "check", "--look", "--fail-on", "hint").code == 1
    mended(story, httpserver, 5)
    ran = transflow(story, "check", "--look")
    assert ran.code == 1
    assert f"en:{NAME}#5: warning: {url(httpserver)} has: Again" in ran.out
    assert "[page.changed]" in ran.out
    serve(httpserver, paid(parts_of(story)))
    ran = transflow(story, "check", "--look", "--format", "json")
    assert (ran.code, "page.unread" in ran.out) == (3, True)
    asked = len(httpserver.log)
    done(story, "check")
    assert len(httpserver.log) == asked
    assert "--fix is about the gate" in refusal(story, "check", "--look", "--fix", code=2)
