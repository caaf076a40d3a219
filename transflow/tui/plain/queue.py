"""Queue mode by prompts: waiting work, reports and stories, each with a number that opens it.

Invariant: a catalog that cannot be read is a line with the reason, and hides no other catalog.
"""

from __future__ import annotations

from collections.abc import Callable

from transflow.actions.project.overview import OverviewRow, overview
from transflow.actions.reports.queue import Waiting, queue
from transflow.errors import TransflowError
from transflow.presenters.dialogues.reports import begin_live
from transflow.presenters.headlines import quoted, title
from transflow.presenters.i18n import _, mark, say
from transflow.presenters.live_notes import composed_words
from transflow.presenters.queue_lines import ARTICLE_STATES, WAITS, marks, units_text
from transflow.presenters.queue_view import Target, target
from transflow.project import CatalogRef
from transflow.tui.plain.commands import GO_TO, Command, help_lines, parse_line
from transflow.tui.plain.review import ReviewPrompts
from transflow.tui.plain.sentences import CatalogPrompts
from transflow.tui.plain.session import Session
from transflow.tui.plain.story import StoryPrompts
from transflow.tui.plain.translate import TranslatePrompts

COMMANDS = (
    Command("r", ("reload", "새로"), "tell", mark("read everything again")),
    Command("t", ("translate", "번역"), "translate", mark("translate that line"), mark("NUMBER")),
    Command("w", ("review", "감수"), "review", mark("review that line"), mark("NUMBER")),
    Command("l", ("live", "속보"), "begin_live", mark("begin a live story from that report"), mark("NUMBER NAME")),
)


MODES: dict[str, Callable[[Session, CatalogRef, str], CatalogPrompts]] = {
    "translate": TranslatePrompts,
    "review": ReviewPrompts,
    "story": StoryPrompts,
}


class QueuePrompts:
    """Queue mode: lists the work of the user and opens catalogs by number."""

    def __init__(self, session: Session) -> None:
        self.session, self.talk = session, session.talk
        self.entries: list[Target] = []
        self._is_left = False

    def run(self) -> None:
        self.tell("")
        while not self._is_left:
            typed = parse_line(
                self.talk.ask(_("A number opens its line; .? lists the commands: ")), COMMANDS, bare=True
            )
            if typed.unknown:
                self.session.refuse(_("“{line}” is no command; .? lists them.").format(line=typed.unknown))
            elif typed.command is GO_TO:
                self.open(typed.rest)
            elif typed.command is not None:
                getattr(self, typed.command.method)(typed.rest)

    def tell_help(self, _rest: str) -> None:
        self.talk.say(*help_lines(COMMANDS))
        self.talk.say(
            _("Reports are added and shared out, and stories started, with `transflow add`, `assign` and `compose`.")
        )

    def leave(self, _rest: str) -> None:
        self._is_left = True

    # Listing

    def tell(self, _rest: str) -> None:
        actor = self.session.actor()
        self.entries = []
        self.talk.say(f"{_('Queue')}: {self.session.person_name(actor.who)}", _("Waits for me") + ":")
        waiting = queue(actor, broken=lambda _error: None)  # named below, each in its own line
        for item in waiting:
            self._say_waiting(item)
        if not waiting:
            self.talk.say(_("nothing"))
        lines = list(overview(actor))
        for folder, words in (("reports", _("Reports")), ("articles", _("Stories"))):
            rows = [line for line in lines if line.place.folder == folder]
            self.talk.say(*([words + ":"] if rows else []))
            for line in rows:
                self._say_row(line)

    def _say_entry(self, entry: Target, parts: list[str]) -> None:
        self.entries.append(entry)
        self.talk.say(f"{len(self.entries)}) " + ", ".join(part for part in parts if part))

    def _catalog_name(self, place: CatalogRef) -> str:
        return title(place)

    def _due_parts(self, due: str, is_overdue: bool) -> list[str]:
        text = _("due {time}").format(time=self.session.format_deadline(due)) if due else ""
        return [_("overdue") if is_overdue else "", text]

    def _say_waiting(self, item: Waiting) -> None:
        parts = [
            f"{self._catalog_name(item.place)}: {_(WAITS[item.reason])}",
            units_text(item),
            *self._due_parts(item.due, item.overdue),
        ]
        self._say_entry(target(item), parts)

    def _say_row(self, line: OverviewRow) -> None:
        state = _(ARTICLE_STATES[line.article]) if line.article else ""
        people = ", ".join(map(self.session.person_name, line.people))
        done = say(line.problem) or _("{done}% done").format(done=f"{line.done:g}")
        due = self._due_parts(line.due, bool(line.overdue))
        self._say_entry(
            target(line),
            [f"{self._catalog_name(line.place)}: {done}", state, *marks(line), *due, people],
        )

    # Opening

    def open(self, number: str, mode: str = "") -> None:
        entry = self._entry(number)
        if entry is None:
            return
        prompts = MODES["story" if entry.place.folder == "articles" else mode or entry.mode]
        try:
            prompts(self.session, entry.place, entry.unit).run()
        except TransflowError as error:
            self.session.refuse(error.message)
        else:
            self.tell("")

    def begin_live(self, rest: str) -> None:
        """Compose a live story from the report of a line, and open it."""
        number, _space, name = rest.partition(" ")
        report = self._entry(number)
        if report is None:
            return
        if report.place.folder != "reports":
            self.session.refuse(_("This is for reports."))
            return
        made = self.session.run_action(begin_live, report.place, name.strip())
        if made is not None:
            self.talk.say(
                _("{name}: the story is started.").format(name=quoted(title(made.place))),
                composed_words(made, is_live=True),
            )
            StoryPrompts(self.session, made.place).run()
            self.tell("")

    def _entry(self, number: str) -> Target | None:
        if number.isdecimal() and 1 <= int(number) <= len(self.entries):
            return self.entries[int(number) - 1]
        self.session.refuse(_("They go from 1 to {n}.").format(n=len(self.entries)))
        return None

    def translate(self, number: str) -> None:
        self.open(number, "translate")

    def review(self, number: str) -> None:
        self.open(number, "review")
