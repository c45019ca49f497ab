"""Reading a contract: which file; what was read comes up on a page of its own."""

import asyncio
from collections.abc import Iterator

from textual.widget import Widget

from incident.contract_file import open_contract
from incident.errors import Failure
from screens.contract import ContractScreen
from screens.form import Form, FormError
from screens.looks import datum
from screens.typed_path import typed_path
from screens.widgets.path_field import PathField


class ReadContractScreen(Form):
    """The path of a contract; it is read where it lies, and nothing comes into force."""

    TITLE_WORDS = "read a contract"

    def fields(self) -> Iterator[Widget]:
        """Ask for the file."""
        yield PathField("file", "its file", "text, HTML, PDF or Word; → completes")

    async def save(self) -> None:
        """Read the contract, and show what was read."""
        field = self.query_one(PathField)
        if not field.text:
            raise FormError([("file", "name the contract's file")])
        path = typed_path(field.text)
        self.say(datum(f"reading {path.name} …"))
        try:
            contract = await asyncio.to_thread(open_contract, str(path))
        except Failure as failure:
            raise FormError([("file", line) for line in failure.lines]) from None
        finally:
            self.say(datum(""))
        self._drop()
        self.app.switch_screen(ContractScreen(self._surroundings, self._desk, contract))
