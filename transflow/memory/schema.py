"""Tables of a shared memory, as migrations from an empty database.

Invariant: a released migration never changes; after n of them, the database has version n, which
`transflow.version` holds.
"""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE transflow.project (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
    CREATE TABLE transflow.catalog (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, project int NOT NULL REFERENCES transflow.project, locale text NOT NULL,
        name text NOT NULL, withheld boolean NOT NULL DEFAULT false, UNIQUE (project, locale, name)
    );
    CREATE TABLE transflow.source (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, locale text NOT NULL, length int NOT NULL, key bigint NOT NULL,
        text text NOT NULL, grams int[] NOT NULL, UNIQUE (locale, key)
    );
    CREATE INDEX source_grams ON transflow.source USING gin (grams) WITH (fastupdate = off);
    CREATE TABLE transflow.entry (
        catalog int NOT NULL REFERENCES transflow.catalog, unit text NOT NULL, source bigint NOT NULL REFERENCES transflow.source,
        written text, target text NOT NULL, state text NOT NULL, rank int NOT NULL, who text NOT NULL, time text NOT NULL,
        before bigint, after bigint, PRIMARY KEY (catalog, unit)
    );
    CREATE INDEX entry_source ON transflow.entry (source);
    CREATE TABLE transflow.frequency (
        locale text NOT NULL, gram int NOT NULL, sources bigint NOT NULL, PRIMARY KEY (locale, gram)
    );
    """,
    "ALTER TABLE transflow.catalog ADD COLUMN until text NOT NULL DEFAULT '';",
)
