"""Build wheel and sdist into dist/, and test both from another folder: `make package`.

The sdist is unpacked, its package is removed, and its tests run against the installed wheel with
`python -P`, so that no file of the checkout, or of the unpacked package, can be imported by
accident.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"


OF_THE_CHECKOUT = (
    "tests/docs",
    "tests/shell",
    "tests/test_plugins.py",
    "tests/test_structure.py",
    "tests/presenters/test_i18n.py",
    "tests/actions/privacy/test_holders.py",
)
"""Tests that read the sources of a checkout, which an installed package does not have."""


def run(*command: str | Path, cwd: Path) -> None:
    """Run a command; its failure ends the script with its exit code."""
    sys.stdout.write(f"$ {' '.join(map(str, command))}\n")
    sys.stdout.flush()
    if code := subprocess.run([str(each) for each in command], cwd=cwd, check=False).returncode:
        sys.exit(code)


def build() -> tuple[Path, Path]:
    """Build both, and return their paths: wheel, sdist."""
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-m", "hatchling", "build", "-d", DIST, cwd=ROOT)
    return next(DIST.glob("*.whl")), next(DIST.glob("*.tar.gz"))


def unpacked(sdist: Path, folder: Path) -> Path:
    """Unpack an sdist without its package, and return the folder of its files."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    shutil.rmtree(root / "transflow")
    return root


def main() -> None:
    wheel, sdist = build()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = folder / "env" / "bin" / "python"
        run(sys.executable, "-m", "venv", folder / "env", cwd=folder)
        install = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(*install, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder)
        run(*install, "--no-deps", wheel, cwd=folder)
        (folder / "sdist").mkdir()
        root = unpacked(sdist, folder / "sdist")
        run(python, "-P", "-m", "transflow", "--version", cwd=root)
        run(python, "-P", "-m", "transflow", "check", cwd=root)
        run(python, "-P", "-m", "pytest", *(f"--ignore={name}" for name in OF_THE_CHECKOUT), cwd=root)


if __name__ == "__main__":
    main()
