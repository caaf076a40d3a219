"""The people of a newsroom, their clones, and what they share through git."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from simulation import accidents, privacy
from simulation.clones import Clone, Driver, clone, new_repository, tip
from simulation.ledger import Given, Ledger, words_in
from simulation.oracle import BrokenRuleError, Oracle
from simulation.stories import Story
from simulation.texts import Writer, names_of, report_text, words_of
from simulation.world import World
from support.keys import computer, make_same_key
from support.newsrooms import SETTINGS
from transflow.actions.project import repair
from transflow.actions.reports import current, intake
from transflow.actions.units import steps
from transflow.errors import RefusedError, TransflowError
from transflow.messages import Message
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.project.places import Folder

TRANSLATORS = ("claire", "leejin", "minho", "sora")
EDITORS = ("mina", "noah")
WRITER = "eugene"
WITHOUT_DRIVER = frozenset({"minho"})
"""People who never ran `transflow git setup`. They repair what git merges as texts."""
MACHINE = "server"
"""The clone in which the server of the newsroom checks, renders and exports."""

_ATTRIBUTES = "locales/**/*.po merge=transflow text eol=lf\nlocales/**/*.sigs merge=union text eol=lf\nsources/**/*.md text eol=lf\n"
_SKEWS = {"claire": 0, "leejin": 240, "minho": -400, "sora": 30, "mina": 0, "noah": 500, "eugene": -60, MACHINE: 0}
"""Seconds by which everybody's clock is ahead, less than the ten minutes that are tolerated."""

Step = Callable[["Newsroom", Clone], None]


class Newsroom:
    def __init__(self, world: World, *, squashes: bool, signs: bool = False) -> None:
        self.world, self.random, self.clock = world, world.random, world.clock
        self.squashes = squashes
        """True if a code host squashes branches."""
        self.signs = signs
        """True if decisions are signed, so that a check proves them whatever the host does."""
        self.reverts = squashes and not signs
        """True if people revert commits of others."""
        self.ledger = Ledger()
        self.counts = Counter[str]()
        self.accident_rate = 1.0
        self.writer = Writer(self.random)
        self.driver = Driver(world.folder)
        keys = {who: self._new_key(who) for who in (*EDITORS, WRITER)} if signs else {}
        self.origin = new_repository(world.folder, lambda root: _write_project(root, keys), self.clock, self.driver)
        self.oracle = Oracle(self.origin, self.ledger)
        self.days = 0
        """Working days so far."""
        self.fields: dict[str, dict[str, str]] = {}
        """Key of a report -> fields of its front matter."""
        self.bodies: dict[str, list[list[str]]] = {}
        self.names: dict[str, list[str]] = {}
        """Key of a report or story -> its names, the newest last."""
        self.stories: list[Story] = []
        self._shared: dict[str, str] = {}
        """Person -> the last commit of everybody that their clone has."""
        self.errands: dict[str, list[Step]] = {}
        self.clones: dict[str, Clone] = {}

    def clone_of(self, who: str) -> Clone:
        """Return somebody's clone, which is made when they begin to work."""
        if who not in self.clones:
            folder, has_driver = self.world.folder / who, who not in WITHOUT_DRIVER
            made = clone(self.origin, folder, who, self.clock, self.driver, has_driver=has_driver)
            made.aliases = self.ledger.aliases
            made.skew = _SKEWS[who]
            made.acts_as = WRITER if who == MACHINE else who
            self.clones[who] = made
        return self.clones[who]

    def _new_key(self, who: str) -> str:
        return make_same_key(self._home(who) / ".ssh" / "id_ed25519", f"{self.world.seed} {who}")

    def _home(self, who: str) -> Path:
        return self.world.folder / "homes" / who

    # Names

    def name(self, at: Clone, key: str) -> str:
        """Return the name of a report or story in a clone; empty if the clone does not have it."""
        folder: Folder = "articles" if key.startswith("story") else "reports"
        known = (each for each in reversed(self.names.get(key, ())))
        return next((each for each in known if at.project.exists(CatalogRef("en", folder, each))), "")

    def has(self, at: Clone, name: str) -> bool:
        return any(place.slug == name for place in at.project.all_catalogs())

    def active(self) -> list[Story]:
        return [each for each in self.stories if each.phase not in ("archived",)]

    def worked_on(self) -> list[Story]:
        """Return the stories whose texts people change; mostly not those that are being closed."""
        early = [each for each in self.active() if each.phase == "translating"]
        return self.active() if self.random.random() < 0.1 else early

    def some_report(self, at: Clone) -> str:
        """Return the name of a report that somebody may work on; empty if there is none."""
        keys = [key for story in self.worked_on() for key in story.reports]
        return self.name(at, self.random.choice(keys)) if keys else ""

    def some_story(self, at: Clone) -> str:
        keys = [story.key for story in self.worked_on()]
        return self.name(at, self.random.choice(keys)) if keys else ""

    def pick(self, at: Clone, name: str, wanted: Callable[[Unit], bool]) -> tuple[int, Unit] | None:
        if not name:
            return None
        found = [(number, unit) for number, unit in enumerate(at.load(name).units, 1) if wanted(unit)]
        return self.random.choice(found) if found else None

    # Steps

    def act(self, at: Clone, name: str, do: Callable[[], Any], touched: Iterable[str] | None = None) -> bool:
        """Carry out a step on a catalog, perhaps with an accident, and note what it did.

        `touched` are the ids of the units that the step may change; None for the whole catalog.
        Returns whether it was carried out.
        """
        before, ids = at.load(name), None if touched is None else set(touched)
        self.world.disk.writes.clear()
        try:
            accidents.perhaps(self, at, name, do)
        except TransflowError as error:
            if not isinstance(error, RefusedError):
                raise
            self.ledger.refusals[code_of(error)] += 1
            return False
        finally:
            self._check_writes(at)
        after = at.load(name)
        self.note(at, name, before, after, ids)
        return after != before

    def _check_writes(self, at: Clone) -> None:
        twice = [path for path, count in Counter(self.world.disk.writes).items() if count > 1 and path.endswith(".po")]
        if twice and not self.world.disk.lies:
            raise BrokenRuleError("two writes", f"one step wrote {twice} more than once")
        if left := [
            path.name for path in at.root.rglob(".*.tmp") if ".git" not in path.parts and not accidents.died(self)
        ]:
            raise BrokenRuleError("left over", f"a step left {left}")

    def note(self, at: Clone, name: str, before: Catalog, after: Catalog, touched: set[str] | None) -> None:
        lost = words_in(before) - words_in(after) - self.ledger.replaced  # which git may have brought meanwhile
        theirs = {
            word for unit in (*before.units, *before.obsolete) if touched is None or unit.id in touched
            for word in words_of(" ".join((unit.target, *(each.text for each in unit.conflicts))))
        }  # fmt: skip
        if lost - theirs:
            raise BrokenRuleError("words lost", f"a step on {touched} of {name} dropped {sorted(lost - theirs)}")
        self.ledger.replaced |= lost
        self.ledger.compare(at.who, before, after)
        known = words_in(before)
        new = {
            word: unit.id for unit in after.units if unit.target and not unit.fuzzy for word in words_of(unit.target)
        }
        self.ledger.written |= new.keys() - known
        self.ledger.home = new | self.ledger.home

    def approved(self, who: str, after: Catalog, seen: dict[str, tuple[str, str]]) -> None:
        """Note approvals that an editor gave after having seen these sources and targets by id."""
        for unit in after.units:
            if unit.id in seen and unit.approved and unit.approved.who == who:
                given = Given(unit.id, who, unit.approved.time)
                self.ledger.approved.setdefault(given, seen[unit.id])

    def other_window(self, at: Clone, name: str) -> None:
        """Ask a question about a sentence in another window of the same person."""
        mine = list(self.world.disk.writes)
        number = self.random.randint(1, len(at.load(name).units))
        steps.ask(at.actor(), f"{name}#{number}", "What is meant?")
        self.world.disk.writes[:] = mine

    def meanwhile(self, at: Clone, name: str, read: Unit) -> None:
        """Let something change while somebody reads a unit.

        A colleague's work comes, or own work in another window.
        """
        if self.random.random() < 0.5:
            self.sync(at)
            return
        before = at.load(name)
        unit = before.find(read.id)
        if unit is None or unit.conflicts or unit.cut or unit.omitted or not unit.target:
            return
        words = unit.target.rstrip(".").split()
        text = " ".join([*words[:-1], *self.writer.words(at.who, 1)]) + "."
        self.ledger.regrouped.add(read.id)
        steps.confirm(at.actor(), f"{name}#{read.id}", text)
        self.note(at, name, before, at.load(name), {read.id})
        self.counts["changes while reading"] += 1

    def note_revert(self, at: Clone, before: dict[CatalogRef, Catalog]) -> None:
        """Note the words that somebody dropped by reverting a commit."""
        now = set().union(*(words_in(at.project.load(place)) for place in at.project.all_catalogs()))
        self.ledger.replaced |= set().union(*map(words_in, before.values())) - now

    # Days

    def session(self, who: str, planned: Iterable[Step]) -> None:
        at = self.clone_of(who)
        with computer(self._home(who)):
            self._session(at, planned)

    def _session(self, at: Clone, planned: Iterable[Step]) -> None:
        who = at.who
        for step in (*self.errands.pop(who, ()), *planned):
            self.step(at, step)
        if self.random.random() < 0.85:
            self.sync(at)

    def step(self, at: Clone, step: Step) -> None:
        self.clock.advance(self.random.randint(20, 2000))
        name = getattr(step, "__name__", "errand")
        self.ledger.steps[name] += 1
        try:
            step(self, at)
            outcome = "done"
        except RefusedError as error:
            self.ledger.refusals[code_of(error)] += 1
            outcome = code_of(error)
        self.ledger.log.append(f"{self.clock.stamp()} {at.who} {name} {outcome}")

    # Sharing

    def sync(self, at: Clone) -> None:
        """Commit, pull and push."""
        self.world.disk.settle()
        at.commit(f"{at.who} on day {self.clock.days}")
        if accidents.strikes(self, 0.04):
            accidents.killed_pull(self, at)
        rebase = self.random.random() < 0.25 and at.has_driver
        main, before = tip(self.origin), at.head
        theirs = {} if at.has_driver else self._units(at)
        if main != self._shared.get(at.who):
            way = ("--rebase",) if rebase else ("--no-rebase", "--no-edit")
            at.git("pull", "-q", *way, "origin", "main", fails=None)
        for _ in range(60):
            if not (at.is_merging() or at.is_rebasing()):
                break
            self._finish(at)
        at.forget_settings()
        if not at.has_driver and at.head not in (main, before):
            self._repair_merge(at, before, theirs)
        if self.bring_up(at):
            at.commit("brought up to the reports")
        self.publish(at)
        if self.driver.errors:
            raise self.driver.errors.pop()

    def _finish(self, at: Clone) -> None:
        """Complete git's part of a conflict: the driver has written whole catalogs."""
        for path in at.conflicted():
            if path.endswith(".po") and not at.has_driver:
                self.repair(at)
                self.read_or_break(at, path)
            elif path.endswith(".md"):  # an old branch has an old version of a report: the desk's is right
                key = next(key for key, names in self.names.items() if path.removeprefix("sources/")[:-3] in names)
                (at.root / path).write_bytes(self.source(key))
            else:
                self.read_or_break(at, path)
        at.git("add", "-A")
        if at.is_rebasing():
            at.git("rebase", "--continue", fails=None)
        else:
            at.git("commit", "-q", "--no-edit")

    def _units(self, at: Clone) -> dict[str, Unit]:
        return {unit.id: unit for place in at.project.all_catalogs() for unit in at.project.load(place).units}

    def _repair_merge(self, at: Clone, before: str, own: dict[str, Unit]) -> None:
        """Repair what git merged as texts. Words of such units may be counted for others."""
        self.counts["text merges"] += 1
        self.repair(at)
        at.git("add", "-A")
        at.git("commit", "-q", "--amend", "--no-edit")
        self.oracle.by_hand |= {*at.git("rev-list", "HEAD", f"^{before}", "^FETCH_HEAD").split()}
        self.ledger.regrouped |= {unit.id for unit in self._units(at).values() if own.get(unit.id) != unit}

    def read_or_break(self, at: Clone, path: str) -> None:
        """Break a rule if a catalog cannot be read."""
        place = next((each for each in at.project.all_catalogs() if each.path == path), None)
        if place is None:  # renamed on one side
            return
        try:
            at.project.load(place)
        except TransflowError as error:
            raise BrokenRuleError("unreadable", f"{path}: {error}") from None

    def publish(self, at: Clone) -> None:
        if self.squashes:
            self._squash(at)
        elif tip(self.origin) != at.head:
            at.git("push", "-q", "origin", "HEAD:main")
        main = tip(self.origin)
        self._shared[at.who] = main
        self.ledger.log.append(f"{self.clock.stamp()} {at.who} pushed {main}")
        self.ledger.shared(at.who, main)
        self.oracle.judge_commits(main)

    def _squash(self, at: Clone) -> None:
        """Let the code host squash the branch. Some people go on with their old branch."""
        main = tip(self.origin)
        if at.run("diff", "--quiet", main, "HEAD").returncode == 0:
            return
        commit = at.git("commit-tree", "HEAD^{tree}", "-p", main, "-m", f"work of {at.who}").strip()
        at.git("push", "-q", "origin", f"{commit}:main")
        self.counts["squashes"] += 1
        if self.random.random() < 0.4:
            at.git("reset", "-q", "--hard", commit)

    def bring_up(self, at: Clone) -> bool:
        """Bring all catalogs up to their reports. Return whether one changed."""
        changed = False
        for slug in at.project.report_slugs():
            if not at.project.exists(CatalogRef("en", "reports", slug)):
                continue
            if not current.is_current(at.project, slug, "en"):
                before = at.load(slug)
                intake.update(at.actor(), slug, "en")
                self.note(at, slug, before, at.load(slug), set())
                changed |= at.load(slug) != before
        return changed

    def repair(self, at: Clone) -> None:
        for _ in repair.repair(at.project, [], at.actor().now, dry_run=False):
            pass

    def close(self) -> Clone:
        """Share all clones until one has everything, and judge that."""
        for each in list(self.clones.values()):
            if each.who != MACHINE:
                self.sync(each)
        editor = self.clone_of("mina")
        self.sync(editor)
        with computer(self._home("mina")):
            privacy.complete(self, editor)
        self.sync(editor)
        last = self.clone_of("claire")
        self.sync(last)
        places = list(last.project.all_catalogs())
        self.oracle.judge_last(last.project.load(place) for place in places)
        return last

    # Reports

    def source(self, key: str) -> bytes:
        return report_text(f"{key} 소식 모음", self.bodies[key], **self.fields[key]).encode()

    def note_secrets(self, at: Clone) -> None:
        """Note the names and words of reports that may be printed nowhere yet."""
        ledger = self.ledger
        ledger.secrets, ledger.embargoed = set(), set()
        for story in self.stories:
            is_under_embargo = self.clock.days < story.released - 1  # days begin earlier in Seoul
            if story.quiet == "confidential" or (story.quiet == "embargo" and is_under_embargo):
                found = {word for key in (*story.reports, story.key) for word in self._words(at, key)}
                ledger.secrets |= found
                if story.quiet == "embargo":
                    ledger.embargoed |= found

    def _words(self, at: Clone, key: str) -> set[str]:
        name = self.name(at, key)
        catalog = at.load(name) if name else Catalog()
        return words_in(catalog) | {each for unit in catalog.units for each in names_of(unit.source)}


def _write_project(root: Path, keys: dict[str, str]) -> None:
    settings = SETTINGS.replace("format = 1", "format = 2") + '\n[workflow]\ncompose = "nothing"\n'
    for who, key in keys.items():
        settings = settings.replace(f'id = "{who}"\n', f'id = "{who}"\nkeys = ["{key}"]\n')
    (root / "transflow.toml").write_text(settings, encoding="utf-8")
    (root / ".gitignore").write_text(".transflow/\nbuild/\nexport/\n.*.tmp\n", encoding="utf-8")
    (root / ".gitattributes").write_text(_ATTRIBUTES, encoding="utf-8")


def code_of(error: RefusedError) -> str:
    """Return the name of a refusal, which has no path of this machine in it."""
    return error.message.code if isinstance(error.message, Message) else "refused"
