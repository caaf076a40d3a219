"""The project: its settings, reports and catalogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TypeVar

from transflow import report
from transflow.errors import RefusedError, TransflowError, UnknownNameError, UnreadableError, UsageError
from transflow.messages import CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.report import FrontMatter, Report
from transflow.model.settings import Settings
from transflow.po import header
from transflow.po.catalog import load, parse, serialize
from transflow.po.syntax import decode
from transflow.project import cache, files
from transflow.project.beside_git import LocalGit
from transflow.project.kept import KeptCatalogs
from transflow.project.locks import is_held, locked
from transflow.project.looking import SettledFiles
from transflow.project.naming import CatalogNames
from transflow.project.places import CatalogRef, Folder, glossary_path, is_slug, report_path, slugs
from transflow.project.stamps import file_stamp
from transflow.project.torn import may_be_torn, reread
from transflow.settings import config

CONFIG = "transflow.toml"
MESSAGES = Messages(
    __name__,
    {
        "changed": "{path} was changed by another program just now. Nothing was written: do it again.",
        "no-project": "{folder} is in no project: there is no {config} here or above. Make one with {command}.",
        "no-utf-8": "this is not UTF-8.",
        "missing": "the file is not there.",
        "take-back": "Take it back from git.",
        "exists": "{name} is there already ({path}).",
    },
)
CatalogChange = Callable[[Catalog], Catalog]
Observer = Callable[[Catalog, Catalog], None]
"""Function that gets both versions before the new one is written; it may raise."""
_T = TypeVar("_T")
_ATTEMPTS = 5
"""Number of attempts at a change, if other programs write the file in spite of the lock."""


class ChangedUnderneathError(RefusedError):
    """A file was changed, or its lock deleted, while the lock was held. Nothing was written."""

    def __init__(self, path: str) -> None:
        super().__init__(MESSAGES("changed", path=path))


class NoProjectError(UsageError):
    """A folder that is in no project."""


class Project(CatalogNames):
    """The directory of a newsroom. Every call reads the disk; settings are read if they changed."""

    agent = ""
    """Author name of the agent whose project it is; empty for people. See `actions.agents`."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self._settings: tuple[str, Settings] | None = None
        self.kept: KeptCatalogs | None = None
        """Catalogs that stay parsed, in a process that asks for the same ones again and again."""

    @classmethod
    def find(cls, start: Path) -> Project:
        """Return the project that a folder is in. Raise NoProjectError if there is none."""

        def look() -> Path | None:
            return next((folder for folder in (start, *start.parents) if files.has(folder, CONFIG)), None)

        if found := look() or SettledFiles(start, LocalGit(start)).retry_while_busy(look):
            return cls(found)
        raise NoProjectError(MESSAGES("no-project", folder=str(start), config=CONFIG, command=CommandRef("init DIR")))

    @property
    def settings(self) -> Settings:
        """The settings of transflow.toml as it is now; as it was last readable, if it is not.

        Raise UnreadableError and ConfigError if it never was.
        """
        known, stamp = self._settings, file_stamp(f"{self.root}/{CONFIG}")
        if known is not None and known[0] == stamp:
            return known[1]
        try:
            settings = parse_settings(self.read(CONFIG))
        except TransflowError:
            if known is None:
                raise
            settings = known[1]
        self._settings = stamp, settings
        return settings

    @cached_property
    def local_git(self) -> LocalGit:
        return LocalGit(self.root)

    @cached_property
    def cache(self) -> Path | None:
        """The user's cache folder for this project; None if caches are not used."""
        return cache.usable_folder(self.root)

    @cached_property
    def _reader(self) -> SettledFiles:
        return SettledFiles(self.root, self.local_git)

    # Files

    def has(self, name: str) -> bool:
        """True if there is a file of this name, relative to the project's folder."""
        return self._reader.exists(name)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file, named relative to the project's folder.

        Raise UnreadableError.
        """
        return self._reader.read(name)

    def glossary_text(self, locale: str) -> str:
        """Return the glossary of a language; empty if there is none. Raise UnreadableError."""
        path = glossary_path(locale)
        text = decode(self.read(path), path) if self.has(path) else ""
        header.check_format(header.field(text, "X-Transflow-Format"), path)
        return text

    def report_slugs(self) -> list[str]:
        return self._slugs("sources", ".md")

    def catalogs(self, locale: str, folder: Folder) -> list[CatalogRef]:
        return [CatalogRef(locale, folder, slug) for slug in self._slugs(f"locales/{locale}/{folder}", ".po")]

    def _slugs(self, folder: str, suffix: str) -> list[str]:
        return self._reader.list_settled(folder, lambda: list(slugs(self.root, folder, suffix)))

    def all_catalogs(self) -> Iterator[CatalogRef]:
        for locale in self.settings.locales:
            for folder in ("reports", "articles"):
                yield from self.catalogs(locale, folder)

    # Reports

    def report_bytes(self, slug: str) -> bytes:
        try:
            if is_slug(slug):
                return self.read(report_path(slug))
        except UnreadableError:  # checked only now, because update reads every report of the project
            if self.has(report_path(slug)):
                raise
        raise UnknownNameError("report", slug, self.report_slugs(), "sources")

    def report(self, slug: str) -> tuple[Report, list[Issue]]:
        return report.parse(self.report_bytes(slug), slug, report_path(slug))

    def front_matter(self, slug: str) -> FrontMatter:
        """Return the front matter of a report; an empty one if its file is missing."""
        path = report_path(slug)
        if not self.has(path):
            return FrontMatter()
        return report.front_matter(report.decode(self.read(path), path), path)[0]

    def write_report(self, slug: str, data: bytes) -> None:
        """Write the file of a report. The caller holds its lock."""
        files.write(self.root, self.root / report_path(slug), data)
        for locale in self.settings.locales:
            if self.exists(place := CatalogRef(locale, "reports", slug)):
                _update_index(self, place)

    def write_file(self, name: str, data: bytes, before: bytes | None) -> None:
        """Write a file of the record that is not a catalog.

        The caller holds its lock. `before` is its former content, None for a new file. Raises the
        errors of `write`.
        """

        def check_unchanged() -> None:
            present = self.read(name) if self.has(name) else None
            if self.local_git.is_locked() or present != before:
                raise ChangedUnderneathError(name)

        if before is None:
            self.local_git.check_not_tracked(name)
        files.write(self.root, self.root / name, data, check_unchanged)

    # Catalogs

    def text(self, place: CatalogRef) -> str:
        """Return the text of a catalog."""
        return decode(self.complete_bytes(place), place.path)

    def raw_bytes(self, place: CatalogRef) -> bytes:
        """Return the bytes of a catalog, even if it is incomplete."""
        return self.read(place.path)

    def complete_bytes(self, place: CatalogRef) -> bytes:
        """Return the bytes of a catalog.

        A catalog that may be incomplete is read again as long as a program may be writing it. One
        that only seems so gets a new count of its units.
        """
        data = self.read(place.path)
        return reread(self._reader, place.path, partial(self.git_versions, place)) if may_be_torn(data) else data

    def git_versions(self, place: CatalogRef) -> Iterator[Catalog]:
        """Yield the versions of a catalog in git's last commit and its index."""
        for text in self.local_git.versions(place.path):
            with suppress(UnreadableError):
                yield parse(text, place.path, torn_ok=True)

    def load(self, place: CatalogRef) -> Catalog:
        return self.kept.load(self.root, place, partial(_parsed, self)) if self.kept else _parsed(self, place)

    def exists(self, place: CatalogRef) -> bool:
        return self.has(place.path)

    def stamp(self, place: CatalogRef) -> tuple[int, int, int]:
        """Return time, size and inode of a catalog's file, to see cheaply whether it changed.

        Raise UnreadableError.
        """
        for _ in range(2):  # git removes a file before it writes the new one
            with suppress(OSError):
                status = (self.root / place.path).lstat()
                return status.st_mtime_ns, status.st_size, status.st_ino
            if not self.exists(place):
                break
        raise UnreadableError(place.path, 0, MESSAGES("missing"), MESSAGES("take-back"))

    def load_if_exists(self, place: CatalogRef) -> Catalog | None:
        return self.load(place) if self.exists(place) else None

    @contextmanager
    def locked(self, *paths: str) -> Iterator[None]:
        """Hold the locks of these files, while git is not running in the folder.

        Locks are taken in sorted order, so that there is no deadlock. Raise GitLockedError.
        """
        with ExitStack() as stack:
            for path in sorted(set(paths)):
                stack.enter_context(locked(self.root, path))
            self.local_git.wait()
            yield

    @contextmanager
    def locked_all(self, *more: str) -> Iterator[None]:
        """Hold the locks of all reports, catalogs and glossaries, and of `more`.

        Files that were added or renamed while this waited for the other locks are included.
        """
        while True:
            paths = {*_record_paths(self), *more}
            with self.locked(*paths):
                if paths.issuperset(_record_paths(self)):
                    yield
                    return

    def change(
        self, place: CatalogRef, change: CatalogChange, before_write: Observer = lambda _old, _new: None
    ) -> Catalog:
        """Load a catalog, change it and save it under its lock, if anything changed.

        Both functions are called again if another program wrote the file in between.
        """

        def step() -> Catalog:
            old = self.load(place)
            new = change(old)
            before_write(old, new)
            return self.write(place, new, old)

        return self.retry(step, place.path)

    def retry(self, step: Callable[[], _T], *paths: str) -> _T:
        """Run a step with the locks of these files; repeat it if another program wrote them."""
        for attempts_left in reversed(range(_ATTEMPTS)):
            try:
                with self.locked(*paths):
                    return step()
            except ChangedUnderneathError:
                if not attempts_left:
                    raise
        raise AssertionError("the last try returns or raises")

    def create(self, place: CatalogRef, catalog: Catalog) -> None:
        """Write a new catalog. Raise UsageError if it exists."""
        with self.locked(place.path):
            if self.exists(place):
                raise UsageError(MESSAGES("exists", name=str(place), path=place.path))
            self.write(place, catalog, None)

    def write(self, place: CatalogRef, catalog: Catalog, old: Catalog | None, *, anew: bool = False) -> Catalog:
        """Write a catalog and return it as written: in the present format, if it changed.

        The caller holds its lock, and read `old` under it. If an error is raised, nothing is
        written: ChangedUnderneathError if the file is no longer `old`, git is running, or the lock
        was lost; TrackedFileMissingError for a missing catalog that git has, unless it is to be
        created `anew`.
        """
        old_text = None if old is None else serialize(old)
        catalog = catalog if catalog == old else _ready_to_write(catalog)
        text = serialize(catalog)

        def check_unchanged() -> None:
            is_ours = is_held(self.root, place.path) and not self.local_git.is_locked()
            if not is_ours or not _has_catalog(self, place, old, old_text):
                raise ChangedUnderneathError(place.path)

        if old is None and not anew:
            self.local_git.check_not_tracked(place.path)
        if text != old_text:
            files.write(self.root, self.root / place.path, text.encode("utf-8"), check_unchanged)
            _update_index(self, place, catalog)
        return catalog

    def save(self, place: CatalogRef, base: Catalog, mine: Catalog) -> tuple[Catalog, tuple[Issue, ...]]:
        """Save a catalog that was made from `base`, merged with changes that others saved since.

        Returns the catalog on disk and the conflicts: units that got two different targets, of
        which both are kept.
        """
        conflicts: tuple[Issue, ...] = ()

        def merged(theirs: Catalog) -> Catalog:
            nonlocal conflicts
            conflicts = ()
            if theirs == base:
                return mine
            result, conflicts = _merge(base, mine, theirs)
            return result

        return self.change(place, merged), conflicts


@lru_cache(maxsize=16)
def parse_settings(data: bytes) -> Settings:
    """Return the settings in a settings file. Raise UnreadableError and ConfigError.

    Those of the last files are kept: the screen, and whoever reads the history, asks for the same
    ones again and again.
    """
    try:
        return config.parse(data.decode("utf-8"), CONFIG)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(CONFIG, line, MESSAGES("no-utf-8")) from None


def _parsed(project: Project, place: CatalogRef) -> Catalog:
    """Return a catalog as the disk has it."""
    try:
        return load(project.read(place.path), place.path)
    except UnreadableError:
        return load(project.complete_bytes(place), place.path)


def _record_paths(project: Project) -> Iterator[str]:
    yield from map(report_path, project.report_slugs())
    yield from (place.path for place in project.all_catalogs())
    yield from map(glossary_path, project.settings.locales)


def _has_catalog(project: Project, place: CatalogRef, catalog: Catalog | None, text: str | None) -> bool:
    """True if the file has this catalog, whose text is `text`; for None, if it is missing."""
    if catalog is None or text is None:
        return not project.exists(place)
    data = project.read(place.path)
    return data == text.encode("utf-8") or project.load(place) == catalog


def _merge(base: Catalog, mine: Catalog, theirs: Catalog) -> tuple[Catalog, tuple[Issue, ...]]:
    """Merge two versions of a catalog. Loads the merge, which only a conflicting save needs."""
    from transflow.merge import merge

    return merge(base, mine, theirs)


def _ready_to_write(catalog: Catalog) -> Catalog:
    """Return the catalog ready to be written. Loads the word counts, which only a save needs."""
    from transflow.attribution.tallies import ready_to_write

    return ready_to_write(catalog)


def _update_index(project: Project, place: CatalogRef, catalog: Catalog | None = None) -> None:
    """Update the memory's index after a save. Loads the memory's entries."""
    from transflow.project.index_sync import sync_index

    sync_index(project, place, catalog)
