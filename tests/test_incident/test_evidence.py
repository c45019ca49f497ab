"""What a notification records of its proof."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from incident.errors import Failure
from incident.evidence import evidence_of


def test_name_and_hash_are_kept_and_no_folder(tmp_path: Path) -> None:
    proof = tmp_path / "receipt.pdf"
    proof.write_bytes(b"received")
    assert evidence_of(proof) == f"receipt.pdf SHA-256 {sha256(b'received').hexdigest()}"


def test_what_would_never_end_is_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Failure, match="is no file"):
        evidence_of(pipe)


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    proof = tmp_path / "receipt.pdf"
    proof.touch()
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(Failure) as failure:
        evidence_of(proof)
    assert failure.value.lines == (f"{proof}: cannot be read: Permission denied",)
