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
    Example("2024-03-26에 열렸다.", "It opened on March 26, 2024."),
    Example("[유엔](https://un.org)은 냈다.", "The U.N. sent it."),
)
FAILING = (
    Example("<https://x.org>에서 봤다.", "I saw it.", "", "copied.address"),
    Example("https://x.org/a에서 봤다.", "I saw it at https://x.org/b.", "", "copied.address"),
    Example("제보는 kim@example.com으로 하면 된다.", "Send tips to lee@example.com.", "", "copied.email"),
    Example("전화 02-123-4567로 하면 된다.", "Call 02-123-4576.", "", "copied.phone"),
)
_LINK = re.compile(r"\]\([^()\s]*(?:\s[^()]*)?\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[A-Za-z0-9._~:/?#@!$&*+,;=%-]+", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(
    r"(?<![A-Za-z0-9.,+-])(?:\+82[- ]?|\(?0)\d{1,2}\)?[- .]?\d{3,4}[- .]\d{4}(?![A-Za-z0-9-])"
    r"|(?<![A-Za-z0-9-])1[568]\d\d-\d{4}(?![A-Za-z0-9-])"
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:  # noqa: ARG001 - any language
    source, target = _LINK.sub(lambda found: " " * len(found[0]), unit.source), unit.target
    for found in _ADDRESS.finditer(source):
        address = found[0].rstrip(".,;:!?")
        rest = target.partition(address)[2] if address in target else None
        if rest is None or re.match(r"[A-Za-z0-9_~%-]|[/?#=&][A-Za-z0-9]", rest):
            yield _missing("copied.address", address, found.span())
    for found in _EMAIL.finditer(source):
        if found[0].lower() not in {each[0].lower() for each in _EMAIL.finditer(target)}:
            yield _missing("copied.email", found[0], found.span())
    digits = re.sub(r"\D", "", target)
    for found in _PHONE.finditer(source):
        if re.sub(r"\D", "", found[0]).removeprefix("82").lstrip("0") not in digits:
            yield _missing("copied.phone", found[0], found.span())


def _missing(check_id: str, text: str, span: tuple[int, int]) -> Issue:
    return Issue(check_id, IDS[check_id], MESSAGES(check_id, text=text), span)
