"""Writing the playbook drafted from a contract to a file, for a person to review."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

from textual.widget import Widget

from incident.contract_file import OpenContract, write_draft
from incident.errors import Failure
from playbooks.reader.draft import vendor_id
from screens.desk_thread import DeskThread
from screens.form import Form, FormError
from screens.surroundings import Surroundings
from screens.typed_path import typed_path
from screens.widgets.path_field import PathField


class WritePlaybookScreen(Form):
    """The path of a new file; its stem becomes the vendor's id. Nothing comes into force."""

    TITLE_WORDS = "write a draft playbook"

    def __init__(
        self,
        surroundings: Surroundings,
        desk: DeskThread,
        contract: OpenContract,
        written: Callable[[Path], None],
    ) -> None:
        """Make the form; `written` is told where the draft went."""
        super().__init__(surroundings, desk, None)
        self._contract = contract
        self._written = written

    @property
    def kept_as(self) -> str:
        """The name under which what is typed here is kept: of one contract."""
        return f"write-playbook-{vendor_id(self._contract.path.name)}"

    def fields(self) -> Iterator[Widget]:
        """Ask for the file, and offer one beside the contract."""
        offered = self._contract.path.with_name(f"{vendor_id(self._contract.path.name)}.toml")
        yield PathField("file", "a new file, named as the vendor", "→ completes", str(offered))

    async def save(self) -> None:
        """Write the draft."""
        typed = self.query_one(PathField).text
        if not typed:
            raise FormError([("file", "name a new file")])
        path = typed_path(typed)
        today = self.incident_app.now.astimezone(self.zone).date()
        try:
            await asyncio.to_thread(write_draft, self._contract.reading, path, today)
        except Failure as failure:
            raise FormError([("file", line) for line in failure.lines]) from None
        self._written(path)
        self.done(f"Written to {path}: a draft, to be reviewed.")
