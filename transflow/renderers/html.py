"""Complete HTML page with schema.org NewsArticle data and Open Graph tags.

It loads nothing from the network.

Invariant: the metadata names nobody whom the page does not name.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from transflow import phrases
from transflow.model.credit import CreditGroup
from transflow.model.story import Basis, Story
from transflow.renderers.formatting import digital_source, markup
from transflow.renderers.formatting.blocks import corrections
from transflow.renderers.formatting.environment import context, update_phrase, update_time, version_label

SUFFIX = ".html"


def render(story: Story, environment: Environment) -> str:
    """Return the story rendered with `story.html`, which includes `story.css` and `body.html`."""
    page = {
        "lang": markup.language_tag(story.locale),
        "dir": phrases.direction(story.locale),
        "title": title(story),
        "description": description(story),
        "reporters": phrases.join_names(story.reporters, story.locale),
        "url": markup.web_address(story.url),
        "publisher_url": markup.web_address(story.publisher_url),
        "updated": update_phrase(story),
        "update_time": update_time(story),
        "version": version_label(story),
        "sources": sources(story),
        "open_graph": open_graph(story),
        "news_article": news_article(story),
    }
    return environment.get_template("story.html").render(context(story) | page)


def title(story: Story) -> str:
    """Return the headline as plain text, or the slug of a draft without a headline."""
    return markup.plain(story.headline) or story.slug


def description(story: Story) -> str:
    """Return the deck as plain text or, without one, the first paragraph."""
    return markup.plain(story.deck) or next(
        (markup.plain(p.text) for p in story.paragraphs if p.kind == "paragraph"), ""
    )


def sources(story: Story) -> list[Markup]:
    """Return the sources that readers can look up.

    These are the reports with an address, labelled with their language, and then the cited pages.
    """
    _ = phrases.translate(story.locale)
    labelled = Markup.escape(_("{title} (in {language})"))
    reports = [
        labelled.format(title=_link(basis), language=phrases.language_name(basis.language, story.locale))
        for basis in story.basis
        if markup.web_address(basis.url)
    ]
    cited = [Markup('<a href="{0}">{0}</a>').format(address) for address in story.cites if markup.web_address(address)]
    return reports + cited


def _link(basis: Basis) -> Markup:
    return Markup('<a href="{url}" hreflang="{lang}"><bdi lang="{lang}">{title}</bdi></a>').format(
        url=basis.url, lang=markup.language_tag(basis.language), title=markup.plain(basis.title) or basis.url
    )


def open_graph(story: Story) -> list[tuple[str, str]]:
    """Return the nonempty Open Graph tags (ogp.me, type "article") as (property, content)."""
    tags = [
        ("og:type", "article"),
        ("og:title", title(story)),
        ("og:description", description(story)),
        ("og:locale", phrases.territory_locale(story.locale)),
        ("og:url", markup.web_address(story.url)),
        ("og:site_name", story.publisher),
        ("article:published_time", markup.moment(story.date)),
        ("article:modified_time", markup.moment(story.modified)),
        *(("article:tag", tag) for tag in story.tags),
    ]
    return [(name, content) for name, content in tags if content]


def news_article(story: Story) -> dict[str, Any]:
    """Return the story as a schema.org NewsArticle, without empty properties.

    `author` is whom the byline names, as search engines require. The writer of the English text,
    whom the byline does not name, is a `contributor` ("a secondary contributor"), but the author of
    a story without a byline. `translationOfWork` is set only for a story made from a single report.
    """
    by_role = {group.role: group for group in story.credits}
    writers, reporters = _people(by_role.get("writer")), [_person(name) for name in story.reporters]
    basis = [_basis(each) for each in story.basis]
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title(story),
        "alternativeHeadline": markup.plain(story.deck),
        "description": description(story),
        "inLanguage": markup.language_tag(story.locale),
        "url": markup.web_address(story.url),
        "mainEntityOfPage": markup.web_address(story.url),
        "datePublished": markup.moment(story.date),
        "dateModified": markup.moment(story.modified) or markup.moment(story.date),
        "version": story.version,
        "correction": [
            {"@type": "CorrectionComment", "text": markup.plain(paragraph.text)} for paragraph in corrections(story)
        ],
        "dateline": story.dateline,
        "creativeWorkStatus": "Draft" if story.draft else "",
        "author": reporters or writers,
        "contributor": writers if reporters else [],
        "translator": _people(by_role.get("translator")),
        "editor": _people(by_role.get("editor")),
        "creditText": " ".join(filter(None, (story.credit_line, story.label))),
        "digitalSourceType": digital_source.schema_org(story.origin),
        "publisher": _organization(story),
        "keywords": list(story.tags),
        "isBasedOn": basis,
        "translationOfWork": basis[0] if len(basis) == 1 and not story.has_secret_basis else {},
        "citation": [cited for cited in story.cites if markup.web_address(cited)],
    }
    return _filled(article)


def _people(group: CreditGroup | None) -> list[dict[str, Any]]:
    return [_person(name) for name in group.names] if group else []


def _person(name: str) -> dict[str, Any]:
    return {"@type": "Person", "name": name}


def _organization(story: Story) -> dict[str, Any]:
    if not story.publisher:
        return {}
    return _filled(
        {"@type": "NewsMediaOrganization", "name": story.publisher, "url": markup.web_address(story.publisher_url)}
    )


def _basis(basis: Basis) -> dict[str, Any]:
    return _filled(
        {
            "@type": "NewsArticle",
            "headline": markup.plain(basis.title),
            "inLanguage": markup.language_tag(basis.language),
            "url": markup.web_address(basis.url),
            "datePublished": markup.moment(basis.date),
        }
    )


def _filled(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value}
