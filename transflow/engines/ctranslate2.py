"""CTranslate2, with a model folder on this machine (OPUS-MT, NLLB, …):
https://opennmt.net/CTranslate2/

CTranslate2 silently truncates long input and long output; this module refuses both instead. The
folder holds model.bin and the SentencePiece models, under the names that converters give them.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.errors import ConfigError, UsageError
from transflow.network.errors import MismatchError

URL = ""
HOSTS = ()
MODEL = ""
KEYS: dict[str, str] = {}
OPTIONS = {
    "folder!": "the folder of a converted model, on this machine",
    "source_prefix": "the token before each source, as NLLB needs it: kor_Hang",
    "target_prefix": "the token before each translation: eng_Latn",
    "end": "the token after each source, for models whose converter does not add it: </s>",
    "most_tokens": "of one sentence: 400 where nothing is said",
}
LIMITS = Limits(32)
PRICE = 0.0
IN_PROCESS = True
PROMPT = ""
MOST_TOKENS = 400
_TOKENIZERS = (("source.spm", "target.spm"), ("sentencepiece.bpe.model",) * 2, ("sentencepiece.model",) * 2)
_loading = threading.Lock()


class _Model(NamedTuple):
    translator: Any
    source: Any
    target: Any


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    folder = setup.options["folder"]
    with _loading:
        model = _loaded(folder)
    most = _most(setup)
    prefix, end = (list(filter(None, [setup.options.get(name, "")])) for name in ("source_prefix", "end"))
    tokens = [[*prefix, *model.source.encode(item.text, out_type=str), *end] for item in items]
    refused = {
        place: f"it has {len(each)} tokens, more than {most}." for place, each in enumerate(tokens) if len(each) > most
    }
    texts = [""] * len(items)
    wanted = [place for place in range(len(items)) if place not in refused]
    for place, text in zip(wanted, _translated([tokens[each] for each in wanted], model, setup), strict=True):
        texts[place] = text
        if not text:
            refused[place] = "it does not come to an end."
    return EngineAnswer(texts, refused)


def _translated(tokens: list[list[str]], model: _Model, setup: Setup) -> list[str]:
    """Return the translations; an empty string for an output truncated at the token limit."""
    if not tokens:
        return []
    prefix = setup.options.get("target_prefix", "")
    longest = 2 * max(map(len, tokens)) + 16
    try:
        results = model.translator.translate_batch(
            tokens,
            target_prefix=[[prefix]] * len(tokens) if prefix else None,
            beam_size=4,
            max_input_length=0,
            max_decoding_length=longest,
        )
    except (RuntimeError, ValueError):  # e.g. more tokens than the model has positions
        raise MismatchError(
            setup.engine, "its model cannot do a sentence like this. Is most_tokens too high for it?"
        ) from None
    found = []
    for result in results:
        written = result.hypotheses[0][1:] if prefix else result.hypotheses[0]
        found.append("" if len(written) >= longest - 1 else model.target.decode(written))
    return found


def _most(setup: Setup) -> int:
    said = setup.options.get("most_tokens", "")
    return int(said) if said.isdecimal() and int(said) else MOST_TOKENS


@cache
def _loaded(folder: str) -> _Model:
    """Load the model from a folder. Raise UsageError without the libraries, ConfigError without a
    model.
    """
    try:
        import ctranslate2
        import sentencepiece
    except ImportError as error:
        raise UsageError(f"ctranslate2: {error.name} is not installed: pip install 'transflow[ctranslate2]'.") from None
    place = Path(folder).expanduser()
    pair = next((names for names in _TOKENIZERS if all((place / name).is_file() for name in names)), None)
    if pair is None or not (place / "model.bin").is_file():
        wanted = "model.bin, and source.spm with target.spm or sentencepiece.model"
        raise ConfigError("engines.toml", "ctranslate2.folder", f"{place} holds no converted model.", wanted)
    try:
        source, target = (sentencepiece.SentencePieceProcessor(model_file=str(place / name)) for name in pair)
        return _Model(ctranslate2.Translator(str(place), device="cpu"), source, target)
    except (RuntimeError, OSError, ValueError):
        raise ConfigError("engines.toml", "ctranslate2.folder", f"the model in {place} cannot be loaded.") from None


def is_used_up(status: int, body: object) -> bool:  # noqa: ARG001 - no server is involved
    return False
