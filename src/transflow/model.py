"""The values that everything else passes around.

Invariant: every type here is frozen, compares by value, and knows nothing of files, clocks or users. Times are
ISO 8601 in UTC to the second (`2024-03-26T05:40:12Z`), kept as text, so that their order is text order.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Self

FORMAT = 2
"""Of transflow.toml and of the catalogs: what is written. Files of all formats up to it are read, newer ones are refused."""

Kind = Literal["headline", "deck", "paragraph", "subhead", "quote", "list item", "caption", "table cell"]
RESERVED_KINDS = ("seo title", "social title", "tag", "alt", "cue")
"""Of later versions: a unit of such a kind is not read as anything else."""
KINDS: tuple[Kind, ...] = ("headline", "deck", "paragraph", "subhead", "quote", "list item", "caption", "table cell")

State = Literal["omitted", "cut", "untranslated", "needs-work", "translated", "approved"]
STATES: tuple[State, ...] = ("untranslated", "needs-work", "translated", "approved", "omitted", "cut")
DONE: frozenset[State] = frozenset({"translated", "approved", "omitted", "cut"})

Severity = Literal["error", "warning", "hint"]


class Segment(NamedTuple):
    """One sentence of a text: `text[start:end] == source`, then the white space `gap`. Offsets in code points."""

    source: str
    gap: str
    start: int
    end: int


class Ref(NamedTuple):
    """A unit of a report, as stored: `un-letter#k7f3q2mx`."""

    report: str
    unit: str

    def __str__(self) -> str:
        return f"{self.report}#{self.unit}"


# Records: what a "# @key value" line of a unit says. The line formats are in transflow.po.notes.


class Meta(NamedTuple):
    """A "# @key value" line that this version does not know, or cannot read. It is kept as it is."""

    key: str
    value: str


class Assignment(NamedTuple):
    who: str
    due: str = ""
    """UTC time, or empty for no deadline."""


class Authorship(NamedTuple):
    """`@by`: whose words the present target is made of."""

    who: str
    time: str
    """Of this author's last change."""
    words: int
    """Words of the present target that are theirs; characters in scripts without spaces."""


class Share(NamedTuple):
    """`@translated`: words of a paragraph's present target that survive from a translator's draft."""

    who: str
    words: int


class Approval(NamedTuple):
    who: str
    time: str
    digest: str
    """Of id, source and target: see `transflow.digests.approval`."""


class Act(NamedTuple):
    """Something that somebody did to a unit, with a reason where one was given: omitted, cut, redacted, returned."""

    who: str
    time: str
    reason: str = ""


Allowance = Literal["on", "background", "hold", "off"]
ALLOWANCES: tuple[Allowance, ...] = ("on", "background", "hold", "off")
"""How a sentence may be used, the strictest last: as usual, without a name, not until somebody consents, never."""
UNPRINTED: frozenset[str] = frozenset(("hold", "off"))


class Use(NamedTuple):
    """`@record`: how a sentence may be used, by whose word."""

    how: Allowance
    who: str
    time: str


class Sighting(NamedTuple):
    """`@seen`: a machine's text was on somebody's screen, by itself, when they judged it."""

    who: str
    time: str
    digest: str
    """As in `Approval`."""


class Waiver(NamedTuple):
    check: str
    who: str
    time: str
    digest: str
    """As in `Approval`: of the text that the waiver was given to."""
    reason: str


class ConflictShare(NamedTuple):
    """Words of a conflict's text, as they stood in `@by` or `@translated`."""

    role: Literal["by", "translated"]
    who: str
    words: int


class Conflict(NamedTuple):
    """The other text, when two people gave a unit two different targets."""

    who: str
    """Who has most words in it."""
    time: str
    text: str
    shares: tuple[ConflictShare, ...] = ()
    """Whose words it is made of; empty in records of format 1, and for a text that was changed outside."""


class Question(NamedTuple):
    who: str
    time: str
    to: str
    """A person's id, or empty for anyone."""
    text: str

    @property
    def name(self) -> str:
        """As an answer names it: two people may ask in one second."""
        return f"{self.who}@{self.time}"


class Answer(NamedTuple):
    who: str
    time: str
    re: str
    """The name of the question that it answers; in format 1 its time alone."""
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment of a report, or a paragraph of an article, with its translation and history: one PO entry."""

    id: str
    source: str
    target: str = ""
    kind: Kind = "paragraph"
    variant: str = ""
    """What `#.` adds to the kind: "numbered" for an item of a numbered list, "row" for the first cell of a row."""
    continued: bool = False
    """Whether the unit goes on in the block of the unit before it."""
    fuzzy: bool = False
    previous: str = ""
    """`#|`: the source that the target was last confirmed against; empty where that is the present one."""
    comments: tuple[str, ...] = ()
    """Human comments, a line each."""
    assigned: Assignment | None = None
    record: Use | None = None
    refs: tuple[Ref, ...] = ()
    """`@from`: the report units behind a paragraph; empty for a report unit and for a writer's own paragraph."""
    cites: tuple[str, ...] = ()
    translated: tuple[Share, ...] = ()
    by: tuple[Authorship, ...] = ()
    text: str = ""
    """`@text`: digest of the target that `by` and `translated` describe."""
    seen: tuple[Sighting, ...] = ()
    approved: Approval | None = None
    omitted: Act | None = None
    cut: Act | None = None
    returned: Act | None = None
    joined: tuple[str, ...] = ()
    split: str = ""
    moved: str = ""
    redacted: Act | None = None
    waivers: tuple[Waiver, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    other: tuple[Meta, ...] = ()
    """Keys of another version or tool, and lines that could not be read: kept, never interpreted."""
    foreign: tuple[str, ...] = ()
    """Lines that other programs put there (`#:`, flags other than fuzzy, msgid_plural): kept."""

    @property
    def is_unprintable(self) -> bool:
        """Whether somebody said that it must not be printed, or not yet: then it leaves the house in no other way either."""
        return self.record is not None and self.record.how in UNPRINTED

    def having(self, **changes: Any) -> Self:
        """This unit with some fields changed. (`dataclasses.replace`, without importing it in hot paths.)"""
        return type(self)(**{name: changes.pop(name, getattr(self, name)) for name in self.__slots__}, **changes)


@dataclass(frozen=True, slots=True)
class Header:
    """The header entry of a catalog: its fields in file order, and the comment lines above it."""

    fields: tuple[tuple[str, str], ...] = ()
    comments: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """The value of a field, or an empty string. Names compare without case."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), "")

    def having(self, **changes: str | None) -> "Header":
        """With fields set, in place or at the end; None removes. `X_Report` stands for `X-Report`."""
        wanted = {name.replace("_", "-"): value for name, value in changes.items()}
        lower = {name.lower(): name for name in wanted}
        rest: list[tuple[str, str]] = []
        for key, value in self.fields:
            if key.lower() in lower:
                new = wanted.pop(lower[key.lower()], None)
                if new is not None:
                    rest.append((key, new))
            else:
                rest.append((key, value))
        rest += [(key, value) for key, value in wanted.items() if value is not None]
        return Header(tuple(rest), self.comments)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The units of one report or one article in one locale: one PO file. `units` are in text order."""

    header: Header = Header()
    units: tuple[Unit, ...] = ()
    obsolete: tuple[Unit, ...] = ()
    origin: Mapping[str, tuple[Unit, str]] = field(default_factory=dict, compare=False, repr=False)
    """Id -> (unit, its raw text in the file): serializing writes the raw text of every unit that still equals it.
    The header's is under the id ""."""
    tail: str = ""
    """Comment lines after the last entry, as they stand in the file."""

    def having(
        self,
        *,
        header: Header | None = None,
        units: tuple[Unit, ...] | None = None,
        obsolete: tuple[Unit, ...] | None = None,
    ) -> "Catalog":
        return Catalog(
            self.header if header is None else header,
            self.units if units is None else units,
            self.obsolete if obsolete is None else obsolete,
            self.origin,
            self.tail,
        )

    def find(self, unit_id: str) -> Unit | None:
        """The live unit with this id; resolves nothing."""
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def changing(self, unit_id: str, change: Callable[[Unit], Unit]) -> "Catalog":
        """With one live unit replaced by `change(unit)`."""
        return self.having(units=tuple(change(unit) if unit.id == unit_id else unit for unit in self.units))

    @property
    def is_article(self) -> bool:
        return bool(self.header.get("X-Article"))


# Reports


class Block(NamedTuple):
    """One block of a report: its text on one line, inline Markdown kept, and what it is."""

    kind: Kind
    text: str
    variant: str = ""
    line: int = 0
    """1-based line in the file where it starts; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the `---` lines of a report. Empty text where a field is missing."""

    title: str = ""
    deck: str = ""
    byline: str = ""
    date: str = ""
    """ISO 8601 as written; `transflow.report.when` resolves it against the project's time zone."""
    dateline: str = ""
    url: str = ""
    embargo: str = ""
    confidential: bool = False
    tags: tuple[str, ...] = ()
    lead: str = ""
    lang: str = ""
    """The report's own language, where it is not the project's."""
    origin: str = ""
    """Where the report came from: an address, or the name of a file."""
    origin_digest: str = ""
    reader: str = ""
    """What read it from there."""
    story: str = ""
    """The story, `language:slug`, that a pivoted report was made of."""
    story_digest: str = ""
    record: str = ""
    """How the report may be used: see `ALLOWANCES`; empty for as usual."""
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A parsed source document. `blocks` begin with the headline and the deck of the front matter."""

    slug: str
    front: FrontMatter
    blocks: tuple[Block, ...]
    digest: str
    """SHA-256 of the file's bytes with LF line ends, and the version of its reading: what `X-Report-Digest` holds."""


class Issue(NamedTuple):
    """A finding about a text or a file (ITS locQualityIssue). Spans are code point ranges, or None."""

    check: str
    severity: Severity
    message: str
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    fix: str | None = None
    """The whole corrected target, where it is certain."""
    line: int = 0


# The project's settings


class Role(NamedTuple):
    """A role that somebody has from `since` up to, not including, `until` (ISO dates; empty for open)."""

    name: str
    since: str = ""
    until: str = ""

    def holds(self, time: str) -> bool:
        return (not self.since or time[:10] >= self.since) and (not self.until or time[:10] < self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in transflow.toml."""

    id: str
    name: str = ""
    """As credited; empty where an entry has an id only."""
    roles: tuple[Role, ...] = ()
    locales: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other spellings of the name, as bylines have them."""
    left: str = ""
    protected: bool = False
    keys: tuple[str, ...] = ()
    """Public SSH keys."""
    zone: str = ""
    """The person's own time zone, where it is not the newsroom's."""

    def has(self, role: str, time: str) -> bool:
        """Whether the person has the role at that time, and had not left by then."""
        return any(each.name == role and each.holds(time) for each in self.roles) and not (
            self.left and time[:10] >= self.left
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """transflow.toml, read. Defaults are the file's defaults."""

    name: str = ""
    source: str = "ko"
    locales: tuple[str, ...] = ("en",)
    timezone: str = "UTC"
    url: str = ""
    """Of the publication; printed in pages."""
    people: tuple[Person, ...] = ()
    compose_requires: Literal["nothing", "translated", "approved"] = "translated"
    clear_alone: bool = False
    minimum_share: float = 0.0
    """Share of an article's words, 0 to 1, below which nobody is credited."""
    credit_editor: bool = False
    templates: str = ""
    """Folder with the project's own templates, relative to the project; empty for none."""
    engine: str = "memory"
    """The machine translation engine that is asked where nobody names one."""
    engines_local_only: bool = False
    """Whether every report goes to local engines only, as confidential ones always do."""
    gate_require: Literal["translated", "approved"] = "translated"
    gate_min: float = 100.0
    gate_max_fuzzy: int = 0
    gate_proof: Literal["off"] = "off"
    act_as: bool = True
    """Whether whoever is named by --as need not be the one whom git's address belongs to."""
    proof_servers: tuple[str, ...] = ()
    machine: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Locale, or empty for all -> what [machine] says: kept for later versions, since this one can do but one thing."""
    checks: Mapping[str, str] = field(default_factory=dict)
    """Check or family -> "error", "warning", "hint" or "off", where a project wants another severity than the usual."""
    style: Mapping[str, Any] = field(default_factory=dict)
    """House style of the project's own: see `transflow.style`."""

    def person(self, person_id: str) -> Person | None:
        return next((each for each in self.people if each.id == person_id), None)


# The printed story


class Paragraph(NamedTuple):
    """One printed paragraph: inline Markdown text, and the id of its unit."""

    kind: Kind
    text: str
    variant: str
    id: str


class CreditGroup(NamedTuple):
    """The people credited in one role, in print order. `names` are as printed."""

    role: Literal["translator", "writer", "editor"]
    ids: tuple[str, ...]
    names: tuple[str, ...]


class Basis(NamedTuple):
    """A report that the story is based on."""

    slug: str
    title: str
    language: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Story:
    """An article as it will print: everything that a renderer needs, and nothing else."""

    slug: str
    locale: str
    headline: str
    deck: str
    byline: str
    """The printed line, such as "By Jeong Eun Lee"; empty for none."""
    reporters: tuple[str, ...]
    """The names in the byline."""
    dateline: str
    date: str
    """ISO 8601 with offset: when the story is, or was, published. Empty where unknown."""
    modified: str
    """ISO 8601 with offset, or empty."""
    paragraphs: tuple[Paragraph, ...]
    """The body, without headline and deck."""
    credits: tuple[CreditGroup, ...]
    credit_line: str
    """The printed sentence or sentences, such as "Translated by A and B. Written in English by C."; empty for none."""
    basis: tuple[Basis, ...]
    publisher: str = ""
    publisher_url: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    """Whether the output is to be stamped as a draft."""
    cites: tuple[str, ...] = ()
    id: str = ""
    """A UUID; empty for a story of format 1."""
