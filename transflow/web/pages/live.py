"""The stream of events of a page."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from transflow.presenters.i18n import language
from transflow.web.visit import Visit
from transflow.web.watching import Watched, events


def report(visit: Visit) -> Response:
    """Stream what changes in a report."""
    return _stream(
        visit, Watched(visit.office, visit.token, visit.place("reports"), visit.query.get("mode", ""), language())
    )


def story(visit: Visit) -> Response:
    """Stream what changes in a story, and in the reports behind it."""
    return _stream(visit, Watched(visit.office, visit.token, visit.place("articles"), "", language()))


def _stream(visit: Visit, watched: Watched) -> Response:
    """Return the stream; a change since the page was made comes first."""
    return StreamingResponse(events(watched, visit.query.get("at", "")), media_type="text/event-stream")
