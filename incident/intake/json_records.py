"""Records from JSON Lines and from a JSON document, read more strictly than the standard library reads them."""

import io
import json
import math
import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any, NoReturn

from incident.intake.decoding import MAX_LINE, MIB, Unreadable, bounded_lines
from incident.intake.found import MARK, CsvRow, Found, JsonPart, RawRecord, Reject, form_of, text_of
from models.moments import shortened

MAX_DOCUMENT = 256 * MIB
"""Bytes. A JSON document is read whole; more than this comes as JSON Lines, which are read one by one.

A first line, or an element of an array, may be as long, for it may be a document of another tool and hold many records.
Each record is held to MAX_LINE once it is known for one.
"""

_MAX_DIGITS = 300
_BLANKS = re.compile(r"[ \t\r\n]*")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_json_lines(content: io.BufferedReader) -> Iterator[Found]:
    """Yield one record a line. A line that holds none is a reject of its own; blank lines are skipped.

    The first may be a whole document, for many tools write theirs on one line; further lines are held to MAX_LINE.
    """
    first = islice(bounded_lines(content, MAX_DOCUMENT), 1)
    for number, line in enumerate(chain(first, bounded_lines(content)), 1):
        if line is None:
            yield too_long(number)
        elif line.strip():
            yield from _record(number, line.decode("utf-8", "surrogateescape").rstrip("\r\n"))


def read_json_document(content: io.BufferedReader) -> Iterator[Found]:
    """Yield the record that a JSON document is, or the records of the array that it is.

    A syntax error ends the reading; the records before it stand.

    Raises:
        Unreadable: the document is larger than MAX_DOCUMENT.
    """
    document = content.read(MAX_DOCUMENT + 1)
    if len(document) > MAX_DOCUMENT:
        raise Unreadable(f"is larger than {MAX_DOCUMENT // MIB} MiB; write it as JSONL, one record a line")
    text = document.decode("utf-8", "surrogateescape")
    del document
    try:
        end = yield from _elements(text)
        if end < len(text):
            raise json.JSONDecodeError("a document holds one record, or one array of them", text, end)
    except json.JSONDecodeError as error:
        fault = f"{error.msg} (line {error.lineno}, column {error.colno})"
        yield Reject(error.lineno, "", f"is not valid JSON: {fault}; what follows was not read", None)


def element_lines(text: str, key: str) -> list[int]:
    """Return the lines, counted from 0, where the elements of an array begin.

    Args:
        text: a JSON object, known to be valid.
        key: the key of the object under which the array stands.
    """
    at = _after_blanks(text, 1)
    while True:
        name, end = _LENIENT.raw_decode(text, at)
        at = _after_blanks(text, _after_blanks(text, end) + 1)
        if name == key:
            return [*_lines_of_elements(text, at)]
        at = _after_blanks(text, _after_blanks(text, _end_of_value(text, at)) + 1)


def _lines_of_elements(text: str, array: int) -> Iterator[int]:
    line, counted, at = 0, 0, _after_blanks(text, array + 1)
    while not text.startswith("]", at):
        line += text.count("\n", counted, at)
        counted = at
        yield line
        at = _after_blanks(text, _end_of_value(text, at))
        if text.startswith(",", at):
            at = _after_blanks(text, at + 1)


def parse(text: str) -> Any:
    """Decode one JSON value.

    Raises:
        ValueError: it is no JSON, names a key twice, or holds a number or text that not every program could take.
            The message says so in a few words.
    """
    try:
        text.encode()
        value = _STRICT.decode(text)
        if _ESCAPED_SURROGATE.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise ValueError(f"is not valid JSON: {error.msg} (column {error.colno})") from None
    except UnicodeEncodeError:
        raise ValueError("holds bytes that are not UTF-8, or half a surrogate pair") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    return value


def _elements(text: str) -> Generator[Found, None, int]:
    """Yield the records of a document and return where it ends."""
    start = _after_blanks(text, 0)
    line = 1 + text.count("\n", 0, start)
    if not text.startswith("[", start):
        if start == len(text):
            return start
        end = _end_of_value(text, start)
        yield from _record(line, text[start:end])
        return _after_blanks(text, end)
    counted, at = start, _after_blanks(text, start + 1)
    ended = text.startswith("]", at)
    while not ended:
        end = _end_of_value(text, at)
        line += text.count("\n", counted, at)
        counted = at
        yield from map(_listed, _record(line, text[at:end]))
        at = _after_blanks(text, end)
        ended = text.startswith("]", at)
        if not ended:
            if not text.startswith(",", at):
                raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
            at = _after_blanks(text, at + 1)
    return _after_blanks(text, at + 1)


def _record(line: int, raw: str) -> Iterator[Found]:
    """Yield what one JSON text holds; nothing, where it only marks a reject."""
    try:
        data = parse(raw)
    except ValueError as error:
        yield Reject(line, "", str(error), raw if len(raw) <= MAX_LINE else None)
        return
    if not isinstance(data, dict) or MARK not in data:
        yield RawRecord(line, data, raw)
        return
    mark = data.pop(MARK)
    if data:
        form = mark.get("format") if isinstance(mark, dict) else None
        yield RawRecord(line, data, JsonPart(raw, form) if isinstance(form, str) else raw)


def _listed(item: Found) -> Found:
    if item.raw is None or isinstance(item.raw, CsvRow):
        return item
    return replace(item, raw=JsonPart(text_of(item.raw), form_of(item.raw), listed=True))


def too_long(line: int) -> Reject:
    """Return the reject for a record that is longer than a record may be."""
    return Reject(line, "", f"is longer than {MAX_LINE // MIB} MiB", None)


def _after_blanks(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _end_of_value(text: str, at: int) -> int:
    try:
        return _LENIENT.raw_decode(text, at)[1]
    except RecursionError:
        raise json.JSONDecodeError("nested too deeply", text, at) from None


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Programs differ in which of two values they keep; we ask instead."""
    value = dict(pairs)
    if len(value) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        twin = counted.most_common(1)[0][0]
        raise ValueError(f"names the key {shortened(twin)!r} twice")
    return value


def _finite(number: str) -> float:
    value = float(number)
    if math.isinf(value):
        raise ValueError(f"holds a number out of range: {shortened(number)}")
    return value


def _whole(number: str) -> int:
    if len(number) > _MAX_DIGITS:
        raise ValueError(f"holds a number out of range: {shortened(number)}")
    return int(number)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"holds {name}, which is no JSON number")


_STRICT = json.JSONDecoder(
    object_pairs_hook=_without_twins, parse_float=_finite, parse_int=_whole, parse_constant=_no_number
)
_LENIENT = json.JSONDecoder(parse_float=str, parse_int=str)
"""Finds where a value ends, whatever is wrong inside it."""
