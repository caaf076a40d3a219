"""Symbolic links in a project are not followed, and pipes and devices are refused at once."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

from support.commands import contents, in_terminal, transflow
from transflow.errors import UnreadableError
from transflow.project import Project, files

SECRET = "ghp_token-of-the-runner"
FILES = (
    "transflow.toml",
    "sources/un-letter.md",
    "locales/en/glossary.po",
    "locales/en/reports/un-letter.po",
    "locales/en/articles/un-china-refugees.po",
    "locales/en/memory/old.tmx",
    "templates/story.css",
    "build/en/un-china-refugees.html",
    ".gitattributes",
)
FOLDERS = (
    "sources",
    "locales",
    "locales/en",
    "locales/en/reports",
    "locales/en/articles",
    "locales/en/memory",
    "templates",
)
COMMANDS = (
    ("status",),
    ("check", "--all"),
    ("unit", "show", "un-letter"),
    ("render", "--to", "html"),
    ("memory", "find", "서한"),
    ("export", "--to", "po", "--output", "../out"),
    ("memory", "export", "../all.tmx"),
    ("repair",),
    ("redact", "서한", "--dry-run", "--yes"),
    ("git", "setup"),
    ("person", "add", "x", "--name", "X", "--role", "writer"),
)


@pytest.fixture
def newsroom(sample: Path) -> Path:
    """Return the sample with templates of its own, an imported memory and output."""
    with (sample / "transflow.toml").open("a", encoding="utf-8") as file:
        file.write('\n[render]\ntemplates = "templates"\n')
    for name, text in (
        ("templates/story.css", "h1 { color: teal }\n"),
        ("locales/en/memory/old.tmx", '<tmx version="1.4"><header srclang="ko"/><body></body></tmx>'),
        ("locales/en/glossary.po", 'msgid ""\nmsgstr ""\n"Language: en\\n"\n'),
        ("build/en/un-china-refugees.html", "<p>DRAFT — not for publication</p>"),
        (".gitattributes", "*.po text\n"),
    ):
        (sample / name).parent.mkdir(parents=True, exist_ok=True)
        (sample / name).write_text(text, encoding="utf-8")
    return sample


def outside(newsroom: Path, name: str, *, inner: bool) -> Path:
    """Create a file that nobody may read through a link: outside, or in the project's .git."""
    place = newsroom / ".git" if inner else newsroom.parent / "elsewhere"
    path = place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    old = newsroom / name
    if old.is_dir():
        shutil.copytree(old, path)
        for each in path.rglob("*"):
            if each.is_file():
                each.write_bytes(each.read_bytes() + SECRET.encode())
    else:
        path.write_text(f"{SECRET}\n", encoding="utf-8")
    return path


def all_said(folder: Path) -> str:
    """Return the output of all commands, on both streams and in files."""
    said = []
    for arguments in COMMANDS:
        ran = transflow(folder, *arguments, user="mina")
        assert "Traceback" not in ran.err, (arguments, ran.err)
        said += [ran.out, ran.err]
    written = [path for path in folder.parent.rglob("*") if path.is_file() and not path.is_symlink()]
    hidden = (folder.parent / "elsewhere", folder / ".git")
    said += [path.read_bytes().decode("utf-8", "replace") for path in written if not set(hidden) & set(path.parents)]
    return "\n".join(said)


class TestALinkInAProject:
    @pytest.mark.parametrize("name", FILES)
    def test_is_not_followed_by_any_command(self, newsroom: Path, name: str) -> None:
        target = outside(newsroom, name, inner=name.startswith(("templates", "locales/en/memory")))
        before = target.read_bytes()
        (newsroom / name).unlink()
        (newsroom / name).symlink_to(target)
        assert SECRET not in all_said(newsroom)
        assert target.read_bytes() == before

    @pytest.mark.parametrize("name", FOLDERS)
    def test_is_not_followed_on_the_way_to_a_file(self, newsroom: Path, name: str) -> None:
        target = outside(newsroom, name, inner=False)
        before = contents(target)
        shutil.rmtree(newsroom / name)
        (newsroom / name).symlink_to(target)
        assert SECRET not in all_said(newsroom)
        assert contents(target) == before

    def test_is_named_when_the_screen_ends_for_it(self, newsroom: Path) -> None:
        (newsroom / "locales/en").rename(newsroom.parent / "other")
        (newsroom / "locales/en").symlink_to(newsroom.parent / "other")
        code, said = in_terminal(newsroom, user="mina")
        assert (code, "Traceback" in said) == (3, False)
        assert "transflow: locales/en/reports/: locales/en is a symbolic link" in said

    def test_is_named_with_the_way_out(self, newsroom: Path) -> None:
        for name in ("locales/en", "sources/un-letter.md"):
            (newsroom / name).rename(newsroom.parent / "other")
            (newsroom / name).symlink_to(newsroom.parent / "other")
            ran = transflow(newsroom, "check", "--all")
            assert ran.code == 3
            assert (
                f"{name} is a symbolic link" in ran.out + ran.err
                or f"{name}: it is a symbolic link" in ran.out + ran.err
            )
            (newsroom / name).unlink()
            (newsroom.parent / "other").rename(newsroom / name)

    def test_to_the_projects_folder_is_the_users_own(self, newsroom: Path) -> None:
        (newsroom.parent / "way").symlink_to(newsroom.parent)
        (newsroom.parent / "room").symlink_to(newsroom)
        assert transflow(newsroom.parent / "way" / newsroom.name, "status").code == 0
        assert transflow(newsroom.parent / "room", "check", "--all").code == 0

    def test_is_not_followed_where_somebody_names_it(self, newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(newsroom)
        secret = newsroom.parent / "secret.json"
        secret.write_text(SECRET)
        for name in ("known.json", "new.csv"):
            (newsroom / name).symlink_to(secret)
        for arguments in (
            ("check", "--baseline", "known.json"),
            ("check", "--write-baseline", "known.json"),
            ("check", "--output", "known.json"),
            ("glossary", "import", "new.csv"),
            ("glossary", "export", "new.csv"),
            ("add", "known.json"),
        ):
            ran = transflow(newsroom, *arguments, user="mina")
            assert ran.code != 0, arguments
            assert SECRET not in ran.out + ran.err
            assert "symbolic link" in ran.err
        assert secret.read_text() == SECRET

    def test_is_no_way_out_of_the_project_for_what_is_exported(
        self, newsroom: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(newsroom)
        (newsroom.parent / "home").mkdir()
        (newsroom / "out").symlink_to(newsroom.parent / "home")
        for arguments in (
            ("export", "--output", "out"),
            ("export", "--to", "mo", "--output", "out/deep"),
            ("article", "edit", "un-china-refugees", "--export", "out/story.txt"),
            ("glossary", "export", "out/terms.csv"),
            ("memory", "export", "out/all.tmx"),
            ("check", "--all", "--output", "out/found.txt"),
        ):
            ran = transflow(newsroom, *arguments, user="mina")
            assert ran.code == 1, (arguments, ran)
            assert "out is a symbolic link" in ran.err
        assert list((newsroom.parent / "home").iterdir()) == []

    def test_to_output_does_not_keep_anybody_from_correcting_the_record(self, newsroom: Path) -> None:
        elsewhere = newsroom.parent / "elsewhere"
        (newsroom / "build" / "en").rename(elsewhere)
        (newsroom / "build" / "en").symlink_to(elsewhere)
        ran = transflow(newsroom, "credit", "withhold", "claire", user="mina")
        assert ran.code == 0, ran
        assert [path.name for path in elsewhere.iterdir()] == ["un-china-refugees.html"]
        ran = transflow(newsroom, "render", "un-china-refugees", "--to", "html")
        assert (ran.code, "build/en is a symbolic link" in ran.err) == (1, True)

    def test_among_who_has_a_catalog_open_removes_nothing_elsewhere(self, newsroom: Path) -> None:
        from transflow.presenters.presence import Presence
        from transflow.project import CatalogRef

        mine = newsroom.parent / "mine"
        mine.mkdir()
        (mine / "thesis.txt").write_text("years of work")
        place = CatalogRef("en", "reports", "un-letter")
        for name in ("open/en~reports~un-letter", "open"):
            link = newsroom / ".transflow" / name
            shutil.rmtree(link, ignore_errors=True)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(mine)
            presence = Presence(newsroom, "mina")
            presence.enter(place)
            assert presence.others(place) == ()
            presence.leave()
            link.unlink()
        assert [path.name for path in mine.iterdir()] == ["thesis.txt"]

    def test_in_the_place_of_the_lock_folders_ignore_file_makes_no_file_elsewhere(self, newsroom: Path) -> None:
        (newsroom / ".transflow").mkdir(exist_ok=True)
        (newsroom / ".transflow" / ".gitignore").unlink(missing_ok=True)
        (newsroom / ".transflow" / ".gitignore").symlink_to(newsroom.parent / "made")
        assert transflow(newsroom, "update", user="mina").code == 0
        assert not (newsroom.parent / "made").exists()


class TestWhatIsNoFile:
    def test_is_refused_at_once(self, newsroom: Path) -> None:
        for name in reversed(FILES):  # the settings last, because nothing else is read without them
            (newsroom / name).unlink()
            os.mkfifo(newsroom / name)
            for arguments in (COMMANDS[1], COMMANDS[3], COMMANDS[7]):
                ran = transflow(newsroom, *arguments, user="mina")  # waiting for a writer would take forever
                assert ran.code != 70, (name, arguments, ran.err)
        assert ran.code in (2, 3)

    def test_is_named(self, newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (newsroom / "sources" / "a").mkdir()
        os.mkfifo(newsroom / "sources" / "b")
        monkeypatch.chdir(newsroom / "sources")
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("c")
            for name in "abc":
                with pytest.raises(UnreadableError, match=f"sources/{name}"):
                    Project(newsroom).read(f"sources/{name}")


class TestANameInAProject:
    @pytest.mark.parametrize("name", ["../x", "a/../../x", "..", "sources/../../x"])
    def test_never_leads_out_of_it(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "x").write_text(SECRET)
        (tmp_path / "room" / "a").mkdir(parents=True)
        with pytest.raises(UnreadableError):
            files.read_own(tmp_path / "room", name)


@pytest.mark.parametrize("name", ["sources", "locales", "locales/en", "locales/en/reports"])
def test_a_file_where_a_folder_should_be_is_named(newsroom: Path, name: str) -> None:
    shutil.rmtree(newsroom / name)
    (newsroom / name).touch()
    with pytest.raises(UnreadableError, match="it is no folder"):
        files.entries(newsroom, "sources" if name == "sources" else "locales/en/reports")
    ran = transflow(newsroom, "check", "--all", user="mina")
    assert (ran.code, "Not a directory" in ran.err) == (3, False), ran.err
