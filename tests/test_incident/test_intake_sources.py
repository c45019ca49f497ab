"""Sources: a file, standard input, and the names under which people see them."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.errors import BadInput, Failure
from incident.intake.asking import Asking
from incident.intake.names import display_name, path_of
from incident.intake.sources import open_source

URL = "https://user:secret@soc.example:8443/key/feed.jsonl?token=hidden#part"
SHOWN = "https://soc.example:8443/…"
STDIN = io.BytesIO(b"from a pipe")


def test_a_file_is_read_and_closed(tmp_path: Path) -> None:
    (tmp_path / "feed").write_bytes(b"\x00\xff")
    with open_source(str(tmp_path / "feed"), STDIN, Asking()) as stream:
        assert stream.read() == b"\x00\xff"
    assert stream.closed


def test_standard_input_is_read_and_left_open() -> None:
    with open_source("-", STDIN, Asking()) as stream:
        assert stream.read() == b"from a pipe"
    assert not STDIN.closed


def test_what_is_no_file_is_said_in_one_line(tmp_path: Path) -> None:
    for name, reason in (
        ("none\x1b", r"none\x1b: there is no such file"),
        ("", ": is a folder; name a file in it"),
    ):
        with pytest.raises(BadInput) as refused, open_source(f"{tmp_path}/{name}", STDIN, Asking()):
            pass
        assert str(refused.value) == f"{tmp_path}/{reason}"


def test_a_file_that_may_not_be_read_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(Failure) as failed, open_source("feed", STDIN, Asking()):
        pass
    assert str(failed.value) == "feed: cannot be opened: Permission denied"
    assert failed.value.exit_code == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("-", "standard input"),
        ("a\x1b[2J\nb", r"a\x1b[2J\nb"),
        (URL, SHOWN),
        ("HTTP://u:p@SOC.example", "http://SOC.example/…"),
        ("https://u:p@[2001:db8::1]:8/key", "https://[2001:db8::1]:8/…"),
        ("https://u:p/q@soc.example/key", "https:///…"),
        ("https://u:1/2@soc.example/key", "https:///…"),
        ("https://u:p@q@soc.example/key", "https:///…"),
        ("https://[u:p@bad/key", "https://bad/…"),
        ("https://\x1b[2J/key", "https:///…"),
        ("https:///key", "https:///…"),
        ("ftp://u:p@soc.example/key", "ftp://soc.example/…"),
    ],
)
def test_a_source_is_shown_without_its_secrets(name: str, shown: str) -> None:
    assert display_name(name) == shown


@given(password=st.text(max_size=12))
def test_no_password_is_shown_however_it_is_written(password: str) -> None:
    assert display_name(f"https://user:{password}@soc.example/feed") in {"https://soc.example/…", "https:///…"}


def test_the_ending_of_a_url_stands_before_its_query() -> None:
    assert path_of("https://soc.example/feed.csv?as=a.json#x") == "https://soc.example/feed.csv"
    assert path_of("odd?name.jsonl") == "odd?name.jsonl"
