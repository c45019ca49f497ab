"""Values set aside while a run lasts: however many they are, they take little memory."""

import json
import tempfile
from collections.abc import Iterator
from typing import Any

from incident.intake.decoding import MIB

IN_MEMORY = 4 * MIB
"""Bytes. What goes beyond is kept in a temporary file that nobody else can open, and that ends with the program."""


class Spool:
    """Plain JSON values, read again in the order in which they were added."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", encoding="ascii", newline="\n")  # noqa: SIM115

    def add(self, value: Any) -> None:
        """Set one more value aside."""
        self._file.write(f"{json.dumps(value)}\n")

    def __iter__(self) -> Iterator[Any]:
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)

    def close(self) -> None:
        """Let go of what was set aside."""
        self._file.close()
