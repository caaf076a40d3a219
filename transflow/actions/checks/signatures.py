"""Lines of signature files that can prove nothing: torn, malformed, or of another file."""

from __future__ import annotations

from collections.abc import Iterator

from transflow.actions.signatures import read
from transflow.errors import UnreadableError
from transflow.integrity.repair import defect
from transflow.messages import NOTHING, Clause, Message, Messages, joined
from transflow.model.issue import Issue, Location
from transflow.model.settings import Settings
from transflow.project import CatalogRef, Project
from transflow.proof.signature_lines import SignatureLine, lines_of

MESSAGES = Messages(
    __name__,
    {
        "malformed": "this line is no signature: it is torn, or two lines have become one. It proves nothing; take it back "
        "from git, or delete it.",
        "torn": "this line is no signature and proves nothing (take it back from git, or delete it)",
        "unreadable": "{problem} (put the file itself there, or take it back from git)",
        "locale": "this line is about texts in {other}, so it proves nothing here. Delete it.",
        "person": "this line is by nobody in transflow.toml, so it proves nothing. Delete it.",
        "units": "this line is about nothing in {path}, so it proves nothing here. Delete it.",
    },
)


def issues(project: Project, place: CatalogRef, text: str) -> Iterator[Issue]:
    """Yield an issue for each such line of the file beside a catalog, whose text is `text`."""
    try:
        found = read(project, place)
    except UnreadableError as error:
        yield _issue(place, error.line, joined([error.message]))
        return
    for number, _, line in lines_of(found):
        if message := _why_useless(project.settings, place, text, line):
            yield _issue(place, number, message)


def torn_lines(project: Project, place: CatalogRef) -> Iterator[Issue]:
    """Yield a defect for each line beside a catalog that is no signature, left to people."""
    try:
        found = read(project, place)
    except UnreadableError as error:
        yield defect("record.signature", MESSAGES("unreadable", problem=Clause(error.message)))
        return
    for number, _, line in lines_of(found):
        if line is None:
            yield defect("record.signature", MESSAGES("torn"), line=number)


def _why_useless(settings: Settings, place: CatalogRef, text: str, line: SignatureLine | None) -> Message:
    if line is None:
        return MESSAGES("malformed")
    if line.locale != place.locale:
        return MESSAGES("locale", other=line.locale)
    if settings.person(line.who) is None:
        return MESSAGES("person")
    # Ids of obsolete, joined and split units stand in the catalog too.
    return NOTHING if any(item.about in text for item in line.items) else MESSAGES("units", path=place.path)


def _issue(place: CatalogRef, line: int, message: Message) -> Issue:
    path = place.signatures_path
    label = f"{path}:{line}" if line else path
    return Issue("record.signature", "warning", message, location=Location(path, line, label=label))
