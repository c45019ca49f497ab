"""How commands speak: data on standard output, and nothing else there."""

import json
import re
from collections.abc import Iterable
from datetime import timedelta
from textwrap import indent
from typing import Any

import click

from incident.errors import BadInput

_SPAN = re.compile(r"(\d{1,5})\s*(m|min|h|d)")
_UNITS = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}


def print_json(document: Any) -> None:
    """Print one JSON document. ASCII only, so that no hostile text reaches the terminal as it is."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=True))


def print_json_with(document: dict[str, Any], **lists: Iterable[Any]) -> None:
    """Print one JSON document that ends with lists too long to be held as a whole: an item at a time."""
    click.echo(json.dumps(document, indent=2).removesuffix("\n}"), nl=False)
    for name, items in lists.items():
        click.echo(f',\n  "{name}": [', nl=False)
        lead, end = "\n", "]"
        for item in items:
            click.echo(lead + indent(json.dumps(item, indent=2), "    "), nl=False)
            lead, end = ",\n", "\n  ]"
        click.echo(end, nl=False)
    click.echo("\n}")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines that are harmless already."""
    for text in lines:
        click.echo(text)


def read_span(text: str) -> timedelta:
    """Read a length of time such as `24h`, `90min` or `3d`.

    Raises:
        BadInput: it is none.
    """
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"{text!r} is not a length of time; write it as 24h, 90min or 3d")
    return int(found[1]) * _UNITS[found[2]]
