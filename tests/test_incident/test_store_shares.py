"""Network shares: recognised by what Linux says of its mounts, and refused."""

from pathlib import Path

import pytest

from incident.errors import Failure
from incident.store import shares
from incident.store.shares import SHARES, share_kind
from tests.test_incident.store_examples import open_new, open_to_read

MOUNTS = """\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
22 21 0:21 / /proc rw,nosuid - proc proc rw
40 21 0:40 / /mnt/team rw,relatime shared:7 master:2 - nfs4 server.example:/export rw,vers=4.2
41 40 8:2 / /mnt/team/local rw,relatime - xfs /dev/sdb1 rw
42 21 0:42 / /mnt/two\\040words rw,relatime - cifs //server.example/share rw
43 21 0:43 / /mnt/over rw,relatime - nfs server.example:/over rw
44 43 8:3 / /mnt/over rw,relatime - btrfs /dev/sdc1 rw
45 21 0:45 / /home/anna/far rw,nosuid - fuse.sshfs anna@server.example: rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", None),
        ("/home/anna", None),
        ("/home/anna/far", "fuse.sshfs"),
        ("/home/anna/far/away", "fuse.sshfs"),
        ("/home/anna/farther", None),
        ("/mnt/team", "nfs4"),
        ("/mnt/team/breaches", "nfs4"),
        ("/mnt/team/local/breaches", None),
        ("/mnt/team/locally", "nfs4"),
        ("/mnt/two words", "cifs"),
        ("/mnt/over/breaches", None),
    ],
)
def test_the_nearest_mount_decides_and_a_later_one_hides_an_earlier(folder: str, kind: str | None) -> None:
    assert share_kind(folder, MOUNTS) == kind


@pytest.mark.parametrize("kind", sorted(SHARES))
def test_every_kind_is_recognised_as_the_root_too(kind: str) -> None:
    assert share_kind("/home/anna", f"21 1 0:21 / / rw,relatime - {kind} somewhere rw\n") == kind


@pytest.mark.parametrize("mounts", ["", "\n", "no mounts at all\n", "21 1 0:21 / / rw,relatime\n", " - nfs\n"])
def test_what_is_no_list_of_mounts_recognises_nothing(mounts: str) -> None:
    assert share_kind("/home/anna", mounts) is None


def test_a_store_on_a_share_is_refused_and_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, far = tmp_path / "here.db", tmp_path / "far" / "incidents.db"
    open_new(far).close()
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 8:1 / / rw - ext4 sda1 rw\n2 1 0:9 / {tmp_path.resolve()}/far rw - smb3 //x/y rw\n")
    monkeypatch.setattr(shares, "MOUNTS", mounts)
    for opener in (open_new, open_to_read):
        with pytest.raises(Failure) as refused:
            opener(far)
        assert str(refused.value) == (
            f"{far} lies on a network share (smb3), where neither locks nor writes can be relied on; name a file on a "
            "disk of this machine, and keep backups on the share: incident backup FILE"
        )
    fresh = far.with_name("fresh.db")
    with pytest.raises(Failure, match="network share"):
        open_new(fresh)
    assert not fresh.exists()
    # A link to a folder is followed: what it leads to decides.
    (tmp_path / "link").symlink_to(far.parent)
    with pytest.raises(Failure, match=r"\(smb3\)"):
        open_new(tmp_path / "link" / "incidents.db")
    open_new(here).close()


def test_where_there_is_no_list_of_mounts_every_disk_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "MOUNTS", tmp_path / "nowhere")
    open_new(tmp_path / "incidents.db").close()
