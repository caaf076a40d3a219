"""An engine with a local model, created with the real converter, with exact answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.local_models import END, WORDS, made
from transflow.engines import EngineItem
from transflow.engines.setup.ready import ReadyEngine, ready_engine
from transflow.engines.setup.settings import parse
from transflow.errors import ConfigError
from transflow.network.errors import MismatchError


def setup(folder: Path, extra: str = "") -> ReadyEngine:
    own = parse(f'[ctranslate2]\nfolder = "{folder}"\n{extra}', "engines.toml")
    return ready_engine("ctranslate2", "ko", "en", own, folder)


def items(*texts: str) -> list[EngineItem]:
    return [EngineItem(str(place), text) for place, text in enumerate(texts)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("model") / "wired")


def test_a_model_in_a_folder_translates_here(model: Path) -> None:
    asked = setup(model)
    assert asked.is_local
    answered = asked.translate(items("다리가 끊겼다", "사람은 없다", "없다 사람은 다리가"), private=True)
    assert list(answered.texts) == ["Bridges fell", "People vanished", "vanished People Bridges"]
    assert answered.refused == {}


def test_a_text_that_it_would_cut_is_refused_and_the_others_are_not(model: Path) -> None:
    long = " ".join(["다리가"] * 7)
    answered = setup(model, 'most_tokens = "6"\n').translate(items("다리가 끊겼다", long, "사람은"), private=True)
    assert list(answered.texts) == ["Bridges fell", "", "People"]
    assert answered.refused == {1: "it has 7 tokens, more than 6."}


def test_an_answer_that_does_not_end_is_refused(tmp_path: Path) -> None:
    endless = made(tmp_path / "endless", says={**WORDS, END: "kor"})
    answered = setup(endless, 'most_tokens = "6"\n').translate(items("다리가 끊겼다"), private=True)
    assert (list(answered.texts), answered.refused) == ([""], {0: "it does not come to an end."})


def test_a_text_with_more_tokens_than_the_model_has_places_is_an_error_and_no_half_text(model: Path) -> None:
    with pytest.raises(MismatchError, match="most_tokens"):
        setup(model).translate(items(" ".join(["다리가"] * 40)), private=True)


def test_tokens_of_languages_go_before_the_texts_and_not_into_the_answer(model: Path) -> None:
    answered = setup(model, 'source_prefix = "▁kor"\ntarget_prefix = "▁kor"\n').translate(
        items("다리가 끊겼다"), private=True
    )
    assert list(answered.texts) == ["Bridges fell"]


@pytest.mark.parametrize("content", [{}, {"model.bin": b""}, {"model.bin": b"x", "source.spm": b"", "target.spm": b""}])
def test_a_folder_without_a_model_is_named(tmp_path: Path, content: dict[str, bytes]) -> None:
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ConfigError, match=r"ctranslate2\.folder"):
        setup(tmp_path).translate(items("네"), private=True)


def test_a_folder_must_be_said() -> None:
    with pytest.raises(ConfigError, match=r"ctranslate2\.folder: it must be set"):
        ready_engine("ctranslate2", "ko", "en", parse("", "engines.toml"), Path())
