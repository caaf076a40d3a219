"""Dialogue that searches the whole project, and opens a place that was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from transflow.actions.language.concordance import ConcordanceHit, search
from transflow.presenters.dialogues.requests import Dialogue, FilterQuestion, Say, Show, choose, perform
from transflow.presenters.headlines import NAME_IN_LIST, quoted, title
from transflow.presenters.i18n import _, count

_MAX_RESULTS = 200
"""Maximum number of results of a search of the project."""


def ask_filter(text: str, typed: Callable[[str], str]) -> Dialogue[str | None]:
    """Ask for a filter of the list; `typed` applies it while it is typed."""
    hint = _(
        "Words, “a phrase in quotation marks”, /regular expression/, @person, or a keyword. "
        "With = before it, words are looked up in the whole project."
    )
    answer: str | None = yield FilterQuestion(_("Which sentences?"), text, hint, typed)
    return answer


def search_project(words: str) -> Dialogue[None]:
    """Search the project, and open the hit that the person chooses."""
    if not words:
        return
    yield Say(_("Looking for “{words}” …").format(words=words))
    hits = yield from perform(search, words, _MAX_RESULTS)
    yield Say("")
    if not hits:
        yield Say(search_summary(words, hits))
        return
    chosen = yield from choose(search_summary(words, hits), hit_lines(hits))
    if chosen is not None:
        hit = hits[chosen]
        yield Show("translate" if hit.place.folder == "reports" else "story", hit.place, hit.unit)


def hit_lines(hits: Sequence[ConcordanceHit]) -> list[str]:
    """Return a line for each hit."""
    names = (f"{quoted(title(hit.place), NAME_IN_LIST)} {hit.number}" for hit in hits)
    return [f"{name} {hit.source} → {hit.target or '–'}" for name, hit in zip(names, hits, strict=True)]


def search_summary(words: str, hits: Sequence[ConcordanceHit]) -> str:
    """Return how many hits there are."""
    if not hits:
        return _("“{words}” stands nowhere in the project.").format(words=words)
    return count("“{words}”: {n} place", "“{words}”: {n} places", len(hits), words=words)
