"""What a server's errors mean to the person at the keyboard."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Error, OperationalError, errors

from incident.errors import Failure
from incident.store.address import ServerAddress
from incident.store.postgres.schema import APPLICATION_ROLE

_MEANINGS: dict[type[Error], str] = {
    errors.LockNotAvailable: "another program keeps writing to it; see who has it open, then try again",
    errors.DiskFull: "the server's disk is full and nothing was written; free some space there, then try again",
    errors.InsufficientPrivilege: f"this role may not do that; have its owner run: GRANT {APPLICATION_ROLE} TO …",
    errors.UniqueViolation: "its journal does not end where its recorded head says; run `incident verify`",
    errors.ReadOnlySqlTransaction: "this server is a standby that only reads; name the one that writes as well",
}


LONGEST = 600
"""Characters of what is shown of an error: of several servers, each says why it was not reached."""


@contextmanager
def explained(address: ServerAddress) -> Iterator[None]:
    """Turn an error that the server, the network or the rights of a role cause into one line about `address`.

    Any other error is a fault of ours, and passes as it is.

    Raises:
        Failure: what is wrong, and what to do.
    """
    try:
        yield
    except Error as error:
        meaning = next((text for kind, text in _MEANINGS.items() if isinstance(error, kind)), None)
        if meaning is None and isinstance(error, (OperationalError, errors.IntegrityConstraintViolation)):
            meaning = in_a_line(error)
        if meaning is None:
            raise
        raise Failure(f"{address}: {meaning}") from error


def in_a_line(error: Error) -> str:
    """Return what the server or the network says, in one line."""
    said = error.diag.message_primary or str(error) or "the connection failed"
    return " ".join(said.split())[:LONGEST]
