"""A contract on the terminal: its file asked for, its words beside each reading, and a draft written."""

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.widgets import Input, OptionList, Static

from incident.contract_file import open_contract
from screens import read_contract
from screens.contract import ContractScreen, key_line
from screens.playbooks import PlaybooksScreen
from screens.read_contract import ReadContractScreen
from screens.write_playbook import WritePlaybookScreen
from tests.test_playbooks.contract_files import AGREEMENT, pdf
from tests.test_screens.conftest import HOSTILE, SIZES, Terminal, acting_signs

Golden = Callable[[str, str], None]

FILLER = "The parties shall act in good faith under the agreement. " * 2000
"""More than 100 kB on one line, in the language of the clause."""

OWN_DUTY = "9.1 The Customer shall notify the supervisory authority of a personal data breach within 72 hours."
CLAUSE = (
    "6.1 The Processor shall notify the Controller \x1b]52;c;aGk=\x07of any personal data breach within 24\u200b hours "
    f"of becoming aware of it, {HOSTILE}. "
)

FILES = {
    "rich": AGREEMENT,
    "nothing": f"# Terms\n\n9 Breaches\n{OWN_DUTY}\n9.2 The laws of Ireland govern these terms.\n",
    "hostile": f"# {HOSTILE}\nVersion 6.6\n\n## 6 Breaches {HOSTILE}\n{FILLER}{CLAUSE}{FILLER}\n"
    f"7.1 The laws of Ireland govern this {HOSTILE}.\n",
}


@pytest.fixture(autouse=True)
def contracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the contracts lie in the current folder."""
    for name, text in FILES.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)


async def read(terminal: Terminal, name: str) -> None:
    await terminal.press("p", "r", *name, "enter")


def marked(terminal: Terminal) -> str:
    """Return the matched words, as they are highlighted in the document."""
    shown = terminal.app.screen.query_one("#passage", Static).content
    return " ".join(shown.plain[span.start : span.end] for span in shown.spans)  # type: ignore[union-attr]


def said(terminal: Terminal) -> str:
    return str(terminal.app.screen.query_one("#said", Static).content)


class TestItsFile:
    def test_what_cannot_be_read_is_told_at_the_field(self, empty: Terminal, tmp_path: Path) -> None:
        (tmp_path / "scan.png").write_bytes(b"\x89PNG")

        async def responder(terminal: Terminal) -> None:
            await terminal.press("p", "r", "enter")
            assert "name the contract's file" in terminal.text
            await terminal.press(*"absent.pdf", "enter")
            assert "absent.pdf: there is no such file" in terminal.text
            terminal.app.screen.query_one(Input).value = "scan.png"
            await terminal.press("enter")
            assert "scan.png: is no text, HTML, PDF or Word (.docx) file" in terminal.text
            assert isinstance(terminal.app.screen, ReadContractScreen)

        empty.run(responder)

    def test_it_is_completed_by_one_key(self, empty: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.press("p", "r", *"ri", "right")
            assert terminal.app.screen.query_one(Input).value == "rich.txt"

        empty.run(responder)

    def test_a_name_that_acts_or_hides_is_not_suggested(self, empty: Terminal, tmp_path: Path) -> None:
        (tmp_path / "xa\x1b[2J.txt").touch()
        (tmp_path / "xb.txt").touch()

        async def responder(terminal: Terminal) -> None:
            await terminal.press("p", "r", "x", "right")
            assert terminal.app.screen.query_one(Input).value == "xb.txt"

        empty.run(responder)

    def test_it_says_that_it_reads(self, empty: Terminal) -> None:
        seen: list[str] = []

        async def responder(terminal: Terminal) -> None:
            def opened(file: str) -> object:
                seen.append(str(terminal.app.screen.query_one("#form-says", Static).content))
                return open_contract(file)

            with patch.object(read_contract, "open_contract", opened):
                await read(terminal, "rich.txt")
            assert seen == ["reading rich.txt …"]

        empty.run(responder)

    def test_a_pdf_is_read_like_a_text(self, empty: Terminal, tmp_path: Path) -> None:
        lines = ("6 Breaches", "The Processor shall notify the Controller of a personal data breach within 36 hours.")
        (tmp_path / "dpa.pdf").write_bytes(pdf(*lines))

        async def responder(terminal: Terminal) -> None:
            await read(terminal, "dpa.pdf")
            assert terminal.text.splitlines()[0] == " 36 hours · dpa.pdf (en)"
            assert marked(terminal) == "within 36 hours"

        empty.run(responder)

    def test_what_is_left_is_not_read_further_and_the_path_is_kept(self, empty: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.press("p", "r", *"rich", "escape")
            assert isinstance(terminal.app.screen, PlaybooksScreen)
            await terminal.press("r")
            assert terminal.app.screen.query_one(Input).value == "rich"

        empty.run(responder)


class TestBesideItsText:
    @pytest.mark.parametrize("name", FILES)
    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_as_it_reads(self, empty: Terminal, golden: Golden, size: tuple[int, int], name: str) -> None:
        async def responder(terminal: Terminal) -> None:
            await read(terminal, f"{name}.txt")
            golden(f"screens/contract-{name}-{size[0]}x{size[1]}.txt", terminal.text)

        empty.run(responder, size)

    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_each_key_moves_to_its_words(self, empty: Terminal, size: tuple[int, int]) -> None:
        async def responder(terminal: Terminal) -> None:
            await read(terminal, "rich.txt")
            seen = []
            for _ in range(20):
                assert not marked(terminal) or "▸" in terminal.text, said(terminal)
                seen.append((said(terminal).split(":")[0], " ".join(marked(terminal).split())))
                await terminal.press("down")
            assert seen[5:10] == [
                ("for", "within 24 hours of becoming aware"),
                ("channel", "by e-mail"),
                ("nature", "nature"),
                ("subject categories", "categories and approximate number of data subjects"),
                ("subjects count", "number of data subjects"),
            ]
            assert seen[13:] == [
                ("law", "Ireland"),
                ("mailbox", "dpo@acme.example"),
                ("version", "Version 2.1"),
                ("dated", "3 March 2026"),
                ("prevails", "English"),
                ("authority", seen[18][1]),
                ("gap", ""),
            ]
            assert seen[18][1] in " ".join(AGREEMENT.split())

        empty.run(responder, size)

    def test_place_confidence_and_why_stand_beside_the_key(self, empty: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await read(terminal, "rich.txt")
            for line in ("6.1 Personal data breaches: “within 24 hours", "confidence high", "– the vendor tells its"):
                assert line in terminal.text
            await terminal.press("end")
            assert said(terminal).splitlines()[0] == "time: “30 days”"
            assert "it is about a change of sub-processors" in said(terminal)
            assert marked(terminal) == "30 days"

        empty.run(responder)

    def test_nothing_found_is_said_plainly(self, empty: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await read(terminal, "nothing.txt")
            assert terminal.text.startswith(" no breach clause: Art. 33(2) applies · nothing.txt (en)\n")
            assert (said(terminal), marked(terminal)) == ("deadline: no breach clause: Art. 33(2) applies", "")
            await terminal.press("end")
            assert marked(terminal) == "72 hours"

        empty.run(responder)

    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_hostile_text_is_harmless(self, empty: Terminal, size: tuple[int, int]) -> None:
        async def responder(terminal: Terminal) -> None:
            await read(terminal, "hostile.txt")
            assert marked(terminal).replace("\n", " ") == r"within 24\u200b hours of becoming aware"
            shown = terminal.app.screen.query_one("#keys", OptionList)
            for _ in range(shown.option_count):
                assert acting_signs(terminal.text) == set(), terminal.text
                assert acting_signs(str(terminal.app.screen.query_one("#passage", Static).content)) == set()
                await terminal.press("down")
            assert isinstance(terminal.app.screen, ContractScreen)
            assert all(acting_signs(str(key_line(key))) == set() for key in terminal.app.screen._keys)

        empty.run(responder, size)

    def test_the_document_scrolls_and_escape_goes_back(self, empty: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await read(terminal, "hostile.txt")
            before = terminal.text
            await terminal.press("shift+tab", "pagedown")
            assert terminal.text != before
            await terminal.press("escape")
            assert isinstance(terminal.app.screen, PlaybooksScreen)

        empty.run(responder, (80, 24))


class TestDraft:
    def test_it_is_offered_beside_the_contract_and_written_as_read_writes_it(
        self, empty: Terminal, tmp_path: Path
    ) -> None:
        async def responder(terminal: Terminal) -> None:
            await read(terminal, "rich.txt")
            await terminal.press("w")
            assert isinstance(terminal.app.screen, WritePlaybookScreen)
            assert terminal.app.screen.query_one(Input).value == "rich.toml"
            assert not (tmp_path / "rich.toml").exists()
            await terminal.press("enter")
            assert isinstance(terminal.app.screen, ContractScreen)
            assert "Written to rich.toml: a draft, to be reviewed." in " ".join(terminal.text.split())

        empty.run(responder)
        text = (tmp_path / "rich.toml").read_text("utf-8")
        assert 'id = "rich"' in text
        assert 'period = { unit = "hours", amount = 24 }' in text
        assert not (tmp_path / "playbooks").exists()

    def test_a_file_that_is_there_is_not_written_over(self, empty: Terminal, tmp_path: Path) -> None:
        (tmp_path / "rich.toml").write_text("mine")

        async def responder(terminal: Terminal) -> None:
            await read(terminal, "rich.txt")
            await terminal.press("w", "enter")
            assert "rich.toml: is there already; name a new file" in terminal.text
            assert isinstance(terminal.app.screen, WritePlaybookScreen)

        empty.run(responder)
        assert (tmp_path / "rich.toml").read_text() == "mine"
