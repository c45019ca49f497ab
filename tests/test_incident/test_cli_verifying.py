"""The journal verified: by its own chain, and against a checkpoint that was kept elsewhere."""

import os
import re
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from models.journal import GENESIS, chained
from tests.test_incident.command_line import incident, refused

NOW = "2026-10-25T12:00Z"
ONE = "INC-2026-0001"


@pytest.fixture(autouse=True)
def recordings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open an incident: the journal has two entries, the rules in force and what was recorded."""
    monkeypatch.setenv("INCIDENT_NOW", NOW)
    monkeypatch.setenv("INCIDENT_ACTOR", "anna")
    incident("open", "--title", "Recordings")


def store() -> Path:
    return Path(os.environ["XDG_DATA_HOME"], "breach-incident-tracker", "incidents.db")


def write_anew(text: str) -> None:
    """Change the second entry and reckon every hash behind it again, the head included, as one with the file can."""
    with closing(sqlite3.connect(store())) as connection, connection:
        for trigger in ("journal_refuses_update", "bodies_refuse_update"):
            connection.execute(f"DROP TRIGGER {trigger}")
        (header,) = connection.execute("SELECT header FROM journal WHERE sequence = 2").fetchone()
        connection.execute(
            "UPDATE journal SET header = ?, header_digest = ? WHERE sequence = 2",
            (header.replace("anna", text), sha256(header.replace("anna", text).encode()).digest()),
        )
        previous = GENESIS
        rows = connection.execute("SELECT sequence, header_digest, body_digest FROM journal ORDER BY sequence")
        for sequence, of_header, of_body in rows.fetchall():
            previous = chained(previous, of_header, of_body)
            connection.execute("UPDATE journal SET hash = ? WHERE sequence = ?", (previous, sequence))
        connection.execute("UPDATE head SET hash = ?", (previous,))


def checkpoint(*arguments: str) -> str:
    return incident("checkpoint", *arguments).out.strip()


class TestVerify:
    def test_a_journal_that_holds(self) -> None:
        document = incident("verify", "--json").json
        assert (document["holds"], document["entries"], document["first_fault"]) == (True, 2, None)
        assert incident("verify").out == f"the journal holds: 2 entries, head {document['head']}\n"

    def test_a_changed_entry_is_named_and_the_exit_code_says_so(self) -> None:
        with closing(sqlite3.connect(store())) as connection, connection:
            connection.execute("DROP TRIGGER bodies_refuse_update")
            connection.execute("UPDATE bodies SET body = replace(body, 'Recordings', 'Nothing') WHERE sequence = 2")
        refused(incident("verify"), 1, "the journal does not hold: entry 2 its body was changed")
        outcome = incident("verify", "--json")
        assert outcome.code == 1
        assert '"first_fault": {\n    "sequence": 2,\n    "reason": "its body was changed"\n  }' in outcome.out

    def test_without_a_store(self) -> None:
        store().unlink()
        refused(incident("verify"), 1, f"{store()}: no record is kept there yet: nothing to verify")


class TestCheckpoint:
    def test_it_is_one_line_of_length_hash_and_time(self) -> None:
        head = incident("verify", "--json").json["head"]
        line = checkpoint()
        assert re.fullmatch(rf"incident-checkpoint 1 length=2 hash={head} at=20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", line)

    def test_the_same_as_json(self) -> None:
        document = incident("checkpoint", "--json").json
        assert (document["length"], document["key"], document["signature"]) == (2, None, None)
        assert document["line"] == f"incident-checkpoint 1 length=2 hash={document['hash']} at={document['at']}"

    def test_there_is_none_of_a_journal_that_does_not_hold(self) -> None:
        with closing(sqlite3.connect(store())) as connection, connection:
            connection.execute("UPDATE head SET length = 3")
        refused(
            incident("checkpoint"),
            1,
            "no checkpoint of a journal that does not hold: entry 3 is missing: the journal should hold 3 entries",
        )


class TestAgainst:
    def test_a_journal_that_only_grew_holds_its_checkpoint(self) -> None:
        line = checkpoint()
        incident("note", ONE, "Called the vendor")
        said = incident("verify", "--against", line).out.splitlines()
        assert said[0].startswith("the journal holds: 3 entries, head ")
        assert re.fullmatch(
            r"it holds the 2 entries of the checkpoint of \d{4}-\d\d-\d\d \d\d:\d\d UTC, not signed", said[1]
        )
        assert incident("verify", "--json", "--against", line).json["checkpoints"] == [2]

    def test_a_journal_written_anew_holds_by_itself_and_not_against_its_checkpoint(self) -> None:
        line = checkpoint()
        write_anew("anne")
        assert incident("verify").code == 0
        refused(
            incident("verify", "--against", line),
            1,
            "the journal does not hold: entry 1 or one after it, up to 2, was written anew since the checkpoint",
        )

    def test_a_file_of_checkpoints(self, tmp_path: Path) -> None:
        kept = tmp_path / "checkpoints.txt"
        kept.write_text(f"{checkpoint()}\n\n")
        incident("note", ONE, "Called the vendor")
        kept.write_text(kept.read_text() + f"{checkpoint()}\n")
        assert incident("verify", "--json", "--against", str(kept)).json["checkpoints"] == [2, 3]

    def test_of_another_record_it_is_found(self) -> None:
        line = re.sub(r"hash=\w{4}", "hash=0000", checkpoint())
        assert incident("verify", "--against", line).code == 1

    def test_two_of_one_length_that_differ_contradict_each_other(self) -> None:
        line = checkpoint()
        other = re.sub(r"hash=\w{4}", "hash=0000", line)
        refused(
            incident("verify", "--against", line, "--against", other),
            1,
            "two checkpoints of 2 entries contradict each other: they are of two records",
        )

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (None, "cannot be read: No such file or directory"),
            (b"\xff", "is no text"),
            (b"\n", "holds no checkpoint"),
        ],
    )
    def test_a_file_that_is_none(self, tmp_path: Path, content: bytes | None, said: str) -> None:
        kept = tmp_path / "checkpoints.txt"
        if content is not None:
            kept.write_bytes(content)
        refused(incident("verify", "--against", str(kept)), 2, f"--against: {kept}: {said}")

    def test_a_line_that_is_none_is_named(self, tmp_path: Path) -> None:
        kept = tmp_path / "checkpoints.txt"
        kept.write_text(f"{checkpoint()}\nhello\n")
        refused(
            incident("verify", "--against", str(kept)),
            2,
            f"{kept}: line 2: no checkpoint; it reads: incident-checkpoint 1 length=… hash=… at=…",
        )


class TestSigned:
    @pytest.fixture
    def key(self, tmp_path: Path) -> Path:
        return tmp_path / "checkpoint-key.pem"

    @pytest.fixture
    def public(self, key: Path) -> str:
        """Make a key and return its public half."""
        said = incident("checkpoint", "--new-key", str(key), "--json").json
        assert list(said) == ["key"]
        return str(said["key"])

    def test_the_key_is_the_owners_alone_and_never_written_over(self, key: Path, public: str) -> None:
        assert re.fullmatch(r"[0-9a-f]{64}", public)
        assert key.stat().st_mode & 0o777 == 0o600
        refused(incident("checkpoint", "--new-key", str(key)), 1, f"{key}: exists already; a key is never written over")

    def test_a_signed_checkpoint_holds_and_names_its_key(self, key: Path, public: str) -> None:
        line = checkpoint("--key", str(key))
        assert f" key={public} signature=" in line
        said = incident("verify", "--against", line, "--signed-by", public).out
        assert said.endswith(f", signed by {public}\n")

    def test_a_line_that_was_changed_is_refused(self, key: Path, public: str) -> None:
        line = checkpoint("--key", str(key)).replace("length=2", "length=1")
        assert f"key={public}" in line
        refused(
            incident("verify", "--against", line),
            1,
            "the checkpoint's signature does not hold: the line was changed",
        )

    def test_where_a_signer_is_asked_for_neither_none_nor_another_will_do(
        self, key: Path, public: str, tmp_path: Path
    ) -> None:
        refused(incident("verify", "--against", checkpoint(), "--signed-by", public), 1, "the checkpoint is not signed")
        other = incident("checkpoint", "--new-key", str(tmp_path / "other.pem"), "--json").json["key"]
        refused(
            incident("verify", "--against", checkpoint("--key", str(key)), "--signed-by", other),
            1,
            f"the checkpoint is signed with another key: {public}",
        )

    def test_a_key_that_others_can_read_signs_nothing(self, key: Path, public: str) -> None:
        assert public
        key.chmod(0o640)
        refused(
            incident("checkpoint", "--key", str(key)),
            1,
            f"{key}: others can read this key; take it from them with: chmod 600, or make a new one",
        )

    def test_a_file_that_holds_no_key(self, key: Path) -> None:
        key.write_text("hello")
        key.chmod(0o600)
        refused(incident("checkpoint", "--key", str(key)), 1, f"{key}: holds no Ed25519 key in PEM without a password")

    def test_wrong_usage(self, key: Path) -> None:
        refused(
            incident("verify", "--signed-by", "00" * 32),
            2,
            "--signed-by says who signed a checkpoint; name the checkpoint: --against CHECKPOINT",
        )
        refused(
            incident("verify", "--against", checkpoint(), "--signed-by", "x"),
            2,
            "--signed-by: 'x' is no public key; it has 64 hexadecimal digits",
        )
        refused(
            incident("checkpoint", "--key", str(key), "--new-key", str(key)),
            2,
            "--new-key makes a key and --key uses one; give one of them",
        )
