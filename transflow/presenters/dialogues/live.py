"""Dialogues about live stories: beginning and ending them.

Invariant: the questions say what is to come; nothing that is to come is called left out.
"""

from __future__ import annotations

from functools import partial

from rich.text import Text

from transflow.actions.stories import article, live_end
from transflow.actions.stories.page import page
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import ChangeCatalog, Dialogue, agree, perform
from transflow.presenters.i18n import _
from transflow.presenters.live_notes import to_come_lines
from transflow.stories.live import is_live


def switch_live(view: CatalogView) -> Dialogue[None]:
    """Make the story live, or settle a live one; asks first."""
    name = str(view.place)
    if not is_live(view.catalog):
        about = _("It goes out before its reports are finished, as often as it goes on.")
        if (yield from agree(_("Make this story live?"), about)):
            make = partial(article.compose_article, as_live=True)
            yield ChangeCatalog(make, (name, ()), _("Live: what is finished is in the story, the rest is to come."))
        return
    shown = yield from perform(page, view.place)
    about = "\n".join([_("From then on, every sentence of its reports has to be finished."), *to_come_lines(shown)])
    if (yield from agree(_("Is this story no longer live?"), Text(about))):
        yield ChangeCatalog(live_end.settle, (name,), _("No longer live."))
