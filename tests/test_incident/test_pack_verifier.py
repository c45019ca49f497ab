"""The verifier that a pack brings along: it runs with Python alone, and finds whatever was done to the pack."""

import ast
import importlib.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from incident.pack import verify as ours
from models.checkpoint import Checkpoint
from tests.test_incident.pack_examples import DRAFT, MADE, ONE, forged, members, packed, rewritten, two_incidents

SOURCE = Path(ours.__file__)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a whole pack; what is tampered with is a copy."""
    folder = tmp_path_factory.mktemp("pack")
    desk = two_incidents(folder)
    length, last = desk.store.head()
    path, _ = packed(desk, folder, "noted", checkpoints=(Checkpoint(length, last, MADE),))
    return path


def fault(path: Path) -> str:
    """Return the first fault of a pack, which must have one."""
    with pytest.raises(ours.Fault) as found:
        ours.verify(path)
    return str(found.value)


def changed_line(content: bytes, place: int, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Change one entry of a file of entries."""
    lines = content.splitlines()
    entry = json.loads(lines[place])
    change(entry)
    return b"".join(line + b"\n" for line in [*lines[:place], json.dumps(entry).encode(), *lines[place + 1 :]])


class TestByItself:
    def test_it_runs_with_python_alone(self, pack: Path, tmp_path: Path) -> None:
        with zipfile.ZipFile(pack) as archive:
            archive.extractall(tmp_path)
        command = [sys.executable, "-I", "-S", str(tmp_path / "verify.py")]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout.splitlines(), ran.stderr) == (0, ours.verify(pack), "")

    def test_it_needs_no_more_than_python_3_9(self) -> None:
        tree = ast.parse(SOURCE.read_text(), feature_version=(3, 9))
        named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names

    def test_it_is_the_one_in_the_pack(self, pack: Path) -> None:
        assert members(pack)["verify.py"] == SOURCE.read_bytes()

    def test_what_it_prints_is_harmless_and_its_exit_code_says_what_it_found(
        self, pack: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert ours.main([str(pack)]) == 0
        assert capsys.readouterr().out.startswith(f"the pack holds: {ONE}, 6 entries, ")
        assert ours.main([str(rewritten(pack, {"a\x1b[2J": b""}))]) == 1
        said = capsys.readouterr().out
        assert said == "the pack does not hold: a\\x1b[2J was added: the manifest does not name it\n"

    def test_it_can_be_loaded_from_its_file(self) -> None:
        spec = importlib.util.spec_from_file_location("verify", SOURCE)
        assert spec is not None
        assert spec.loader is not None
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


class TestChangedWithoutSkill:
    def test_every_file_changed_or_taken_away_is_found(self, pack: Path) -> None:
        for name, content in members(pack).items():
            longer, other = content + b"\n", bytes([(content or b"\0")[0] ^ 1]) + content[1:]
            for tampered in (longer, other, None):
                found = fault(rewritten(pack, {name: tampered}))
                told = "manifest" if name.startswith("manifest") else name
                assert told in found, (name, found)

    def test_a_file_added_is_found(self, pack: Path) -> None:
        assert fault(rewritten(pack, {"drafts/x": b""})) == "drafts/x was added: the manifest does not name it"

    def test_two_files_of_one_name_are_found(self, pack: Path) -> None:
        path = rewritten(pack, {})
        with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("clocks.txt", b"another")
        assert fault(path) == "two files of the archive have one name"

    def test_what_is_no_archive_or_a_broken_one(self, pack: Path, tmp_path: Path) -> None:
        path = tmp_path / "broken.zip"
        for content in (b"", b"PK", pack.read_bytes()[:-50]):
            path.write_bytes(content)
            assert fault(path).startswith("the pack cannot be read: BadZipFile: ")
        assert fault(tmp_path / "none.zip").startswith("the pack cannot be read: FileNotFoundError: ")

    def test_any_byte_of_the_archive_that_matters(self, pack: Path, tmp_path: Path) -> None:
        content, path = pack.read_bytes(), tmp_path / "p.zip"
        whole = members(pack)
        for place in range(0, len(content), 997):
            path.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
            try:
                ours.verify(path)
            except ours.Fault:
                continue
            assert members(path) == whole  # a date, or what else the members' contents do not rest on


class TestForged:
    """The manifest is made to fit: what is found now, is found by the entries and the chain."""

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda entry: entry.update(body=entry["body"].replace("contact", "contant")), "its body was changed"),
            (lambda entry: entry.update(salt="00" * 32), "its body was changed"),
            (lambda entry: entry.update(header=entry["header"].replace("anna", "anne")), "its header was changed"),
            (lambda entry: entry.update(hash="00" * 32), "is not the one that stands in the chain"),
            (lambda entry: entry.update(body=None), "is left out or erased otherwise than the pack says"),
            (lambda entry: entry.update(sequence=8), "is not the one that stands in the chain"),
        ],
    )
    def test_a_changed_entry(self, pack: Path, change: Callable[[dict[str, Any]], object], said: str) -> None:
        changed = changed_line(members(pack)["journal.jsonl"], 4, change)
        assert fault(forged(pack, {"journal.jsonl": changed})) in {f"entry 7: {said}", f"entry 8: {said}"}

    def test_a_body_put_in_the_place_of_one_left_out(self, pack: Path) -> None:
        content = members(pack)["journal.jsonl"]
        changed = changed_line(content, 1, lambda entry: entry.update(salt="00", body='{"text":"nothing"}'))
        assert fault(forged(pack, {"journal.jsonl": changed}, left_out=[])) == "entry 4: its body was changed"

    def test_an_entry_whose_hashes_were_all_reckoned_anew(self, pack: Path) -> None:
        def change(entry: dict[str, Any]) -> None:
            entry["body"] = "{}"
            entry["body_digest"] = sha256(bytes.fromhex(entry["salt"]) + b"{}").hexdigest()

        changed = changed_line(members(pack)["journal.jsonl"], 4, change)
        assert fault(forged(pack, {"journal.jsonl": changed})) == "entry 7: is not the one that stands in the chain"

    def test_entries_in_another_order(self, pack: Path) -> None:
        first, second, *rest = members(pack)["journal.jsonl"].splitlines(keepends=True)
        found = fault(forged(pack, {"journal.jsonl": b"".join([second, first, *rest])}))
        assert found == "journal.jsonl: entry 2 stands behind entry 4"

    def test_another_incidents_name_on_the_pack(self, pack: Path) -> None:
        assert fault(forged(pack, {}, incident="INC-2026-0002")) == "journal.jsonl: entry 2 is another's"

    @pytest.mark.parametrize("place", range(10))
    def test_every_row_of_the_chain_changed_or_taken_away(self, pack: Path, place: int) -> None:
        rows = members(pack)["chain.txt"].splitlines(keepends=True)
        for column in (1, 2, 3):
            fields = rows[place].split()
            fields[column] = b"00" * 32
            tampered = [*rows[:place], b" ".join(fields) + b"\n", *rows[place + 1 :]]
            found = fault(forged(pack, {"chain.txt": b"".join(tampered)}))
            assert found == f"entry {place + 1}: does not follow from the entry before it"
        found = fault(forged(pack, {"chain.txt": b"".join(rows[:place] + rows[place + 1 :])}))
        last = "chain.txt does not end with the journal's last entry"
        assert found == (last if place == 9 else f"entry {place + 1}: does not follow from the entry before it")

    def test_a_chain_reckoned_anew_behind_a_changed_entry(self, pack: Path) -> None:
        previous, rows = bytes(32), []
        for row in members(pack)["chain.txt"].decode().splitlines():
            number, header, body, _ = row.split()
            header = "00" * 32 if number == "3" else header
            previous = sha256(previous + bytes.fromhex(header + body)).digest()
            rows.append(f"{number} {header} {body} {previous.hex()}\n")
        head = {"length": 10, "hash": previous.hex()}
        found = fault(forged(pack, {"chain.txt": "".join(rows).encode()}, head=head))
        assert found == "entry 4: is not the one that stands in the chain"

    def test_a_chain_that_is_cut_together_with_its_head(self, pack: Path) -> None:
        rows = members(pack)["chain.txt"].splitlines(keepends=True)[:9]
        head = {"length": 9, "hash": rows[-1].split()[3].decode()}
        found = fault(forged(pack, {"chain.txt": b"".join(rows)}, head=head))
        assert found == "chain.txt ends before an entry or a checkpoint of this pack"

    def test_a_checkpoint_of_another_journal(self, pack: Path) -> None:
        line = members(pack)["checkpoints.txt"].decode()
        other = line.replace(line.split()[3], f"hash={'00' * 32}")
        found = fault(forged(pack, {"checkpoints.txt": other.encode()}))
        assert found == "entry 10, or one before it, was written anew since the checkpoint"

    def test_another_file_under_a_drafts_name(self, pack: Path) -> None:
        name = f"drafts/{sha256(DRAFT).hexdigest()}.md"
        assert fault(forged(pack, {name: b"# Other\n"})) == f"{name} is not the file that entry 5 names"

    def test_a_file_that_no_entry_names(self, pack: Path) -> None:
        said = "a draft or an attachment was added that no entry names"
        assert fault(forged(pack, {"attachments/x": b""})) == said

    @pytest.mark.parametrize("text", ["[]", "{}", '{"files": 1}', "[" * 5000])
    def test_a_manifest_that_is_none(self, pack: Path, text: str) -> None:
        its_hash = f"{sha256(text.encode()).hexdigest()}  manifest.json\n".encode()
        path = rewritten(pack, {"manifest.json": text.encode(), "manifest.sha256": its_hash})
        assert fault(path).startswith("the pack cannot be read: ")
