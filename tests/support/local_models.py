"""A translation model with a dictionary, created here and converted by the real converter.

It is a Marian transformer of one layer with weights set by hand. A hidden state has one dimension
for each word and one for each position. At each position the decoder attends to the source word at
that position and outputs its translation. So the model translates word by word, and stops where the
source ends.
"""

from __future__ import annotations

import gc
import io
import warnings
from pathlib import Path
from typing import Any

import pytest

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


def opus_mt(folder: Path, says: dict[str, str] = WORDS) -> Path:
    """Create a model as OPUS-MT publishes them, with this dictionary."""
    tokens = [END, "<unk>", *dict.fromkeys(f"▁{word}" for word in (*says, *says.values()) if word != END)]
    folder.mkdir()
    vocabulary = "".join(f'"{token}": {at}\n' for at, token in enumerate(tokens))
    (folder / "vocabulary.yml").write_text(vocabulary, encoding="utf-8")
    np.savez(folder / "marian.npz", **weights(tokens, {piece(a): piece(b) for a, b in says.items()}))
    (folder / "decoder.yml").write_text(
        "models:\n  - marian.npz\nvocabs:\n  - vocabulary.yml\n  - vocabulary.yml\n", encoding="utf-8"
    )
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(pieces())
    return folder


def made(folder: Path, *, says: dict[str, str] = WORDS) -> Path:
    """Create a converted model with this dictionary, and its SentencePiece models."""
    opus_mt(folder, says)
    vocabulary = folder / "vocabulary.yml"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the converter leaves the file open
        converter = ctranslate2.converters.MarianConverter(str(folder / "marian.npz"), [str(vocabulary)] * 2)
        converter.convert(str(folder / "model"))
        del converter
        gc.collect()
    for name in ("source.spm", "target.spm"):
        (folder / "model" / name).write_bytes((folder / name).read_bytes())
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
