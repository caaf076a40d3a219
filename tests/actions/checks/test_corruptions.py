"""Corruptions of a record, each by hand or by another program, and the finding that names it.

Those that only the history of git can show need `check --proof`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.newsrooms import git
from support.sample import copy_sample
from transflow import digests
from transflow.actions.checks.catalog_judge import Rules
from transflow.actions.checks.check import check
from transflow.actions.project.upgrade import upgrade
from transflow.findings.selection import Selection
from transflow.po.catalog import parse
from transflow.project import Project

NOW = "2022-03-26T09:00:00Z"
LETTER, GROUPS = "locales/en/reports/un-letter.po", "locales/en/reports/rights-groups.po"
STORY = "locales/en/articles/un-china-refugees.po"
ID, OTHER, LAST = "tz3jmbz0", "qrqqz0pa", "ba5dfgt0"
"""Units of LETTER."""
PARAGRAPH = "prn17020"
"""A paragraph of STORY."""

Edit = Callable[[str], str]


@dataclass(frozen=True)
class Corruption:
    name: str
    path: str
    edit: Edit
    finding: str
    """Id of the issue."""
    by_proof: bool = False
    """True if only `check --proof` can see it."""
    by: str = "leejin"
    """The person who commits it."""
    also: tuple[str, Edit] | None = None
    """Another file that is edited in the same commit."""


def sub(pattern: str, new: str) -> Edit:
    """Replace the first match of a pattern, which must occur."""

    def edit(text: str) -> str:
        changed, count = re.subn(pattern, new, text, count=1, flags=re.MULTILINE)
        assert count == 1, pattern
        return changed

    return edit


def entry(text: str, unit: str) -> tuple[int, int]:
    """Return the position of a unit's entry."""
    at = text.index(f'msgctxt "{unit}"')
    return text.rindex("\n\n", 0, at) + 2, text.find("\n\n", at) + 2


def in_unit(unit: str, pattern: str, new: str) -> Edit:
    def edit(text: str) -> str:
        start, end = entry(text, unit)
        return text[:start] + sub(pattern, new)(text[start:end]) + text[end:]

    return edit


def with_line(unit: str, line: str) -> Edit:
    """Add a note at the end of a unit's notes."""
    return in_unit(unit, r"^#\. ", f"{line}\n#. ")


def both(*edits: Edit) -> Edit:
    def edit(text: str) -> str:
        for each in edits:
            text = each(text)
        return text

    return edit


def without_entry(unit: str) -> Edit:
    def edit(text: str) -> str:
        start, end = entry(text, unit)
        return text[:start] + text[end:]

    return edit


def repeated(unit: str) -> Edit:
    def edit(text: str) -> str:
        start, end = entry(text, unit)
        return text[:end] + text[start:end] + text[end:]

    return edit


def swapped(one: str, two: str) -> Edit:
    """Exchange two entries that follow each other."""

    def edit(text: str) -> str:
        (start, middle), (also_middle, end) = entry(text, one), entry(text, two)
        assert middle == also_middle
        return text[:start] + text[middle:end] + text[start:middle] + text[end:]

    return edit


def approved(unit: str, who: str, time: str) -> Edit:
    """Give a unit an approval with the digest of its texts."""

    def edit(text: str) -> str:
        found = parse(text, LETTER).find(unit)
        assert found is not None
        line = f"# @approved {who} {time} {digests.approval(unit, found.source, found.target)}"
        return in_unit(unit, r"^# @approved .*", line)(text)

    return edit


def waived(text: str) -> str:
    found = parse(text, LETTER).find(ID)
    assert found is not None
    return with_line(
        ID, f'# @waived numbers.missing mina {NOW} {digests.approval(ID, found.source, found.target)} "said above"'
    )(text)


def cut_off(text: str) -> str:
    return text[: entry(text, LAST)[0]]


def conflicted(text: str) -> str:
    start, end = entry(text, ID)
    whole = text[start:end]
    return f"{text[:start]}<<<<<<< ours\n{whole}=======\n{whole.replace('asked', 'urged')}>>>>>>> theirs\n{text[end:]}"


NO_TEXT = both(in_unit(ID, r'^msgstr ".*"', 'msgstr ""'))
LATER = "2031-01-01T00:00:00Z"
# fmt: off
CORRUPTIONS = [
    # Texts
    Corruption("a target that was edited", LETTER, in_unit(ID, "has asked", "has urged"), "record.unattributed"),
    Corruption("a target that was deleted", LETTER, NO_TEXT, "record.lost-text"),
    Corruption("a source that was edited", LETTER, in_unit(ID, r'^msgid "유엔이', 'msgid "유엔은'), "record.out-of-step"),
    Corruption("another id", LETTER, in_unit(ID, f'msgctxt "{ID}"', 'msgctxt "tz3jmbz1"'), "record.void-approval"),
    Corruption("a sentence that was deleted", LETTER, without_entry(ID), "record.torn"),
    Corruption("a sentence twice", LETTER, repeated(ID), "record.doubled"),
    Corruption("sentences in another order", LETTER, swapped(ID, OTHER), "record.out-of-step"),
    Corruption(
        "a paragraph that was edited", STORY,
        in_unit(PARAGRAPH, "has asked China", "has told China"), "record.unattributed",
    ),
    Corruption("a paragraph that was deleted", STORY, without_entry(PARAGRAPH), "record.torn"),
    Corruption(
        "the fuzzy flag of a sentence sent back", LETTER,
        with_line(ID, "# @returned mina 2022-03-25T13:00:00Z Closer."), "record.unconfirmed",
    ),
    Corruption("a machine's draft without its flag", LETTER, in_unit(ID, "@by claire", "@by mt:deepl/v2"), "record.unconfirmed"),
    # Authors
    Corruption(
        "the author is another person", LETTER,
        in_unit(ID, "@by claire", "@by leejin"), "record.other-author", by_proof=True, by="eugene",
    ),
    Corruption("an author with 999 words", LETTER, in_unit(ID, r"^(# @by claire \S+) \d+", r"\1 999"), "record.shares"),
    Corruption("a text without an author", LETTER, in_unit(ID, r"^# @by .*\n", ""), "record.no-author"),
    Corruption("an author whom nobody knows", LETTER, in_unit(ID, "@by claire", "@by nobody"), "record.unknown-person"),
    Corruption("a text of the future", LETTER, in_unit(ID, r"^(# @by claire) \S+", rf"\1 {LATER}"), "record.future"),
    Corruption("no digest of the text", LETTER, in_unit(ID, r"^# @text .*\n", ""), "record.unattributed"),
    Corruption(
        "another digest of the text", LETTER,
        in_unit(ID, r"^# @text .*", "# @text 0123456789abcdef"), "record.unattributed",
    ),
    Corruption(
        "an author's note that cannot be read", LETTER,
        in_unit(ID, r"^# @by .*", "# @by claire"), "record.unreadable-note",
    ),
    Corruption(
        "a translator with 99 words", STORY,
        in_unit(PARAGRAPH, "@translated claire 12", "@translated claire 99"), "record.shares",
    ),
    # Approvals and waivers
    Corruption(
        "an approval in another's name", LETTER,
        approved(ID, "mina", "2022-03-25T12:30:00Z"), "record.unproved", by_proof=True,
    ),
    Corruption("an approval by a translator", LETTER, approved(ID, "leejin", "2022-03-25T12:30:00Z"), "record.approver"),
    Corruption("an approval by the author", LETTER, both(in_unit(ID, "@by claire", "@by mina")), "record.four-eyes"),
    Corruption(
        "an approval of another text", LETTER,
        in_unit(ID, r"^(# @approved \S+ \S+) \S+", r"\1 0123456789abcdef"), "record.void-approval",
    ),
    Corruption("an approval of the future", LETTER, approved(ID, "mina", LATER), "record.future"),
    Corruption("an approval older than its text", LETTER, approved(ID, "mina", "2022-03-25T06:00:00Z"), "record.void-approval"),
    Corruption("a waiver in another's name", LETTER, waived, "record.unproved", by_proof=True),
    Corruption("a second text", LETTER, with_line(ID, '# @conflict leejin 2022-03-25T08:00:00Z "Another."'), "record.conflict"),
    Corruption(
        "an answer older than its question", LETTER,
        both(
            with_line(ID, '# @question mina 2022-03-25T13:00:00Z "Which?"'),
            with_line(ID, '# @answer claire 2022-03-25T12:59:00Z re=mina@2022-03-25T13:00:00Z "This."'),
        ),
        "record.time-order",
    ),
    # Headers
    Corruption("Language of another folder", LETTER, sub("Language: en", "Language: vi"), "record.header"),
    Corruption("a wrong X-Report", LETTER, sub("X-Report: un-letter", "X-Report: rights-groups"), "record.header"),
    Corruption("no X-Report", LETTER, sub(r'^"X-Report: .*\n', ""), "record.header"),
    Corruption("X-Article in a report", LETTER, sub(r'^("X-Report: )', '"X-Article: story\\\\\\\\n"\n\\1'), "record.header"),
    Corruption("a wrong X-Article", STORY, sub("X-Article: un-china-refugees", "X-Article: another"), "record.header"),
    Corruption("another digest of the report", LETTER, sub("X-Report-Digest: b", "X-Report-Digest: c"), "record.behind"),
    Corruption("a newer format", LETTER, sub("X-Transflow-Format: 2", "X-Transflow-Format: 3"), "record.unreadable"),
    Corruption("no format", LETTER, sub(r'^"X-Transflow-Format: .*\n', ""), "record.unreadable"),
    Corruption("no number of units", LETTER, sub(r'^"X-Units: .*\n', ""), "record.torn"),
    Corruption("another character set", LETTER, sub("charset=UTF-8", "charset=EUC-KR"), "record.unreadable"),
    # Stories
    Corruption("X-Withheld added", STORY, sub(r'^("X-Ready: )', '"X-Withheld: claire\\\\\\\\n"\n\\1'), "record.unproved", by_proof=True),
    Corruption("X-Ready removed", STORY, sub(r'^"X-Ready: .*\n', ""), "record.taken-back", by_proof=True),
    Corruption("X-Cleared removed", STORY, sub(r'^"X-Cleared: .*\n', ""), "record.taken-back", by_proof=True),
    Corruption(
        "a clearance of another text", STORY,
        sub(r"(X-Cleared: \S+ \S+) \w+", r"\1 0123456789abcdef"), "record.void-clearance",
    ),
    Corruption("a clearance by a writer", STORY, sub("X-Cleared: mina", "X-Cleared: eugene"), "record.approver"),
    Corruption(
        "readiness in another's name", STORY,
        sub("(X-Ready: eugene) [^\\\\]*", r"\1 2022-03-25T14:59:00Z"), "record.unproved", by_proof=True,
    ),
    Corruption(
        "a sentence that does not exist", STORY,
        in_unit(PARAGRAPH, f"un-letter#{ID}", "un-letter#zzzzzzz0"), "record.dangling",
    ),
    Corruption(
        "a publication that cannot be read", STORY,
        sub(r'^("X-Ready: )', '"X-Published: yesterday\\\\\\\\n"\n\\1'), "record.unreadable-field",
    ),
    # Files
    Corruption("conflict markers", LETTER, conflicted, "record.conflict-markers"),
    Corruption("a catalog that was cut off", LETTER, cut_off, "record.torn"),
    Corruption("a control character", LETTER, in_unit(ID, "The U.N. has", "The U.N.\x1b has"), "record.control"),
    Corruption("a catalog that was deleted", LETTER, lambda _: "", "record.gone"),
    Corruption("a report that was deleted", "sources/un-letter.md", lambda _: "", "record.no-report"),
    Corruption("a report that was edited", "sources/un-letter.md", lambda text: text + "\n하나 더 있다.\n", "record.behind"),
    Corruption(
        "conflict markers in a report", "sources/un-letter.md",
        lambda text: text + "<<<<<<< ours\n", "record.conflict-markers",
    ),
    # Settings
    Corruption(
        "a role added", "transflow.toml",
        sub(r'(id = "leejin"\nname = .*\nroles = \["translator")', r'\1, "editor"'), "record.unproved", by_proof=True,
        also=(LETTER, approved(ID, "leejin", "2022-03-25T12:30:00Z")),
    ),
]
# fmt: on


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample newsroom in git, in the present format, with an approval of a later day."""
    root = copy_sample(tmp_path_factory.mktemp("corrupted") / "sample")
    list(upgrade(Project(root)))
    git(root, "init", "-q", "-b", "main")
    commit(root, "mina")
    return root


def commit(root: Path, who: str) -> str:
    git(root, "add", "-A")
    identity = ("-c", f"user.name={who}", "-c", f"user.email={who}@example.org")
    git(root, *identity, "commit", "-q", "-m", "work")
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def sample(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "sample")


def findings(root: Path, since: str = "") -> set[str]:
    """Return the ids of the issues; with `since`, those of a proof from that commit too."""
    rules = Rules(
        "approved", 0, 1_000, Selection(frozenset({"gate"})), proof="author" if since else "off", proof_since=since
    )
    return {issue.check for issue in check(Project(root), NOW, rules, everything=True).issues}


def test_the_record_of_the_sample_has_no_finding(sample: Path) -> None:
    assert findings(sample, git(sample, "rev-parse", "HEAD").strip()) == set()


def test_there_are_55_and_no_two_are_the_same() -> None:
    assert len({each.name for each in CORRUPTIONS}) == len(CORRUPTIONS) == 55


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=[each.name for each in CORRUPTIONS])
def test_a_corruption_is_found(sample: Path, corruption: Corruption) -> None:
    since = git(sample, "rev-parse", "HEAD").strip()
    edits = [(corruption.path, corruption.edit), *filter(None, [corruption.also])]
    for name, edit in edits:
        path = sample / name
        text = edit(path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8") if text else path.unlink()
    if corruption.by_proof:
        assert corruption.finding not in findings(sample)
        commit(sample, corruption.by)
        assert corruption.finding in findings(sample, since)
    else:
        assert corruption.finding in findings(sample)
