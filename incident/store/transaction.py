"""What the transactions of all stores have in common: what is written is gathered, and written together.

That is several times as fast as one by one. The end of the journal is read once, and then kept in mind.
"""

from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from incident.store.protocol import BoardRow
from incident.store.recorder import Recorder
from models.journal import Entry, EntryKind, NewEntry, StoredEntry, headed

Connection = TypeVar("Connection")
Connection_contra = TypeVar("Connection_contra", contravariant=True)


class JournalTables(Protocol[Connection_contra]):
    """How a store reads and writes its journal: a module of functions."""

    def head(self, connection: Connection_contra, /) -> tuple[int, bytes]:
        """Return the recorded length of the journal and its last hash."""

    def insert(self, connection: Connection_contra, entries: Sequence[StoredEntry], /) -> None:
        """Write entries at the end of the journal."""

    def entries(self, connection: Connection_contra, incident: str, /) -> list[Entry]:
        """Return an incident's entries, in order."""

    def rules(self, connection: Connection_contra, /) -> list[Entry]:
        """Return the entries that put settings and playbooks in force, in order."""

    def attached(self, connection: Connection_contra, /) -> list[Entry]:
        """Return the entries of all incidents that attached a file, in order."""

    def highest_number(self, connection: Connection_contra, year: int, /) -> int:
        """Return the highest number among the references of a year; 0 without any."""

    def erase_bodies(self, connection: Connection_contra, incident: str, /) -> list[int]:
        """Erase the bodies of an incident's entries, and return their places."""


class BoardTables(Protocol[Connection_contra]):
    """How a store reads and writes its board: a module of functions."""

    def put(self, connection: Connection_contra, rows: Sequence[BoardRow], /) -> None:
        """Write incidents' rows in place of those they had."""

    def replace(self, connection: Connection_contra, rows: Iterable[BoardRow], fingerprint: str, /) -> None:
        """Replace all rows, and note under which rules the new ones were made."""

    def reference_of(self, connection: Connection_contra, name: str, /) -> str | None:
        """Return the reference that a reference or `source:ref` names, or None."""

    def references_of(self, connection: Connection_contra, names: Iterable[str], /) -> dict[str, str]:
        """Return the reference that each name stands for; names of none are left out."""


class GatheringTransaction(Generic[Connection]):
    """A `Transaction` on a connection. What was gathered is written before anything is read, and at the end.

    Attributes:
        recorded: the place and the hash of the last entry that this transaction appended, or None.
        has_erased: whether it erased any body.
    """

    def __init__(
        self,
        connection: Connection,
        journal: JournalTables[Connection],
        board: BoardTables[Connection],
        recorder: Recorder,
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._board = board
        self._recorder = recorder
        self._length, self._last = journal.head(connection)
        self.recorded: tuple[int, bytes] | None = None
        self.has_erased = False
        self._appended: list[StoredEntry] = []
        self._rows: dict[str, BoardRow] = {}
        self._free: tuple[int, int] | None = None

    def next_reference(self, year: int) -> str:
        """Return the next free reference of a year; the entry that is appended under it takes it."""
        if self._free is None or self._free[0] != year:
            self._free = year, self._journal.highest_number(self.written(), year) + 1
        return _reference(*self._free)

    def append(self, new: NewEntry) -> Entry:
        """Append one entry to the journal; its time is the machine's clock."""
        stored = self._recorder.record(new, sequence=self._length + 1, previous=self._last)
        self._add(stored)
        if self._free is not None and new.kind is EntryKind.OPENED:
            year, number = self._free
            self._free = (year, number + 1) if new.incident == _reference(year, number) else None
        return headed(stored.sequence, stored.header, new.body)

    def take_over(self, entries: Iterable[StoredEntry]) -> None:
        """Append another journal's entries as they are: their bytes, places and hashes."""
        for entry in entries:
            self._add(entry)
            if len(self._appended) == PORTION:
                self.written()

    def entries(self, incident: str) -> list[Entry]:
        """Return an incident's entries, in order, those of this transaction included."""
        return self._journal.entries(self.written(), incident)

    def rules(self) -> list[Entry]:
        """Return the entries that put settings and playbooks in force, in order."""
        return self._journal.rules(self.written())

    def attached(self) -> list[Entry]:
        """Return the entries of all incidents that attached a file, in order."""
        return self._journal.attached(self.written())

    def reference_of(self, name: str) -> str | None:
        """Return the reference that a reference or `source:ref` names, or None."""
        return self._board.reference_of(self.written(), name)

    def references_of(self, names: Iterable[str]) -> dict[str, str]:
        """Return the reference that each name, a reference or `source:ref`, stands for; names of none are left out."""
        return self._board.references_of(self.written(), names)

    def put_row(self, row: BoardRow) -> None:
        """Write an incident's row on the board.

        Raises:
            Failure: its `external_ref` names another incident already; at the latest at the transaction's end.
        """
        self._rows[row.reference] = row

    def erase_bodies(self, incident: str) -> list[int]:
        """Erase what an incident's entries record, for good, and return their places; their headers and hashes stay."""
        self.has_erased = True
        return self._journal.erase_bodies(self.written(), incident)

    def replace_board(self, rows: Iterable[BoardRow], fingerprint: str) -> None:
        """Replace the whole board, and note under which rules it was made."""
        self._board.replace(self.written(), rows, fingerprint)

    def written(self) -> Connection:
        """Write what was gathered, and return the connection on which it can be read."""
        if self._appended:
            self._journal.insert(self._connection, self._appended)
            self._appended = []
        if self._rows:
            self._board.put(self._connection, [*self._rows.values()])
            self._rows = {}
        return self._connection

    def _add(self, entry: StoredEntry) -> None:
        self._appended.append(entry)
        self._length, self._last = self.recorded = entry.sequence, entry.hash


PORTION = 1000
"""Entries of another journal that are held in memory at once."""


def _reference(year: int, number: int) -> str:
    return f"INC-{year:04}-{number:04}"
