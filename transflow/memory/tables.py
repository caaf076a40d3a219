"""Tables of the embedded index.

Invariant: an index of another version is recreated, so that no code meets unknown tables.

    catalog     indexed catalogs, with the stamp of the file each was read from
    source      distinct normalised sources; id = length << 32 | n
    gram        contentless FTS5 over their 3-grams, by the same ids
    entry       translations; `written` is the source as written, if it is not the normalised one
    sent        stamp with which a catalog was last sent to a shared memory
    frequency   number of sources per gram at the last count; stale numbers only cost time
"""

from __future__ import annotations

VERSION = 3
SCHEMA = """
CREATE TABLE catalog (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL);
CREATE TABLE source (id INTEGER PRIMARY KEY, key INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX source_key ON source (key);
CREATE TABLE entry (
    catalog INTEGER NOT NULL, unit TEXT NOT NULL, source INTEGER NOT NULL, written TEXT, target TEXT NOT NULL,
    state TEXT NOT NULL, rank INTEGER NOT NULL, who TEXT NOT NULL, time TEXT NOT NULL, before INTEGER, after INTEGER,
    PRIMARY KEY (catalog, unit)
) WITHOUT ROWID;
CREATE INDEX entry_source ON entry (source);
CREATE TABLE frequency (gram TEXT PRIMARY KEY, sources INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE count (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO count VALUES ('sources', 0), ('counted', 0), ('unclean', 0);
CREATE TABLE sent (catalog TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE gram USING fts5 (tokens, content='', detail=none, columnsize=0, tokenize='ascii');
INSERT INTO gram (gram, rank) VALUES ('hashsize', 33554432);
"""
