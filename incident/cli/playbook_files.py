"""The playbook files as commands find them: by id, with what is wrong with them in lines and for scripts."""

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from incident.errors import BadInput, Failure
from incident.places import Places

if TYPE_CHECKING:
    from incident.playbook_pages.overview import Listed
    from playbooks.faults import Fault

PARTLY_DONE = 3
"""The exit code where one playbook or more do not fit, and the others were shown."""


def texts_on_disk(places: Places) -> dict[str, str]:
    """Return the playbooks on disk, the user's own laid over the shipped ones: their texts by name."""
    from playbooks.texts import PlaybookError, overlaid_texts

    try:
        return overlaid_texts(places.playbooks)
    except PlaybookError as error:
        raise BadInput(str(error)) from None


def known(places: Places) -> "tuple[list[Listed], list[Fault]]":
    """Read every playbook; one that does not fit is no reason to withhold the others."""
    from incident.playbook_pages.overview import Listed
    from playbooks.loader import check_playbook

    listed: list[Listed] = []
    faults: list[Fault] = []
    for name, text in sorted(texts_on_disk(places).items()):
        playbook, found = check_playbook(file_of(name, places), text)
        faults.extend(found)
        if playbook is not None:
            listed.append(Listed(playbook, origin(name, places)))
    return listed, faults


def named(playbook_id: str, texts: dict[str, str]) -> str:
    """Return the name of the one playbook that an id means.

    Raises:
        Failure: there is none.
        BadInput: there are several.
    """
    found = [name for name in texts if playbook_id in _ids(name)]
    if len(found) > 1:
        ways = ", ".join(name.removesuffix(".toml") for name in sorted(found))
        raise BadInput(f"{playbook_id!r} may be one of several: write one of {ways}")
    if not found:
        raise Failure(f"there is no playbook {playbook_id!r}; {_nearest(playbook_id, texts)}")
    return found[0]


def _ids(name: str) -> tuple[str, str]:
    return PurePath(name).stem, name.removesuffix(".toml")


def _nearest(playbook_id: str, texts: dict[str, str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(PurePath(playbook_id.lower()).name, sorted({PurePath(name).stem for name in texts}))
    return f"did you mean {' or '.join(near)}?" if near else "`incident playbooks` lists those there are"


def origin(name: str, places: Places) -> str:
    """Say whose file a playbook is: `yours` or `shipped`."""
    return "yours" if (places.playbooks / name).exists() else "shipped"


def file_of(name: str, places: Places) -> str:
    """Return what a fault calls a playbook's file: the user's by its path, so that it is found at once."""
    path = places.playbooks / name
    return str(path) if path.exists() else name


def fault_document(fault: "Fault") -> dict[str, Any]:
    """Return a fault for a script."""
    return {"file": fault.file, "line": fault.line, "key": fault.key or None, "reason": fault.reason}
