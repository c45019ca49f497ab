"""Attachments: kept by hash, each once, got back whole; refused; erased with their incident; held to the journal."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from incident.attachments import AttachmentFault, attach, delete_unreferenced, faults, place_of
from incident.desk import Desk
from incident.errors import BadInput, Failure
from incident.new_file import new_file
from models.search_text import search_text
from tests.test_incident.command_line import incident, refused
from tests.test_incident.desk_examples import new_desk, record

ONE = "INC-2026-0001"
RECEIPT = b"%PDF-1.7 received"
HASH = sha256(RECEIPT).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "incidents.db.attachments"


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.pdf"
    path.write_bytes(RECEIPT)
    return path


@pytest.fixture
def desk() -> Desk:
    """Return a desk with two incidents."""
    desk = new_desk()
    desk.open(record(desk))
    desk.open(record(desk))
    return desk


class TestAttaching:
    def test_hash_size_name_and_what_it_is_are_recorded(self, desk: Desk, receipt: Path, folder: Path) -> None:
        [one] = attach(desk, ONE, [receipt], "the CNIL's receipt", folder)
        assert (one.sha256, one.size, one.name, one.about) == (HASH, len(RECEIPT), "receipt.pdf", "the CNIL's receipt")
        assert desk.look(ONE).incident.attachments == (one,)
        assert desk.store.entries(ONE)[-1].body == {
            "sha256": HASH,
            "size": len(RECEIPT),
            "name": "receipt.pdf",
            "about": "the CNIL's receipt",
        }
        assert {"receipt.pdf", "the CNIL's receipt"} <= set(
            search_text(desk.look(ONE).incident, vendor=None).splitlines()
        )

    def test_the_bytes_lie_under_their_hash_for_their_owner_alone(
        self, desk: Desk, receipt: Path, folder: Path
    ) -> None:
        receipt.chmod(0o755)
        attach(desk, ONE, [receipt], None, folder)
        place = folder / HASH[:2] / HASH
        assert place.read_bytes() == RECEIPT
        assert [path.stat().st_mode & 0o777 for path in (folder, place.parent, place)] == [0o700, 0o700, 0o600]

    def test_the_same_bytes_are_kept_once_and_mend_what_was_changed(
        self, desk: Desk, receipt: Path, folder: Path, tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy.pdf"
        copy.write_bytes(RECEIPT)
        attach(desk, ONE, [receipt], None, folder)
        place_of(folder, HASH).write_bytes(b"changed")
        attach(desk, "INC-2026-0002", [copy], None, folder)
        assert [path.read_bytes() for path in folder.rglob("*") if path.is_file()] == [RECEIPT]

    def test_a_hostile_name_is_no_path_and_harmless_where_it_is_shown(self, desk: Desk, folder: Path) -> None:
        hostile = folder.parent / os.fsdecode(b"..\\\xff\x1b[2J.pdf")
        hostile.write_bytes(RECEIPT)
        [one] = attach(desk, ONE, [hostile], None, folder)
        assert one.name == "..\\\\xff\x1b[2J.pdf"
        assert [path for path in folder.rglob("*") if path.is_file()] == [place_of(folder, HASH)]

    @pytest.mark.parametrize("kind", ["link", "pipe", "folder", "none"])
    def test_what_is_no_file_is_refused_and_nothing_kept(self, desk: Desk, receipt: Path, kind: str) -> None:
        path = receipt.with_name("given")
        if kind == "link":
            path.symlink_to(receipt)
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        said = {
            "link": "is a symbolic link; name the file it leads to",
            "none": "is not there",
        }
        folder = receipt.with_name("kept")
        with pytest.raises(Failure) as failure:
            attach(desk, ONE, [receipt, path], None, folder)
        assert str(failure.value) == f"{path}: {said.get(kind, 'is no file')}"
        assert [found for found in folder.rglob("*") if found.is_file()] == []
        assert desk.look(ONE).incident.attachments == ()

    def test_a_file_that_is_too_large(self, desk: Desk, receipt: Path, folder: Path) -> None:
        with pytest.raises(BadInput, match=r"is larger than 0 MB; allow more with --largest MB$"):
            attach(desk, ONE, [receipt], None, folder, largest=len(RECEIPT) - 1)
        assert list(folder.iterdir()) == []
        attach(desk, ONE, [receipt], None, folder, largest=len(RECEIPT))

    def test_a_folder_that_is_a_link(self, desk: Desk, receipt: Path, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        folder.symlink_to(tmp_path / "elsewhere")
        with pytest.raises(Failure, match="is a symbolic link; attachments are kept in a folder"):
            attach(desk, ONE, [receipt], None, folder)


class TestFaults:
    def test_none_where_all_holds(self, desk: Desk, receipt: Path, folder: Path) -> None:
        assert list(faults(desk.store, folder)) == []
        attach(desk, ONE, [receipt], None, folder)
        assert list(faults(desk.store, folder)) == []

    def test_missing_changed_and_unreferenced(self, desk: Desk, receipt: Path, folder: Path) -> None:
        attach(desk, ONE, [receipt], None, folder)
        attach(desk, "INC-2026-0002", [receipt], None, folder)
        place = place_of(folder, HASH)
        stray = folder / ".new-stopped"
        stray.touch()
        unnamed = AttachmentFault(stray, "unreferenced", None)
        place.write_bytes(RECEIPT + b".")
        assert list(faults(desk.store, folder)) == [AttachmentFault(place, "changed", ONE), unnamed]
        place.unlink()
        assert list(faults(desk.store, folder)) == [AttachmentFault(place, "missing", ONE), unnamed]
        place.symlink_to(receipt)
        assert list(faults(desk.store, folder)) == [AttachmentFault(place, "changed", ONE), unnamed]

    def test_a_path_in_the_journal_leads_nowhere(self, folder: Path) -> None:
        with pytest.raises(Failure, match=r"names an attachment by '\.\./\.\./etc', which is no SHA-256"):
            place_of(folder, "../../etc")


class TestDeleting:
    def test_what_another_incident_names_is_kept(self, desk: Desk, receipt: Path, folder: Path) -> None:
        attach(desk, ONE, [receipt], None, folder)
        attach(desk, "INC-2026-0002", [receipt], None, folder)
        with desk.store.write() as transaction:
            transaction.erase_bodies(ONE)
        assert delete_unreferenced(desk.store, folder, [HASH]) == ()
        with desk.store.write() as transaction:
            transaction.erase_bodies("INC-2026-0002")
        assert delete_unreferenced(desk.store, folder, [HASH, HASH]) == (HASH,)
        assert not place_of(folder, HASH).exists()


class TestNewFile:
    def test_it_is_never_written_over_and_not_there_half(self, tmp_path: Path) -> None:
        path = tmp_path / "new"
        with pytest.raises(TypeError), new_file(path) as stream:
            stream.writelines([b"half", None])  # type: ignore[list-item]
        assert list(tmp_path.iterdir()) == []
        with new_file(path) as stream:
            stream.write(b"whole")
        assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"whole", 0o600)
        with pytest.raises(Failure, match="is there already; name a new file"), new_file(path):
            pass
        assert list(tmp_path.iterdir()) == [path]


def kept() -> list[Path]:
    """Return where the receipt's bytes lie beside the store of the person who runs the program."""
    return list(Path(os.environ["XDG_DATA_HOME"]).rglob(HASH))


class TestCommands:
    @pytest.fixture(autouse=True)
    def opened(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("INCIDENT_NOW", "2026-10-25T12:00Z")
        incident("open", "--title", "Harmless", "personal_data=false")

    def test_attached_shown_and_got_back(self, receipt: Path, tmp_path: Path) -> None:
        outcome = incident("attach", ONE, str(receipt), "--about", "the receipt\x1b[2J")
        assert (outcome.code, outcome.out, outcome.err) == (0, f"{HASH}  17  receipt.pdf\n", "")
        shown = incident("show", ONE).out
        assert f"attached receipt.pdf, 17 bytes (SHA-256 {HASH[:12]}…): the receipt\\x1b[2J\n" in shown
        [document] = incident("show", ONE, "--json").json["attachments"]
        assert (document["name"], document["sha256"], document["size"]) == ("receipt.pdf", HASH, 17)
        for place, which in enumerate(("receipt.pdf", HASH, HASH[:8])):
            target = tmp_path / f"{place}.pdf"
            assert incident("attachment", ONE, which, "-o", str(target)).out == f"{target}\n"
            assert target.read_bytes() == RECEIPT
        refused(
            incident("attachment", ONE, HASH, "-o", str(receipt)), 1, f"{receipt}: is there already; name a new file"
        )

    def test_which_one_must_be_clear(self, receipt: Path) -> None:
        refused(incident("attachment", ONE, "a", "-o", "b"), 2, "no attachment is called 'a'; there are: none")
        incident("attach", ONE, str(receipt))
        receipt.write_bytes(b"another")
        incident("attach", ONE, str(receipt))
        other = sha256(b"another").hexdigest()
        refused(
            incident("attachment", ONE, "receipt.pdf", "-o", "b"),
            2,
            f"several attachments are called 'receipt.pdf'; name one by its SHA-256: {HASH}, {other}",
        )
        refused(
            incident("attachment", ONE, HASH[:7], "-o", "b"),
            2,
            f"no attachment is called '{HASH[:7]}'; there are: {HASH[:12]} receipt.pdf, {other[:12]} receipt.pdf",
        )

    def test_changed_bytes_are_not_handed_out(self, receipt: Path, tmp_path: Path) -> None:
        incident("attach", ONE, str(receipt))
        [place] = kept()
        place.write_bytes(b"changed")
        refused(
            incident("attachment", ONE, HASH, "-o", str(tmp_path / "out")),
            1,
            f"{place}: is not what was attached: its bytes were changed; take them from a backup",
        )
        assert not (tmp_path / "out").exists()

    def test_an_erasure_deletes_them_and_keeps_hash_and_size(
        self, receipt: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "settings.toml").write_text("retention_months = 12\n")
        monkeypatch.setenv("INCIDENT_SETTINGS", str(tmp_path / "settings.toml"))
        incident("attach", ONE, str(receipt))
        assert len(kept()) == 1
        incident("close", ONE, "--because", "nothing personal")
        monkeypatch.setenv("INCIDENT_NOW", "2036-01-01T12:00Z")
        assert "deleted with it: 1 attached file\n" in incident("erase", ONE, "--because", "the rule").out
        assert kept() == []
        [left] = incident("show", ONE, "--json").json["attachments"]
        assert (left["sha256"], left["size"], left["name"], left["about"]) == (HASH, 17, "(erased)", None)
        refused(
            incident("attach", ONE, str(receipt)),
            1,
            f"{ONE} was erased: nothing more is recorded there; open another incident",
        )
        assert kept() == []
