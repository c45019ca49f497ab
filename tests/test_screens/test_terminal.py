"""The program on a real terminal: it starts, does what keys say, and gives the terminal back as it was."""

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds after which nothing more is waited for: a deadline, not a pause."""

ENTER_SCREEN, LEAVE_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
CTRL_Q = b"\x11"


class Terminal:
    """A pseudo-terminal with the program in it."""

    def __init__(self, *arguments: str, rows: int = 24, columns: int = 80, **environment: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(slave)
        self._slave = slave
        self.output = b""
        ours = {
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TEXTUAL_ANIMATIONS": "none",
        }
        self.process = Popen(
            [sys.executable, "-m", "incident", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, **ours, **environment},
            start_new_session=True,
        )

    def wait_for(self, sentinel: bytes) -> None:
        """Read until the sentinel has been written."""
        deadline = time.monotonic() + PATIENCE
        start = len(self.output)
        while sentinel not in self.output[start:]:
            left = deadline - time.monotonic()
            assert left > 0, f"{sentinel!r} never came; the last output was {self.output[-2000:]!r}"
            if select.select([self.master], [], [], left)[0]:
                self.output += self._read()

    def press(self, keys: bytes) -> None:
        """Type."""
        os.write(self.master, keys)

    def exit_code(self) -> int:
        """Wait until the program has left, reading what it still writes."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.05)[0]:
                self.output += self._read()
            if self.process.poll() is not None:
                while select.select([self.master], [], [], 0)[0] and (more := self._read()):
                    self.output += more
                return self.process.returncode
        raise AssertionError("the program did not leave")

    @property
    def settings(self) -> list[object]:
        """The terminal's own settings (echo, line editing) as they are now."""
        return list(termios.tcgetattr(self._slave))

    def close(self) -> None:
        """Take the terminal away."""
        self.process.kill()
        self.process.wait()
        os.close(self._slave)
        os.close(self.master)

    def _read(self) -> bytes:
        try:
            return os.read(self.master, 65536)
        except OSError:
            return b""


@pytest.fixture
def demo() -> Iterator[Terminal]:
    terminal = Terminal("demo", "--now", "2026-11-21T19:14Z")
    yield terminal
    terminal.close()


def colours(output: bytes) -> set[tuple[int, ...]]:
    """Return the foreground colours written that are no shades of grey."""
    found = {tuple(map(int, one)) for one in re.findall(rb"38;2;(\d+);(\d+);(\d+)", output)}
    assert found
    return {one for one in found if len(set(one)) > 1}


def test_it_starts_acts_quits_and_gives_the_terminal_back(demo: Terminal) -> None:
    demo.wait_for(b"nothing here is real")
    demo.wait_for(b"Registrar intrusion")
    assert ENTER_SCREEN in demo.output
    assert demo.settings != demo.before
    demo.press(b"?")
    demo.wait_for(b"On an incident")
    demo.press(CTRL_Q)
    assert demo.exit_code() == 0
    assert demo.output.rindex(LEAVE_SCREEN) > demo.output.rindex(ENTER_SCREEN)
    assert demo.settings == demo.before
    assert b"Traceback" not in demo.output


def test_no_colour_is_written_where_none_is_wanted(demo: Terminal) -> None:
    demo.wait_for(b"Registrar intrusion")
    demo.press(CTRL_Q)
    assert demo.exit_code() == 0
    assert not colours(demo.output)


def test_colour_is_written_where_nobody_minds(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.delenv("NO_COLOR")
    demo: Terminal = request.getfixturevalue("demo")
    demo.wait_for(b"Registrar intrusion")
    demo.press(CTRL_Q)
    assert demo.exit_code() == 0
    assert colours(demo.output)


@pytest.mark.parametrize("way", [("--plain", "xterm"), ("--actor=anna", "dumb")])
def test_the_board_is_printed_where_it_is_asked_for_or_no_screen_can_be_shown(
    way: tuple[str, str], tmp_path: Path
) -> None:
    terminal = Terminal(way[0], "--store", str(tmp_path / "a.db"), TERM=way[1])
    try:
        assert terminal.exit_code() == 0
        assert terminal.output == b"no incidents\r\n"
    finally:
        terminal.close()


def test_what_is_copied_goes_to_the_terminals_clipboard(demo: Terminal) -> None:
    demo.wait_for(b"Registrar intrusion")
    demo.press(b"w")
    demo.wait_for(b"Request to")
    demo.press(b"\r")
    demo.wait_for(b"missing")
    demo.press(b"c")
    demo.wait_for(b"\x1b]52;c;")
    demo.press(CTRL_Q)
    assert demo.exit_code() == 0
