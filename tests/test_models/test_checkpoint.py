"""The line by which somebody outside remembers how long the journal was, and its last hash."""

import pytest

from models.checkpoint import Checkpoint, read_checkpoint
from tests.test_models.examples import utc

HASH = bytes(range(32))
AT = utc("2026-11-21T12:00Z")
PLAIN = Checkpoint(7, HASH, AT)
SIGNED = Checkpoint(7, HASH, AT, b"\x0a" * 32, b"\x0b" * 64)
LINE = f"incident-checkpoint 1 length=7 hash={HASH.hex()} at=2026-11-21T12:00:00Z"
SIGNED_LINE = f"{LINE} key={'0a' * 32} signature={'0b' * 64}"


@pytest.mark.parametrize(("checkpoint", "line"), [(PLAIN, LINE), (SIGNED, SIGNED_LINE)])
def test_a_checkpoint_is_one_line_and_comes_back_from_it(checkpoint: Checkpoint, line: str) -> None:
    assert checkpoint.line() == line
    assert read_checkpoint(line) == checkpoint


def test_a_line_that_a_mail_has_broken_or_indented_is_read() -> None:
    assert read_checkpoint("  " + SIGNED_LINE.replace(" key", "\n   key") + "\r\n") == SIGNED


def test_a_signature_covers_everything_before_it() -> None:
    assert SIGNED.to_be_signed.decode() == SIGNED_LINE.partition(" signature=")[0]
    assert PLAIN.to_be_signed.decode() == LINE


@pytest.mark.parametrize(
    "line",
    [
        "",
        "checkpoint",
        LINE.replace("length=7", "length=-7"),
        LINE.replace("length=7", "length=\u0667"),
        LINE.replace("hash=", "hash=0"),
        LINE.replace(" 1 ", " 2 "),
        LINE.replace("Z", "+01:00"),
        f"{LINE} key={'0a' * 32}",
        f"{SIGNED_LINE} more",
    ],
)
def test_anything_else_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"^no checkpoint; it reads: "):
        read_checkpoint(line)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"day"):
        read_checkpoint(LINE.replace("2026-11-21", "2026-02-30"))
