"""Regular expressions that a person types, limited in size and time like those of a project.

Invariant: one that is invalid, too large or too slow raises UsageError that says why.
"""

from __future__ import annotations

import re

from transflow.errors import UsageError
from transflow.language.style.patterns import LimitedPattern, why_refused
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "invalid": "/{text}/ is no regular expression: {why}.",
        "refused": "/{text}/ cannot be used: {why}",
        "slow": "/{text}/ takes too long. Avoid repetitions of repetitions, such as (a+)+.",
    },
)


class UserPattern:
    """A regular expression, and optionally the template that replaces what it finds."""

    def __init__(self, text: str, template: str = "", *, any_case: bool = False) -> None:
        self._text, self._template = text, template
        if why := why_refused(text):
            raise UsageError(MESSAGES("refused", text=text, why=why))
        pattern = f"(?i){text}" if any_case else text
        try:
            re.compile(pattern)
            self._pattern = LimitedPattern(pattern)
        except (re.error, RecursionError) as error:
            raise UsageError(MESSAGES("invalid", text=text, why=str(error))) from None
        if problem := self._pattern.template_error(template):
            raise UsageError(MESSAGES("invalid", text=text, why=problem))

    def is_in(self, text: str) -> bool:
        """Return whether the expression matches anywhere in a text."""
        try:
            return self._pattern.is_in(text)
        except (TimeoutError, MemoryError):
            raise UsageError(MESSAGES("slow", text=self._text)) from None

    def replacements(self, text: str) -> list[tuple[tuple[int, int], str]]:
        """Return the span of each match that is not empty, with what replaces it."""
        try:
            found = self._pattern.matches(text)
        except (TimeoutError, MemoryError):
            raise UsageError(MESSAGES("slow", text=self._text)) from None
        return [(match.span(), match.expand(self._template)) for match in found if match[0]]
