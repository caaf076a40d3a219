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
from transflow.engines.setup import settings
from transflow.engines.setup.ready import ready_engine
from transflow.project import CatalogRef, Project

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


class TestEnginesOfOnesOwn:
    """The guide with a model that is made here, and a server on this machine."""

    GUIDE = (DOCS / "guides" / "local-engines.md").read_text(encoding="utf-8")

    @pytest.fixture
    def config(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        monkeypatch.setenv("TRANSFLOW_USER", "mina")
        settings.config_path().parent.mkdir(parents=True)
        return settings.config_path()

    def settings(self, at: int) -> str:
        found = re.findall(r"```toml\n(.*?)```", self.GUIDE, re.DOTALL)
        settings.parse(found[at], "engines.toml")
        return str(found[at])

    @pytest.mark.slow
    def test_a_model_is_converted_and_drafts(self, room: Path, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("ctranslate2", reason="needs pip install 'transflow[ctranslate2]'")
        from support.local_models import opus_mt

        opus_mt(room / "opus-ko-en", {"다리가": "Bridges", "끊겼다": "fell"})
        report = "---\ntitle: 다리가 끊겼다\n---\n\n다리가 끊겼다\n"
        (room / "sources/un-letter.md").write_text(report, encoding="utf-8")
        done(room, "update", user="claire")
        config.write_text(self.settings(0), encoding="utf-8")
        part = self.GUIDE.partition("## A language model")[0]
        monkeypatch.chdir(room)
        assert Shell(monkeypatch, room).follow(part) == 6
        (unit, _) = Project(room).load(CatalogRef("en", "reports", "un-letter")).units
        assert (unit.target, [each.who for each in unit.by]) == ("Bridges fell", ["mt:ctranslate2/opus-ko-en"])

    def test_a_server_on_this_machine_needs_no_key_and_no_price(
        self, room: Path, config: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = "---\ntitle: 다리가 끊겼다\n---\n\n다리가 끊겼다\n"
        (room / "sources/un-letter.md").write_text(report, encoding="utf-8")
        done(room, "update", user="claire")
        config.write_text(self.settings(1), encoding="utf-8")
        (step,) = typed_lines(self.GUIDE.partition("## A language model")[2])
        said = Shell(monkeypatch, room).type(step.line)
        assert "openai/MODEL" in said
        assert "to 127.0.0.1: about 0.00 USD" in said

    def test_a_machine_of_the_newsroom_counts_as_local(self, config: Path, tmp_path: Path) -> None:
        config.write_text(self.settings(2), encoding="utf-8")
        ready = ready_engine("openai", "ko", "en", settings.load(), tmp_path, asks=False)
        ready.close()
        assert ready.is_local


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
