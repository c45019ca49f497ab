"""Foreign records: found in what another tool wrote, and translated into ours by a mapping."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from incident.intake.decoding import MAX_LINE
from incident.intake.found import CsvRow, Found, JsonPart, RawRecord, Reject, form_of, rejected, size_of, text_of
from incident.intake.json_records import element_lines, too_long
from models.expressions import ExpressionError, evaluate, holds
from models.foreign_format import ForeignFormat, Shape
from models.journal import canonical
from models.record import RecordError
from models.translation import our_record, translate
from playbooks.mappings import shipped_mapping, shipped_names


def recognised_json(data: Any) -> ForeignFormat | None:
    """Return the shipped format that a JSON document, line or element is in, or None where it is in none."""
    forms = (shipped_mapping(name) for name in shipped_names())
    return next((form for form in forms if form.json_shapes and _shape_of(data, form)), None)


def records_in(documents: Iterable[Found], form: ForeignFormat) -> Iterator[Found]:
    """Yield each record that JSON documents, lines or elements hold, with its own line where that can be told."""
    for document in documents:
        if isinstance(document, Reject) or form_of(document.raw):
            yield document
            continue
        try:
            yield from _records(document, form)
        except ExpressionError as error:
            yield Reject(document.line, "", f"its records cannot be found: {error}", document.raw)


def count_in(data: Any, form: ForeignFormat) -> int:
    """Return how many records a JSON document holds; 0 where it is in none of the format's shapes."""
    if isinstance(data, list):
        return sum(count_in(element, form) for element in data)
    shape = _shape_of(data, form)
    found = evaluate(shape.records, data) if shape is not None else None
    return len(found) if isinstance(found, list) else 0


def translated(found: Iterable[Found], form: ForeignFormat, zone: ZoneInfo) -> Iterator[Found]:
    """Yield our record for each foreign one. What a mapping cannot translate is a reject, whole.

    Args:
        zone: the time zone of the settings.
    """
    naming = _Naming(form)
    for item in found:
        if isinstance(item, Reject):
            yield item
            continue
        try:
            record = our_record(form, translate(form, item.data, zone))
            yield RawRecord(item.line, naming.named(record, item), item.raw)
        except RecordError as error:
            yield rejected(item.line, error, item.raw)


class _Naming:
    """How the records of one source are told apart."""

    def __init__(self, form: ForeignFormat) -> None:
        self._form = form
        self._times: Counter[str] = Counter()
        self._first: dict[str, tuple[int, str]] = {}

    def named(self, record: dict[str, Any], item: RawRecord) -> dict[str, Any]:
        """Return a record with its ref.

        Raises:
            RecordError: its ref came before with other content, and the format allows no updates.
        """
        if self._form.named_by == "content":
            digest = _digest(item.data)
            self._times[digest] += 1
            again = self._times[digest]
            return {**record, "ref": f"{digest}-{again}" if again > 1 else digest}
        if self._form.repeated == "refuse" and "ref" in record:
            self._refuse_other(record, item.line)
        return record

    def _refuse_other(self, record: dict[str, Any], line: int) -> None:
        digest = _digest(record)
        first_line, first = self._first.setdefault(record["ref"], (line, digest))
        if digest != first:
            reason = f"came at line {first_line} with other content; give one of the two a ref of its own"
            raise RecordError((("ref", reason),))


def _digest(data: Any) -> str:
    return sha256(canonical(data)).hexdigest()[:16]


def _records(document: RawRecord, form: ForeignFormat) -> Iterator[Found]:
    shape = _shape_of(document.data, form)
    if shape is None and _is_empty(document.data, form):
        return
    if shape is None:
        yield Reject(document.line, "", f"is not in a shape that the mapping {form.id!r} knows", document.raw)
        return
    found = evaluate(shape.records, document.data)
    if not isinstance(found, list):
        yield Reject(document.line, "", f"holds no list of records at {shape.records}", document.raw)
    elif len(found) == 1 and found[0] is document.data:
        yield _named(document, form) if size_of(document.raw) <= MAX_LINE else too_long(document.line)
    else:
        for offset, data in zip(_lines(document, found), found, strict=True):
            yield _element(document.line + offset, data, form)


def _named(document: RawRecord, form: ForeignFormat) -> RawRecord:
    if isinstance(document.raw, CsvRow):
        return document
    listed = isinstance(document.raw, JsonPart) and document.raw.listed
    return replace(document, raw=JsonPart(text_of(document.raw), form.id, listed))


def _element(line: int, data: Any, form: ForeignFormat) -> Found:
    raw = json.dumps(data, ensure_ascii=False)
    return RawRecord(line, data, JsonPart(raw, form.id, listed=True)) if len(raw) <= MAX_LINE else too_long(line)


def _lines(document: RawRecord, found: list[Any]) -> list[int]:
    """Return where each record begins, from the document's first line; there, where it cannot be told."""
    if isinstance(document.data, dict) and isinstance(document.raw, str):
        for key, value in document.data.items():
            if value is found:
                return element_lines(document.raw, key)
    return [0] * len(found)


def _shape_of(data: Any, form: ForeignFormat) -> Shape | None:
    """Return the shape that JSON is in. A mapping without shapes takes whatever comes as one record."""
    shapes = form.json_shapes or (() if form.shapes else (Shape(),))
    return next((shape for shape in shapes if shape.when is None or _holds(shape.when, data)), None)


def _is_empty(data: Any, form: ForeignFormat) -> bool:
    """Tell an answer without records: where they would be, there is an empty list."""
    try:
        return any(evaluate(shape.records, data) == [] for shape in form.json_shapes)
    except ExpressionError:
        return False


def _holds(when: str, data: Any) -> bool:
    try:
        return holds(evaluate(when, data))
    except ExpressionError:
        return False
