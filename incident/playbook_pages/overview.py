"""All playbooks at a glance: what each says of the time for telling, whose file it is, when it was checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from incident.errors import Failure
from incident.playbook_pages.words import term
from incident.text import visible
from models.authority import AuthorityPlaybook
from models.playbook import Playbook, VendorPlaybook
from models.regime import RegimePlaybook
from playbooks.loader import read_playbook
from playbooks.texts import PlaybookError

HEADINGS = {"vendor": "Vendors", "regime": "Regimes", "authority": "Authorities"}

Cells = tuple[str, ...]
COLUMNS: Cells = ("ID", "NAME", "TIME FOR TELLING", "FILE", "CHECKED ON")

WIDEST = 34
"""Columns of one cell; a longer one moves only its own line."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One playbook on the list.

    Attributes:
        origin: `shipped` with the program, or `yours`.
    """

    playbook: Playbook
    origin: str

    @property
    def checked_on(self) -> date:
        """The oldest date on which one of its documents was checked: no fact is fresher for another's sake."""
        return min(document.checked_on for document in self.playbook.documents)


def listed_in(texts: Mapping[str, str], own: Path | None) -> list[Listed]:
    """Return the playbooks in force, in the order of their names.

    Args:
        texts: their files by relative name.
        own: the user's folder: what lies there is the user's own.

    Raises:
        Failure: one cannot be read.
    """
    try:
        return [
            Listed(read_playbook(name, text), "yours" if own is not None and (own / name).exists() else "shipped")
            for name, text in sorted(texts.items())
        ]
    except PlaybookError as error:
        raise Failure(str(error)) from None


def overview(listed: Sequence[Listed]) -> Iterator[str]:
    """Write the list, kind by kind."""
    rows = [(HEADINGS[one.playbook.kind], _cells(one)) for one in listed]
    columns = zip(COLUMNS, *(cells for _, cells in rows), strict=True)
    widths = [min(max(map(len, column)), WIDEST) for column in columns]
    yield _row(COLUMNS, widths)
    for heading in HEADINGS.values():
        of_kind = [cells for named, cells in rows if named == heading]
        yield from [heading] if of_kind else []
        yield from (_row(cells, widths) for cells in of_kind)


def term_words(playbook: Playbook) -> str:
    """Say in a few words what a playbook gives as the time for telling of a breach."""
    match playbook:
        case VendorPlaybook():
            return "; ".join(_contract_terms(playbook)) or "no clause: Art. 33(2) GDPR alone"
        case RegimePlaybook():
            counted = (term(duty.period) for duty in playbook.duties if duty.period.phrase is None)
            said = "; ".join(dict.fromkeys(counted)) or "no number"
            return f"{said} (not law)" if playbook.applies == "assumed" else said
        case AuthorityPlaybook():
            rest = playbook.complement
            return f"the rest: {term(rest.period)}, indicative" if rest else "no time of its own"


def _contract_terms(vendor: VendorPlaybook) -> Iterator[str]:
    for duty in vendor.duties:
        yield f"{term(duty.period)} ({duty.clause})" if duty.clause else term(duty.period)


def _cells(one: Listed) -> Cells:
    playbook = one.playbook
    cells = (playbook.id, playbook.name, term_words(playbook), one.origin, str(one.checked_on))
    return tuple(visible(cell, one_line=True) for cell in cells)


def _row(cells: Cells, widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"  {'  '.join(padded)}".rstrip()
