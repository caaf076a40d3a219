"""Projects to measure."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench import SCRATCH
from transflow.digests import approval, digest, new_id
from transflow.model.catalog import Catalog
from transflow.model.unit import Approval, Assignment, Authorship, Unit
from transflow.po.catalog import new_header, serialize
from transflow.po.header import with_counts
from transflow.project import CatalogRef, Project
from transflow.settings.editing import default_text

_TIMES = ("2024-03-26T03:12:00Z", "2024-03-26T04:02:10Z", "2024-03-26T05:40:12Z")


def unit(number: int) -> Unit:
    """Return a unit with full metadata: assigned, two authors, approved."""
    source = (
        f"유엔은 {number}번째 서한에서 중국 정부에 구금된 탈북민 {number}명을 강제 송환하지 말라고 요청했다고 밝혔다."
    )
    target = f"In letter number {number}, the U.N. asked China not to send back {number} refugees whom it is holding in detention."
    unit_id = new_id(source, ())
    return Unit(
        unit_id,
        source,
        target,
        continued=number % 3 > 0,
        assigned=Assignment("claire", "2024-03-26T09:00:00Z"),
        by=(Authorship("claire", _TIMES[0], 17), Authorship("leejin", _TIMES[1], 3)),
        text=digest(target),
        approved=Approval("eugene", _TIMES[2], approval(unit_id, source, target)),
    )


def catalog(units: int, first: int = 0) -> Catalog:
    header = new_header("en", "ko", X_Report="report", X_Report_Digest=f"{'0' * 64} 1")
    return Catalog(header, tuple(unit(first + i) for i in range(units)))


def of_catalogs(count: int, units: int) -> Path:
    """Return a project with so many report catalogs of so many units, kept in `SCRATCH`."""
    root = SCRATCH / f"catalogs-{count}-{units}"
    if (root / "done").exists():
        return root
    shutil.rmtree(root, ignore_errors=True)
    folder = root / "locales/en/reports"
    folder.mkdir(parents=True)
    (root / "transflow.toml").write_text(default_text("Bench", "Asia/Seoul", ("en",), "ko"), encoding="utf-8")
    text = serialize(with_counts(catalog(units)))
    for i in range(count):
        (folder / f"report-{i:05}.po").write_text(text, encoding="utf-8")
    (root / "done").touch()
    return root


def with_report(text: str) -> tuple[Project, CatalogRef]:
    """Return a project with one report catalog of this text, and its place."""
    root = (SCRATCH / "one-report").resolve()
    shutil.rmtree(root, ignore_errors=True)
    place = CatalogRef("en", "reports", "report")
    (root / place.path).parent.mkdir(parents=True)
    (root / "transflow.toml").write_text(default_text("Bench", "Asia/Seoul", ("en",), "ko"), encoding="utf-8")
    (root / place.path).write_text(text, encoding="utf-8")
    return Project(root), place


def of_reports(count: int) -> Path:
    """Return a project with this number of reports of about 3 kB whose catalogs are up to date."""
    from transflow.actions import Actor
    from transflow.actions.reports.intake import update
    from transflow.model.settings import Person

    root = SCRATCH / f"reports-{count}"
    if (root / "done").exists():
        return root
    shutil.rmtree(root, ignore_errors=True)
    (root / "sources").mkdir(parents=True)
    (root / "transflow.toml").write_text(default_text("Bench", "Asia/Seoul", ("en",), "ko"), encoding="utf-8")
    actor = Actor(Project(root.resolve()), Person("bench"), "2024-03-26T03:12:00Z")
    for i in range(count):
        sentences = [unit(i * 20 + each).source for each in range(20)]
        body = "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, 20, 4))
        path = root / "sources" / f"report-{i:05}.md"
        path.write_text(f"---\ntitle: 보고 {i}\ndate: 2024-03-26\n---\n\n{body}\n", encoding="utf-8")
        update(actor, path.stem, "en")
    (root / "done").touch()
    return root
