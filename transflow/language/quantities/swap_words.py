"""Words that figures stand beside, in Korean and in English, by class: soldiers and civilians.

Invariant: a Korean word is in one class, as the first class that has it takes it.
"""

from __future__ import annotations

from transflow.language.quantities.english_dates import WEEKDAY_NAMES

_SURNAMES = {
    "김": "Kim", "이": "Lee|Yi|Ri|Rhee", "박": "Park|Pak", "최": "Choi|Choe", "정": "Chung|Jung|Jeong|Chong", "강": "Kang", "조": "Cho|Jo",
    "윤": "Yoon|Yun", "장": "Chang|Jang", "임": "Lim|Im|Rim", "한": "Han", "오": "Oh?", "서": "Seo|Suh|So", "신": "Shin|Sin", "권": "Kwon",
    "황": "Hwang", "안": "Ahn?", "송": "Song", "홍": "Hong", "유": "Yoo|Yu|Ryu", "리": "Ri", "류": "Ryu", "림": "Rim",
}  # fmt: skip
CLASSES: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("군인|병사|사병|장병", r"\b(?:soldier|troop|service member)s?\b|\benlisted\b"), ("장교", r"\bofficers\b(?! of)"),
        ("민간인|주민", r"\b(?:civilian|resident)s?\b"),
        ("경찰관?", r"\bpolice(?:men| officers)?\b"), ("시위대", r"\b(?:protester|demonstrator)s?\b"),
        ("학생", r"\bstudents?\b"), ("교사|교원", r"\bteachers?\b"),
        ("의사(?![가-힣])", r"\bdoctors?\b"), ("간호사", r"\bnurses?\b"), ("기자", r"\b(?:reporter|journalist)s?\b"),
        ("농민", r"\bfarmers?\b"), ("노동자|근로자", r"\bworkers?\b"), ("환자", r"\bpatients?\b"), ("승객", r"\bpassengers?\b"),
        ("승무원", r"\bcrew\b"), ("선원", r"\b(?:sailor|crew member)s?\b"),
    ),
    (("남성|남자|남학생|소년", r"\b(?:men|man|males?|boys?)\b"), ("여성|여자|여학생|소녀", r"\b(?:wom[ae]n|females?|girls?)\b")),
    (("어른|성인|대인", r"\badults?\b"), ("어린이|아동|아이|소인", r"\b(?:child|children|kids?)\b")),
    (
        ("아버지|부친", r"\bfather\b"), ("어머니|모친", r"\bmother\b"), ("아들", r"\bsons?\b"), ("딸", r"\bdaughters?\b"),
        ("남편", r"\bhusband\b"), ("아내|부인(?![하했])", r"\bwife\b"), ("형(?=[은이과 ])|오빠|언니|누나", r"\b(?:older|elder)\b"),
        ("동생|아우", r"\byounger\b"), ("(?<![가-힣])그녀?는", r"\b(?:he|she)\b"), ("할아버지|조부", r"\bgrandfather\b"),
        ("할머니|조모", r"\bgrandmother\b"),
    ),
    (
        ("사망|숨[지졌진]|죽|별세|타계", r"\b(?:died|dies|dead|deaths?|killed|fatalities)\b"),
        ("부상|다[쳤치친]", r"\b(?:injur\w+|hurt|wounded)\b"), ("실종", r"\bmissing\b"), ("구조", r"\brescued\b"),
        ("태어[나났난]|출생", r"\b(?:born|birth)\b"),
    ),
    (
        ("남한|남측|(?<![북가-힣])한국(?!시)", r"\b(?:South Korea(?:ns?)?\b|the South)\b"),
        ("북한|북측", r"\b(?:North Korea(?:ns?)?\b|the North)\b"),
        ("미국", r"\b(?:United States|Americans?)\b|(?-i:\bU\.?S\b)"), ("중국", r"\b(?:China|Chinese)\b"), ("일본", r"\bJapan(?:ese)?\b"),
        ("러시아", r"\bRussians?\b|\bRussia\b"), ("프랑스", r"\b(?:France|French)\b"), ("독일", r"\bGerman[sy]?\b"),
        ("영국", r"\b(?:Brit(?:ain|ish)|U\.?K\b)"), ("우크라이나", r"\bUkrain(?:e|ians?)\b"), ("이란", r"\bIran(?:ians?)?\b"),
        ("이스라엘", r"\bIsraelis?\b|\bIsrael\b"), ("(?<![가-힣])인도(?![네적주])", r"\bIndians?\b|\bIndia\b"),
        ("호주", r"\bAustralians?\b|\bAustralia\b"),
        ("캐나다", r"\bCanad(?:a|ians?)\b"), ("베트남", r"\bVietnam(?:ese)?\b"), ("브라질", r"\bBrazil(?:ians?)?\b"),
        ("스페인", r"\b(?:Spain|Spanish)\b"), ("이탈리아", r"\bItal(?:y|ians?)\b"), ("태국", r"\bThai(?:land)?\b"),
        ("몽골", r"\bMongolia\w*\b"),
        ("대만", r"\bTaiwan(?:ese)?\b"), ("네덜란드", r"\b(?:Netherlands|Dutch)\b"), ("캄보디아", r"\bCambodia\w*\b"),
        ("라오스", r"\bLao(?:s|tians?)\b"),
    ),
    (("서울", r"\bSeoul\b"), ("평양", r"\bPyongyang\b"), ("부산", r"\bBusan\b"), ("신의주", r"\bSinuiju\b"), ("혜산", r"\bHyesan\b"),
    ("함흥", r"\bHamhung\b"),

        ("대구", r"\bDaegu\b"), ("인천", r"\bIncheon\b"), ("(?<![가-힣])광주", r"\bGwangju\b"), ("대전(?=[은이에과의 ])", r"\bDaejeon\b"),
        ("울산", r"\bUlsan\b"), ("제주", r"\bJeju\b"), ("강릉", r"\bGangneung\b"), ("수원(?=[은이에과의 ])", r"\bSuwon\b"),
        ("춘천", r"\bChuncheon\b"), ("전주(?=[는에와의 ])", r"\bJeonju\b"), ("청주", r"\bCheongju\b"), ("포항", r"\bPohang\b"),
        ("창원", r"\bChangwon\b"), ("목포", r"\bMokpo\b"), ("여수(?=[는에와의 ])", r"\bYeosu\b"), ("속초", r"\bSokcho\b"),
        ("세종(?=[은이에과의시 ])", r"\bSejong\b"), ("청진", r"\bChongjin\b"), ("원산(?=[은이에과의시 ])", r"\bWonsan\b"),
        ("남포", r"\bNampo\b"),
        ("개성(?=[은이에과의시공 ])", r"\bKaesong\b"), ("사리원", r"\bSariwon\b"), ("해주(?=[는에와의시 ])", r"\bHaeju\b"),
        ("선양", r"\bShenyang\b"),
        ("단둥", r"\bDandong\b"), ("상하이", r"\bShanghai\b"), ("홍콩", r"\bHong Kong\b"), ("런던", r"\bLondon\b"),
        ("파리(?=[는에와의 ])", r"\bParis\b"), ("뉴욕", r"\bNew York\b"), ("모스크바", r"\bMoscow\b"), ("하노이", r"\bHanoi\b"),
        ("싱가포르", r"\bSingapore\b"), ("제네바", r"\bGeneva\b"),
        ("베이징", r"\bBeijing\b"), ("도쿄", r"\bTokyo\b"), ("워싱턴", r"\bWashington\b")),
    (("찬성", r"\b(?:votes? for|in favor|favou?red|supported|approved|ayes)\b"), ("반대", r"\b(?:against|opposed|nays)\b")),
    (("(?<![가-힣])수출", r"\bexport\w*\b"), ("(?<![가-힣])수입", r"\bimport\w*\b")),
    (("민주당", r"\bDemocratic Party\b"), ("국민의힘", r"\bPeople Power Party\b"), ("여당", r"\b(?:ruling|governing) party\b"),
    ("야당", r"\bopposition\b")),
    (
        ("작년|지난 ?해|전년", r"\b(?:last year|(?:the )?(?:previous|preceding) year|year (?:earlier|before|ago))\b"),
        ("올해|금년", r"\bthis year\b"), ("내년", r"\bnext year\b"),
    ),
    (("지난 ?달|전달", r"\b(?:last|previous) month\b"), ("이달|이번 ?달", r"\bthis month\b")),
    (
        ("시작|개막|개최|착공", r"\b(?:beg[aiu]n\w*|start\w*|open(?:s|ed)?)\b"),
        ("끝[나난내났]|종료|폐막|완공|마[쳤치친]", r"\b(?:ends?|ended|finish\w*|clos(?:es?|ed)|complet\w+)\b"),
    ),
    (
        ("떠[나났난]|출발|출국", r"\b(?:left|leaves?|depart\w*|set (?:off|out))\b"),
        ("도착", r"\barriv\w+\b"), ("돌아[오온왔올]|귀국|복귀", r"\b(?:return\w*|(?:came|come|comes|got) (?:back|home))\b"),
    ),
    (
        ("체포|붙잡|구속|검거|구금", r"\b(?:arrest\w*|caught|detained|captured)\b"),
        ("석방|풀려[나났난]", r"\b(?:releas\w+|freed|set free|let go)\b"),
        ("재판|기소", r"\b(?:tried|indict\w+|trial)\b"),
    ),
    (
        ("입[대학국당]|입사|가입", r"\b(?:join\w*|enter\w*|enlist\w*|enroll\w*)\b"),
        ("탈출|탈북|도주|달아[나났]|귀순", r"\b(?:fled|flees?|escap\w+|defect\w+)\b"),
        ("퇴사|퇴직", r"\b(?:retired|left|quit)\b"), ("제대|전역|졸업", r"\b(?:discharg\w+|graduat\w+)\b"),
    ),
    (("결혼", r"\bmarr\w+\b"), ("이혼", r"\bdivorc\w+\b")), (("당선", r"(?<!re-)(?<!re)\belected\b"), ("재선", r"\bre-?elected\b")),
    (("취임", r"\b(?:took office|inaugurat\w+|sworn in|appointed)\b"),
    ("사임|퇴임|물러[나났난]|사퇴", r"\b(?:resign\w*|stepp?\w* down|left office)\b")),
    (
        ("고도|높이", r"\b(?:altitude|height|high|tall|apogee)\b"), ("폭|너비", r"\b(?:wide|width)\b"),
        ("깊이", r"\b(?:deep|depth)\b"), ("길이", r"\b(?:long|length)\b"),
        ("날아|날았|비행|비거리|사거리", r"\b(?:fly|flew|flying|flown|range|distance|travell?ed)\b"),
    ),
    (("평일|주중", r"\bweekdays?\b"), ("주말", r"\bweekends?\b")),
    (("(?:최저|아침) ?기온|최저", r"\b(?:lows?|minimum)\b"), ("(?:최고|낮) ?기온|최고", r"\b(?:highs?|maximum)\b")),
    (
        ("금메달|금(?= ?[0-9])", r"\bgolds?\b"), ("은메달|은(?= [0-9])", r"\bsilvers?\b"), ("동메달|동(?= ?[0-9])", r"\bbronzes?\b"),
    ),
    (
        ("(?<=[0-9])승(?!부)", r"\b(?:wins?|victories|won)\b"), ("(?<=[0-9])무(?!승)", r"\b(?:draws?|ties|drew|tied)\b"),
        ("(?<=[0-9])패", r"\b(?:loss(?:es)?|defeats?|lost)\b"),
    ),
    (("육군", r"\b[Aa]rmy\b"), ("해군", r"\b[Nn]avy\b"), ("공군", r"\b[Aa]ir [Ff]orce\b")),
    (
        ("버스", r"\bbus(?:es)?\b"), ("트럭|화물차", r"\btrucks?\b"), ("승용차", r"\bcars?\b"),
        ("(?:탱|땅)크|전차(?=[는가와 ])", r"\btanks?\b"),
        ("장갑차", r"\barmou?red (?:vehicles?|cars?|personnel carriers?)\b"), ("전투기", r"\b(?:fighters?|fighter jets?|warplanes?)\b"),
        ("헬기|헬리콥터", r"\bhelicopters?\b"), ("(?:군|전)함|구축함|함정(?=[ 은이과])", r"\b(?:warship|destroyer|naval vessel)s?\b"),
        ("어선", r"\bfishing (?:boat|vessel)s?\b"),
        ("오토바이", r"\bmotorcycles?\b"), ("자전거", r"\b(?:bicycle|bike)s?\b"), ("열차|기차", r"\btrains?\b"),
        ("무인기|드론", r"\bdrones?\b"),
    ),
    (
        ("돼지(?!고기)", r"\b(?:pig|hog)s?\b"), ("(?<![가-힣])(?:암|황|젖)?소(?=[는와가 ])", r"\b(?:cows?|cattle|oxen)\b"),
        ("닭(?!고기)", r"\bchickens?\b"),
        ("오리(?=[는와가 ])", r"\bducks?\b"), ("염소", r"\bgoats?\b"), ("토끼", r"\brabbits?\b"), ("양(?=[은과 ] ?[0-9])", r"\bsheep\b"),
        ("개(?=[는와 ] ?[0-9])", r"\bdogs?\b"),
    ),
    (
        ("(?<![가-힣])(?:상가|가게|상점)", r"\b(?:shop|store)s?\b"), ("주택|가옥|살림집", r"\b(?:house|home)s?\b"),
        ("학교", r"\bschools?\b"), ("병원", r"\bhospitals?\b"),
        ("공장", r"\b(?:factory|factories|plants?)\b"), ("교회", r"\bchurch(?:es)?\b"), ("아파트", r"\bapartments?\b"),
    ),
    tuple((f"{korean}요일", rf"\b{english}s?\b") for korean, english in zip("월화수목금토일", WEEKDAY_NAMES, strict=True)),
    tuple((f"(?<![0-9~∼/]){number}분기", rf"\b{word}\b") for number, word in enumerate(("first", "second", "third", "fourth"), 1)),
    tuple((rf"(?<![가-힣]){korean}(?= ?모?(?:씨|모 |의원|대표|후보))", rf"\b(?:{english})\b") for korean, english in _SURNAMES.items()),
    (
        ("쌀|입쌀", r"\brice\b"), ("옥수수|강냉이", r"\b(?:corn|maize)\b"), ("밀가루", r"\bflour\b"), ("비료", r"\bfertilizer\b"),
        ("석탄", r"\bcoal\b"),
        ("시멘트", r"\bcement\b"), ("휘발유", r"\b(?:gasoline|petrol)\b"), ("디젤유?|경유", r"\bdiesel\b"), ("원유", r"\bcrude\b"),
        ("철광석", r"\biron ore\b"),
        ("감자", r"\bpotato(?:es)?\b"), ("콩(?=[은과 ])", r"\b(?:soy)?beans?\b"), ("설탕", r"\bsugar\b"), ("식용유", r"\bcooking oil\b"),
        ("돼지고기", r"\bpork\b"),
        ("(?:쇠|소)고기", r"\bbeef\b"), ("닭고기", r"\bchicken\b"), ("달걀|계란", r"\beggs?\b"), ("배추", r"\bcabbages?\b"),
        ("담배", r"\b(?:cigarettes?|tobacco)\b"),
    ),
    (("도시", r"\b(?:cit(?:y|ies)|urban)\b"), ("농촌", r"\b(?:rural|countryside)\b")),
    (("1차", r"\bfirst\b"), ("2차", r"\bsecond\b"), ("3차", r"\bthird\b")),
    (("전반", r"\bfirst half\b"), ("후반", r"\bsecond half\b")),
)  # fmt: skip
"""Classes of words that a figure stands beside, in Korean and in English."""
