"""Network shares, on which no store is kept.

SQLite's write-ahead log is memory shared by the processes of one machine, and its locks are the file system's. Over a
network neither can be relied on (SQLite documentation, "Write-Ahead Logging" and "How To Corrupt An SQLite Database
File", section 2.1): two machines could write at once, and what was acknowledged could be lost.
"""

import os
import re
from pathlib import Path

from incident.errors import Failure

MOUNTS = Path("/proc/self/mountinfo")
"""Where Linux says what is mounted where. Elsewhere it is absent, and a share is not recognised."""

SHARES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "auristorfs", "coda", "davfs", "9p"}
    | {"ceph", "glusterfs", "lustre", "beegfs", "gpfs", "gfs2", "ocfs2", "orangefs"}
    | {f"fuse.{name}" for name in ("sshfs", "glusterfs", "ceph", "rclone", "s3fs", "gcsfuse", "davfs", "smbnetfs")}
)
"""The kinds of file system, as Linux calls them, that other machines write to as well."""

_ESCAPED = re.compile(r"\\([0-7]{3})")


def refuse_share(path: Path) -> None:
    """Refuse a store's path that lies on a network share.

    Raises:
        Failure: it does; the line says on which kind, and what to do.
    """
    try:
        mounts = MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return
    kind = share_kind(os.path.realpath(path.parent), mounts)
    if kind is not None:
        raise Failure(
            f"{path} lies on a network share ({kind}), where neither locks nor writes can be relied on; name a file on "
            "a disk of this machine, and keep backups on the share: incident backup FILE"
        )


def share_kind(folder: str, mounts: str) -> str | None:
    """Return the kind of network share on which a folder lies, or None for a disk of this machine.

    Args:
        folder: an absolute path without links.
        mounts: the text of `/proc/self/mountinfo` (proc(5)): the mount point is the fifth field, the kind is the first
            after a lone hyphen. Of two mounts at one point, the later hides the earlier.
    """
    nearest, kind = "", ""
    for line in mounts.splitlines():
        place, _, system = line.partition(" - ")
        point = "".join(place.split(" ")[4:5])
        point = _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), point)
        if point and len(point) >= len(nearest) and f"{folder}/".startswith(f"{point.rstrip('/')}/"):
            nearest, kind = point, system.partition(" ")[0]
    return kind if kind in SHARES else None
