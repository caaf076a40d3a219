"""The settings of a project and its people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple


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
    """House style of the project's own: see `transflow.language.style`."""

    def person(self, person_id: str) -> Person | None:
        return next((each for each in self.people if each.id == person_id), None)
