"""Units and their records, which catalogs store as `# @key value` lines."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Self

FORMAT = 2
"""Format of transflow.toml and catalogs as written. Older formats are read, newer ones are
refused.
"""


Kind = Literal["headline", "deck", "paragraph", "subhead", "quote", "list item", "caption", "table cell", "cue"]


RESERVED_KINDS = ("seo title", "social title", "tag", "alt")
"""Kinds reserved for later versions: a unit of such a kind is refused, not read as a paragraph."""


KINDS: tuple[Kind, ...] = (
    "headline",
    "deck",
    "paragraph",
    "subhead",
    "quote",
    "list item",
    "caption",
    "table cell",
    "cue",
)


State = Literal["omitted", "cut", "untranslated", "needs-work", "translated", "approved"]


STATES: tuple[State, ...] = ("untranslated", "needs-work", "translated", "approved", "omitted", "cut")


DONE: frozenset[State] = frozenset({"translated", "approved", "omitted", "cut"})


def live_state(target: object, fuzzy: object, approved: object) -> State:
    """Return the state of a unit that is not left out, of the truth of these values.

    `approved` is true for a valid approval. This is the only place with this rule: readers that
    count units without building them use it too.
    """
    if not target:
        return "untranslated"
    if fuzzy:
        return "needs-work"
    return "approved" if approved else "translated"


class Ref(NamedTuple):
    """A unit of a report, as stored: `un-letter#k7f3q2mx`."""

    report: str
    unit: str

    def __str__(self) -> str:
        return f"{self.report}#{self.unit}"


class Meta(NamedTuple):
    """A `# @key value` line that this version does not know or cannot parse, kept verbatim."""

    key: str
    value: str


class Assignment(NamedTuple):
    """The person who is to work on a unit."""

    who: str
    due: str = ""
    """Deadline, a UTC time; empty for none."""


class Authorship(NamedTuple):
    """`@by`: a person's words in the present target."""

    who: str
    time: str
    """Time of this author's last change."""
    words: int
    """Number of the author's words in the present target; characters in scripts without spaces."""


class Share(NamedTuple):
    """`@translated`: words of a paragraph's present target that come from a translator's draft."""

    who: str
    words: int


class Approval(NamedTuple):
    """An editor's approval of one id, source and target."""

    who: str
    time: str
    digest: str
    """Digest of id, source and target: see `transflow.digests.approval`."""


class Act(NamedTuple):
    """A decision about a unit (omitted, cut, redacted or returned), with an optional reason."""

    who: str
    time: str
    reason: str = ""


Allowance = Literal["on", "background", "hold", "off"]


ALLOWANCES: tuple[Allowance, ...] = ("on", "background", "hold", "off")
"""Limits of use, strictest last: on the record, without a name, not before somebody consents,
never.
"""


UNPRINTED: frozenset[str] = frozenset(("hold", "off"))


class Use(NamedTuple):
    """`@record`: the limits of use of a sentence, and who set them."""

    allowance: Allowance
    who: str
    time: str


class Sighting(NamedTuple):
    """`@seen`: a record that a person saw a machine's text on its own, and judged it."""

    who: str
    time: str
    digest: str
    """See `Approval.digest`."""


class Waiver(NamedTuple):
    """An editor's waiver of one check for one text."""

    check: str
    who: str
    time: str
    digest: str
    """See `Approval.digest`: the digest of the text that the waiver is for."""
    reason: str


class ConflictShare(NamedTuple):
    """Words of one person in the text of a conflict, copied from `@by` or `@translated`."""

    role: Literal["by", "translated"]
    who: str
    words: int


class Conflict(NamedTuple):
    """The other text, when two people gave a unit two different targets."""

    who: str
    """The person with most words in the text."""
    time: str
    text: str
    shares: tuple[ConflictShare, ...] = ()
    """Authors of the text; empty in records of format 1, and for a text that was changed
    outside.
    """


class Question(NamedTuple):
    """A question about a unit."""

    who: str
    time: str
    to: str
    """Id of the person asked, or empty for anyone."""
    text: str

    @property
    def reference(self) -> str:
        """The identifier in answers, not only a time: two people may ask in one second."""
        return f"{self.who}@{self.time}"


class Answer(NamedTuple):
    """An answer to a question about a unit."""

    who: str
    time: str
    re: str
    """`Question.reference` of the question; in format 1 its time alone."""
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a report or a paragraph of a story, with its history: one PO entry."""

    id: str
    source: str
    target: str = ""
    kind: Kind = "paragraph"
    variant: str = ""
    """Addition to the kind in `#.`: "numbered" for an item of a numbered list, "row" for the
    first cell of a row.
    """
    continued: bool = False
    """True if the unit is in the same block as the unit before it."""
    fuzzy: bool = False
    previous: str = ""
    """`#|`: the source that the target was last confirmed against; empty if it is the present
    one.
    """
    comments: tuple[str, ...] = ()
    """Lines of human comments."""
    assigned: Assignment | None = None
    record: Use | None = None
    refs: tuple[Ref, ...] = ()
    """`@from`: report units that a paragraph is based on; empty for a report unit and a writer's
    own paragraph.
    """
    cites: tuple[str, ...] = ()
    translated: tuple[Share, ...] = ()
    by: tuple[Authorship, ...] = ()
    text: str = ""
    """`@text`: digest of the target that `by` and `translated` describe. Another target was
    edited outside.
    """
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
    """Notes with keys of other versions or tools, and lines that cannot be parsed: kept
    verbatim.
    """
    foreign: tuple[str, ...] = ()
    """Lines of other programs (`#:`, flags other than fuzzy, `#.` after the first): kept."""

    @property
    def is_unprintable(self) -> bool:
        """True if the unit must not be printed, or not yet; it is not exported otherwise either."""
        return self.record is not None and self.record.allowance in UNPRINTED

    @property
    def is_left_out(self) -> bool:
        """True if nothing of the unit goes into a draft: it is omitted, or must not be printed."""
        return self.omitted is not None or self.is_unprintable

    @property
    def is_note(self) -> bool:
        """True for a correction note of a story: a paragraph of the variant "correction"."""
        return self.kind == "paragraph" and self.variant == "correction"

    def replace(self, **changes: Any) -> Self:
        """Return the unit with fields changed.

        Like `dataclasses.replace`, whose import would cost time in hot paths.
        """
        return type(self)(**{name: changes.pop(name, getattr(self, name)) for name in self.__slots__}, **changes)
