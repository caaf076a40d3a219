"""Many versions of one catalog, of which only the entries are read that differ.

Invariant: a version has the units that `catalog.parse` gives; those that are in several versions
are the same object.
"""

from __future__ import annotations

from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog, Header
from transflow.model.unit import Unit
from transflow.po.catalog import parse
from transflow.po.header import format_version
from transflow.po.header import read as read_header
from transflow.po.unit_entries import read_unit

_Entries = dict[str, tuple[Unit, bool]]
"""Text of an entry -> unit, and whether it is obsolete."""


class VersionReader:
    """A reader of versions of a catalog, which knows the entries of the present one."""

    def __init__(self, catalog: Catalog) -> None:
        obsolete = {unit.id for unit in catalog.obsolete}
        entries = catalog.raw_entries.values()
        known = {raw.strip("\n"): (unit, unit.id in obsolete) for unit, raw in entries if unit.id}
        self._known: dict[bool, _Entries] = {format_version(catalog.header) > 1: known}
        self._headers: dict[str, Header] = {}

    def read(self, text: str) -> Catalog:
        """Return a version, without the raw text of its entries; it may be torn.

        Raise UnreadableError.
        """
        try:
            found = self._read_chunks(*text.rstrip("\n").split("\n\n"))
        except UnreadableError:
            found = None
        return found or parse(text, "", torn_ok=True)

    def _read_chunks(self, head: str, *chunks: str) -> Catalog | None:
        """Return a version whose entries stand between empty lines; None for any other."""
        if head not in self._headers:
            header, end = read_header(f"{head}\n", "")
            if end <= len(head):
                return None
            self._headers[head] = header
        header = self._headers[head]
        strict = format_version(header) > 1
        known = self._known.setdefault(strict, {})
        for chunk in chunks:
            if chunk not in known:
                unit, is_obsolete, end = read_unit(f"{chunk}\n", 0, "", strict)
                if unit is None or end <= len(chunk) or chunk.startswith("\n"):
                    return None
                known[chunk] = unit, is_obsolete
        units = [known[chunk] for chunk in chunks]
        if len({unit.id for unit, _ in units}) < len(units):
            return None
        live, obsolete = (tuple(unit for unit, dead in units if dead is kind) for kind in (False, True))
        return Catalog(header, live, obsolete)
