"""The store of a team: a database on a PostgreSQL server. Imported only where an address names one."""

from importlib import import_module

from incident.errors import Failure

try:
    import_module("psycopg")
except ImportError:
    raise Failure(
        "a store on a server needs psycopg; install it: pip install 'breach-incident-tracker[postgres]'"
    ) from None
