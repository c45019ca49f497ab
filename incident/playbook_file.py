"""A playbook's file, wherever it lies: read, and what is wrong with it in lines for a person."""

from pathlib import Path
from typing import TYPE_CHECKING

from incident.errors import BadInput

if TYPE_CHECKING:
    from models.playbook import Playbook
    from playbooks.faults import Fault


def read_file(file: str) -> str:
    """Return the text of a file that is to be a playbook.

    Raises:
        BadInput: it cannot be one: a link, too large, or not text.
    """
    from playbooks.texts import PlaybookError, read_text

    try:
        return read_text(Path(file))
    except PlaybookError as error:
        raise BadInput(str(error)) from None


def read_fitting(file: str, text: str) -> "Playbook":
    """Read a playbook.

    Raises:
        BadInput: it does not fit; every fault, one line each.
    """
    from playbooks.loader import check_playbook

    playbook, faults = check_playbook(file, text)
    if playbook is None:
        raise BadInput(*map(fault_line, faults))
    return playbook


def fault_line(fault: "Fault") -> str:
    """Return a fault in one line: file and line, key, reason."""
    parts = (f"{fault.file}:{fault.line}" if fault.line else fault.file, fault.key, fault.reason)
    return ": ".join(filter(None, parts))
