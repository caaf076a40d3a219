"""Mailboxes (`.mbox`) with several mails: each is a report of its own, read like a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transflow.errors import UnreadableError
from transflow.messages import Messages
from transflow.readers import Certainty, IncomingReport, Piece, mail
from transflow.readers.base.guards import check_size

MESSAGES = Messages(
    __name__,
    {
        "description": "Mailboxes: each mail is a report.",
        "name": "{name}, mail {n}",
        "many": "it has {n} mails; up to {most} are read.",
        "many-way-out": "Export fewer of them from the mail program.",
        "none": "there is no mail in it.",
        "none-way-out": "Export it from the mail program as mbox.",
    },
)
DESCRIPTION = MESSAGES("description")

MOST_BYTES = 128 << 20
_MOST = 1000
_FROM = re.compile(rb"^From [^\r\n]*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def recognises(data: bytes, name: str) -> Certainty:
    return Certainty.CONTENT if _FROM.match(data) else Certainty.NONE


def pieces(data: bytes, name: str) -> Sequence[Piece]:
    """Return the mails in a mailbox."""
    check_size(data, name, MOST_BYTES)
    starts = [*_FROM.finditer(data)]
    if len(starts) > _MOST:
        raise UnreadableError(name, 0, MESSAGES("many", n=len(starts), most=_MOST), MESSAGES("many-way-out"))
    ends = [*(each.start() for each in starts), len(data)][1:]
    found = (data[start.end() : end].rstrip(b"\r\n") + b"\n" for start, end in zip(starts, ends, strict=True))
    mails = [_QUOTED.sub(rb"\1", each) for each in found]
    return tuple(Piece(str(MESSAGES("name", name=name, n=n)), each, "mail") for n, each in enumerate(mails, 1))


def read(data: bytes, name: str) -> IncomingReport:
    found = pieces(data, name)
    if not found:
        raise UnreadableError(name, 0, MESSAGES("none"), MESSAGES("none-way-out"))
    return mail.read(found[0].data, name)
