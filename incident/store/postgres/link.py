"""A connection that is made again when it was lost."""

import time
from collections.abc import Callable
from typing import TypeVar

from psycopg import Connection, OperationalError

from incident.errors import Failure
from incident.store.address import ServerAddress
from incident.store.postgres.connecting import connect
from incident.store.postgres.failures import explained, in_a_line
from incident.store.waiting import Waiting

Result = TypeVar("Result")

PAUSE = 0.2
"""Seconds between two attempts to reach a server."""

LONG_PAUSE = 3.0
"""Seconds for which no attempt is made after a wait in vain: who asks each second is not held up each time."""


class Link:
    """The connection to a server, and how long it is waited for. It belongs to the thread that opened it."""

    def __init__(self, address: ServerAddress, waiting: Waiting) -> None:
        """Connect.

        Raises:
            Failure: the server cannot be reached now: only a connection that once stood is waited for.
        """
        self.address = address
        self._waiting = waiting
        self._not_before = 0.0
        self._away = Failure()
        with explained(address):
            self._connection = connect(address)

    def connection(self) -> Connection:
        """Return the connection, made again where it is known to be lost.

        Raises:
            Failure: the server is still away when the wait is over.
        """
        if self._connection.closed:
            self._reconnect()
        return self._connection

    def reading(self, read: Callable[[Connection], Result]) -> Result:
        """Do what only reads; where the connection is lost meanwhile, do it again on a new one.

        Raises:
            Failure: the server is still away when the wait is over, or says why not.
        """
        with explained(self.address):
            try:
                return read(self.connection())
            except OperationalError:
                if not self._connection.closed:
                    raise
            return read(self.connection())

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()

    def _reconnect(self) -> None:
        if time.monotonic() < self._not_before:
            raise self._away
        until = time.monotonic() + self._waiting.seconds
        told = False
        while True:
            try:
                self._connection = connect(self.address)
            except OperationalError as error:
                if time.monotonic() >= until:
                    self._not_before = time.monotonic() + LONG_PAUSE
                    self._away = Failure(f"{self.address}: the connection is lost: {in_a_line(error)}")
                    raise self._away from error
            else:
                break
            if not told:
                self._waiting.tell(f"{self.address}: the connection is lost; waiting for it")
                told = True
            time.sleep(PAUSE)
        if told:
            self._waiting.tell(f"{self.address}: connected again")
