"""The file of rejects: each record that could not be taken, with the reason, to be mended and imported again.

The reason stands where reading it again ignores it: in a JSON record as its first key, in CSV as the first column, both
named `_rejected`. A line that is no JSON object is kept as it came, after a line that holds the reason alone.
"""

import csv
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import IO

from incident.errors import BadInput, Failure
from incident.intake.found import MARK, CsvRow, Reject
from incident.text import visible

_LEAD = f'{{"{MARK}": '


def check_rejects_path(path: Path) -> None:
    """See, before a run begins, that its rejects could be written there.

    Raises:
        BadInput: the file exists already, or its folder does not.
    """
    if path.exists():
        raise BadInput(f"{_shown(path)}: exists already; give rejects a file of their own")
    if not path.parent.is_dir():
        raise BadInput(f"{_shown(path)}: there is no folder {_shown(path.parent)}")


def write_rejects(path: Path, rejects: Sequence[Reject]) -> list[Path]:
    """Write rejects in the form they came in: JSON as JSONL, CSV as CSV. A file appears whole or not at all.

    Returns:
        The files written: none without rejects; `path`; and where both forms occur, `path` with the JSON records
        and `<path>.csv` with the rows.

    Raises:
        BadInput: a file is there already.
        Failure: it could not be written.
    """
    rows = [(reject, reject.raw) for reject in rejects if isinstance(reject.raw, CsvRow)]
    records = [(reject, reject.raw) for reject in rejects if not isinstance(reject.raw, CsvRow)]
    written: list[Path] = []
    if records:
        _write(path, lambda file: file.writelines(_marked(reject, raw) for reject, raw in records))
        written.append(path)
    if rows:
        target = path.with_name(f"{path.name}.csv") if records else path
        _write(target, lambda file: _write_rows(file, rows))
        written.append(target)
    return written


def _write(path: Path, fill: Callable[[IO[str]], None]) -> None:
    """Fill a file that only its owner can read, and put it in its place when it is whole."""
    check_rejects_path(path)
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="surrogateescape", newline="", dir=path.parent, delete=False
        ) as file:
            try:
                fill(file)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            finally:
                Path(file.name).unlink(missing_ok=True)
    except OSError as error:
        raise Failure(f"{_shown(path)}: cannot be written: {error.strerror or error}") from None


def _marked(reject: Reject, raw: str | None) -> str:
    mark = json.dumps({"line": reject.line, "key": reject.key, "reason": reject.reason})
    record = _unmarked((raw or "").strip()).replace("\n", " ")
    if record.startswith("{"):
        rest = record[1:].lstrip()
        return f"{_LEAD}{mark}{'' if rest.startswith('}') else ', '}{rest}\n"
    return f"{_LEAD}{mark}}}\n" + (f"{record}\n" if record else "")


def _unmarked(record: str) -> str:
    """Take off the mark of an earlier run."""
    if not record.startswith(_LEAD):
        return record
    try:
        _, end = json.JSONDecoder().raw_decode(record, len(_LEAD))
    except (ValueError, RecursionError):
        return record
    return "{" + record[end:].lstrip(" ,")


def _write_rows(file: IO[str], rows: Sequence[tuple[Reject, CsvRow]]) -> None:
    columns = tuple(dict.fromkeys(name for _, row in rows for name in row.columns if name not in {"", MARK}))
    writer = csv.writer(file)
    writer.writerow([MARK, *columns])
    for reject, row in rows:
        cells = list(zip_longest(row.columns, row.cells, fillvalue=""))
        named = dict(cells)
        unnamed = [cell for name, cell in cells if not name and cell]
        where = f"line {reject.line}: {reject.key}: " if reject.key else f"line {reject.line}: "
        mark = visible(where + reject.reason, one_line=True)
        writer.writerow([mark, *(named.get(name, "") for name in columns), *unnamed])


def _shown(path: Path) -> str:
    return visible(str(path), one_line=True)
