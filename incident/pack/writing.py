"""Writing a pack: what of one incident goes into it, and what is said to be absent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile

from incident import VERSION
from incident.desk import Desk
from incident.errors import BadInput
from incident.holiday_table import installed_table
from incident.look import Look
from incident.new_file import new_file
from incident.pack.archive import Archive
from incident.pack.chain import chain_lines, entry_line, verified_entries
from incident.pack.clocks import clocks_json, clocks_text, when_notified
from incident.pack.files import packed_file
from incident.store.protocol import Store
from models.checkpoint import Checkpoint
from models.journal import Entry, EntryKind, canonical
from models.moments import utc_text

_NOT_RECKONED = {EntryKind.NOTED, EntryKind.DRAFTED, EntryKind.ATTACHED, EntryKind.LINKED, EntryKind.RULES}
"""What can be left out and still not be read in the clocks."""


@dataclass(frozen=True, slots=True)
class PackRequest:
    """What a pack is to hold.

    Attributes:
        checkpoints: lines that were kept elsewhere; the journal is held against them.
        leave_out: whose bodies to leave out: entries by their number, or a kind such as `noted`.
        drafts: the folder that drafts are written to.
        attachments: the folder of attachments.
        made_at: when the pack is made (UTC).
    """

    checkpoints: Sequence[Checkpoint]
    leave_out: Sequence[str]
    drafts: Path
    attachments: Path
    made_at: datetime


def write_pack(desk: Desk, name: str, target: Path, request: PackRequest) -> tuple[str, ...]:
    """Write the evidence pack of one incident to a new file, and return what is absent from it, a line each.

    Raises:
        BadInput: what is to be left out is no entry of the incident or of the rules, or must not be.
        Failure: the journal does not hold, there is no such incident, or the file exists or cannot be written.
    """
    with desk.store.snapshot(), new_file(target) as stream, ZipFile(stream, "w") as zipped:
        look = desk.look(name)
        own, rules = desk.store.entries(look.incident.reference), desk.store.rules()
        left_out = _left_out(request.leave_out, [*own, *rules])
        archive, (length, last) = Archive(zipped), desk.store.head()
        for ours in ("README.txt", "verify.py"):
            archive.add(ours, [files("incident.pack").joinpath(ours).read_bytes()])
        _add_entries(archive, desk.store, {"journal.jsonl": own, "rules.jsonl": rules}, left_out, request.checkpoints)
        absent = [*_absent_bodies([*own, *rules], left_out)]
        if _NOT_RECKONED.issuperset(entry.kind for entry in own if entry.sequence in left_out):
            _add_clocks(archive, desk, look)
        else:
            absent.append("the clocks, for they would say what was left out")
        named_by, missing = _add_files(archive, [entry for entry in own if entry.sequence not in left_out], request)
        absent += missing
        archive.finish(
            {
                "format": "incident-evidence-pack 1",
                "incident": look.incident.reference,
                "program": VERSION,
                "holidays": installed_table(),
                "made_at": utc_text(request.made_at),
                "as_of": utc_text(look.now),
                "head": {"length": length, "hash": last.hex()},
                "left_out": sorted(left_out),
                "named_by": named_by,
                "absent": absent,
            }
        )
    return tuple(absent)


def _add_entries(
    archive: Archive,
    store: Store,
    entries: Mapping[str, Sequence[Entry]],
    left_out: frozenset[int],
    checkpoints: Sequence[Checkpoint],
) -> None:
    """Add the entries, a member for each list of them, and the chain in which they stand."""
    places = {entry.sequence for some in entries.values() for entry in some}
    stored = verified_entries(store, places, {one.length: one.hash for one in checkpoints})
    lines = {entry.sequence: entry_line(entry, left_out) for entry in stored}
    for member, some in entries.items():
        archive.add(member, (lines[entry.sequence] for entry in some))
    archive.add("chain.txt", chain_lines(store))
    archive.add("checkpoints.txt", (f"{one.line()}\n".encode() for one in checkpoints))


def _add_clocks(archive: Archive, desk: Desk, look: Look) -> None:
    notified = list(when_notified(desk, look))
    archive.add("clocks.txt", [clocks_text(look, notified).encode()])
    archive.add("clocks.json", [canonical(clocks_json(look, notified))])


def _add_files(archive: Archive, entries: Sequence[Entry], request: PackRequest) -> tuple[dict[str, int], list[str]]:
    """Add drafts and attachments; return the place of the entry that names each member, and what is missing."""
    named_by: dict[str, int] = {}
    missing: list[str] = []
    for entry in entries:
        if entry.kind not in {EntryKind.DRAFTED, EntryKind.ATTACHED} or entry.body is None:
            continue
        found = packed_file(entry, request.drafts, request.attachments)
        if found is None:
            missing.append(f"the file that entry {entry.sequence} ({entry.kind}) names, missing or changed")
        elif found.member not in named_by:
            archive.add(found.member, found.parts())
            named_by[found.member] = entry.sequence
    return named_by, missing


def _left_out(wanted: Sequence[str], entries: Sequence[Entry]) -> frozenset[int]:
    """Return the places of the entries whose bodies are to be left out."""
    places: set[int] = set()
    for one in wanted:
        found = [entry for entry in entries if one in {str(entry.sequence), entry.kind.value}]
        if not found:
            raise BadInput(f"--leave-out {one}: is neither a number nor a kind of an entry of this incident")
        if any(entry.kind is EntryKind.ERASED for entry in found):
            raise BadInput(f"--leave-out {one}: what says that something was erased is not left out")
        places |= {entry.sequence for entry in found if entry.body is not None}
    return frozenset(places)


def _absent_bodies(entries: Sequence[Entry], left_out: frozenset[int]) -> Iterator[str]:
    for entry in entries:
        if entry.sequence in left_out:
            yield f"the body of entry {entry.sequence} ({entry.kind}), left out"
        elif entry.body is None:
            yield f"the body of entry {entry.sequence} ({entry.kind}), erased"
