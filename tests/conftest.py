"""What holds for every test: nobody's machine, no network, UTC, and the same generated examples each run."""

import gc
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.load_profile("ci")

XDG_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")

GOLDEN = Path(__file__).parent / "golden"
"""Texts that a person has read and accepted; `--update-golden` writes them anew, to be read again."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option by which golden texts are written anew."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden texts anew: read them before you keep them"
    )


def pytest_collection_finish() -> None:
    """Leave out of each garbage collection what stays until the end: modules, tests, rules; and collect less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text against the golden one of its name, such as `drafts/vendor-kavkom-en.md`."""

    def hold(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        assert text == file.read_text("utf-8")

    return hold


@pytest.fixture(autouse=True)
def nobodys_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
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
