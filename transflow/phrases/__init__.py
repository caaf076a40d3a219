"""What a story prints besides its own text, in the language of the story: credits, labels, names, dates.

Invariant: everything on one page speaks one language. A locale has the catalog that CLDR's fallback leads to
(`en_GB` to `en`, `zh_CN` to `zh_Hans`); a locale without one has English in phrases, names and dates alike.
Catalogs are PO files next to this module, read as text when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po

LOCALES = ("en", "ko", "vi", "zh_Hans")
"""The locales that have a catalog."""

_ENUMERATED = {"ko": ", ", "zh_Hans": "、"}
"""Languages whose credit lines list names with commas only, where CLDR's list would say "A 및 B", "A和B"."""
_LIST_LOCALE = {"en": "en_GB"}
"""News style has no comma before the "and": that is CLDR's list for British English."""
_LOWER_INSIDE = frozenset({"vi"})
"""Languages whose CLDR language names are capitalised as in a list, and lower-case inside a sentence."""


def translate(locale: str) -> Callable[[str], str]:
    """The function from an English phrase to that phrase in the story's language; an unknown phrase stays English."""
    phrases = catalog(negotiated(locale))
    return lambda phrase: phrases.get(phrase, phrase)


@cache
def catalog(locale: str) -> dict[str, str]:
    """Phrase -> translation, of one of `LOCALES`. Phrases that have none yet, or a fuzzy one, are left out."""
    text = files(__name__).joinpath(f"{locale}.po").read_text(encoding="utf-8")
    messages = read_po(BytesIO(text.encode()), locale=locale, abort_invalid=True)
    return {str(each.id): str(each.string) for each in messages if each.id and each.string and not each.fuzzy}


@cache
def negotiated(locale: str) -> str:
    """The one of `LOCALES` that a story in `locale` is printed with; English where none fits."""
    return negotiate_locale(list(_ancestors(locale)), LOCALES, sep="_") or "en"


def _ancestors(locale: str) -> Iterator[str]:
    """The locale and what it may fall back to, nearest first; never to another script (`zh_TW` is not `zh_Hans`)."""
    known = _parsed(locale)
    if known is None:
        return
    script = known.script or _likely(known.language, known.territory).script
    yield str(known)
    if script:
        yield f"{known.language}_{script}"
    if script == _likely(known.language).script:
        yield known.language


def _parsed(locale: str) -> Locale | None:
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None


def _likely(*subtags: str | None) -> Locale:
    """The locale that CLDR thinks likeliest for these subtags, the language alone being its last resort."""
    table, asked = get_global("likely_subtags"), "_".join(filter(None, subtags))
    return Locale.parse(table.get(asked) or table.get(subtags[0] or "") or asked)


def join_names(names: Sequence[str], locale: str) -> str:
    """`names` as one phrase: "A, B and C" in English, "A, B, C" in Korean, "A、B" in Chinese."""
    printed = negotiated(locale)
    if printed in _ENUMERATED:
        return _ENUMERATED[printed].join(names)
    return format_list(list(names), locale=_LIST_LOCALE.get(printed, printed)) if names else ""


def byline(names: Sequence[str], locale: str) -> str:
    """The byline of these reporters, such as "By Jeong Eun Lee"; empty for nobody."""
    _ = translate(locale)
    return _("By {names}").format(names=join_names(names, locale)) if names else ""


def language_name(language: str, locale: str) -> str:
    """The name of a language, as it stands inside a sentence in the language of `locale`; the code if it has none."""
    printed, known = negotiated(locale), _parsed(language)
    name = known and known.get_language_name(printed)
    if not name:
        return language
    return name[:1].lower() + name[1:] if printed in _LOWER_INSIDE else name


def long_date(moment: str, locale: str) -> str:
    """The day of an ISO 8601 time as people read it ("March 26, 2024"), in the offset it was written with."""
    try:
        day = date.fromisoformat(moment[:10])
    except ValueError:
        return moment
    return format_date(day, "long", locale=negotiated(locale))


def direction(locale: str) -> str:
    """How the language of the story runs: `ltr` or `rtl`."""
    known = _parsed(locale)
    return known.text_direction if known else "ltr"


def territory_locale(locale: str) -> str:
    """`locale` as language and territory, as Open Graph wants it: `en_US`, `zh_CN`; as it is where none is likely."""
    known = _parsed(locale)
    if known is None:
        return locale
    territory = known.territory or _likely(known.language, known.script).territory
    return "_".join(filter(None, (known.language, territory)))
