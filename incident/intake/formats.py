"""Formats: which one a source is in, and its records, whatever it is."""

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from incident.errors import BadInput
from incident.intake.csv_records import read_csv
from incident.intake.decoding import Unreadable, plain
from incident.intake.found import Found, RawRecord, Reject
from incident.intake.json_records import read_json_document, read_json_lines
from incident.intake.sources import display_name

__all__ = ["FORMS", "Found", "RawRecord", "Reject", "read_records"]

_READERS = {"json": read_json_document, "jsonl": read_json_lines, "csv": read_csv}
_ENDINGS = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}

FORMS = ("auto", *_READERS)
"""The forms a source can be in; `auto` goes by its content, and by its file's ending where that does not tell."""


def read_records(stream: BinaryIO, name: str, form: str) -> Iterator[Found]:
    """Yield every record of a source as it is read, and what could not be taken in its place.

    Args:
        stream: the source's bytes; packed with gzip or not.
        name: the source as it was named: a path, `-` or a URL. Shown in errors without its secrets.
        form: one of FORMS.

    Raises:
        BadInput: it is binary, or nothing of it can be read; one line, the source and the fault in it named.
    """
    last = 0
    try:
        for found in _read(plain(stream), name, form):
            yield found
            last = found.line
    except Unreadable as fault:
        if not last:
            raise BadInput(f"{display_name(name)}: {fault}") from None
        yield Reject(last + 1, "", f"{fault}; what follows was not read", None)


def _read(content: io.BufferedReader, name: str, form: str) -> Iterator[Found]:
    head = content.peek()
    if b"\0" in head and not _opens_json(head):
        line = 1 + head.count(b"\n", 0, head.index(b"\0"))
        raise Unreadable(f"line {line} holds a NUL byte: this is binary, not text")
    reader = _READERS[_form(head, name) if form == "auto" else form]
    for found in reader(content):
        if isinstance(found, RawRecord) and _is_advisory(found.data):
            reason = "is a CSAF security advisory, not an incident; open an incident that refers to it"
            yield Reject(found.line, "document", reason, found.raw)
        else:
            yield found


def _opens_json(head: bytes) -> bool:
    return head.lstrip().startswith((b"{", b"["))


def _form(head: bytes, name: str) -> str:
    if head.lstrip().startswith(b"["):
        return "json"
    if head.lstrip().startswith(b"{"):
        return "jsonl" if _is_json_lines(head) else "json"
    path = name.lower().removesuffix(".gz")
    return next((form for ending, form in _ENDINGS.items() if path.endswith(ending)), "csv")


def _is_json_lines(head: bytes) -> bool:
    """Tell lines of objects from one object laid out over lines: one line of them is whole, or the next begins anew."""
    first, _, rest = head.lstrip().partition(b"\n")
    if not rest.strip() or rest.lstrip().startswith(b"{"):
        return True
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _is_advisory(data: Any) -> bool:
    """Tell a CSAF document (OASIS CSAF 2.0, section 3.2.1) from a record."""
    document = data.get("document") if isinstance(data, dict) else None
    return isinstance(document, dict) and {"category", "csaf_version"} <= document.keys()
