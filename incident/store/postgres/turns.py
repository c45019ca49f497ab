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
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield
    finally:
        if not connection.closed:
            connection.rollback()


def take_turn(connection: Connection) -> Connection:
    """Begin a transaction and wait for the turn to write.

    The turn comes before the first read, so that what was read is still true when it is written; and whoever had it
    before has been recorded or undone by then.
    """
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    except BaseException:
        if not connection.closed:
            connection.rollback()
        raise
    return connection
