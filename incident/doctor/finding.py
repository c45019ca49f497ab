"""One thing that was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing.

    Attributes:
        check: what was looked at: `database`, `tables`, `journal`, `board`, `search-index`, `attachments`, `files`
            or `space`.
        found: what was found, in words for people.
        remedy: what to do, in words for people; None where it is well.
        repairable: `incident doctor --repair` does it.
    """

    check: str
    found: str
    remedy: str | None = None
    repairable: bool = False

    @property
    def well(self) -> bool:
        """True where nothing is to be done."""
        return self.remedy is None


def repairable(check: str, found: str, what: str) -> Finding:
    """Return what is wrong and can be mended by us; `what` says how."""
    return Finding(check, found, f"incident doctor --repair {what}", repairable=True)
