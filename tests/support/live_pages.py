"""Pages of several designs with a story on them, and a server for them on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape

from pytest_httpserver import HTTPServer

from transflow.web_pages.parts import StoryPart

_MENU = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("korea", "china", "vietnam", "about us"))
_RELATED = "".join(
    f'<li><a href="/{number}">What readers should know about the refugees of {number}</a></li>'
    for number in (2021, 2022)
)


def text_of(parts: Sequence[StoryPart], role: str) -> str:
    return next((part.text for part in parts if part.role == role), "")


def body_of(parts: Sequence[StoryPart]) -> list[str]:
    return [part.text for part in parts if part.role == "paragraph"]


def theme(parts: Sequence[StoryPart]) -> str:
    """Return a page like those of WordPress: comments in the source, related links, a sidebar."""
    inner = "\n\n".join(
        f"<!-- wp:paragraph -->\n<p>{escape(text)}</p>\n<!-- /wp:paragraph -->" for text in body_of(parts)
    )
    middle = inner.find("<!-- wp:paragraph -->", len(inner) // 2)
    advert = '<div class="wp-block-ad advert">Advertisement. Buy a bicycle, it is good for you and the city.</div>\n'
    inner = inner[:middle] + advert + inner[middle:] if middle > 0 else inner
    return (
        "<!DOCTYPE html><html><head><title>"
        + escape(text_of(parts, "headline"))
        + " &#8211; Herald</title><style>p{margin:0}</style><script>var x = '<p>not a text</p>';</script></head>"
        + f'<body class="single"><nav><ul>{_MENU}</ul></nav><div id="page"><main><article class="post">'
        + f'<header class="entry-header"><h1 class="entry-title">{escape(text_of(parts, "headline"))}</h1>'
        + f'<p class="deck">{escape(text_of(parts, "deck"))}</p>'
        + f'<div class="entry-meta"><span class="byline">{escape(text_of(parts, "byline"))}</span> | March 26, 2024</div></header>'
        + f'<div class="entry-content">{inner}<p class="credit">{escape(text_of(parts, "credit"))}</p>'
        + f'<div class="sharedaddy sd-sharing"><h3>Share this:</h3><ul>{_MENU}</ul></div>'
        + f'<div class="jp-relatedposts"><h3>Related</h3><ul>{_RELATED}</ul></div></div></article></main>'
        + f'<aside class="sidebar"><h2>Latest</h2><ul>{_RELATED}</ul><p>Sign in to read more of our stories every day.</p></aside>'
        + "</div><footer><p>© 2024 Herald. All rights reserved.</p></footer></body></html>"
    )


def soup(parts: Sequence[StoryPart]) -> str:
    """Return a page of an old CMS: one element, line breaks instead of paragraphs, no end tags."""
    body = "<br><br>\n".join(escape(text) for text in body_of(parts))
    return (
        f"<html><head><title>{escape(text_of(parts, 'headline'))}</title></head><body><table><tr><td><a href=/>Home</a>"
        f"<tr><td><div id=art><font size=5><b>{escape(text_of(parts, 'headline'))}</b></font><br>"
        f"<i>{escape(text_of(parts, 'deck'))}</i><br><br>{escape(text_of(parts, 'byline'))}<br>2024-03-26 18:00"
        f"<div class=txt>{body}<br><br>{escape(text_of(parts, 'credit'))}</div></div></table></body></html>"
    )


def amp(parts: Sequence[StoryPart]) -> str:
    """Return a page in AMP."""
    body = "".join(
        f"<p>{escape(text)}</p>" + ('<amp-ad width=300 height=250 type="x"></amp-ad>' if number == 2 else "")
        for number, text in enumerate(body_of(parts))
    )
    data = {"@type": "NewsArticle", "headline": text_of(parts, "headline"), "isAccessibleForFree": True}
    return (
        '<!doctype html><html amp lang="en"><head><meta charset="utf-8"><script async src="https://cdn.ampproject.org/v0.js">'
        f'</script><style amp-custom>p{{}}</style><script type="application/ld+json">{json.dumps(data)}</script></head><body>'
        f'<amp-sidebar id="s" layout="nodisplay"><nav><ul>{_MENU}</ul></nav></amp-sidebar><main><article>'
        f"<h1>{escape(text_of(parts, 'headline'))}</h1><h2>{escape(text_of(parts, 'deck'))}</h2>"
        f'<amp-img src="a.jpg" width="1" height="1"></amp-img><p class="byline">{escape(text_of(parts, "byline"))}</p>'
        f"{body}<p>{escape(text_of(parts, 'credit'))}</p></article></main>"
        "<amp-analytics><script type=application/json>{}</script></amp-analytics></body></html>"
    )


def capitals(parts: Sequence[StoryPart]) -> str:
    """Return a page with the headline in capitals, without deck and byline."""
    body = "".join(f'<div class="para"><div class="txt">{escape(text)}</div></div>' for text in body_of(parts))
    return (
        f"<html><body><div class='head'><h1>{escape(text_of(parts, 'headline').upper())}</h1></div>"
        f"<div class='story'>{body}</div><div class='foot'><small>{escape(text_of(parts, 'credit'))}</small></div></body></html>"
    )


def paid(parts: Sequence[StoryPart]) -> str:
    """Return a page that shows the first paragraphs to those who do not pay."""
    shown = [part for part in parts if part.role != "paragraph"]
    texts = body_of(parts)
    body = "".join(f"<p>{escape(text)}</p>" for text in texts[: max(1, len(texts) // 3)])
    return (
        f"<html><body><article><h1>{escape(text_of(shown, 'headline'))}</h1><div class=body>{body}<p>"
        f"{escape(texts[len(texts) // 3][:40])}…</p></div><div class='paywall'><h2>Subscribe now to continue reading</h2>"
        "<p>Already a subscriber? Log in.</p></div></article></body></html>"
    )


def scripted(parts: Sequence[StoryPart]) -> str:
    """Return a page whose text comes by script."""
    return (
        f"<html><head><title>{escape(text_of(parts, 'headline'))}</title></head><body>"
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>"
        f"<script>window.__STATE__ = {json.dumps(body_of(parts))}</script><script src='/main.js'></script></body></html>"
    )


DESIGNS: dict[str, Callable[[Sequence[StoryPart]], str]] = {
    "theme": theme,
    "soup": soup,
    "amp": amp,
    "capitals": capitals,
}
"""Designs that show the whole story."""


@contextmanager
def served(bodies: dict[str, tuple[bytes, str]]) -> Iterator[HTTPServer]:
    """Serve pages on this machine: path -> (body, content type)."""
    with HTTPServer(host="127.0.0.1") as server:
        for path, (body, kind) in bodies.items():
            server.expect_request(path).respond_with_data(body, content_type=kind)
        yield server
