"""Wheel and sdist: complete, and usable where no file of the checkout can be imported."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from support.paths import ROOT
from support.sample import copy_sample


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with wheel and sdist of the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the unpacked wheel, as an installer writes it."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run transflow from the wheel, in a folder."""
    environment = os.environ | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    ran = run(installed, tmp_path, "-c", "import transflow; print(transflow.__file__)")
    assert Path(ran.stdout.strip()).is_relative_to(installed)


def test_the_wheel_has_all_that_commands_need(installed: Path, tmp_path: Path) -> None:
    sample = copy_sample(tmp_path / "sample")
    for arguments, wanted in (
        (["check"], ""),
        (["render"], "build/en/un-china-refugees.html"),
        (["--as", "mina", "--lang", "ko", "--plain"], ""),
        (["init", str(tmp_path / "new")], ""),
        (["names", "un-letter"], ""),
    ):
        ran = run(installed, sample, "-m", "transflow", *arguments)
        assert (ran.returncode, wanted in ran.stdout) == (0, True), (arguments, ran.stdout, ran.stderr)


def test_the_wheel_has_the_package_and_nothing_of_the_sample(dist: Path) -> None:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top.partition("-")[0] for top in tops} == {"transflow"}


def test_the_sdist_has_every_file_that_git_has(dist: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout of git")
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {name for name in listed.stdout.split("\0") if name and not name.startswith(".")}
    assert wanted - held == set()
