"""Fixtures for all tests: projects to work in, independent of the user who runs the tests."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support.commands import new_project
from support.paths import ROOT
from support.sample import copy_sample, record

# Examples per property: few in every run, and the same ones, so that a test that passes here also
# passes in CI; many and different ones in `make soak`. Tests with expensive examples use fewer.
# There is no deadline, and slow drawing is no failure, because machines may be busy.
_patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", _patient, max_examples=5, derandomize=True)
settings.register_profile("suite", _patient, max_examples=50, derandomize=True)
settings.register_profile("soak", _patient, max_examples=2_000)
settings.load_profile(os.environ.get("EXAMPLES", "suite"))


@pytest.fixture(autouse=True, scope="session")
def _nobody_in_particular(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Remove everything that depends on the user: environment, git identity and own folders."""
    home = tmp_path_factory.mktemp("home")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts background processes with SIGINT ignored
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "CI",
            "TRANSFLOW_NO_CACHE",
            "TRANSFLOW_USER",
            "GIT_DIR",
            "GIT_PREFIX",
            "GIT_INDEX_FILE",
            "GIT_AUTHOR_EMAIL",
            "EMAIL",
            "VISUAL",
            "EDITOR",
            "SSH_AUTH_SOCK",
            "PYTHONUNBUFFERED",  # it hides what a full disk does to output at the end
        ):
            patch.delenv(name, raising=False)
        for name in [each for each in os.environ if each.endswith(("_API_KEY", "_AUTH_KEY", "_CLIENT_SECRET"))]:
            patch.delenv(name)
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        patch.setenv("XDG_STATE_HOME", str(home / "state"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        # Tests that damage catalogs would wait for a possible writer; tests of waiting set their
        # own time.
        patch.setattr("transflow.project.looking.GIVE_UP_AFTER", 0.1)
        yield


@pytest.fixture(autouse=True, scope="session")
def _the_checkout_stays_as_it_is(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run tests in another folder, and check that none writes into the checkout."""
    before = record()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        yield
    assert record() == before
    assert not (ROOT / "build").exists()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return a copy of the sample project: two approved reports and a cleared story."""
    return copy_sample(tmp_path / "sample")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Return a project with one language. See `new_project`."""
    return new_project(tmp_path / "room")
