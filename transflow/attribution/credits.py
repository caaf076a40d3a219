"""Credits of a story: the authors of a unit and of a story catalog, and the credits that are
printed.

Invariant: a credit follows from the words of the story catalog, and from which of its reports are
in its own language. Everybody with words in what
is printed is found, and nobody else; machines (`mt:…`) and ids that are no person of the project
are never credited; protected and withheld people are computed like the rest and dropped last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal, NamedTuple

from transflow import phrases
from transflow.attribution.authorship import is_machine
from transflow.model.catalog import Catalog
from transflow.model.credit import CreditGroup
from transflow.model.settings import Settings
from transflow.model.unit import Unit

CreditRole = Literal["translator", "writer", "editor"]
_ROLES: tuple[CreditRole, ...] = ("translator", "writer", "editor")
"""Roles in print order."""


class Contribution(NamedTuple):
    """Words of one person in the printed story in one role."""

    person: str
    role: CreditRole
    words: int
    """Number of words (characters in scripts without spaces)."""
    paragraphs: tuple[str, ...]
    """Ids of the units with those words, in print order."""


class _Part(NamedTuple):
    """Words of one author, in one role, in one unit."""

    who: str
    role: CreditRole
    words: int
    unit: str


def printed_units(article: Catalog) -> tuple[Unit, ...]:
    """Return the units that the story prints, headline and deck included: not cut, not omitted,
    with a target.

    Correction notes are excluded: they are the newsroom's, and a mistake makes nobody a writer of
    the story.
    """
    return tuple(
        unit
        for unit in article.units
        if unit.target.strip() and unit.cut is None and unit.omitted is None and not unit.is_note
    )


# Authors


def authors(unit: Unit) -> tuple[tuple[str, int], ...]:
    """Return the authors of a unit and their words in its target, in the order of their first edit.

    Only people with words; if nobody has any, the newest person in `@by`, with 0.
    """
    return _authors([unit])


def main_author(unit: Unit) -> str:
    """Return the person with the most words in the unit, the first of several; empty if no person
    edited it.
    """
    return _most_words(authors(unit))


def story_main_author(article: Catalog) -> str:
    """Return the person with the most words in the printed story; empty if no person edited it."""
    return _most_words(_authors(printed_units(article)))


def _authors(units: Iterable[Unit]) -> tuple[tuple[str, int], ...]:
    units = tuple(units)
    words: dict[str, int] = {}
    for part in _word_counts(units):
        if not is_machine(part.who):
            words[part.who] = words.get(part.who, 0) + part.words
    touched = [each for unit in units for each in unit.by if not is_machine(each.who)]
    if words or not touched:
        return tuple(words.items())
    return ((max(touched, key=lambda each: each.time).who, 0),)


def _most_words(words: tuple[tuple[str, int], ...]) -> str:
    return max(words, key=lambda each: each[1])[0] if words else ""


def _word_counts(units: Iterable[Unit], adapted: Collection[str] = ()) -> Iterator[_Part]:
    """Yield everybody's words in these units in print order, in each unit translators before
    writers.

    `adapted` are the reports in the language of the story: nobody translates them, and whoever
    changed their words is an editor.
    """
    for unit in units:
        is_adapted = bool(unit.refs) and all(ref.report in adapted for ref in unit.refs)
        role: CreditRole = "editor" if is_adapted else "translator"
        yield from (_Part(each.who, role, each.words, unit.id) for each in unit.translated if each.words > 0)
        yield from (_Part(each.who, "writer", each.words, unit.id) for each in unit.by if each.words > 0)


# Credits


def contributions(article: Catalog, settings: Settings, adapted: Collection[str] = ()) -> tuple[Contribution, ...]:
    """Return the contributions of every person of the project: translators, then writers, then
    editors of adapted reports, by first appearance.

    Nobody is left out for a small share, for protection or for a missing name. `adapted` are the
    reports in the language of the story.
    """
    parts: dict[tuple[CreditRole, str], list[_Part]] = {}
    for part in _word_counts(printed_units(article), adapted):
        if settings.person(part.who) is not None:
            parts.setdefault((part.role, part.who), []).append(part)
    return tuple(
        Contribution(
            who,
            role,
            sum(part.words for part in person_parts),
            tuple(dict.fromkeys(part.unit for part in person_parts)),
        )
        for (role, who), person_parts in sorted(parts.items(), key=lambda each: _ROLES.index(each[0][0]))
    )


def unknown_authors(article: Catalog, settings: Settings) -> tuple[str, ...]:
    """Return ids with words in the printed story that are neither a person of the project nor a
    machine.
    """
    ids = dict.fromkeys(part.who for part in _word_counts(printed_units(article)))
    return tuple(who for who in ids if not is_machine(who) and settings.person(who) is None)


def owed_credits(
    article: Catalog, settings: Settings, cleared_by: str = "", adapted: Collection[str] = ()
) -> tuple[tuple[CreditRole, str], ...]:
    """Return role and id of everybody who is owed a credit, in print order, before any withholding.

    `settings.minimum_share` is compared with a person's words in all roles, as a fraction of all
    words of the printed story, those of machines and of unknown authors included. `adapted` is as
    in `contributions`.
    """
    all_contributions = contributions(article, settings, adapted)
    words: dict[str, int] = {}
    for each in all_contributions:
        words[each.person] = words.get(each.person, 0) + each.words
    enough = settings.minimum_share * sum(part.words for part in _word_counts(printed_units(article)))
    owed: list[tuple[CreditRole, str]] = [
        (each.role, each.person) for each in all_contributions if words[each.person] >= enough
    ]
    is_known = settings.person(cleared_by) is not None
    if settings.credit_editor and is_known and ("editor", cleared_by) not in owed:
        owed.append(("editor", cleared_by))
    return tuple(owed)


def credits(
    article: Catalog,
    settings: Settings,
    cleared_by: str = "",
    withheld: frozenset[str] = frozenset(),
    adapted: Collection[str] = (),
) -> tuple[CreditGroup, ...]:
    """Return the credits as printed: people who are owed one, have a name, and are not protected or
    withheld.

    `cleared_by` is the id of the editor who cleared the story, empty if nobody has. A role without
    a name to print has no group. `adapted` is as in `contributions`.
    """
    groups: dict[CreditRole, list[tuple[str, str]]] = {}
    for role, who in owed_credits(article, settings, cleared_by, adapted):
        person = settings.person(who)
        if person and person.name and not person.protected and who not in withheld:
            groups.setdefault(role, []).append((who, person.name))
    return tuple(
        CreditGroup(role, tuple(who for who, _ in people), tuple(name for _, name in people))
        for role, people in groups.items()
    )


def credit_line(groups: tuple[CreditGroup, ...], locale: str) -> str:
    """Format the credits as the sentences that end a story in `locale`; empty if nobody is
    credited.
    """
    _ = phrases.translate(locale)
    sentence = {
        "translator": _("Translated by {names}."),
        "writer": _("Written in {language} by {names}."),
        "editor": _("Edited by {names}."),
    }
    line = ""
    for group in groups:
        names, language = phrases.join_names(group.names, locale), phrases.language_name(locale, locale)
        new = sentence[group.role].format(names=names, language=language)
        line = _("{sentences} {sentence}").format(sentences=line, sentence=new) if line else new
    return line
