"""Units and their records: what a "# @key value" line of an entry says."""

from dataclasses import dataclass
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


class Ref(NamedTuple):
    """A unit of a report, as stored: `un-letter#k7f3q2mx`."""

    report: str
    unit: str

    def __str__(self) -> str:
        return f"{self.report}#{self.unit}"


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

    @property
    def is_note(self) -> bool:
        """Tell whether it is a correction note of a story: a paragraph of the variant "correction"."""
        return self.kind == "paragraph" and self.variant == "correction"

    def replace(self, **changes: Any) -> Self:
        """This unit with some fields changed. (`dataclasses.replace`, without importing it in hot paths.)"""
        return type(self)(**{name: changes.pop(name, getattr(self, name)) for name in self.__slots__}, **changes)
