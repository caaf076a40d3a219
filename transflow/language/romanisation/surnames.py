"""Korean family names and the spellings that their bearers use.

Invariant: a spelling is listed under every family name that uses it. The list was collected by
hand; a name that is not in it is judged by its syllables.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

_TABLE = """
김 kim gim keem ghim kym|이 lee yi rhee ri li rhie ree leigh yee i|리 ri lee li rhee
박 park pak bak bark pack pac bahk|최 choi choe chey choy che choie chwe choh
정 chung jung jeong chong jong cheong joung jeoung chang jeung|강 kang gang|조 cho jo joe chough
윤 yoon yun youn yune|장 chang jang|임 lim im rim yim leem rhim|림 rim lim im|한 han hahn|오 oh o
서 suh seo so sur su|신 shin sin synn|권 kwon gwon kweon|황 hwang whang|안 an ahn|송 song
전 jeon chun jun chon jon cheon cheun|홍 hong|유 yoo yu ryu you ryoo lyu rhyu yuh
류 ryu yoo yu ryoo lyu you rhyu|고 ko koh go goh|문 moon mun|양 yang ryang lyang|량 ryang yang|손 son sohn
배 bae pae bay bai|백 baek paik paek back baik paeck|허 huh hur heo ho her|남 nam|심 shim sim
노 roh noh no ro rho|로 ro roh no noh|하 ha hah|곽 kwak gwak|성 sung seong song|차 cha|주 joo ju chu choo
우 woo wu u uh|구 koo ku gu goo|민 min|나 na ra nah la|라 ra na|진 jin chin|지 ji chi jee
엄 um eom uhm ohm om|채 chae chai|원 won weon|천 chun cheon chon|방 bang pang|공 kong gong
현 hyun hyon hyeon|함 ham hahm|변 byun byeon pyon pyun byon|염 yum yeom ryom yom|렴 ryom yeom
여 yeo yo ryo yuh lyuh|려 ryo yeo|추 choo chu chou|도 do to doh|소 so soh|석 suk seok sok|선 sun seon son
설 sul seol sol|마 ma mah|길 gil kil|연 yeon yon yun youn|위 wi we wee|표 pyo|명 myung myong myeong
기 ki gi kee|반 ban pan|왕 wang|금 keum kum geum|옥 ok|육 yook yuk|인 in|맹 maeng|제 je jae|모 mo moh|탁 tak
국 kook guk kuk|은 eun|편 pyun pyeon|용 yong|예 ye|경 kyung kyeong|봉 bong|사 sa|부 boo bu|태 tae thae|피 pi
호 ho|계 kye gye|황보 hwangbo|남궁 namgung namkoong namgoong|제갈 jegal|선우 sunwoo sunu seonwoo|독고 dokgo
사공 sagong|서문 seomun|자 ja cha|어 eo uh eoh|범 bum beom|온 on|빈 bin been|좌 jwa|팽 paeng|승 seung|시 si shi|단 dan
두 du doo|감 kam gam|갈 gal kal|간 kan gan|형 hyung hyeong|화 hwa|목 mok|랑 rang|룡 ryong|초 cho|탄 tan|판 pan|동방 dongbang
"""


@cache
def spellings() -> dict[str, frozenset[str]]:
    """Return family name -> its spellings, in lower case."""
    rows = [row.split() for line in _TABLE.strip().splitlines() for row in line.split("|")]
    return {name: frozenset(latin) for name, *latin in rows}


@cache
def by_spelling() -> dict[str, tuple[str, ...]]:
    """Return spelling -> the family names that use it."""
    names_by_spelling: defaultdict[str, list[str]] = defaultdict(list)
    for name, latin in spellings().items():
        for each in latin:
            names_by_spelling[each].append(name)
    return {each: tuple(names) for each, names in names_by_spelling.items()}


def parts(name: str) -> list[tuple[str, str]]:
    """Split a Korean name into family name and given name, in every possible way."""
    known = spellings()
    return [(name[:length], name[length:]) for length in (2, 1) if len(name) > length and name[:length] in known]
