"""The tutorial and the guides, typed from top to bottom: each line prints what is shown there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polib
import pytest

from support.commands import done
from support.newsrooms import git
from support.paths import ROOT
from support.typed import Shell, is_printed, typed_lines

DOCS = ROOT / "docs"
MAIL = (DOCS / "guides" / "mail.md").read_text(encoding="utf-8")
TEXTS = ("Floods destroy 3 bridges", "Three bridges in Riverside broke on the night of the 25th.", "Nobody was hurt.")


@pytest.mark.slow
def test_the_tutorial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Shell(monkeypatch, tmp_path).follow((DOCS / "tutorial.md").read_text(encoding="utf-8")) > 30
    assert "Children can listen to stories" in Path("build/en/library.txt").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["translator", "writer", "editor"])
def test_a_guide_in_the_sample_newsroom(name: str, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(sample, "init", "--quiet")
    git(sample, "config", "user.email", "office@example.org")
    git(sample, "config", "user.name", "Office")
    git(sample, "add", "--all")
    git(sample, "commit", "--quiet", "-m", "begin")
    assert Shell(monkeypatch, sample).follow((DOCS / "guides" / f"{name}.md").read_text(encoding="utf-8")) > 10


@pytest.mark.slow
def test_the_guide_for_administrators(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Mina")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "mina@example.org")
    assert Shell(monkeypatch, tmp_path).follow((DOCS / "guides" / "administrator.md").read_text(encoding="utf-8")) > 10


class TestTheRoundTripByMail:
    """A freelancer's words come back from another program, and are credited to them."""

    @pytest.fixture
    def shell(self, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
        (report,) = re.findall(r"```markdown\n(.*?)```", MAIL, re.DOTALL)
        (sample / "bridge.md").write_text(report, encoding="utf-8")
        return Shell(monkeypatch, sample)

    @staticmethod
    def parts() -> tuple[str, str, str, str]:
        before, _, after = MAIL.partition("## As a catalog")
        catalog, _, after = after.partition("## As plain text")
        text, _, end = after.partition("## Approve it")
        return before, catalog, text, end

    def test_as_a_catalog(self, shell: Shell) -> None:
        before, catalog, _, end = self.parts()
        shell.follow(before)
        send, _, take_back = catalog.partition("Mail `sent.po`")
        shell.follow(send)
        sent = polib.pofile("sent.po", wrapwidth=0)
        for entry, text in zip([each for each in sent if not each.obsolete], TEXTS, strict=True):
            entry.msgstr = text
        sent.save("received.po")
        done(Path(), "unit", "comment", "bridge#2", "In the meantime.", user="mina")
        shell.follow(take_back)
        shell.follow(end)
        values = json.loads(done(Path(), "unit", "show", "bridge", "--format", "json"))
        assert [each["target"] for each in values] == list(TEXTS)
        assert {each["who"] for unit in values for each in unit["by"]} == {"choi"}
        assert values[1]["comments"] == ["In the meantime."]

    def test_as_plain_text(self, shell: Shell) -> None:
        before, _, text, end = self.parts()
        shell.follow(before)
        send, _, take_back = text.partition("Each line is replaced")
        shell.follow(send)
        assert len(Path("bridge.txt").read_text(encoding="utf-8").splitlines()) == len(TEXTS)
        Path("received.txt").write_text("\n".join(TEXTS) + "\n", encoding="utf-8")
        shell.follow(take_back)
        shell.follow(end)


class TestWhatIsShown:
    """`support.typed` accepts an output only if it is the one in the document."""

    def test_comments_are_not_typed(self) -> None:
        (step,) = typed_lines("```console\n$ transflow queue   # my work\nen  a#1\n```\n")
        assert step == ("transflow queue", "en  a#1\n")

    @pytest.mark.parametrize(
        ("wanted", "printed", "fits"),
        [("a\n", "a\n", True), ("a\n", "a\nb\n", False), ("…\nb\n", "a\nb\n", True), ("…\nb\n", "b\nc\n", False)],
    )
    def test_an_ellipsis_stands_for_any_lines(self, wanted: str, printed: str, fits: bool) -> None:
        assert is_printed(wanted, printed) == fits
