"""The application: addresses, and the way of a request to its page.

Invariant: a page is made in a thread, so that no action holds up other visits; nobody sees a page
before they have entered.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from transflow.errors import TransflowError
from transflow.presenters import headlines, i18n
from transflow.presenters.i18n import _
from transflow.web.guard import MOST_BYTES, Guard
from transflow.web.office import Office
from transflow.web.pages import adding, entering, live, queue, report, story
from transflow.web.problems import status_of
from transflow.web.rendering import STATIC, render
from transflow.web.visit import Upload, Visit

_REPORT, _STORY = "/{locale}/reports/{slug:path}", "/{locale}/articles/{slug:path}"
Answer: TypeAlias = Callable[[Visit], Response]


def create_app(office: Office, hosts: list[str], scheme: str = "http") -> Starlette:
    """Return the application under these names, each with its port."""

    def page(path: str, answer: Answer, method: str = "GET") -> Route:
        async def respond(request: Request) -> Response:
            return await _respond(office, request, answer)

        return Route(path, respond, methods=[method])

    async def enter(request: Request) -> Response:
        i18n.use(_language(request))
        return await run_in_threadpool(entering.enter, office, request)

    routes = [
        Route("/enter", enter),
        page("/", queue.show),
        page("/add", adding.show),
        page("/add", adding.add, "POST"),
        page("/leave", entering.leave, "POST"),
        page("/language", entering.choose_language, "POST"),
        page(f"/live{_REPORT}", live.report),
        page(f"/live{_STORY}", live.story),
        page(f"{_REPORT}/u/{{unit}}/more", report.more),
        page(f"{_REPORT}/u/{{unit}}/keep", report.keep, "POST"),
        page(f"{_REPORT}/u/{{unit}}/{{act}}", report.do, "POST"),
        page(f"{_REPORT}/u/{{unit}}", report.show_unit),
        page(_REPORT, report.show),
        page(f"{_STORY}/u/{{unit}}/keep", story.keep, "POST"),
        page(f"{_STORY}/u/{{unit}}/{{act}}", story.do, "POST"),
        page(f"{_STORY}/u/{{unit}}", story.show_unit),
        page(f"{_STORY}/word/{{word}}", story.say_word, "POST"),
        page(_STORY, story.show),
        Mount("/static", _Static(directory=STATIC)),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=hosts, scheme=scheme), Middleware(GZipMiddleware, minimum_size=2000)],
        exception_handlers={404: _not_found, 405: _not_found},
    )


class _Static(StaticFiles):
    """Files whose address changes with their content."""

    def file_response(self, *arguments: object, **options: object) -> Response:
        response = super().file_response(*arguments, **options)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


async def _respond(office: Office, request: Request, answer: Answer) -> Response:
    form, files = await _form(request) if request.method == "POST" else ({}, {})
    return await run_in_threadpool(_answer, office, request, form, files, answer)


async def _form(request: Request) -> tuple[dict[str, str], dict[str, Upload]]:
    """Return the texts of a form, and the files that came with it."""
    texts, files = dict[str, str](), dict[str, Upload]()
    async with request.form(max_files=1, max_fields=200, max_part_size=MOST_BYTES) as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                files[name] = Upload(value.filename or "", await value.read())
            else:
                texts[name] = value
    return texts, files


def _answer(
    office: Office, request: Request, form: dict[str, str], files: dict[str, Upload], answer: Answer
) -> Response:
    """Return the answer to a request of somebody who has entered."""
    i18n.use(_language(request))
    headlines.use(office.headlines)
    token = cookie(request, office.cookie)
    try:
        who = office.sessions.person(token) if token else ""
        actor = office.actor(who) if who else None
        if actor is None:
            return HTMLResponse(render("outside.html", language=i18n.language(), why=""), 401)
        address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        wants_part = request.headers.get("x-part") == "unit"
        path, query = request.path_params, request.query_params
        visit = Visit(office, actor, path, query, address, form, files, token, wants_part)
    except TransflowError as error:
        return _outside_problem(error)
    try:
        return answer(visit)
    except TransflowError as error:
        return visit.page("problem.html", status_of(error), why=i18n.say(error.message))
    except Exception:  # noqa: BLE001 - the others go on; the texts of the request are not printed
        traceback.print_exc(limit=-8, file=sys.stderr)
        return visit.page("problem.html", 500, why=_("This is a fault of transflow’s. What was saved is whole."))


def _outside_problem(error: TransflowError) -> Response:
    """Return the answer where the project cannot be read."""
    page = render("outside.html", language=i18n.language(), why=i18n.say(error.message))
    return HTMLResponse(page, status_of(error))


def _not_found(request: Request, _error: Exception) -> Response:
    i18n.use(_language(request))
    return HTMLResponse(render("outside.html", language=i18n.language(), why=_("There is no such page.")), 404)


def _language(request: Request) -> str:
    """Return the language that was chosen, else the first of the browser's that there is."""
    chosen = cookie(request, entering.LANGUAGE_COOKIE)
    wanted = [chosen, *(each.split(";")[0].strip() for each in request.headers.get("accept-language", "").split(","))]
    return next((i18n.chosen(each, {}) for each in wanted if each and i18n.is_known(each)), "en")


def cookie(request: Request, name: str) -> str:
    """Return a cookie of a request; "" if there is none."""
    return request.cookies.get(name, "")
