"""A newsroom in real clones: seven people write, compose, crash, merge and rebase at random.

Afterwards, by git's own log:

- every committed catalog can be read;
- an ordinary commit drops only words that somebody in that clone saw and replaced (the ledger
  knows the words that each step replaced); a merge commit drops only words that were in the base
  and that one side had dropped;
- every word that anybody ever confirmed is in the last catalogs (live, obsolete or in a
  @conflict), or was replaced by somebody who saw it;
- the story prints, and credits the people whose words it prints.

Every text consists of words that no other text has, with their author's name in them, so that words
show their author.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from support.newsrooms import Clone, cloned, git, newsroom, quiet_git
from transflow.actions import Actor
from transflow.actions.reports import current, intake
from transflow.actions.stories import article, clearance, render
from transflow.actions.units import regroup
from transflow.actions.units import steps as units
from transflow.errors import RefusedError, TransflowError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po.catalog import parse, serialize
from transflow.project import CatalogRef
from transflow.units import workflow

TRANSLATORS = ("claire", "leejin", "minho", "sora")
EDITORS = ("mina", "noah")
WRITER = "eugene"
SLUGS = ("bridges", "harbor")
STORY = "story"
_OWN = re.compile(r"[a-z]+-\d+-\d")


@dataclass
class Ledger:
    """The texts that people wrote, and the texts that they saw when they replaced them."""

    written: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    steps: list[str] = field(default_factory=list)


def words_of(text: str) -> set[str]:
    return set(_OWN.findall(text))


def texts_of(unit: Unit) -> str:
    return " ".join((unit.target, *(each.text for each in unit.conflicts)))


def words_in(catalog: Catalog) -> set[str]:
    return {word for unit in (*catalog.units, *catalog.obsolete) for word in words_of(texts_of(unit))}


class Newsroom:
    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.ledger = Ledger()
        self.seconds = 0
        self.texts = 0
        self.bodies = {slug: self.first_body(slug) for slug in SLUGS}
        self.origin, claire = newsroom(folder, self.report("bridges"))
        (claire.root / "sources" / "harbor.md").write_text(self.report("harbor"), encoding="utf-8")
        claire.update(0, "harbor")
        for slug in SLUGS:
            for number in range(1, len(claire.load(slug).units) + 1):
                self.write(claire, slug, number)
        article.compose_article(self.actor(claire, WRITER), STORY, SLUGS)
        claire.commit("begin")
        claire.push()
        others = (*TRANSLATORS[1:], *EDITORS, WRITER)
        self.clones = {"claire": claire} | {who: cloned(self.origin, folder / who, who) for who in others}

    # Reports

    def sentence(self) -> str:
        self.texts += 1
        place, what = self.random.choice(["강변시", "항구", "시청"]), self.random.choice(["다리", "배", "길"])
        return f"{place}의 {what} {self.texts}호가 다시 열렸다."

    def first_body(self, slug: str) -> list[list[str]]:
        return [[self.sentence() for _ in range(size)] for size in (3, 2, 2)]

    def report(self, slug: str) -> str:
        head = f"---\ntitle: {slug} 소식 모음\nbyline: 이정은\ndate: 2024-03-26\n---\n\n"
        return head + "\n\n".join(" ".join(paragraph) for paragraph in self.bodies[slug] if paragraph) + "\n"

    def revise(self, clone: Clone) -> None:
        """Add a new version of a report, with sentences added, changed, deleted or moved."""
        slug = self.random.choice(SLUGS)
        body = self.bodies[slug]
        paragraph = self.random.choice(body)
        at = self.random.randrange(len(paragraph) + 1)
        kind = self.random.choice(["add", "change", "delete", "move"])
        if kind == "add" or len(paragraph) < 2:
            paragraph.insert(at, self.sentence())
        elif kind == "change":
            at = min(at, len(paragraph) - 1)
            paragraph[at] = paragraph[at].replace(
                "다시 열렸다", self.random.choice(["다시 열렸다", "곧 다시 열린다", "닫혔다"])
            )
        elif kind == "delete" and sum(map(len, body)) > 5:
            paragraph.pop(min(at, len(paragraph) - 1))
        else:
            self.random.choice(body).append(paragraph.pop(min(at, len(paragraph) - 1)))
        intake.new_version(self.actor(clone), slug, self.report(slug).encode(), f"{slug}.md")

    # Steps of units

    def now(self) -> str:
        self.seconds += 7
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_711_411_200 + self.seconds))

    def actor(self, clone: Clone, who: str = "") -> Actor:
        return clone.actor(0, who)._replace(now=self.now())

    def text(self, who: str) -> str:
        self.texts += 1
        return " ".join(f"{who}-{self.texts}-{n}" for n in range(self.random.randint(3, 6))) + "."

    def pick(self, clone: Clone, name: str, wanted: Callable[[Unit], bool]) -> tuple[int, Unit] | None:
        found = [(i, unit) for i, unit in enumerate(clone.load(name).units, 1) if wanted(unit)]
        return self.random.choice(found) if found else None

    def write(self, clone: Clone, name: str, number: int, who: str = "") -> None:
        before, text = clone.unit(number, name), self.text(who or clone.who)
        units.confirm(self.actor(clone, who), f"{name}#{number}", text)
        self.ledger.written |= words_of(text)
        self.ledger.replaced |= words_of(before.target)

    def translate(self, clone: Clone, name: str) -> None:
        if found := self.pick(clone, name, lambda unit: not unit.conflicts and not unit.omitted):
            self.write(clone, name, found[0])

    def still_right(self, clone: Clone, name: str) -> None:
        if found := self.pick(clone, name, lambda unit: unit.fuzzy and not unit.conflicts):
            units.confirm(self.actor(clone), f"{name}#{found[0]}")

    def decide(self, clone: Clone, name: str) -> None:
        """Resolve a conflict with the present text, or with another by a single author."""
        if found := self.pick(clone, name, lambda unit: bool(unit.conflicts)):
            number, unit = found
            single = [i for i, each in enumerate(unit.conflicts, 1) if len(_authors(each.text)) == 1]
            units.resolve(self.actor(clone), f"{name}#{number}", self.random.choice([0, *single]))
            self.ledger.replaced |= words_of(texts_of(unit))

    def approve(self, clone: Clone, name: str) -> None:
        if found := self.pick(clone, name, lambda unit: workflow.state(unit) == "translated"):
            units.approve(self.actor(clone), f"{name}#{found[0]}")

    def send_back(self, clone: Clone, name: str) -> None:
        if found := self.pick(clone, name, lambda unit: bool(unit.target)):
            units.send_back(self.actor(clone), f"{name}#{found[0]}", "Closer to the Korean.")

    def join(self, clone: Clone, name: str) -> None:
        if (found := self.pick(clone, name, lambda unit: unit.continued or name == STORY)) and found[0] > 1:
            regroup.join(self.actor(clone), f"{name}#{found[0] - 1}-{found[0]}")

    def split(self, clone: Clone, name: str) -> None:
        if found := self.pick(clone, name, lambda unit: len(unit.source.split()) > 3 and bool(words_of(unit.target))):
            number, unit = found
            source, target = unit.source.split(), [word.rstrip(".") for word in unit.target.split()]
            if len(target) > 1:
                regroup.split(
                    self.actor(clone),
                    f"{name}#{number}",
                    "" if unit.refs else " ".join(source[len(source) // 2 :]),
                    " ".join(unit.target.split()[len(target) // 2 :]),
                )

    def talk(self, clone: Clone, name: str) -> None:
        number = self.random.randint(1, len(clone.load(name).units))
        units.comment(self.actor(clone), f"{name}#{number}", f"A remark at {self.seconds}")

    # The story

    def compose(self, clone: Clone, name: str) -> None:
        article.compose_article(self.actor(clone), name, ())

    def arrange(self, clone: Clone, name: str) -> None:
        size = len(clone.load(name).units)
        number, after = self.random.randint(1, size), self.random.randint(0, size)
        if number != after:
            article.move(self.actor(clone), f"{name}#{number}", str(after))

    def cut(self, clone: Clone, name: str) -> None:
        if found := self.pick(clone, name, lambda unit: unit.kind == "paragraph"):
            article.cut(self.actor(clone), f"{name}#{found[0]}", "said above", undo=bool(found[1].cut))

    def take_draft(self, clone: Clone, name: str) -> None:
        if found := self.pick(clone, name, lambda unit: not unit.target and not unit.cut):
            units.confirm(self.actor(clone), f"{name}#{found[0]}")

    def add_own(self, clone: Clone, name: str) -> None:
        if len(clone.load(name).units) < 25:
            text = self.text(clone.who)
            article.add(self.actor(clone), name, text, str(self.random.randint(1, 3)))
            self.ledger.written |= words_of(text)

    # Crashes

    def crash(self, clone: Clone, name: str) -> None:
        """Kill a translator's command at a random moment."""
        found = self.pick(clone, name, lambda unit: not unit.conflicts)
        if found is None:
            return
        number, before = found
        text = self.text(clone.who)
        command = [sys.executable, "-m", "transflow", "-C", str(clone.root), "--as", clone.who]
        process = subprocess.Popen([*command, "unit", "set", f"{name}#{number}", text], stdout=-3, stderr=-3)
        time.sleep(self.random.uniform(0, 0.4))
        process.kill()
        process.wait()
        if clone.unit(number, name).target == text:
            self.ledger.written |= words_of(text)
            self.ledger.replaced |= words_of(before.target)

    # Sharing

    def sync(self, clone: Clone) -> None:
        """Commit, pull and push; several times, because others do the same."""
        clone.commit(f"{clone.who} at {self.seconds}")
        if self.random.random() < 0.15:
            self.killed_pull(clone)
        pull = self.random.choice([("--no-rebase", "--no-edit"), ("--rebase",)])
        said = clone.git("pull", "-q", *pull, "origin", "main", fails=None)
        rounds = 0
        while (rest := self.unfinished(clone)) and rounds < 50:
            rounds += 1
            self.finish(clone, rest)
        assert not self.unfinished(clone), said
        self.bring_up(clone)
        clone.commit("brought up to the reports")
        clone.push()

    def unfinished(self, clone: Clone) -> str:
        folder = clone.root / ".git"
        if (folder / "rebase-merge").exists() or (folder / "rebase-apply").exists():
            return "rebase"
        return "merge" if (folder / "MERGE_HEAD").exists() else ""

    def finish(self, clone: Clone, what: str) -> None:
        """Complete git's part of a conflict; the driver has written whole catalogs."""
        for path in clone.git("diff", "--name-only", "--diff-filter=U").split():
            assert path.endswith(".po"), path
            parse((clone.root / path).read_text(encoding="utf-8"), path)
        clone.git("add", "-A")
        if what == "rebase":
            clone.git("rebase", "--continue", fails=None)
        else:
            clone.git("commit", "-q", "--no-edit")

    def killed_pull(self, clone: Clone) -> None:
        """Kill a pull with all its processes; everything was committed before."""
        process = subprocess.Popen(
            ["git", "pull", "-q", "--no-rebase", "--no-edit", "origin", "main"],
            cwd=clone.root, env=quiet_git(), stdout=-3, stderr=-3, start_new_session=True,
        )  # fmt: skip
        time.sleep(self.random.uniform(0, 0.3))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for lock in (clone.root / ".git").rglob("*.lock"):
            lock.unlink()
        clone.git("reset", "-q", "--hard", "HEAD")
        clone.git("clean", "-qfd")

    def bring_up(self, clone: Clone) -> None:
        for slug in SLUGS:
            if not current.is_current(clone.project, slug, "en"):
                intake.update(self.actor(clone), slug, "en")

    # A round

    def round(self) -> None:
        who = self.random.choice([*TRANSLATORS, *EDITORS, WRITER])
        clone = self.clones[who]
        for _ in range(self.random.randint(1, 5)):
            self.step(clone)
        if self.random.random() < 0.8:
            self.sync(clone)

    def step(self, clone: Clone) -> None:
        slug = self.random.choice(SLUGS)
        mine = {
            WRITER: [self.translate] * 3
            + [self.take_draft] * 3
            + [self.compose] * 2
            + [self.arrange, self.cut, self.add_own],
            "mina": [self.approve] * 3 + [self.send_back, self.talk, self.decide],
            "noah": [self.approve] * 3 + [self.send_back, self.talk, self.decide],
        }.get(clone.who, [self.translate] * 5 + [self.still_right] * 2 + [self.crash])
        shared = [self.decide, self.join, self.split]
        step = self.random.choice([*mine, self.random.choice(shared)])
        name = STORY if clone.who == WRITER else slug
        self.ledger.steps.append(f"{clone.who}: {step.__name__} {name}")
        try:
            if clone.who == "mina" and self.random.random() < 0.4:
                self.revise(clone)
            else:
                step(clone, name)
        except RefusedError:
            pass  # a refusal by the workflow, as people get it

    # The end of the run

    def close(self) -> Clone:
        """Share all clones until claire has everything."""
        for clone in self.clones.values():
            self.sync(clone)
        last = self.clones["claire"]
        self.sync(last)
        return last

    def settle(self, clone: Clone) -> None:
        for name in SLUGS:
            self.settle_catalog(clone, name, "claire")
        article.compose_article(self.actor(clone, WRITER), STORY, ())
        self.settle_catalog(clone, STORY, WRITER)
        heads = [i for i, unit in enumerate(clone.load(STORY).units, 1) if unit.kind == "headline" and not unit.cut]
        for number in heads[1:]:
            article.cut(self.actor(clone, WRITER), f"{STORY}#{number}", "a story has one headline")
        clearance.ready(self.actor(clone, WRITER), STORY)
        clearance.clear(self.actor(clone, "mina"), STORY)

    def settle_catalog(self, clone: Clone, name: str, who: str) -> None:
        for number, unit in enumerate(clone.load(name).units, 1):
            ref = f"{name}#{number}"
            if unit.conflicts:
                units.resolve(self.actor(clone, who), ref, 0)
                self.ledger.replaced |= words_of(texts_of(unit))
            if name != STORY and not unit.target:
                self.write(clone, name, number, who)
            elif name == STORY and unit.refs and not self.behind(clone, unit):
                article.cut(self.actor(clone, who), ref, "its sentences are gone")
            elif unit.fuzzy or not unit.target:
                units.confirm(self.actor(clone, who), ref)

    def behind(self, clone: Clone, unit: Unit) -> bool:
        from transflow.stories.compose import placement

        return bool(placement(clone.load(STORY), {slug: clone.load(slug) for slug in SLUGS})[unit.id])


def _authors(text: str) -> set[str]:
    return {word.partition("-")[0] for word in words_of(text)}


# Invariants


def commits(root: Path) -> Iterator[tuple[str, list[str]]]:
    for line in git(root, "rev-list", "--parents", "HEAD").splitlines():
        commit, *parents = line.split()
        yield commit, parents


class History:
    """The words of every catalog in every commit."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._blobs: dict[str, set[str]] = {}
        self._commits: dict[str, set[tuple[str, str]]] = {}

    def told(self, commit: str) -> set[tuple[str, str]]:
        """Return (catalog, word) pairs, because a story may drop words that a report keeps."""
        if commit not in self._commits:
            listed = (line.split() for line in git(self.root, "ls-tree", "-r", commit, "locales").splitlines())
            self._commits[commit] = {(path, word) for _, _, blob, path in listed for word in self._blob(blob)}
        return self._commits[commit]

    def words(self, commit: str) -> set[str]:
        return {word for _, word in self.told(commit)}

    def _blob(self, blob: str) -> set[str]:
        if blob not in self._blobs:
            self._blobs[blob] = words_in(parse(git(self.root, "cat-file", "blob", blob), blob))
        return self._blobs[blob]


def assert_history_holds(room: Newsroom, clone: Clone) -> None:
    history = History(clone.root)
    for commit, parents in commits(clone.root):
        words = history.words(commit)
        if len(parents) == 1:
            dropped = history.words(parents[0]) - words
            assert dropped <= room.ledger.replaced, f"{commit}: {dropped - room.ledger.replaced}"
        for parent, other in zip(parents, parents[::-1], strict=True) if len(parents) == 2 else ():
            lost = history.told(parent) - history.told(commit)
            if lost:
                bases = git(clone.root, "merge-base", "--all", *parents).split()
                known = set().union(*(history.told(base) for base in bases))
                assert lost <= known - history.told(other), f"{commit}: {lost}"
    everything = set().union(*(history.words(commit) for commit, _ in commits(clone.root)))
    last = set().union(*(words_in(clone.load(name)) for name in (*SLUGS, STORY)))
    assert room.ledger.written <= last | room.ledger.replaced, room.ledger.written - last - room.ledger.replaced
    assert last <= everything


def assert_catalogs_hold(clone: Clone) -> None:
    for name in (*SLUGS, STORY):
        catalog = clone.load(name)
        ids = [unit.id for unit in (*catalog.units, *catalog.obsolete)]
        assert len(ids) == len(set(ids))
        joined = [each for unit in catalog.units for each in unit.joined]
        assert not set(joined) & {unit.id for unit in catalog.units}
        assert all(workflow.is_approved(unit) and not unit.fuzzy for unit in catalog.units if unit.approved)
        assert serialize(parse(serialize(catalog), name)) == serialize(catalog)


def assert_credits_hold(room: Newsroom, clone: Clone) -> None:
    place = CatalogRef("en", "articles", STORY)
    written = render.render(clone.project, place, ["txt"], room.now(), as_draft=False)
    line = written[0].read_text(encoding="utf-8").strip().splitlines()[-1]
    names = {person.id: person.name for person in clone.project.settings.people}
    credited = {who for who, name in names.items() if name and name in line}
    printed = [unit for unit in clone.load(STORY).units if not unit.cut]
    everybody = {who for unit in printed for who in _authors(unit.target)}
    mostly = set()
    for unit in printed:
        words = words_of(unit.target)
        for who in _authors(unit.target):
            if 3 * sum(word.startswith(f"{who}-") for word in words) >= len(words):
                mostly.add(who)
    assert credited <= everybody, f"{line}: {credited - everybody}"
    assert mostly <= credited, f"{line}: {mostly - credited}"
    if WRITER in everybody:
        assert line.endswith("Written in English by Eugene Whong.")


def work(folder: Path, seed: int, rounds: int) -> None:
    room = Newsroom(folder, seed)
    try:
        for _ in range(rounds):
            room.round()
        last = room.close()
        assert_history_holds(room, last)
        assert_catalogs_hold(last)
        room.settle(last)
        last.commit("settled")
        assert_history_holds(room, last)
        assert_credits_hold(room, last)
    except (AssertionError, TransflowError) as error:
        steps = "\n".join(room.ledger.steps[-40:])
        raise AssertionError(f"seed {seed}, {folder}: {error}\n{steps}") from error


def test_nothing_is_lost_in_a_short_day_of_a_newsroom(tmp_path: Path) -> None:
    work(tmp_path, seed=1, rounds=5)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_in_a_few_hundred_rounds_of_a_newsroom(tmp_path: Path, seed: int) -> None:
    work(tmp_path, seed, rounds=80)
