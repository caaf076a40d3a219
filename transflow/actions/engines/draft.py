"""A machine's draft of a single sentence, for a person to read; nothing is written.

Invariant: as in `actions.engines.suggest`: texts of confidential reports go to local engines only,
no text is sent twice, and the cost is recorded.
"""

from __future__ import annotations

from contextlib import closing

from transflow.actions import Actor
from transflow.actions.engines.response_cache import is_private, kept_back
from transflow.actions.engines.suggest import SentenceToDraft, Suggestions, around, engine_name
from transflow.actions.units.steps import Drafted
from transflow.engines import settings
from transflow.engines.setups import ready
from transflow.errors import RefusedError, UnknownNameError
from transflow.project import CatalogRef


def draft(actor: Actor, place: CatalogRef, unit_id: str, engine: str = "") -> Drafted:
    """Return an engine's draft of a unit, which may have a text already.

    Raises RefusedError if the engine gives none.
    """
    project, own = actor.project, settings.load()
    name = engine_name(project, own, engine)
    if name == "memory":
        raise RefusedError(
            f'no engine is chosen but the memory, whose matches stand here already. Write default = "…" into {own.path}.'
        )
    units = project.load(place).units
    at = next((at for at, unit in enumerate(units) if unit.id == unit_id), None)
    if at is None:
        raise UnknownNameError("sentence", unit_id, [unit.id for unit in units])
    if units[at].is_unprintable:
        raise RefusedError(f"{place}#{at + 1} is off the record: no engine is asked about it.")
    made = ready(name, project.settings.source, place.locale, own, project.root)
    private = is_private(project, place.slug, actor.now)
    if private and not made.is_local:
        made.close()
        raise RefusedError(
            f"{place} {kept_back(project, place.slug, actor.now)}, and {name} is asked on another machine. Nothing was sent."
        )
    sentence = SentenceToDraft(place, at + 1, units[at], *around(units, at), private)
    with closing(Suggestions(actor, made, own, [sentence])) as asked:
        return Drafted(made.author, _answer(asked))


def _answer(asked: Suggestions) -> str:
    """Return the only draft. Raises RefusedError, or the error that stopped the engine."""
    for text in asked.texts():
        return text
    if asked.error:
        raise asked.error
    raise RefusedError(asked.untold[0].why if asked.untold else "the engine gives nothing for this sentence.")
