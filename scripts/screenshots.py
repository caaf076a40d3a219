"""Generator of docs/images and tests/golden/screens from the sample: `make screenshots`.

The pictures load nothing from outside: they name common fonts, also Korean ones, and the picture
itself fits the texts to the cells.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from html import escape, unescape
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.sample import copy_sample
from support.scenes import SCENES
from support.screens import App, painted
from transflow.presenters.assistants import Assistants, installed_assistants
from transflow.project import Project

ROOT = Path(__file__).parents[1]
SIZE = (120, 36)
MODES = tuple(scene for scene in SCENES if scene != "keys")
SIZES = ((80, 24), (160, 48))
"""Sizes of the screens in tests/golden/screens."""
FONTS = "Menlo, Consolas, 'DejaVu Sans Mono', D2Coding, 'Noto Sans Mono CJK KR', 'Noto Sans CJK KR', monospace"
CELL = 12.2
"""Width of a cell in the picture: Rich's, for a font of 20 pixels."""
PICTURES = (
    *((scene, "en", scene) for scene in SCENES),
    ("translate", "ko", "translate-ko"),
)
"""Scene, language, name of the file."""


def picture(pilot: App) -> str:
    """Return the screen as SVG."""
    svg = pilot.app.export_screenshot(title="transflow")
    svg = re.sub(
        r'<text class="(\S+-r\d+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+" clip-path="([^"]+)">(.*?)</text>',
        _fitted,
        svg,
    )
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: (Fira Code|[^;]*monospace);", f"font-family: {FONTS};", svg)


def _fitted(found: re.Match[str]) -> str:
    """Return a text with each script in its cells; Rich would squeeze Hangul to half its width."""
    look, x, y, clip, content = found.groups()
    at, parts = float(x), []
    for is_wide, group in groupby(unescape(content), lambda character: cell_len(character) > 1):
        text = "".join(group)
        width = cell_len(text) * CELL
        size = ' font-size="23"' if is_wide else ""  # with this size its natural width is nearly that of its cells
        parts.append(
            f'<text class="{look}" x="{at:g}" y="{y}" textLength="{width:g}" clip-path="{clip}"{size}>{_escaped(text)}</text>'
        )
        at += width
    return "".join(parts)


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\xa0", "&#160;")


async def taken(scene: str, lang: str, folder: Path) -> str:
    root = copied(folder)
    async with SCENES[scene](root, SIZE, lang, installed_assistants(Project.find(root))) as pilot:
        await asyncio.sleep(0.6)  # assistants answer after a pause
        await pilot.pause()
        return picture(pilot)


async def text_of(scene: str, size: tuple[int, int], root: Path) -> str:
    """Return the screen as text, without assistants that would answer later."""
    async with SCENES[scene](root, size, "en", Assistants()) as pilot:
        await pilot.pause()
        await pilot.pause()
        return "\n".join(line.rstrip() for line in painted(pilot).split("\n")) + "\n"


def copied(folder: Path) -> Path:
    return copy_sample(folder / "sample")


def golden(scene: str, size: tuple[int, int]) -> Path:
    return ROOT / "tests" / "golden" / "screens" / f"{scene}-{size[0]}x{size[1]}.txt"


def main() -> None:
    for scene in MODES:
        for size in SIZES:
            with tempfile.TemporaryDirectory() as folder:
                text = asyncio.run(text_of(scene, size, copied(Path(folder))))
            golden(scene, size).parent.mkdir(exist_ok=True)
            golden(scene, size).write_text(text, encoding="utf-8")
    for scene, lang, name in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            svg = asyncio.run(taken(scene, lang, Path(folder)))
        (ROOT / "docs" / "images" / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
