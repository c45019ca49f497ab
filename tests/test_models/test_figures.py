"""Counts as spans: what can be compared of figures that nobody knows exactly."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figures import Span, span, span_words, together

ends = st.tuples(st.integers(0, 50), st.one_of(st.none(), st.integers(0, 50))).map(
    lambda pair: Span(pair[0], None if pair[1] is None else pair[0] + pair[1])
)


@pytest.mark.parametrize(
    ("count", "expected", "said"),
    [
        ({"value": 12}, Span(12, 12), "12"),
        ({"value": 0}, Span(0, 0), "0"),
        ({"value": 12, "approximate": True}, Span(12, 12, exact=False), "12"),
        ({"min": 2, "max": 5}, Span(2, 5), "2 to 5"),
        ({"min": 2}, Span(2, None), "at least 2"),
        ({"max": 5}, Span(0, 5), "0 to 5"),
    ],
)
def test_a_count_leaves_a_span_open(count: Any, expected: Span, said: str) -> None:
    found = span(count)
    assert found == expected
    assert span_words(expected) == said


@pytest.mark.parametrize("count", [None, {"unknown": True}, {}, "12", 12])
def test_what_is_no_figure_has_no_span(count: Any) -> None:
    assert span(count) is None


@given(ends, ends)
def test_two_spans_are_apart_where_no_figure_is_in_both(one: Span, other: Span) -> None:
    far = 200
    figures = [{*range(part.least, (far if part.most is None else part.most) + 1)} for part in (one, other)]
    assert one.is_apart_from(other) == (not figures[0] & figures[1])
    assert one.is_above(other) == (min(figures[0]) > max(figures[1]))


@given(st.lists(ends, max_size=4))
def test_spans_add_up_at_both_ends(spans: list[Span]) -> None:
    added = together(spans)
    assert added.least == sum(one.least for one in spans)
    assert (added.most is None) == any(one.most is None for one in spans)
    assert added.most is None or added.most == sum(one.most or 0 for one in spans)
