"""Generator of the documents in tests/golden/readers: `python -m scripts.documents`.

Then `TRANSFLOW_WRITE_GOLDENS=1 pytest tests/readers` writes what is read from them.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.documents.letters import letters

ROOT = Path(__file__).parents[1]


def main() -> None:
    for name, data in letters().items():
        path = ROOT / "tests" / "golden" / "readers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
