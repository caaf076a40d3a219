"""What other programs, editors by hand and merges without the driver spoil in a catalog, found and mended.

Invariant: mending loses no text: every text of the spoiled file is in the mended one, in its unit or as a `@conflict` of it;
what cannot be mended for certain is named and left as it is. What is found here is what `transflow check` reports and
what `transflow repair` mends: there is one list, not two.

    controls    bytes: control characters
    decoding    bytes: encodings, line ends
    markers     git's conflict markers: the sides
    notes       "# @key" lines that were wrapped
    reading     the catalog in a spoiled text: sides and doubled units merged, entries written anew
    standing    units: texts and approvals that do not belong to their source, sentences out of step with the report
"""

from transflow.integrity.repair.controls import without_controls
from transflow.integrity.repair.defects import SEVERITY, Defect
from transflow.integrity.repair.reading import Sides, dropped, is_as_written, readable, readable_glossary
from transflow.integrity.repair.standing import Evidence, repaired_units

__all__ = [
    "SEVERITY",
    "Defect",
    "Evidence",
    "Sides",
    "dropped",
    "is_as_written",
    "readable",
    "readable_glossary",
    "repaired_units",
    "without_controls",
]
