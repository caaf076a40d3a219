"""Mails: encodings by their Korean names, headers in texts, and attachments."""

from __future__ import annotations

from base64 import encodebytes
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.errors import UnreadableError
from transflow.readers import Certainty, IncomingReport, mail, mbox
from transflow.readers.base.mail_text import header_text, joined_lines, without_prefix

TEXT = "강변시는 3일 다리 세 곳을 다시 열었다고 밝혔다.\n시민들은 다리를 건넜다.\n"
HEAD = b"From: je@example.org\nTo: desk@example.org\nMIME-Version: 1.0\nSubject: x\n"


def is_read_or_refused(reader: ModuleType, data: bytes) -> bool:
    try:
        return isinstance(reader.read(data, "a.eml"), IncomingReport)
    except UnreadableError as error:
        return error.path == "a.eml"


def body(text: str, *, kind: str = "plain") -> str:
    data = HEAD + f"Content-Type: text/{kind}; charset=utf-8\n\n{text}".encode()
    return mail.read(data, "a.eml").body.strip()


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        *(
            (label, "cp949")
            for label in (
                "euc-kr",
                "EUCKR",
                "ks_c_5601-1987",
                "KS_C_5601",
                "ksc5601",
                "cp949",
                "ms949",
                "x-windows-949",
            )
        ),
        ("iso-2022-kr", "iso2022_kr"),
        ("johab", "johab"),
        ("unicode-1-1-utf-7", "utf-7"),
        ("utf8", "utf-8"),
        *((label, "cp949") for label in ("us-ascii", "iso-8859-1", "default", "utf-8", "")),
    ],
)
def test_a_body_is_read_by_the_names_that_programs_give_to_encodings(label: str, codec: str) -> None:
    kind = f'text/plain; charset="{label}"' if label else "text/plain"
    data = (
        HEAD + f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n\n".encode() + encodebytes(TEXT.encode(codec))
    )
    assert mail.read(data, "a.eml").body.strip() == TEXT.strip().replace("\n", "\n\n")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("=?EUC-KR?B?sK26r73D?=", "강변시"),
        ("=?euc-kr?B?sK26?=\r\n =?euc-kr?B?r73D?=", "강변시"),
        ("=?utf-8?Q?=EA=B0=95_=EB=B3=80?= bridges", "강 변 bridges"),
        ("=?ks_c_5601-1987?B?sK26r73D?=.txt", "강변시.txt"),
        ("b\udcb0\udcad", "b강"),
        ("=?broken", "=?broken"),
    ],
)
def test_a_header_is_decoded(raw: str, expected: str) -> None:
    assert header_text(raw) == expected


@pytest.mark.parametrize("subject", ["Re: 다리", "Fwd: Re: 다리", "[FW] 다리", "전달: 다리", "회신 : RE: 다리", "다리"])
def test_a_subject_stands_without_what_mail_programs_put_before_it(subject: str) -> None:
    assert without_prefix(subject).removeprefix("[FW] ") == "다리"


def test_lines_that_a_program_broke_are_joined() -> None:
    assert joined_lines("가 \n나\n다", flowed=True, delsp=False) == "가 나\n다"
    assert joined_lines("가 \n나\n다", flowed=True, delsp=True) == "가나\n다"
    long = "강변시는 지난 3일 오전 다리 세 곳을 다시 열었다고 밝히면서 시민들에게"
    assert (
        joined_lines(f"{long}\n조심하라고 말했다.\n끝.", flowed=False, delsp=False) == f"{long} 조심하라고 말했다.\n끝."
    )


def test_a_text_in_two_forms_is_read_once_as_the_formatted_one() -> None:
    parts = "--b\nContent-Type: text/{}; charset=utf-8\n\n{}\n"
    text = parts.format("plain", "*강변시*") + parts.format("html", "<p><b>강변시</b>다.</p>") + "--b--\n"
    data = HEAD + b'Content-Type: multipart/alternative; boundary="b"\n\n' + text.encode()
    assert mail.read(data, "a.eml").body == "**강변시**다.\n"


def test_quotes_and_headers_of_other_mails_are_told_apart() -> None:
    text = "답이다.\n\n2024년 7월 3일 (수) 오전 9:00, 이정은 <je@example.org>님이 작성:\n> 물음이다.\n"
    assert body(text) == "답이다.\n\n> 물음이다."
    html = "<div>답이다.</div><blockquote><div>물음이다.</div></blockquote>"
    assert body(html, kind="html") == "답이다.\n\n> 물음이다."
    assert body("제목: 하나\n날짜: 없다\n") == "제목: 하나\n\n날짜: 없다"


def test_an_encrypted_mail_and_one_with_too_many_parts_are_refused() -> None:
    with pytest.raises(UnreadableError, match="encrypted"):
        mail.read(HEAD + b'Content-Type: multipart/encrypted; boundary="b"\n\n--b--\n', "a.eml")
    many = HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 1001 + b"--b--\n"
    with pytest.raises(UnreadableError, match="more than 1000 parts"):
        mail.read(many, "a.eml")


def test_mails_in_mails_without_an_end_are_refused_or_read() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    assert is_read_or_refused(mail, HEAD + deep)


PIECES = [
    *(b"From: a@b\n", b"\n", b"Content-Type: ", b"multipart/mixed; boundary=b\n", b"--b\n", b"--b--\n", b"text/html\n"),
    *(b"charset=", b"\xb0\xad", b"=?utf-8?B?", b"?=", b"<p>", b"Subject: ", b"From \n"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_mail_is_read_or_refused(parts: list[bytes]) -> None:
    assert is_read_or_refused(mail, b"".join(parts))
    assert is_read_or_refused(mbox, b"".join(parts))


def test_a_text_with_a_colon_in_its_lines_is_no_mail() -> None:
    for text in (
        "제목: 다리\n날짜: 3일\n",
        "From: here\nit goes on\n",
        "Subject: x\nTo: y\n\ntext\n",
        "A: b\nC: d\nE: f\n\n",
    ):
        assert mail.recognises(text.encode(), "a.txt") == Certainty.NONE
