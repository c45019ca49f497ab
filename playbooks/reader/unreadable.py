"""What a file is refused for, and the limits past which no contract reaches."""

MIB = 1024 * 1024
MAX_BYTES = 32 * MIB
"""The size (bytes) above which a file is no contract."""
MAX_UNPACKED = 64 * MIB
"""The size (bytes) to which a Word file's text may unpack."""
MAX_CHARACTERS = 2_000_000
"""The length above which a text is no contract."""
MAX_PAGES = 2_000
"""The number of pages above which a PDF is no contract."""


class UnreadableContract(ValueError):
    """A file that no contract can be read from; the message says why and what to do, without naming the file."""


def too_long() -> UnreadableContract:
    """Return the refusal of a text that is longer than any contract."""
    return UnreadableContract(f"holds more than {MAX_CHARACTERS:,} characters: give the agreement alone")
