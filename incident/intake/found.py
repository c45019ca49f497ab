"""What reading a source yields: records still to be validated, and what could not be taken."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from models.record import RecordError

MARK = "_rejected"
"""Key and column in which a file of rejects says why; ignored when that file is read again."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One CSV record as it came: the cells under their columns; there may be more cells than columns."""

    columns: tuple[str, ...]
    cells: tuple[str, ...]
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class JsonPart:
    """A JSON record of which its text alone does not tell all.

    Attributes:
        form: the id of the foreign format it is one record of, or None where it is our own or may be anything.
        listed: it stood in a list inside a JSON document, not on a line or in a document of its own.
    """

    text: str
    form: str | None = None
    listed: bool = False


Raw: TypeAlias = str | JsonPart | CsvRow
"""A record as it came: JSON text, or a CSV row. Bytes that are no text are kept as lone surrogates."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record read, not validated.

    Attributes:
        line: where it begins in its source, counted from 1.
        data: the decoded JSON value.
    """

    line: int
    data: Any
    raw: Raw


@dataclass(frozen=True, slots=True)
class Reject:
    """What could not be taken, and why.

    Attributes:
        line: where it begins in its source, counted from 1.
        key: the dotted key at fault, or empty where it is the record as a whole. May be hostile text.
        reason: what is wrong. May hold hostile text.
        raw: None, or a row without cells, where the record was too long or its bounds could not be made out.
    """

    line: int
    key: str
    reason: str
    raw: Raw | None


def size_of(raw: Raw | None) -> int:
    """Return how many characters a record came in."""
    if isinstance(raw, CsvRow):
        return sum(map(len, raw.cells))
    return len(text_of(raw))


def text_of(raw: str | JsonPart | None) -> str:
    """Return the JSON text of a record, as it came; empty where it could not be made out."""
    return raw.text if isinstance(raw, JsonPart) else raw or ""


def form_of(raw: Raw | None) -> str | None:
    """Return the id of the foreign format that a record is known to be one record of, or None."""
    return raw.form if isinstance(raw, JsonPart) else None


Found: TypeAlias = RawRecord | Reject


def rejected(line: int, error: RecordError, raw: Raw) -> Reject:
    """Return the reject for an invalid record: the first key at fault, and every reason."""
    (key, reason), *others = error.problems
    also = [f"{other}: {why}" if other else why for other, why in others]
    return Reject(line, key, "; ".join([reason, *also]), raw)
