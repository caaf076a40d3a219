"""Dialogues after clearance: the page of a story in a browser, and the address of it.

Invariant: a page is rendered as it prints; a story that may not print yet gives a stamped draft. An
address is asked for only where it can be recorded.
"""

from __future__ import annotations

from pathlib import Path

from transflow.actions import Actor
from transflow.actions.reports import proposals
from transflow.actions.stories import publish, render
from transflow.errors import RefusedError, TransflowError
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import Dialogue, OpenFile, Say, ShowCatalog, agree, ask, perform
from transflow.presenters.i18n import _, say
from transflow.project import CatalogRef
from transflow.stories import publications

_FORM = "html"


def show_page(view: CatalogView) -> Dialogue[None]:
    """Render the page and open it; of a story that may not print, its draft."""
    try:
        path = yield from perform(_render, view.place, False)
    except RefusedError as error:
        path = yield from perform(_render, view.place, True)
        words = _("{path} is the page, marked as unpublished, in your browser if there is one: {why}")
        words = words.format(path=path, why=say(error.message))
    else:
        words = _("The page is {path}, in your browser if there is one.").format(path=path)
    yield OpenFile(path)
    yield Say(words)


def record_address(view: CatalogView, address: str | None = "") -> Dialogue[None]:
    """Record an address where the story is published; asks again after an unusable one.

    The address of the last version is proposed, and another kind where the reports say one.
    """
    if publications.kill_record(view.catalog) and publications.addresses(view.catalog):
        yield from _record_removal(view)
        return
    yield from perform(publish.check_publishable, view.place)
    headline = next((unit.target for unit in view.units if unit.kind == "headline"), view.place.slug)
    known = [each.address for each in publications.addresses(view.catalog)]
    about, typed = headline, address or ""
    address = address or next((each for each in known if each != publications.NO_ADDRESS), "")
    while (
        typed := typed
        or (yield from ask(_("At which address is it published?"), about, prompt=_("Address: "), text=address or ""))
        or ""
    ):
        try:
            recorded = yield from perform(publish.record_publication, str(view.place), [typed])
        except TransflowError as error:
            yield Say(error.message, refused=True)
            about, address, typed = f"{headline}\n✗ {say(error.message)}", typed, ""
            continue
        yield ShowCatalog(recorded.article)
        words = _("Recorded: {addresses}").format(addresses=", ".join(_addresses(recorded)))
        proposed = yield from perform(proposals.proposed_kind, str(view.place), typed)
        yield Say(" ".join(filter(None, (words, say(proposed)))))
        return


def _record_removal(view: CatalogView) -> Dialogue[None]:
    """Record that the pages of a killed story were taken down, once that is agreed to."""
    pages = [each.address for each in publications.addresses(view.catalog) if each.address != publications.NO_ADDRESS]
    if (yield from agree(_("Were these pages taken down?"), "\n".join(pages))):
        recorded = yield from perform(publish.record_removal, str(view.place), pages)
        yield ShowCatalog(recorded.article)
        yield Say(_("Recorded: the pages are gone."))


def _addresses(recorded: publish.Recorded) -> list[str]:
    return [page.address for page in publications.addresses(recorded.article)]


def _render(actor: Actor, place: CatalogRef, as_draft: bool) -> Path:
    return render.render(actor.project, place, [_FORM], actor.now, as_draft=as_draft)[0]
