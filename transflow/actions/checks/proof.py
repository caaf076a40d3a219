"""Issues of approvals, waivers, clearances and stories called ready that are not somebody's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transflow.errors import UnreadableError
from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.po.catalog import parse
from transflow.privacy.pseudonyms import is_shown
from transflow.project import CatalogRef, Project, git
from transflow.project.places import FOLDERS
from transflow.proof.claims import Claim, chunk_claims, claims_of_header, split, story_digest, unit_claims
from transflow.proof.judgement import Standing, judge, root_commit
from transflow.proof.trust import LEVELS, stricter
from transflow.proof.walk import Walk
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "author": "{who}'s {act} was recorded from {other}'s computer. {again}",
        "committer": "{who}'s {act} was recorded again from {other}'s computer. {again}",
        "signature": "{who}'s {act} is not signed with a key of {who}. {again}",
        "text": "{who}'s {act} is of another text than this. {again}",
        "role": "{who} was no editor when the {act} was recorded, or no editor had made {who} one. An editor records the "
        "role in transflow.toml. {again}",
        "withdrawn": "{who}'s {act} had been withdrawn, and came back. {again}",
        "uncommitted": "{who}'s {act} is in no commit yet, which would prove it.",
    },
)
ACTS = Messages(
    __name__,
    {"approval": "approval", "waiver": "waiver", "clearance": "clearance", "ready": "word that the story is ready"},
)
AGAIN = Messages(
    __name__,
    {
        "approval": "Ask {who} to approve again.",
        "waiver": "Ask {who} to waive it again.",
        "clearance": "Ask {who} to clear the story again.",
        "ready": "Ask {who} to say again that the story is ready.",
    },
)
NAMES = Messages(__name__, {"somebody": "somebody", "somebody-else": "somebody else"})


class ProofChecker:
    """The standing of everything that the catalogs of some locales attribute to people."""

    def __init__(self, project: Project, level: str, since: str, locales: Iterable[str]) -> None:
        """Judge all catalogs. Raises UsageError for an unknown commit or an incomplete clone."""
        self._project = project
        self._standings: dict[Claim, Standing] = {}
        if level == LEVELS[0] and not since:
            return
        texts = dict(self._texts(locales))
        claims = {
            claim: covered
            for place, text in texts.items()
            for claim, covered in _live_claims(parse(text, place.path), place.locale, text)
        }
        root = root_commit(project, since) if git.is_inside(project.root) else ""
        committed = self._committed(texts) if root else set[Claim]()
        present = {claim: covered for claim, covered in claims.items() if claim in committed}
        self._standings = dict.fromkeys(claims.keys() - committed, Standing("uncommitted"))
        if root:
            self._standings |= judge(project, present, root, level)

    def _texts(self, locales: Iterable[str]) -> Iterator[tuple[CatalogRef, str]]:
        """Yield the catalogs that can be read; others are reported by themselves."""
        for locale in locales:
            for folder in FOLDERS:
                for place in self._project.catalogs(locale, folder):
                    try:
                        text = self._project.text(place)
                        parse(text, place.path)
                    except UnreadableError:
                        continue
                    yield place, text

    def _committed(self, texts: dict[CatalogRef, str]) -> set[Claim]:
        """Return the claims that the last commit has, whatever the file is called there."""
        locales = {place.locale for place in texts}
        files = git.committed_blobs(self._project.root, "locales")
        found: set[Claim] = set()
        for place, text in texts.items():
            if git.has_blob_id(files.get(place.path, ""), text.encode("utf-8")):
                del files[place.path]
                found.update(chunk_claims(split(text), place.locale))
        changed = {path: blob for path, blob in files.items() if path.split("/")[1] in locales}
        return found | Walk(self._project.root).held(changed).keys()

    def issues(self, place: CatalogRef, catalog: Catalog) -> Iterator[Issue]:
        """Yield the issues of a catalog."""
        if not self._standings:
            return
        for unit in catalog.units:
            for claim, _ in _live_unit_claims(unit, place.locale):
                yield from self._issue(claim, unit.id)
        for claim in _live_header_claims(catalog, place.locale):
            yield from self._issue(claim, "")

    def _issue(self, claim: Claim, unit: str) -> Iterator[Issue]:
        standing = self._standings.get(claim, Standing("uncommitted"))
        if standing.fault:
            is_pending = standing.fault == "uncommitted"
            check = "record.unprovable" if is_pending else "record.unproved"
            message = _message(self._project.settings, claim, standing)
            yield Issue(check, "warning" if is_pending else "error", message, location=Location(unit=unit))


def least_level(*levels: str | None) -> str:
    """Return the strictest of the levels that are asked for."""
    return stricter(*(each or LEVELS[0] for each in levels))


def _message(settings: Settings, claim: Claim, standing: Standing) -> Message:
    who = _name(settings, claim.who, NAMES("somebody"))
    other = _name(settings, standing.other, NAMES("somebody-else"))
    return MESSAGES(standing.fault, who=who, act=ACTS(claim.kind), other=other, again=AGAIN(claim.kind, who=who))


def _name(settings: Settings, person_id: str, unnamed: str) -> str:
    """Return the name of a person, of protected people the id that may be shown."""
    person = settings.person(person_id)
    if not person_id or not is_shown(settings, person_id):
        return unnamed
    return person.name if person and person.name and not person.protected else person_id


def _live_claims(catalog: Catalog, locale: str, text: str) -> Iterator[tuple[Claim, str]]:
    """Yield the claims of a catalog that count, with the digests of what they cover.

    A claim that the history could not show, because of an unusual layout, is left out.
    """
    shown = chunk_claims(split(text), locale)
    for unit in catalog.units:
        yield from ((claim, covered) for claim, covered in _live_unit_claims(unit, locale) if claim in shown)
    for claim in _live_header_claims(catalog, locale):
        if claim in shown:
            yield claim, story_digest(catalog) if claim.kind == "clearance" else ""


def _live_unit_claims(unit: Unit, locale: str) -> Iterator[tuple[Claim, str]]:
    valid = {each for each in unit.waivers if workflow.is_waiver_valid(each, unit)}
    live = unit.replace(
        approved=unit.approved if workflow.is_approved(unit) else None,
        waivers=tuple(each for each in unit.waivers if each in valid),
    )
    return unit_claims(live, locale)


def _live_header_claims(catalog: Catalog, locale: str) -> Iterator[Claim]:
    return iter(()) if catalog.header.get("X-Killed") else claims_of_header(catalog.header, locale)
