"""Renaming of a report, story or person in a catalog.

Invariant: only names change. Texts, units and their states stay, approvals and clearances remain
valid, and renaming twice equals renaming once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from transflow.model.catalog import Catalog
from transflow.model.unit import Meta, Ref, Unit

_SIGNED_FIELDS = ("X-Ready", "X-Cleared", "X-Killed", "X-Live")
"""Header fields that begin with a person's id."""
_NOTICE_PREFIX = r"(?:^| )\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
"""Pattern for what precedes a person's id in X-Notice."""
_SINGLE_ACT_FIELDS = ("assigned", "record", "approved", "omitted", "cut", "returned", "redacted")
_ACT_LIST_FIELDS = ("by", "translated", "seen", "waivers", "conflicts", "answers")


# Reports and stories


def report_renamed(catalog: Catalog, new: str) -> Catalog:
    """Return the catalog of a report with `new` as its slug."""
    return catalog.replace(header=catalog.header.replace(X_Report=new))


def article_renamed(article: Catalog, new: str) -> Catalog:
    return article.replace(header=article.header.replace(X_Article=new))


def refers_to_report(article: Catalog, slug: str) -> bool:
    if slug in article.header.get("X-Reports").split():
        return True
    units = (*article.units, *article.obsolete)
    return any(ref.report == slug for unit in units for ref in unit.refs) or any(
        _corrects(unit, slug) for unit in units
    )


def with_renamed_report_refs(article: Catalog, old: str, new: str) -> Catalog:
    """Return an article with its references to a report changed to the new slug.

    The references are in X-Reports, `@from` and `@corrects`.
    """
    if not refers_to_report(article, old):
        return article
    slugs = dict.fromkeys(new if each == old else each for each in article.header.get("X-Reports").split())
    renamed = _mapped(article, lambda unit: _with_new_slug(unit, old, new))
    return renamed.replace(header=article.header.replace(X_Reports=" ".join(slugs)))


def _with_new_slug(unit: Unit, old: str, new: str) -> Unit:
    if any(ref.report == old for ref in unit.refs):
        unit = unit.replace(refs=tuple(Ref(new, ref.unit) if ref.report == old else ref for ref in unit.refs))
    if _corrects(unit, old):
        other = tuple(
            meta._replace(value=meta.value.replace(f" {old}#", f" {new}#")) if meta.key == "corrects" else meta
            for meta in unit.other
        )
        unit = unit.replace(other=other)
    return unit


def _corrects(unit: Unit, slug: str) -> bool:
    return any(meta.key == "corrects" and f" {slug}#" in meta.value for meta in unit.other)


def cites_story(catalog: Catalog, locale: str, slug: str, *, here: bool) -> bool:
    """Return True if a catalog cites a story.

    `here` says that the catalog is in the story's locale, where citations may omit the locale.
    """
    names = _citation_names(locale, slug, here=here)
    return any(_cited_name(cite, names) for unit in (*catalog.units, *catalog.obsolete) for cite in unit.cites)


def with_renamed_citations(catalog: Catalog, locale: str, old: str, new: str, *, here: bool) -> Catalog:
    """Return a catalog with its citations of a story changed to the new slug."""
    if not cites_story(catalog, locale, old, here=here):
        return catalog
    names = _citation_names(locale, old, here=here)

    def followed(unit: Unit) -> Unit:
        cites = tuple(
            cite[: len(name) - len(old)] + new + cite[len(name) :] if (name := _cited_name(cite, names)) else cite
            for cite in unit.cites
        )
        return unit if cites == unit.cites else unit.replace(cites=tuple(dict.fromkeys(cites)))

    return _mapped(catalog, followed)


def _citation_names(locale: str, slug: str, *, here: bool) -> tuple[str, ...]:
    return (f"{locale}:{slug}", slug) if here else (f"{locale}:{slug}",)


def _cited_name(cite: str, names: Iterable[str]) -> str:
    """Return the name by which a citation refers to the story, or an empty string if it does not.

    A citation is the name itself or the name with a paragraph (`NAME#ID`).
    """
    return next((name for name in names if cite == name or cite.startswith(f"{name}#")), "")


# People


def person_renamed(catalog: Catalog, old: str, new: str) -> Catalog:
    """Return the catalog with a person's id replaced in all units and header fields."""
    header = catalog.header
    for name in _SIGNED_FIELDS:
        who, space, rest = header.get(name).partition(" ")
        if who == old:
            header = header.replace(**{name.replace("-", "_"): new + space + rest})
    if notices := header.get("X-Notice"):
        header = header.replace(X_Notice=re.sub(rf"({_NOTICE_PREFIX}) {re.escape(old)} ", rf"\1 {new} ", notices))
    if old in (people := header.get("X-Withheld").split()):
        header = header.replace(X_Withheld=" ".join(sorted(new if each == old else each for each in people)))
    return _mapped(catalog, lambda unit: _person_renamed(unit, old, new)).replace(header=header)


def _person_renamed(unit: Unit, old: str, new: str) -> Unit:
    unit = with_people(unit, lambda who: new if who == old else who)
    other = tuple(Meta(key, _word_replaced(value, old, new)) for key, value in unit.other)
    return unit.replace(other=other) if other != unit.other else unit


def with_people(unit: Unit, name: Callable[[str], str]) -> Unit:
    """Return the unit with `name` applied to the id of everybody who did something to it."""

    def renamed(record: Any) -> Any:
        return record if record is None or name(record.who) == record.who else record._replace(who=name(record.who))

    changes: dict[str, Any] = {name: renamed(getattr(unit, name)) for name in _SINGLE_ACT_FIELDS}
    changes |= {name: tuple(renamed(each) for each in getattr(unit, name)) for name in _ACT_LIST_FIELDS}
    changes["conflicts"] = tuple(
        each._replace(shares=tuple(map(renamed, each.shares))) for each in changes["conflicts"]
    )
    changes["questions"] = tuple(
        each._replace(to=name(each.to)) if each.to else each for each in map(renamed, unit.questions)
    )
    changes["answers"] = tuple(each._replace(re=_renamed_question(each.re, name)) for each in changes["answers"])
    changed = {name: value for name, value in changes.items() if value != getattr(unit, name)}
    return unit.replace(**changed) if changed else unit


def _renamed_question(question: str, name: Callable[[str], str]) -> str:
    """Return the name of a question (`ASKER@TIME`) with the asker's id replaced."""
    asker, at, time = question.partition("@")
    return f"{name(asker)}@{time}" if asker and at else question


def _word_replaced(value: str, old: str, new: str) -> str:
    """Replace an id in a note of unknown structure wherever it is a whole word."""
    return re.sub(rf"(?<!\S){re.escape(old)}(?!\S)", new, value)


def _mapped(catalog: Catalog, change: Any) -> Catalog:
    """Return the catalog with `change` applied to every unit, including obsolete ones."""
    return catalog.replace(units=tuple(map(change, catalog.units)), obsolete=tuple(map(change, catalog.obsolete)))
