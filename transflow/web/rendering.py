"""Templates of pages, and the files that pages load.

Invariant: a text never becomes markup: every value is escaped, and no page has a script or a style
of its own.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from transflow.presenters import i18n
from transflow.project.files import read

STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, /, **values: Any) -> str:
    """Return a page in the language of this context."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_=i18n._, count=i18n.count, say=i18n.say, static=static)
    return environment


@cache
def static(name: str) -> str:
    """Return the address of a file that pages load; it changes with the content."""
    return f"/static/{name}?v={sha256(read(STATIC / name, name)).hexdigest()[:12]}"
