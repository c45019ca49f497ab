"""A server's transactions: a look at one instant of the record, or the turn to write to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection
from psycopg.pq import TransactionStatus

from incident.store.postgres.schema import TURN


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """Have all that the block reads come from one instant of the record, whoever writes meanwhile."""
    if connection.info.transaction_status != TransactionStatus.IDLE:
        yield
        return
    begin_reading(connection)
    try:
        yield
    finally:
        leave(connection)


def begin_reading(connection: Connection) -> Connection:
    """Begin a transaction in which everything is read as of one instant."""
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    return connection


def take_turn(connection: Connection) -> Connection:
    """Begin a transaction and wait for the turn to write.

    The turn comes before the first read, so that what was read is still true when it is written; and whoever had it
    before has been recorded or undone by then.
    """
    try:
        connection.execute(f"BEGIN; SELECT pg_advisory_xact_lock({TURN})")
    except BaseException:
        leave(connection)
        raise
    return connection


def leave(connection: Connection) -> None:
    """End a transaction, and undo what it wrote; with a lost connection it has ended already."""
    if not connection.closed:
        connection.rollback()
