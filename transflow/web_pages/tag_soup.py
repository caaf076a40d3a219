"""Pages that are no HTML, made so that the parser of the standard library reads them in time that
grows with their size: tags that do not end are text, comments and declarations are taken out.
"""

from __future__ import annotations

import re

_ODD = re.compile(r"<(?!/?[A-Za-z][^<>]{0,2000}>)")
"""The beginning of anything but a plain tag."""
_LONGEST = 20_000
"""Characters of a tag; one that does not end within them is text."""


def parsable(html: str) -> str:
    """Return a page in which every tag ends, without comments and declarations."""
    parts: list[str] = []
    done = 0
    for found in _ODD.finditer(html):
        start = found.start()
        if start < done:
            continue
        if html.startswith("<!--", start):
            parts.append(html[done:start])
            end = html.find("-->", start + 4)
            if end < 0:  # as in a browser, all that follows is the comment
                return "".join(parts)
            done = end + 3
        elif html[start + 1 : start + 2] in ("!", "?"):
            parts.append(html[done:start])
            end = html.find(">", start, start + _LONGEST)
            parts += ["&lt;"] if end < 0 else []
            done = start + 1 if end < 0 else end + 1
        elif html.find(">", start, start + _LONGEST) < 0:
            parts += [html[done:start], "&lt;"]
            done = start + 1
    return "".join((*parts, html[done:]))
