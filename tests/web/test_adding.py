"""Adding a report in the browser, by its text or its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.browsers import Browser, words
from support.commands import REPORT, contents, done
from transflow.project import CatalogRef, Project
from transflow.web.office import Office

TEXT = "강변시 다리 또 끊겨\r\n\r\n다리 2곳이 끊겼다. 다친 사람은 없다.\r\n"


def test_a_pasted_text_becomes_a_report_and_opens(room: Path, office: Office) -> None:
    answer = Browser(office, "mina").post(
        "/add", data={"text": TEXT, "slug": "again", "byline": "이정은", "date": "2024-03-27"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/reports/again")
    units = Project(room).load(CatalogRef("en", "reports", "again")).units
    assert [each.source for each in units] == ["강변시 다리 또 끊겨", "다리 2곳이 끊겼다.", "다친 사람은 없다."]
    front = Project(room).front_matter("again")
    assert (front.byline, front.date) == ("이정은", "2024-03-27")


def test_a_name_is_made_where_none_is_given(room: Path, office: Office) -> None:
    answer = Browser(office, "mina").post("/add", data={"text": TEXT, "date": "2024-03-27"})
    assert answer.headers["location"] == "/en/reports/report-2024-03-27"


def test_a_file_is_read_by_its_content_and_named_like_it(room: Path, office: Office) -> None:
    data = REPORT.replace("홍수로", "다시").encode()
    answer = Browser(office, "mina").post("/add", files={"file": ("..\\..\\bridge-news.txt", data)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/reports/bridge-news")
    assert Project(room).front_matter("bridge-news").byline == "이정은"


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"text": " "}, "paste the text of the report, or choose its file"),
        ({"text": TEXT, "slug": "../../etc/passwd"}, "cannot be its name"),
        ({"text": TEXT, "slug": "flood"}, "there is a report “flood” already"),
        ({"text": TEXT, "date": "someday"}, "“someday” is no date"),
        ({"text": "Headline only"}, "there is no text below the headline"),
    ],
)
def test_what_cannot_be_added_stays_in_the_form(room: Path, office: Office, form: dict[str, str], why: str) -> None:
    before = contents(room)
    answer = Browser(office, "mina").post("/add", data=form)
    assert answer.status_code == 422
    assert why in words(answer.text)
    assert form["text"].split("\r")[0] in answer.text
    assert contents(room) == before


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02" * 1000, b"\xff\xfe" + b"a" * 10, b"PK\x03\x04 broken", b"%PDF-1.7 broken"]
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(room: Path, office: Office, data: bytes) -> None:
    before = contents(room)
    answer = Browser(office, "mina").post("/add", files={"file": ("report.docx", data)})
    assert answer.status_code == 422
    assert "Choose the file again." in answer.text
    assert contents(room) == before


def test_a_later_version_of_a_report_is_named(room: Path, office: Office) -> None:
    done(room, "unit", "set", "flood#1", "Three bridges out in floods", user="claire")
    later = REPORT.replace("title: ", "title: '[종합] ").replace("끊겨\n", "끊겨'\n")
    browser = Browser(office, "mina")
    answer = browser.post("/add", data={"text": later, "slug": "flood-2"})
    assert answer.status_code == 303
    shown = browser.get(answer.headers["location"])
    assert shown.status_code == 200
    assert Project(room).exists(CatalogRef("en", "reports", "flood-2"))
