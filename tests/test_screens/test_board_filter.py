import pytest

from screens.board_filter import read_filter


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", ("", None, None)),
        ("regis", ("regis*", None, None)),
        ("regis ", ("regis", None, None)),
        ("call recor", ("call recor*", None, None)),
        ("recor*", ("recor*", None, None)),
        ("state:overdue", ("", "overdue", None)),
        ("state:over", ("", None, None)),
        ("vendor:kavkom recor", ("recor*", None, "kavkom")),
        ("recor vendor:kavkom", ("recor", None, "kavkom")),
        ("vendor:", ("", None, None)),
        ("soc:17", ("soc:17*", None, None)),
    ],
)
def test_what_a_filter_asks_for_while_it_is_typed(typed: str, asked: tuple[str, str | None, str | None]) -> None:
    assert read_filter(typed) == asked
