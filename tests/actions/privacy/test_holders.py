"""Everything that can hold text is in the registry, and transforms leave nothing behind in it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.commands import NOW, done, transflow
from support.keys import computer, make_key, with_key
from support.paths import ROOT
from support.stories import actor, river
from transflow.actions.engines.response_cache import open_cache
from transflow.actions.language.own_words import add_word
from transflow.actions.privacy.derived_files import NOTES
from transflow.actions.privacy.holders import HOLDERS, TEXTLESS
from transflow.actions.privacy.mv import move
from transflow.actions.privacy.protect import protect
from transflow.actions.privacy.redact import redact_text
from transflow.actions.privacy.residue import name_contains, readings
from transflow.actions.units import steps
from transflow.presenters import journal
from transflow.presenters.presence import Presence
from transflow.privacy.redact import Redaction
from transflow.project import CatalogRef, Project, cache
from transflow.user_folders import drafts_folder, state_folder

TMX = (
    '<tmx version="1.4"><header srclang="ko"/><body><tu creationid="claire">'
    '<tuv xml:lang="ko"><seg>다친 사람은 없다.</seg></tuv><tuv xml:lang="en"><seg>Nobody was hurt.</seg></tuv>'
    "</tu></body></tmx>"
)
FLOOD, RIVER = CatalogRef("en", "reports", "flood"), CatalogRef("en", "articles", "river")


def everything(folder: Path) -> Project:
    """Create a newsroom with a file of every kind, by the commands that write them."""
    river(folder)
    project = Project(folder)
    steps.comment(actor(folder, "mina"), "en:flood#1", "Claire Lee knows that Nobody was hurt.")
    steps.ask(actor(folder, "mina"), "en:flood#2", "Nobody?", "claire")
    with_key(folder, "mina", make_key(folder.parent / "home" / ".ssh" / "mina"))
    with computer(folder.parent / "home"):
        steps.approve(actor(folder, "mina", "2024-03-26T03:00:30Z"), "en:flood#1", again=True)
    done(folder, "glossary", "add", "이정은", "Jeong Eun Lee", "--locale", "en", user="claire")
    add_word(actor(folder, "claire"), "en", "nobody")
    add_word(actor(folder, "claire"), "en", "bridges")
    (folder / "old.tmx").write_text(TMX, encoding="utf-8")
    done(folder, "memory", "import", str(folder / "old.tmx"), "--locale", "en", user="claire")
    (folder / "old.tmx").unlink()
    done(folder, "memory", "find", "bridges", "--locale", "en")
    transflow(folder, "check")
    answers = open_cache(project, NOW)
    assert answers
    answers.store([(b"key", "flood", "Nobody was hurt.")])
    answers.close()
    leftover = folder / "locales" / "en" / "reports" / ".flood.po.999999.tmp"
    leftover.write_text("Nobody", encoding="utf-8")
    transflow(folder, "repair", user="mina")  # puts it away
    leftover.write_text("Nobody", encoding="utf-8")
    typing(folder)
    return project


def typing(folder: Path) -> None:
    """Leave the files of a terminal UI that was killed."""
    presence = Presence(folder, "claire")
    presence.enter(FLOOD)
    drafts = journal.Journal(drafts_folder(folder) / "claire")
    drafts.put(RIVER.path, "k7f3q2mx", journal.UnsavedText("Nobody, says Claire Lee", ""))
    drafts.put(FLOOD.path, "k7f3q2mx", journal.UnsavedText("Nobody", ""))
    drafts.close()


def own_files(project: Project) -> Iterator[Path]:
    """Yield all files of a project, and those in the user's own folders for it."""
    for top in (project.root, cache.folder(project.root), drafts_folder(project.root)):
        yield from (path for path in sorted(top.rglob("*")) if path.is_file() and ".git" not in path.parts)


def is_textless(project: Project, path: Path) -> bool:
    name = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else ""
    notes = tuple(f".transflow/{note}" for note in NOTES)
    return name in (*TEXTLESS, *notes) or any(each.endswith("/") and name.startswith(each) for each in TEXTLESS)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return everything(tmp_path / "room")


class TestTheRegistry:
    def test_has_every_file_that_transflow_writes(self, project: Project) -> None:
        held = {holder.id: set(holder.paths(project)) for holder in HOLDERS}
        unheld = [path for path in own_files(project) if not any(path in paths for paths in held.values())]
        assert [path for path in unheld if not is_textless(project, path)] == []

    def test_and_the_project_has_a_file_of_every_holder(self, project: Project) -> None:
        """Only a server has no files; so a holder that lists nothing is found."""
        assert [holder.id for holder in HOLDERS if not any(holder.paths(project))] == ["shared memory"]

    def test_has_every_file_once(self, project: Project) -> None:
        paths = [path for holder in HOLDERS for path in holder.paths(project)]
        assert len(paths) == len(set(paths))

    def test_beside_it_the_user_s_folder_has_a_ledger_without_texts_alone(self, project: Project) -> None:
        kinds = {path.relative_to(state_folder()).parts[0] for path in state_folder().rglob("*") if path.is_file()}
        assert kinds <= {"drafts", "spending", "sync"}


WRITERS = {
    "actions/checks/verdict_cache.py": "caches",
    "actions/engines/response_cache.py": "caches",
    "actions/language/glossary.py": "glossaries",
    "actions/language/own_words.py": "words",
    "actions/language/memory.py": "caches",
    "actions/language/memory_exchange.py": "memories; exports that somebody named",
    "actions/privacy/drafts.py": "drafts",
    "actions/privacy/holder.py": "all, for the others",
    "actions/privacy/holders.py": "all",
    "actions/privacy/notes.py": "notes without texts",
    "actions/project/export.py": "exports that somebody named",
    "actions/project/git_merge.py": "catalogs, glossaries",
    "actions/project/keys.py": "keys of people in the user's own folder",
    "actions/project/people.py": "settings, reports, files without texts",
    "actions/project/repair.py": "copies of repair, catalogs, glossaries",
    "actions/project/upgrade.py": "glossaries, settings",
    "actions/reports/intake.py": "reports",
    "actions/stories/corrections_page.py": "output",
    "actions/stories/render.py": "output",
    "actions/stories/reprint.py": "output",
    "cli/commands/check.py": "exports that somebody named",
    "cli/commands/glossary.py": "exports that somebody named",
    "cli/commands/render.py": "a file that somebody named",
    "cli/editing.py": "a temporary file outside of the project",
    "cli/streams.py": "/dev/null, in place of closed streams",
    "engines/running/answers.py": "caches",
    "actions/identity.py": "who the user is, without texts",
    "actions/project/permissions.py": "the user's own decisions, without texts",
    "engines/setup/spending.py": "a ledger without texts",
    "memory/index.py": "caches",
    "presenters/journal.py": "drafts",
    "presenters/presence.py": "work files",
    "project/cache.py": "caches",
    "project/files.py": "all, for the others",
    "project/locks.py": "locks without texts",
    "project/project.py": "reports, catalogs, and files for the others",
    "proof/judgement.py": "caches",
    "actions/signatures.py": "signatures",
    "proof/signatures.py": "keys and a signature, in a temporary folder",
    "proof/signing.py": "a public key, in a temporary folder",
    "actions/agents/sessions.py": "drafts",
    "project/git_writing.py": "git's own files, with what the record has",
    "project/writes.py": "the queue of writes: paths and digests, without texts",
    "sync/clone.py": "a lock without texts",
    "sync/merging.py": "copies for a merge, in a temporary folder",
    "sync/placing.py": "catalogs, reports; paths of an exchange under way, without texts",
    "web/people.py": "digests of sessions, without texts",
}
"""Module -> the holders whose files it writes. A new one needs a holder for its files."""
WRITES = {
    "ensure_folder",
    "ensure_private_file",
    "mkdir",
    "open",
    "symlink_to",
    "write_bytes",
    "write_file",
    "write_named",
    "write_report",
    "write_text",
}
FILE_MODULES = {"files", "disk", "cache"}
"""Names that modules give to `project.files` and `project.cache`."""


def writes(tree: ast.Module) -> bool:
    """True if a module calls something that writes files."""
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        flags = ast.unparse(call)
        if name == "open" and not any(mode in flags for mode in ("'w", "'x", "'a", "O_CREAT", "O_WRONLY", "O_RDWR")):
            continue
        if name in WRITES or (name == "write" and owner in FILE_MODULES) or (name == "connect" and owner == "sqlite3"):
            return True
    return False


def test_every_module_that_writes_files_is_known() -> None:
    package = ROOT / "transflow"
    modules = {path.relative_to(package).as_posix(): path for path in package.rglob("*.py")}
    writing = {name for name, path in modules.items() if writes(ast.parse(path.read_text(encoding="utf-8")))}
    assert writing == WRITERS.keys()


# Nothing is left


def contents(project: Project) -> Iterator[tuple[str, str]]:
    """Yield name and readings of every file of every holder, and of notes and work files."""
    for path in own_files(project):
        shown = str(path.relative_to(project.root) if path.is_relative_to(project.root) else path)
        if not shown.startswith(".transflow/locks/"):
            text = path.read_bytes().decode("utf-8", "replace")
            yield shown, "\n".join((shown, *readings(text)))


texts = st.sampled_from(
    ["Nobody", "다친 사람", "Three bridges", "이정은", "Claire Lee", "bridges in Riverside", "mina", "hurt", "Lũ cuốn"]
)


@settings(max_examples=6)
@given(texts, st.booleans())
def test_after_a_redaction_only_the_residues_have_the_text(text: str, any_case: bool) -> None:
    with TemporaryDirectory() as parent:
        project = everything(Path(parent, "room"))
        redaction = Redaction(text, "[x]", any_case=any_case)
        planned = redact_text(actor(project.root, "mina"), redaction, dry_run=True).done
        result = redact_text(actor(project.root, "mina"), redaction).done
        having = {name for name, whole in contents(project) if redaction.occurs_in(whole)}
        assert having == {each.path for each in result.residues if each.is_exact}
        assert (planned.files, planned.owed, planned.residues) == (result.files, result.owed, result.residues)


@settings(max_examples=5)
@given(st.sampled_from(["claire", "jeong", "leejin", "eugene", "juno"]))
def test_after_a_protection_only_the_residues_have_the_name(who: str) -> None:
    with TemporaryDirectory() as parent:
        project = everything(Path(parent, "room"))
        person = project.settings.person(who)
        assert person
        planned = protect(actor(project.root, "mina"), who, 4711, dry_run=True).done
        result = protect(actor(project.root, "mina"), who, 4711).done
        names = [Redaction(each, "[x]", any_case=True) for each in (person.name, *person.aliases, *person.emails, who)]
        having = {
            name for name, whole in contents(project) if any(name_contains(whole, each.occurs_in) for each in names)
        }
        assert having == {each.path for each in result.residues}
        assert (planned.files, planned.owed, planned.residues) == (result.files, result.owed, result.residues)


def references(project: Project, slug: str) -> list[str]:
    """Return what refers to a report or story in the record, the output and the drafts."""
    found = []
    for place in project.all_catalogs():
        catalog = project.load(place)
        fields = [catalog.header.get(name) for name in ("X-Report", "X-Article", "X-Reports")]
        units = (*catalog.units, *catalog.obsolete)
        cited = [cite.partition("#")[0].rpartition(":")[2] for unit in units for cite in unit.cites]
        refs = [ref.report for unit in units for ref in unit.refs]
        found += [place.path] * (slug in " ".join(fields).split() + cited + refs + [place.slug])
    for path in own_files(project):
        shown = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else ""
        if shown.startswith(("sources/", "locales/", "build/")) and path.name.partition(".")[0] == slug:
            found.append(shown)
        elif path.is_relative_to(drafts_folder(project.root)):
            lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
            found += [str(path) for line in lines if line.get("place", "").endswith(f"/{slug}.po")]
    return found


@settings(max_examples=5)
@given(st.sampled_from(["flood", "river"]), st.sampled_from(["stream", "2024/stream", "a"]))
def test_after_a_move_nothing_refers_to_the_old_name(old: str, new: str) -> None:
    with TemporaryDirectory() as parent:
        project = everything(Path(parent, "room"))
        before = references(project, old)
        planned = move(actor(project.root, "claire"), old, new, dry_run=True)
        assert references(project, old) == before != []
        result = move(actor(project.root, "claire"), old, new)
        assert references(project, old) == []
        assert planned == result
        assert transflow(project.root, "check").code == 0


@pytest.mark.parametrize(
    "arguments",
    [("mv", "river", "stream"), ("redact", "Nobody", "--yes"), ("person", "protect", "claire", "--yes")],
    ids=lambda arguments: arguments[0],
)
def test_a_dry_run_writes_nothing_anywhere(project: Project, arguments: tuple[str, ...]) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in own_files(project)}
    done(project.root, *arguments, "--dry-run", user="mina")
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in own_files(project)} == before
