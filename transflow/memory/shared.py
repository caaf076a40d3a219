"""A shared memory of a team on PostgreSQL, for several projects in one database.

Invariant: an entry is replaced by a newer one only, so that an old clone undoes nobody's work; a
catalog that was withheld (its report is confidential) takes no entry until it is released. A time
of the future counts as none. The database itself lets a role write for its own projects only.

The candidates are the same as in the embedded index. Grams are numbers in an array with a GIN
index: no extension is needed, and the database's locale does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from transflow.memory import lookup as matching
from transflow.memory.concordance import probe
from transflow.memory.connecting import STATEMENT_MS, check_version, connect
from transflow.memory.entries import RANKS, MemoryEntry
from transflow.memory.errors import MemoryUnavailableError, UnavailableErrors
from transflow.memory.grams import distinct_gram_numbers, gram_number, grams, inner_grams, key, normalised
from transflow.memory.index import IndexedEntry
from transflow.memory.match import Match
from transflow.memory.nearest import Row, candidates, length_bounds, rank_sources
from transflow.messages import CommandRef, Message, Messages
from transflow.word_search import WordSearch, is_korean, parse_words, with_any_case

MESSAGES = Messages(
    __name__,
    {
        "no-right": "your role may not write under the name “{name}”: ask whoever keeps the database ({command}).",
    },
)
_PER_SOURCE = 50
_RECOUNT_AFTER = 20_000
"""New sources after which gram frequencies are counted again."""


def why_not_written(project: str) -> Message:
    """Return the message that the database does not let the present role write as a project."""
    return MESSAGES("no-right", name=project, command=CommandRef("memory grant"))


class CatalogUpdate(NamedTuple):
    """An update of one of a project's catalogs."""

    catalog: str
    entries: Sequence[MemoryEntry]
    released: bool = False
    """True if the catalog was confidential until now."""
    redacted: Sequence[str] = ()
    """Units from which text was removed for good."""
    now: str = ""
    """The present time (UTC), for catalogs withheld until a time."""


class SharedMemory:
    """The shared memory, for one project and locale. For one thread at a time.

    Methods raise MemoryUnavailableError.
    """

    def __init__(self, url: str, project: str, locale: str) -> None:
        """Connect as a project; as none, with an empty name, which reads only."""
        self.project, self.locale = project, locale
        self._db, self._errors = connect(url)
        try:
            with UnavailableErrors(self._errors):
                check_version(self._db)
                rows = self._fetch("SELECT project FROM transflow.writable WHERE name = %s", (project,))
        except BaseException:
            self._db.close()
            raise
        self._project = int(rows[0][0]) if rows else 0

    @property
    def may_write(self) -> bool:
        """True if the database lets the present role write as the project."""
        return bool(self._project)

    def close(self) -> None:
        self._db.close()

    # Queries

    def lookup(self, query: matching.Query) -> list[Match]:
        """Return the matches, best first. Catalogs of this project are named without the
        project.
        """
        text = normalised(query.source)
        if not text:
            return []
        first, last = length_bounds(len(text), query.threshold)
        with UnavailableErrors(self._errors), self._db.transaction():
            texts = self._texts(self._candidates(text, first, last))
            distinct = [(index, each) for index, each in enumerate(dict.fromkeys(each for _, each in texts))]
            best = {
                distinct[source.source_id][1]: source.score
                for source in rank_sources(text, distinct, query.threshold, query.limit + 1)
            }
            sources = [(best[each], source_id) for source_id, each in texts if each in best]
            found = [(score, entry) for score, source_id in sources for entry in self._of_source(source_id)]
        return matching.best_matches(query, found)

    def concordance(self, words: str, limit: int) -> list[IndexedEntry]:
        """Return the entries that contain the words in source or target, in any order."""
        wanted = parse_words(words)
        if not wanted.parts:
            return []
        part = probe(wanted)
        conditions, values = _conditions(wanted)
        values |= {"grams": [gram_number(gram) for gram in inner_grams(part)], "limit": limit, "locale": self.locale}
        values |= {"wanted": _like(part), "letters": _like(part.replace(" ", ""))}
        sources = "source.text ILIKE %(wanted)s"
        has_grams = values["grams"] and with_any_case(part, "") == part
        searches = [f"source.grams @> %(grams)s::int[] AND {sources}" if has_grams else sources]
        if is_korean(part):
            searches.append("replace(source.text, ' ', '') ILIKE %(letters)s")
        searches.append(
            "replace(entry.target, ' ', '') ILIKE %(letters)s" if is_korean(part) else "entry.target ILIKE %(wanted)s"
        )
        found: dict[IndexedEntry, None] = {}
        with UnavailableErrors(self._errors):
            for each in searches:
                if len(found) < limit:
                    rows = self._rows(
                        f"WHERE source.locale = %(locale)s AND {each} AND {conditions} LIMIT %(limit)s", values
                    )
                    found |= dict.fromkeys(row for row in rows if wanted.is_in(*row.entry[1:3]))
        return list(found)[:limit]

    def _candidates(self, text: str, first: int, last: int) -> list[int]:
        gram_numbers = [gram_number(gram) for gram in grams(text)]
        frequency = {
            str(gram): int(count)
            for gram, count in self._fetch(
                "SELECT gram, sources FROM transflow.frequency WHERE locale = %s AND gram = ANY(%s)",
                (self.locale, gram_numbers),
            )
        }

        def rows(gram: str) -> list[Row]:
            return self._fetch(
                "SELECT id FROM transflow.source WHERE grams @> %s AND locale = %s AND length BETWEEN %s AND %s",
                ([int(gram)], self.locale, first, last),
            )

        (count,) = self._fetch(
            "SELECT coalesce(max(sources), 0) FROM transflow.frequency WHERE locale = %s AND gram = 0", (self.locale,)
        )[0]
        return candidates(
            [str(gram) for gram in gram_numbers], frequency, rows, max(int(count), 1_000_000 * (not frequency))
        )

    def _texts(self, source_ids: Sequence[int]) -> list[tuple[int, str]]:
        return self._fetch("SELECT id, text FROM transflow.source WHERE id = ANY(%s)", (list(source_ids),))

    def _of_source(self, source_id: int) -> list[IndexedEntry]:
        return self._rows(
            "WHERE entry.source = %(source)s ORDER BY rank DESC, 9 DESC, project.name, catalog.name, unit LIMIT %(most)s",
            {"source": source_id, "most": _PER_SOURCE},
        )

    def _rows(self, clause: str, values: dict[str, Any]) -> list[IndexedEntry]:
        rows = self._fetch(f"{_ENTRIES} {clause}", values)
        own_project = self._project
        return [
            IndexedEntry(name if project == own_project else f"{project_name}/{name}", MemoryEntry(*row))
            for project, project_name, name, *row in rows
        ]

    # Changes

    def put(self, sent: CatalogUpdate) -> bool:
        """Store a catalog's entries; return False if the catalog is withheld.

        Entries that are missing from the update are deleted unless they are newer; redacted ones
        always. Entries whose time is of the future are left out, by the clock of the server.
        """
        with UnavailableErrors(self._errors), self._db.transaction():
            catalog = self._catalog(sent.catalog)
            latest = str(self._fetch("SELECT transflow.latest()", ())[0][0])
            entries = [entry for entry in sent.entries if entry.time <= latest]
            if sent.released:
                self._execute(_RELEASE, (catalog,))
            elif self._fetch(
                "SELECT withheld AND (until = '' OR until > %s) FROM transflow.catalog WHERE id = %s",
                (sent.now, catalog),
            )[0][0]:
                return False
            source_ids = self._sources_of(catalog)
            newest = max((entry.time for entry in entries), default="")
            self._execute(
                "DELETE FROM transflow.entry WHERE catalog = %s AND NOT unit = ANY(%s) AND (time <= %s OR time > %s)",
                (catalog, [entry.unit for entry in entries], newest, latest),
            )
            redacted = self._fetch(
                "DELETE FROM transflow.entry WHERE catalog = %s AND unit = ANY(%s) RETURNING unit",
                (catalog, list(sent.redacted)),
            )
            self._insert(catalog, entries)
            self._delete_unused_sources(source_ids)
        if redacted:
            self._clean()
        self._count_when_needed()
        return True

    def withhold(self, catalog: str, until: str = "") -> None:
        """Delete a catalog's entries and refuse new ones, for good or until a time (UTC).

        A later time that was set before is kept.
        """
        later = (
            "until = CASE WHEN withheld AND (until = '' OR until > %s) THEN until ELSE %s END"
            if until
            else "until = ''"
        )
        self._delete_entries(
            catalog,
            f"UPDATE transflow.catalog SET withheld = true, {later} WHERE id = %s",
            (until, until) if until else (),
        )
        self._clean()

    def _clean(self) -> None:
        """Vacuum, so that new texts overwrite deleted ones.

        The owner of the tables may; for other roles the server does it a little later.
        """
        with UnavailableErrors(self._errors):
            self._execute("SET statement_timeout = 0", ())
            self._execute("VACUUM transflow.entry, transflow.source", ())
            self._execute(f"SET statement_timeout = {STATEMENT_MS}", ())

    def remove(self, catalog: str) -> None:
        """Delete a removed catalog's entries."""
        self._delete_entries(catalog, "SELECT %s")

    def _delete_entries(self, name: str, statement: str, values: tuple[str, ...] = ()) -> None:
        with UnavailableErrors(self._errors), self._db.transaction():
            catalog = self._catalog(name)
            source_ids = self._sources_of(catalog)
            self._execute(statement, (*values, catalog))
            self._execute("DELETE FROM transflow.entry WHERE catalog = %s", (catalog,))
            self._delete_unused_sources(source_ids)

    def count_grams(self) -> None:
        """Count the sources of each gram: advice for the search, which may be stale."""
        with UnavailableErrors(self._errors):
            self._fetch("SELECT transflow.count_grams(%s)", (self.locale,))

    def _count_when_needed(self) -> None:
        with UnavailableErrors(self._errors):
            counted, latest = self._fetch(
                "SELECT (SELECT coalesce(max(sources), 0) FROM transflow.frequency WHERE locale = %s AND gram = 0),"
                " (SELECT coalesce(max(id), 0) FROM transflow.source)",
                (self.locale,),
            )[0]
        if latest >= 2 * counted + 100 or latest >= counted + _RECOUNT_AFTER:
            self.count_grams()

    def _catalog(self, name: str) -> int:
        if not self.may_write:
            raise MemoryUnavailableError(why_not_written(self.project))
        place = self._project, self.locale, name
        self._execute(
            "INSERT INTO transflow.catalog (project, locale, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", place
        )
        found = self._fetch(
            "SELECT id FROM transflow.catalog WHERE (project, locale, name) = (%s, %s, %s) FOR UPDATE", place
        )
        return int(found[0][0])

    def _insert(self, catalog: int, entries: Sequence[MemoryEntry]) -> None:
        texts = {entry: normalised(entry.source) for entry in entries}
        sources = self._sources(list(dict.fromkeys(texts.values())))
        with self._db.cursor() as cursor:
            cursor.executemany(
                _UPSERT,
                [
                    (
                        self._project,
                        catalog,
                        entry.unit,
                        sources[texts[entry]],
                        entry.source if entry.source != texts[entry] else None,
                        *entry[2:4],
                        RANKS.get(entry.state, 0),
                        *entry[4:],
                    )
                    for entry in entries
                ],
            )

    def _sources(self, texts: Sequence[str]) -> dict[str, int]:
        """Return the ids of sources, inserting missing ones.

        They are inserted in sorted order, so that two writers lock rows in the same order.
        """
        with self._db.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO transflow.source (project, locale, length, key, text, grams) VALUES (%s, %s, %s, %s, %s, %s)"
                " ON CONFLICT (project, locale, key) DO NOTHING",
                [
                    (self._project, self.locale, len(text), key(text), text, distinct_gram_numbers(text))
                    for text in sorted(texts)
                ],
            )
        rows = self._fetch(
            "SELECT text, id FROM transflow.source WHERE project = %s AND locale = %s AND key = ANY(%s)",
            (self._project, self.locale, [key(text) for text in texts]),
        )
        return {str(text): int(source_id) for text, source_id in rows}

    def _sources_of(self, catalog: int) -> list[int]:
        return [
            row[0] for row in self._fetch("SELECT DISTINCT source FROM transflow.entry WHERE catalog = %s", (catalog,))
        ]

    def _delete_unused_sources(self, source_ids: Sequence[int]) -> None:
        """Delete those of these sources that no entry uses any more."""
        self._execute(
            "DELETE FROM transflow.source WHERE id = ANY(%s) AND NOT EXISTS"
            " (SELECT 1 FROM transflow.entry WHERE entry.source = source.id)",
            (list(source_ids),),
        )

    def _fetch(self, query: str, values: Any) -> list[Any]:
        rows: list[Any] = self._db.execute(query, values or None, binary=True).fetchall()
        return rows

    def _execute(self, statement: str, values: Any) -> None:
        self._db.execute(statement, values or None)


def _conditions(wanted: WordSearch) -> tuple[str, dict[str, Any]]:
    """Return the condition that source or target have each part, and its values."""
    sides = ("source.text", "entry.target")
    conditions, values = ["true"], {}
    for number, part in enumerate(wanted.parts):
        name = f"part{number}"
        column = "replace({}, ' ', '')" if is_korean(part) else "{}"
        conditions.append("(" + " OR ".join(f"{column.format(side)} ILIKE %({name})s" for side in sides) + ")")
        values[name] = _like(part.replace(" ", "") if is_korean(part) else part)
    return " AND ".join(conditions), values


def _like(part: str) -> str:
    """Return the pattern of the texts that contain a text."""
    return f"%{part.translate(_ESCAPES)}%"


_RELEASE = "UPDATE transflow.catalog SET withheld = false, until = '' WHERE id = %s AND withheld"
_ESCAPES = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_ENTRIES = """
SELECT catalog.project, project.name, catalog.name, entry.unit, coalesce(entry.written, source.text), entry.target, entry.state,
    entry.who, CASE WHEN entry.time COLLATE "C" > transflow.latest() THEN '' ELSE entry.time END, entry.before, entry.after
FROM transflow.entry JOIN transflow.source ON source.id = entry.source JOIN transflow.catalog ON catalog.id = entry.catalog
    JOIN transflow.project ON project.id = catalog.project
"""
_UPSERT = """
INSERT INTO transflow.entry (project, catalog, unit, source, written, target, state, rank, who, time, before, after)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (catalog, unit) DO UPDATE SET source = excluded.source, written = excluded.written, target = excluded.target,
    state = excluded.state, rank = excluded.rank, who = excluded.who, time = excluded.time, before = excluded.before,
    after = excluded.after
WHERE (excluded.time >= entry.time OR entry.time COLLATE "C" > transflow.latest())
    AND (entry.source, entry.target, entry.state, entry.who, entry.time, entry.before, entry.after)
    IS DISTINCT FROM
    (excluded.source, excluded.target, excluded.state, excluded.who, excluded.time, excluded.before, excluded.after)
"""
