"""The Jinja2 environment of the renderers.

Invariant: a template, ours or a project's, reads templates of its own folder and the story it is given, and reaches
nothing else: the sandbox has no attributes beyond plain values, and whoever renders says what a template's name gives.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from transflow import phrases
from transflow.errors import UnreadableError
from transflow.model.story import Story
from transflow.renderers import Templates, markup
from transflow.renderers.blocks import body
from transflow.text import without_controls


class ProjectLoader(BaseLoader):
    """The templates of a project."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002 - Jinja's signature
        found = self._templates(template)
        if found is None:
            raise TemplateNotFound(template)
        data, shown = found
        try:
            return data.decode("utf-8"), shown, None
        except UnicodeDecodeError as error:
            raise UnreadableError(shown, 0, "this is not UTF-8.") from error


def environment(templates: Templates | None) -> ImmutableSandboxedEnvironment:
    """The environment that renders with a project's templates first, then with ours.

    HTML templates escape by themselves. An unknown name is an error. Filters on inline Markdown: `inline` (HTML),
    `plain` (text), `addressed` (text with the addresses of links), `markdown`, `emphasised`, `table_cell`; on plain
    text: `escaped_markdown`, `line` (kept to itself); on times: `day(locale)`.
    """
    if templates is None:
        return _built_in()
    return _made(ChoiceLoader([ProjectLoader(templates), _ours()]))


def _ours() -> BaseLoader:
    return PackageLoader("transflow.renderers", "templates")


@cache
def _built_in() -> ImmutableSandboxedEnvironment:
    """Kept, so that our templates are compiled once; a project's may change while we run."""
    return _made(_ours())


def _made(loader: BaseLoader) -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=select_autoescape(("html",), default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "inline": markup.html,
        "plain": markup.plain,
        "addressed": markup.addressed,
        "markdown": markup.markdown,
        "escaped_markdown": markup.escaped_markdown,
        "emphasised": markup.emphasised,
        "table_cell": markup.table_cell,
        "line": markup.line,
        "day": phrases.long_date,
    }
    del made.filters["random"], made.globals["lipsum"]  # the same story is the same output, always
    made.policies["json.dumps_function"] = _json
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    return made


def _json(value: object, **options: Any) -> str:
    """JSON inside a page: its texts have no controls, as all others of the page."""
    return json.dumps(_without_controls(value), **options)


def _without_controls(value: object) -> object:
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list | tuple):
        return [_without_controls(each) for each in value]
    return {key: _without_controls(each) for key, each in value.items()} if isinstance(value, dict) else value


def context(story: Story) -> dict[str, object]:
    """What every template is given: the story, its body as `blocks`, and `_`, which translates a phrase."""
    return {"story": story, "blocks": body(story), "_": phrases.translate(story.locale)}


@contextmanager
def template_errors() -> Iterator[None]:
    """Turns what goes wrong in a template into UnreadableError with the template's file and line."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise UnreadableError(error.filename or error.name or "", error.lineno, _message(error)) from error
    except TemplateNotFound as error:
        raise UnreadableError(str(error.name), 0, "there is no such template.") from error
    except (TemplateError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        frames = [each for each in traceback.extract_tb(error.__traceback__) if not each.filename.endswith(".py")]
        if not frames and isinstance(error, RecursionError):
            raise UnreadableError(_under_way(error), 0, "the template is nested too deeply.") from error
        if not frames:
            raise  # ours, not the template's
        raise UnreadableError(frames[-1].filename, frames[-1].lineno or 0, _message(error)) from error


def _under_way(error: RecursionError) -> str:
    """The template that was being read when it went too deep."""
    places = (frame.f_locals for frame, _ in traceback.walk_tb(error.__traceback__))
    return next((str(each["filename"]) for each in places if each.get("filename")), "templates")


def _message(error: Exception) -> str:
    return f"the template does not work: {error}"
