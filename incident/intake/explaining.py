"""What a mapping makes of foreign records, step by step, for whoever writes or doubts one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO
from zoneinfo import ZoneInfo

from incident.errors import BadInput
from incident.intake.decoding import Unreadable
from incident.intake.formats import read_with
from incident.intake.found import Found, RawRecord
from incident.intake.names import display_name
from models.foreign_format import ForeignFormat
from models.record import RecordError, read_record
from models.translation import Step, our_record, translate

SHOWN = 3
"""Records of each source that are explained."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One foreign record, and what becomes of it.

    Attributes:
        line: where it begins in its source.
        refusals: (key, reason) pairs; none where it would be taken.
    """

    line: int
    form: ForeignFormat
    steps: Sequence[Step]
    refusals: tuple[tuple[str, str], ...]


def explain_source(
    stream: BinaryIO, name: str, form: str, mapping: ForeignFormat | None, zone: ZoneInfo
) -> list[Explained | Found]:
    """Return the first records of a source, explained where they are foreign.

    Raises:
        BadInput: nothing of the source can be read.
    """

    def explained(mapping: ForeignFormat, foreign: Iterator[Found]) -> Iterator[Explained | Found]:
        return _explained(mapping, foreign, zone)

    try:
        return [*islice(read_with(stream, name, form, mapping, explained), SHOWN)]
    except Unreadable as fault:
        raise BadInput(f"{display_name(name)}: {fault}") from None


def _explained(mapping: ForeignFormat, foreign: Iterable[Found], zone: ZoneInfo) -> Iterator[Explained | Found]:
    for item in foreign:
        if isinstance(item, RawRecord):
            steps = translate(mapping, item.data, zone)
            yield Explained(item.line, mapping, steps, _refusals(mapping, steps, zone))
        else:
            yield item


def _refusals(mapping: ForeignFormat, steps: Sequence[Step], zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    try:
        read_record(our_record(mapping, steps), zone)
    except RecordError as error:
        return error.problems
    return ()
