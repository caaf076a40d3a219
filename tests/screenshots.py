"""Makes the pictures of the terminal UI in docs/images from the sample: `make screenshots`.

The pictures load nothing from outside: they name fonts that people have, Korean ones among them, and the texts are fitted to
the cells by the picture itself.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from scenes import SCENES
from screens import App

ROOT = Path(__file__).parents[1]
SIZE = (120, 36)
FONTS = "D2Coding, 'Noto Sans Mono CJK KR', 'Noto Sans Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"
PICTURES = (
    *((scene, "en", scene) for scene in SCENES),
    ("translate", "ko", "translate-ko"),
)
"""Scene, language, name of the file."""


def picture(pilot: App) -> str:
    """The screen as SVG."""
    svg = pilot.app.export_screenshot(title="transflow")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: (Fira Code|[^;]*monospace);", f"font-family: {FONTS};", svg)


async def taken(scene: str, lang: str, folder: Path) -> str:
    root = Path(
        shutil.copytree(ROOT / "sample", folder / "sample", ignore=shutil.ignore_patterns("build", ".transflow"))
    )
    async with SCENES[scene](root, SIZE, lang) as pilot:
        await asyncio.sleep(0.6)  # what helps to write answers after a pause
        await pilot.pause()
        return picture(pilot)


def main() -> None:
    for scene, lang, name in PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            svg = asyncio.run(taken(scene, lang, Path(folder)))
        (ROOT / "docs" / "images" / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
