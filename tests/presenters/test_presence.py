"""The list of people who have a catalog open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from transflow.presenters.presence import Presence
from transflow.project import CatalogRef

PLACE = CatalogRef("en", "reports", "2024/un-letter")
OTHER = CatalogRef("en", "reports", "rights-groups")
STAYS = """
import sys, time
from pathlib import Path

import pytest
from transflow.project import CatalogRef
from transflow.presenters.presence import Presence
presence = Presence(Path(sys.argv[1]), "leejin")
presence.enter(CatalogRef("en", "reports", "2024/un-letter"))
print("in", flush=True)
time.sleep(60)
"""


def test_people_see_each_other_in_the_same_catalog_only(tmp_path: Path) -> None:
    claire, leejin = Presence(tmp_path, "claire"), Presence(tmp_path, "leejin")
    claire.enter(PLACE)
    leejin.enter(PLACE)
    assert (claire.others(PLACE), leejin.others(PLACE)) == (("leejin",), ("claire",))
    leejin.enter(OTHER)
    assert claire.others(PLACE) == ()
    leejin.leave()
    claire.leave()
    assert list((tmp_path / ".transflow" / "open").rglob("*~*~*/*")) == []


def test_a_killed_process_is_not_there_any_more(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STAYS, str(tmp_path)]
    mine = Presence(tmp_path, "claire")
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert mine.others(PLACE) == ("leejin",)
        process.kill()
    assert mine.others(PLACE) == ()


@pytest.mark.parametrize("part", ["", "open"])
def test_a_folder_that_cannot_be_used_shows_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    claire, leejin = Presence(tmp_path, "claire"), Presence(tmp_path, "leejin")
    leejin.enter(PLACE)
    if part:
        monkeypatch.setattr("transflow.presenters.presence.os.open", refuse)
    else:
        monkeypatch.setattr(Path, "iterdir", refuse)
    claire.enter(PLACE)
    assert claire.others(PLACE) == ()
    claire.leave()
    monkeypatch.undo()
    assert claire.others(PLACE) == ("leejin",)
