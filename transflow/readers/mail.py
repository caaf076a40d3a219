"""Mails (`.eml`), also saved pages in this form (`.mhtml`): the text, with its sender and subject.

The subject is the headline, without `Fwd:` and the like, the sender the byline; addresses are not
kept. Of a text in two forms, the formatted one is taken. Encodings are read by the names that
Korean programs give them, and by the text where a name is wrong. Headers of forwarded and quoted
mails and a signature are named, not kept; a forwarded mail has its own subject, sender and date. A
quoted text is a quote. Attachments are named; `--attachments` adds each as a report of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message as Mail
from email.utils import parseaddr

from transflow.errors import UnreadableError
from transflow.messages import Messages
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport, Piece
from transflow.readers.base.guards import check_size, refusing_broken
from transflow.readers.base.html_blocks import html_blocks
from transflow.readers.base.mail_text import decoded, header_text, headers_in, joined_lines, without_prefix
from transflow.readers.base.page_facts import iso_date
from transflow.readers.base.parts import DocumentPart, Loss, TextPart, incoming_report
from transflow.readers.base.runs import Run, lines
from transflow.text import one_line

MESSAGES = Messages(
    __name__,
    {
        "description": "Mails: the text, with subject and sender.",
        "attached": "{file} is attached; --attachments adds it too.",
        "headers": "the headers of a forwarded or quoted mail are not kept: {text}",
        "signature": "the signature is not kept: {text}",
        "prefix": "“{prefix}” before the subject is not kept.",
        "encrypted": "it is encrypted.",
        "encrypted-way-out": "Open it in the mail program, and copy its text.",
        "many": "it has more than {most} parts.",
        "many-way-out": "No program writes such a mail: do not open it, and ask who sent it.",
        "unnamed": "a file without a name ({kind})",
    },
)
DESCRIPTION = MESSAGES("description")

MOST_BYTES = 64 << 20
_MOST_PARTS = 1000
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?")
_KNOWN = frozenset(
    b"received return-path delivered-to from to cc subject date message-id mime-version content-type reply-to x-mailer "
    b"dkim-signature sender x-originating-ip content-transfer-encoding arc-seal authentication-results x-received".split()
)
_LEAST_FIELDS = 3
_LOOKED_AT = 16384
_SIGNATURE = re.compile(r"-- ?")


def recognises(data: bytes, name: str) -> Certainty:
    beginning = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").lstrip(b"\n")
    found = set()
    for line in beginning.partition(b"\n\n")[0].split(b"\n"):
        if field := _FIELD.match(line):
            found.add(field[1].lower())
        elif not line[:1].isspace():
            return Certainty.NONE
    if len(found & _KNOWN) >= _LEAST_FIELDS and found & {b"from", b"message-id", b"received", b"mime-version"}:
        return Certainty.CONTENT
    return Certainty.NAME if name.lower().endswith((".eml", ".mhtml", ".mht")) and found & _KNOWN else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    check_size(data, name, MOST_BYTES)
    with refusing_broken(name, "mail"):
        mail = _parsed(data)
        _check(mail, name)
        subject = _field(mail, "Subject")
        front = FrontMatter(
            without_prefix(subject), byline=_sender(_field(mail, "From")), date=iso_date(_field(mail, "Date"))
        )
        front, parts = _folded(front, _body(mail))
    prefix = subject.removesuffix(without_prefix(subject)).strip()
    if prefix:
        parts.insert(0, Loss(MESSAGES("prefix", prefix=prefix), "hint"))
    parts += [Loss(MESSAGES("attached", file=each.name)) for each in attachments(data, name)]
    return incoming_report("mail", front, parts, begins_with_headline=True)


def attachments(data: bytes, name: str) -> Sequence[Piece]:
    """Return the files that are attached to a mail, without the pictures in its text."""
    with refusing_broken(name, "mail"):
        mail = _parsed(data)
        chosen = _text_part(mail)
        return tuple(
            Piece(_name(part), _content(part)) for part in _leaves(mail) if part is not chosen and _is_attached(part)
        )


def _parsed(data: bytes) -> Mail:
    return message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), policy=policy.compat32)


def _check(mail: Mail, name: str) -> None:
    if mail.get_content_type() == "multipart/encrypted":
        raise UnreadableError(name, 0, MESSAGES("encrypted"), MESSAGES("encrypted-way-out"))
    for number, _ in enumerate(_leaves(mail)):
        if number >= _MOST_PARTS:
            raise UnreadableError(name, 0, MESSAGES("many", most=_MOST_PARTS), MESSAGES("many-way-out"))


def _field(mail: Mail, name: str) -> str:
    raw = (str(value) for key, value in mail.raw_items() if key.lower() == name.lower())
    return header_text(next(raw, ""))


def _sender(value: str) -> str:
    """Return the name of a sender; an address is none."""
    name = parseaddr(value)[0] or re.sub(r"<[^>]*>|\S+@\S+", "", value)
    return "" if "@" in name else one_line(name.strip("\"' "))


# Parts of a mail


def _leaves(mail: Mail) -> Iterator[Mail]:
    """Yield the parts that have no parts, in their order; an attached mail is one."""
    if mail.is_multipart() and mail.get_content_maintype() == "multipart":
        for part in mail.get_payload():
            if isinstance(part, Mail):
                yield from _leaves(part)
    else:
        yield mail


def _text_part(mail: Mail) -> Mail | None:
    """Return the part with the text: the formatted one of two."""
    texts = [each for each in _leaves(mail) if each.get_content_maintype() == "text" and not _has_name(each)]
    return next(
        (each for kind in ("text/html", "text/plain") for each in texts if each.get_content_type() == kind), None
    )


def _has_name(part: Mail) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _is_attached(part: Mail) -> bool:
    if part.get_content_type() in (
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
    ):
        return False
    is_picture = part.get_content_maintype() == "image" and bool(part.get("Content-ID"))
    is_text = part.get_content_type() in ("text/plain", "text/html") and not _has_name(part)
    return not is_picture and not is_text


def _name(part: Mail) -> str:
    raw = part.get_filename() or ""
    name = header_text(raw).replace("\\", "/").rpartition("/")[2]
    if part.get_content_type() == "message/rfc822" and not name:
        inner = part.get_payload()
        subject = _field(inner[0], "Subject") if isinstance(inner, list) and isinstance(inner[0], Mail) else ""
        name = f"{subject or 'mail'}.eml"
    return name or str(MESSAGES("unnamed", kind=part.get_content_type()))


def _content(part: Mail) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):
        return payload[0].as_bytes() if payload and isinstance(payload[0], Mail) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _body(mail: Mail) -> list[DocumentPart]:
    """Return the parts of the text, each line of a paragraph by itself."""
    part = _text_part(mail)
    if part is None:
        return []
    text = decoded(_content(part), str(part.get_param("charset") or ""))
    if part.get_content_type() == "text/html":
        blocks: list[DocumentPart] = [each.part for each in html_blocks(text)]
    else:
        flowed = str(part.get_param("format") or "").lower() == "flowed"
        delsp = str(part.get_param("delsp") or "").lower() == "yes"
        whole = joined_lines(text, flowed=flowed, delsp=delsp)
        blocks = [_plain(line) for line in whole.split("\n") if line.strip()]
    found: list[DocumentPart] = []
    for block in blocks:
        if isinstance(block, TextPart) and block.kind in ("paragraph", "quote"):
            found += [block._replace(runs=runs) for runs in lines(block.runs) if _text(runs)]
        else:
            found.append(block)
    return found


def _plain(line: str) -> TextPart:
    """Return a line of a plain text; what `>` marks is a quote."""
    quoted = re.match(r"(?:>\s?)+", line)
    return TextPart((Run(line[quoted.end() :]),), "quote") if quoted else TextPart((Run(line),))


def _text(runs: Sequence[Run]) -> str:
    return one_line("".join(each.text for each in runs))


def _folded(front: FrontMatter, parts: list[DocumentPart]) -> tuple[FrontMatter, list[DocumentPart]]:
    """Return front matter and parts without headers in the text, and without the signature.

    A mail that only forwards another is that other one.
    """
    texts = [_text(each.runs) if isinstance(each, TextPart) else "" for each in parts]
    found: list[DocumentPart] = []
    at = 0
    for headers in headers_in(texts):
        before = any(texts[: headers.start])
        if headers.subject and not before:
            sender, date = _sender(headers.sender) or front.byline, iso_date(headers.date) or front.date
            front = replace(front, title=without_prefix(headers.subject), byline=sender, date=date)
        found += [*parts[at : headers.start], Loss(MESSAGES("headers", text=headers.text))]
        at = headers.end
    found += parts[at:]
    return front, _without_signature(found)


def _without_signature(parts: list[DocumentPart]) -> list[DocumentPart]:
    for at, part in enumerate(parts):
        if isinstance(part, TextPart) and _SIGNATURE.fullmatch(_text(part.runs)):
            rest = [each for each in parts[at + 1 :] if isinstance(each, TextPart)]
            text = " ".join(_text(each.runs) for each in rest)
            others = [each for each in parts[at + 1 :] if not isinstance(each, TextPart)]
            return [*parts[:at], *([Loss(MESSAGES("signature", text=text))] if text else []), *others]
    return parts
