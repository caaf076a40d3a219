"""Parts that a translation copies: bare addresses, e-mail addresses, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

IDS: Mapping[str, Severity] = {
    "copied.address": "warning",
    "copied.email": "warning",
    "copied.phone": "warning",
}
MESSAGES = Messages(
    __name__,
    {
        "copied.address": "the address {text} is missing or changed.",
        "copied.email": "the e-mail address {text} is missing or changed.",
        "copied.phone": "the telephone number {text} is missing or changed.",
    },
)
PASSING = (
    Example("<https://x.org>에서 봤다.", "I saw it at https://x.org."),
    Example("제보는 kim@example.com으로 하면 된다.", "Send tips to kim@example.com."),
    Example("전화 02-123-4567로 하면 된다.", "Call +82 2 123 4567."),
    Example("https://x.org/wiki/평양에 있다.", "It is at x.org/wiki/평양."),
    Example("2024-03-26에 열렸다.", "It opened on March 26, 2024."),
    Example("[유엔](https://un.org)은 냈다.", "The U.N. sent it."),
)
FAILING = (
    Example("<https://x.org>에서 봤다.", "I saw it.", "", "copied.address"),
    Example("https://x.org/a에서 봤다.", "I saw it at https://x.org/b.", "", "copied.address"),
    Example("t.me/alpha에 올렸다.", "It was posted at t.me/beta.", "", "copied.address"),
    Example("제보는 kim@example.com으로 하면 된다.", "Send tips to lee@example.com.", "", "copied.email"),
    Example("전화 02-123-4567로 하면 된다.", "Call 02-123-4576.", "", "copied.phone"),
    Example("전화 01012345678로 하면 된다.", "Call 010-1234-5679.", "", "copied.phone"),
)
_LINK = re.compile(r"\]\([^()\s]*(?:\s[^()]*)?\)")
_ADDRESS = re.compile(
    r"(?:https?://|(?<![\w@.-])www\.|(?<![\w@./-])(?:[a-z0-9-]+\.){1,4}[a-z]{2,6}/(?=[a-z0-9]))[a-z0-9._~:/?#@!$&*+,;=%-]+",
    re.IGNORECASE,
)
"""An address with its scheme, or with a path: t.me/name"""
_ANY_ADDRESS = re.compile(
    r"(?<![a-z0-9_-])(?:https?://)?(?:[a-z0-9_-]+\.){1,4}[a-z]{2,6}(?::\d+)?(?:/[^\s()<>\[\]\"”“]*)?", re.IGNORECASE
)
_WITH_SCHEME = re.compile(r"https?://[^\s/]+[^\s()<>\[\]]*", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]+\.){1,4}(?:com|org|net|kr|jp|cn|info|io|gov|edu)(?![a-z0-9@/-]|\.[a-z])", re.IGNORECASE
)
"""A bare domain."""
_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(
    r"(?<![A-Za-z0-9.,+-])(?:\+82[- ]?|\(?0)\d{1,2}\)?[- .]?\d{3,4}[- .]\d{4}(?![A-Za-z0-9-])"
    r"|(?<![A-Za-z0-9-])1[568]\d\d-\d{4}(?![A-Za-z0-9-])"
    r"|(?<![A-Za-z0-9.,+-])01[016-9]\d{7,8}(?![A-Za-z0-9-])"
)
_ABROAD = re.compile(r"\+(?!82)\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}(?![0-9])")
"""A number of another country; its last nine digits tell it apart."""
_DOTTED = re.compile(r"\.[a-z0-9._~:/?#@!$&*+,;=%-]", re.IGNORECASE)
"""A full stop as in an address, which few texts have: looked for before anything else."""
_DIGITS = re.compile(r"\d{4}|\+\d")
"""Digits as in a telephone number."""


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:  # noqa: ARG001 - any language
    source, target = unit.source, unit.target
    if "](" in source:
        source = _LINK.sub(lambda found: " " * len(found[0]), source)
    if "://" in source or _DOTTED.search(source):
        yield from _addresses(source, target)
    for found in _EMAIL.finditer(source) if "@" in source else ():
        if found[0].lower() not in {each[0].lower() for each in _EMAIL.finditer(target)}:
            yield _missing("copied.email", found[0], found.span())
    if _DIGITS.search(source):
        yield from _phones(source, re.sub(r"\D", "", target))


def _phones(source: str, digits: str) -> Iterator[Issue]:
    """Yield an issue for each telephone number that is not among the digits of the target."""
    for found in _PHONE.finditer(source):
        if re.sub(r"\D", "", found[0]).removeprefix("82").lstrip("0") not in digits:
            yield _missing("copied.phone", found[0], found.span())
    for found in _ABROAD.finditer(source) if "+" in source else ():
        if re.sub(r"\D", "", found[0])[-9:] not in digits:
            yield _missing("copied.phone", found[0], found.span())


def _addresses(source: str, target: str) -> Iterator[Issue]:
    """Yield an issue for each address that the target has not, and for a domain that it changed."""
    addresses = list(_ADDRESS.finditer(source))
    domains = {_key(each[0]): each.span() for each in _DOMAIN.finditer(source)}
    if not addresses and not domains:
        return
    in_target = {_key(each[0]) for pattern in (_ANY_ADDRESS, _WITH_SCHEME) for each in pattern.finditer(target)}
    for found in addresses:
        # A particle follows an address without a space, as Korean letters of the address do: only
        # the target, which has no particles, tells how long the address is.
        key, longest = _key(found[0]), _key(source[found.start() :].split(maxsplit=1)[0])
        if not any(each == key or (each.startswith(key) and longest.startswith(each)) for each in in_target):
            yield _missing("copied.address", found[0].rstrip(".,;:!?"), found.span())
    if any(_key(each[0]) not in domains for each in _DOMAIN.finditer(target)):
        for key, span in domains.items():
            if key not in in_target:
                yield _missing("copied.address", source[slice(*span)], span)


def _key(address: str) -> str:
    """Return an address without its scheme and what may differ at its end, in lower case."""
    return _SCHEME.sub("", address, count=1).casefold().rstrip("/.,;:!?'’*_")


def _missing(check_id: str, text: str, span: tuple[int, int]) -> Issue:
    return Issue(check_id, IDS[check_id], MESSAGES(check_id, text=text), span)
