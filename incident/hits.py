"""Where the words of a search stand in what was recorded, for a person who must tell one hit from another."""

from unicodedata import combining, normalize


def hits(recorded: str, search: str) -> tuple[str, ...]:
    """Return the lines of what was recorded in which any of the words occurs, those with the most words first.

    Args:
        recorded: one piece a line, as a row of the board holds it.
        search: words, compared as the store's index does: without case and without accents.
    """
    words = [_plain(word).rstrip("*") for word in search.split()]
    lines = [(sum(word in _plain(line) for word in words), line) for line in recorded.split("\n")]
    return tuple(line for found, line in sorted(lines, key=lambda one: -one[0]) if found)


def _plain(text: str) -> str:
    return "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
