"""Generator of what the documents say about plug-ins, from their modules.

Usage: `python -m scripts.plugins_pages`, in a checkout. It writes the parts `<!-- plugins: … -->`
of docs/engines.md and docs/formats.md; `checks_page` writes the page of the checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from scripts import parts
from transflow import engines, readers, renderers
from transflow.engines import Engine
from transflow.findings import formats
from transflow.network.hosts import host_of

DOCS = Path(__file__).parents[1] / "docs"
PAGES = (DOCS / "engines.md", DOCS / "formats.md")


def section(name: str, module: object, heading: str = "###") -> str:
    """Return the heading and the docstring of a plug-in."""
    return f"\n{heading} {name}\n\n{(module.__doc__ or '').strip()}\n"


def summary(module: object) -> str:
    """Return the first paragraph of a docstring, on one line."""
    return " ".join((module.__doc__ or "").strip().partition("\n\n")[0].split())


# Engines


def engine_table() -> str:
    """Return a table of where each engine sends texts, what keys it needs, and what it costs."""
    rows = [_engine_row(name, engines.load(name)) for name in engines.names()]
    return "\n".join(["| engine | texts are sent to | key | price |", "|---|---|---|---|", *rows]) + "\n"


def _engine_row(name: str, engine: Engine) -> str:
    hosts = f"`{host_of(engine.URL)}`" if engine.URL else "a server of your own"
    keys = [f"`{variable}`" + " if required" * key.endswith("?") for key, variable in engine.KEYS.items()]
    price = "set by you" if engine.PRICE is None else f"{engine.PRICE:g}" if engine.PRICE else "free"
    return f"| `{name}` | {'nowhere' if engine.IN_PROCESS else hosts} | {', '.join(keys) or 'none'} | {price} |"


def engine_sections() -> str:
    """Return a section for each engine, with its options."""
    return "".join(_engine_section(name, engines.load(name)) for name in engines.names()) + "\n"


def _engine_section(name: str, engine: Engine) -> str:
    rows = [
        f"| `{option.rstrip('!')}` | {parts.cell(meaning)}{' (required)' * option.endswith('!')} |"
        for option, meaning in engine.OPTIONS.items()
    ]
    table = ["", "| option | meaning |", "|---|---|", *rows, ""] if rows else []
    return section(name, engine, "##") + "\n".join(table)


# Readers, renderers and formats of findings


def reader_sections() -> str:
    """Return a section for each reader, with what it needs."""
    return "".join(_with_needs(name) for name in readers.names()) + "\n"


def _with_needs(name: str) -> str:
    reader = readers.load(name)
    extras = dict.fromkeys(reader.NEEDS.values())
    needs = "".join(f"\nIt needs `pip install 'transflow[{extra}]'`.\n" for extra in extras)
    return section(name, reader) + needs


def renderer_sections() -> str:
    """Return a section for each renderer, with the ending of its files."""
    return "".join(_with_suffix(name) for name in renderers.names()) + "\n"


def _with_suffix(name: str) -> str:
    renderer = renderers.load(name)
    return f"{section(name, renderer)}\nThe file is `build/<language>/<slug>{renderer.SUFFIX}`.\n"


def format_table() -> str:
    """Return a table of the formats of `transflow check`."""
    rows = [f"| `{name}` | {summary(formats.load(name))} |" for name in formats.names()]
    return "\n".join(["| format | contents |", "|---|---|", *rows]) + "\n"


PARTS: dict[str, Callable[[], str]] = {
    "engine-table": engine_table,
    "engines": engine_sections,
    "readers": reader_sections,
    "renderers": renderer_sections,
}


def brought_up(text: str) -> str:
    """Return a page with up-to-date parts."""
    return parts.filled(text, "plugins", lambda name: PARTS[name]())


def pages() -> Iterator[tuple[Path, str, str]]:
    """Yield each page with its text and its up-to-date text."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        yield path, text, brought_up(text)


def main() -> None:
    for path, _, new in pages():
        path.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
