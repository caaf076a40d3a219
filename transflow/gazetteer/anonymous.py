"""Names that a translation gives to people whom the Korean leaves unnamed; mistyped acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transflow.gazetteer.compare import NameDifference
from transflow.similarity import edit_distance

_UNNAMED = re.compile(
    r"(?<![가-힣])(?:(?:[가-힣]+ )?(?:당국자|관계자|소식통|취재원|목격자|전문가|주민|시민|탈북민|탈북자|직원|간부|병사|군인|상인"
    r"|노동자|의사|학생|여성|남성|청년|노인|외교관|공무원|변호인|수감자|생존자|피해자|유가족|활동가|관리|교민|당원|지도원"
    r"|기업인|사업가|어민|농민|선원|선장|운전사|기술자|친척|이웃|관료|여행객|관광객|환자|교사|기관원|무역업자|밀수꾼))(?:은|는|이|가|도)(?![가-힣])"
)
"""Pattern for somebody without a name, as topic or subject."""
_MAY_BE_NAMED = re.compile("그는|그가|그녀|이들|씨|대통령|총리|장관|위원장|대표|의원|교수|박사|[가-힣]모 |[A-Z]")
_ACRONYM = re.compile(r"[A-Z](?<![\w-].)[A-Z]{2,5}(?![\w-])")


def unnamed(source: str) -> tuple[str, tuple[int, int]] | None:
    """Return the words for somebody without a name, if nobody else can be meant by a name."""
    match = _UNNAMED.search(source)
    return None if match is None or may_be_named(source) else (match[0][:-1], (match.start(), match.end() - 1))


def may_be_named(source: str) -> bool:
    """True if a Korean text speaks of somebody whom the English may call by his name."""
    return _MAY_BE_NAMED.search(source) is not None


def acronyms(source: str, target: str) -> Iterator[NameDifference]:
    """Yield the acronyms of a Korean text that have one wrong letter in the English."""
    sources = {match[0]: match.span() for match in _ACRONYM.finditer(source) if match[0] not in target}
    targets = {match[0]: match.span() for match in _ACRONYM.finditer(target)} if sources else {}
    for acronym, span in sources.items():
        for other, target_span in targets.items():
            if other not in source and len(other) == len(acronym) and edit_distance(acronym, other) == 1:
                yield NameDifference("organisation", acronym, span, other, target_span)
