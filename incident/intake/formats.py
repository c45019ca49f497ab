"""Formats: which one a source is in, and its records, whatever it is: our own, or another tool's."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from incident.errors import BadInput
from incident.intake.csv_rows import CsvFile
from incident.intake.decoding import MAX_LINE, Unreadable, plain
from incident.intake.found import MARK, Found, RawRecord, Reject, form_of, size_of
from incident.intake.json_records import read_json_document, read_json_lines, too_long
from incident.intake.names import display_name, path_of
from incident.intake.table import foreign_rows, is_own, own_records
from incident.intake.workbook import SIGNATURE, Workbook
from models.moments import shortened
from models.record import RecordFields

if TYPE_CHECKING:
    from models.foreign_format import ForeignFormat

__all__ = ["FORMS", "Found", "RawRecord", "Reject", "read_records", "read_with"]

_JSON_READERS = {"json": read_json_document, "jsonl": read_json_lines}
_ENDINGS = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}
_OWN_KEYS = frozenset(RecordFields.model_fields) | {MARK}

AUTO = "auto"
FORMS = (AUTO, *_JSON_READERS, "csv", "xlsx")
"""The forms a source can be in; `auto` goes by its content, and by its file's ending where that does not tell.

Beside them stand the ids of the foreign formats. `auto` recognises those, too; a form that is named is our own record.
"""

_TABLES: Mapping[str, type[CsvFile] | type[Workbook]] = {"csv": CsvFile, "xlsx": Workbook}

Seen = TypeVar("Seen")
Foreign: TypeAlias = "Callable[[ForeignFormat, Iterator[Found]], Iterator[Seen]]"
"""What is made of the records of another tool."""


def read_records(
    stream: BinaryIO,
    name: str,
    form: str,
    mapping: "ForeignFormat | None" = None,
    zone: ZoneInfo | None = None,
) -> Iterator[Found]:
    """Yield every record of a source as it is read, and what could not be taken in its place.

    Args:
        stream: the source's bytes; packed with gzip or not.
        name: the source as it was named: a path, `-` or a URL. Shown in errors without its secrets.
        form: one of FORMS, or the id of a foreign format.
        mapping: the mapping by which the source is read, whatever it looks like.
        zone: the time zone of the settings; UTC where it is not given.

    Raises:
        BadInput: it is binary, or nothing of it can be read; one line, the source and the fault in it named.
    """

    def in_our_words(mapping: "ForeignFormat", foreign: Iterator[Found]) -> Iterator[Found]:
        from incident.intake.foreign import translated

        return translated(foreign, mapping, zone or ZoneInfo("UTC"))

    last = 0
    try:
        for found in read_with(stream, name, form, mapping, in_our_words):
            yield found
            last = found.line
    except Unreadable as fault:
        if not last:
            raise BadInput(f"{display_name(name)}: {fault}") from None
        yield Reject(last + 1, "", f"{fault}; what follows was not read", None)


def read_with(
    stream: BinaryIO,
    name: str,
    form: str,
    mapping: "ForeignFormat | None",
    foreign: "Foreign[Seen]",
) -> Iterator[Found | Seen]:
    """Yield our own records as they are, and what `foreign` makes of another tool's.

    Raises:
        Unreadable: the source, or all that follows in it, cannot be read.
    """
    if form not in FORMS:
        from playbooks.mappings import shipped_mapping

        mapping, form = shipped_mapping(form), AUTO
    content = plain(stream)
    head = content.peek()
    container = _container(head, name) if form == AUTO else form
    if container != "xlsx":
        _refuse_binary(head)
        _refuse_web_page(head)
    if container in _JSON_READERS:
        yield from _json_records(_JSON_READERS[container](content), form, mapping, foreign)
    else:
        yield from _table_records(_TABLES[container](content), form, mapping, foreign)


def _json_records(
    found: Iterator[Found], form: str, mapping: "ForeignFormat | None", foreign: "Foreign[Seen]"
) -> Iterator[Found | Seen]:
    """Yield the records of JSON, run by run: only a file of rejects names formats, and may hold several."""
    named: str | None = None

    def format_named(item: Found) -> str | None:
        """What cannot be read is of the format that came before it."""
        nonlocal named
        named = form_of(item.raw) if isinstance(item, RawRecord) else named
        return named

    for name, run in groupby(found, format_named):
        if name is None or mapping is not None or form != AUTO:
            yield from _run_of_records(run, form, mapping, foreign)
        else:
            yield from _run_of_rejects(run, name, foreign)


def _run_of_rejects(found: Iterator[Found], name: str, foreign: "Foreign[Seen]") -> Iterator[Found | Seen]:
    from playbooks.mappings import shipped_mapping, shipped_names

    if name in shipped_names():
        yield from foreign(shipped_mapping(name), found)
        return
    reason = f"is a record of the mapping {shortened(name)!r}: give its file with --map"
    for item in found:
        yield Reject(item.line, "", reason, item.raw) if isinstance(item, RawRecord) else item


def _run_of_records(
    found: Iterator[Found], form: str, mapping: "ForeignFormat | None", foreign: "Foreign[Seen]"
) -> Iterator[Found | Seen]:
    """Yield the records of JSON: the first that can be read tells whose they are."""
    for item in found:
        if mapping is None and isinstance(item, Reject):
            yield item
            continue
        here = chain([item], found)
        if mapping is None and form == AUTO and isinstance(item, RawRecord) and not _is_own(item.data):
            from incident.intake.foreign import recognised_json

            mapping = recognised_json(item.data)
        if mapping is None:
            yield from _own(here)
        else:
            from incident.intake.foreign import records_in

            yield from foreign(mapping, records_in(here, mapping))
        return


def _table_records(
    tables: CsvFile | Workbook, form: str, mapping: "ForeignFormat | None", foreign: "Foreign[Seen]"
) -> Iterator[Found | Seen]:
    """Yield the records of a table: its first lines tell whose it is, and which of them is its header."""
    place = 0
    if mapping is not None:
        from incident.intake.foreign_tables import heading_of

        place = heading_of(tables.headings, mapping)
    elif form == AUTO and tables.headings and not is_own(tables.headings[0]):
        from incident.intake.foreign_tables import recognised_table

        place, mapping = recognised_table(tables.headings)
    table = tables.table(place)
    if mapping is None:
        yield from own_records(table)
    else:
        yield from foreign(mapping, foreign_rows(table))


def _own(found: Iterable[Found]) -> Iterator[Found]:
    for item in found:
        if isinstance(item, RawRecord) and _is_advisory(item.data):
            reason = "is a CSAF security advisory, not an incident; open an incident that refers to it"
            yield Reject(item.line, "document", reason, item.raw)
        elif isinstance(item, RawRecord) and size_of(item.raw) > MAX_LINE:
            yield too_long(item.line)
        else:
            yield item


def _is_own(data: Any) -> bool:
    return isinstance(data, dict) and data.keys() <= _OWN_KEYS


def _refuse_binary(head: bytes) -> None:
    if b"\0" in head and not _opens_json(head):
        line = 1 + head.count(b"\n", 0, head.index(b"\0"))
        raise Unreadable(f"line {line} holds a NUL byte: this is binary, not text")


def _refuse_web_page(head: bytes) -> None:
    """A server that wants a login answers with a page that asks for it, and says that all is well."""
    if head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise Unreadable("is a web page (HTML), not records: is its address right, and is a login or a token needed?")


def _opens_json(head: bytes) -> bool:
    return head.lstrip().startswith((b"{", b"["))


def _container(head: bytes, name: str) -> str:
    if head.startswith(SIGNATURE):
        return "xlsx"
    if head.lstrip().startswith(b"["):
        return "json"
    if head.lstrip().startswith(b"{"):
        return "jsonl" if _is_json_lines(head) else "json"
    path = path_of(name).lower().removesuffix(".gz")
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
