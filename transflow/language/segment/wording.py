"""Korean words and signs that decide whether a sentence continues.

Invariant: every pattern is bounded (it looks at no more than about a hundred characters), so that a
decision costs the same wherever it is taken. Patterns are for `match` at a position; only
`ENUMERATION_END` is searched for, and its caller remembers the result.
"""

from __future__ import annotations

import re

STOPS = ".!?…‥。．！？"
ENDINGS = "다요까죠"
"""Last syllables of a finished sentence, whose full stop may be missing before a closing quotation
mark.
"""

_LETTERS = "가나다라마바사아자차카타파하"
SECTION_BULLETS = "■□◆◇●○◎※☞"
ITEM_BULLETS = "▲△▶▷▼▽•‣▪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_END = r"(?=[\s.,!?…:;)\]”’\"'」』》〉·]|$)"

ATTACHED = re.compile(
    rf"""(?:
      이?라(?=[고는며면던기니도서지든네거]|{_END}) | 이란{_END} | 란{_END} | 하(?=[고며면는던자더기니였])
    | 고(?!객|위|등|향|발|려|민|용|속|인|작|통|령|교|가도|액) | 며(?!느리|칠) | 면서 | 는 | 던(?!지|졌) | 냐[고는며]
    | 이?다(?:{_END}|[고며는])
    | (?:은|을|를|의|에|에서|에게|에선|에도|에는|에서는|에의|과|와|과는|와는|로|으로|로서|으로서|로는|으로는|로의|으로의
       |도|만|까지|까지도|부터|부터가|보다|보다는|처럼|처럼은|이|가|나|이나|이라|이라도|이며|이고|이자|이지만|조차|마저|밖에|대로
       |이다|이었다|이였다|였다|입니다|임|인|일|인가|뿐|뿐만|등|등의|등을|등이|등은|등에|식|식의|식으로|조|조의|류의|급
       |같은|정도|정도로|이래|운운|께서|측|씨){_END}
    | 뿐(?:이|만|인) | 이(?:었|였|어서|므로|니까|지만|기에) | 였(?:다|던|고|으|지) | 입니 | 인데
    )""",
    re.X,
)
"""Text after a closing mark, without a space, that still belongs to its sentence: 고, 라고, 며, 는,
은, 에서…
"""

_PERSON_TITLE = r"\s(?:전|前|씨|선생|여사|대통령|회장|총리|의원|장군|추기경|교수|목사|신부|스님|박사|감독|기자|열사|하사|병장|일병|상병)"

SPACED = re.compile(
    rf"""(?:
      이?라(?:고|는|며|면서|던|기에|니|면|서|도|든|지만)(?:[가-힣]{{0,2}}){_END} | 라{_END}
    | 고(?:까지|도|만|는)?(?=\s)(?!\s[가-힣]{{2,4}}{_PERSON_TITLE}) | 며{_END} | 면서(?:도)?{_END} | 는{_END}
    | 하(?:고|며|면서|는|자|던|더니|기에|였다|고는){_END} | (?:했|한|하였)다{_END} | 했(?:고|으며|지만|던){_END}
    | (?:등|등등|운운|따위)(?:의|을|이|은|에|과|도|으로|이다|이라고|이라며)?{_END}
    | 식(?:의|으로|이|이다){_END} | 같은{_END} | 이?냐[고는며]{_END}
    )""",
    re.X,
)
"""The same after a space, limited to text that cannot begin a sentence.

이란 is also a country, and 고 may be “the late”.
"""

_VERB_OF_SAYING = (
    r"(?:말했|말한|말하였|말합니|말하더|말씀했|말씀하|물었|물어봤|물어보았|되물|답했|답한|답하였|대답|반문|덧붙|외쳤|외친|외쳐|소리쳤|소리친|소리질|"
    r"속삭|중얼|고백했|경고했|강조했|설명했|주장했|전했|밝혔|토로했|호소했|생각했|다짐했|회상했|털어놨|털어놓|당부했|인사했|명령했|지시했|증언했|"
    r"탄식했|울먹였|웃었다며|고함쳤|묻는|물은|물으|소리를 질렀|울부짖었|부르짖었|절규했|되뇌었|되뇄|더듬거렸|투덜거렸|읊조렸|캐물었|따졌|"
    r"타일렀|꾸짖었|다그쳤|나무랐|애원했|간청했|맞받았|쏘아붙였|귀띔했|장담했|푸념했|하소연했|한탄했|호통쳤|재촉했)"
)
REPORTING = re.compile(
    rf"""(?:(?![^\s]{{0,12}}(?:을|를|고|게|며|면서|도|또한|아|어|듯|처럼|이어)[\s,])[^\s.?!…,“”"‘’'《》()\[\]]{{1,12}}\s+){{0,4}}?
        {_VERB_OF_SAYING}[가-힣]{{0,4}}(?:[.,!?]|$)""",
    re.X,
)
"""A clause without an object, which only names the speaker: 그는 말했다."""

SAYING = re.compile(
    rf"{_VERB_OF_SAYING}|(?:그렇게|이렇게)\s(?:[가-힣]{{1,5}}다[.!?]|말하|외치|소리치|대답하|답하|중얼거리|물으)"
)
"""A verb of saying, in any form, which may refer back to the quotation."""

QUOTED_NOUN = re.compile(
    r"(?:질문|물음|문구|구호|외침|함성|글귀|문장|제목|메시지|목소리|댓글|푯말|팻말|현수막|피켓|슬로건|캠페인|노래|공연|전시|포스터|"
    r"표어|반응|지적|비판|주장|발언|의견|요구|원칙|취지|입장|내용|낙서|고함|비명|절규|호소|탄식|유언)"
    r"(?:이|가|을|를|에|에는|도|은|는|와|과|로|으로|의|까지|만|처럼|회|회는|회가|회에는|들이|들은|들도)?(?=[\s,.])"
)
"""A noun that has the quotation before it as its attribute: “이게 나라냐?” 구호가…"""

_OPENING_WORDS = (
    r"그러나|하지만|그런데|그런가|그래서|그래도|그러면서|그러자|그러고|그러니|그리고|그렇지만|따라서|그럼에도|그 뒤|그 후|그때|그날"
    r"|한편|또|또한|이어|이어서|이에|이를|이는|이날|이들은|이들이|이것은|이것이|이것을|이곳은|이런|이러한|이처럼"
    r"|그는|그가|그의|그녀는|그녀가|그녀의|그들은|그들이|그것은|그것이|그게|나는|내가|저는|제가|우리는|우리가|너는"
    r"|이제|당시|앞서|다만|특히|결국|물론|실제로|왜냐하면|즉|반면|아울러|더욱이|게다가|아무도|누구도|모두|오늘|어제|지난|올해|최근|다음"
)
_GROUPS = "정부는|당국은|경찰은|시민들은|주민들은|기자들은|사람들은|관객들은|전문가들은"
STARTER = re.compile(rf"(?:{_OPENING_WORDS}|{_GROUPS})(?=[\s,])")
"""Words that begin a sentence."""
OPENING_WORD = re.compile(rf"(?:{_OPENING_WORDS})(?=[\s,])")
"""Those that do not follow initials: B.C. 경찰은"""

PICTURE = (
    "[\u231a\u231b\u23e9-\u23fa\u2600-\u2604\u2607-\u260d\u2610-\u261b\u261f-\u2767\u2795-\u2797\u27b0\u2b50\u2b55"
    "\U0001f000-\U0001faff][\ufe0e\ufe0f\u200d\u20e3\u2640\u2642\u2764\U0001f000-\U0001faff]*+"
)
"""Emoji, without the stars and arrows that stand at the head of a line."""
SUBJECT = re.compile(r"[^\s.?!“”\"‘’']{1,12}(?:은|는|이|가)\s|[^\s.?!“”\"‘’']{1,12}\s[^\s.?!“”\"‘’']{1,12}[은는]\s")
OPENINGS = (STARTER, SUBJECT)
"""Patterns of the beginning of a sentence."""

NAMES_WITH_STOP = ("야후!", "Yahoo!", "Jeopardy!")
DASH = re.compile(r"[-–—―]\s?\S")

DOMAIN = re.compile(r"[a-z]{2,6}(?:\.[a-z]{2,6}){0,2}(?![A-Za-z0-9@._-])")
EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
URL = re.compile(r"://(?:[^\s<>()\"“”‘’]|\([^\s<>()\"“”‘’]*\))*")

_JOB = r"(?:기자|특파원|통신원|논설위원|편집위원|객원기자|선임기자|인턴기자|리포터|앵커|PD)"
BYLINE = re.compile(
    rf"""(?:
      [(\[【〔] [^()\[\]【】〔〕\n=.?!]{{1,30}} = [^()\[\]【】〔〕\n=?!]{{1,30}} [)\]】〕]
        (?: (?: [^=\n.?!“”"‘’(\[]{{0,60}}? {_JOB} [^=\n.?!“”"‘’]{{0,20}}?
            | \s? | \s?[가-힣]{{2,4}}(?:[\s·,]{{1,2}}[가-힣]{{2,4}}){{0,2}}\s? ) = | (?:\s[—–-]{{1,2}})? (?=\s) )
    | [(\[【〔] [^()\[\]【】〔〕\n]{{1,20}} \d{{1,2}}일(?:발)?\s[가-힣]{{2,12}} [)\]】〕] (?=\s)
    | [\[【〔] (?:[가-힣A-Za-z0-9]{{2,12}}\s){{0,2}} [가-힣]{{2,4}}(?:[\s·,]{{1,2}}[가-힣]{{2,4}}){{0,2}} \s {_JOB} [\]】〕] (?=\s)
    | (?:[\[【〔][^\[\]【】〔〕\n=]{{1,20}}[\]】〕]\s?)? [가-힣]{{2,4}} (?:[\s·,]{{1,2}}[가-힣]{{2,5}}){{0,3}}? \s {_JOB} \s? = (?=\s)
    )""",
    re.X,
)
"""An agency's prefix: (서울=연합뉴스) 김하늘 기자 ="""
IN_BYLINES = ("=", "일발", "통신)", "통신】", "통신]", "기자]", "기자】", "특파원]")
"""Signs, one of which every byline has."""
STAGE = re.compile(r"[(\[](?:일동 )?(?:웃음|박수|침묵|눈물|한숨|끝|중략|생략|계속)[)\]](?=\s)")
SIGNATURE = re.compile(rf"[/\[(<=]?\s?(?:[^\s.?!@]{{1,20}}\s){{0,3}}[^\s.?!@]{{0,20}}{_JOB}\s?[=(\[:·]?\s?")
"""Text before a reporter's address at the end of a report."""
RIGHTS = re.compile(r"[<\[(【〈]?\s?(?:저작권자|ⓒ|©|[Cc]opyright|무단 ?전재|\(끝\)|\[끝\])")
SLASH_NAME = re.compile(rf"/\s?[가-힣]{{2,4}}\s?{_JOB}")
CREDIT = re.compile(r"[/\[(<]\s?(?:사진|자료|그래픽|영상|출처|글)[^=\]\)\n]{0,12}=")
FINAL_CREDIT = re.compile(r"[:：]\s?[가-힣A-Za-z·, ]{2,24}$")
CREDIT_WORD = re.compile(r"(?<=\s)(?:자료|출처|사진|그래픽|제공|글)\s?$")
"""A credit at the end of a text without full stops: … 164명 자료: 통일부"""
FLASH = re.compile(r"\[(?:속보|긴급|상보|단독|종합|\d보)[^\]\n]{0,8}\]\s")
"""The label of a headline, whose parts are separated by ellipses: [속보] 발사… 합참 “분석 중”"""
CREDIT_NOTE = re.compile(
    r"[\[(<【]\s?(?:(?:사진|자료|그래픽|영상|출처|글)[^=:：\])>】\n]{0,12}[=:：]|[^()\[\]=\n]{0,20}자료\s?(?:사진|화면|영상)\s?[\])>】])"
)
"""A bracket that names whose picture it is, after a full stop: (사진=하늘통신), (자료사진)"""
_EYES = r"[:;=]['^o-]?"
_FACE = (
    rf"{_EYES}[)(DPpO|\\\]\[]++(?![A-Za-z0-9])|\^[_.o-]?\^++;*+|[TㅜㅠQ][_.][TㅜㅠQ]|[-=]_++[-=];*+"
    "|[ㅋㅎㅠㅜㅇㄷ]{2,}+[~;]*+|<3"
)
SMILEY = re.compile(rf"(?:{PICTURE}|{_FACE})(?>(?:\s?(?:{PICTURE}|{_FACE})){{0,20}})(?=\s|$)")
"""Emoji and smileys as a word of their own."""
EMOJI = re.compile(PICTURE)
SMILING = re.compile(rf"(?:^|[\s.!?~…]){_EYES}$")
"""The eyes before a bracket that is the mouth of a smiley."""
GLUED = re.compile(
    rf"(?:{PICTURE})|[ㅋㅎㅠㅜㅅ]{{2,30}}(?=\s)|\d{{1,2}}\)(?=\s|$)|[\xb9\xb2\xb3\u2070-\u2079\u2020\u2021]{{1,4}}|</[A-Za-z][A-Za-z0-9]{{0,15}}\s?>"
)
"""Text right after a stop that belongs to its sentence: emoji, a note's raised number, a closing
tag.
"""
ENUMERATION_END = re.compile(r"[.!?。]|\s등(?:[의이을은에과도으]|(?=[\s,]))")
HEADING = re.compile(
    rf"""(?: [{SECTION_BULLETS}▲▶▷#][^\n.?!。]{{1,40}} | [\[<【〔《][^\n.?!。\[\]<>【】〔〕《》]{{1,30}}[\]>】〕》]
      | (?: 제?\d{{1,2}}(?:[.)]|[장절부화편회]) | [ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{{1,4}}\. | [{_LETTERS}][.)] ) \s [^\n.?!。]{{1,40}}
      | [가-힣]{{2,4}}\s?(?:선임|인턴|객원|전문)?{_JOB} | (?:19|20)\d\d년\s\d{{1,2}}월\s\d{{1,2}}일 )
      (?<![다요죠까며고서은는이가을를의에로와과도만,])\s?""",
    re.X,
)
"""A line that is a heading: a bullet, a number or brackets, and no verb or particle at its end."""
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
