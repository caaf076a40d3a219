"""Count the keys and questions of the first minutes: `make newcomer`.

Somebody new goes from an empty folder to the first confirmed sentence and the first cleared story,
in a real terminal (tmux). It fails above the limits.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from support.colleagues import SIZES, Office
from support.first_day import MOST_TO_SENTENCE, MOST_TO_STORY, first_sentence, first_story


def main() -> int:
    failed = False
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            os.environ.update(XDG_STATE_HOME=folder, XDG_CONFIG_HOME=folder, GIT_CONFIG_GLOBAL=os.devnull)
            office = Office(Path(folder), size)
            try:
                hana = office.sit_down("Hana Seo")
                rows = (
                    ("first confirmed sentence", first_sentence(hana), MOST_TO_SENTENCE),
                    ("first cleared story", first_story(hana), MOST_TO_STORY),
                )
            finally:
                office.close()
        for name, counts, most in rows:
            is_over = counts.keys > most.keys or counts.questions > most.questions
            failed = failed or is_over
            sys.stdout.write(
                f"{size[0]}x{size[1]} {name}: {counts.keys} keys (at most {most.keys}), "
                f"{counts.questions} questions (at most {most.questions}){': too many' if is_over else ''}\n"
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
