"""Writing a draft: what can be chosen, what it will read like, and where it goes."""

import unicodedata
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Select, Static

from incident.notices.notice import Item, Tick
from incident.notices.render import FORMATS
from incident.store.sqlite import open_existing
from models.journal import EntryKind
from models.vocabulary import Certainty
from screens.answers import AnswersScreen, answer_words, question_line
from screens.draft import DraftScreen
from screens.record_sent import RecordSentScreen
from screens.write_draft import WriteDraftScreen
from screens.write_files import FORMAT_WORDS, WriteFilesScreen
from tests.test_screens.conftest import HOSTILE, NOW, SIZES, Terminal

Golden = Callable[[str, str], None]

DUE_SOON, TO_CUSTOMERS, HOSTILE_ONE = "INC-2026-0003", "INC-2026-0011", "INC-2026-0001"
TO_THE_CNIL = (*["down"] * 5, "enter")
"""From the list of drafts to the sheet for the CNIL's form."""


def acts_or_hides(text: str) -> set[str]:
    """Return the signs of a text that a terminal would act on, or that no eye sees."""
    return {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}} - {"\n", "\t"}


async def write_about(terminal: Terminal, reference: str, *keys: str) -> None:
    app = terminal.app
    await app.push_screen(WriteDraftScreen(app.surroundings, app.desk, reference))
    await terminal.settle()
    await terminal.press(*keys)


def told(terminal: Terminal) -> str:
    """Return the messages shown, one a line."""
    return "\n".join(message.message for message in terminal.app._notifications)


def choices(terminal: Terminal) -> list[str]:
    shown = terminal.app.screen.query_one("#choices", OptionList)
    return [str(option.prompt) for option in shown.options]


def drafted(tmp_path: Path, reference: str) -> list[str]:
    """Return the files of the drafts recorded."""
    store = open_existing(tmp_path / "test.db", actor="anna", stated_now=None)
    assert store is not None
    entries = store.entries(reference)
    store.close()
    return [str((entry.body or {})["file"]) for entry in entries if entry.kind is EntryKind.DRAFTED]


class TestChoosing:
    def test_only_what_fits_can_be_chosen_and_the_rest_says_why(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON)
            assert isinstance(terminal.app.screen, WriteDraftScreen)
            assert choices(terminal) == [
                "Request to Deskhero (fr)",
                "Request to Deskhero (en)",
                "Request to Deskhero (it)",
                "Request to Deskhero (nl)",
                "Request to Deskhero (sv)",
                "Sheet for the form of CNIL (fr)",
                *(f"Communication to the data subjects ({language})" for language in ("fr", "en", "it", "nl", "sv")),
                "Sheet for the form of Autoriteit Persoonsgegevens (nl)",
                "Sheet for the form of EDPB common template, consultation draft (en)",
                "Sheet for the form of annexe I du règlement (UE) n° 611/2013 (fr)",
                "Sheet for the form of annexe I du règlement (UE) n° 611/2013 (en)",
                "Sheet for the form of Garante per la protezione dei dati personali (it)",
                "Sheet for the form of Information Commissioner's Office (en)",
                "Sheet for the form of Integritetsskyddsmyndigheten (sv)",
                "Register entry of Bonsai Retail SAS (fr)",
                "Register entry of Bonsai Retail SAS (en)",
            ]
            assert "nobody's processor, so no controller draft" in " ".join(terminal.text.split())

        rich.run(responder)

    def test_each_customer_gets_its_own_language_first(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, TO_CUSTOMERS)
            assert choices(terminal) == [
                "Notice to Atelier Nord SAS (fr), Bottega Sud S.r.l. (it)",
                "Notice to Atelier Nord SAS (en), Bottega Sud S.r.l. (en)",
                "Notice to Atelier Nord SAS (fr), Bottega Sud S.r.l. (fr)",
                "Notice to Atelier Nord SAS (it), Bottega Sud S.r.l. (it)",
                "Notice to Atelier Nord SAS (nl), Bottega Sud S.r.l. (nl)",
                "Notice to Atelier Nord SAS (sv), Bottega Sud S.r.l. (sv)",
                "Register entry of Bonsai Retail SAS (fr)",
                "Register entry of Bonsai Retail SAS (en)",
            ]

        rich.run(responder)

    def test_it_is_one_key_away_from_board_and_incident_and_escape_goes_back(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await terminal.press("w")
            assert isinstance(terminal.app.screen, WriteDraftScreen)
            await terminal.press("escape")
            await terminal.open(TO_CUSTOMERS)
            before = terminal.app.screen
            await terminal.press("w")
            assert terminal.app.screen.selected_reference() == TO_CUSTOMERS
            await terminal.press("escape")
            assert terminal.app.screen is before

        rich.run(responder)

    def test_without_an_incident_there_is_nothing_to_write(self, empty: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            before = terminal.app.screen
            await terminal.press("w", "s")
            assert terminal.app.screen is before
            assert "No incident is selected." in terminal.text

        empty.run(responder)


class TestReading:
    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_a_draft_as_it_reads(self, rich: Terminal, golden: Golden, size: tuple[int, int]) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, *TO_THE_CNIL)
            golden(f"screens/draft-{size[0]}x{size[1]}.txt", terminal.text)

        rich.run(responder, size)

    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_what_is_missing_stands_first(self, rich: Terminal, size: tuple[int, int]) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, *TO_THE_CNIL)
            assert "missing: " in terminal.text
            text = str(terminal.app.screen.query_one("#draft", Static).content)
            assert text.index("Manquant : questions bloquantes") < text.index("Identification de l'organisme")
            paragraph = text.split("\n\n")[1].splitlines()
            assert paragraph[0].strip().startswith("PROJET")
            assert max(map(len, paragraph)) <= size[0] - 4

        rich.run(responder, size)

    def test_the_next_recipient_is_one_key_away(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, TO_CUSTOMERS, "enter")
            assert " · fr · follow-up · 1 of 2 · Notice to Atelier Nord SAS\n" in terminal.text
            await terminal.press("n")
            assert " · it · 2 of 2 · Notice to Bottega Sud S.r.l.\n" in terminal.text
            await terminal.press("n")
            assert " · fr · follow-up · 1 of 2 · Notice to Atelier Nord SAS\n" in terminal.text

        rich.run(responder)

    def test_a_phase_that_cannot_be_leaves_the_draft_as_it_is(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, *TO_THE_CNIL)
            await terminal.press("p", "p")
            assert " · fr · complete · " in terminal.text
            await terminal.press("p")
            assert " · fr · complete · " in terminal.text
            assert "nothing is recorded as notified to CNIL" in " ".join(terminal.text.split())

        rich.run(responder)

    def test_a_letter_has_no_questions_to_go_through(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, "enter")
            before = terminal.app.screen
            await terminal.press("a", "n")
            assert terminal.app.screen is before

        rich.run(responder)

    def test_a_draft_read_again_after_a_notification_follows_it_up(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, *TO_THE_CNIL)
            assert "[x] Notification initiale" in draft(terminal)
            await terminal.press("s")
            await terminal.press("enter", *"now", "ctrl+s", "right", "enter")
            assert isinstance(terminal.app.screen, DraftScreen)
            assert "[x] Notification complémentaire" in draft(terminal)
            await terminal.press("p")
            assert " · fr · complete · " in terminal.text
            await terminal.press("p")
            assert " · fr · withdrawal · " in terminal.text
            assert "Motifs du retrait" in draft(terminal)
            await terminal.press("p")
            assert "[x] Notification initiale" in draft(terminal)

        def draft(terminal: Terminal) -> str:
            return str(terminal.app.screen.query_one("#draft", Static).content)

        rich.run(responder)


class TestKeeping:
    def test_drafts_are_written_to_the_folder_and_recorded(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, TO_CUSTOMERS, "enter", "w")
            assert isinstance(terminal.app.screen, WriteFilesScreen)
            assert not (tmp_path / "drafts").exists()
            await terminal.press("enter")
            shown = str(terminal.app.screen.query_one("#written", Static).content)
            assert f"written: {tmp_path}/drafts/INC-2026-0011-controller-atelier-nord-sas-fr.md" in shown

        rich.run(responder)
        written = sorted(file.name for file in (tmp_path / "drafts").iterdir())
        assert written == [
            "INC-2026-0011-controller-atelier-nord-sas-fr.md",
            "INC-2026-0011-controller-bottega-sud-s-r-l-it.md",
        ]
        assert sorted(drafted(tmp_path, TO_CUSTOMERS)) == written

    def test_every_format_can_be_chosen(self) -> None:
        assert tuple(FORMAT_WORDS) == FORMATS

    @pytest.mark.parametrize("form", ["txt", "pdf"])
    def test_another_folder_and_another_format(self, rich: Terminal, tmp_path: Path, form: str) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, "enter", "w")
            terminal.app.screen.query_one("#folder", Input).value = str(tmp_path / "elsewhere")
            terminal.app.screen.query_one("#format", Select).value = form
            await terminal.press("tab", "tab", "enter")

        rich.run(responder)
        assert [file.name for file in (tmp_path / "elsewhere").iterdir()] == [f"INC-2026-0003-vendor-fr.{form}"]

    def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_recorded(
        self, rich: Terminal, tmp_path: Path
    ) -> None:
        (tmp_path / "drafts").write_text("a file, no folder")

        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, "enter", "w", "enter")
            assert "INC-2026-0003-vendor-fr.md: cannot be written: File exists" in told(terminal)
            assert isinstance(terminal.app.screen, WriteFilesScreen)
            await terminal.press("escape", "f")
            assert isinstance(terminal.app.screen, DraftScreen)

        rich.run(responder)
        assert drafted(tmp_path, DUE_SOON) == []

    def test_the_whole_draft_is_copied(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, "enter", "c")
            assert "Deskhero" in terminal.app.clipboard
            assert len(terminal.app.clipboard.splitlines()) > 30
            await terminal.press("f")
            assert told(terminal).endswith(f"Written to {tmp_path}/drafts/INC-2026-0003-copy.txt")
            assert (tmp_path / "drafts" / "INC-2026-0003-copy.txt").read_text() == terminal.app.clipboard

        rich.run(responder)
        assert (tmp_path / "drafts" / "INC-2026-0003-copy.txt").stat().st_mode & 0o777 == 0o600
        assert drafted(tmp_path, DUE_SOON) == []

    def test_it_is_recorded_as_sent_under_its_own_duty(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, TO_CUSTOMERS, "enter", "n", "s")
            assert isinstance(terminal.app.screen, RecordSentScreen)
            assert terminal.app.screen.field("duty").typed.endswith("@bottega-sud-s-r-l")

        rich.run(responder)


class TestQuestionByQuestion:
    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_the_questions_as_they_read(self, rich: Terminal, golden: Golden, size: tuple[int, int]) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, *TO_THE_CNIL, "a", "down", "down")
            golden(f"screens/answers-{size[0]}x{size[1]}.txt", terminal.text)

        rich.run(responder, size)

    def test_one_answer_is_copied(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, *TO_THE_CNIL, "a")
            assert isinstance(terminal.app.screen, AnswersScreen)
            await terminal.press("c")
            assert terminal.app.clipboard == "Notification initiale"
            await terminal.press("down", "down", "c", "f")
            assert terminal.app.clipboard == "Bonsai Retail SAS"

        rich.run(responder)
        assert (tmp_path / "drafts" / "INC-2026-0003-copy.txt").read_text() == "Bonsai Retail SAS"

    def test_a_missing_answer_is_not_copied(self, rich: Terminal, tmp_path: Path) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, *TO_THE_CNIL, "a", "down", "down", "down", "c", "f")
            assert terminal.app.screen.current is not None  # type: ignore[attr-defined]
            assert not terminal.app.screen.current.answered  # type: ignore[attr-defined]
            assert terminal.app.clipboard == ""
            assert "There is no answer to copy yet." in terminal.text

        rich.run(responder)
        assert not (tmp_path / "drafts").exists()

    def test_it_says_by_word_and_sign_what_is_missing(self, rich: Terminal) -> None:
        async def responder(terminal: Terminal) -> None:
            await write_about(terminal, DUE_SOON, *TO_THE_CNIL, "a")
            assert "✖ 2.3 missing: Numéro de TVA" in terminal.text
            assert "✔ 2.2 Dénomination" in terminal.text

        rich.run(responder)


def test_what_is_put_into_a_form() -> None:
    ticks = tuple(Tick(label, ticked=label != "No", confirmed=True) for label in ("Yes", "No", "Both"))
    assert Item("1", "Q", "our words", Certainty.KNOWN, ticks=ticks).to_copy == "Yes\nBoth"
    assert Item("1", "Q", "our words", Certainty.ESTIMATED, ticks=ticks[1:2]).to_copy == "our words"
    assert Item("1", "Q", "not known", Certainty.UNKNOWN).to_copy == ""
    assert Item("1", "Q", "missing", None).to_copy == ""


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_hostile_text_is_harmless(hostile: Terminal, size: tuple[int, int]) -> None:
    async def responder(terminal: Terminal) -> None:
        await write_about(terminal, HOSTILE_ONE)
        assert acts_or_hides(terminal.text) == set()
        for choice in ("home", "end"):
            await terminal.press(choice, "enter", "c")
            assert acts_or_hides(terminal.text) == set()
            assert acts_or_hides(terminal.app.clipboard) == set()
            await terminal.press("escape")
        await terminal.press("up", "up", "enter", "a")
        assert isinstance(terminal.app.screen, AnswersScreen)
        for item in terminal.app.screen._items:
            assert acts_or_hides(str(answer_words(item, HOSTILE))) == set()
            assert acts_or_hides(str(question_line(item, ascii_only=False))) == set()
        hostile_ones = [at for at, item in enumerate(terminal.app.screen._items) if "click" in item.text]
        assert hostile_ones
        terminal.app.screen.query_one("#questions", OptionList).highlighted = hostile_ones[0]
        await terminal.press("c")
        assert acts_or_hides(terminal.text) == set()
        assert "@click=app.quit" in terminal.app.clipboard
        assert acts_or_hides(terminal.app.clipboard) == set()

    hostile.run(responder, size)


def test_the_deadline_moves_on_while_a_draft_is_chosen(rich: Terminal) -> None:
    """The draft is composed at the instant at which it is looked at, not at that of the start."""

    async def responder(terminal: Terminal) -> None:
        terminal.now = NOW + timedelta(hours=5)
        await write_about(terminal, DUE_SOON, *TO_THE_CNIL)
        text = str(terminal.app.screen.query_one("#draft", Static).content)
        assert "22 novembre 2026 à 01:14" in text

    rich.run(responder)
