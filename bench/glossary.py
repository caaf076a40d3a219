"""The glossary: characters a second that are searched for terms, with few terms and with thousands."""

from __future__ import annotations

from collections.abc import Iterator

from bench import Figure, cpu_in, in_turns
from bench.memory_texts import BODIES, PEOPLE, PLACES, sentences
from transflow.glossary import Term
from transflow.glossary.matching import Matcher
from transflow.glossary.nouns import nouns


def measure() -> Iterator[Figure]:
    texts = sentences(6_000)
    few = dict.fromkeys([*BODIES, *PEOPLE, *PLACES])
    for terms in (list(few), [*few, *sorted(nouns() - few.keys())[:2_000]]):
        matcher = Matcher(Term(source, kind="place") for source in terms)

        def work(matcher: Matcher = matcher) -> None:
            for text in texts:
                matcher.find(text)

        (least,) = in_turns(3, lambda work=work: cpu_in(work))  # type: ignore[misc] # each its own
        speed = sum(map(len, texts)) / least / 1e6
        yield Figure(f"glossary: millions of characters a second, {len(terms):,} terms", speed, 1, True)
