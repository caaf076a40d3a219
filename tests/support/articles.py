"""An article of two reports, ready and cleared, and changes to it."""

from dataclasses import replace

from transflow.attribution.authorship import with_target
from transflow.model.catalog import Catalog
from transflow.model.report import FrontMatter
from transflow.model.settings import Person, Role, Settings
from transflow.model.unit import Act, Kind, Ref, Share, Unit
from transflow.po.catalog import new_header
from transflow.stories.clearance import (
    clearance_digest,
)
from transflow.stories.printed import PrintContext

T1, T2, T3 = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z", "2024-03-26T05:00:00Z"
ACT = Act("eugene", T1, "said above")
PEOPLE = (
    Person("jeong", "Jeong Eun Lee", (Role("reporter"),), aliases=("이정은",)),
    Person("p7", "", (Role("reporter"),), aliases=("박기자단",), protected=True),
    Person("claire", "Claire Lee", (Role("translator"),)),
    Person("eugene", "Eugene Whong", (Role("writer"), Role("editor"))),
    Person("mina", "Mina Park", (Role("editor"),)),
)
SETTINGS = Settings(name="Herald", timezone="Asia/Seoul", people=PEOPLE)
LETTER = Catalog(
    new_header("en", "ko", X_Report="letter"),
    (
        Unit("haaaaaaa", "서한", "U.N. letter", kind="headline"),
        Unit("saaaaaaa", "유엔은 서한을 공개했다.", "The U.N. released a letter."),
    ),
)
GROUPS = Catalog(new_header("en", "ko", X_Report="groups"), (Unit("gaaaaaaa", "단체들", "Rights groups spoke out."),))
REPORTS = {"letter": LETTER, "groups": GROUPS}
FRONTS = {
    "letter": FrontMatter(
        "서한", byline="이정은·김하늘 기자", dateline="서울", date="2024-03-25", url="https://example.org/1"
    ),
    "groups": FrontMatter("단체들", byline="이정은, 박기자단 특파원", dateline="도쿄"),
}
NAMES = {"서울": "SEOUL", "김하늘": "Haneul Kim", "도쿄": "TOKYO"}
ROOM = PrintContext(SETTINGS, REPORTS, FRONTS, NAMES)


def paragraph(unit_id: str, ref: str, draft: str, text: str, kind: Kind = "paragraph") -> Unit:
    slug, _, name = ref.partition("#")
    unit = Unit(unit_id, draft, kind=kind, refs=(Ref(slug, name),) if ref else ())
    return with_target(unit, text, "eugene", T1, (Share("claire", 9),))


ARTICLE = Catalog(
    new_header("en", "en", X_Article="story", X_Reports="letter groups", X_Date="2024-03-26T09:00:00+09:00"),
    (
        paragraph("w1111111", "letter#haaaaaaa", "U.N. letter", "U.N. letter", "headline"),
        paragraph("w2222222", "letter#saaaaaaa", "The U.N. released a letter.", "The U.N. released a letter Monday."),
        paragraph("w3333333", "groups#gaaaaaaa", "Rights groups spoke out.", "Rights groups spoke out."),
    ),
)
READY = ARTICLE.replace(header=ARTICLE.header.replace(X_Ready=f"eugene {T1}"))


def cleared(article: Catalog = READY, room: PrintContext = ROOM, who: str = "mina", more: str = "") -> Catalog:
    word = f"{who} {T2} {clearance_digest(article, room, who)}{more}"
    return article.replace(header=article.header.replace(X_Cleared=word))


CLEARED = cleared()


def having(article: Catalog, unit_id: str, **changes: object) -> Catalog:
    return article.map_unit(unit_id, lambda unit: unit.replace(**changes))


def fronts(**changes: FrontMatter) -> PrintContext:
    return replace(ROOM, fronts=FRONTS | changes)


def people(**changes: object) -> PrintContext:
    """Return the newsroom with some fields of jeong changed."""
    return replace(ROOM, settings=replace(SETTINGS, people=(replace(PEOPLE[0], **changes), *PEOPLE[1:])))  # type: ignore[arg-type]


def withholding(article: Catalog, *who: str) -> Catalog:
    return article.replace(header=article.header.replace(X_Withheld=" ".join(who)))
