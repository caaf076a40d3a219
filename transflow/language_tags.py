"""Tags and names of languages as other programs write them: KO-kr, en_US, kor, Korean, 한국어.

Invariant: `normalised` is idempotent, and two tags of one language have equal first subtags.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")
_THREE_LETTERS = {
    "kor": "ko", "eng": "en", "jpn": "ja", "zho": "zh", "chi": "zh", "cmn": "zh", "vie": "vi", "fra": "fr", "fre": "fr",
    "deu": "de", "ger": "de", "spa": "es", "ita": "it", "por": "pt", "rus": "ru", "ukr": "uk", "ara": "ar", "fas": "fa",
    "per": "fa", "tha": "th", "khm": "km", "lao": "lo", "mya": "my", "bur": "my", "bod": "bo", "tib": "bo", "uig": "ug",
    "ind": "id", "msa": "ms", "may": "ms", "mon": "mn", "nld": "nl", "dut": "nl", "pol": "pl", "ces": "cs", "cze": "cs",
    "swe": "sv", "nor": "no", "nob": "nb", "dan": "da", "fin": "fi", "hun": "hu", "tur": "tr", "heb": "he", "hin": "hi",
    "urd": "ur", "ben": "bn", "tgl": "tl", "ell": "el", "gre": "el", "ron": "ro", "rum": "ro", "bul": "bg", "kaz": "kk",
    "uzb": "uz",
}  # fmt: skip
"""ISO 639-2 codes, of both kinds, of languages that have a code of two letters."""
_NAMES = {
    "ko": "korean 한국어 한국말 국어 국문 한글 조선어 조선말 우리말 한글명 국문명",
    "en": "english 영어 영문 잉글리시 영문명 영어명",
    "ja": "japanese 일본어 일어 일문 日本語",
    "zh": "chinese 중국어 중문 中文 汉语 漢語",
    "vi": "vietnamese 베트남어 월남어 tiếng-việt",
    "fr": "french 프랑스어 불어 français",
    "de": "german 독일어 독어 deutsch",
    "es": "spanish 스페인어 서반아어 español",
    "ru": "russian 러시아어 노어 русский",
    "ar": "arabic 아랍어 العربية",
    "km": "khmer 크메르어 캄보디아어",
    "lo": "lao 라오어 라오스어",
    "my": "burmese 버마어 미얀마어",
    "bo": "tibetan 티베트어",
    "ug": "uyghur 위구르어",
    "th": "thai 태국어",
    "mn": "mongolian 몽골어",
    "pt": "portuguese 포르투갈어",
    "it": "italian 이탈리아어 italiano",
    "id": "indonesian 인도네시아어",
}
_BY_NAME = {name: code for code, names in _NAMES.items() for name in names.split()}


def normalised(tag: str) -> str:
    """Return a tag in lower case with hyphens, its language as two letters if it has those."""
    language, hyphen, rest = tag.strip().lower().replace("_", "-").partition("-")
    return _THREE_LETTERS.get(language, language) + hyphen + rest


def is_same_language(one: str, other: str) -> bool:
    """True if two tags name one language, whatever their regions."""
    return normalised(one).partition("-")[0] == normalised(other).partition("-")[0] != ""


def agree(one: str, other: str) -> bool:
    """True if two tags name one language; region or script must agree if both have one."""
    first, second = normalised(one), normalised(other)
    return first != "" and (first == second or first.split("-")[0] == second or first == second.split("-")[0])


def named(text: str) -> str:
    """Return the tag of a language that a text names by a tag or a name; empty if it is neither."""
    word = "-".join(text.casefold().split())
    if word in _BY_NAME:
        return _BY_NAME[word]
    tag = normalised(word)
    return tag if _TAG.fullmatch(tag) and (tag.split("-")[0] in _CODES) else ""


_CODES = frozenset(_THREE_LETTERS.values()) | frozenset(_NAMES)
