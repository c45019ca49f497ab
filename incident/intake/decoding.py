"""From a source's bytes to plain bytes: unpacked, without byte order mark, and never UTF-16."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MIB = 1024 * 1024
CHUNK = 64 * 1024
MAX_LINE = 8 * MIB
"""Bytes. The longest record that is taken, and the longest line of a table."""
MAX_UNPACKED = 1024 * MIB
"""Bytes. The most that a gzip source may expand to: a small file can hold any amount of nothing."""

_GZIP = b"\x1f\x8b"
_UTF8 = "utf-8"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Exception):
    """The source, or all that follows in it, cannot be read. The message says why, without naming the source."""


class _Pieces(io.RawIOBase):
    """A raw stream over pieces of bytes. It fills the buffer it is given, so that `peek` always sees enough."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        room = memoryview(buffer)
        filled = 0
        while filled < len(room):
            self._rest = self._rest or next(self._pieces, b"")
            if not self._rest:
                break
            taken = self._rest[: len(room) - filled]
            room[filled : filled + len(taken)] = taken
            self._rest = self._rest[len(taken) :]
            filled += len(taken)
        return filled


class Content(io.BufferedReader):
    """A source's bytes, unpacked and without byte order mark.

    Attributes:
        encoding: `utf-8` where a byte order mark said so, or the source was UTF-16; None where nothing did.
    """

    def __init__(self, pieces: Iterable[bytes], encoding: str | None = None) -> None:
        super().__init__(_Pieces(pieces), CHUNK)
        self.encoding = encoding


def plain(stream: BinaryIO) -> Content:
    """Return the source's content as a stream whose `peek` shows its first 64 KiB.

    Gzip is recognised by its first bytes and unpacked; UTF-16 with a byte order mark becomes UTF-8.

    Raises (on reading):
        Unreadable: damaged or oversized gzip, damaged UTF-16, or the operating system could not read on.
    """
    content = Content(_read(stream))
    if content.peek().startswith(_GZIP):
        content = Content(_unpacked(content))
    head = content.peek()
    if head.startswith(_UTF16):
        return Content(_recoded(content), _UTF8)
    if head.startswith(codecs.BOM_UTF8):
        content.read(len(codecs.BOM_UTF8))
        content.encoding = _UTF8
    return content


def bounded_lines(content: io.BufferedReader, most: int = MAX_LINE) -> Iterator[bytes | None]:
    """Yield line after line with its line end, and None for one over so many bytes, which is never held whole."""
    while line := content.readline(most + 1):
        if len(line) <= most or line.endswith(b"\n"):
            yield line
        else:
            while (rest := content.readline(CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield None


def _read(stream: BinaryIO) -> Iterator[bytes]:
    try:
        while piece := stream.read(CHUNK):
            yield piece
    except OSError as error:
        raise Unreadable(f"reading stopped: {error.strerror or error}") from None


def _unpacked(packed: io.BufferedReader) -> Iterator[bytes]:
    total = 0
    try:
        with gzip.GzipFile(fileobj=packed) as archive:
            while piece := archive.read1(CHUNK):
                total += len(piece)
                if total > MAX_UNPACKED:
                    raise Unreadable(f"expands to more than {MAX_UNPACKED // MIB} MiB; unpack it and import its parts")
                yield piece
    except (EOFError, OSError, zlib.error):
        raise Unreadable("the gzip data is damaged or cut off") from None


def _recoded(utf16: io.BufferedReader) -> Iterator[bytes]:
    try:
        for text in codecs.iterdecode(iter(lambda: utf16.read(CHUNK), b""), "utf-16"):
            yield text.encode()
    except UnicodeDecodeError:
        raise Unreadable("begins as UTF-16 text, but is none further on") from None
