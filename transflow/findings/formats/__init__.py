"""Output formats of `transflow check --format`: one module each, named like the format.

Invariant: the output is byte for byte the same for the same findings, and no text of a finding
becomes markup or a command.
"""

from __future__ import annotations

from typing import Protocol

from transflow.findings import Verdict
from transflow.registry import Registry


class Format(Protocol):
    """Interface of a format module, whose docstring is its documentation."""

    FOR_REPOSITORY: bool = False
    """True if paths are relative to the repository instead of the project, as code hosts need."""

    @staticmethod
    def render(verdict: Verdict) -> str:
        """Return the formatted findings, ending in a newline."""
        ...


registry = Registry(__name__, __path__, "format of findings", Format)
names, load = registry.names, registry.load
