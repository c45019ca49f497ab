"""The settings file: who we are, in TOML, as people and the authorities' forms say it."""

import tomllib
from collections.abc import MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incident.errors import BadInput, Failure

if TYPE_CHECKING:
    from models.organisation import Organisation

LARGEST = 1024 * 1024
"""Bytes above which a file holds no settings."""

HEADER = """\
Who we are, as the authorities' forms ask it. Every change is recorded in the journal with the next command.
Times without an offset are read in `zone`. Prefer role mailboxes to a person's own address.
"""


def settings_text(path: Path) -> str | None:
    """Return the settings file's text, or None where there is no such file.

    Raises:
        Failure: the file is there but cannot be read.
        BadInput: it is a device or a pipe, larger than `LARGEST`, or not UTF-8 text.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise BadInput(f"{path}: the settings are no file, but a device or a pipe")
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise BadInput(f"{path}: is larger than {LARGEST // 1024} KiB: no settings are")
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: the settings are not UTF-8 text") from None
    except OSError as error:
        raise Failure(f"{path}: the settings cannot be read: {error.strerror}") from None


def read_organisation(text: str | None, path: Path) -> "Organisation":
    """Read the settings; without any, everything has a default.

    Raises:
        BadInput: the first fault, with file and key.
    """
    from pydantic import ValidationError

    from models.organisation import Organisation
    from models.refusals import problems

    try:
        return Organisation.model_validate(tomllib.loads(text or ""))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path}: not TOML: {error}") from None
    except RecursionError:
        raise BadInput(f"{path}: nested too deeply to be settings") from None
    except ValidationError as error:
        key, reason = problems(error, frozenset())[0]
        raise BadInput(f"{path}: {key}: {reason}" if key else f"{path}: {reason}") from None


def write_organisation(path: Path, answers: dict[str, Any]) -> None:
    """Write answers into the settings file; what it already says, comments included, stays unless answered anew.

    Args:
        answers: dotted keys, such as `dpo.email`, and their values; None takes a key out.

    Raises:
        BadInput: an answer that the settings do not take; nothing is written then.
        Failure: the file cannot be written.
    """
    import tomlkit

    existing = settings_text(path)
    read_organisation(existing, path)
    document = tomlkit.parse(existing or "")
    if existing is None:
        for line in HEADER.splitlines():
            document.add(tomlkit.comment(line))
    for dotted, value in answers.items():
        table: Any = document
        *steps, last = dotted.split(".")
        for step in steps:
            if not isinstance(table.get(step), MutableMapping):
                table[step] = tomlkit.table()
            table = table[step]
        if value is None:
            table.pop(last, None)
        else:
            table[last] = value
    text = tomlkit.dumps(document)
    read_organisation(text, path)
    _write_private(path, text)


def organisation_text(answers: dict[str, Any]) -> str:
    """Return a settings file's text for nested answers."""
    import tomlkit

    return tomlkit.dumps(answers)


def _write_private(path: Path, text: str) -> None:
    from incident.new_file import private_file

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with private_file(path.parent) as stream:
            stream.write(text.encode())
        Path(stream.name).replace(path)
    except OSError as error:
        raise Failure(f"{path}: the settings cannot be written: {error.strerror}") from None
