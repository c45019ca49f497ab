"""The import run: validate what a source yields, and hand it on in batches."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from incident.intake.decoding import MAX_LINE
from incident.intake.found import Found, Raw, Reject, rejected, size_of
from models.record import RecordError, read_record

BATCH = 1000
"""Records in one transaction: a fraction of a second of the store's lock."""
MAX_BATCH_SIZE = MAX_LINE
"""Characters of input in one batch: what a run holds in memory stays within a small multiple of it."""


@dataclass(frozen=True, slots=True)
class ValidRecord:
    """One validated record.

    Attributes:
        line: where it begins in its source.
        data: the record as `models.record.read_record` normalises it.
        raw: the record as it came.
    """

    line: int
    data: dict[str, Any]
    raw: Raw


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one valid record.

    Attributes:
        status: `refused` where the desk could not take it; then `reason` says why, and `key` at which key.
        reference: the incident's own reference, such as `INC-2026-0001`; None where there is none (yet).
        ref: `source:ref` as the record names itself, or None.
        warnings: what looks wrong in it, though it was taken.
    """

    status: Literal["opened", "changed", "unchanged", "refused"]
    reference: str | None = None
    ref: str | None = None
    key: str = ""
    reason: str = ""
    warnings: tuple[str, ...] = ()


Keep: TypeAlias = Callable[[Sequence[ValidRecord]], Sequence[Outcome]]
"""Takes one batch in one transaction and returns an outcome for each record, in order."""


@dataclass(slots=True)
class Summary:
    """What a run has done so far: all that stands in it is kept.

    Attributes:
        outcomes: of the records opened, changed and unchanged, in the order they came.
        rejects: of the others, in the order they were judged.
        counts: how many were opened, changed, unchanged and rejected, under these names.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("opened", "changed", "unchanged", "rejected"), 0)
    )

    def add(self, item: Outcome | Reject) -> None:
        """Enter what became of one more record."""
        if isinstance(item, Reject):
            self.rejects.append(item)
            self.counts["rejected"] += 1
        else:
            self.outcomes.append(item)
            self.counts[item.status] += 1


def run_import(
    found: Iterable[Found],
    zone: ZoneInfo,
    keep: Keep,
    *,
    on_progress: Callable[[Summary], None],
    batch: int = BATCH,
) -> Summary:
    """Validate records and hand the good ones on, batch after batch.

    Args:
        found: what reading a source yields.
        zone: the settings' time zone, for local times in records that name none.
        keep: takes one batch. What it raises ends the run.
        on_progress: told after each batch, always with the same growing summary: so whoever is interrupted
            (KeyboardInterrupt, Failure) still knows what was kept.
        batch: the most records that `keep` is handed at once.

    Returns:
        The summary of the whole run.
    """
    summary = Summary()
    for portion in _portions(found, batch):
        valid: list[ValidRecord] = []
        for item in portion:
            judged = _judged(item, zone)
            if isinstance(judged, Reject):
                summary.add(judged)
            else:
                valid.append(judged)
        if valid:
            for record, outcome in zip(valid, keep(valid), strict=True):
                refused = outcome.status == "refused"
                summary.add(Reject(record.line, outcome.key, outcome.reason, record.raw) if refused else outcome)
        on_progress(summary)
    return summary


def _portions(found: Iterable[Found], batch: int) -> Iterator[list[Found]]:
    portion: list[Found] = []
    size = 0
    for item in found:
        portion.append(item)
        size += size_of(item.raw)
        if len(portion) == batch or size > MAX_BATCH_SIZE:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _judged(item: Found, zone: ZoneInfo) -> ValidRecord | Reject:
    if isinstance(item, Reject):
        return item
    try:
        return ValidRecord(item.line, read_record(item.data, zone), item.raw)
    except RecordError as error:
        return rejected(item.line, error, item.raw)
