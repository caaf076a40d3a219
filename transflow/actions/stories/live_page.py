"""The live page of a story against the record: what differs, and taking paragraphs over.

Invariant: looking changes nothing. What is taken is an edit like any other: by the user, under the
lock, never an approval; the story has to be cleared again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from transflow.actions import Actor, recording
from transflow.actions.refs import parse_ref, unit_ref
from transflow.actions.stories.drafts import NO_DRAFT, current_drafts
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.units.history import published_version
from transflow.actions.units.one_by_one import held_back
from transflow.actions.web import web_access
from transflow.errors import RefusedError, UsageError
from transflow.messages import NOTHING, CommandRef, Message, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.network.errors import PageError
from transflow.network.pages import FetchedPage, WebAccess, fetch_page
from transflow.project import CatalogRef, Project
from transflow.renderers.formatting.markup import plain
from transflow.stories import publications, story
from transflow.stories.clearance import is_cleared, without_clearance
from transflow.stories.printed import PrintContext, printed_digest, printed_units
from transflow.stories.publications import NO_ADDRESS, Publication
from transflow.units import workflow
from transflow.web_pages.carrying import carried, without_lead
from transflow.web_pages.comparison import PageComparison, compare
from transflow.web_pages.decoding import decode_page
from transflow.web_pages.html_text import PageText, page_text
from transflow.web_pages.parts import PageDifference, StoryPart

MESSAGES = Messages(
    __name__,
    {
        "no-page": "{place} is recorded on no page: name a saved page, or record where the story is ({command}).",
        "no-such-page": "{place} is not recorded at {address}. Recorded: {known}.",
        "not-html": "this is no page of text ({kind}).",
        "paid": "it shows the beginning only, to those who do not pay or log in. Save the page from a browser in which you are "
        "logged in, and name the file.",
        "script": "its text is made by scripts, which are not run. Save the page from a browser, and name the file.",
        "short": "it shows the beginning of the story only. Save the whole page from a browser, and name the file.",
        "other": "it has little or nothing of the text of the story: another page, or another version of it.",
        "unread": "{address} could not be read: {why}",
        "same": "{ref} reads on the page as in the record: there is nothing to take.",
        "gone": "{ref} is not on the page: cut it with {command} if it is to go.",
        "elsewhere": "{ref} stands elsewhere on the page, with the same words: move it with {command}.",
        "not-printed": "{ref} is not printed: no page has it.",
        "several": "the pages have different texts of {ref}: say which with --url.",
        "changed": "{ref} was changed meanwhile: look at the page again.",
        "refused": "{ref}: {why}",
        "removed": "If it was removed, record that with --gone.",
    },
)
Progress = Callable[[int, int], None]


class FoundDifference(NamedTuple):
    """A difference, with the reference of the paragraph as it is now; empty without one."""

    ref: str
    difference: PageDifference


class PageLook(NamedTuple):
    """A page, compared with the record."""

    address: str
    """Address of the page; empty for a saved page."""
    differences: tuple[FoundDifference, ...] = ()
    why_unread: Message = NOTHING
    """Reason why the page could not be read; `NOTHING` if it could."""
    has_newer: bool = False
    """True if the story has changed since the page was recorded."""

    @property
    def differs(self) -> bool:
        """True if a text differs: more than a deck, byline or credit line that a page lacks."""
        return any(not each.difference.is_head for each in self.differences)


class StoryLook(NamedTuple):
    """A story and its pages."""

    place: CatalogRef
    article: Catalog
    pages: tuple[PageLook, ...]


def look(
    actor: Actor,
    name: str,
    saved: bytes | None = None,
    addresses: Sequence[str] = (),
    access: WebAccess | None = None,
    progress: Progress = lambda *_: None,
) -> StoryLook:
    """Compare the pages of a story, or a saved one, with the record.

    Each page is compared with the version that is recorded for it, if git has that, and with
    the story as it is now: what differs from the nearer one counts. Raise UsageError for a story
    that is recorded on no page.
    """
    place = actor.project.find_catalog(name, "articles")
    article = actor.project.load(place)
    context = load_print_context(actor.project, place.locale, article)
    if saved is not None:
        page = _page(FetchedPage("", saved))
        return StoryLook(place, article, (_compared(actor, place, article, context, None, page),))
    pages = _pages(place, article, addresses)
    looks = []
    for number, each in enumerate(pages):
        progress(number, len(pages))
        looks.append(_looked_at(actor, place, article, context, each, access or web_access()))
    progress(len(pages), len(pages))
    return StoryLook(place, article, tuple(looks))


def recorded_addresses(article: Catalog) -> list[Publication]:
    """Return the newest record of each page that can be looked at."""
    return [page for page in publications.addresses(article) if page.address != NO_ADDRESS]


def _pages(place: CatalogRef, article: Catalog, addresses: Sequence[str]) -> list[Publication]:
    known = {page.address: page for page in recorded_addresses(article)}
    if not known:
        raise UsageError(MESSAGES("no-page", place=str(place), command=CommandRef(f"published {place} --url URL")))
    for each in addresses:
        if each not in known:
            raise UsageError(MESSAGES("no-such-page", place=str(place), address=each, known=", ".join(known)))
    return [known[each] for each in addresses or known]


def _looked_at(
    actor: Actor,
    place: CatalogRef,
    article: Catalog,
    context: PrintContext,
    published: Publication,
    access: WebAccess,
) -> PageLook:
    try:
        page = _page(fetch_page(published.address, access))
    except PageError as error:
        return PageLook(published.address, why_unread=_why(error))
    return _compared(actor, place, article, context, published, page)


def _why(error: PageError) -> Message:
    """Return why a recorded page could not be read, with what can be done if it was removed."""
    return joined([error.why, MESSAGES("removed")], " ") if error.is_gone else error.why


def _page(fetched: FetchedPage) -> PageText:
    """Return the text of a page. Raise PageError for what is no text, such as a PDF file."""
    kind = fetched.content_type.partition(";")[0].strip().lower()
    is_text = not kind or kind.startswith("text/") or kind.endswith(("xml", "html"))
    if not is_text or fetched.body.startswith((b"%PDF", b"PK\3\4", b"\x89PNG")):
        raise PageError(MESSAGES("not-html", kind=kind or "binary"))
    return page_text(decode_page(fetched.body, fetched.content_type))


def _compared(
    actor: Actor,
    place: CatalogRef,
    article: Catalog,
    context: PrintContext,
    published: Publication | None,
    page: PageText,
) -> PageLook:
    address = published.address if published else ""
    has_newer = published is not None and published.digest != printed_digest(article, context)
    version = published_version(actor.project, place, published) if published and has_newer else None
    compared = [compare(story_parts(each, context, actor.now), page) for each in (version, article) if each is not None]
    found = min(compared, key=lambda each: (bool(each.unreadable), len(each.differences)))
    if found.unreadable:
        return PageLook(address, why_unread=MESSAGES(found.unreadable), has_newer=has_newer)
    return PageLook(address, _referred(actor.project, place, article, found), has_newer=has_newer)


def _referred(
    project: Project, place: CatalogRef, article: Catalog, found: PageComparison
) -> tuple[FoundDifference, ...]:
    known = {unit.id for unit in article.units}
    return tuple(
        FoundDifference(
            unit_ref(project, article, place, each.part.key) if each.part and each.part.key in known else "", each
        )
        for each in found.differences
    )


def story_parts(article: Catalog, context: PrintContext, now: str) -> list[StoryPart]:
    """Return what a page of the story should show.

    The credit line and the label of a story that is not cleared lack its editor, and are left out.
    """
    printed = story.story(article, context, now, as_draft=True)
    heads: tuple[tuple[Literal["headline", "deck"], str], ...] = (
        ("headline", printed.headline),
        ("deck", printed.deck),
    )
    ids = {unit.kind: unit.id for unit in reversed(printed_units(article))}
    parts = [StoryPart(ids[role], role, plain(text)) for role, text in heads if text]
    if printed.byline:
        parts.append(StoryPart("byline", "byline", printed.byline, names=printed.reporters))
    for number, paragraph in enumerate(printed.paragraphs):
        lead = printed.dateline if not number else ""
        parts.append(StoryPart(paragraph.id, "paragraph", plain(paragraph.text), lead))
    if printed.credit_line and is_cleared(article, context):
        parts.append(StoryPart("credit", "credit", printed.credit_line))
    if printed.label and is_cleared(article, context):
        parts.append(StoryPart("label", "label", printed.label))
    return [part for part in parts if part.text.strip()]


# Taking over what a page has


class TakenText(NamedTuple):
    """A paragraph whose text is to be replaced by that of a page."""

    ref: str
    unit_id: str
    old: str
    new: str


class Taken(NamedTuple):
    """A story with the texts that were taken from a page."""

    place: CatalogRef
    catalog: Catalog
    unsigned: Message = NOTHING


def plan(
    actor: Actor,
    name: str,
    numbers: str,
    saved: bytes | None = None,
    addresses: Sequence[str] = (),
    access: WebAccess | None = None,
) -> tuple[TakenText, ...]:
    """Return the paragraphs that the pages word differently, as the record would take them.

    `numbers` are paragraphs, as in a REF, or "all" for each that differs. Pages are compared with
    the story as it is now. Raise PageError if no page can be read, RefusedError for a paragraph
    that cannot be taken, and UsageError if the pages have different texts.
    """
    place = actor.project.find_catalog(name, "articles")
    article = actor.project.load(place)
    context = load_print_context(actor.project, place.locale, article)
    found = _differences_now(actor, place, article, context, saved, addresses, access)
    if numbers == "all":
        keys = [unit.id for unit in article.units if found.get(unit.id) and found[unit.id][0].kind == "changed"]
    else:
        keys = list(parse_ref(actor.project, place.ref(numbers), "articles").ids(article))
    printed = {unit.id for unit in printed_units(article)}
    return tuple(_taken(actor.project, place, article, key, found.get(key, ()), printed) for key in keys)


def _differences_now(
    actor: Actor,
    place: CatalogRef,
    article: Catalog,
    context: PrintContext,
    saved: bytes | None,
    addresses: Sequence[str],
    access: WebAccess | None,
) -> dict[str, list[PageDifference]]:
    """Return the differences of each paragraph on the pages that can be read."""
    parts = story_parts(article, context, actor.now)
    found: dict[str, list[PageDifference]] = {}
    unread: Message = NOTHING
    sources = [""] if saved is not None else [page.address for page in _pages(place, article, addresses)]
    read = 0
    for address in sources:
        try:
            page = _page(FetchedPage("", saved) if saved is not None else fetch_page(address, access or web_access()))
            compared = compare(parts, page)
            if compared.unreadable:
                raise PageError(MESSAGES(compared.unreadable))
        except PageError as error:
            unread = MESSAGES("unread", address=address, why=_why(error)) if address else error.why
            continue
        read += 1
        for each in compared.differences:
            found.setdefault(each.part.key if each.part else "", []).append(each)
    if not read:
        raise PageError(unread)
    return found


def _taken(
    project: Project,
    place: CatalogRef,
    article: Catalog,
    unit_id: str,
    found: Sequence[PageDifference],
    printed: Iterable[str],
) -> TakenText:
    ref, unit = unit_ref(project, article, place, unit_id), article.find(unit_id)
    if unit is None or unit_id not in printed:
        raise RefusedError(MESSAGES("not-printed", ref=ref))
    changed = [each for each in found if each.kind == "changed"]
    if not changed:
        if any(each.kind == "missing" for each in found):
            raise RefusedError(MESSAGES("gone", ref=ref, command=CommandRef(f"article cut {ref} REASON")))
        if found:
            raise RefusedError(MESSAGES("elsewhere", ref=ref, command=CommandRef(f"article move {ref} --after N")))
        raise RefusedError(MESSAGES("same", ref=ref))
    recorded = unit.target or unit.source
    texts = {carried(recorded, _live_text(each, recorded), plain) for each in changed}
    if len(texts) > 1:
        raise UsageError(MESSAGES("several", ref=ref))
    return TakenText(ref, unit_id, recorded, texts.pop())


def _live_text(difference: PageDifference, recorded: str) -> str:
    """Return the text of the page without the dateline or the label of a correction."""
    part = difference.part
    live = without_lead(difference.live, part.lead if part else "")
    if part and part.text != plain(recorded) and part.text.endswith(plain(recorded)):
        live = without_lead(live, part.text[: -len(plain(recorded))])
    return live


def take(actor: Actor, name: str, texts: Sequence[TakenText]) -> Taken:
    """Write the texts of a page into the story, in the user's name, all or none.

    Raise RefusedError if a paragraph was changed since the texts were planned.
    """
    place = actor.project.find_catalog(name, "articles")
    planned = {each.unit_id: each for each in texts}
    rule = actor.project.settings.machine_rule(place.locale)

    def change(article: Catalog) -> Catalog:
        drafts = current_drafts(actor, place, article)
        changed = dict[str, Unit]()
        for each in planned.values():
            unit = article.find(each.unit_id)
            if unit is None or (unit.target or unit.source) != each.old:
                raise RefusedError(MESSAGES("changed", ref=each.ref))
            if why := workflow.why_not_confirm(unit, each.new):
                raise RefusedError(MESSAGES("refused", ref=each.ref, why=why))
            shares = drafts.get(unit.id, NO_DRAFT).shares
            changed[unit.id] = workflow.confirm(unit, each.new, actor.who, actor.now, shares)
        taken = article.replace(units=tuple(changed.get(unit.id, unit) for unit in article.units))
        return without_clearance(held_back(rule, article, taken, lambda: drafts))

    saved = recording.change(actor, place, change)
    return Taken(place, saved.catalog, saved.unsigned)
