"""How commands speak, and lengths of time as they take them."""

import json
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.cli.output import print_json, read_span
from incident.errors import BadInput, Failure


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("24h", timedelta(hours=24)),
        ("90min", timedelta(minutes=90)),
        ("90m", timedelta(minutes=90)),
        (" 3 d ", timedelta(days=3)),
        ("0h", timedelta()),
        ("99999d", timedelta(days=99_999)),
    ],
)
def test_a_length_of_time(text: str, span: timedelta) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize("text", ["", "h", "24", "1.5h", "-1h", "24 hours", "1h30", "100000d", "24H"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadInput, match="is not a length of time; write it as 24h, 90min or 3d"):
        read_span(text)


@given(st.recursive(st.text(st.characters(codec=None, exclude_categories=())), lambda part: st.lists(part, max_size=3)))
def test_a_json_document_is_plain_ascii_and_says_what_it_was_given(value: object) -> None:
    with redirect_stdout(StringIO()) as out:
        print_json(value)
    text = out.getvalue()
    assert text.isascii()
    assert {sign for sign in text if sign < " "} <= {"\n"}
    assert json.loads(text) == value


def test_a_failure_is_one_line_or_several_and_knows_its_exit_code() -> None:
    assert (Failure("one").exit_code, BadInput("one").exit_code) == (1, 2)
    assert BadInput("one", "two").lines == ("one", "two")
    assert str(BadInput("one", "two")) == "one; two"
    assert issubclass(BadInput, Failure)
