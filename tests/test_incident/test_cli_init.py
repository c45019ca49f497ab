"""`incident init`: from options, on a terminal, and what it leaves alone."""

import json
import os
import pty
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from incident.cli.questions import QUESTIONS, Question
from models.organisation import Organisation
from tests.test_incident.command_line import incident

PARTS_AFTER_THE_FIRST_TWO = 8

FITTING = {
    "address.country": ("FR", "FR"),
    "main_establishment": ("IE", "IE"),
    "role": ("processor", "processor"),
    "contract": ("kavkom", "kavkom"),
    "authority": ("cnil", "cnil"),
    "languages": ("fr", ["fr"]),
    "zone": ("Europe/Paris", "Europe/Paris"),
    "regimes": ("nis2", ["nis2"]),
    "sectors": ("insured", ["insured"]),
    "targets": ("gdpr-33-2=24", {"gdpr-33-2": 24}),
    "retention_months": ("60", 60),
}
"""What to type and what it is read as, where not every text will do."""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def keys_of(model: type[BaseModel], before: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from keys_of(inner, f"{before}{name}.")
        else:
            yield before + name


def at(settings: dict[str, Any], key: str) -> Any:
    value: Any = settings
    for name in key.split("."):
        value = value[name]
    return value


def typed_for(question: Question) -> str:
    return FITTING.get(question.key, (f"The {question.key}", ""))[0]


class TestTheTableOfQuestions:
    def test_asks_for_everything_that_the_settings_hold_and_for_nothing_else(self) -> None:
        assert sorted(question.key for question in QUESTIONS) == sorted(keys_of(Organisation))

    def test_every_option_writes_its_own_key(self, settings: Path) -> None:
        given = [text for question in QUESTIONS for text in (question.option, typed_for(question))]

        outcome = incident("init", "--settings", str(settings), *given)

        assert (outcome.code, outcome.err) == (0, "")
        written = tomllib.loads(settings.read_text("utf-8"))
        expected = {one.key: FITTING.get(one.key, ("", f"The {one.key}"))[1] for one in QUESTIONS}
        assert {one.key: at(written, one.key) for one in QUESTIONS} == expected
        assert {
            key: at(Organisation.model_validate(written).model_dump(mode="json"), key) for key in expected
        } == expected

    def test_options_bear_the_names_people_know(self) -> None:
        named = {question.key: question.option for question in QUESTIONS}
        assert {
            "address.street": "--street",
            "languages": "--language",
            "targets": "--target",
            "legal_representative.function": "--legal-representative-function",
            "contact_point.phone": "--contact-point-phone",
            "dpo.email": "--dpo-email",
            "on_call.decision_maker.phone": "--on-call-decision-maker-phone",
        }.items() <= named.items()

    def test_help_lists_every_option(self) -> None:
        listed = incident("init", "--help").out
        assert [one.option for one in QUESTIONS if not re.search(rf"^  {one.option} ", listed, re.MULTILINE)] == []


class TestInitFromOptions:
    def test_writes_them_and_prints_the_path(self, settings: Path) -> None:
        outcome = incident("init", "--settings", str(settings), "--name", " Acme SAS ", "--target", "gdpr-33-2=24")

        assert (outcome.code, outcome.out, outcome.err) == (0, f"{settings}: written\n", "")
        assert tomllib.loads(settings.read_text("utf-8")) == {"name": "Acme SAS", "targets": {"gdpr-33-2": 24}}
        assert settings.stat().st_mode & 0o777 == 0o600

    def test_json_holds_the_path_and_what_is_set(self, settings: Path) -> None:
        settings.write_text('zone = "Europe/Rome"\n')

        outcome = incident("init", "--json", "--settings", str(settings), "--dpo-email", "dpo@acme.example")

        assert json.loads(outcome.out) == {
            "settings": str(settings),
            "set": {"zone": "Europe/Rome", "dpo": {"email": "dpo@acme.example"}},
        }

    @pytest.mark.parametrize(
        "given",
        [("--language", "fr", "--language", "en"), ("--language", "fr, en"), ("--language", "fr,", "--language", "en")],
    )
    def test_values_come_one_by_one_or_parted_by_commas(self, settings: Path, given: tuple[str, ...]) -> None:
        assert incident("init", "--settings", str(settings), *given).code == 0
        assert tomllib.loads(settings.read_text("utf-8")) == {"languages": ["fr", "en"]}

    @pytest.mark.parametrize(
        "already",
        [
            '# whom to ask first\n[dpo]\nemail = "dpo@acme.example"\n',
            'dpo = { email = "dpo@acme.example" }\n',
            'dpo.email = "dpo@acme.example"\ndpo.title = "Ms"\n',
            '[on_call.csirt]\nphone = "+33 1"\n[dpo]\nemail = "dpo@acme.example"\n',
            '[on_call.csirt]\nphone = "+33 1"\n[dpo]\nemail = "dpo@acme.example"\n[on_call.insurer]\nphone = "+33 2"\n',
        ],
        ids=["table", "inline", "dotted", "table-of-tables", "tables-apart"],
    )
    def test_what_the_file_says_stays_however_it_is_written(self, settings: Path, already: str) -> None:
        settings.write_text(already)

        outcome = incident(
            "init", "--settings", str(settings), "--dpo-phone", "+33 9", "--on-call-deputy-name", "Deputy"
        )

        assert outcome.code == 0
        expected = tomllib.loads(already)
        expected["dpo"]["phone"] = "+33 9"
        expected.setdefault("on_call", {})["deputy"] = {"name": "Deputy"}
        assert tomllib.loads(settings.read_text("utf-8")) == expected
        assert already.startswith("#") is ("# whom to ask first" in settings.read_text("utf-8"))

    def test_an_empty_text_empties(self, settings: Path) -> None:
        settings.write_text('name = "Acme"\nsectors = ["insured"]\n')
        assert incident("init", "--settings", str(settings), "--name", "", "--sectors", "").code == 0
        assert tomllib.loads(settings.read_text("utf-8")) == {"name": "", "sectors": []}

    def test_everything_wrong_is_said_at_once_and_nothing_is_written(self, settings: Path) -> None:
        wrong = (
            "--name",
            "Acme",
            "--country",
            "France",
            "--role",
            "boss",
            "--zone",
            "Mars",
            "--target",
            "gdpr-33-2=soon",
        )

        outcome = incident("init", "--settings", str(settings), *wrong)

        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.splitlines() == [
            "incident: --target: 'gdpr-33-2=soon' is no target; write a duty and whole hours, such as gdpr-33-2=24",
            "incident: --country: 'France' is not a country code such as FR",
            "incident: --role: must be 'controller', 'joint-controller', 'processor' or 'sub-processor', not 'boss'",
            "incident: --zone: 'Mars' is not a time zone; write one such as Europe/Paris",
        ]
        assert not settings.exists()

    @pytest.mark.parametrize(
        ("option", "value", "said"),
        [
            ("--language", "French", "--language: 'French' is not a language code such as fr"),
            ("--language", " , ", "languages: name at least one, such as 'en'"),
            ("--target", "gdpr-33-2=0", "--target: must be greater than 0, not 0"),
            ("--target", "24", "--target: '24' is no target; write a duty and whole hours, such as gdpr-33-2=24"),
            (
                "--target",
                "a.b=24",
                "--target: 'a.b=24' is no target; write a duty and whole hours, such as gdpr-33-2=24",
            ),
            ("--target", "x=²", "--target: 'x=²' is no target; write a duty and whole hours, such as gdpr-33-2=24"),
            ("--name", "\udc80", "--name: is not text: it holds half a character, not '\\udc80'"),
        ],
    )
    def test_one_wrong_value_is_one_line(self, settings: Path, option: str, value: str, said: str) -> None:
        settings.write_text('name = "Acme"\n')

        outcome = incident("init", "--settings", str(settings), option, value)

        assert (outcome.code, outcome.out, outcome.err) == (2, "", f"incident: {said}\n")
        assert settings.read_text() == 'name = "Acme"\n'

    def test_without_a_terminal_and_without_options_there_is_nothing_to_write(self, settings: Path) -> None:
        outcome = incident("init", "--settings", str(settings))
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == (
            "incident: nothing to write: give options, such as --name (--help lists them), or run it on a terminal\n"
        )

    def test_settings_that_cannot_be_read_stay_as_they_are(self, settings: Path) -> None:
        settings.write_text('nmae = "Acme"\n')
        outcome = incident("init", "--settings", str(settings), "--name", "Acme")
        assert (outcome.code, outcome.err) == (2, f"incident: {settings}: nmae: unknown key\n")
        assert settings.read_text() == 'nmae = "Acme"\n'

    def test_a_folder_in_place_of_the_settings_is_refused(self, tmp_path: Path) -> None:
        outcome = incident("init", "--settings", str(tmp_path), "--name", "Acme")
        assert (outcome.code, outcome.err) == (
            1,
            f"incident: {tmp_path}: the settings cannot be read: Is a directory\n",
        )


class TestInitAndPlaybooks:
    def test_an_authority_without_a_playbook_is_accepted_with_a_warning(self, settings: Path) -> None:
        outcome = incident("init", "--settings", str(settings), "--authority", "cnli")

        assert (outcome.code, outcome.out) == (0, f"{settings}: written\n")
        warning = "incident: authority 'cnli': there is no such playbook yet in authorities; known: "
        assert outcome.err.startswith(warning)
        assert "cnil" in outcome.err.removeprefix(warning).strip().split(", ")
        assert tomllib.loads(settings.read_text("utf-8")) == {"authority": "cnli"}

    def test_so_is_a_contract(self, settings: Path) -> None:
        outcome = incident("init", "--settings", str(settings), "--contract", "kavkon")
        assert outcome.code == 0
        assert (
            "contract 'kavkon': there is no such playbook yet in vendors; known: convious, deskhero, kavkom"
            in outcome.err
        )

    def test_one_of_the_users_own_is_known(self, settings: Path) -> None:
        own = settings.parent / "playbooks" / "authorities" / "ours.toml"
        own.parent.mkdir(parents=True)
        own.write_text("")
        assert incident("init", "--settings", str(settings), "--authority", "ours").err == ""

    def test_playbooks_that_cannot_be_read_do_not_stand_in_the_way(self, settings: Path) -> None:
        own = settings.parent / "playbooks" / "vendors" / "acme.toml"
        own.mkdir(parents=True)
        outcome = incident("init", "--settings", str(settings), "--authority", "cnil")
        assert outcome.code == 0
        assert outcome.err == f"incident: {own}: is not a file; so it is not known which playbooks there are\n"


class TestInitOnATerminal:
    def test_asks_what_the_options_leave_open_and_writes_what_was_answered(self, settings: Path) -> None:
        settings.write_text('zone = "Europe/Rome"\n')
        answers = ["", "FR 1", *[""] * 2, ">", "processor", "", "cnil", "fr, en", "", "", "", "gdpr-33-2=24", ""]
        parts = [">"] * PARTS_AFTER_THE_FIRST_TWO

        typed = "\n".join([*answers, *parts, "y", ""])
        outcome = incident("init", "--settings", str(settings), "--name", "Acme", typed=typed)

        assert (outcome.code, outcome.out) == (0, f"{settings}: written\n")
        assert tomllib.loads(settings.read_text("utf-8")) == {
            "zone": "Europe/Rome",
            "name": "Acme",
            "vat_number": "FR 1",
            "role": "processor",
            "authority": "cnil",
            "languages": ["fr", "en"],
            "targets": {"gdpr-33-2": 24},
        }
        assert "legal name" not in outcome.err
        assert "  time zone, such as Europe/Paris [Europe/Rome]: " in outcome.err
        assert outcome.err.endswith(
            "  name: Acme\n"
            "  vat_number: FR 1\n"
            "  role: processor  (was controller)\n"
            "  authority: cnil\n"
            "  languages: fr, en  (was en)\n"
            "  targets.gdpr-33-2: 24\n"
            f"Write this into {settings}? [Y/n]: "
        )

    def test_a_wrong_answer_is_explained_and_asked_again(self, settings: Path) -> None:
        typed = "\n".join([*[""] * 8, "France", "FR", ">", *[">"] * (PARTS_AFTER_THE_FIRST_TWO + 1), "y", ""])

        outcome = incident("init", "--settings", str(settings), typed=typed)

        assert outcome.code == 0
        assert outcome.err.count("  country, such as FR: ") == 2
        assert "Error: 'France' is not a country code such as FR\n" in outcome.err
        assert tomllib.loads(settings.read_text("utf-8")) == {"address": {"country": "FR"}}

    def test_every_question_is_asked_once_under_its_heading(self, settings: Path) -> None:
        outcome = incident("init", "--settings", str(settings), typed="\n" * len(QUESTIONS))

        assert (outcome.code, outcome.out) == (0, f"{settings}: nothing changed\n")
        prompts = re.findall(r"  (\w[^\[\n]*?)(?: \[[^\]]*\])?: (?=$|\n|  )", outcome.err)
        assert prompts == [question.wording for question in QUESTIONS]
        assert [part for part in dict.fromkeys(one.part for one in QUESTIONS) if f"\n{part}\n" not in outcome.err] == []
        assert not settings.exists()

    def test_a_no_writes_nothing(self, settings: Path) -> None:
        typed = "\n".join(["Acme", ">", *[">"] * (PARTS_AFTER_THE_FIRST_TWO + 1), "n", ""])
        outcome = incident("init", "--settings", str(settings), typed=typed)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.endswith(f"incident: nothing was written to {settings}\n")
        assert not settings.exists()

    def test_the_end_of_input_writes_nothing(self, settings: Path) -> None:
        outcome = incident("init", "--settings", str(settings), typed="Acme\n")
        assert (outcome.code, outcome.out) == (1, "")
        assert not settings.exists()

    def test_with_no_input_nothing_is_asked(self, settings: Path) -> None:
        outcome = incident("init", "--no-input", "--name", "Acme", "--settings", str(settings), typed="Else\n")
        assert (outcome.code, outcome.err) == (0, "")
        assert tomllib.loads(settings.read_text("utf-8")) == {"name": "Acme"}

    def test_what_is_known_is_shown_harmless(self, settings: Path) -> None:
        settings.write_text('name = "\\u001b]0;x\\u0007\\u202e"\n')
        outcome = incident("init", "--settings", str(settings), typed="\x9b31m\n" + ">\n" * 10)
        assert "legal name [\\x1b]0;x\\x07\\u202e]: " in outcome.err
        assert "  name: \\x9b31m  (was \\x1b]0;x\\x07\\u202e)\n" in outcome.err
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", outcome.err)

    def test_at_a_real_terminal_standard_output_holds_the_document_alone(self, settings: Path) -> None:
        master, terminal = pty.openpty()
        program = "from incident.cli import run; run()"
        running = subprocess.Popen(
            [sys.executable, "-c", program, "init", "--settings", str(settings), "--json"],
            stdin=terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        os.close(terminal)
        os.write(master, "\n".join(["Acme", ">", *[">"] * (PARTS_AFTER_THE_FIRST_TWO + 1), "y", ""]).encode())
        out, err = running.communicate(timeout=60)
        os.close(master)

        assert running.returncode == 0
        assert out == json.dumps({"settings": str(settings), "set": {"name": "Acme"}}, indent=2) + "\n"
        assert err.startswith("Who we are, as the authorities' forms ask it.\n")
