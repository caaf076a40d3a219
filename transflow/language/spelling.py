"""Spell checking by Hunspell and its dictionaries.

Invariant: a word is wrong only if neither the dictionary nor its parts explain it, ignoring case
and diacritics. Without Hunspell, or without a dictionary of the language, no word is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

SYSTEM = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"))
"""System folders of dictionaries, for languages that no package brings.

They come last, as they differ from machine to machine.
"""
_DEFAULT_DICTIONARY = {"en": "en_US"}
_NEWS_WORDS = frozenset(
    """
    cyber cybersecurity cyberattack cyberattacks daylong defector defectors denuclearization denuclearize denuclearized
    jumpstart monthlong nuclearized refoulement repatriations unicameral weeklong yearlong drone drones livestream
    """.split()
)
"""Words of news that the dictionary lacks."""


@cache
def speller(locale: str) -> Callable[[str], bool] | None:
    """Return a function that says whether a word is spelled right in a locale.

    None if there is no Hunspell or no dictionary. Loads Hunspell where it is installed.
    """
    try:
        from hunspell import Hunspell
    except ImportError:
        return None
    for name, folder in _dictionaries(_DEFAULT_DICTIONARY.get(locale, locale)):
        spell = Hunspell(name, hunspell_data_dir=str(folder)).spell
        return cache(partial(_is_right, spell))
    return None


def _dictionaries(name: str) -> list[tuple[str, Path]]:
    """Return names and folders of the dictionaries that exist, the best first."""
    package_folders = [
        Path(spec.origin).parent for package in ("spylls", "hunspell") if (spec := find_spec(package)) and spec.origin
    ]
    bundled = [
        package_folder / part for package_folder in package_folders for part in ("hunspell/data/en", "dictionaries")
    ]
    return [(name, folder) for folder in (*bundled, *SYSTEM) if (folder / f"{name}.dic").is_file()]


def _is_right(spell: Callable[[str], bool], word: str) -> bool:
    if word in _NEWS_WORDS:
        return True
    plain = normalize("NFKD", word).encode("ascii", "ignore").decode()
    return any(
        _is_in_dictionary(spell, form)
        for form in dict.fromkeys((word, word.replace("’", "'"), plain, plain.capitalize()))
        if form
    )


def _is_in_dictionary(spell: Callable[[str], bool], word: str) -> bool:
    try:
        return spell(word)
    except UnicodeEncodeError:  # the dictionary's encoding lacks letters of the word
        return False
