"""CTranslate2, with a model on this machine (OPUS-MT, NLLB, …): https://opennmt.net/CTranslate2/

Run `pip install 'transflow[ctranslate2]'`. The folder of the converted model has `model.bin` and
the SentencePiece models (`source.spm` and `target.spm`, or `sentencepiece.model`). NLLB needs
`source_prefix = "kor_Hang"`, `target_prefix = "eng_Latn"` and `end = "</s>"`. A sentence that is
too long is refused, because the library would truncate it silently.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.errors import ConfigError, UsageError
from transflow.messages import Messages
from transflow.network.errors import MismatchError

MESSAGES = Messages(
    __name__,
    {
        "folder": "the folder of a converted model, on this machine",
        "long": "it has {n} tokens, more than {limit}.",
        "endless": "it does not come to an end.",
        "most-tokens": "its model cannot do a sentence like this. Is most_tokens too high for it?",
        "not-installed": "ctranslate2: {library} is not installed: pip install 'transflow[ctranslate2]'.",
        "no-model": "{path} holds no converted model.",
        "no-model/allowed": "model.bin, and source.spm with target.spm or sentencepiece.model",
        "unloadable": "the model in {path} cannot be loaded.",
    },
)
OPTIONS = {
    "folder!": MESSAGES("folder"),
    "source_prefix": "the token before each source, as NLLB needs it: kor_Hang",
    "target_prefix": "the token before each translation: eng_Latn",
    "end": "the token after each source, for models whose converter does not add it: </s>",
    "most_tokens": "the most tokens of a sentence; by default 400",
}
LIMITS = Limits(32)
PRICE = 0.0
IN_PROCESS = True
MAX_TOKENS = 400
_TOKENIZERS = (("source.spm", "target.spm"), ("sentencepiece.bpe.model",) * 2, ("sentencepiece.model",) * 2)
_load_lock = threading.Lock()


class _Model(NamedTuple):
    translator: Any
    source: Any
    target: Any


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    folder = setup.options["folder"]
    with _load_lock:
        model = _load_model(folder)
    limit = _token_limit(setup)
    prefix, end = (list(filter(None, [setup.options.get(name, "")])) for name in ("source_prefix", "end"))
    tokens = [[*prefix, *model.source.encode(item.text, out_type=str), *end] for item in items]
    refused = {
        index: MESSAGES("long", n=len(sentence), limit=limit)
        for index, sentence in enumerate(tokens)
        if len(sentence) > limit
    }
    texts = [""] * len(items)
    accepted = [index for index in range(len(items)) if index not in refused]
    for index, text in zip(
        accepted, _translate_tokens([tokens[index] for index in accepted], model, setup), strict=True
    ):
        texts[index] = text
        if not text:
            refused[index] = MESSAGES("endless")
    return EngineAnswer(texts, refused)


def _translate_tokens(tokens: list[list[str]], model: _Model, setup: Setup) -> list[str]:
    """Return the translations; an empty string for an output truncated at the token limit."""
    if not tokens:
        return []
    prefix = setup.options.get("target_prefix", "")
    max_length = 2 * max(map(len, tokens)) + 16
    try:
        results = model.translator.translate_batch(
            tokens,
            target_prefix=[[prefix]] * len(tokens) if prefix else None,
            beam_size=4,
            max_input_length=0,
            max_decoding_length=max_length,
        )
    except (RuntimeError, ValueError):  # e.g. more tokens than the model has positions
        raise MismatchError(setup.engine, MESSAGES("most-tokens")) from None
    texts = []
    for result in results:
        output = result.hypotheses[0][1:] if prefix else result.hypotheses[0]
        texts.append("" if len(output) >= max_length - 1 else model.target.decode(output))
    return texts


def _token_limit(setup: Setup) -> int:
    value = setup.options.get("most_tokens", "")
    return int(value) if value.isdecimal() and int(value) else MAX_TOKENS


@cache
def _load_model(folder: str) -> _Model:
    """Load the model from a folder. Raise UsageError without the libraries, ConfigError without a
    model.
    """
    try:
        import ctranslate2
        import sentencepiece
    except ImportError as error:
        raise UsageError(MESSAGES("not-installed", library=error.name or "")) from None
    path = Path(folder).expanduser()
    file_names = next((names for names in _TOKENIZERS if all((path / name).is_file() for name in names)), None)
    if file_names is None or not (path / "model.bin").is_file():
        problem, expected = MESSAGES("no-model", path=str(path)), MESSAGES("no-model/allowed")
        raise ConfigError("engines.toml", "ctranslate2.folder", problem, expected)
    try:
        source, target = (sentencepiece.SentencePieceProcessor(model_file=str(path / name)) for name in file_names)
        return _Model(ctranslate2.Translator(str(path), device="cpu"), source, target)
    except (RuntimeError, OSError, ValueError):
        problem = MESSAGES("unloadable", path=str(path))
        raise ConfigError("engines.toml", "ctranslate2.folder", problem) from None


def is_used_up(status: int, body: object) -> bool:
    return False
