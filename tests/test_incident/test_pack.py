"""The evidence pack: what it holds of one incident, and what of the others; what is left out of it, or missing."""

import json
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from incident.desk import Desk
from incident.errors import BadInput, Failure
from incident.pack.verify import verify
from models.checkpoint import Checkpoint
from models.journal import EntryKind
from tests.test_incident.command_line import incident, refused
from tests.test_incident.desk_examples import NOW, SETTINGS, record, under
from tests.test_incident.pack_examples import (
    DRAFT,
    MADE,
    ONE,
    OTHER,
    PLANTED,
    RECEIPT,
    members,
    packed,
    two_incidents,
)
from tests.test_incident.store_examples import Clock, open_sqlite

DRAFTED = f"drafts/{sha256(DRAFT).hexdigest()}.md"
ATTACHED = f"attachments/{sha256(RECEIPT).hexdigest()}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return two_incidents(tmp_path)


class TestWhatItHolds:
    def test_it_verifies_and_says_what_it_holds(self, desk: Desk, tmp_path: Path) -> None:
        path, absent = packed(desk, tmp_path)
        assert absent == ()
        length, last = desk.store.head()
        assert verify(path) == [
            f"the pack holds: {ONE}, 6 entries, and 1 that put rules in force",
            f"in a chain of {length} entries that ends with {last.hex()}",
            f"SHA-256 of manifest.json: {sha256(members(path)['manifest.json']).hexdigest()}",
        ]

    def test_its_files_have_names_of_ours_alone(self, desk: Desk, tmp_path: Path) -> None:
        path, _ = packed(desk, tmp_path)
        found = members(path)
        assert list(found) == [
            "README.txt",
            "verify.py",
            "journal.jsonl",
            "rules.jsonl",
            "chain.txt",
            "checkpoints.txt",
            "clocks.txt",
            "clocks.json",
            DRAFTED,
            ATTACHED,
            "manifest.json",
            "manifest.sha256",
        ]
        assert (found[DRAFTED], found[ATTACHED]) == (DRAFT, RECEIPT)
        assert path.stat().st_mode & 0o777 == 0o600

    def test_its_entries_are_the_bytes_that_are_stored(self, desk: Desk, tmp_path: Path) -> None:
        path, _ = packed(desk, tmp_path)
        lines = [json.loads(line) for line in members(path)["journal.jsonl"].splitlines()]
        stored = {entry.sequence: entry for entry in desk.store.stored_entries()}
        assert [line["sequence"] for line in lines] == [2, 4, 5, 6, 7, 9]
        for line in lines:
            entry = stored[line["sequence"]]
            assert (line["header"].encode(), line["body"].encode()) == (entry.header, entry.body)
            assert (bytes.fromhex(line["salt"]), bytes.fromhex(line["hash"])) == (entry.salt, entry.hash)

    def test_of_the_other_incident_there_is_nothing(self, desk: Desk, tmp_path: Path) -> None:
        path, _ = packed(desk, tmp_path)
        for name, content in members(path).items():
            for word in (PLANTED, OTHER, "Zyra", "soc"):
                assert not re.search(rf"\b{word}\b".encode(), content), (name, word)
        assert len(members(path)["chain.txt"].splitlines()) == 10

    def test_the_same_pack_has_the_same_bytes(self, desk: Desk, tmp_path: Path) -> None:
        first, _ = packed(desk, tmp_path)
        second, _ = packed(desk, tmp_path, target="again.zip")
        assert first.read_bytes() == second.read_bytes()

    def test_the_manifest_says_of_what_and_when(self, desk: Desk, tmp_path: Path) -> None:
        path, _ = packed(desk, tmp_path)
        manifest = json.loads(members(path)["manifest.json"])
        assert (manifest["incident"], manifest["as_of"]) == (ONE, "2026-10-25T12:00:00Z")
        assert (manifest["made_at"], manifest["left_out"], manifest["absent"]) == ("2026-10-26T09:00:00Z", [], [])
        assert manifest["named_by"] == {DRAFTED: 5, ATTACHED: 6}

    def test_the_clocks_are_explained_now_and_as_known_when_something_was_notified(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        at = "2026-10-24T10:00:00Z"
        desk.sent(ONE, {"duty": "gdpr-34", "at": at, "status": "made", "complete": True})
        path, _ = packed(desk, tmp_path)
        document = json.loads(members(path)["clocks.json"])
        assert document["now"]["as_of"] == "2026-10-25T12:00:00Z"
        assert all(clock["explain"] for clock in document["now"]["clocks"])
        early, late = document["when_notified"]
        assert early == {
            "at": at,
            "duties": ["gdpr-34"],
            "clocks": None,
            "unknown_because": "nothing had been recorded by that time",
        }
        assert (late["duties"], late["clocks"]["as_of"]) == (["gdpr-33-1"], "2099-01-01T10:00:00Z")
        text = members(path)["clocks.txt"].decode()
        assert "AS KNOWN AND JUDGED AT 2026-10-24 12:00 +02:00 (10:00 UTC)" in text
        assert "+ 72 hours elapsed" in text

    def test_checkpoints_are_in_it_and_the_journal_is_held_against_them(self, desk: Desk, tmp_path: Path) -> None:
        length, last = desk.store.head()
        path, _ = packed(desk, tmp_path, checkpoints=(Checkpoint(length, last, MADE),))
        assert members(path)["checkpoints.txt"].decode() == f"{Checkpoint(length, last, MADE).line()}\n"
        assert "the chain holds the checkpoint of 10 entries (signatures are not checked)" in verify(path)
        with pytest.raises(
            Failure, match=r"^no pack of a journal that does not hold: entry 1 or one after it, up to 10"
        ):
            packed(desk, tmp_path, target="b.zip", checkpoints=(Checkpoint(length, bytes(32), MADE),))
        assert not (tmp_path / "b.zip").exists()

    def test_it_is_never_written_over(self, desk: Desk, tmp_path: Path) -> None:
        path, _ = packed(desk, tmp_path)
        before = path.read_bytes()
        with pytest.raises(Failure, match="is there already; name a new file"):
            packed(desk, tmp_path)
        assert path.read_bytes() == before


class TestLeftOut:
    def test_a_note_by_its_number_leaves_the_clocks_and_the_chain(self, desk: Desk, tmp_path: Path) -> None:
        path, absent = packed(desk, tmp_path, "4")
        assert absent == ("the body of entry 4 (noted), left out",)
        assert "not in this pack: the body of entry 4 (noted), left out" in verify(path)
        found = members(path)
        assert not [name for name, content in found.items() if b"quagga" in content]
        assert "clocks.txt" in found
        line = json.loads(found["journal.jsonl"].splitlines()[1])
        assert (line["sequence"], line["salt"], line["body"]) == (4, None, None)

    def test_a_kind_takes_its_files_along(self, desk: Desk, tmp_path: Path) -> None:
        path, absent = packed(desk, tmp_path, "attached", "rules")
        assert absent == ("the body of entry 6 (attached), left out", "the body of entry 1 (rules), left out")
        assert len(verify(path)) == 5
        assert ATTACHED not in members(path)
        assert "clocks.txt" in members(path)

    def test_what_the_clocks_would_say_takes_the_clocks_along(self, desk: Desk, tmp_path: Path) -> None:
        path, absent = packed(desk, tmp_path, "decided")
        assert absent == ("the body of entry 7 (decided), left out", "the clocks, for they would say what was left out")
        assert len(verify(path)) == 5
        assert not {"clocks.txt", "clocks.json"} & members(path).keys()

    @pytest.mark.parametrize("wanted", ["3", "99", "linked", "all"])
    def test_what_is_no_entry_of_it(self, desk: Desk, tmp_path: Path, wanted: str) -> None:
        with pytest.raises(BadInput, match=rf"^--leave-out {wanted}: is neither a number nor a kind of an entry"):
            packed(desk, tmp_path, wanted)
        assert not (tmp_path / "pack.zip").exists()


class TestMissing:
    def test_what_is_missing_or_changed_is_named(self, desk: Desk, tmp_path: Path) -> None:
        next((tmp_path / "drafts").iterdir()).write_bytes(b"edited")
        next((tmp_path / "attachments").rglob(sha256(RECEIPT).hexdigest())).unlink()
        path, absent = packed(desk, tmp_path)
        assert absent == (
            "the file that entry 5 (drafted) names, missing or changed",
            "the file that entry 6 (attached) names, missing or changed",
        )
        assert verify(path)[2:4] == [f"not in this pack: {one}" for one in absent]

    def test_a_draft_is_taken_from_the_folder_of_drafts_alone(self, desk: Desk, tmp_path: Path) -> None:
        (tmp_path / "elsewhere.md").write_bytes(b"elsewhere")
        digest = sha256(b"elsewhere").hexdigest()
        for name in ("../elsewhere.md", str(tmp_path / "elsewhere.md"), ".."):
            desk.record_files(ONE, EntryKind.DRAFTED, [{"kind": "vendor", "file": name, "sha256": digest}], [])
        path, absent = packed(desk, tmp_path)
        assert absent == tuple(
            f"the file that entry {place} (drafted) names, missing or changed" for place in (11, 12, 13)
        )
        assert b"elsewhere" not in members(path).values()

    def test_of_an_erased_incident_it_says_that_it_was_erased(self, tmp_path: Path) -> None:
        store = open_sqlite(tmp_path, Clock(datetime.fromisoformat("2020-01-01T00:00Z")))
        desk = Desk(store, under(store, f"retention_months = 1\n{SETTINGS}"), NOW)
        desk.open(record(desk, title=PLANTED, personal_data=False))
        desk.close(ONE, "nothing personal", ())
        desk.erase(ONE, "the rule")
        path, absent = packed(desk, tmp_path)
        assert absent == ("the body of entry 2 (opened), erased", "the body of entry 3 (closed), erased")
        assert verify(path)[0] == f"the pack holds: {ONE}, 3 entries, and 1 that put rules in force"
        with pytest.raises(BadInput, match="what says that something was erased is not left out"):
            packed(desk, tmp_path, "erased", target="b.zip")


class TestCommand:
    @pytest.fixture(autouse=True)
    def recorded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("INCIDENT_NOW", "2026-10-25T12:00Z")
        incident("open", "--title", "Recordings")
        incident("note", ONE, "Called the vendor")

    def test_it_prints_the_hash_to_be_told_by_another_way(self, tmp_path: Path) -> None:
        path = tmp_path / "p.zip"
        line = incident("checkpoint").out.strip()
        outcome = incident("pack", ONE, "-o", str(path), "--checkpoint", line, "--leave-out", "noted")
        assert (outcome.code, outcome.out) == (0, f"{sha256(path.read_bytes()).hexdigest()}  {path}\n")
        assert outcome.err.splitlines() == [
            "incident: not in the pack: the body of entry 3 (noted), left out",
            "incident: what was left out may still stand in drafts and attachments: read those too",
        ]
        assert "the chain holds the checkpoint of 3 entries (signatures are not checked)" in verify(path)

    def test_a_checkpoint_that_is_none(self, tmp_path: Path) -> None:
        kept = tmp_path / "kept.txt"
        kept.touch()
        refused(
            incident("pack", ONE, "-o", str(tmp_path / "p.zip"), "--checkpoint", str(kept)),
            2,
            f"--checkpoint: {kept}: holds no checkpoint",
        )
