"""The tables on a server, what they refuse, and who may do what with them.

The role that owns the database sets them up. Those who work with the record are members of `incident_app`: they
append and read. The server itself refuses them anything else, so that a stolen client cannot rewrite the journal.
"""

from psycopg import Connection, errors

from incident.errors import Failure
from incident.store.board_terms import URGENCY
from models.journal import GENESIS

VERSION = 1
"""The form of the tables; raised when a later one is made."""

APPLICATION_ROLE = "incident_app"
"""The role that everyone who works with a record is a member of."""

TURN = 0x494E4349
"""The advisory lock that a writer holds: the letters INCI."""

_TABLES = f"""
CREATE SCHEMA incident;

CREATE TABLE incident.form (version integer NOT NULL);

-- What the journal is searched by is taken from its headers, so that nothing can differ from what is hashed. No
-- quotation mark within a name can pass for one of these: there it has a backslash before it.
CREATE TABLE incident.journal (
    sequence bigint PRIMARY KEY,
    header text NOT NULL,
    header_digest bytea NOT NULL,
    body_digest bytea NOT NULL,
    hash bytea NOT NULL,
    incident text COLLATE "C" GENERATED ALWAYS AS (substring(header FROM '"incident":"([^"]+)"')) STORED,
    kind text COLLATE "C" GENERATED ALWAYS AS (substring(header FROM '"kind":"([^"]+)"')) STORED,
    number integer GENERATED ALWAYS AS
        (CAST(substring(header FROM '"incident":"INC-[0-9]{{4}}-([0-9]{{1,9}})"') AS integer)) STORED
);
CREATE INDEX journal_by_incident ON incident.journal (incident, sequence);
CREATE INDEX journal_rules ON incident.journal (sequence) WHERE kind = 'rules';
CREATE INDEX journal_attached ON incident.journal (sequence) WHERE kind = 'attached';
CREATE INDEX journal_by_number ON incident.journal (substr(incident, 1, 9), number);

CREATE TABLE incident.bodies (
    sequence bigint PRIMARY KEY REFERENCES incident.journal,
    salt bytea NOT NULL,
    body text NOT NULL
);

CREATE TABLE incident.head (length bigint NOT NULL, hash bytea NOT NULL);

CREATE TABLE incident.meta (key text PRIMARY KEY, value text NOT NULL);

-- `fields` is the whole row, in JSON; the other columns are what it is found and sorted by.
CREATE TABLE incident.board (
    reference text COLLATE "C" PRIMARY KEY,
    external_ref bytea UNIQUE,
    vendor text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    next_due_at text COLLATE "C",
    next_due_soon_at text COLLATE "C",
    next_undated_state text COLLATE "C",
    words text COLLATE "C" NOT NULL,
    lexemes tsvector,
    fields text NOT NULL,
    urgency text COLLATE "C" GENERATED ALWAYS AS ({URGENCY}) STORED
);
CREATE INDEX board_by_urgency ON incident.board (urgency, reference);
CREATE INDEX board_by_lexeme ON incident.board USING gin (lexemes);
CREATE INDEX board_without_lexemes ON incident.board (reference) WHERE lexemes IS NULL;
"""

_GUARDS = """
CREATE FUNCTION incident.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON incident.journal
    EXECUTE FUNCTION incident.refuse('an entry of the journal is never changed');
CREATE TRIGGER journal_refuses_delete BEFORE DELETE OR TRUNCATE ON incident.journal
    EXECUTE FUNCTION incident.refuse('an entry of the journal is never deleted');
CREATE TRIGGER bodies_refuse_update BEFORE UPDATE OR TRUNCATE ON incident.bodies
    EXECUTE FUNCTION incident.refuse('the body of an entry is never changed');

-- Whoever appends: the chain goes on from the recorded head, and only the owner enters what others have recorded.
CREATE FUNCTION incident.follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before incident.head;
    wrong bigint;
BEGIN
    SELECT * INTO STRICT before FROM incident.head FOR UPDATE;
    SELECT min(sequence) INTO wrong FROM (
        SELECT
            *,
            lag(hash, 1, before.hash) OVER (ORDER BY sequence) AS previous,
            before.length + row_number() OVER (ORDER BY sequence) AS place
        FROM added
    ) AS chained
    WHERE sequence <> place
        OR header_digest <> sha256(convert_to(header, 'UTF8'))
        OR hash <> sha256(previous || header_digest || body_digest);
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'entry % does not follow from the journal', wrong
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT pg_has_role(session_user, current_user, 'MEMBER') AND EXISTS (
        SELECT FROM added
        WHERE CAST('"' || substring(header FROM '"role":"((?:[^"\\\\]|\\\\.)*)"') || '"' AS json) #>> '{}'
            IS DISTINCT FROM session_user
    ) THEN
        RAISE EXCEPTION 'an entry names another role than the one that records it; only the owner carries records over'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE incident.head SET (length, hash) = (added.sequence, added.hash)
        FROM added WHERE added.sequence = (SELECT max(sequence) FROM added);
    RETURN NULL;
END $$;
CREATE TRIGGER journal_follows AFTER INSERT ON incident.journal
    REFERENCING NEW TABLE AS added EXECUTE FUNCTION incident.follow();

CREATE FUNCTION incident.belong() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added JOIN incident.journal USING (sequence)
        WHERE body_digest <> sha256(salt || convert_to(body, 'UTF8'))
    ) THEN
        RAISE EXCEPTION 'a body is not that of its entry' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER bodies_belong AFTER INSERT ON incident.bodies
    REFERENCING NEW TABLE AS added EXECUTE FUNCTION incident.belong();

CREATE FUNCTION incident.erase_bodies(of_incident text) RETURNS SETOF bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM incident.bodies
    WHERE sequence IN (SELECT sequence FROM incident.journal WHERE incident = of_incident)
    RETURNING sequence
$$;
"""

_GRANTS = f"""
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA incident FROM PUBLIC;
GRANT USAGE ON SCHEMA incident TO {APPLICATION_ROLE};
GRANT SELECT ON incident.form, incident.head TO {APPLICATION_ROLE};
GRANT SELECT, INSERT ON incident.journal, incident.bodies TO {APPLICATION_ROLE};
GRANT SELECT, INSERT, UPDATE ON incident.meta TO {APPLICATION_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON incident.board TO {APPLICATION_ROLE};
GRANT EXECUTE ON FUNCTION incident.erase_bodies TO {APPLICATION_ROLE};
"""


def version(connection: Connection) -> int:
    """Return the form of the tables, or 0 where there are none yet."""
    (there,) = connection.execute("SELECT to_regclass('incident.form') IS NOT NULL").fetchone() or (False,)
    if not there:
        return 0
    (found,) = connection.execute("SELECT version FROM incident.form").fetchone() or (0,)
    return int(found)


def set_up(connection: Connection) -> None:
    """Make the tables in an empty database, unless another session was faster.

    Raises:
        Failure: the role `incident_app` is missing and this one may not create it, or may not make tables.
    """
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        if version(connection):
            return
        _create_role(connection)
        try:
            connection.execute(_TABLES)
            connection.execute("INSERT INTO incident.form VALUES (%s)", [VERSION])
            connection.execute("INSERT INTO incident.head VALUES (0, %s)", [GENESIS])
            connection.execute(_GUARDS)
            connection.execute(_GRANTS)
        except errors.InsufficientPrivilege as error:
            raise Failure(
                "nothing is set up in this database yet, and this role may not do it; begin with the role that owns it"
            ) from error


def _create_role(connection: Connection) -> None:
    """Make the role that is granted what the program needs. Roles are shared by all databases of a server."""
    found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE]).fetchone()
    if found is not None:
        return
    try:
        with connection.transaction():
            connection.execute(f"CREATE ROLE {APPLICATION_ROLE} NOLOGIN")
    except errors.DuplicateObject:
        return  # another database of this server is being set up
    except errors.InsufficientPrivilege as error:
        raise Failure(
            f"the role {APPLICATION_ROLE} is missing, and this one may not create it; have an administrator run: "
            f"CREATE ROLE {APPLICATION_ROLE} NOLOGIN"
        ) from error
