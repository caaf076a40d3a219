"""The command that git runs to merge a catalog."""

from __future__ import annotations

import shlex

DRIVER = "merge.transflow.driver"
_DRIVER_SCRIPT = (
    "if {python} -Pc 'import transflow' 2>/dev/null; then {python} -Pm transflow {arguments}; s=$?; "
    "elif command -v transflow >/dev/null; then transflow {arguments}; s=$?; "
    "else echo 'transflow is gone from this machine: run `transflow git setup` again.' >&2; s=3; fi; "
    "if [ $s -gt 1 ]; then git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B; s=1; fi; exit $s"
)


def driver_command(python: str) -> str:
    """Return the shell command that git runs to merge a catalog.

    It contains the full path of the interpreter: hooks, editors and other programs that start git
    have no virtual environment on their PATH, and the configuration of a clone belongs to one
    machine. If that interpreter has gone, `transflow` on the PATH is run. If there is neither, or
    the exit status is not 0 (merged) or 1 (merged, with conflicts), git's own text merge writes
    conflict markers: otherwise git would take the file as the result, and that is our side alone.
    -P prevents the import of a folder "transflow" in the project.
    """
    quoted = shlex.quote(python).replace("%", "%%")
    arguments = "merge %O %A %B --path %P"
    return _DRIVER_SCRIPT.format(python=quoted, arguments=arguments)
