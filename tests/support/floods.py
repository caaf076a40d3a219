"""Two reports as people paste them, and their translations, in which no check finds an issue."""

from __future__ import annotations

REPORT = """\
강변시, 홍수로 173명 대피
홍수로 강변시 주민 173명이 3일 밤 대피했다. 다친 사람은 없다.
시는 6일 복구를 시작했다. 공사는 두 달 걸린다.
"""
"""A headline, and four sentences."""
TEXTS = (
    "173 residents flee floods in Riverside",
    "Floods drove 173 residents of Riverside from their homes on the night of the 3rd.",
    "Nobody was hurt.",
    "The city began repairs on the 6th.",
    "They take two months.",
)
WRONG = TEXTS[1].replace("173", "172")
"""The second text, with a wrong figure."""
BUDGET = """\
강변시, 복구에 120억 원
강변시 의회는 7일 복구 예산 120억 원을 의결했다.
"""
"""Another report: a headline and a sentence."""
BUDGET_TEXTS = (
    "Riverside sets aside 12 billion won for repairs",
    "Riverside’s council approved 12 billion won for repairs on the 7th.",
)
LEAD = "Riverside, where floods drove 173 residents from their homes, will spend 12 billion won on repairs."
"""A paragraph from a sentence of each report."""
