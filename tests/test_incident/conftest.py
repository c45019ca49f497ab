"""Fixtures of the tests of the application."""

import pytest

from incident.store.sqlite import open_existing, open_store
from tests.test_incident.store_examples import Clock


@pytest.fixture
def machine_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let every store that the program opens be dated by a clock that stands still until it is set."""
    clock = Clock()
    for opening in (open_store, open_existing):
        monkeypatch.setattr(opening, "__kwdefaults__", {**(opening.__kwdefaults__ or {}), "machine_clock": clock})
    return clock
