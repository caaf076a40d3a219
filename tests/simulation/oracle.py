"""The rules that no commit, no page and no check may break."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from simulation.ledger import Given, Ledger, texts_of, words_in
from simulation.texts import authors_of, words_of
from support.newsrooms import quiet_git
from transflow.attribution.authorship import is_attributed
from transflow.errors import TransflowError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po.catalog import parse, serialize
from transflow.text import words
from transflow.units import workflow


class BrokenRuleError(AssertionError):
    """Something happened that must never happen."""

    def __init__(self, rule: str, what: str) -> None:
        super().__init__(f"{rule}: {what}")
        self.rule = rule


class Version(NamedTuple):
    """A catalog in a commit."""

    catalog: Catalog
    words: frozenset[str]


class Objects:
    """Reader of git's objects: one process for the whole run."""

    def __init__(self, repository: Path) -> None:
        self._process = subprocess.Popen(
            ["git", "cat-file", "--batch"],
            cwd=repository,
            env=quiet_git(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def read(self, name: str) -> bytes:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{name}\n".encode())
        self._process.stdin.flush()
        head = self._process.stdout.readline().split()
        data = self._process.stdout.read(int(head[2]) + 1)
        return data[:-1]

    def close(self) -> None:
        self._process.communicate()


class Oracle:
    def __init__(self, origin: Path, ledger: Ledger) -> None:
        self.origin, self.ledger = origin, ledger
        self.objects = Objects(origin)
        self.seen: set[str] = set()
        self.merges = 0
        self._blobs: dict[str, Version] = {}
        self._trees: dict[str, dict[str, str]] = {}
        self.by_hand: set[str] = set()
        """Merges without the driver, which are judged by what comes of them."""

    # Commits

    def judge_commits(self, *tips: str) -> None:
        """Judge all commits that are new since the last call."""
        for line in self._git("rev-list", "--topo-order", "--reverse", "--parents", *tips, "--not", *self._known()):
            commit, *parents = line.split()
            if commit not in self.seen:
                self.seen.add(commit)
                self._judge_commit(commit, parents)
        self._tips = tips

    _tips: tuple[str, ...] = ()

    def _known(self) -> tuple[str, ...]:
        return self._tips

    def _judge_commit(self, commit: str, parents: list[str]) -> None:
        files = self._files(commit)
        before = {blob for parent in parents for blob in self._files(parent).values()}
        if commit in self.by_hand:
            return
        for path, blob in files.items():
            if blob not in before:
                self._judge_catalog(self._version(blob, f"{commit[:8]}:{path}").catalog, f"{commit[:8]}:{path}")
        if len(parents) > 1:
            self.merges += 1
            self._judge_merge(commit, parents)
        elif parents:
            dropped = self._words(parents[0]) - self._words(commit) - self.ledger.replaced - self._redacted(parents)
            if dropped:
                raise BrokenRuleError("words lost", f"{commit[:8]} drops {sorted(dropped)}, which nobody replaced")

    def _judge_merge(self, commit: str, parents: list[str]) -> None:
        for path, blob in self._files(commit).items():
            catalog = self._blobs[blob].catalog
            if all(self._files(parent).get(path) == blob for parent in parents):
                continue
            if void := [unit.id for unit in catalog.units if unit.approved and not workflow.is_approved(unit)]:
                raise BrokenRuleError("void approval", f"the merge {commit[:8]} has one on {void} in {path}")
        words, redacted = self._told(commit), self._redacted(parents)
        for parent, other in zip(parents, parents[::-1], strict=True):
            lost = self._told(parent) - words
            if lost:
                bases = "".join(self._git("merge-base", "--all", *parents)).split()
                base = set().union(*(self._told(each) for each in bases))
                gone = self.ledger.replaced | redacted
                if wrong := {word for word in lost - (base - self._told(other)) if word[1] not in gone}:
                    raise BrokenRuleError("words lost", f"the merge {commit[:8]} drops {sorted(wrong)}")

    def _git(self, *arguments: str) -> list[str]:
        done = subprocess.run(
            ["git", *arguments], cwd=self.origin, env=quiet_git(), capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()

    def _files(self, commit: str) -> dict[str, str]:
        """Return path -> blob of the catalogs in a commit."""
        if commit not in self._trees:
            listed = (line.partition("\t") for line in self._git("ls-tree", "-r", commit, "locales"))
            self._trees[commit] = {
                path: fields.split()[2]
                for fields, _, path in listed
                if path.endswith(".po") and path.count("/") > 2 - 1
            }
            for path, blob in self._trees[commit].items():
                self._version(blob, f"{commit[:8]}:{path}")
        return self._trees[commit]

    def _version(self, blob: str, shown: str) -> Version:
        if blob not in self._blobs:
            try:
                text = self.objects.read(blob).decode("utf-8")
                catalog = parse(text, shown)
            except (TransflowError, UnicodeDecodeError) as error:
                raise BrokenRuleError("unreadable", f"{shown}: {error}") from None
            self._blobs[blob] = Version(catalog, frozenset(words_in(catalog)))
        return self._blobs[blob]

    def _words(self, commit: str) -> set[str]:
        return set().union(*(self._blobs[blob].words for blob in self._files(commit).values()))

    def _told(self, commit: str) -> set[tuple[str, str]]:
        """Return (kind of catalog, word) pairs: a story may drop words that a report keeps."""
        return {
            (path.split("/")[2], word) for path, blob in self._files(commit).items() for word in self._blobs[blob].words
        }

    def _redacted(self, commits: Iterable[str]) -> set[str]:
        """Return the words of units that an editor redacted: a merge keeps the redacted side."""
        ids = self.ledger.redacted_units
        blobs = {blob for commit in commits for blob in self._files(commit).values()} if ids else ()
        catalogs = [self._blobs[blob].catalog for blob in blobs]
        units = (unit for catalog in catalogs for unit in (*catalog.units, *catalog.obsolete))
        return {word for unit in units if unit.id in ids for word in words_of(texts_of(unit))}

    # Catalogs

    def _judge_catalog(self, catalog: Catalog, shown: str) -> None:
        ids = [unit.id for unit in (*catalog.units, *catalog.obsolete)]
        if len(ids) != len(set(ids)):
            raise BrokenRuleError("unreadable", f"{shown} has an id twice")
        anew = Catalog(catalog.header, catalog.units, catalog.obsolete, tail=catalog.tail)
        if parse(serialize(anew), shown) != catalog:
            raise BrokenRuleError("unreadable", f"{shown} does not read back as it was")
        for unit in catalog.units:
            self._judge_unit(unit, shown)

    def _judge_unit(self, unit: Unit, shown: str) -> None:
        changed = max([*(each.time for each in unit.by), unit.returned.time if unit.returned else ""])
        if unit.approved and unit.approved.time < changed:
            raise BrokenRuleError(
                "void approval", f"{shown}#{unit.id}: approved {unit.approved.time}, changed {changed}"
            )
        if unit.approved and workflow.is_approved(unit):
            given = Given(unit.id, unit.approved.who, unit.approved.time)
            if self.ledger.approved.get(given) != (unit.source, unit.target):
                raise BrokenRuleError("approval on another text", f"{shown}#{unit.id}: {given}")
        if unit.redacted:
            here = words_of(texts_of(unit))
            if back := [
                word for word, time in self.ledger.redacted.items() if word in here and time <= unit.redacted.time
            ]:
                raise BrokenRuleError("withheld text", f"{shown}#{unit.id}: {back} was redacted")
        for each in unit.conflicts:
            if sum(share.words for share in each.shares) != len(words(each.text)):
                raise BrokenRuleError("shares", f"{shown}#{unit.id}: {each.shares} of “{each.text}” in a conflict")
        if not unit.target or not is_attributed(unit):
            return
        shares = Counter[str]()
        for who, count in (*((each.who, each.words) for each in unit.by), *unit.translated):
            shares[self.ledger.known_as(who)] += count
        if sum(shares.values()) != len(words(unit.target)):
            raise BrokenRuleError("shares", f"{shown}#{unit.id}: {shares} of “{unit.target}”")
        written = {self.ledger.known_as(who): count for who, count in authors_of(unit.target).items()}
        is_one_persons = len(written) == 1 and sum(written.values()) == len(words(unit.target))
        credited = {who: count for who, count in shares.items() if count}
        if is_one_persons and credited != written and not self._is_regrouped(unit):
            raise BrokenRuleError("credit", f"{shown}#{unit.id}: {shares}, but {written} wrote “{unit.target}”")

    def _is_regrouped(self, unit: Unit) -> bool:
        return bool({unit.id, unit.split, *unit.joined, *(ref.unit for ref in unit.refs)} & self.ledger.regrouped)

    # The end of a period

    def judge_last(self, catalogs: Iterable[Catalog]) -> None:
        """Judge catalogs that everybody's work was merged into."""
        last = set().union(*(words_in(catalog) for catalog in catalogs))
        lost = {word for word in self.ledger.written - last - self.ledger.replaced if not self.ledger.is_redacted(word)}
        if lost:
            raise BrokenRuleError("words lost", f"nobody replaced {sorted(lost)}")

    def judge_withdrawn(
        self, has_commit: Callable[[str], bool], found: Iterable[tuple[str, str]], catalogs: Iterable[Catalog]
    ) -> None:
        """Judge a check of a clone: it has to name withdrawn approvals that are back.

        `has_commit` is true for a commit in the history of the clone, and `found` are pairs of
        check and unit.
        """
        named = {unit for check, unit in found if check == "record.void-approval"}
        for unit in (unit for catalog in catalogs for unit in catalog.units):
            if unit.approved and workflow.is_approved(unit) and unit.id not in named:
                given = Given(unit.id, unit.approved.who, unit.approved.time)
                commit = self.ledger.withdrawn.get(given)
                if commit and has_commit(commit):
                    raise BrokenRuleError("withdrawn approval", f"{given} is back, and no check says so")

    def judge_secrets(self, shown: str, text: str, *, is_page: bool = False) -> None:
        """Judge something that leaves the record. Confidential texts may be on pages."""
        for secret in sorted(self.ledger.embargoed if is_page else self.ledger.secrets):
            if secret in text:
                raise BrokenRuleError("withheld text", f"“{secret}” is in {shown}")

    def judge_page(self, shown: str, article: Catalog, line: str, names: dict[str, str]) -> None:
        """Judge the credit line of a page."""
        credited = {who for who, name in names.items() if name in line}
        printed = [unit for unit in article.units if not unit.cut and not unit.is_note]
        everybody = {who for unit in printed for who in authors_of(unit.target)}
        if wrong := credited - everybody:
            raise BrokenRuleError("credit", f"{shown} credits {sorted(wrong)}, who wrote nothing of it: {line}")


def secrets_of(catalog: Catalog) -> Iterator[str]:
    """Yield the words of a catalog that may be printed nowhere."""
    for unit in catalog.units:
        yield from words_of(texts_of(unit))
