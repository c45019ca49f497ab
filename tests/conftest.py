"""What holds for every test: nobody's machine, no network, UTC, and the same generated examples each run."""

import os
import socket
import time
from collections.abc import Iterator
from typing import NoReturn

import hypothesis
import pytest

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.load_profile("ci")

XDG_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")


@pytest.fixture(autouse=True)
def nobodys_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Run the test in an empty home, without settings of the user, in UTC, in plain text."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in XDG_FOLDERS:
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in os.environ:
        if name.startswith("INCIDENT_") or name in {"COLUMNS", "LINES", "FORCE_COLOR", "CLICOLOR_FORCE"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("NO_COLOR", "1")
    with monkeypatch.context() as zone:
        zone.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail the test that reaches for the network; Unix sockets stay open to it."""
    connect = socket.socket.connect

    def connect_on_this_machine(self: socket.socket, address: str | bytes) -> None:
        if self.family != socket.AF_UNIX:
            refuse(address)
        connect(self, address)

    def refuse(address: object, *_: object) -> NoReturn:
        pytest.fail(f"a test reached for the network: {address!r}")

    monkeypatch.setattr(socket.socket, "connect", connect_on_this_machine)
    monkeypatch.setattr(socket.socket, "connect_ex", lambda _self, address: refuse(address))
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
