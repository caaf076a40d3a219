"""Two languages in a real terminal: every reference that is shown can be pasted into a command."""

from __future__ import annotations

import re

from support.colleagues import Office, sizes
from support.commands import transflow
from support.floods import REPORT, TEXTS

_REFERENCE = re.compile(r"(?<![\w/-])(?:[a-z]{2}:)?(?:inform|inland)(?:#[\w,-]+)?(?![\w.])")
"""A report or story by its name, with or without language and sentence."""


@sizes()
def test_every_reference_that_is_shown_can_be_pasted(office: Office) -> None:
    hana = office.sit_down("Hana Seo")
    hana.found(locales="en,vi")
    hana.paste_report(REPORT, "inform")
    hana.leave()
    hana.start("translate", "en:inform")
    hana.see("Translate ", "0 of 5 done")
    hana.translate(*TEXTS)
    hana.press("h")
    texts = [hana.see("#5", "Esc: back")]
    hana.press("Escape")
    hana.see_no_more("Esc: back")
    hana.leave()
    texts += [
        hana.run("transflow compose en:inland --from en:inform"),
        hana.run("transflow status"),
        hana.run("transflow queue"),
        hana.run("transflow unit show en:inland#2"),
        hana.run("transflow unit show en:inform#2"),
        hana.run("transflow article show en:inland"),
        hana.run("transflow correct en:inform#2 --dry-run"),
    ]
    hana.start("story", "en:inland")
    texts.append(hana.see("Story ", "Behind it", "0 of 3 written"))
    hana.press("t")
    texts.append(hana.see("Ctrl+S: save", "headline ←"))
    hana.press("Escape")
    hana.see("0 of 3 written")
    hana.press("h")
    texts.append(hana.see("Esc: back"))
    shown = {each for text in texts for each in _REFERENCE.findall(text) if ":" in each or "#" in each}
    assert {"en:inform", "en:inland", "en:inform#1"} <= shown
    failed = {each: ran.err for each in sorted(shown) if (ran := transflow(office.folder, "unit", "show", each)).code}
    assert failed == {}
