"""`transflow person protect`: an opaque id replaces the name; cleared stories stay cleared."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.commands import contents, done, refusal, transflow
from support.newsrooms import git
from support.stories import actor, everywhere, report, river, story
from transflow.actions.identity import remember, remembered
from transflow.actions.units import steps
from transflow.attribution.credits import contributions
from transflow.memory.address import VARIABLE
from transflow.project import Project
from transflow.project.cache import ensure_private_file
from transflow.project.cache import folder as cache_folder
from transflow.stories.publications import withheld_people
from transflow.user_folders import drafts_folder


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """Return a newsroom in which notes, glossary and cache also name people."""
    folder = river(tmp_path / "room")
    steps.comment(actor(folder, "mina"), "en:flood#1", "Claire Lee knows; claire@example.org, or ask 이정은.")
    steps.ask(actor(folder, "mina"), "vi:flood#2", "Does claire know?", "claire")
    steps.omit(actor(folder, "claire"), "en:flood#5", "Jeong Eun Lee asked")
    glossary = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\nmsgid "이정은"\nmsgstr "Jeong Eun Lee"\n'
    (folder / "locales" / "en" / "glossary.po").write_text(glossary, encoding="utf-8")
    kept = ensure_private_file(cache_folder(folder) / "memory.sqlite")
    kept.write_bytes("\0Claire Lee\0이정은".encode())
    return folder


def protect(folder: Path, person: str, user: str = "mina") -> str:
    """Protect a person and return the opaque id."""
    found = re.match(
        r"The person is (p-[0-9a-z]{4}) now", done(folder, "person", "protect", person, "--yes", user=user)
    )
    assert found
    return found[1]


def test_a_catalog_that_cannot_be_read_stops_it_before_anything_is_changed(newsroom: Path) -> None:
    path = newsroom / "locales/vi/reports/flood.po"
    path.write_bytes(path.read_bytes()[:-4])
    assert "flood.po" in refusal(newsroom, "person", "protect", "claire", "--yes", user="mina", code=3)


def test_a_translator_s_name_is_nowhere_and_the_work_stays_theirs(newsroom: Path) -> None:
    words = sum(each.words for each in contributions(story(newsroom), Project(newsroom).settings))
    new = protect(newsroom, "claire")
    for text in ("Claire", "claire"):
        assert everywhere(newsroom, text) == []
    settings = Project(newsroom).settings
    assert {each.who for unit in report(newsroom).units for each in unit.by} == {new}
    assert sum(each.words for each in contributions(story(newsroom), settings)) == words
    person = settings.person(new)
    assert person
    assert person.protected
    assert person.has_role("translator", "2024-03-26")


def test_a_reporter_s_name_is_nowhere_and_the_byline_still_tells_whose_report_it_is(newsroom: Path) -> None:
    new = protect(newsroom, "jeong")
    for text in ("Jeong", "이정은"):
        assert everywhere(newsroom, text) == []
    assert f"byline: {new}\n" in (newsroom / "sources" / "flood.md").read_text(encoding="utf-8")


def test_a_title_and_an_address_behind_a_reporter_s_name_go_with_the_name(newsroom: Path) -> None:
    path = newsroom / "sources" / "flood.md"
    path.write_text(
        re.sub("byline: .*", "byline: 서울=이정은 기자 jeong@rfa.example, 김하늘", path.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    new = protect(newsroom, "jeong")
    assert f"byline: 서울={new}, 김하늘\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("person", ["claire", "jeong", "eugene", "mina"])
def test_what_was_cleared_stays_cleared_and_every_catalog_is_up_to_date(newsroom: Path, person: str) -> None:
    steps.restore(actor(newsroom, "claire"), "en:flood#5")
    before = transflow(newsroom, "check")
    new = protect(newsroom, person, user=person)
    after = transflow(newsroom, "check")
    assert (before.code, after.code) == (0, 0)
    assert done(newsroom, "update", user=new).endswith("2 of 2 were up to date.\n")
    assert done(newsroom, "render").count("build/") == 10
    assert not re.search(
        rf"\b{new}\b", "".join(data.decode() for path, data in contents(newsroom).items() if "build" in path)
    )


def test_comments_of_people_in_transflow_toml_are_kept_and_named_where_they_say_it(newsroom: Path) -> None:
    with (newsroom / "transflow.toml").open("a", encoding="utf-8") as file:
        file.write("\n# Ask Claire Lee about holidays.\n")
    out = done(newsroom, "person", "protect", "claire", "--yes", user="mina")
    text = (newsroom / "transflow.toml").read_text(encoding="utf-8")
    assert "# Ask Claire Lee about holidays." in text
    assert f"  transflow.toml:{text.count(chr(10))}\n" in out
    assert "Claire" not in out


def test_a_name_in_the_text_of_a_story_is_told_and_stays(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "eugene"), "en:river#2", "Three bridges are gone, Claire Lee saw.")
    out = done(newsroom, "person", "protect", "claire", "--yes", user="mina")
    assert "  locales/en/articles/river.po:" in out
    assert everywhere(newsroom, "Claire Lee") == ["locales/en/articles/river.po"]


def test_published_pages_with_the_name_are_listed(newsroom: Path) -> None:
    out = done(newsroom, "person", "protect", "claire", "--yes", user="mina")
    assert "https://news.example.org/en/river" in out
    assert "https://news.example.org/vi/river" not in out


def test_what_git_still_has_is_counted_and_the_commands_are_given(newsroom: Path) -> None:
    git(newsroom, "init", "--quiet")
    git(newsroom, "config", "user.email", "claire@example.org")
    git(newsroom, "config", "user.name", "Claire Lee")
    git(newsroom, "add", "--all")
    git(newsroom, "commit", "--quiet", "-m", "all")
    out = done(newsroom, "person", "protect", "claire", "--yes", user="mina")
    assert "in the files of 1 commits, and as author or committer, or in the message, of 1." in out
    assert "git filter-repo --replace-text ../names --replace-message ../names --mailmap ../mailmap" in out
    assert "Claire" not in out


def test_drafts_keep_their_owner_under_the_new_id(newsroom: Path) -> None:
    folder = drafts_folder(newsroom)
    (folder / "claire").mkdir(parents=True)
    (folder / "claire" / "1-a.jsonl").write_text('{"text": "by Claire Lee"}\n', encoding="utf-8")
    new = protect(newsroom, "claire")
    assert [path.name for path in folder.iterdir()] == [new]
    assert "Claire" not in (folder / new / "1-a.jsonl").read_text(encoding="utf-8")


def test_an_id_that_a_branch_brings_back_goes_again(newsroom: Path) -> None:
    before = contents(newsroom / "locales")
    steps.confirm(actor(newsroom, "claire"), "en:flood#2", "Three bridges failed.")
    late = {name: data for name, data in contents(newsroom / "locales").items() if data != before[name]}
    for name, data in before.items():
        (newsroom / "locales" / name).write_bytes(data)
    new = protect(newsroom, "claire")
    for name, data in late.items():  # as a merge would leave them
        (newsroom / "locales" / name).write_bytes(data)
    told = transflow(newsroom, "check", "--all").out
    assert "[record.unknown-person]" in told
    assert "claire" not in told
    assert "no person" in refusal(newsroom, "person", "protect", "claire", "--yes", user="mina", code=2)
    assert "leejin is somebody" in refusal(
        newsroom, "person", "protect", "leejin", "--known-as", new, user="mina", code=2
    )
    assert "no protected person" in refusal(
        newsroom, "person", "protect", "claire", "--known-as", "mina", user="mina", code=2
    )
    assert done(newsroom, "person", "protect", "claire", "--known-as", new, user="mina").count(new) == len(late)
    assert everywhere(newsroom, "claire") == []


def test_somebody_who_is_protected_under_an_id_that_tells_gets_one_that_does_not(newsroom: Path) -> None:
    settings = newsroom / "transflow.toml"
    text = settings.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not re.search(r"Claire Lee|claire@", line)]
    settings.write_text("\n".join(lines).replace('id = "claire"', 'id = "claire"\nprotected = true'), encoding="utf-8")
    protect(newsroom, "claire")
    assert everywhere(newsroom, "claire") == []


def test_a_shared_memory_that_cannot_be_told_is_named(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "postgresql://claire:sesame@127.0.0.1:1/nowhere")
    told = done(newsroom, "person", "protect", "claire", "--yes", user="mina")
    assert "The shared memory still has the old id" in told
    assert "sesame" not in told


def test_a_withheld_name_stays_withheld(newsroom: Path) -> None:
    done(newsroom, "credit", "withhold", "claire", "river", user="mina")
    new = protect(newsroom, "claire")
    assert withheld_people(story(newsroom)) == {new}


def test_people_protect_themselves_and_editors_anybody(newsroom: Path) -> None:
    assert "no editor" in refusal(newsroom, "person", "protect", "claire", "--yes", user="leejin")
    new = protect(newsroom, "claire", user="claire")
    assert "protected already" in refusal(newsroom, "person", "protect", new, "--yes", user="mina", code=2)
    assert "no person" in refusal(newsroom, "person", "protect", "claire", "--yes", user="mina", code=2)


# Output about a protected person


def tmx(*units: str) -> str:
    return f'<tmx version="1.4"><header srclang="ko"/><body>{"".join(units)}</body></tmx>'


OTHERS_UNIT = (
    '<tu creationid="claire"><prop type="translator">Claire Lee</prop><note>seen by CLAIRE</note><note>old</note>'
    '<tuv xml:lang="ko"><seg>비가 왔다.</seg></tuv>'
    '<tuv xml:lang="en" changeid="이정은" creationid="leejin"><seg>It rained.</seg></tuv></tu>'
)


class TestNobodyIsToldWhoItIs:
    @pytest.fixture
    def hidden(self, newsroom: Path) -> Path:
        """Protect Claire and 이정은 by hand, in settings, an imported memory and a glossary."""
        settings = newsroom / "transflow.toml"
        text = settings.read_text(encoding="utf-8")
        for name in ("Claire Lee", "Jeong Eun Lee"):
            text = text.replace(f'name = "{name}"', f'name = "{name}"\nprotected = true')
        settings.write_text(text, encoding="utf-8")
        memory = newsroom / "locales" / "en" / "memory" / "old.tmx"
        memory.parent.mkdir()
        memory.write_text(tmx(OTHERS_UNIT), encoding="utf-8")
        glossary = newsroom / "locales" / "en" / "glossary.po"
        glossary.write_text(
            glossary.read_text(encoding="utf-8")
            + '\n# claire asked for it\n# as before\nmsgid "다리"\nmsgstr "bridge"\n',
            encoding="utf-8",
        )
        return newsroom

    @pytest.mark.parametrize("name", ["all.tmx", "terms.csv", "terms.tbx"])
    def test_in_what_is_exported(self, hidden: Path, tmp_path: Path, name: str) -> None:
        done(hidden, "memory" if name == "all.tmx" else "glossary", "export", str(tmp_path / name), "--locale", "en")
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert not re.search("claire|jeong|이정은|Eun Lee", text, re.IGNORECASE)
        kept = ("It rained.", "leejin", "old", "Three bridges") if name == "all.tmx" else ("bridge", "as before")
        assert [each for each in kept if each not in text] == []

    def test_in_figures_and_explanations(self, hidden: Path) -> None:
        git(hidden, "init", "-q")
        for form in ("text", "csv", "json"):
            told = done(hidden, "stats", "--month", "2024-03", "--to", form, user="mina")
            assert "claire" not in told
            assert "(others)" in told
        for form in ("text", "json"):
            told = done(hidden, "memory", "find", "bridges", "--locale", "en", "--format", form)
            told += done(
                hidden, "memory", "lookup", "강변시 다리 3곳이 5일 밤 끊겼다.", "--locale", "en", "--format", form
            )
            assert "claire" not in told
            assert "somebody" in told
        told = done(hidden, "credits", "en:river", "--explain") + done(hidden, "person", "list")
        assert not re.search("Claire Lee|claire@|Jeong", told)

    def test_and_check_says_that_the_settings_name_them(self, hidden: Path) -> None:
        told = transflow(hidden, "check").out
        assert "[record.protected-name]" in told
        assert not re.search("claire", told, re.IGNORECASE)
        protect(hidden, "claire")
        protect(hidden, "jeong")
        assert "[record.protected-name]" not in transflow(hidden, "check").out

    def test_by_an_id_or_a_name_that_somebody_adds(self, newsroom: Path) -> None:
        add = ("person", "add")
        for more in (("--name", "Mina Kim"), ("--email", "kim@example.org"), ("--alias", "김미나")):
            said = refusal(newsroom, *add, "p-7k2m", "--protected", *more, code=2)
            assert "transflow person protect ID" in said
        said = refusal(newsroom, *add, "minakim", "--protected", "--role", "reporter", code=2)
        drawn = re.search(r"such as (p-[0-9a-z]{4})\.", said)
        assert drawn
        done(newsroom, *add, drawn[1], "--protected", "--role", "reporter")

    def test_by_an_id_that_git_still_has(self, newsroom: Path) -> None:
        git(newsroom, "init", "-q")
        commit = ("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qam", "all")
        git(newsroom, "add", "-A")
        git(newsroom, *commit)
        before = json.loads(done(newsroom, "stats", "--month", "2024-03", "--to", "json", user="mina"))["rows"]
        new = protect(newsroom, "claire")
        for _ in range(2):  # before and after the commit
            after = json.loads(done(newsroom, "stats", "--month", "2024-03", "--to", "json", user="mina"))["rows"]
            assert sorted(after, key=str) == sorted(
                ({**row, "name": new if row["name"] == "claire" else row["name"]} for row in before), key=str
            )
            git(newsroom, *commit, fails=None)

    def test_by_what_protecting_leaves(self, newsroom: Path) -> None:
        """The glossary loses the old id; capitals, messages, branches and settings are reported."""
        glossary = newsroom / "locales" / "en" / "glossary.po"
        glossary.write_text(
            glossary.read_text(encoding="utf-8") + '\n# Claire asked for it\nmsgid "다리"\nmsgstr "bridge"\n',
            encoding="utf-8",
        )
        (newsroom / "templates").mkdir()
        (newsroom / "templates" / "story.css").write_text("/* CLAIRE LEE */")
        git(newsroom, "init", "-q")
        git(newsroom, "config", "user.name", "claire lee")
        git(newsroom, "config", "user.email", "x@example.org")
        git(newsroom, "add", "-A")
        git(newsroom, "-c", "user.name=x", "commit", "-qm", "for Claire Lee")
        git(newsroom, "branch", "claire-lee/fixes")
        git(newsroom, "tag", "CLAIRE")
        said = done(newsroom, "person", "protect", "claire", "--yes", user="mina")
        assert "bridge" in glossary.read_text(encoding="utf-8")
        assert "claire" not in glossary.read_text(encoding="utf-8").lower()
        assert "templates/story.css:1" in said
        assert "or in the message, of 1." in said
        assert "2 branches or tags" in said
        assert "git config user.name p-" in said
        assert not re.search("claire", said.replace("templates/story.css", ""), re.IGNORECASE)

    def test_by_what_an_imported_memory_says_of_its_units(self, newsroom: Path, tmp_path: Path) -> None:
        memory = newsroom / "locales" / "en" / "memory" / "old.tmx"
        memory.parent.mkdir()
        named = '<tu><tuv xml:lang="ko"><seg>그</seg></tuv><tuv xml:lang="en"><seg>Claire Lee</seg></tuv></tu>'
        memory.write_text(tmx(OTHERS_UNIT, named), encoding="utf-8")
        new = protect(newsroom, "claire")
        text = memory.read_text(encoding="utf-8")
        assert re.findall("claire", text, re.IGNORECASE) == ["Claire"]
        assert text.count(new) == 3
        assert "leejin" in text
        assert tmx(OTHERS_UNIT, named).count("<") == text.count("<")
        done(newsroom, "memory", "export", str(tmp_path / "all.tmx"), "--locale", "en")
        assert "claire" not in (tmp_path / "all.tmx").read_text(encoding="utf-8")


def test_who_one_chose_to_be_on_this_computer_goes_on_under_the_new_id(newsroom: Path) -> None:
    remember(Project(newsroom), "claire")
    done(newsroom, "person", "protect", "claire", "--dry-run", user="mina")
    assert remembered(Project(newsroom)) == "claire"
    new_id = protect(newsroom, "claire")
    assert remembered(Project(newsroom)) == new_id
