"""How long a server that went away is waited for."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long a lost connection is sought again, and who is told that it is.

    Attributes:
        seconds: zero tries once.
        tell: is told in one line what is waited for, and when it is over.
    """

    seconds: float
    tell: Callable[[str], None] = lambda _: None


PATIENTLY = Waiting(60.0)
"""As long as a standby may take to step in."""

AT_ONCE = Waiting(0.0)
"""For who looks again each second anyway."""
