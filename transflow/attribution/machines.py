"""Words of machines in a unit, and the evidence that a person examined them.

Invariant: a text of the project's memory is the work of the people who wrote it, not a machine's,
unless it began as a machine's: then its shares name that machine. Words of the report itself
(`mt:source`) are nobody's machine either.
"""

from __future__ import annotations

from transflow import digests
from transflow.attribution.authorship import SOURCE, is_machine, newest_authorship
from transflow.model.unit import Sighting, Unit
from transflow.text import words

_MEMORY = "mt:memory/"
MEMORY = f"{_MEMORY}project"
"""Author name of the project's memory."""
_PROMPT = 8
"""Number of characters of a prompt's digest in an author name."""
_AGENT = "mt:agent/"


def is_engine(who: str) -> bool:
    """True for the author name of an engine that drafts texts, which the memory is not."""
    return is_machine(who) and who != SOURCE and not who.startswith(_MEMORY)


def is_agent(who: str) -> bool:
    """True for the author name of an agent, a program that works at the desk."""
    return who.startswith(_AGENT)


def agent_author(name: str) -> str:
    """Return the author name of an agent; of one that gives no name, `mt:agent/unnamed`."""
    return machine_author(_AGENT.removeprefix("mt:").rstrip("/"), name.strip().lower()[:60] or "unnamed")


def machine_author(engine: str, model: str, prompt: str = "") -> str:
    """Return the author name of an engine and model; characters not allowed in `@by` become `-`.

    `prompt` is the digest of the prompt of a language model, which is recorded with it.
    """
    kept = "".join(each if each.isascii() and (each.isalnum() or each in "._:/-") else "-" for each in model)
    return f"mt:{engine}/{kept or 'default'}" + (f"@{prompt[:_PROMPT]}" if prompt else "")


def machine_label(who: str) -> str:
    """Return engine and model of a machine's author name, as people read them."""
    return who.removeprefix("mt:").partition("@")[0]


def engine_words(unit: Unit) -> int:
    """Return the number of words in a target that are an engine's.

    A target that another program changed counts as it was, until somebody says who wrote it.
    """
    counts = [each.words for each in unit.by if is_engine(each.who)]
    counts += [each.words for each in unit.translated if is_engine(each.who)]
    return min(sum(counts), len(words(unit.target))) if any(counts) else 0


def engines(unit: Unit) -> tuple[str, ...]:
    """Return the engines that a target began as drafts of, even if none of their words is left."""
    authors = (*(each.who for each in unit.by), *(each.who for each in unit.translated))
    return tuple(dict.fromkeys(filter(is_engine, authors))) if unit.target else ()


def examinations(unit: Unit) -> tuple[Sighting, ...]:
    """Return the records of people who judged exactly this text while it was on their screen."""
    present = digests.approval(unit.id, unit.source, unit.target)
    return tuple(each for each in unit.seen if each.digest == present)


def is_examined(unit: Unit) -> bool:
    """True if somebody judged exactly this text while it was on their screen by itself."""
    return bool(examinations(unit))


def is_unconfirmed(unit: Unit) -> bool:
    """True if a machine, the memory included, wrote the target last, and no person touched it
    since.
    """
    machine = newest_authorship(unit)
    return (
        is_machine(machine.who)
        and machine.who != SOURCE
        and not any(each.time >= machine.time for each in unit.by if not is_machine(each.who))
    )
