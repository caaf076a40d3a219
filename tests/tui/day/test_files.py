"""Files of other programs go in with every digit, or say how they can, in a real terminal."""

from __future__ import annotations

import re
import zipfile

from support.colleagues import Office, sizes
from transflow.project import Project

TEXT = "이 시는 1,234명 가운데 87.8%가 3억5천만 원을 받았다고 2026. 3. 11. 밝혔다.\n\n전화는 010-1234-5678이다."
"""Figures in every form that a report may have."""
JEKYLL = f"""---
layout: post
title: "지원 대상 1,234명: 87.8%"
date: 2026-03-11 09:00:00 +0900
author: Jeong Eun Lee
tags: [support, "2026"]
---

{TEXT}
"""
HUGO = f"""+++
title = "지원 대상 1,234명"
date = 2026-03-11T09:00:00+09:00
byline = "Jeong Eun Lee"
draft = false
+++

{TEXT}

| 연도 | 명 |
|---|---|
| 2025 | 1,047 |
| 2026 | 229 |
"""
PLAIN = f"지원 대상 1,234명\n\n{TEXT}\n"


def digits(text: str) -> list[str]:
    return re.findall(r"\d", text)


@sizes()
def test_files_go_in_with_every_digit(office: Office) -> None:
    hana = office.sit_down("Hana Seo")
    hana.found(alone=True)
    hana.leave()
    texts = {
        "jekyll.md": (JEKYLL, "utf-8"),
        "hugo.md": (HUGO, "utf-8"),
        "windows.txt": (PLAIN.replace("\n", "\r\n"), "utf-8-sig"),
        "utf16.txt": (PLAIN, "utf-16"),
        "cp949.txt": (PLAIN, "cp949"),
    }
    for name, (text, encoding) in texts.items():
        (office.folder / name).write_bytes(text.encode(encoding))
        slug = name.partition(".")[0]
        hana.run(f"transflow add {name} --slug {slug} --byline Lee --date 2026-03-11")
        project = Project.find(office.folder)
        report = project.load(project.find_catalog(slug))
        body = re.sub(r"\A(---|\+\+\+)\n.*?\n\1\n", "", text, flags=re.DOTALL)
        sources = " ".join(unit.source for unit in report.units if name.endswith(".txt") or unit.kind != "headline")
        assert digits(sources) == digits(body), name
    hana.start("translate", "jekyll")
    hana.see("Translate ", "지원 대상 1,234명: 87.8%")
    hana.press("Down")
    hana.see("▸ 이 시는 1,234명 가운데 87.8%가 3억5천만 원을 받았다고 2026. 3. 11. 밝혔다.")


@sizes()
def test_a_word_document_is_named_with_the_way_out(office: Office) -> None:
    hana = office.sit_down("Hana Seo")
    hana.found(alone=True)
    hana.leave()
    with zipfile.ZipFile(office.folder / "letter.docx", "w") as document:
        document.writestr("[Content_Types].xml", "<Types/>")
        document.writestr("word/document.xml", "<document/>")
    hana.run("transflow add letter.docx", code=3)
    hana.see("a Word document (.docx)", "Save it as plain text in UTF-8, or as Markdown")
