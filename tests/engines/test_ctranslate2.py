"""An engine with a local model, created with the real converter, with exact answers.

The model is a Marian transformer of one layer with weights set by hand. A hidden state has one
dimension for each word and one for each position. At each position the decoder attends to the
source word at that position and outputs its translation. So the model translates word by word, and
stops where the source ends.
"""

from __future__ import annotations

import gc
import io
import warnings
from pathlib import Path
from typing import Any

import pytest

from transflow.engines import EngineItem
from transflow.engines.setup.ready import ReadyEngine, ready_engine
from transflow.engines.setup.settings import parse
from transflow.errors import ConfigError
from transflow.network.errors import MismatchError

ctranslate2 = pytest.importorskip("ctranslate2", reason="needs pip install 'transflow[ctranslate2]'")
sentencepiece = pytest.importorskip("sentencepiece", reason="needs pip install 'transflow[ctranslate2]'")
np = pytest.importorskip("numpy", reason="comes with ctranslate2")

END = "</s>"
WORDS = {"다리가": "Bridges", "끊겼다": "fell", "사람은": "People", "없다": "vanished", END: END, "kor": "kor"}
PLACES = 28
CONFIG = """\
type: transformer
enc-depth: 1
dec-depth: 1
transformer-heads: 1
transformer-ffn-activation: relu
transformer-preprocess: n
transformer-postprocess: da
transformer-postprocess-top: n
transformer-postprocess-emb: d
transformer-decoder-autoreg: self-attention
transformer-no-projection: false
transformer-guided-alignment-layer: last
"""


def made(folder: Path, *, says: dict[str, str] = WORDS) -> Path:
    """Create a converted model with this dictionary, and its SentencePiece models."""
    tokens = [END, "<unk>", *dict.fromkeys(f"▁{word}" for word in (*says, *says.values()) if word != END)]
    folder.mkdir()
    vocabulary = folder / "vocabulary.yml"
    vocabulary.write_text("".join(f'"{token}": {at}\n' for at, token in enumerate(tokens)), encoding="utf-8")
    np.savez(folder / "marian.npz", **weights(tokens, {piece(a): piece(b) for a, b in says.items()}))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the converter leaves the file open
        converter = ctranslate2.converters.MarianConverter(str(folder / "marian.npz"), [str(vocabulary)] * 2)
        converter.convert(str(folder / "model"))
        del converter
        gc.collect()
    for name in ("source.spm", "target.spm"):
        (folder / "model" / name).write_bytes(pieces())
    return folder / "model"


def piece(word: str) -> str:
    return word if word == END else f"▁{word}"


def pieces() -> bytes:
    """Create a SentencePiece model whose pieces are whole words."""
    written = io.BytesIO()
    words = [word for word in (*WORDS, *WORDS.values()) if word != END]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(words * 3),
        model_writer=written,
        model_type="word",
        vocab_size=len(set(words)) + 3,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
    )
    return written.getvalue()


def weights(tokens: list[str], says: dict[str, str]) -> dict[str, Any]:
    count = len(tokens)
    width = (count + PLACES + 1) // 2 * 2
    nought, unit = np.zeros((width, width), np.float32), np.eye(width, dtype=np.float32)
    flat, ones = np.zeros((1, width), np.float32), np.ones((1, width), np.float32)
    places, words = unit.copy(), nought.copy()
    places[:count] = 0
    for source, target in says.items():
        words[tokens.index(source), tokens.index(target)] = 1
    found: dict[str, Any] = {
        "special:model.yml": np.frombuffer(CONFIG.encode() + b"\0", dtype=np.int8),
        "Wemb": unit[:count],
        "Wpos": unit[count : count + PLACES] * 10,
        "encoder_top_ln_scale": ones,
        "encoder_top_ln_bias": flat,
        "decoder_top_ln_scale": ones,
        "decoder_top_ln_bias": flat,
    }
    for block in ("encoder_l1_self", "decoder_l1_self", "decoder_l1_context"):
        looks = block == "decoder_l1_context"
        matrices = {"q": places * 50, "k": places * 50, "v": words * 100, "o": unit * 100} if looks else {}
        for name in "qkvo":
            found |= {f"{block}_W{name}": matrices.get(name, nought), f"{block}_b{name}": flat}
        found |= {f"{block}_Wo_ln_scale_pre": ones, f"{block}_Wo_ln_bias_pre": flat}
    for block in ("encoder_l1_ffn", "decoder_l1_ffn"):
        for name in "12":
            found |= {f"{block}_W{name}": nought, f"{block}_b{name}": flat}
        found |= {f"{block}_ffn_ln_scale_pre": ones, f"{block}_ffn_ln_bias_pre": flat}
    return found


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
