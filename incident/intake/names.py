"""The names of sources, as people may see them."""

import re

from incident.text import visible

STDIN = "-"

_HOST = re.compile(r"(?:[^/?#\\@]*@)?([\w.-]*(?::\d+)?|\[[\da-fA-F:.]+\](?::\d+)?)(?:[/?#][^@]*)?")
"""All of a URL after its scheme. An `@` further on may belong to a password: then no host is certain."""


def is_url(name: str) -> bool:
    """True for the name of a source that is asked over the network."""
    return name.lower().startswith(("http://", "https://"))


def path_of(name: str) -> str:
    """Return what a file's ending is read off: a path as it is, of a URL what stands before its query."""
    return re.split(r"[?#]", name, maxsplit=1)[0] if is_url(name) else name


def display_name(name: str) -> str:
    """Return a source's name as people may see it: of a URL the scheme and host, for the rest may hold a secret."""
    if name == STDIN:
        return "standard input"
    scheme, mark, rest = name.partition("://")
    if not mark:
        return visible(name, one_line=True)
    host = _HOST.fullmatch(rest)
    return visible(f"{scheme.lower()}://{host[1] if host else ''}/…", one_line=True)
