"""Writing drafts: composed, rendered, written whole, and recorded with their SHA-256. Nothing is sent."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from incident.desk import Desk
from incident.errors import Failure
from incident.look import Look
from incident.new_file import private_file
from incident.notices.compose import DraftRequest, compose
from incident.notices.mail import address_of
from incident.notices.notice import Notice
from incident.notices.render import draft_file, file_name, render
from incident.text import visible
from models.journal import EntryKind
from models.moments import utc_text


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and what their reader should look at first."""

    paths: tuple[Path, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be written now, in Markdown; nothing is written."""

    notice: Notice
    markdown: str


def previews(desk: Desk, name: str, request: DraftRequest, playbooks: Path | None) -> tuple[Preview, ...]:
    """Return the drafts that are asked for as they would be written now.

    Raises:
        BadInput: as `write_drafts` does.
    """
    notices = _composed(desk, desk.look(name), [request], playbooks)
    return tuple(Preview(notice, render(notice, "md", playbooks)) for notice in notices)


def write_copy(reference: str, text: str, folder: Path) -> Path:
    """Write a text that somebody wants to copy, readable by its owner only; the next one takes its place.

    Raises:
        Failure: it cannot be written.
    """
    place = folder / f"{reference}-copy.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with private_file(folder) as stream:
            stream.write(visible(text).encode())
        Path(stream.name).replace(place)
    except OSError as error:
        raise Failure(f"{place}: cannot be written: {error.strerror}") from None
    return place


def write_drafts(
    desk: Desk, name: str, requests: Sequence[DraftRequest], forms: Sequence[str], folder: Path, playbooks: Path | None
) -> Written:
    """Write the drafts that are asked for into `folder`, a file for each and each format; all of them, or none.

    Args:
        forms: formats, of `render.FORMATS`.
        playbooks: the user's folder, whose notice templates and labels come before ours.

    Raises:
        BadInput: a kind, language or format that does not exist, or that does not fit the incident.
        Failure: a file cannot be made or written, or one of ours was edited since and would be lost.
    """
    look = desk.look(name)
    notices = _composed(desk, look, requests, playbooks)
    made = {
        file_name(notice, form): (notice, form, draft_file(notice, form, playbooks))
        for notice in notices
        for form in forms
    }
    records, staged = [], []
    warnings: list[str] = []
    with ExitStack() as unfinished:
        for file, (notice, form, data) in made.items():
            temporary, place = _staged(folder, file, data, look)
            unfinished.callback(temporary.unlink, missing_ok=True)
            staged.append((temporary, place))
            records.append(
                {
                    "kind": notice.kind,
                    "file": file,
                    "sha256": sha256(data).hexdigest(),
                    "format": form,
                    "language": notice.language,
                    "as_of": utc_text(desk.now),
                }
            )
            if form == forms[0]:
                warnings += _missing(notice, file)
            if form == "eml" and address_of(notice) is None:
                warnings.append(f"{file}: no address of the recipient is recorded: To is left out")
        desk.record_files(name, EntryKind.DRAFTED, records, staged)
    return Written(tuple(place for _, place in staged), tuple(warnings))


def _missing(notice: Notice, file: str) -> Iterator[str]:
    """Say how much is missing in a draft, whatever the formats it is written in."""
    if notice.missing:
        count = len(notice.missing)
        missing = "1 answer is missing; it stands" if count == 1 else f"{count} answers are missing; they stand"
        yield f"{file}: {missing} first in it"


def _composed(desk: Desk, look: Look, requests: Sequence[DraftRequest], playbooks: Path | None) -> list[Notice]:
    rules, organisation = look.in_force.rules, look.in_force.organisation
    return [
        notice
        for request in requests
        for notice in compose(request, look.incident, rules, organisation, desk.now, playbooks)
    ]


def _staged(folder: Path, file: str, data: bytes, look: Look) -> tuple[Path, Path]:
    """Write a draft beside its place; refuse where a person has edited the one that lies there."""
    place = folder / file
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.exists() and not _is_ours(place, look):
            raise Failure(f"{place}: was edited since it was written; move it away, or name another folder with -o")
        with private_file(folder) as stream:
            stream.write(data)
    except OSError as error:
        raise Failure(f"{place}: cannot be written: {error.strerror}") from None
    return Path(stream.name), place


def _is_ours(place: Path, look: Look) -> bool:
    if not place.is_file():
        return False
    found = sha256(place.read_bytes()).hexdigest()
    return any(draft.sha256 == found for draft in look.incident.drafts)
