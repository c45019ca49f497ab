"""The text that a PDF holds."""

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbooks.reader.unreadable import MAX_CHARACTERS, MAX_PAGES, UnreadableContract, too_long

if TYPE_CHECKING:
    from pypdf import PdfReader

_DAMAGE = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError)


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF, page after page, a form feed between them.

    Raises:
        UnreadableContract: encrypted, damaged, too long, or a scan without text.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableContract("is an encrypted PDF: save a copy without its password first")
        text = "\n\f\n".join(_pages(reader))
    except UnreadableContract:
        raise
    except DependencyError:
        raise UnreadableContract("is an encrypted PDF: save a copy without encryption first") from None
    except (PyPdfError, *_DAMAGE):
        raise UnreadableContract("is a damaged PDF: open it and save it anew") from None
    if not text.strip():
        raise UnreadableContract("no text in this PDF: it is a scan; run OCR first")
    return text


def _pages(reader: "PdfReader") -> Iterator[str]:
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableContract(f"has more than {MAX_PAGES} pages: give the agreement alone")
    total = 0
    for page in reader.pages:
        text = page.extract_text()
        total += len(text)
        if total > MAX_CHARACTERS:
            raise too_long()
        yield text
