"""Copies of the sample newsroom, which is the repository itself."""

from __future__ import annotations

import shutil
from pathlib import Path

from support.paths import ROOT

NAMES = ("transflow.toml", "sources", "locales")


def copy_sample(folder: Path) -> Path:
    """Copy the sample newsroom to a new folder, without caches and output."""
    folder.mkdir(parents=True)
    for name in NAMES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy2(source, folder / name)
    return folder


def record() -> dict[str, bytes]:
    """Read every file of the sample newsroom in the checkout."""
    files = [ROOT / "transflow.toml", *(ROOT / "sources").rglob("*"), *(ROOT / "locales").rglob("*")]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files if path.is_file()}
