"""Detection and repair of damage by other programs, manual edits and merges without the driver.

Invariant: a repair loses no text: every text of the damaged file is in the repaired one, in its
unit or as a `@conflict` of it. What cannot be repaired with certainty is reported and left as it
is. `transflow check` reports exactly the defects that `transflow repair` repairs.

    controls    bytes: control characters
    decoding    bytes: encodings, line endings
    markers     git conflict markers
    notes       "# @key" lines that were wrapped
    reading     text: sides and duplicate units merged, entries reformatted
    standing    units: texts and approvals that do not match their source, order of the report
"""

from transflow.integrity.repair.controls import REMOVED, problem_of_line, without_controls
from transflow.integrity.repair.defects import SEVERITY, defect
from transflow.integrity.repair.reading import (
    Sides,
    dropped_obsolete,
    is_as_written,
    read_damaged,
    read_damaged_glossary,
)
from transflow.integrity.repair.standing import Evidence, repaired_units

__all__ = [
    "REMOVED",
    "SEVERITY",
    "Evidence",
    "Sides",
    "defect",
    "dropped_obsolete",
    "is_as_written",
    "problem_of_line",
    "read_damaged",
    "read_damaged_glossary",
    "repaired_units",
    "without_controls",
]
