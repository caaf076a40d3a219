"""A machine's draft of a single sentence, for a person to read; nothing is written.

Invariant: as in `actions.engines.suggest`: texts of confidential reports go to local engines only,
no text is sent twice, and the cost is recorded.
"""

from __future__ import annotations

from contextlib import closing

from transflow.actions import Actor
from transflow.actions.engines.response_cache import is_private, privacy_reason
from transflow.actions.engines.suggest import SentenceToDraft, Suggestions, engine_name, neighbours
from transflow.actions.units.steps import MachineDraft
from transflow.engines.setup import settings
from transflow.engines.setup.ready import ready_engine
from transflow.errors import RefusedError, UnknownNameError
from transflow.project import CatalogRef


def draft(actor: Actor, place: CatalogRef, unit_id: str, engine: str = "") -> MachineDraft:
    """Return an engine's draft of a unit, which may have a text already.

    Raises RefusedError if the engine gives none.
    """
    project, user_settings = actor.project, settings.load()
    name = engine_name(project, user_settings, engine)
    if name == "memory":
        raise RefusedError(
            "no engine is chosen but the memory, whose matches stand here already. "
            f'Write default = "…" into {user_settings.path}.'
        )
    units = project.load(place).units
    index = next((index for index, unit in enumerate(units) if unit.id == unit_id), None)
    if index is None:
        raise UnknownNameError("sentence", unit_id, [unit.id for unit in units])
    if units[index].is_unprintable:
        raise RefusedError(f"{place}#{index + 1} is off the record: no engine is asked about it.")
    prepared = ready_engine(name, project.settings.source, place.locale, user_settings, project.root)
    private = is_private(project, place.slug, actor.now)
    if private and not prepared.is_local:
        prepared.close()
        raise RefusedError(
            f"{place} {privacy_reason(project, place.slug, actor.now)}, and {name} is asked on another machine. Nothing "
            "was sent."
        )
    sentence = SentenceToDraft(place, index + 1, units[index], *neighbours(units, index), private)
    with closing(Suggestions(actor, prepared, user_settings, [sentence])) as suggestions:
        return MachineDraft(prepared.author, _answer(suggestions))


def _answer(suggestions: Suggestions) -> str:
    """Return the only draft. Raises RefusedError, or the error that stopped the engine."""
    for text in suggestions.texts():
        return text
    if suggestions.error:
        raise suggestions.error
    raise RefusedError(
        suggestions.failures[0].why if suggestions.failures else "the engine gives nothing for this sentence."
    )
