"""Build the site: `python -m scripts.site [FOLDER]`, in a checkout. The folder is .site by default.

It fails if a link is broken, a page is missing or has no entry, or a page loads something from
another host.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from scripts.site import built, staging

CONFIG: dict[str, Any] = {
    "site_name": "transflow",
    "site_description": "From Korean reports to English stories with computed credits, on plain files in git",
    "docs_dir": "pages",
    "site_dir": "html",
    "use_directory_urls": False,
    "theme": {"font": False, "language": "en", "features": ["navigation.indexes", "navigation.top"]},
}
"""Everything but the navigation. Fonts are those of the reader's system."""


def build(folder: Path) -> list[str]:
    """Build the site in a folder, and return what is wrong with it."""
    for each in ("pages", "html", ".cache"):
        shutil.rmtree(folder / each, ignore_errors=True)
    staging.stage(folder / "pages")
    config = folder / "zensical.toml"
    config.write_text(_toml(), encoding="utf-8")
    missing = [page for page in staging.listed_pages(staging.nav()) if not (folder / "pages" / page).is_file()]
    wrong = [f"{page}: it is in the navigation, and there is no such page" for page in missing]
    wrong += [
        f"{page}: it has no entry in NAV (scripts/site/staging.py)" for page in staging.unlisted(folder / "pages")
    ]
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "--config-file", str(config)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [*wrong, done.stdout + done.stderr]
    return [*wrong, *built.problems(folder / "html")]


def _toml() -> str:
    """Return the configuration of zensical. JSON texts, lists and numbers are TOML, too."""
    top = {key: value for key, value in CONFIG.items() if not isinstance(value, dict)}
    lines = ["[project]", *(f"{key} = {json.dumps(value)}" for key, value in top.items())]
    lines += [f"nav = [{', '.join(map(_entry, staging.nav()))}]", "[project.theme]"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in CONFIG["theme"].items()]
    return "\n".join(lines) + "\n"


def _entry(entry: dict[str, Any]) -> str:
    ((title, what),) = entry.items()
    value = f"[{', '.join(map(_entry, what))}]" if isinstance(what, list) else json.dumps(what)
    return f"{{{json.dumps(title, ensure_ascii=False)} = {value}}}"


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else staging.ROOT / ".site").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    wrong = build(folder)
    print("\n".join(wrong) or f"{folder / 'html' / 'index.html'}")  # noqa: T201 - its output
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
