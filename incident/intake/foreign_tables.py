"""Foreign tables: which of the shipped formats a table is in, and which of its first lines is the header."""

from collections.abc import Sequence

from incident.intake.decoding import Unreadable
from incident.intake.table import Heading
from models.foreign_format import ForeignFormat
from playbooks.mappings import shipped_mapping, shipped_names


def recognised_table(headings: Sequence[Heading]) -> tuple[int, ForeignFormat | None]:
    """Return the place of the header and the shipped format that it belongs to; the first line where none does."""
    for form in map(shipped_mapping, shipped_names()):
        place = _place(headings, form)
        if place is not None:
            return place, form
    return 0, None


def heading_of(headings: Sequence[Heading], form: ForeignFormat) -> int:
    """Return the place of the header that a mapping describes. One without shapes takes the first line.

    Raises:
        Unreadable: no line has the columns, or the mapping is of JSON.
    """
    if not form.shapes:
        return 0
    if not form.table_shapes:
        raise Unreadable(f"is a table, but the mapping {form.id!r} is for JSON")
    place = _place(headings, form)
    if place is None:
        wanted = ", ".join(form.table_shapes[0].columns)
        raise Unreadable(f"has no header with the columns that the mapping {form.id!r} names: {wanted}")
    return place


def _place(headings: Sequence[Heading], form: ForeignFormat) -> int | None:
    fitting = (
        place
        for place, heading in enumerate(headings)
        for shape in form.table_shapes
        if set(shape.columns) <= set(heading.columns)
    )
    return next(fitting, None)
