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


Raw: TypeAlias = str | CsvRow
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
    if raw is None:
        return 0
    return len(raw) if isinstance(raw, str) else sum(map(len, raw.cells))


Found: TypeAlias = RawRecord | Reject


def rejected(line: int, error: RecordError, raw: Raw) -> Reject:
    """Return the reject for an invalid record: the first key at fault, and every reason."""
    (key, reason), *others = error.problems
    also = [f"{other}: {why}" if other else why for other, why in others]
    return Reject(line, key, "; ".join([reason, *also]), raw)
