"""Tables of a shared memory, as migrations from an empty database.

Invariant: a released migration never changes; after n of them, the database has version n, which
`transflow.version` holds. Since version 3, rows are written by roles to whom the owner granted
their project, and checked by the database: it believes no client about projects, times and
withholding.
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
    """
    -- The privileges of version 2 were given by hand, often with CREATE: `grant` gives what is needed.
    DO $$
    DECLARE grantee text;
    BEGIN
        FOR grantee IN
            SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END
            FROM (
                SELECT (aclexplode(nspacl)).grantee FROM pg_namespace WHERE nspname = 'transflow'
                UNION SELECT (aclexplode(relacl)).grantee FROM pg_class WHERE relnamespace = 'transflow'::regnamespace
            ) AS acl WHERE pg_get_userbyid(acl.grantee) <> current_user
        LOOP
            EXECUTE format('REVOKE ALL ON SCHEMA transflow FROM %s CASCADE', grantee);
            EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA transflow FROM %s CASCADE', grantee);
        END LOOP;
    END $$;

    CREATE TABLE transflow.writer (
        project int NOT NULL REFERENCES transflow.project, role name NOT NULL, PRIMARY KEY (project, role)
    );
    CREATE VIEW transflow.writable AS
        SELECT DISTINCT project.id AS project, project.name FROM transflow.project
        JOIN transflow.writer ON writer.project = project.id JOIN pg_catalog.pg_roles ON pg_roles.rolname = writer.role
        WHERE pg_catalog.pg_has_role(current_user, pg_roles.oid, 'MEMBER');

    -- Sources belong to a project, so that no row of one decides about the texts of another.
    ALTER TABLE transflow.source ADD COLUMN project int REFERENCES transflow.project;
    UPDATE transflow.source SET project = (
        SELECT min(catalog.project) FROM transflow.entry JOIN transflow.catalog ON catalog.id = entry.catalog
        WHERE entry.source = source.id
    );
    DELETE FROM transflow.source WHERE project IS NULL;
    ALTER TABLE transflow.source DROP CONSTRAINT source_locale_key_key;
    ALTER TABLE transflow.source ADD UNIQUE (project, locale, key), ADD UNIQUE (project, id);
    INSERT INTO transflow.source (project, locale, length, key, text, grams)
        SELECT DISTINCT ON (catalog.project, shared.id)
            catalog.project, shared.locale, shared.length, shared.key, shared.text, shared.grams
        FROM transflow.entry JOIN transflow.catalog ON catalog.id = entry.catalog
        JOIN transflow.source AS shared ON shared.id = entry.source WHERE shared.project <> catalog.project;
    UPDATE transflow.entry SET source = own.id
        FROM transflow.catalog, transflow.source AS shared, transflow.source AS own
        WHERE catalog.id = entry.catalog AND shared.id = entry.source AND shared.project <> catalog.project
        AND own.project = catalog.project AND own.locale = shared.locale AND own.key = shared.key;
    ALTER TABLE transflow.source ALTER COLUMN project SET NOT NULL;

    -- The project of an entry is that of its catalog and of its source.
    ALTER TABLE transflow.catalog ADD UNIQUE (project, id);
    ALTER TABLE transflow.entry ADD COLUMN project int;
    UPDATE transflow.entry SET project = catalog.project FROM transflow.catalog WHERE catalog.id = entry.catalog;
    ALTER TABLE transflow.entry ALTER COLUMN project SET NOT NULL,
        ADD FOREIGN KEY (project, catalog) REFERENCES transflow.catalog (project, id),
        ADD FOREIGN KEY (project, source) REFERENCES transflow.source (project, id);

    -- Times of the future, which nothing newer could ever replace, become none.
    CREATE FUNCTION transflow.latest() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
        SELECT to_char(now() AT TIME ZONE 'UTC' + interval '10 minutes', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    $$;
    UPDATE transflow.entry SET time = ''
        WHERE time COLLATE "C" > transflow.latest() OR time !~ '^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z)?$';
    CREATE FUNCTION transflow.check_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
        IF NEW.time COLLATE "C" > transflow.latest() OR NEW.time !~ '^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z)?$' THEN
            RAISE EXCEPTION 'no time of the past' USING ERRCODE = 'TF001';
        END IF;
        IF EXISTS (
            SELECT 1 FROM transflow.catalog WHERE id = NEW.catalog AND withheld
            AND (until = '' OR until COLLATE "C" > to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        ) THEN
            RAISE EXCEPTION 'withheld' USING ERRCODE = 'TF002';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER check_entry BEFORE INSERT OR UPDATE ON transflow.entry
        FOR EACH ROW EXECUTE FUNCTION transflow.check_entry();

    -- The role that withheld or released a catalog last.
    ALTER TABLE transflow.catalog ADD COLUMN withheld_by name NOT NULL DEFAULT '',
        ADD COLUMN withheld_at text NOT NULL DEFAULT '';
    CREATE FUNCTION transflow.stamp_catalog() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND NOT NEW.withheld THEN
            NEW.withheld_by := ''; NEW.withheld_at := '';
        ELSIF TG_OP = 'INSERT' OR (NEW.withheld, NEW.until) IS DISTINCT FROM (OLD.withheld, OLD.until) THEN
            NEW.withheld_by := session_user;
            NEW.withheld_at := to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
        ELSE
            NEW.withheld_by := OLD.withheld_by; NEW.withheld_at := OLD.withheld_at;
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER stamp_catalog BEFORE INSERT OR UPDATE ON transflow.catalog
        FOR EACH ROW EXECUTE FUNCTION transflow.stamp_catalog();

    CREATE FUNCTION transflow.count_grams(wanted text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(7230541);
        DELETE FROM transflow.frequency WHERE locale = wanted;
        INSERT INTO transflow.frequency
            SELECT wanted, gram, count(*) FROM transflow.source, unnest(grams) AS gram
            WHERE locale = wanted AND gram <> 0 GROUP BY gram HAVING count(*) >= 4;
        INSERT INTO transflow.frequency SELECT wanted, 0, count(*) FROM transflow.source WHERE locale = wanted;
        ANALYZE transflow.source;
    END $$;
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA transflow FROM PUBLIC;

    ALTER TABLE transflow.catalog ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    ALTER TABLE transflow.source ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    ALTER TABLE transflow.entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    DO $$
    DECLARE place text;
    BEGIN
        FOREACH place IN ARRAY ARRAY['catalog', 'source', 'entry'] LOOP
            EXECUTE format('CREATE POLICY read ON transflow.%I FOR SELECT USING (true)', place);
            EXECUTE format('CREATE POLICY write ON transflow.%I USING (project IN (SELECT project FROM transflow.writable))', place);
        END LOOP;
    END $$;

    -- Deleted texts are overwritten soon, without a role that may vacuum.
    ALTER TABLE transflow.entry SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);
    ALTER TABLE transflow.source SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);
    """,
)

READING = """
GRANT USAGE ON SCHEMA transflow TO {role};
GRANT SELECT ON ALL TABLES IN SCHEMA transflow TO {role};
GRANT EXECUTE ON FUNCTION transflow.latest() TO {role}
"""
"""Privileges of a role that may read."""
WRITING = """
GRANT INSERT (project, locale, name), UPDATE (withheld, until) ON transflow.catalog TO {role};
GRANT INSERT, DELETE ON transflow.source TO {role};
GRANT INSERT, UPDATE, DELETE ON transflow.entry TO {role};
GRANT EXECUTE ON FUNCTION transflow.count_grams(text) TO {role}
"""
"""Further privileges of a role that may write; policies decide about the project."""
TAKING_BACK = """
REVOKE ALL ON SCHEMA transflow FROM {role};
REVOKE ALL ON ALL TABLES IN SCHEMA transflow FROM {role};
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA transflow FROM {role}
"""
FOREIGN_OBJECTS = """
SELECT 1 FROM pg_namespace AS place WHERE nspname = 'transflow' AND (
    EXISTS (SELECT 1 FROM pg_proc WHERE pronamespace = place.oid)
    OR EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = place.oid AND relkind NOT IN ('r', 'i', 'S'))
    OR EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = place.oid AND relkind = 'r'
        AND relname NOT IN ('version', 'project', 'catalog', 'source', 'entry', 'frequency'))
    OR EXISTS (SELECT 1 FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE relnamespace = place.oid AND NOT tgisinternal)
    OR EXISTS (SELECT 1 FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class WHERE relnamespace = place.oid)
    OR EXISTS (SELECT 1 FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid WHERE relnamespace = place.oid)
    OR EXISTS (SELECT 1 FROM pg_constraint WHERE connamespace = place.oid AND contype NOT IN ('p', 'u', 'f', 'n'))
    OR EXISTS (SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
        WHERE relnamespace = place.oid AND (indexprs IS NOT NULL OR indpred IS NOT NULL))
    OR EXISTS (SELECT 1 FROM pg_attrdef JOIN pg_class ON pg_class.oid = adrelid
        WHERE relnamespace = place.oid AND pg_get_expr(adbin, adrelid) NOT IN ('false', $$''::text$$))
)
"""
"""Anything in the schema before version 3 that transflow did not make, and that could run with the
rights of whoever changes the tables.
"""
