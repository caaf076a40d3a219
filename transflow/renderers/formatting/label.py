"""The label of a story in a file that a project's own templates made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from markupsafe import escape

from transflow.renderers.formatting import markup

_UNSEEN = re.compile(r"<(script|style|head)\b.*?</\1>", re.DOTALL)
"""Parts of a page that readers do not see."""


def is_label_printed(text: str, label: str) -> bool:
    """Return whether every body in a rendered file has the label where readers see it."""
    line = markup.single_line(label)
    forms = (label, line, str(escape(line)), markup.escaped_markdown(label))
    return all(any(form in _UNSEEN.sub("", body) for form in forms) for body in _bodies(text))


def _bodies(text: str) -> Iterator[str]:
    """Yield the bodies of ninjs, the label of a fragment, or another file as a whole."""
    try:
        document = json.loads(text)
    except ValueError:
        yield text
        return
    bodies = [each["value"] for each in document.get("bodies", ())]
    yield from bodies or [document.get("label", text)]
