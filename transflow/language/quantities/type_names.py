"""Type designations, written with the same letters in both languages: KN-25 for KN-23, 4G for 5G.

Invariant: types are compared if a single one with its letters is left over on each side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transflow.language.quantities.quantity import Quantity

_TYPE = re.compile(r"(?<![A-Za-z0-9-])([A-Z]{1,5})-?([0-9]{1,4})(?![0-9%.,]*[0-9%])")


_GENERATION = re.compile(r"(?<![A-Za-z0-9.,-])([2-6])G(?![A-Za-z0-9])")
"""Pattern for generations of mobile networks: 5G."""


def wrong_types(
    source: str, target: str, source_figures: Sequence[Quantity], target_figures: Sequence[Quantity]
) -> list[tuple[Quantity, Quantity]]:
    """Return differences in type designations, written with the same letters in both languages.

    KN-25 for KN-23.
    """
    if not _TYPE.search(source) and not ("G" in source and _GENERATION.search(source)):
        return []
    source_types, target_types = (
        _types(text, figures) for text, figures in ((source, source_figures), (target, target_figures))
    )
    only_source, only_target = source_types.keys() - target_types.keys(), target_types.keys() - source_types.keys()
    return [
        (source_types[source_type], target_types[target_type])
        for source_type in sorted(only_source)
        for target_type in sorted(only_target)
        if source_type[0] == target_type[0]
        and sum(each[0] == source_type[0] for each in (*only_source, *only_target)) == 2
    ]


def _types(text: str, figures: Sequence[Quantity]) -> dict[tuple[str, str], Quantity]:
    """Return letters and number -> the number as a figure, where it is part of a name."""
    name_parts = {each.start: each for each in figures if not each.is_missed}
    in_names = (each for each in _TYPE.finditer(text) if each.start(2) in name_parts)
    types = {(each[1], each[2]): name_parts[each.start(2)]._replace(start=each.start()) for each in in_names}
    generations = (each for each in _GENERATION.finditer(text) if each.start(1) in name_parts)
    return types | {("G", each[1]): name_parts[each.start(1)]._replace(end=each.end()) for each in generations}
