"""Recorded merges: a digest for each of some hundred seeded merges of catalogs and of glossaries.

After a change of the merge that is meant, `PYTHONPATH=.:tests python -m support.recorded` writes
the files anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from random import Random
from typing import NamedTuple

from support.edits import played, script, starting
from support.paths import GOLDEN
from transflow.merge import merge
from transflow.merge.glossary import merge_glossary
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.po.catalog import serialize
from transflow.po.header import with_counts

CATALOGS = GOLDEN / "merge" / "catalogs.txt"
GLOSSARIES = GOLDEN / "merge" / "glossaries.txt"

RARE = (2826,)
"""Seeds of catalogs in which ids that only one side has are joined on the other."""
_HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"X-Transflow-Format: 2\\n"\n'


class Case(NamedTuple):
    base: Catalog | None
    ours: Catalog
    theirs: Catalog


def random_case(seed: int) -> Case:
    """Return a catalog and two versions of it, changed at random."""
    random = Random(seed)
    base = played(starting(random.randint(3, 7), random.random() < 0.4), script(random, 5) if seed % 3 else [], "c")
    ours, theirs = (played(base, script(random), side) for side in ("a", "b"))
    return Case(None if seed % 25 == 0 else base, ours, theirs)


def merged_catalogs(seeds: Iterable[int]) -> Iterator[str]:
    for seed in seeds:
        merged, issues = merge(*random_case(seed))
        plain = Catalog(merged.header, merged.units, merged.obsolete, tail=merged.tail)
        yield _line(seed, serialize(with_counts(plain)), issues)


def random_glossary(random: Random, before: dict[str, list[str]] | None) -> dict[str, list[str]]:
    """Return term -> lines of its entry: made anew, or changed from a former version."""
    found = {term: [*lines] for term, lines in (before or {}).items()}
    for _ in range(random.randint(2, 6)):
        term = random.choice(["강변", "다리", "시장", "유엔", "항구"])
        change = random.choice(["spell", "spell", "comment", "flag", "delete", "place"])
        lines = found.setdefault(term, ["", "", "", f'msgid "{term}"', 'msgstr ""'])
        if change == "spell":
            lines[4] = f'msgstr "{random.choice(["Riverside", "Gangbyeon", "the bridge", ""])}"'
        elif change == "comment":
            lines[0] = f"# {random.choice(['a name', 'see the style book', ''])}".rstrip(" #")
        elif change == "flag":
            lines[2] = random.choice(["#, fuzzy", "#, c-format", ""])
        elif change == "place":
            lines[1] = random.choice(["#. person", "#. place", ""])
        else:
            del found[term]
    return found


def glossary_text(random: Random, entries: dict[str, list[str]]) -> str:
    editor = random.choice(["", '"X-Editor: mina\\n"\n', '"X-Editor: noah\\n"\n'])
    return "\n".join([_HEAD + editor, *("".join(f"{line}\n" for line in lines if line) for lines in entries.values())])


def merged_glossaries(seeds: Iterable[int]) -> Iterator[str]:
    for seed in seeds:
        random = Random(seed)
        base = random_glossary(random, None)
        texts = [glossary_text(random, each) for each in (base, *(random_glossary(random, base) for _ in range(2)))]
        text, issues = merge_glossary(texts[0] if seed % 10 else None, texts[1], texts[2], "glossary.po")
        yield _line(seed, text, issues)


def _line(seed: int, text: str, issues: Iterable[Issue]) -> str:
    told = "".join(f"{issue.check} {issue.severity} {issue.message}\n" for issue in issues)
    return f"{seed} {sha256((text + told).encode()).hexdigest()[:12]}\n"


if __name__ == "__main__":
    CATALOGS.write_text("".join(merged_catalogs((*range(1000), *RARE))), encoding="ascii")
    GLOSSARIES.write_text("".join(merged_glossaries(range(200))), encoding="ascii")
