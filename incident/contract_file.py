"""A contract's file in, a drafted playbook's file out. No network: a contract is read where it lies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from incident.errors import BadInput, Failure
from incident.text import visible
from playbooks.reader.draft import drafted, vendor_id
from playbooks.reader.formats import text_of
from playbooks.reader.reader import read_contract
from playbooks.reader.reading import ContractReading
from playbooks.reader.text import Text
from playbooks.reader.unreadable import MAX_BYTES, UnreadableContract


@dataclass(frozen=True, slots=True)
class OpenContract:
    """A contract that was read, with its text to compare the readings with."""

    path: Path
    reading: ContractReading
    text: Text


def read_contract_file(file: str, stdin: BinaryIO) -> ContractReading:
    """Read a contract from a file, or from standard input where `file` is `-`.

    Raises:
        BadInput: there is no such file, or no contract can be read from it.
        Failure: it cannot be opened.
    """
    if file == "-":
        with _told("standard input"):
            return read_contract(stdin.read(MAX_BYTES + 1), "standard input")
    with _told(file):
        return read_contract(_content(file), Path(file).name)


def open_contract(file: str) -> OpenContract:
    """Read a contract from a file, to be shown beside its text.

    Raises:
        BadInput, Failure: as `read_contract_file`.
    """
    path = Path(file)
    with _told(file):
        content = _content(file)
        return OpenContract(path, read_contract(content, path.name), text_of(content))


def write_draft(reading: ContractReading, path: Path, today: date) -> None:
    """Write the playbook drafted from a reading to a new file.

    Raises:
        Failure: the file is there already, or cannot be written.
    """
    text = drafted(reading, vendor_id(path.name), today)
    try:
        with path.open("x", encoding="utf-8", errors="replace", newline="") as stream:
            stream.write(text)
    except FileExistsError:
        raise Failure(f"{path}: is there already; name a new file") from None
    except OSError as error:
        raise Failure(f"{path}: cannot be written: {error.strerror}") from None


@contextmanager
def _told(file: str) -> Iterator[None]:
    """Say in one line, with the file's name, why a contract cannot be read."""
    shown = visible(file, one_line=True)
    try:
        yield
    except UnreadableContract as error:
        raise BadInput(f"{shown}: {error}") from None
    except FileNotFoundError:
        raise BadInput(f"{shown}: there is no such file") from None
    except IsADirectoryError:
        raise BadInput(f"{shown}: is a folder; name one file in it") from None
    except (OSError, ValueError) as error:
        raise Failure(f"{shown}: cannot be opened: {getattr(error, 'strerror', None) or error}") from None


def _content(file: str) -> bytes:
    with Path(file).open("rb") as stream:
        return stream.read(MAX_BYTES + 1)
