"""What tests of the whole share: projects to work in, far from the settings of whoever runs the tests."""

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

# How many examples a property is tried with: few in every run, and the same ones, so that what passed here passes in CI; many
# and other ones each time in `make soak`. Tests whose every example is dear say less. A busy machine is no failure: no
# deadline, and slow drawing is not complained of.
_patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", _patient, max_examples=5, derandomize=True)
settings.register_profile("suite", _patient, max_examples=50, derandomize=True)
settings.register_profile("soak", _patient, max_examples=2_000)
settings.load_profile(os.environ.get("EXAMPLES", "suite"))


@pytest.fixture(autouse=True, scope="session")
def _nobody_in_particular(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test depends on who runs it: no TRANSFLOW_USER, no git identity of the machine, no folders of the user."""
    home = tmp_path_factory.mktemp("home")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so it is for what a shell starts in the background
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
        # Tests that spoil catalogs would wait for whoever may be writing them; those of waiting say themselves how long.
        patch.setattr("transflow.project.looking.PATIENCE", 0.1)
        yield


@pytest.fixture(autouse=True, scope="session")
def _the_checkout_stays_as_it_is(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests run in another folder, and none writes into the newsroom that the repository itself is."""
    before = record()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        yield
    assert record() == before
    assert not (ROOT / "build").exists()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample project: two approved reports and a cleared story."""
    return copy_sample(tmp_path / "sample")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A project with one language. See `new_project`."""
    return new_project(tmp_path / "room")
