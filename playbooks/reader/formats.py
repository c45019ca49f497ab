"""From a file's bytes to its text, whatever its format: told by its first bytes, never by its name."""

from playbooks.reader.docx_text import docx_text
from playbooks.reader.html_text import is_html, without_tags
from playbooks.reader.pdf_text import pdf_text
from playbooks.reader.text import Text
from playbooks.reader.unreadable import MAX_BYTES, MAX_CHARACTERS, MIB, UnreadableContract, too_long

_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = (b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b")


def text_of(content: bytes) -> Text:
    """Return the text of a text, Markdown, HTML, PDF or Word file.

    Positions are characters of the text as decoded: of HTML with its tags, of the text that a PDF or a Word
    file holds.

    Raises:
        UnreadableContract: too large, of another format, encrypted, damaged, or without text.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableContract(f"is larger than {MAX_BYTES // MIB} MiB: give the agreement alone")
    if content.startswith(b"%PDF-"):
        text = Text(pdf_text(content))
    elif content.startswith(_ZIP):
        text = Text(docx_text(content))
    else:
        text = Text(_decoded(content))
    if len(text.characters) > MAX_CHARACTERS:
        raise too_long()
    if is_html(text.characters):
        text = without_tags(text)
    if not text.characters.strip():
        raise UnreadableContract("holds no text")
    return text


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise UnreadableContract("begins as UTF-16 text, but is none further on") from None
    if b"\0" in content or content.startswith(_BINARY):
        raise UnreadableContract("is no text, HTML, PDF or Word (.docx) file: save it as one of these")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
