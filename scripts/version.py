"""Compare a tag with the version of the package: `python scripts/version.py v0.2.0`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "transflow" / "__init__.py"


def main(tag: str) -> int:
    """Return 0 if the tag is the version with a `v` before it, else 1."""
    found = re.search(r'__version__ = "(.+)"', PACKAGE.read_text(encoding="utf-8"))
    version = found[1] if found else ""
    if tag != f"v{version}":
        sys.stderr.write(f"The tag is {tag}, and {PACKAGE.name} says {version}.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
