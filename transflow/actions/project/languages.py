"""Codes of languages, as a new project names them."""

from __future__ import annotations

from contextlib import suppress

from babel import Locale, UnknownLocaleError

from transflow.errors import UsageError
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "unknown": "“{code}” is the code of no language: write en, ko, vi or zh_Hans.",
        "unknown/close": "“{code}” is the code of no language. Did you mean {close}?",
    },
)


def check_language(code: str) -> None:
    """Raise UsageError for a code that CLDR does not know, with the code that may be meant."""
    with suppress(ValueError, UnknownLocaleError):
        if Locale.parse(code, "-" if "-" in code else "_").language == code.replace("-", "_").partition("_")[0]:
            return
    close = _similar(code)
    raise UsageError(MESSAGES("unknown/close" if close else "unknown", code=code, close=close))


def _similar(code: str) -> str:
    """Return the language of a longer code, of an English name, or of a country; else nothing."""
    by_name = {name.lower(): known for known, name in Locale("en").languages.items() if len(known) == 2}
    if found := by_name.get(code.lower()):
        return str(found)
    for text in (code.lower(), f"und_{code.upper()}"):
        with suppress(ValueError, UnknownLocaleError):
            return str(Locale.parse(text).language)
    return ""
