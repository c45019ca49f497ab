"""Finding the line of a key in a TOML text."""

import pytest

from models.sourced import Key
from playbooks.positions import line_of

TEXT = '''\
id = "acme"
note = """
id = "not here"
[nor.here]
"""

[[duties]]
period = { unit = "hours", amount = 1 }

[[duties]]
"clause" = "two"
requires = [
    "description",
]

[[duties.contents]]
text = "one"

[[duties.contents]]
text = "two"

[home_authority]
country = "FR"
source.place = "1"
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("id",), 1),
        (("nor", "here"), None),
        (("duties", 0), 7),
        (("duties", 0, "period", "amount"), 8),
        (("duties", 1), 10),
        (("duties", 1, "clause"), 11),
        (("duties", 1, "requires", 0), 12),
        (("duties", 1, "source"), 10),
        (("duties", 1, "contents", 0, "text"), 17),
        (("duties", 1, "contents", 1, "text"), 20),
        (("home_authority", "country"), 23),
        (("home_authority", "source", "place"), 24),
        (("name",), None),
        ((), None),
    ],
)
def test_the_line_of_the_key_or_of_the_table_around_it(key: Key, line: int | None) -> None:
    assert line_of(TEXT, key) == line
