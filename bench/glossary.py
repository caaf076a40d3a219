"""Search of texts for glossary terms, against splitting the same text into words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from bench import Figure, cpu_in, in_turns
from bench.memory_texts import BODIES, PEOPLE, PLACES, sentences
from transflow.glossary import Term
from transflow.glossary.matching import Matcher
from transflow.glossary.nouns import nouns

WORD = re.compile(r"\w+")


def measure() -> Iterator[Figure]:
    texts = sentences(6_000)

    def cut() -> None:
        for text in texts:
            WORD.findall(text)

    few = dict.fromkeys([*BODIES, *PEOPLE, *PLACES])
    for terms in (list(few), [*few, *sorted(nouns() - few.keys())[:2_000]]):
        matcher = Matcher(Term(source, kind="place") for source in terms)

        def work(matcher: Matcher = matcher) -> None:
            for text in texts:
                matcher.find(text)

        least, floor = in_turns(3, partial(cpu_in, work), partial(cpu_in, cut))
        note = f"{sum(map(len, texts)) / least / 1e6:.1f} million characters per second"
        yield Figure(f"glossary: {len(terms):,} terms / cutting into words", least / floor, 15, note=note)
