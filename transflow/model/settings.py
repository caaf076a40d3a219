"""Settings of a project, and its people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple


class Role(NamedTuple):
    """A role that a person has from `since` until the day before `until`.

    Both are ISO dates, empty if open.
    """

    name: str
    since: str = ""
    until: str = ""

    def applies_at(self, time: str) -> bool:
        """True if the person has the role at a time."""
        return (not self.since or time[:10] >= self.since) and (not self.until or time[:10] < self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of `[[people]]` in transflow.toml."""

    id: str
    name: str = ""
    """Name in credits; empty if the entry has an id only."""
    roles: tuple[Role, ...] = ()
    locales: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other spellings of the name in bylines."""
    left: str = ""
    protected: bool = False
    keys: tuple[str, ...] = ()
    """Public SSH keys."""
    zone: str = ""
    """Time zone of the person, if it is not the newsroom's."""

    def has_role(self, role: str, time: str) -> bool:
        """True if the person has the role at that time, and had not left by then."""
        return any(each.name == role and each.applies_at(time) for each in self.roles) and not (
            self.left and time[:10] >= self.left
        )


MachineUse = Literal["never", "memory", "draft"]
MACHINE_USES: tuple[MachineUse, ...] = ("never", "memory", "draft")
"""Texts of machines that a desk allows, strictest first: none; those of its own memory; drafts."""
EDITOR_FIELD = "{editor}"
"""Field of a label for the name of the editor who cleared the story."""


@dataclass(frozen=True, slots=True)
class MachineRule:
    """A desk's rule about machine drafts: `[machine]`, and `[machine.vi]` for one locale."""

    use: MachineUse = "draft"
    one_by_one: bool = False
    """True if a machine's sentence is confirmed and approved by itself only."""
    label: str = "Translated with machine assistance, reviewed by {editor}."
    """Label of a story with a machine's words; empty for none. The default is translated into the
    language of the page.
    """
    label_words: float = 0.0
    """Share of the printed words, 0 to 1, above which a machine's words ask for the label."""
    label_began: float = 1.0
    """Share of the printed units above which those that began as machine drafts ask for it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The contents of transflow.toml. Defaults are those of the file."""

    name: str = ""
    source: str = "ko"
    locales: tuple[str, ...] = ("en",)
    timezone: str = "UTC"
    url: str = ""
    """URL of the publication, printed in pages."""
    people: tuple[Person, ...] = ()
    compose_requires: Literal["nothing", "translated", "approved"] = "translated"
    clear_alone: bool = False
    minimum_share: float = 0.0
    """Share of a story's words, 0 to 1, below which nobody is credited."""
    credit_editor: bool = False
    templates: str = ""
    """Folder with the project's templates, relative to the project; empty for none."""
    engine: str = "memory"
    """Default machine translation engine."""
    engines_local_only: bool = False
    """True if all reports go to local engines only, as confidential ones always do."""
    gate_require: Literal["translated", "approved"] = "translated"
    gate_min: float = 100.0
    gate_max_fuzzy: int = 0
    gate_proof: Literal["off", "author", "signed"] = "off"
    """Level of the proof that an approval needs: none, the author of its commit, or a signature."""
    act_as: bool = False
    """True if --as may name a person other than the one that git's user.email belongs to."""
    proof_servers: tuple[str, ...] = ()
    """Public SSH keys of servers that record in people's names."""
    judges_precision: float = 0.3
    """Share of a judge's findings of one kind that has to be right, or the kind is silent."""
    judges_cases: int = 20
    """Number of decided findings of a kind from which on that share counts."""
    machine: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Locale, or empty for all -> fields of `MachineRule`: see `machine_rule`."""
    checks: Mapping[str, str] = field(default_factory=dict)
    """Check or family of checks -> "error", "warning", "hint" or "off", if it is not the default
    severity.
    """
    style: Mapping[str, Any] = field(default_factory=dict)
    """House style of the project: see `transflow.language.style`."""

    def person(self, person_id: str) -> Person | None:
        return next((each for each in self.people if each.id == person_id), None)

    def machine_rule(self, locale: str) -> MachineRule:
        """Return the rule about machines for a locale: its own keys, then those for all."""
        return MachineRule(**{**self.machine.get("", {}), **self.machine.get(locale, {})})

    def zones(self, *people: str) -> tuple[str, ...]:
        """Return the time zones of the newsroom and of these people; of everybody without any."""
        own = (each.zone for each in self.people if each.zone and (not people or each.id in people))
        return tuple(dict.fromkeys((self.timezone, *own)))
