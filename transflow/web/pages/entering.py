"""Entering by an address that is used once, leaving, and the language of the pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from transflow.presenters.i18n import LANGUAGES, _, language
from transflow.web.office import Office
from transflow.web.people import LIFETIME
from transflow.web.rendering import render
from transflow.web.visit import Visit, go

LANGUAGE_COOKIE = "transflow-language"
"""Cookie with the language of the pages."""


def enter(office: Office, request: Request) -> Response:
    """Let somebody in who opens an address that was not used yet.

    The session gets a new token, whatever the browser sends.
    """
    who = office.entrances.take(request.query_params.get("token", ""))
    if not who or office.actor(who) is None:
        why = _("This address was used already, or is not complete. “transflow serve” prints a new one.")
        return HTMLResponse(render("outside.html", language=language(), why=why), 403)
    response = go("/")
    token = office.sessions.begin(who, request.headers.get("user-agent", ""))
    set_cookie(response, office, token)
    return response


def set_cookie(response: Response, office: Office, token: str) -> None:
    """Give the browser the token of a session."""
    seconds = int(LIFETIME.total_seconds())
    response.set_cookie(office.cookie, token, max_age=seconds, path="/", httponly=True, samesite="lax")


def leave(visit: Visit) -> Response:
    """End the session."""
    visit.office.sessions.end(visit.token)
    response = HTMLResponse(render("outside.html", language=language(), why=_("You left. What you wrote is kept.")))
    response.delete_cookie(visit.office.cookie, path="/")
    return response


def choose_language(visit: Visit) -> Response:
    """Keep the language in the browser, and go back to the page."""
    response = go(own_page(visit.form.get("back", "")))
    chosen = visit.form.get("language", "")
    if chosen in LANGUAGES:
        seconds = int(LIFETIME.total_seconds()) * 26
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=seconds, path="/", httponly=True, samesite="lax")
    return response


def own_page(address: str) -> str:
    """Return an address if it is a page of ours, else that of the Queue."""
    is_own = address.startswith("/") and not address.startswith("//") and address.isprintable() and "\\" not in address
    return address if is_own else "/"
