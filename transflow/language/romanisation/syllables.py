"""Costs of spelling Korean syllables in given Latin letters.

Invariant: the cost is 0 for the Revised Romanisation (2000), McCune–Reischauer without diacritics,
the North's system and everyday spellings; rarer spellings cost more. A spelling that no habit
explains has no cost. The costs were set by hand on public names.
"""

from __future__ import annotations

from functools import cache

_FIRST_SYLLABLE, _VOWELS, _FINALS = 0xAC00, 21, 28
_INITIALS = (
    "g k c.6 kh.6 q.6|kk g.3 k.3 gg.5|n r.5 l.6|d t th.8 dh.5|tt dd.5 d.3 t.3|r l n.6 rh.6|m|b p v.8 bh.5|pp b.3 p.3"
    "|s sh.2 ss.6|ss s.1 sh.5||j ch z.8 c.8 jh.5|jj j.2 tch.4 ch.4|ch c.8 tch.6|k kh.2|t th.2|p ph.2 f.8|h"
)
_MEDIALS = (
    "a ah.2 ar.9 aa.6|ae ai.3 ay.4 e.3 a.6 eh.6 ea.6|ya yah.3|yae ye.3|eo o u oe.6 eu.6 uh.3 ou.6 or.9 ur.9 ea.6 au.9 "
    "e.9 eou.8|e ae.3 eh.3 ey.5 ei.5 ay.6 ye.7|yeo yo yu you.2 yuh.3 ye.5 yeu.6 yea.6 youe.8 yueo.8 you.3 yau.8 oe.9 eu.7 "
    "ou.6 eo.75 yeou.5 yuo.7|ye yae.3 ie.6 e.5 ae.5 ay.6 ey.6 yea.5 yay.5 ea.6 yeh.4|o oh.2 ou.5 au.8|wa oa.4 ua.5 "
    "wha.3|wae oae.5 wai.5 we.5|oe oi we.3 oy.4 ui.6 wae.5|yo yoh.4 you.5 io.6 yue.8|u oo woo.2 ou.4 wu.4 oou.8 whu.6 "
    "ue.5 uh.5 ew.6|wo weo o.6 wu.5 u.85 wou.5 oo.8 woe.6|we ue.5|wi ui ui.3 ee.7 uee.5 we.6 wee.4|yu yoo you.2 yo.5 u.4 ew.6 "
    "eu.6 iu.6 yoou.9 yew.5|eu u.1 oo.5 eo.75 e.6 ue.4 o.6 i.7 ou.7|ui eui.1 hui.9 ee.2 i.2 ei.4 ie.5 eui.2 y.7 ey.7 yi.4 "
    "wee.6 euy.4|i ee.1 yi.3 ie.4 ih.4 y.5 ea.5 e.6 ih.4 yee.5"
)
_ENDS = (
    "h.8|k g.1 c.5 ck.2 gh.8 q.8 ch.9|k g.3|k|n nn.3 ne.6|n|n|t d.2|l r.2 ll.3 hl.2 rl.5|k lk.2|m lm.2|l p.3|l|l|p "
    "lp.3|l|m mm.6|p b.2 pp.5|p|t s.5|t|ng|t|t|k|t|p|h.2 t.6"
)
_AFTER_LIQUIDS = frozenset((2, 3, 6, 7, 12, 17, 20))
"""Vowels with i or y, before which the South drops ㄴ and ㄹ."""
_Costs = tuple[tuple[str, float], ...]


def _table(text: str, empty: bool = False) -> tuple[_Costs, ...]:
    rows = []
    for row in text.split("|"):
        costs: dict[str, float] = {"": 0.0} if empty and not row else {}
        for part in row.split():
            letters, dot, cost = part.partition(".")
            costs[letters] = min(costs.get(letters, 9), float(f"0.{cost}") if dot else 0.0)
        rows.append(tuple(costs.items()))
    return tuple(rows)


INITIALS = _table(_INITIALS, empty=True)
MEDIALS = _table(_MEDIALS)
ENDS: tuple[_Costs, ...] = tuple(
    (*costs, ("", 0.0)) if number == 0 else costs for number, costs in enumerate(_table(_ENDS))
)


@cache
def spellings(syllable: str) -> dict[str, float]:
    """Return every known spelling of one Hangul syllable -> its cost."""
    initial, rest = divmod(ord(syllable) - _FIRST_SYLLABLE, _VOWELS * _FINALS)
    medial, end = divmod(rest, _FINALS)
    starts: tuple[tuple[str, float], ...] = INITIALS[initial]
    if medial in _AFTER_LIQUIDS and initial in (2, 5):  # 녀, 리: ㄴ and ㄹ before i and y are silent in the South
        starts = (*starts, ("", 0.2))
    if medial in _AFTER_LIQUIDS and initial == 11:  # 용: 룡 in the North, where Ryong is written
        starts = (*starts, ("r", 0.4), ("l", 0.6))
    costs: dict[str, float] = {}
    for initial_letters, initial_cost in starts:
        for vowel, vowel_cost in _vowels(medial, initial_letters, initial):
            for final_letters, final_cost in ENDS[end]:
                letters, price = initial_letters + vowel + final_letters, initial_cost + vowel_cost + final_cost
                costs[letters] = min(costs.get(letters, 9.0), price)
                if letters.startswith("hw"):  # 화, 훈: Kyung-wha, Myung-whun
                    costs["wh" + letters[2:]] = price + 0.3
    return costs


def _vowels(medial: int, first: str, initial: int) -> tuple[tuple[str, float], ...]:
    vowels = MEDIALS[medial]
    if initial == 18 and first == "h" and medial == 16:  # 흠: Hm
        vowels = (*vowels, ("", 0.5))
    return vowels


def is_hangul(text: str) -> bool:
    return bool(text) and all("가" <= letter <= "힣" for letter in text)


def cost(korean: str, latin: str) -> float | None:
    """Return the cost of spelling `korean` (Hangul syllables) as `latin` (lower-case letters only).

    None if it is not a possible spelling.
    """
    if not is_hangul(korean):
        return None
    costs = {0: 0.0}
    for syllable in korean:
        reached: dict[int, float] = {}
        for letters, price in spellings(syllable).items():
            for offset, cost_so_far in costs.items():
                if latin.startswith(letters, offset):
                    end = offset + len(letters)
                    if cost_so_far + price < reached.get(end, 9.0):
                        reached[end] = cost_so_far + price
        if not reached:
            return None
        costs = reached
    return costs.get(len(latin))


@cache
def _any_syllable() -> frozenset[str]:
    """Return every common spelling of any syllable."""
    common_spellings = set()
    for starts in INITIALS:
        for vowels in MEDIALS:
            for ends in ENDS:
                for first, initial_cost in starts:
                    for vowel, vowel_cost in vowels:
                        common_spellings |= {
                            first + vowel + final
                            for final, final_cost in ends
                            if initial_cost + vowel_cost + final_cost <= 0.5
                        }
    return frozenset(common_spellings)


def could_be(latin: str, syllables: int) -> bool:
    """True if some Korean word of this many syllables is spelled like this."""
    known, offsets = _any_syllable(), {0}
    for _ in range(syllables):
        offsets = {end for offset in offsets for end in range(offset + 1, offset + 8) if latin[offset:end] in known}
    return len(latin) in offsets
