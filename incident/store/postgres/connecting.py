"""How a server is reached: safe by default, quick to notice that it is gone, and only where it can be written to."""

import logging
from ipaddress import ip_address

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo

from incident.errors import BadInput
from incident.store.address import ServerAddress

logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what goes wrong is raised: nothing else is said

PATIENCE = 5
"""Seconds that a write waits for its turn."""

_DEFAULTS = {
    "application_name": "incident",
    "target_session_attrs": "read-write",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""What an address leaves open. A server that fell silent is noticed within half a minute."""

_SET_UP = f"""
SET lock_timeout = '{PATIENCE}s';
SET client_encoding = 'UTF8';
SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
"""
"""What is acknowledged is on disk, and on that of every synchronous standby."""


def connect(address: ServerAddress) -> psycopg.Connection:
    """Connect to the server that can be written to, among those that the address names.

    Raises:
        BadInput: the address cannot be read.
        psycopg.OperationalError: none can be reached.
    """
    connection = psycopg.connect(make_conninfo("", **_parameters(address)), autocommit=True)
    connection.execute(_SET_UP)
    return connection


def _parameters(address: ServerAddress) -> dict[str, str]:
    try:
        given = conninfo_to_dict(address.secret)
    except psycopg.ProgrammingError:  # its text may repeat the password
        raise BadInput(f"--store: {address} is no address of a database") from None
    parameters = {**_DEFAULTS, **{key: str(value) for key, value in given.items()}}
    if "sslmode" not in given and not all(_is_local(host) for host in _hosts(parameters)):
        parameters["sslmode"] = "verify-full"
    return parameters


def _hosts(parameters: dict[str, str]) -> list[str]:
    """Return the hosts that are meant, those of the environment included."""
    preset = {option.keyword.decode(): (option.val or b"").decode() for option in Conninfo.get_defaults()}
    named = [parameters.get(key) or preset.get(key, "") for key in ("host", "hostaddr")]
    return [host for names in named for host in names.split(",")]


def _is_local(host: str) -> bool:
    """Return whether a host is this machine: by a socket's folder, by its name or by its loopback address."""
    if host in {"", "localhost"} or host.startswith(("/", "@")):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
