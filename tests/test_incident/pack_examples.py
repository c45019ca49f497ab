"""What the tests of the evidence pack share: two incidents, the pack of one, and packs tampered with."""

import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from incident.attachments import attach
from incident.desk import Desk
from incident.pack.verify import ITS_HASH, MANIFEST
from incident.pack.writing import PackRequest, write_pack
from models.checkpoint import Checkpoint
from models.journal import EntryKind
from models.vocabulary import Risk
from tests.test_incident.desk_examples import new_desk, record

ONE, OTHER = "INC-2026-0001", "INC-2026-0002"
MADE = datetime(2026, 10, 26, 9, tzinfo=UTC)
DRAFT = b"# Draft\n"
RECEIPT = b"%PDF-1.7 received"
PLANTED = "Zyra Quist"
"""Stands in all that the other incident records."""


def two_incidents(folder: Path) -> Desk:
    """Return a desk with one incident of every kind of entry, among entries of another one.

    Its entries are 2, 4, 5, 6, 7 and 9: opened, noted, drafted, attached, decided, notified; 1 puts the rules in force.
    """
    desk = new_desk()
    desk.open(record(desk, vendor="kavkom", moments={"vendor_told_us": "2026-10-24T07:00:00Z"}))
    desk.open(record(desk, title=PLANTED, source="soc", ref=PLANTED, facts={"description": PLANTED}))
    desk.note(ONE, "Asked \x1b[2J about the quagga", None, "Kavkom", None)
    digest = sha256(DRAFT).hexdigest()
    (folder / "drafts").mkdir()
    (folder / "drafts" / f"{ONE}-vendor-en.md").write_bytes(DRAFT)
    drafted = {"kind": "vendor", "file": f"{ONE}-vendor-en.md", "sha256": digest, "format": "md"}
    desk.record_files(ONE, EntryKind.DRAFTED, [drafted], [])
    (folder / "..\\receipt.pdf").write_bytes(RECEIPT)
    attach(desk, ONE, [folder / "..\\receipt.pdf"], "the receipt", folder / "attachments")
    desk.decide(ONE, Risk.RISK, "contact data", "anna", None)
    desk.note(OTHER, PLANTED, None, PLANTED, None)
    desk.sent(ONE, {"duty": "gdpr-33-1", "at": "2099-01-01T10:00:00Z", "status": "made", "complete": True})
    desk.note(OTHER, f"again {PLANTED}", None, None, None)
    return desk


def packed(
    desk: Desk, folder: Path, *leave_out: str, target: str = "pack.zip", checkpoints: tuple[Checkpoint, ...] = ()
) -> tuple[Path, tuple[str, ...]]:
    """Write a pack of the one incident, and return where it is and what is absent from it."""
    request = PackRequest(checkpoints, leave_out, folder / "drafts", folder / "attachments", MADE)
    return folder / target, write_pack(desk, ONE, folder / target, request)


def members(pack: Path) -> dict[str, bytes]:
    """Return the members of a pack."""
    with zipfile.ZipFile(pack) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(pack: Path, changes: Mapping[str, bytes | None]) -> Path:
    """Write a pack again with some members changed, added or (None) taken away, and nothing else mended."""
    content = {name: content for name, content in {**members(pack), **changes}.items() if content is not None}
    target = pack.with_name("tampered.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return target


def forged(pack: Path, changes: Mapping[str, bytes | None], **manifest: Any) -> Path:
    """Write a pack again with some members changed, and with a manifest that fits them: as one who knows the form."""
    content = {**members(pack), **changes}
    said = {**json.loads(content[MANIFEST] or b""), **manifest}
    said["files"] = {
        name: {"sha256": sha256(data).hexdigest(), "size": len(data)}
        for name, data in content.items()
        if data is not None and name not in {MANIFEST, ITS_HASH}
    }
    text = json.dumps(said).encode()
    return rewritten(pack, {**changes, MANIFEST: text, ITS_HASH: f"{sha256(text).hexdigest()}  {MANIFEST}\n".encode()})
