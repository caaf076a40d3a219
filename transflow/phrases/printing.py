"""Phrases, names and dates in the language of a story, with the rules of CLDR (Babel)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po

from transflow.timezones import zone

LOCALES = ("en", "ko", "vi", "zh_Hans")
"""Locales that have a catalog."""

_ENUMERATED = {"ko": ", ", "zh_Hans": "、"}
"""Separators of languages that list names in credits with commas only, where CLDR has "A 및 B",
"A和B".
"""
_LIST_LOCALE = {"en": "en_GB"}
"""Locales whose list format is borrowed: news style has no comma before "and", as in British
English.
"""
_LOWER_INSIDE = frozenset({"vi"})
"""Languages whose CLDR language names are capitalised as in a list, but lower-case inside a
sentence.
"""


def translate(locale: str) -> Callable[[str], str]:
    """Return a function that translates an English phrase; an unknown phrase stays English."""
    phrases = catalog(negotiated(locale))
    return lambda phrase: phrases.get(phrase, phrase)


@cache
def catalog(locale: str) -> dict[str, str]:
    """Return phrase -> translation for one of `LOCALES`, without untranslated and fuzzy
    messages.
    """
    text = files(__package__).joinpath(f"{locale}.po").read_text(encoding="utf-8")
    messages = read_po(BytesIO(text.encode()), locale=locale, abort_invalid=True)
    return {str(each.id): str(each.string) for each in messages if each.id and each.string and not each.fuzzy}


@cache
def negotiated(locale: str) -> str:
    """Return the one of `LOCALES` that a story in `locale` is printed with; English if none
    fits.
    """
    return negotiate_locale(list(_ancestors(locale)), LOCALES, sep="_") or "en"


def _ancestors(locale: str) -> Iterator[str]:
    """Yield the locale and its fallbacks, nearest first; never another script (`zh_TW` is not
    `zh_Hans`).
    """
    parsed = _parsed(locale)
    if parsed is None:
        return
    script = parsed.script or _likely(parsed.language, parsed.territory).script
    yield str(parsed)
    if script:
        yield f"{parsed.language}_{script}"
    if script == _likely(parsed.language).script:
        yield parsed.language


def _parsed(locale: str) -> Locale | None:
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None


def _likely(*subtags: str | None) -> Locale:
    """Return the likeliest locale for these subtags according to CLDR, or at least for the language
    alone.
    """
    table, key = get_global("likely_subtags"), "_".join(filter(None, subtags))
    return Locale.parse(table.get(key) or table.get(subtags[0] or "") or key)


def join_names(names: Sequence[str], locale: str) -> str:
    """Join names as one phrase: "A, B and C" in English, "A, B, C" in Korean, "A、B" in Chinese."""
    print_locale = negotiated(locale)
    if print_locale in _ENUMERATED:
        return _ENUMERATED[print_locale].join(names)
    return format_list(list(names), locale=_LIST_LOCALE.get(print_locale, print_locale)) if names else ""


def byline(names: Sequence[str], locale: str) -> str:
    """Return the byline of these reporters, such as "By Jeong Eun Lee"; empty for nobody."""
    _ = translate(locale)
    return _("By {names}").format(names=join_names(names, locale)) if names else ""


def language_name(language: str, locale: str) -> str:
    """Return the name of a language as written inside a sentence in `locale`; its code if it has no
    name.
    """
    print_locale, parsed = negotiated(locale), _parsed(language)
    name = parsed and parsed.get_language_name(print_locale)
    if not name:
        return language
    return name[:1].lower() + name[1:] if print_locale in _LOWER_INSIDE else name


def long_date(moment: str, locale: str) -> str:
    """Format the day of an ISO 8601 time ("March 26, 2024"), in the offset that it was written
    with.

    Anything else is returned unchanged.
    """
    try:
        day = date.fromisoformat(moment[:10])
    except ValueError:
        return moment
    return format_date(day, "long", locale=negotiated(locale))


def long_time(moment: str, locale: str, timezone: str = "") -> str:
    """Format an ISO 8601 time with its zone ("April 1, 2024, 09:00 KST").

    `timezone` is the zone of its clock. The offset stands for a zone that has no abbreviation, and
    for one whose clock shows another time then. Anything else is returned unchanged.
    """
    try:
        time = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return " ".join(filter(None, (f"{long_date(moment, locale)}, {time:%H:%M}", _zone_label(time, timezone))))


def _zone_label(time: datetime, timezone: str) -> str:
    """Return the abbreviation of a zone as at that time of the year, or the offset of the time."""
    if time.tzinfo is None:
        return ""
    there = time.astimezone(zone(timezone)) if timezone else time
    name = there.tzname() or ""
    is_named = bool(timezone) and name.isalpha() and there.utcoffset() == time.utcoffset()
    return name if is_named else f"UTC{time.isoformat()[-6:]}"


def direction(locale: str) -> str:
    """Return the writing direction of a locale: `ltr` or `rtl`."""
    parsed = _parsed(locale)
    return parsed.text_direction if parsed else "ltr"


def territory_locale(locale: str) -> str:
    """Return `locale` as language and territory, as Open Graph expects it: `en_US`, `zh_CN`.

    Returned unchanged if it is unknown; without a territory if none is likely.
    """
    parsed = _parsed(locale)
    if parsed is None:
        return locale
    territory = parsed.territory or _likely(parsed.language, parsed.script).territory
    return "_".join(filter(None, (parsed.language, territory)))
