"""What a vendor's promise would cost us, on the terminal: grade, findings, rehearsal; one key from the playbooks."""

from collections.abc import Callable

import pytest
from textual.widgets import Static

from screens.playbooks import PlaybooksScreen
from screens.readiness import ReadinessScreen
from tests.test_screens.conftest import SIZES, Terminal

Golden = Callable[[str, str], None]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_page_as_it_reads(rich: Terminal, golden: Golden, size: tuple[int, int]) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("p", "l")
        assert isinstance(terminal.app.screen, ReadinessScreen)
        golden(f"screens/readiness-{size[0]}x{size[1]}.txt", terminal.text)

    rich.run(responder, size)


def test_it_is_about_the_vendor_that_is_selected(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("p", "down", "down", "l")
        said = str(terminal.app.screen.query_one("#said", Static).content)
        assert said.startswith("Kavkom · vendor kavkom · shipped · grade ")
        for part in ("If it learns of a breach on Fri 26 Mar 2027 18:40 CET", "What it would cost you", "ask for"):
            assert part in said
        await terminal.press("escape")
        assert isinstance(terminal.app.screen, PlaybooksScreen)

    rich.run(responder)


def test_a_law_is_not_judged(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.press("p", "end", "l")
        assert isinstance(terminal.app.screen, PlaybooksScreen)
        assert "A vendor's playbook alone is judged: select one." in terminal.text

    rich.run(responder)
