"""Statuses of answers that say why something was not done."""

from __future__ import annotations

from transflow.actions.stories.reading import StoryChangedError
from transflow.actions.units.seen import ChangedMeanwhileError
from transflow.errors import RefusedError, TransflowError, UnknownNameError, UsageError
from transflow.web.visit import WithheldError


def status_of(error: TransflowError) -> int:
    """Return the status of an answer: 409 changed meanwhile, 422 refused, 404 no such thing."""
    if isinstance(error, ChangedMeanwhileError | StoryChangedError):
        return 409
    if isinstance(error, WithheldError):
        return 403
    if isinstance(error, UnknownNameError):
        return 404
    return 422 if isinstance(error, RefusedError | UsageError) else 500
