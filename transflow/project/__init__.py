"""The project on disk: found, read, locked and written atomically.

Only this package reads and writes the files of the record.

Invariant: a file of the record is complete at every moment, even if a process is killed; nothing is
written outside the project's folder, through a symbolic link, or over a change that was not read.

    files       one file: safe paths, atomic and durable writes
    locks       one writer at a time
    waiting     waiting for locks: messages and timeouts
    beside_git  git running in the same folder, and the files that it tracks
    looking     reading files that git or another program may be writing
    torn        catalogs that are incomplete, or only seem so
    cache       data that can be computed again
    index_sync  entries of the memory's index, updated when a catalog is saved
    places      paths of files
    git         queries to git
    git_command safe runs of git
    project     the project: settings, reports, catalogs
"""

from transflow.project.places import CatalogRef
from transflow.project.project import Project

__all__ = ["CatalogRef", "Project"]
