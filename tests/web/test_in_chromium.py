"""The script of the pages in Chromium: keys, autosave, input methods, the network gone, events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from support.chromium import ARGUMENTS, CHROMIUM, WITHOUT, serving
from support.commands import TEXTS, done
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.web.office import Office

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM.exists(), reason=WITHOUT)]
PAGE = "/en/reports/flood?mode=translate"
expect.set_options(timeout=20_000)
VIEWS: dict[str, dict[str, object]] = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def served(room: Path) -> Iterator[tuple[str, Office]]:
    with serving(room) as found:
        yield found


Enter = Callable[..., Page]


@pytest.fixture
def enter(chromium: Browser, served: tuple[str, Office]) -> Iterator[Enter]:
    """Yield a function that opens a page as a person, in a browser of their own."""
    address, office = served
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(who: str, path: str, **options: object) -> Page:
        context = chromium.new_context(base_url=address, locale="en-US", **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/enter?token={office.entrances.make(who)}")
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    expected = ("status of 404", "ERR_INTERNET_DISCONNECTED", "status of 409", "status of 422")
    assert [each for each in complaints if not any(words in each for words in expected)] == []


def units(room: Path) -> tuple[Unit, ...]:
    return tuple(Project(room).load(CatalogRef("en", "reports", "flood")).units)


def targets(room: Path) -> list[str]:
    return [unit.target for unit in units(room)]


def box(page: Page, unit: Unit) -> str:
    return f"#t-{unit.id}"


def test_a_report_is_translated_with_the_keyboard_alone(room: Path, enter: Enter) -> None:
    page = enter("claire", PAGE)
    page.keyboard.press("j")
    page.keyboard.press("e")
    for text, unit in zip(TEXTS, units(room), strict=True):
        expect(page.locator(box(page, unit))).to_be_focused()
        page.keyboard.type(text)
        page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text("Everything here is done.")
    assert targets(room) == list(TEXTS)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_what_is_typed_is_checked_and_outlives_the_tab(room: Path, enter: Enter) -> None:
    page, second = enter("claire", PAGE), units(room)[1]
    page.fill(box(page, second), "Four bridges failed on the night of the 5th.")
    expect(page.locator(f"#u-{second.id} .findings")).to_contain_text("the English says “Four”")
    page.close()
    again = page.context.new_page()
    again.goto(PAGE)
    assert again.input_value(box(again, second)) == "Four bridges failed on the night of the 5th."
    assert targets(room) == [""] * 5


def test_ctrl_enter_within_a_syllable_sends_nothing(room: Path, enter: Enter) -> None:
    page, first = enter("claire", PAGE), units(room)[0]
    page.focus(box(page, first))
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "하", "selectionStart": 1, "selectionEnd": 1})
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/confirm") else None)
    page.evaluate(
        "id => document.querySelector(id).dispatchEvent(new KeyboardEvent('keydown', "
        "{key: 'Enter', ctrlKey: true, bubbles: true, isComposing: true, keyCode: 229}))",
        box(page, first),
    )
    devtools.send("Input.insertText", {"text": "한"})
    assert page.input_value(box(page, first)) == "한"
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_have_text("Saved.")
    assert (len(sent), targets(room)[0]) == (1, "한")


def test_texts_that_were_saved_without_a_network_all_arrive(room: Path, enter: Enter) -> None:
    page = enter("claire", PAGE)
    page.context.set_offline(True)
    for text, unit in zip(TEXTS, units(room), strict=True):
        page.fill(box(page, unit), text)
        page.press(box(page, unit), "Control+Enter")
    expect(page.locator("#said")).to_contain_text("No connection")
    assert targets(room) == [""] * 5
    page.context.set_offline(False)
    expect(page.locator("article.translated")).to_have_count(5)
    assert targets(room) == list(TEXTS)


def test_what_others_save_appears_and_moves_nothing_that_is_typed(room: Path, enter: Enter) -> None:
    page, (first, second, *_) = enter("claire", PAGE), units(room)
    page.fill(box(page, second), "Three bridges fai")
    done(room, "unit", "set", "flood#1", TEXTS[0], user="leejin")
    done(room, "unit", "set", "flood#2", TEXTS[1], user="leejin")
    expect(page.locator(box(page, first))).to_have_value(TEXTS[0])
    expect(page.locator(f"#u-{second.id} .meanwhile")).to_be_visible()
    assert page.input_value(box(page, second)) == "Three bridges fai"
    page.press(box(page, second), "Control+Enter")
    expect(page.locator(f"#u-{second.id} .choice")).to_contain_text("Somebody else changed this sentence")
    assert targets(room)[1] == TEXTS[1]
    page.click(f"#u-{second.id} .choice button.main")
    expect(page.locator(box(page, second))).to_have_value("Three bridges fai")
    assert targets(room)[1] == "Three bridges fai"


def pages(room: Path) -> list[str]:
    """Return the addresses of all pages, with something of each kind on them."""
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "unit", "approve", "flood", user="mina")
    done(room, "compose", "flood-story", "--from", "flood", user="eugene")
    done(room, "unit", "confirm", "flood-story", user="eugene")
    done(room, "unit", "set", "flood#2", "Four bridges failed on the night of the 5th .", user="leejin")
    done(room, "unit", "ask", "flood#2", "Which ones?", user="claire")
    unit = units(room)[1].id
    return [
        "/", "/add", PAGE, "/en/reports/flood?mode=review", f"/en/reports/flood/u/{unit}/more?mode=review",
        "/en/articles/flood-story", "/nothing",
    ]  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS)
def test_every_page_is_accessible_and_fits(room: Path, enter: Enter, view: str) -> None:
    addresses = pages(room)
    page = enter("mina", "/", **VIEWS[view])
    found = {}
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        for result in Axe().run(page).response["violations"]:
            found[address, result["id"]] = [node["html"] for node in result["nodes"]][:3]
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], address  # type: ignore[index]
    assert found == {}


@pytest.mark.browser
def test_everything_works_without_a_script(room: Path, enter: Enter) -> None:
    claire = enter("claire", PAGE, java_script_enabled=False)
    for text, unit in zip(TEXTS, units(room), strict=True):
        claire.fill(box(claire, unit), text)
        claire.click(f"#u-{unit.id} button.main")
    assert targets(room) == list(TEXTS)
    mina = enter("mina", "/en/reports/flood?mode=review", java_script_enabled=False)
    for unit in units(room):
        mina.click(f"#u-{unit.id} button.main >> nth=0")
    assert mina.locator("article.approved").count() == 5


@pytest.mark.browser
@pytest.mark.parametrize("confidential", [True, False])
def test_nothing_of_a_confidential_report_stays_in_the_browser(
    room: Path, chromium: Browser, tmp_path: Path, confidential: bool
) -> None:
    """The headline of any other report stays at least in the history."""
    path = room / "sources/flood.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("date:", f"confidential: {str(confidential).lower()}\ndate:"), encoding="utf-8")
    done(room, "update", "flood", user="mina")
    profile, second = tmp_path / "profile", units(room)[1]
    with serving(room) as (address, office):
        context = chromium.browser_type.launch_persistent_context(profile, executable_path=CHROMIUM, args=ARGUMENTS)
        page = context.new_page()
        page.goto(f"{address}/enter?token={office.entrances.make('mina')}")
        page.goto(address + PAGE)
        with page.expect_response("**/keep"):
            page.fill(box(page, second), "Nobody must know of the Riverside bridges")
        page.goto(address + PAGE)
        assert "Riverside bridges" in page.input_value(box(page, second))
        context.close()
    secrets = [each.encode(code) for each in ("Riverside bridges", "홍수로 다리") for code in ("utf-8", "utf-16-le")]
    files = (each for each in profile.rglob("*") if each.is_file())
    kept = [each.name for each in files if any(secret in each.read_bytes() for secret in secrets)]
    assert bool(kept) != confidential, kept
