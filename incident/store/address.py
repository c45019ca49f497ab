"""Where a record is kept: a file's path, or the address of a database on a server."""

import re
from dataclasses import dataclass, field
from pathlib import Path

SCHEMES = ("postgresql://", "postgres://")
"""How the address of a database begins that can keep a record."""

_UP_TO_THE_HOST = re.compile(r"^(\w+://)(?:([^:@/?[]*):.*@)?", re.DOTALL)
_SECRETS = re.compile(r"([?&](?:ssl)?password=)[^&]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """The address of a database; what is shown of it never holds its password.

    Attributes:
        secret: the whole address, as it was given.
    """

    secret: str = field(repr=False)

    def __str__(self) -> str:
        """Return the address as it may be shown: without any password.

        What stands between the first colon and the last `@` counts as one: a password that holds such a sign unquoted
        is not shown in part either.
        """
        hidden = _UP_TO_THE_HOST.sub(lambda found: found[1] + (f"{found[2]}:***@" if found[2] else ""), self.secret)
        return _SECRETS.sub(r"\1***", hidden)

    @property
    def name(self) -> str:
        """The database and its hosts in short, such as `incidents@db.example`."""
        hosts, _, database = str(self).partition("://")[2].partition("?")[0].rpartition("@")[2].partition("/")
        return f"{database}@{hosts}" if hosts else database


Address = Path | ServerAddress
