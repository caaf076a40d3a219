"""The folder of Markdown pages that the site is built from: the documents and the generated pages.

Invariant: every page has one entry in `NAV`, and every entry its page; a link out of the documents
leads to a copy in the site.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.site import api, commands, outputs, settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
OUTSIDE = {
    "ARCHITECTURE.md": "project/architecture.md",
    "CHANGELOG.md": "project/changes.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "RELEASING.md": "project/releasing.md",
    "SECURITY.md": "project/security.md",
    "README.md": "project/readme.md",
    "LICENSE": "project/license.txt",
    "action.yml": "project/action.yml.txt",
    ".pre-commit-hooks.yaml": "project/pre-commit-hooks.yaml.txt",
    "Containerfile": "project/Containerfile.txt",
}
"""Files outside of docs/ -> their names in the site."""
NAV: list[dict[str, Any]] = [
    {"Home": "index.md"},
    {"Tutorial": "tutorial.md"},
    {"Install": "install.md"},
    {
        "How-to guides": [
            {"Translators": "guides/translator.md"},
            {"Writers": "guides/writer.md"},
            {"Editors": "guides/editor.md"},
            {"CI and administrators": "guides/administrator.md"},
            {"Freelancers by mail": "guides/mail.md"},
            {"Engines of your own": "guides/local-engines.md"},
            {"A day in the newsroom": "project/readme.md"},
            {"The terminal UI": "terminal.md"},
            {"Sharing through git": "git.md"},
            {"Several languages": "languages.md"},
            {"Glossary": "glossary.md"},
            {"Translation memory": "memory.md"},
            {"Machine translation": "engines.md"},
            {"Machine drafts": "machine.md"},
            {"Judges": "judges.md"},
            {"Agents": "agents.md"},
            {"In the browser": "browser.md"},
            {"The others' work": "sync.md"},
            {"Corrections and protected names": "corrections.md"},
            {"Whose approval it is": "trust.md"},
            {"Statistics": "stats.md"},
            {"Poedit, OmegaT and others": "other-tools.md"},
        ]
    },
    {"Concepts": [{"Units, catalogs, stories": "concepts.md"}, {"Words on the screen": "screen-words.md"}]},
    {
        "Reference": [
            {"Commands": "COMMANDS"},
            {"transflow.toml": "reference/transflow-toml.md"},
            {"engines.toml": "reference/engines-toml.md"},
            {"Files of a project": "files.md"},
            {"Files of reports and stories": "formats.md"},
            {"Checks": "checks.md"},
            {"JSON outputs": "reference/json.md"},
            {"Python API": "reference/python.md"},
        ]
    },
    {"Explanation": "DECISIONS"},
    {
        "Project": [
            {"Changes": "project/changes.md"},
            {"Security": "project/security.md"},
            {"Architecture": "project/architecture.md"},
            {"Contributing": "project/contributing.md"},
            {"Releasing and versions": "project/releasing.md"},
        ]
    },
]
_LINK = re.compile(r"(\]\()((?!https?:|mailto:|#)[^)#\s]+)(#[^)]*)?(\))")


def nav() -> list[dict[str, Any]]:
    """Return the navigation, with an entry for each command and each decision."""
    listed = {
        "COMMANDS": [{title: f"reference/commands/{name}"} for name, title, _ in commands.pages()],
        "DECISIONS": [{_title(path): f"decisions/{path.name}"} for path in sorted(DOCS.glob("decisions/*.md"))],
    }

    def filled(entry: dict[str, Any]) -> dict[str, Any]:
        ((title, what),) = entry.items()
        if isinstance(what, list):
            return {title: [filled(each) for each in what]}
        return {title: listed.get(what, what)}

    return [filled(entry) for entry in NAV]


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def listed_pages(entries: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the pages that a navigation names."""
    for entry in entries:
        for what in entry.values():
            if isinstance(what, list):
                yield from listed_pages(what)
            else:
                yield what


def unlisted(folder: Path) -> list[str]:
    """Return the staged pages without an entry in the navigation."""
    staged = {str(path.relative_to(folder)) for path in folder.rglob("*.md")}
    return sorted(staged - set(listed_pages(nav())))


def stage(folder: Path) -> None:
    """Write all pages into an empty folder."""
    shutil.copytree(DOCS, folder, dirs_exist_ok=True)
    for path in sorted(folder.rglob("*.md")):
        page = path.relative_to(folder)
        path.write_text(_linked(path.read_text(encoding="utf-8"), Path("docs") / page, page), encoding="utf-8")
    for source, target in OUTSIDE.items():
        if (ROOT / source).exists():
            text = (ROOT / source).read_text(encoding="utf-8")
            _write(folder, target, _linked(text, Path(source), Path(target)) if target.endswith(".md") else text)
    for name, _, text in commands.pages():
        _write(folder, f"reference/commands/{name}", text)
    _write(folder, "reference/transflow-toml.md", settings.transflow_toml())
    _write(folder, "reference/engines-toml.md", settings.engines_toml())
    _write(folder, "reference/json.md", outputs.page())
    _write(folder, "reference/python.md", api.page())


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _linked(text: str, source: Path, page: Path) -> str:
    """Return the text of a document with its links as they are in the site.

    `source` is its path in the repository, `page` its path in the site.
    """

    def moved(found: re.Match[str]) -> str:
        target = _normal(source.parent / found[2])
        name = (
            OUTSIDE.get(target) or target.removeprefix("docs/") if target.startswith("docs/") else OUTSIDE.get(target)
        )
        if not name:
            return found[0]
        up = "../" * (len(page.parts) - 1)
        return f"{found[1]}{up}{name}{found[3] or ''}{found[4]}"

    blocks = re.split(r"(^```.*?^```$)", text, flags=re.DOTALL | re.MULTILINE)
    return "".join(block if index % 2 else _LINK.sub(moved, block) for index, block in enumerate(blocks))


def _normal(path: Path) -> str:
    """Return a path in the repository without `..`."""
    kept: list[str] = []
    for part in path.parts:
        if part == "..":
            kept.pop()
        else:
            kept.append(part)
    return "/".join(kept)
