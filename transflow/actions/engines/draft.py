"""A machine's draft of a single sentence, for a person to read; nothing is written.

Invariant: as in `actions.engines.suggest`: texts of confidential reports go to local engines only,
no text is sent twice, and the cost is recorded.
"""

from __future__ import annotations

from contextlib import closing

from transflow.actions import Actor
from transflow.actions.engines.permissions import is_local_only
from transflow.actions.engines.response_cache import is_private, privacy_reason
from transflow.actions.engines.suggest import Suggestions, check_allowed, engine_name
from transflow.actions.engines.untranslated import SentenceToDraft, neighbours
from transflow.actions.units.remembered import MachineDraft
from transflow.engines.setup import settings
from transflow.engines.setup.ready import ready_engine
from transflow.errors import RefusedError, UnknownNameError
from transflow.messages import Messages
from transflow.project import CatalogRef
from transflow.project.languages import source_of

MESSAGES = Messages(
    __name__,
    {
        "memory-only": 'no engine is chosen but the memory, whose matches stand here already. Write default = "…" into '
        "{path}.",
        "off-the-record": "{ref} is off the record: no engine is asked about it.",
        "private": "{reason}, and {engine} is asked on another machine. Nothing was sent.",
        "nothing": "the engine gives nothing for this sentence.",
    },
)


def draft(actor: Actor, place: CatalogRef, unit_id: str, engine: str = "") -> MachineDraft:
    """Return an engine's draft of a unit, which may have a text already.

    Raise RefusedError if the engine gives none.
    """
    project, user_settings = actor.project, settings.load()
    name = engine_name(project, user_settings, engine)
    if name == "memory":
        raise RefusedError(MESSAGES("memory-only", path=str(user_settings.path)))
    units = project.load(place).units
    index = next((index for index, unit in enumerate(units) if unit.id == unit_id), None)
    if index is None:
        raise UnknownNameError("sentence", unit_id, [unit.id for unit in units])
    if units[index].is_unprintable:
        raise RefusedError(MESSAGES("off-the-record", ref=place.ref(index + 1)))
    prepared = ready_engine(name, source_of(project, place), place.locale, user_settings, project.root)
    check_allowed(project, user_settings, prepared, engine)
    private = is_local_only(project, user_settings) or is_private(project, place.slug, actor.now)
    if private and not prepared.is_local:
        prepared.close()
        raise RefusedError(MESSAGES("private", reason=privacy_reason(project, place, actor.now), engine=name))
    sentence = SentenceToDraft(place, index + 1, units[index], *neighbours(units, index), private)
    with closing(Suggestions(actor, prepared, user_settings, [sentence])) as suggestions:
        return MachineDraft(prepared.author, _answer(suggestions))


def _answer(suggestions: Suggestions) -> str:
    """Return the only draft. Raise RefusedError, or the error that stopped the engine."""
    for text in suggestions.texts():
        return text
    if suggestions.error:
        raise suggestions.error
    raise RefusedError(suggestions.failures[0].why if suggestions.failures else MESSAGES("nothing"))
