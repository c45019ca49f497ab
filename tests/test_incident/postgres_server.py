"""A real PostgreSQL server for the tests, started where its programs are and reached by a socket in its own folder."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from incident.store.address import ServerAddress

if TYPE_CHECKING:
    import psycopg

QUICK = {"fsync": "off", "synchronous_commit": "on", "full_page_writes": "off", "max_connections": "40"}
"""For tests that do not cut the power."""

NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Server:
    """A server's data folder, its socket's folder and its port."""

    data: Path
    folder: Path
    port: int

    def address(self, database: str, user: str = "owner") -> str:
        """Return the address of a database, for a role."""
        return f"postgresql://{quote(user)}@/{database}?host={self.folder}&port={self.port}"


def run(program: str, *arguments: str | Path) -> None:
    """Run one of the server's programs, as another user where we are root: the server refuses to run as root."""
    folder, root = _binaries(), os.geteuid() == 0
    assert folder is not None
    subprocess.run(
        [folder / program, *arguments],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        user=NOBODY if root else None,
        group=NOBODY if root else None,
        extra_groups=() if root else None,
    )


def own_folder() -> Path:
    """Make a folder that belongs to whom the server runs as; a short name, for a socket's path is short."""
    folder = Path(mkdtemp(prefix="pg", dir="/tmp"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    return folder


@contextmanager
def started(data: Path, folder: Path, settings: dict[str, str], port: int = 5432) -> Iterator[Server]:
    """Run a server on a data folder, as long as the block lasts."""
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    run("pg_ctl", "start", "-w", "-s", "-D", data, "-l", folder / "log", "-o", f"-k {folder} -p {port} {options}")
    try:
        yield Server(data, folder, port)
    finally:
        if (data / "postmaster.pid").exists():
            with suppress(subprocess.CalledProcessError):  # it was killed
                run("pg_ctl", "stop", "-s", "-m", "immediate", "-D", data)


@contextmanager
def new_server(settings: dict[str, str]) -> Iterator[Server]:
    """Make a server and run it with these settings, as long as the block lasts; only its socket leads to it."""
    folder = own_folder()
    try:
        initialise(folder / "data")
        with started(folder / "data", folder, {**settings, "listen_addresses": "''"}) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def primary_and_standby() -> Iterator[tuple[Server, Server]]:
    """Run two servers on loopback: what is acknowledged by the first is on the disk of the second as well."""
    needed()
    folder = own_folder()
    primary, standby = folder / "data", folder / "standby"
    safe = {"listen_addresses": "127.0.0.1", "wal_level": "replica"}
    try:
        initialise(primary)
        first, second = free_port(), free_port()
        with started(primary, folder, {**safe, "synchronous_standby_names": "'*'"}, first) as one:
            source = f"host=127.0.0.1 port={first} user=owner"
            run("pg_basebackup", "-D", standby, "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync")
            with started(standby, folder, safe, second) as two:
                _wait_for_the_standby(one)
                yield one, two
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for_the_standby(primary: Server) -> None:
    import psycopg

    with closing(psycopg.connect(primary.address("postgres"), autocommit=True)) as connection:
        until = time.monotonic() + 30
        while connection.execute("SELECT FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone() is None:
            assert time.monotonic() < until, "the standby does not follow"
            time.sleep(0.02)


def kill(server: Server) -> None:
    """Kill a server as a power cut does: nothing is written or said any more."""
    os.kill(int((server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)


def promote(server: Server) -> None:
    """Let a standby become the server that is written to."""
    run("pg_ctl", "promote", "-s", "-D", server.data)


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def initialise(data: Path) -> None:
    """Make an empty data folder that trusts whoever reaches it."""
    run("initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")


def address_for(folder: Path, user: str = "owner") -> ServerAddress:
    """Return the address of a record that belongs to a test's folder: empty when it is first asked for.

    One server runs for all tests of this process; each test finds its one database as if it were new.
    """
    server = _shared()
    import psycopg

    if folder not in _SEEN:
        _SEEN.add(folder)
        with closing(psycopg.connect(server.address("postgres"), autocommit=True)) as connection:
            connection.execute("DROP SCHEMA IF EXISTS incident CASCADE")
    return ServerAddress(server.address("postgres", user))


@contextmanager
def connected(folder: Path, user: str = "owner") -> Iterator["psycopg.Connection"]:
    """Connect to a test's database as somebody could who knows its tables."""
    import psycopg

    with closing(psycopg.connect(address_for(folder, user).secret, autocommit=True)) as connection:
        yield connection


def member(folder: Path, name: str) -> str:
    """Make a role that works with records, and return its name."""
    from psycopg import errors, sql

    role = sql.Identifier(name)
    with connected(folder) as owner:
        with suppress(errors.DuplicateObject):
            owner.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        owner.execute(sql.SQL("GRANT incident_app TO {}").format(role))
    return name


_SEEN: set[Path] = set()


@cache
def _shared() -> Server:
    needed()
    running = new_server(QUICK)
    atexit.register(running.__exit__, None, None, None)
    return running.__enter__()


def needed() -> None:
    """Skip the test where there is no server to be had, and fail it where there has to be one.

    The summary of the run names the reason.
    """
    missing = _missing()
    if missing is not None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(f"THE POSTGRESQL STORE IS NOT TESTED: {missing}")


def _missing() -> str | None:
    if find_spec("psycopg") is None:
        return "psycopg is not installed"
    return None if _binaries() else "no server's programs (initdb, postgres, pg_ctl) on this machine"


@cache
def _binaries() -> Path | None:
    """Return the folder of the server's programs, or None."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin")) + sorted(Path("/usr").glob("pgsql-*/bin"))
    return folders[-1] if folders else None
