"""Steps of the writer, and the way of a story to its page and to its correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation import translating
from simulation.oracle import BrokenRuleError
from simulation.texts import is_korean
from transflow.actions.stories import article, clearance, correct, publish, reading, render
from transflow.actions.units import steps as units
from transflow.errors import RefusedError
from transflow.project import CatalogRef
from transflow.stories.printed import printed_units
from transflow.units import workflow

if TYPE_CHECKING:
    from simulation.clones import Clone
    from simulation.newsroom import Newsroom
    from simulation.stories import Story


_TRIES = 5
"""Number of tries after which a writer sees that the text of a correction is still to be written:
time enough for others to clear and print the story, if transflow let them.
"""

# The writer's steps


def compose(room: Newsroom, at: Clone) -> None:
    for story in room.active():
        names = [room.name(at, key) for key in story.reports]
        if room.name(at, story.key) or not all(names):
            continue
        slug = room.names[story.key][-1]
        if f"locales/en/articles/{slug}.po" not in at.project.local_git.tracked_files():
            article.compose_article(at.actor(), slug, names)


def recompose(room: Newsroom, at: Clone) -> None:
    if name := room.some_story(at):
        room.act(at, name, lambda: article.compose_article(at.actor(), name, ()))


def take_drafts(room: Newsroom, at: Clone, name: str = "") -> None:
    name = name or room.some_story(at)
    if found := room.pick(at, name, lambda unit: not unit.cut and not unit.conflicts):
        number, unit = found
        if room.random.random() < 0.5:
            room.act(at, name, lambda: article.confirm_with_drafts(at.actor(), f"{name}#{number}", take_new=True))
        else:
            room.act(at, name, lambda: units.confirm(at.actor(), f"{name}#{number}"), [unit.id])


def rewrite(room: Newsroom, at: Clone) -> None:
    translating.rewrite(room, at, room.some_story(at))


def mend(room: Newsroom, at: Clone) -> None:
    translating.mend(room, at, room.some_story(at))


def decide(room: Newsroom, at: Clone) -> None:
    translating.decide(room, at, room.some_story(at))


def arrange(room: Newsroom, at: Clone) -> None:
    if name := room.some_story(at):
        size = len(at.load(name).units)
        number, after = room.random.randint(1, size), room.random.randint(0, size)
        if number != after:
            room.act(at, name, lambda: article.move(at.actor(), f"{name}#{number}", str(after)), ())


def cut(room: Newsroom, at: Clone) -> None:
    name = room.some_story(at)
    if found := room.pick(at, name, lambda unit: unit.kind == "paragraph" and not unit.is_note):
        number, unit = found
        undo = bool(unit.cut)
        room.act(at, name, lambda: article.cut(at.actor(), f"{name}#{number}", "said above", undo=undo), [unit.id])


def add_own(room: Newsroom, at: Clone) -> None:
    name = room.some_story(at)
    if name and len(at.load(name).units) < 16:
        text = room.writer.text(at.who)
        room.act(at, name, lambda: article.add(at.actor(), name, text, str(room.random.randint(1, 3))), ())


# The way to the page


def advance(room: Newsroom) -> None:
    """Give everybody the errands that the stories need next."""
    for story in room.active():
        age = room.clock.days - story.since
        if story.phase == "translating" and age > 5:
            story.phase = "closing"
        if story.phase == "closing" and age > 60:
            story.phase = "archived"
        elif story.phase == "closing":
            _give(room, "claire", story, _finish_reports)
            _give(room, "eugene", story, _finish_story)
            _give(room, "mina", story, _clear)
            _give(room, "server", story, _publish)
        elif story.phase == "published":
            room.errands.setdefault("noah", []).append(lambda r, at, story=story: _report_mistake(r, at, story))  # type: ignore[misc]
        elif story.phase == "correcting" and age > 90:
            story.phase = "archived"
        elif story.phase == "correcting":
            _give(room, "claire", story, _finish_reports)
            _give(room, "eugene", story, _correct)
            _give(room, "mina", story, _clear)
            _give(room, "server", story, _publish)


def _give(room: Newsroom, who: str, story: Story, step: object) -> None:
    def errand(now: Newsroom, at: Clone) -> None:
        step(now, at, story)  # type: ignore[operator]

    errand.__name__ = step.__name__.lstrip("_")  # type: ignore[attr-defined]
    room.errands.setdefault(who, []).append(errand)


def _finish_reports(room: Newsroom, at: Clone, story: Story) -> None:
    for key in story.reports:
        if name := room.name(at, key):
            translating.settle(room, at, name)


def _finish_story(room: Newsroom, at: Clone, story: Story) -> None:
    name = room.name(at, story.key)
    if not name:
        return
    room.act(at, name, lambda: article.compose_article(at.actor(), name, ()))
    heads = 0
    for number in range(1, len(at.load(name).units) + 1):
        unit = at.unit(name, number)
        ref = f"{name}#{number}"
        heads += unit.kind == "headline" and not unit.cut
        if unit.cut:
            continue
        if unit.conflicts:
            room.act(at, name, lambda ref=ref: units.resolve(at.actor(), ref, 0), [unit.id])  # type: ignore[misc]
        if (unit.kind == "headline" and heads > 1) or (unit.refs and not _behind(at, name, unit.id)):
            room.act(at, name, lambda ref=ref: article.cut(at.actor(), ref, "not needed"), [unit.id])  # type: ignore[misc]
        elif is_korean(unit.target):
            room.act(at, name, lambda ref=ref: article.confirm_with_drafts(at.actor(), ref, take_new=True))  # type: ignore[misc]
        elif unit.fuzzy or not unit.target:
            room.act(at, name, lambda ref=ref: units.confirm(at.actor(), ref), [unit.id])  # type: ignore[misc]
    room.act(at, name, lambda: clearance.ready(at.actor(), name))


def _behind(at: Clone, name: str, unit_id: str) -> bool:
    from transflow.stories.compose import placement, report_slugs

    story = at.load(name)
    return bool(placement(story, {slug: at.load(slug) for slug in report_slugs(story)})[unit_id])


def _clear(room: Newsroom, at: Clone, story: Story) -> None:
    """Read the story, and clear it as it was read, though something may have changed since."""
    name = room.name(at, story.key)
    if not name or not at.load(name).header.get("X-Ready"):
        return
    for number, unit in enumerate(at.load(name).units, 1):
        for _ in workflow.open_questions(unit):
            room.act(at, name, lambda n=number: units.answer(at.actor(), f"{name}#{n}", "Yes."), [unit.id])  # type: ignore[misc]
    read = reading.load_reading(at.actor(), name)
    seen = {unit.id: (unit.source, unit.target) for unit in printed_units(read.article)}
    if room.random.random() < 0.1:
        room.meanwhile(at, name, room.random.choice(read.article.units))
    alone = "nobody else was there" if room.random.random() < 0.1 else ""
    if room.act(at, name, lambda: clearance.clear(at.actor(), name, alone, read.mark), ()):
        room.approved(at.who, at.load(name), seen)
        room.counts["clearances"] += 1


def _publish(room: Newsroom, at: Clone, story: Story) -> None:
    name = room.name(at, story.key)
    if not name or not at.load(name).header.get("X-Cleared"):
        return
    place = CatalogRef("en", "articles", name)
    try:
        written = render.render(at.project, place, ["txt", "html"], at.actor().now, as_draft=False)
    except RefusedError:
        room.counts["pages refused"] += 1
        return
    room.counts["pages"] += 1
    article_now = at.load(name)
    text = written[0].read_text(encoding="utf-8")
    names = {person.id: person.name for person in at.project.settings.people if person.name}
    room.oracle.judge_page(name, article_now, text.strip().splitlines()[-1], names)
    _judge_correction(story, article_now)
    address = f"https://news.example.org/{story.key}"
    room.act(at, name, lambda: publish.record_publication(at.actor(), name, [address]), ())
    story.published = {unit.id: unit.target for unit in printed_units(article_now)}
    story.phase = "archived" if story.phase == "correcting" or room.random.random() < 0.3 else "published"


# Corrections


def _report_mistake(room: Newsroom, at: Clone, story: Story) -> None:
    """Begin the correction of a published paragraph."""
    name = room.name(at, story.key)
    if not name or at.load(name).header.get("X-Published") == "":
        return
    wanted = lambda unit: unit.id in story.published and not unit.cut and unit.kind == "paragraph" and not unit.is_note  # noqa: E731
    if found := room.pick(at, name, wanted):
        number, unit = found
        if room.act(at, name, lambda: correct.correct(at.actor(), f"{name}#{number}"), ()):
            story.corrected.add(unit.id)
            story.tries = 0
            story.phase = "correcting"
            room.counts["corrections"] += 1


def _correct(room: Newsroom, at: Clone, story: Story) -> None:
    """Correct the text and its note; at first, and now and then later, only say that it is done."""
    name = room.name(at, story.key)
    if not name or not story.corrected or not any(unit.is_note for unit in at.load(name).units):
        return  # what was begun elsewhere has not come yet
    story.tries += 1
    forgets = story.tries < _TRIES or room.random.random() < 0.3
    room.act(at, name, lambda: article.compose_article(at.actor(), name, ()))
    for number in range(1, len(at.load(name).units) + 1):
        unit = at.unit(name, number)
        ref = f"{name}#{number}"
        if unit.cut:
            continue
        if unit.conflicts:
            room.act(at, name, lambda ref=ref: units.resolve(at.actor(), ref, 0), [unit.id])  # type: ignore[misc]
        if unit.id in story.corrected and not forgets and unit.target == story.published.get(unit.id):
            translating.write(room, at, name, number, unit)
        elif unit.is_note and not forgets:
            room.act(at, name, lambda ref=ref: correct.correct(at.actor(), _paragraph(at, name, story)))  # type: ignore[misc]
            room.act(at, name, lambda ref=ref: units.confirm(at.actor(), ref), [unit.id])  # type: ignore[misc]
        elif unit.refs and not _behind(at, name, unit.id):
            room.act(at, name, lambda ref=ref: article.cut(at.actor(), ref, "not needed"), [unit.id])  # type: ignore[misc]
        elif unit.fuzzy or not unit.target:
            room.act(at, name, lambda ref=ref: units.confirm(at.actor(), ref), [unit.id])  # type: ignore[misc]
    room.act(at, name, lambda: clearance.ready(at.actor(), name))


def _paragraph(at: Clone, name: str, story: Story) -> str:
    numbers = {unit.id: number for number, unit in enumerate(at.load(name).units, 1)}
    return f"{name}#{next(numbers[each] for each in sorted(story.corrected) if each in numbers)}"


def _judge_correction(story: Story, article_now: object) -> None:
    """Judge a page: a paragraph with a note about its mistake must not still have it."""
    units_now = article_now.units  # type: ignore[attr-defined]
    notes = [unit for unit in units_now if unit.is_note and not unit.cut]
    for unit in units_now:
        old = story.published.get(unit.id)
        noted = any(note.source == old for note in notes)
        if unit.id in story.corrected and noted and not unit.cut and unit.target == old:
            raise BrokenRuleError("correction", f"{story.key}#{unit.id} is printed with a note, and as it was: “{old}”")
