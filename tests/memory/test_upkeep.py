"""Roles of a shared memory on a real PostgreSQL, and what each of them cannot do by any SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from support.postgres import server, why_not
from transflow.errors import RefusedError, UnknownNameError
from transflow.memory import upkeep
from transflow.memory.entries import MemoryEntry
from transflow.memory.errors import MemoryUnavailableError
from transflow.memory.grams import distinct_gram_numbers, key
from transflow.memory.lookup import Query
from transflow.memory.schema import MIGRATIONS
from transflow.memory.shared import CatalogUpdate, SharedMemory

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())
PAST, FUTURE = "2024-03-26T03:00:00Z", "2099-01-01T00:00:00Z"
TEXT = "유엔은 서한을 중국 정부에 보냈다."


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    with server() as url:
        with psycopg.connect(url, autocommit=True) as db:
            for role in ("owner", "claire", "times", "guest", "stranger"):
                db.execute(f"CREATE ROLE {role} LOGIN")
            db.execute("GRANT CREATE ON DATABASE postgres TO owner")
            db.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        yield url


class Team:
    """A database with an owner, and with roles that may write as one project each, or read."""

    def __init__(self, url: str, *, is_set_up: bool = True) -> None:
        self._url = url
        self._open: list[SharedMemory] = []
        self.sql("transflow", "DROP SCHEMA IF EXISTS transflow CASCADE")
        if is_set_up:
            upkeep.set_up(self.url("owner"))
            self.grant_all()

    def grant_all(self) -> None:
        upkeep.grant(self.url("owner"), "claire", ["Herald"])
        upkeep.grant(self.url("owner"), "times", ["Times"])
        upkeep.grant(self.url("owner"), "guest", [])

    def url(self, role: str) -> str:
        return self._url.replace("transflow@", f"{role}@")

    def open(self, role: str, project: str = "Herald") -> SharedMemory:
        self._open.append(SharedMemory(self.url(role), project, "en"))
        return self._open[-1]

    def sql(self, role: str, statement: str, *values: Any) -> list[Any]:
        with psycopg.connect(self.url(role), autocommit=True) as db:
            done = db.execute(statement, values or None)
            return done.fetchall() if done.description else [(done.rowcount,)]

    def close(self) -> None:
        for each in self._open:
            each.close()


@pytest.fixture
def team(running: str) -> Iterator[Team]:
    made = Team(running)
    yield made
    made.close()


def entry(target: str, time: str = PAST, unit: str = "a", source: str = TEXT) -> MemoryEntry:
    return MemoryEntry(unit, source, target, "translated", "claire", time)


def put(memory: SharedMemory, *entries: MemoryEntry) -> bool:
    return memory.put(CatalogUpdate("un", entries))


def targets(memory: SharedMemory) -> list[tuple[str, str]]:
    return [(each.origin.catalog, each.target) for each in memory.lookup(Query(TEXT, 100))]


class TestTheOwner:
    def test_makes_the_tables_once_and_daily_roles_may_create_nothing(self, team: Team) -> None:
        assert put(team.open("claire"), entry("A letter."))
        assert upkeep.set_up(team.url("owner")) == (3, 3)
        for role in ("claire", "guest"):
            for statement in (
                "CREATE TABLE transflow.mine (n int)",
                "CREATE FUNCTION transflow.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE SCHEMA mine",
                "ALTER TABLE transflow.entry DISABLE TRIGGER ALL",
                "ALTER TABLE transflow.entry DISABLE ROW LEVEL SECURITY",
                "DROP TABLE transflow.entry",
                "TRUNCATE transflow.entry",
                "INSERT INTO transflow.writer SELECT id, current_user FROM transflow.project",
                "INSERT INTO transflow.project (name) VALUES ('Mine')",
                "DELETE FROM transflow.frequency",
                "SET session_replication_role = replica",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    team.sql(role, statement)

    def test_is_named_to_whoever_meets_no_tables_and_has_no_right_to_make_them(self, running: str) -> None:
        team = Team(running, is_set_up=False)
        with pytest.raises(MemoryUnavailableError, match="transflow memory setup"):
            team.open("claire")
        with pytest.raises(MemoryUnavailableError, match="does not give you the right"):
            upkeep.set_up(team.url("claire"))

    def test_alone_keeps_them(self, team: Team) -> None:
        with pytest.raises(RefusedError, match="role owner"):
            upkeep.set_up(team.url("transflow"))

    def test_gives_a_role_its_projects_and_takes_them_back(self, team: Team) -> None:
        assert put(team.open("claire"), entry("A letter."))
        with pytest.raises(UnknownNameError, match="nobody"):
            upkeep.grant(team.url("owner"), "nobody", ["Herald"])
        with pytest.raises(MemoryUnavailableError):
            upkeep.grant(team.url("claire"), "claire", ["Times"])
        upkeep.revoke(team.url("owner"), "claire", ["Herald"])
        assert not team.open("claire").may_write
        assert targets(team.open("claire")) == [("Herald/un", "A letter.")]
        upkeep.revoke(team.url("owner"), "claire", [])
        with pytest.raises(MemoryUnavailableError):
            team.open("claire")


class TestARole:
    def test_reads_everything_and_writes_as_its_own_project_only(self, team: Team) -> None:
        put(team.open("claire"), entry("Herald's."))
        for role in ("times", "guest"):
            other = team.open(role, "Herald")
            assert not other.may_write
            assert targets(other) == [("Herald/un", "Herald's.")]
            for attack in (
                lambda memory: put(memory, entry("Poison.")),
                lambda memory: memory.withhold("un"),
                lambda memory: memory.remove("un"),
            ):
                with pytest.raises(MemoryUnavailableError, match="memory grant"):
                    attack(other)
        assert targets(team.open("claire")) == [("un", "Herald's.")]

    def test_has_no_access_without_a_grant(self, team: Team) -> None:
        with pytest.raises(MemoryUnavailableError):
            team.open("stranger")

    def test_cannot_change_another_projects_rows_by_sql(self, team: Team) -> None:
        put(team.open("claire"), entry("Herald's."))
        put(team.open("times", "Times"), entry("The Times'."))
        for statement in (
            "UPDATE transflow.entry SET target = 'Poison.' WHERE target = 'Herald''s.'",
            "DELETE FROM transflow.entry WHERE target = 'Herald''s.'",
            "DELETE FROM transflow.source WHERE project <> (SELECT project FROM transflow.writable)",
            "UPDATE transflow.catalog SET withheld = true WHERE project <> (SELECT project FROM transflow.writable)",
        ):
            assert team.sql("times", statement) == [(0,)]
        herald, times = (
            team.sql("guest", "SELECT project, catalog, source FROM transflow.entry WHERE target = %s", target)[0]
            for target in ("Herald's.", "The Times'.")
        )
        insert = (
            "INSERT INTO transflow.entry (project, catalog, unit, source, target, state, rank, who, time)"
            " VALUES (%s, %s, 'x', %s, 'Poison.', 'approved', 3, '', '')"
        )
        for project, catalog, source in (
            herald,
            (times[0], herald[1], times[2]),  # its own project, in another's catalog
            (times[0], times[1], herald[2]),  # on another's sentence, which could then not be deleted
        ):
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ForeignKeyViolation)):
                team.sql("times", insert, project, catalog, source)
        for statement in (
            "UPDATE transflow.entry SET project = %s",
            "INSERT INTO transflow.source (project, locale, length, key, text, grams) VALUES (%s, 'en', 1, 1, 'x', '{1}')",
            "INSERT INTO transflow.catalog (project, locale, name) VALUES (%s, 'en', 'mine')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                team.sql("times", statement, herald[0])
        assert targets(team.open("claire")) == [("un", "Herald's."), ("Times/un", "The Times'.")]

    def test_gains_nothing_by_names_of_its_own_in_front_of_those_of_the_system(self, team: Team) -> None:
        put(team.open("claire"), entry("Herald's."))
        attack = (
            "CREATE TEMP TABLE pg_roles AS SELECT 'times'::name AS rolname, 0::oid AS oid;"
            "CREATE TEMP TABLE writer AS SELECT id AS project, 'times'::name AS role FROM transflow.project;"
            "SET search_path = pg_temp, transflow, pg_catalog;"
            "DELETE FROM transflow.entry WHERE target = 'Herald''s.'"
        )
        team.sql("times", attack)
        assert targets(team.open("claire")) == [("un", "Herald's.")]


class TestATimeOfTheFuture:
    def test_is_refused_by_the_database_and_left_out_by_the_client(self, team: Team) -> None:
        claire = team.open("claire")
        put(claire, entry("New.", FUTURE), entry("B.", unit="b", source="둘째 문장이다."))
        assert targets(claire) == []
        put(claire, entry("New."))
        for time in (FUTURE, "9999", "tomorrow"):
            with pytest.raises(psycopg.Error, match="no time of the past"):
                team.sql("claire", "UPDATE transflow.entry SET time = %s", time)

    def test_that_is_there_already_wins_against_nothing(self, team: Team) -> None:
        claire, times = team.open("claire"), team.open("times", "Times")
        put(claire, entry("Herald's."))
        put(times, entry("Poison.", "2023-01-01T00:00:00Z"))
        team.sql("owner", "ALTER TABLE transflow.entry DISABLE TRIGGER check_entry")
        for role in ("claire", "times"):
            team.sql(role, "UPDATE transflow.entry SET time = '2099-01-01T00:00:00Z'")
        team.sql("owner", "ALTER TABLE transflow.entry ENABLE TRIGGER check_entry")
        assert {each.origin.time for each in claire.lookup(Query(TEXT, 100))} == {""}
        put(claire, entry("Herald's, newer."))
        assert targets(claire) == [("un", "Herald's, newer."), ("Times/un", "Poison.")]


class TestAWithheldReport:
    def test_is_listed_with_the_role_that_withheld_it_which_nobody_can_forge(self, team: Team) -> None:
        claire = team.open("claire")
        put(claire, entry("A secret."))
        claire.withhold("un")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            team.sql("claire", "UPDATE transflow.catalog SET withheld_by = 'mina'")
        (found,) = upkeep.withheld(team.url("guest"), PAST)
        assert (found.project, found.catalog, found.until, found.who) == ("Herald", "un", "", "claire")
        assert PAST < found.time < FUTURE
        assert targets(claire) == []

    def test_takes_no_text_by_sql_either(self, team: Team) -> None:
        claire = team.open("claire")
        put(claire, entry("A secret."), entry("B.", unit="b", source="둘째 문장이다."))
        team.sql("claire", "UPDATE transflow.catalog SET withheld = true")
        with pytest.raises(psycopg.Error, match="withheld"):
            team.sql("claire", "UPDATE transflow.entry SET target = 'Poison.'")
        assert not put(claire, entry("A secret."))


class TestADatabaseOfVersion2:
    """One that 0.1.0 made: its first user owns the tables, and others got all rights by hand."""

    @pytest.fixture
    def old(self, running: str) -> Team:
        team = Team(running, is_set_up=False)
        with psycopg.connect(team.url("transflow"), autocommit=True) as db:
            db.execute("CREATE SCHEMA transflow AUTHORIZATION claire")
            db.execute("SET ROLE claire")
            db.execute("CREATE TABLE transflow.version (n int NOT NULL)")
            for n, statements in enumerate(MIGRATIONS[:2], 1):
                db.execute(statements)
                db.execute(f"INSERT INTO transflow.version VALUES ({n})")
            db.execute("GRANT ALL ON SCHEMA transflow TO times; GRANT ALL ON ALL TABLES IN SCHEMA transflow TO times")
            db.execute("INSERT INTO transflow.project (name) VALUES ('Herald'), ('Times')")
            db.execute("INSERT INTO transflow.catalog (project, locale, name) VALUES (1, 'en', 'un'), (2, 'en', 'un')")
            db.execute("UPDATE transflow.catalog SET withheld = true, until = '2024-04-01T00:00:00Z' WHERE project = 2")
            sources = "INSERT INTO transflow.source (locale, length, key, text, grams) VALUES ('en', %s, %s, %s, %s)"
            for text in (TEXT, "아무도 쓰지 않는다."):
                db.execute(sources, (len(text), key(text), text, distinct_gram_numbers(text)))
            for catalog, target, time in ((1, "Herald's.", PAST), (2, "Poison.", FUTURE)):
                db.execute(
                    "INSERT INTO transflow.entry (catalog, unit, source, target, state, rank, who, time)"
                    " VALUES (%s, 'a', 1, %s, 'translated', 2, 'claire', %s)",
                    (catalog, target, time),
                )
        return team

    def test_is_upgraded_without_loss_and_its_rights_are_those_that_are_granted(self, old: Team) -> None:
        with pytest.raises(MemoryUnavailableError, match="older transflow"):
            old.open("claire")
        assert upkeep.set_up(old.url("transflow")) == (2, 3)
        for role in ("claire", "times"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                old.sql(role, "SELECT * FROM transflow.entry")
        upkeep.grant(old.url("transflow"), "claire", ["Herald"])
        upkeep.grant(old.url("transflow"), "times", ["Times"])
        with closing(old.open("claire")) as claire, closing(old.open("times", "Times")) as times:
            assert targets(claire) == [("un", "Herald's."), ("Times/un", "Poison.")]
            assert {each.origin.time for each in claire.lookup(Query(TEXT, 100))} == {PAST, ""}
            assert put(claire, entry("Herald's, again.", "2024-03-27T03:00:00Z"))
            assert times.put(CatalogUpdate("un", [entry("Mended.")], released=True))
            assert targets(claire) == [("un", "Herald's, again."), ("Times/un", "Mended.")]

    def test_is_not_touched_while_something_in_it_could_run_with_the_owners_rights(self, old: Team) -> None:
        old.sql(
            "claire",
            "CREATE FUNCTION transflow.trap() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN ALTER ROLE claire SUPERUSER; RETURN NEW; END';"
            "CREATE TRIGGER trap BEFORE UPDATE ON transflow.source FOR EACH ROW EXECUTE FUNCTION transflow.trap()",
        )
        with pytest.raises(RefusedError, match="did not make"):
            upkeep.set_up(old.url("transflow"))
        assert old.sql("claire", "SELECT rolsuper FROM pg_roles WHERE rolname = 'claire'") == [(False,)]

    def test_in_which_a_stranger_made_the_schema_first_is_not_touched(self, running: str) -> None:
        team = Team(running, is_set_up=False)
        for trap in (
            "CREATE TABLE transflow.trap (n int)",
            "CREATE VIEW transflow.version AS SELECT 1 AS n",
            "CREATE TABLE transflow.version (n int); ALTER TABLE transflow.version ENABLE ROW LEVEL SECURITY;"
            "CREATE POLICY trap ON transflow.version USING (true)",
        ):
            team.sql("transflow", "DROP SCHEMA IF EXISTS transflow CASCADE")
            team.sql("transflow", "CREATE SCHEMA transflow AUTHORIZATION stranger")
            team.sql("stranger", trap)
            with pytest.raises(RefusedError, match="did not make"):
                upkeep.set_up(team.url("transflow"))
