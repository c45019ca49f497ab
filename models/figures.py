"""Counts as the span they leave open: what can be compared although nobody knows a figure exactly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """From how many to how many; `most` is None where nothing bounds it.

    Attributes:
        exact: nobody marked the figure as approximate.
    """

    least: int
    most: int | None
    exact: bool = True

    def is_above(self, other: "Span") -> bool:
        """True where even the fewest of this are more than the most of the other."""
        return other.most is not None and self.least > other.most

    def is_apart_from(self, other: "Span") -> bool:
        """True where the two have no figure in common."""
        return self.is_above(other) or other.is_above(self)


def span(count: Any) -> Span | None:
    """Return the span of a count as the record has it; None where it is unknown or no count."""
    if not isinstance(count, Mapping) or not count.keys() & {"value", "min", "max"}:
        return None
    exact = not count.get("approximate")
    if "value" in count:
        return Span(count["value"], count["value"], exact)
    return Span(count.get("min", 0), count.get("max"), exact)


def together(spans: Iterable[Span]) -> Span:
    """Return the span of several counts added up."""
    known = tuple(spans)
    bounded = [one.most for one in known if one.most is not None]
    most = sum(bounded) if len(bounded) == len(known) else None
    return Span(sum(one.least for one in known), most, all(one.exact for one in known))


def span_words(one: Span) -> str:
    """Say a span: a figure, both ends, or the end that is known."""
    if one.most is None:
        return f"at least {one.least}"
    return str(one.most) if one.least == one.most else f"{one.least} to {one.most}"
