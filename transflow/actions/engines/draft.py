"""One sentence, asked about by key: what an engine gives for it, for a person to read. Nothing is written.

Invariant: as for `suggesting`: texts of confidential reports go to local engines alone, what was answered once is not asked again,
and spending is counted.
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
    """What an engine gives for a unit, whether or not it has a text. Raises RefusedError where it gives none."""
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
    """The one text. Raises RefusedError, or what stopped the engine."""
    for text in asked.texts():
        return text
    if asked.error:
        raise asked.error
    raise RefusedError(asked.untold[0].why if asked.untold else "the engine gives nothing for this sentence.")
