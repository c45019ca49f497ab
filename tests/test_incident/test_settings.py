"""The settings file: read strictly, written without losing what a person put there."""

import stat
from pathlib import Path
from typing import Any

import pytest

from incident.errors import BadInput, Failure
from incident.settings import HEADER, organisation_text, read_organisation, settings_text, write_organisation
from models.organisation import Organisation
from models.vocabulary import Role

FULL = """\
# Ours, and nobody else's.
name = "Bonsai Retail SAS"   # as in the register
role = "processor"
contract = "kavkom"
authority = "cnil"
languages = ["fr", "en"]
zone = "Europe/Paris"
sectors = ["insured"]
main_establishment = "FR"

[dpo]
email = "dpo@bonsai.example"

[on_call.security]
phone = "+33 1 99 00 00 02"

[targets]
gdpr-33-2 = 24
"contract:kavkom" = 12
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


class TestReading:
    def test_without_a_file_there_is_no_text_and_everything_has_a_default(self, path: Path) -> None:
        assert settings_text(path) is None
        assert read_organisation(None, path) == Organisation()
        assert (Organisation().role, Organisation().zone, Organisation().languages) == (
            Role.CONTROLLER,
            "UTC",
            ("en",),
        )

    def test_all_that_it_says(self, path: Path) -> None:
        found = read_organisation(FULL, path)
        assert (found.name, found.role, found.contract, found.authority) == (
            "Bonsai Retail SAS",
            Role.PROCESSOR,
            "kavkom",
            "cnil",
        )
        assert (found.languages, found.zone, found.sectors) == (("fr", "en"), "Europe/Paris", ("insured",))
        assert (found.dpo.email, found.on_call.security.phone) == ("dpo@bonsai.example", "+33 1 99 00 00 02")
        assert found.targets == {"gdpr-33-2": 24, "contract:kavkom": 12}

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ('nmae = "x"', "nmae: unknown key"),
            ('[dpo]\nmail = "x"', "dpo.mail: unknown key"),
            ('[dpo]\nemail = ["a"]', "dpo.email: must be a text, not a list"),
            ('zone = "Mars/X"', "zone: 'Mars/X' is not a time zone; write one such as Europe/Paris"),
            ("zone = 1", "zone: must be a text, not 1"),
            ('languages = []', "languages: name at least one, such as 'en'"),
            ('languages = ["french"]', "languages.0: 'french' is not a language code such as fr"),
            ('main_establishment = "France"', "main_establishment: 'France' is not a country code such as FR"),
            ("[targets]\ngdpr-33-1 = 0", "targets.gdpr-33-1: must be greater than 0, not 0"),
            ("name = ", "not TOML: Invalid value (at end of document)"),
            ("a = " + "[" * 10_000, "nested too deeply to be settings"),
        ],
    )  # fmt: skip
    def test_a_fault_is_named_with_file_and_key(self, text: str, line: str, path: Path) -> None:
        with pytest.raises(BadInput) as refused:
            read_organisation(text, path)
        assert refused.value.lines == (f"{path}: {line}",)

    def test_a_byte_order_mark_is_no_fault(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_bytes(b'\xef\xbb\xbfname = "Bonsai"\r\n')
        assert read_organisation(settings_text(path), path).name == "Bonsai"

    def test_a_file_that_is_no_text(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_bytes(b"\xff\xfe")
        with pytest.raises(BadInput, match="the settings are not UTF-8 text"):
            settings_text(path)

    def test_a_folder_in_its_place(self, path: Path) -> None:
        path.mkdir(parents=True)
        with pytest.raises(Failure, match="the settings cannot be read: Is a directory"):
            settings_text(path)


class TestWriting:
    def test_a_new_file_is_the_owners_alone_and_begins_with_what_it_is(self, path: Path) -> None:
        write_organisation(path, {"name": "Bonsai", "dpo.email": "dpo@bonsai.example", "targets.gdpr-33-2": 24})
        assert path.read_text() == (
            "".join(f"# {line}\n" for line in HEADER.splitlines())
            + 'name = "Bonsai"\n\n[dpo]\nemail = "dpo@bonsai.example"\n\n[targets]\ngdpr-33-2 = 24\n'
        )
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert list(path.parent.iterdir()) == [path]

    def test_what_is_not_answered_anew_stays_comments_and_all(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_text(FULL)
        write_organisation(path, {"name": "Bonsai SA", "dpo.phone": "+33 1 99 00 00 01"})
        assert path.read_text() == FULL.replace(
            'name = "Bonsai Retail SAS"   # as in the register', 'name = "Bonsai SA"   # as in the register'
        ).replace('email = "dpo@bonsai.example"\n', 'email = "dpo@bonsai.example"\nphone = "+33 1 99 00 00 01"\n')

    @pytest.mark.parametrize(
        "text",
        [
            'dpo = { email = "dpo@bonsai.example" }\n',
            'dpo.email = "dpo@bonsai.example"\n',
            '[on_call.security]\nphone = "1"\n[dpo]\nemail = "dpo@bonsai.example"\n[on_call.deputy]\nphone = "2"\n',
        ],
    )
    def test_however_it_is_laid_out(self, text: str, path: Path) -> None:
        path.parent.mkdir()
        path.write_text(text)
        before = read_organisation(text, path).model_dump()
        write_organisation(path, {"dpo.phone": "9", "on_call.insurer.phone": "3"})
        after = read_organisation(settings_text(path), path).model_dump()
        expected = dict(before)
        expected["dpo"] = before["dpo"] | {"phone": "9"}
        expected["on_call"] = before["on_call"] | {"insurer": before["on_call"]["insurer"] | {"phone": "3"}}
        assert after == expected

    def test_an_answer_taken_back(self, path: Path) -> None:
        write_organisation(path, {"name": "Bonsai", "contract": "kavkom"})
        write_organisation(path, {"contract": None, "vat_number": None})
        found = read_organisation(settings_text(path), path)
        assert (found.name, found.contract) == ("Bonsai", None)

    @pytest.mark.parametrize("answers", [{"zone": "Mars/X"}, {"nmae": "x"}, {"targets.gdpr-33-1": 0}])
    def test_an_answer_that_does_not_fit_writes_nothing(self, answers: dict[str, Any], path: Path) -> None:
        path.parent.mkdir()
        path.write_text(FULL)
        with pytest.raises(BadInput):
            write_organisation(path, {"name": "Other", **answers})
        assert path.read_text() == FULL
        assert list(path.parent.iterdir()) == [path]

    def test_nor_does_a_file_that_is_broken_already(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_text("nmae = 1\n")
        with pytest.raises(BadInput, match="nmae: unknown key"):
            write_organisation(path, {"name": "Bonsai"})
        assert path.read_text() == "nmae = 1\n"

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(Failure, match="the settings cannot be written: "):
            write_organisation(tmp_path / "new" / ".." / "file" / "settings.toml", {"name": "Bonsai"})

    def test_nested_answers_as_a_text(self, path: Path) -> None:
        text = organisation_text({"name": "Bonsai", "dpo": {"email": "dpo@bonsai.example"}, "languages": ["fr"]})
        found = read_organisation(text, path)
        assert (found.name, found.dpo.email, found.languages) == ("Bonsai", "dpo@bonsai.example", ("fr",))
