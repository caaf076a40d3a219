"""The project on disk: finds, loads, locks and atomically saves. The only package that touches the record.

Invariant: a file of the record is whole at every moment, whoever is killed; nothing is written outside the project's
folder, through a symbolic link, or over a change that was not read.

    files      one file: safe paths, atomic and durable writes
    locks      one writer at a time
    beside_git  git at work in the same folder, and what it has
    looking    files that git, or another program, may be writing
    torn       catalogs that are not whole, or only seem so
    waiting    for whom a lock is waited, and for how long
    cache      what may be computed again
    places     which file holds what
    remembering  what the memory is to hold, told when a catalog is saved
    project    the project: settings, reports, catalogs
"""

from transflow.project.places import CatalogRef
from transflow.project.project import Project

__all__ = ["CatalogRef", "Project"]
