"""The text that a Word (.docx) file holds, read with care: such a file is a ZIP archive that anybody can forge."""

import io
import zipfile
import zlib
from typing import IO
from xml.parsers import expat

from playbooks.reader.unreadable import MAX_UNPACKED, MIB, UnreadableContract

_DOCUMENT = "word/document.xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_BREAKS = {f"{_WORD}tab": " ", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_DAMAGE = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError, RuntimeError, OSError)


def docx_text(content: bytes) -> str:
    """Return the text of a Word file: a paragraph a line, list items after a dash, deletions left out.

    Raises:
        UnreadableContract: no Word file, damaged, protected, or unpacking to more than a contract holds.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_DOCUMENT) as part:
            return _Paragraphs().read(part)
    except KeyError:
        raise UnreadableContract("is a ZIP archive, but no Word file: unpack it and give one document") from None
    except _DAMAGE:
        raise UnreadableContract("is a damaged or protected Word file: open it and save it anew") from None


class _Bounded:
    """A stream that refuses to unpack without end."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._length = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most `size`."""
        piece = self._stream.read(size)
        self._length += len(piece)
        if self._length > MAX_UNPACKED:
            raise UnreadableContract(f"unpacks to more than {MAX_UNPACKED // MIB} MiB: give the agreement alone")
        return piece


class _Paragraphs:
    """Collects the words of a document part while it is being parsed."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._words = 0

    def read(self, part: IO[bytes]) -> str:
        """Return all paragraphs of the part."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse_declarations
        parser.ParseFile(_Bounded(part))
        return "".join(self._pieces)

    def _start(self, name: str, _: object) -> None:
        if name == f"{_WORD}t":
            self._words += 1
        elif name == f"{_WORD}numPr":
            self._pieces.append("- ")
        elif name in _BREAKS:
            self._pieces.append(_BREAKS[name])

    def _end(self, name: str) -> None:
        if name == f"{_WORD}t":
            self._words -= 1
        elif name == f"{_WORD}p":
            self._pieces.append("\n")

    def _text(self, words: str) -> None:
        if self._words:
            self._pieces.append(words)


def _refuse_declarations(*_: object) -> None:
    """A document type declaration is where entities that expand without end are declared; Word writes none."""
    raise UnreadableContract("is no Word file: it declares a document type, as only a forged one does")
