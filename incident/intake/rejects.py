"""The file of rejects: each record that could not be taken, with the reason, to be mended and imported again.

The reason stands where reading it again ignores it: in a JSON record as its first key, in CSV as the first column, both
named `_rejected`. A line that is no JSON object is kept as it came, after a line that holds the reason alone.

Each comes back in the form it came in: JSON Lines as JSON Lines, a JSON list as a list, CSV with its delimiter, a
workbook as CSV. All of it is UTF-8; CSV begins with a byte order mark, by which spreadsheets know that. A record of
another tool is as the tool wrote it, and its mark names the format, because what held it is gone.

The text is as it came, hostile or not: a file of rejects is for an editor. Only a cell that a spreadsheet would take
for a formula is guarded by an apostrophe, which is taken off when the file is read again.
"""

import csv
import io
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain, count, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from incident.errors import BadInput, Failure
from incident.intake.found import MARK, CsvRow, JsonPart, Raw, Reject, form_of, text_of
from incident.intake.guards import guarded
from incident.intake.spool import Spool
from incident.text import visible

_LEAD = f'{{"{MARK}": '

_KINDS = {"row": CsvRow, "part": JsonPart}


class _Rows(NamedTuple):
    """What the rows of one CSV file share."""

    columns: tuple[str, ...]
    delimiter: str


class Rejects:
    """Rejects of several sources, set aside while a run lasts, in the order they came."""

    def __init__(self) -> None:
        self._spool = Spool()

    def add(self, source: str, reject: Reject) -> None:
        """Set one more aside; `source` as people may see it."""
        kind = next((kind for kind, form in _KINDS.items() if isinstance(reject.raw, form)), None)
        self._spool.add([source, asdict(reject), kind])

    def __iter__(self) -> Iterator[Reject]:
        return (reject for _, reject in self.with_sources())

    def with_sources(self) -> Iterator[tuple[str, Reject]]:
        """Yield each with the name of its source."""
        for source, data, kind in self._spool:
            yield source, Reject(**data | {"raw": _raw(kind, data["raw"])})

    def close(self) -> None:
        """Let go of them."""
        self._spool.close()


def _raw(kind: str | None, data: Any) -> Raw | None:
    if kind == "part":
        return JsonPart(**data)
    if kind == "row":
        return CsvRow(tuple(data["columns"]), tuple(data["cells"]), data["delimiter"])
    return data if data is None else str(data)


def check_rejects_path(path: Path) -> None:
    """See, before a run begins, that its rejects could be written there.

    Raises:
        BadInput: the file exists already, or its folder does not.
    """
    if path.exists():
        raise BadInput(f"{_shown(path)}: exists already; give rejects a file of their own")
    if not path.parent.is_dir():
        raise BadInput(f"{_shown(path)}: there is no folder {_shown(path.parent)}")


def write_rejects(path: Path, rejects: Iterable[Reject]) -> list[Path]:
    """Write rejects in the form they came in. A file appears whole or not at all.

    Args:
        rejects: gone through more than once.

    Returns:
        The files written: none without rejects; else `path`, and for each further form (rows beside JSON, rows under
        other columns) a file beside it.

    Raises:
        BadInput: there is a file at `path` already.
        Failure: a file could not be written.
    """
    written: list[Path] = []
    forms = dict.fromkeys(_form(reject.raw) for reject in rejects)
    for form in sorted(forms, key=lambda form: form is not None):
        target = _beside(path) if written else path
        _write(target, _csv(rejects, form) if form else _json(rejects), "utf-8-sig" if form else "utf-8")
        written.append(target)
    return written


def _form(raw: Raw | None) -> _Rows | None:
    """Return what a record shares with those it can share a file with: None for JSON."""
    if isinstance(raw, CsvRow):
        return _Rows(tuple(name for name in raw.columns if name not in {"", MARK}), raw.delimiter)
    return None


def _beside(path: Path) -> Path:
    """Return a free place for rows beside `path`."""
    first = path if path.suffix == ".csv" else path.with_name(f"{path.name}.csv")
    places = chain([first], (first.with_name(f"{first.stem}-{number}.csv") for number in count(2)))
    return next(place for place in places if not place.exists())


def _write(path: Path, pieces: Iterable[str], encoding: str) -> None:
    """Write a file that only its owner can read, and put it in its place when it is whole."""
    check_rejects_path(path)
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding=encoding, errors="surrogateescape", newline="", dir=path.parent, delete=False
        ) as file:
            try:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            finally:
                Path(file.name).unlink(missing_ok=True)
    except OSError as error:
        raise Failure(f"{_shown(path)}: cannot be written: {error.strerror or error}") from None


def _json(rejects: Iterable[Reject]) -> Iterator[str]:
    """Yield JSON Lines, or a list where all that can be told of stood in one."""
    are_listed = {
        isinstance(reject.raw, JsonPart) and reject.raw.listed
        for reject in rejects
        if reject.raw is not None and not isinstance(reject.raw, CsvRow)
    }
    is_list = are_listed == {True}
    lead = "[" if is_list else ""
    for reject in rejects:
        if not isinstance(reject.raw, CsvRow):
            for text in _marked(reject, reject.raw):
                yield f"{lead}{text}" if is_list else f"{text}\n"
                lead = ",\n"
    if is_list:
        yield "]\n"


def _marked(reject: Reject, raw: str | JsonPart | None) -> list[str]:
    mark = {"line": reject.line, "key": reject.key, "reason": reject.reason}
    lead = _LEAD + json.dumps(mark | ({"format": form_of(raw)} if form_of(raw) else {}))
    record = _unmarked(text_of(raw).strip()).replace("\n", " ")
    if record.startswith("{"):
        rest = record[1:].lstrip()
        return [f"{lead}{'' if rest.startswith('}') else ', '}{rest}"]
    return [f"{lead}}}", record] if record else [f"{lead}}}"]


def _unmarked(record: str) -> str:
    """Take off the mark of an earlier run."""
    if not record.startswith(_LEAD):
        return record
    try:
        _, end = json.JSONDecoder().raw_decode(record, len(_LEAD))
    except (ValueError, RecursionError):
        return record
    return "{" + record[end:].lstrip(" ,")


def _csv(rejects: Iterable[Reject], form: _Rows) -> Iterator[str]:
    """Yield the rows that share a header, each with its mark before it, and values under no header after it."""
    yield _row([MARK, *map(guarded, form.columns)], form)
    for reject in rejects:
        if isinstance(reject.raw, CsvRow) and _form(reject.raw) == form:
            cells = list(zip_longest(reject.raw.columns, reject.raw.cells, fillvalue=""))
            named = dict(cells)
            unnamed = [cell for name, cell in cells if not name and cell]
            where = f"line {reject.line}: {reject.key}: " if reject.key else f"line {reject.line}: "
            mark = visible(where + reject.reason, one_line=True)
            given = [*(named.get(name, "") for name in form.columns), *unnamed]
            yield _row([mark, *map(guarded, given)], form)


def _row(cells: Iterable[str], form: _Rows) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=form.delimiter).writerow(cells)
    return line.getvalue()


def _shown(path: Path) -> str:
    return visible(str(path), one_line=True)
