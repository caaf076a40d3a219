"""A judge for trying things out, which asks nobody: it finds what chance says, always the same.

`rate` is the share of translations in which it finds something (default: 0.5), `seed` another
chance. The kind is that of `kind`, or one of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from transflow.judges import KINDS, SEVERITIES, JudgeFinding, JudgeItem, JudgeSetup
from transflow.judges.asking.answers import number

OPTIONS = {"rate": "share with a finding", "seed": "another chance", "kind": "the kind of all findings"}
NUMBERS = {"rate": (0.0, 1.0)}
_SPACE = 2**32


def judge(items: Sequence[JudgeItem], setup: JudgeSetup) -> Sequence[JudgeFinding]:
    found = []
    for item in items:
        words = item.target.split()
        digest = sha256("\0".join((setup.options.get("seed", ""), item.source, item.target)).encode()).digest()
        chance = int.from_bytes(digest[:4], "big") / _SPACE
        if not words or chance >= number(setup.options, "rate", 0.5):
            continue
        word = words[digest[4] % len(words)]
        start = item.target.index(word)
        kind = next((each for each in KINDS if each == setup.options.get("kind")), KINDS[digest[5] % len(KINDS)])
        severity, confidence = SEVERITIES[digest[6] % len(SEVERITIES)], digest[7] / 255
        found.append(JudgeFinding(item.id, (start, start + len(word)), severity, kind, confidence, "by chance"))
    return found
