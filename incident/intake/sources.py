"""Sources: a file, a folder, standard input or a URL, opened as a stream of bytes."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from incident.errors import BadInput, Failure
from incident.intake.asking import Asking
from incident.intake.folders import files_in
from incident.intake.names import STDIN, display_name, is_url


@contextmanager
def open_source(name: str, stdin: BinaryIO, asking: Asking) -> Iterator[BinaryIO]:
    """Open what a source's name stands for, as a stream of bytes.

    A URL is fetched whole, with all its pages, before anything of it is read.

    Args:
        name: a path, `-` for standard input, or an http(s) URL.
        stdin: standard input.
        asking: how a URL is asked.

    Raises:
        BadInput: there is no such file, or it is a folder, or the URL is none that may be asked.
        Failure: it cannot be read; one line says why.
    """
    if name == STDIN:
        yield stdin
    elif is_url(name):
        from incident.intake.fetching import fetch

        with tempfile.TemporaryFile() as sent, tempfile.TemporaryFile() as joined:
            content = fetch(name, sent, joined, asking)
            content.seek(0)
            yield content
    else:
        with _open_file(name) as file:
            yield file


def single_sources(names: Iterable[str], on_skipped: Callable[[str], None]) -> list[str]:
    """Return the sources with each folder replaced by the files in it.

    Args:
        on_skipped: told in a line what of a folder is passed over, and why.

    Raises:
        BadInput: a folder holds nothing to import.
        Failure: a folder cannot be listed.
    """
    single: list[str] = []
    for name in names:
        if name == STDIN or is_url(name) or not Path(name).is_dir():
            single.append(name)
            continue
        taken, skipped = files_in(Path(name))
        for path, reason in skipped:
            on_skipped(f"{path}: skipped: {reason}")
        single += map(str, taken)
    return single


def _open_file(name: str) -> BinaryIO:
    shown = display_name(name)
    try:
        return Path(name).open("rb")
    except FileNotFoundError:
        if "://" in name:
            raise BadInput(f"{shown}: only http and https are asked; for a file, give its path") from None
        raise BadInput(f"{shown}: there is no such file") from None
    except IsADirectoryError:
        raise BadInput(f"{shown}: is a folder; name a file in it") from None
    except (OSError, ValueError) as error:
        raise Failure(f"{shown}: cannot be opened: {getattr(error, 'strerror', None) or error}") from None
