"""Jinja2 environment of the renderers.

Invariant: a template, built-in or a project's, can read the templates of its own folder and the
story, and nothing else. The sandbox exposes plain values only, and the caller decides what a
template name loads.
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
from transflow.messages import Message, Messages
from transflow.model.story import Story
from transflow.renderers import Templates
from transflow.renderers.formatting import limits, markup
from transflow.renderers.formatting.blocks import body
from transflow.text import without_controls

MESSAGES = Messages(
    __name__,
    {
        "no-utf-8": "this is not UTF-8.",
        "missing": "there is no such template.",
        "deep": "the template is nested too deeply.",
        "broken": "the template does not work: {why}",
    },
)


class ProjectLoader(BaseLoader):
    """Loader of a project's own templates."""

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
            raise UnreadableError(shown, 0, MESSAGES("no-utf-8")) from error


def environment(templates: Templates | None) -> ImmutableSandboxedEnvironment:
    """Return the environment, in which a project's templates override the built-in ones.

    HTML templates are autoescaped. An undefined name is an error. Filters for inline Markdown:
    `inline` (HTML), `plain` (text), `addressed` (text with link addresses), `markdown`,
    `emphasised`, `table_cell`, `direction` (the attribute of an element with this text). For plain
    text: `escaped_markdown`, `line` (isolated on one line).
    For times: `day(locale)`.
    """
    if templates is None:
        return _built_in()
    return _make(ChoiceLoader([ProjectLoader(templates), _built_in_loader()]))


def _built_in_loader() -> BaseLoader:
    return PackageLoader("transflow.renderers", "templates")


@cache
def _built_in() -> ImmutableSandboxedEnvironment:
    """Return the cached environment of the built-in templates, which are compiled only once.

    A project's templates may change while the program runs, so theirs is not cached.
    """
    return _make(_built_in_loader())


def _make(loader: BaseLoader) -> ImmutableSandboxedEnvironment:
    new_environment = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=select_autoescape(("html",), default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    new_environment.filters |= {
        "inline": markup.html,
        "plain": markup.plain,
        "addressed": markup.addressed,
        "markdown": markup.markdown,
        "escaped_markdown": markup.escaped_markdown,
        "emphasised": markup.emphasised,
        "table_cell": markup.table_cell,
        "line": markup.single_line,
        "direction": markup.direction,
        "alignment": markup.alignment,
        "day": phrases.long_date,
    }
    del new_environment.filters["random"], new_environment.globals["lipsum"]  # output must be deterministic
    new_environment.policies["json.dumps_function"] = _json
    new_environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    return new_environment


def _json(value: object, **options: Any) -> str:
    """Serialize to JSON inside a page, without control characters as everywhere in the page."""
    return json.dumps(_without_controls(value), **options)


def _without_controls(value: object) -> object:
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list | tuple):
        return [_without_controls(each) for each in value]
    return {key: _without_controls(each) for key, each in value.items()} if isinstance(value, dict) else value


def context(story: Story) -> dict[str, object]:
    """Return the variables of every template.

    `story`, its body as `blocks`, the `stamp` of a draft, the `update_line`, `_` for phrases.
    """
    return {
        "story": story,
        "blocks": body(story),
        "stamp": stamp(story),
        "update_line": " · ".join(
            filter(None, (update_phrase(story).format(date=update_time(story)), version_label(story)))
        ),
        "_": phrases.translate(story.locale),
    }


def update_phrase(story: Story) -> str:
    """Return the phrase for the time of the present version with the field `date`; empty for the
    first one.
    """
    _ = phrases.translate(story.locale)
    if not story.modified:
        return ""
    if story.version_kind == "correction":
        return _("Corrected {date}")
    return _("Clarified {date}") if story.version_kind == "clarification" else _("Updated {date}")


def update_time(story: Story) -> str:
    """Return the day of the present version; with the time if it is the day of publication."""
    day = phrases.long_date(story.modified, story.locale)
    is_same_day = day == phrases.long_date(story.date, story.locale) and len(story.modified) > len("2024-03-26")
    return phrases.long_time(story.modified, story.locale, story.timezone) if is_same_day else day


def version_label(story: Story) -> str:
    """Return the number of the version as a phrase; empty for the first one."""
    _ = phrases.translate(story.locale)
    return _("Version {number}").format(number=story.version) if story.version > 1 else ""


def stamp(story: Story) -> str:
    """Return the stamp of a draft, with the end of its embargo; empty for what is no draft."""
    if not story.draft:
        return ""
    _ = phrases.translate(story.locale)
    draft = _("DRAFT — not for publication")
    if not story.embargo:
        return draft
    until = _("Under embargo until {time}").format(time=phrases.long_time(story.embargo, story.locale, story.timezone))
    return _("{draft} · {embargo}").format(draft=draft, embargo=until)


_ERRORS = (
    TemplateError,
    ArithmeticError,
    LookupError,
    MemoryError,
    RecursionError,
    TimeoutError,
    TypeError,
    ValueError,
)
"""Errors that a template can raise."""


@contextmanager
def template_errors() -> Iterator[None]:
    """Raise UnreadableError, with the template's file and line, for errors in a template."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise UnreadableError(error.filename or error.name or "", error.lineno, _message(error)) from error
    except TemplateNotFound as error:
        raise UnreadableError(str(error.name), 0, MESSAGES("missing")) from error
    except _ERRORS as error:
        frames = [each for each in traceback.extract_tb(error.__traceback__) if not each.filename.endswith(".py")]
        if not frames and isinstance(error, RecursionError):
            raise UnreadableError(_template_being_read(error), 0, MESSAGES("deep")) from error
        if not frames:
            raise  # an error of this program, not of the template
        raise UnreadableError(frames[-1].filename, frames[-1].lineno or 0, _message(error)) from error


def _template_being_read(error: RecursionError) -> str:
    """Return the template that was being parsed when the recursion limit was hit."""
    scopes = (frame.f_locals for frame, _ in traceback.walk_tb(error.__traceback__))
    return next((str(each["filename"]) for each in scopes if each.get("filename")), "templates")


def _message(error: Exception) -> Message:
    if isinstance(error, MemoryError | TimeoutError):
        return limits.problem_of(error)
    return MESSAGES("broken", why=str(error))
