"""Names of catalogs, as people type and read them, and the language of those that leave it out.

Invariant: `find_catalog(ref(place))` is the catalog at that place, whoever types it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from transflow.errors import UnknownNameError, UsageError
from transflow.messages import CommandRef, Messages
from transflow.model.references import reference
from transflow.model.settings import Settings
from transflow.project.beside_git import LocalGit
from transflow.project.places import FOLDERS, CatalogRef, Folder, is_slug

MESSAGES = Messages(
    __name__,
    {
        "several-languages": "the project has several languages ({languages}): say which, as in {example}:SLUG.",
        "several-names": "“{slug}” is there in several languages: say which, as in {names}, or with --locale.",
        "no-catalog": "the report “{slug}” has no catalog in {language} yet: {command} makes it.",
    },
)


class CatalogNames(ABC):
    """Names of the catalogs of a project."""

    def __init__(self) -> None:
        self.chosen_locale = ""
        """Language of names that do not say it, and of listings: --locale."""
        self.own_locales: Callable[[], tuple[str, ...]] = tuple
        """Languages that the user works in, asked only if a name is ambiguous."""

    @property
    @abstractmethod
    def settings(self) -> Settings:
        """The settings of the project."""

    @property
    @abstractmethod
    def local_git(self) -> LocalGit:
        """The git repository around the project."""

    @abstractmethod
    def has(self, name: str) -> bool:
        """True if there is a file of this name, relative to the project's folder."""

    @abstractmethod
    def report_slugs(self) -> list[str]:
        """Return the slugs of the reports."""

    @abstractmethod
    def catalogs(self, locale: str, folder: Folder) -> list[CatalogRef]:
        """Return the catalogs in a folder of a language."""

    def locale(self, name: str = "") -> str:
        """Return a locale of the project by name.

        Without a name: the chosen one, the only one of the project, or the only one of the user.
        Raise UsageError, UnknownNameError.
        """
        locales, chosen = self.settings.locales, self.chosen_locale
        if name or chosen:
            if (name or chosen) not in locales:
                raise UnknownNameError("language", name or chosen, locales, "transflow.toml")
            return name or chosen
        if found := _only(locales) or _only(self.own_locales()):
            return found
        raise UsageError(MESSAGES("several-languages", languages=", ".join(locales), example=locales[0]))

    @property
    def listed_locales(self) -> tuple[str, ...]:
        """The languages that listings show: all, or the chosen one."""
        return (self.locale(),) if self.chosen_locale else self.settings.locales

    def ref(self, place: CatalogRef, selector: object = "") -> str:
        """Return a reference as people type it, without its language if no other has the slug."""
        return reference(place.slug, selector, place.locale if len(self._locales_of(place.slug)) > 1 else "")

    def _locales_of(self, slug: str, folders: tuple[Folder, ...] = FOLDERS) -> tuple[str, ...]:
        """Return the languages that have a catalog of this slug."""
        return tuple(
            locale
            for locale in self.settings.locales
            if is_slug(slug) and any(self.has(CatalogRef(locale, each, slug).path) for each in folders)
        )

    def _locale_of(self, slug: str, folders: tuple[Folder, ...]) -> str:
        """Return the language that a slug without one means, or an empty string if there is none.

        That is the chosen language, the only one that has the slug, or the only one of the user
        that has it. Raise UsageError if there are several.
        """
        if self.chosen_locale or len(self.settings.locales) == 1:
            return self.locale()
        having = self._locales_of(slug, folders)
        found = _only(having) or (_only([each for each in self.own_locales() if each in having]) if having else "")
        if not found and having:
            names = [reference(slug, locale=each) for each in having]
            raise UsageError(MESSAGES("several-names", slug=slug, names=", ".join(names)))
        return found

    def find_catalog(self, name: str, folder: Folder | None = None) -> CatalogRef:
        """Return the catalog that `[locale:]slug` names.

        Raise UnknownNameError, with similar names; TrackedFileMissingError if only git has the
        report's catalog; UsageError if the report has none.
        """
        locale, _, slug = name.rpartition(":")
        folders: tuple[Folder, ...] = (folder,) if folder else FOLDERS
        locale = (
            self.locale(locale)
            if locale
            else self._locale_of(slug, folders) or _only(self.own_locales()) or self.settings.locales[0]
        )
        for each in folders:
            if is_slug(slug) and self.has(CatalogRef(locale, each, slug).path):
                return CatalogRef(locale, each, slug)
        known_slugs = [
            place.slug for each in folders for where in self.listed_locales for place in self.catalogs(where, each)
        ]
        if folder != "articles" and slug in self.report_slugs():
            self.local_git.check_not_tracked(CatalogRef(locale, "reports", slug).path)
            raise UsageError(MESSAGES("no-catalog", slug=slug, language=locale, command=CommandRef(f"update {slug}")))
        kind = {"reports": "report", "articles": "story", None: "report or story"}[folder]
        raise UnknownNameError(kind, slug, known_slugs, locale)


def _only(names: Sequence[str]) -> str:
    """Return the only one of several names; empty if there are none or several."""
    return names[0] if len(names) == 1 else ""
