"""`incident draft`: files that say they are drafts, one for each recipient, all of them or none, and recorded."""

import json
import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from incident.cli.drafting import FORMATS as OFFERED
from incident.notices.render import FORMATS
from tests.test_incident.command_line import incident, refused

NOW = "2026-10-25T12:00Z"
ONE, TWO = "INC-2026-0001", "INC-2026-0002"
FRENCH, ITALIAN = f"{ONE}-controller-acme-sas-fr.md", f"{ONE}-controller-bottega-it.md"

PROCESSOR = {
    "title": "Export left open",
    "role": "processor",
    "contract": "kavkom",
    "customers": [
        {"name": "Acme SAS", "language": "fr", "facts": {"subjects_count": {"value": 310}}},
        {"name": "Bottega", "language": "it", "facts": {"subjects_count": {"value": 45}}},
    ],
    "moments": {"aware": "2026-10-25T08:00:00Z"},
}
CONTROLLER = {
    "title": "Recordings",
    "vendor": "kavkom",
    "moments": {"vendor_aware": "2026-10-23T13:30:00Z", "vendor_told_us": "2026-10-24T07:00:00Z"},
}


@pytest.fixture(autouse=True)
def two_incidents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INCIDENT_NOW", NOW)
    monkeypatch.setenv("INCIDENT_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.chdir(tmp_path)
    Path("settings.toml").write_text('zone = "Europe/Paris"\nauthority = "cnil"\nname = "Bonsai"\n')
    for record in (PROCESSOR, CONTROLLER):
        incident("open", "--from", "-", piped=json.dumps(record).encode())


def drafted(reference: str = ONE) -> Any:
    return incident("show", reference, "--json").json["drafts"]


def files(folder: str = "drafts") -> dict[str, str]:
    return {file.name: file.read_text() for file in Path(folder).iterdir()} if Path(folder).exists() else {}


class TestForCustomers:
    def test_each_has_one_in_its_language_and_none_shows_the_other(self) -> None:
        outcome = incident("draft", ONE, "controller", "-o", "drafts")
        assert (outcome.code, outcome.out) == (0, f"drafts/{FRENCH}\ndrafts/{ITALIAN}\n")
        texts = files()
        assert set(texts) == {FRENCH, ITALIAN}
        assert "violation de données à caractère personnel" in texts[FRENCH]
        assert "violazione dei dati personali" in texts[ITALIAN]
        for ours, others, own, foreign in ((FRENCH, "Bottega", "310", "45"), (ITALIAN, "Acme", "45", "310")):
            assert others not in texts[ours]
            assert own in texts[ours]
            assert foreign not in texts[ours].replace("2026", "")

    def test_each_says_that_it_is_a_draft_of_which_incident_and_when(self) -> None:
        incident("draft", ONE, "controller", "-o", "drafts")
        assert f"> **PROJET, non envoyé.** Incident {ONE} (Export left open)" in files()[FRENCH]
        assert "25 octobre 2026" in files()[FRENCH].partition("---")[0]

    def test_what_is_missing_stands_first_and_is_said(self) -> None:
        outcome = incident("draft", ONE, "controller", "-o", "drafts")
        text = files()[FRENCH]
        assert 0 < text.index("Manquant") < text.index("\n---\n")
        for line in outcome.err.splitlines():
            assert line.endswith(" answers are missing; they stand first in it")
        assert [line.split(": ")[1] for line in outcome.err.splitlines()] == [FRENCH, ITALIAN]

    def test_in_another_language_where_it_is_asked_for(self) -> None:
        outcome = incident("draft", ONE, "controller", "--lang", "en", "-o", "drafts")
        assert outcome.out == (f"drafts/{ONE}-controller-acme-sas-en.md\ndrafts/{ONE}-controller-bottega-en.md\n")


class TestForOthers:
    def test_several_kinds_at_once(self) -> None:
        outcome = incident("draft", TWO, "vendor", "cnil", "vendor", "-o", "drafts")
        assert outcome.code == 0
        assert outcome.out.splitlines() == [f"drafts/{TWO}-vendor-en.md", f"drafts/{TWO}-authority-cnil-fr.md"]

    def test_the_settings_authority_is_the_same_one(self) -> None:
        first = incident("draft", TWO, "cnil", "-o", "a")
        second = incident("draft", TWO, "authority", "-o", "b")
        assert first.out.partition("/")[2] == second.out.partition("/")[2]
        assert files("a") == files("b")

    @pytest.mark.parametrize("form", ["md", "json"])
    @pytest.mark.parametrize(
        ("authority", "languages"),
        [
            ("ap", ["nl"]),
            ("imy", ["sv"]),
            ("garante", ["it"]),
            ("ico", ["en"]),
            ("edpb", ["en"]),
            ("eprivacy-611", ["en", "fr"]),
        ],
    )
    def test_any_authority_by_its_id_in_its_own_languages(
        self, authority: str, languages: list[str], form: str
    ) -> None:
        wanted = [part for language in languages for part in ("--lang", language)]
        outcome = incident(
            "draft", TWO, "authority", "--authority", authority, *wanted, "--format", form, "-o", "drafts"
        )
        assert outcome.code == 0
        names = [f"{TWO}-authority-{authority}-{language}.{form}" for language in languages]
        assert outcome.out.splitlines() == [f"drafts/{name}" for name in names]
        for name, text in files().items():
            assert name in names
            assert TWO in text
            if form == "json":
                found = json.loads(text)
                assert (found["kind"], found["authority"], bool(found["missing"])) == ("authority", authority, True)

    @pytest.mark.parametrize("form", ["md", "txt", "html", "json"])
    def test_in_every_format_that_is_text(self, form: str) -> None:
        outcome = incident("draft", TWO, "vendor", "--format", form, "-o", "drafts")
        assert outcome.out == f"drafts/{TWO}-vendor-en.{form}\n"
        (text,) = files().values()
        assert "DRAFT" in text or json.loads(text)["draft"] is True
        assert TWO in text

    def test_in_several_formats_at_once_each_recorded_with_its_hash(self) -> None:
        forms = ("pdf", "docx", "eml", "md")
        wanted = [part for form in (*forms, "pdf") for part in ("--format", form)]
        outcome = incident("draft", ONE, "controller", "--lang", "fr", *wanted, "-o", "drafts")
        names = [f"{ONE}-controller-{customer}-fr.{form}" for customer in ("acme-sas", "bottega") for form in forms]
        assert outcome.out.splitlines() == [f"drafts/{name}" for name in names]
        written = {file.name: file.read_bytes() for file in Path("drafts").iterdir()}
        begins = {"pdf": b"%PDF-", "docx": b"PK", "eml": b"Subject: ", "md": b"# "}
        for name in names:
            assert written[name].startswith(begins[name.rpartition(".")[2]])
        recorded = {draft["file"]: draft["sha256"] for draft in drafted()}
        assert recorded == {name: sha256(data).hexdigest() for name, data in written.items()}

    def test_what_is_missing_is_said_once_and_a_mail_without_address_too(self) -> None:
        outcome = incident("draft", ONE, "controller", "--lang", "fr", "--format", "eml", "--format", "md", "-o", "d")
        said = [line.removeprefix("incident: ") for line in outcome.err.splitlines()]
        assert len(said) == 4
        assert said[1].endswith(
            f"{ONE}-controller-acme-sas-fr.eml: no address of the recipient is recorded: To is left out"
        )

    def test_the_formats_offered_are_those_that_can_be_written(self) -> None:
        assert OFFERED == FORMATS


class TestFiles:
    def test_they_go_to_the_users_drafts_folder_and_are_the_owners_alone(self) -> None:
        outcome = incident("draft", TWO, "vendor")
        place = Path(os.environ["XDG_DATA_HOME"], "breach-incident-tracker", "drafts", f"{TWO}-vendor-en.md")
        assert outcome.out == f"{place}\n"
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700

    def test_they_are_recorded_with_their_hash(self) -> None:
        incident("draft", ONE, "controller", "-o", "drafts")
        recorded = {draft["file"]: (draft["kind"], draft["sha256"]) for draft in drafted()}
        assert recorded == {name: ("controller", sha256(text.encode()).hexdigest()) for name, text in files().items()}
        entry = incident("journal", ONE, "--json").json["entries"][-1]
        assert entry["kind"] == "drafted"
        assert {key: entry["body"][key] for key in ("file", "format", "language", "as_of")} == {
            "file": ITALIAN,
            "format": "md",
            "language": "it",
            "as_of": "2026-10-25T12:00:00Z",
        }

    def test_one_that_nobody_touched_is_written_anew(self) -> None:
        incident("draft", ONE, "controller", "-o", "drafts")
        before = files()
        incident("set", ONE, "facts.description=An export lay open.")
        assert incident("draft", ONE, "controller", "-o", "drafts").code == 0
        assert files()[FRENCH] != before[FRENCH]
        assert "An export lay open." in files()[FRENCH]

    def test_one_that_somebody_edited_is_not_lost_and_then_none_is_written(self) -> None:
        incident("draft", ONE, "controller", "-o", "drafts")
        edited = Path("drafts", ITALIAN)
        edited.write_text(edited.read_text() + "by hand")
        incident("set", ONE, "facts.description=An export lay open.")
        before, recorded = files(), drafted()
        refused(
            incident("draft", ONE, "controller", "-o", "drafts"),
            1,
            f"drafts/{ITALIAN}: was edited since it was written; move it away, or name another folder with -o",
        )
        assert (files(), drafted()) == (before, recorded)

    def test_where_they_cannot_be_written_none_is_recorded(self) -> None:
        Path("drafts").write_text("a file")
        outcome = incident("draft", ONE, "controller", "-o", "drafts")
        refused(outcome, 1, f"drafts/{FRENCH}: cannot be written: File exists")
        assert drafted() == []

    def test_where_they_cannot_be_recorded_none_is_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("incident.store.sqlite.SqliteTransaction.append", raising_os_error)
        outcome = incident("draft", ONE, "controller", "-o", "drafts")
        assert (outcome.code, outcome.out, outcome.err) == (1, "", "incident: no more\n")
        assert files() == {}

    def test_the_users_own_template_comes_before_ours(self) -> None:
        Path("playbooks/notices/vendor").mkdir(parents=True)
        Path("playbooks/notices/vendor/en.md.j2").write_text("OUR OWN DRAFT of {{ notice.incident }}\n")
        incident("draft", TWO, "vendor", "-o", "drafts")
        assert files() == {f"{TWO}-vendor-en.md": "OUR OWN DRAFT of INC-2026-0002\n"}


def raising_os_error(*_: object) -> None:
    raise OSError("no more")


NO_LETTER = "no draft of the kind 'letter' yet: there are controller, vendor, authority, cnil"


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "line"),
        [
            ((ONE, "letter"), NO_LETTER),
            ((TWO, "vendor", "letter"), NO_LETTER),
            ((ONE, "controller", "--lang", "de"), "no controller draft in 'de': there are en, fr, it, nl, sv"),
            ((ONE,), "Missing argument 'KIND...'."),
        ],
    )  # fmt: skip
    def test_what_does_not_exist_writes_nothing(self, arguments: tuple[str, ...], line: str) -> None:
        refused(incident("draft", *arguments, "-o", "drafts"), 2, line)
        assert (files(), drafted()) == ({}, [])

    @pytest.mark.parametrize(("reference", "kind"), [(ONE, "cnil"), (ONE, "vendor"), (TWO, "controller")])
    def test_what_our_role_does_not_owe(self, reference: str, kind: str) -> None:
        outcome = incident("draft", reference, kind, "-o", "drafts")
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
        assert reference in outcome.err
        assert files() == {}

    def test_a_template_with_a_fault_is_named_with_its_line(self) -> None:
        Path("playbooks/notices/vendor").mkdir(parents=True)
        Path("playbooks/notices/vendor/en.md.j2").write_text("fine\n{% if %}\n")
        outcome = incident("draft", TWO, "vendor", "-o", "drafts")
        assert (outcome.code, outcome.out) == (2, "")
        assert "vendor/en.md.j2, line 2: " in outcome.err
        assert outcome.err.count("\n") == 1
        assert (files(), drafted(TWO)) == ({}, [])


def test_unlikely_is_never_said_to_be_no_risk_in_a_draft() -> None:
    for reference in (ONE, TWO):
        incident("decide", reference, "--risk", "unlikely", "--because", "encrypted, the key is safe")
    incident("draft", ONE, "controller", "--lang", "en", "-o", "drafts")
    incident("draft", TWO, "vendor", "cnil", "-o", "drafts")
    assert len(files()) == 4
    for text in files().values():
        words = " ".join(text.lower().split())
        for claim in ("no risk", "aucun risque", "nessun rischio"):
            assert claim not in words
