"""The board's filter as it is typed: words, and `vendor:…` and `state:…` among them."""

STATES = ("open", "closed", "overdue", "due-soon", "running", "waiting", "undated")


def read_filter(text: str) -> tuple[str, str | None, str | None]:
    """Return the words, the state and the vendor that a filter asks for.

    The word that is still being typed stands for all that begin with it. A mark whose value is none yet filters
    nothing.
    """
    words: list[str] = []
    state: str | None = None
    vendor: str | None = None
    for part in text.split():
        key, mark, value = part.partition(":")
        if mark and key == "state" and value in STATES:
            state = value
        elif mark and key == "vendor" and value:
            vendor = value
        elif not (mark and key in {"state", "vendor"}):
            words.append(part)
    if words and text.endswith(words[-1]) and not words[-1].endswith("*"):
        words[-1] += "*"
    return " ".join(words), state, vendor
