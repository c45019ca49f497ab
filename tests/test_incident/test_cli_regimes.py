"""The other laws on the command line: named in a record or in the settings, filed under, and reckoned by stages."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_incident.command_line import done, incident, refused

NOW = "2026-11-19T12:00:00Z"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENT_NOW", NOW)
    monkeypatch.setenv("INCIDENT_ACTOR", "anna")


def opened(*settings: str, **record: Any) -> str:
    """Open an incident from a record and return its reference."""
    piped = json.dumps({"title": "Recordings", **record}).encode()
    outcome = incident("open", "--from", "-", *settings, piped=piped)
    assert outcome.code == 0, outcome.err
    return outcome.out.strip()


def clocks(reference: str, *settings: str) -> dict[str, dict[str, Any]]:
    """Return an incident's clocks by duty."""
    document = incident("clocks", reference, "--json", "--explain", *settings).json
    return {clock["duty"]: clock for clock in document["clocks"]}


def test_a_major_incident_goes_through_its_stages_by_what_is_recorded() -> None:
    reference = opened(regimes=["dora"], personal_data=False, sectors=["insurer"])
    assert [clock["state"] for clock in clocks(reference).values()] == ["waiting", "waiting", "waiting"]
    done(incident("set", reference, "moments.incident_aware=2026-11-18T09:00Z"))
    initial = clocks(reference)["dora-initial"]
    assert (initial["due_at"], initial["state"]) == ("2026-11-19T09:00:00Z", "overdue")
    assert initial["condition"] == {"needs": "classified", "state": "undecided"}
    assert initial["trigger"] == {"moment": "incident_aware", "at": "2026-11-18T09:00:00Z", "presumed_from": None}
    done(incident("set", reference, "moments.classified=2026-11-19T10:00Z"))
    initial = clocks(reference)["dora-initial"]
    assert (initial["due_at"], initial["state"]) == ("2026-11-19T14:00:00Z", "running")
    assert initial["trigger"]["moment"] == "classified"
    done(incident("sent", reference, "dora-initial", "--at", "2026-11-19T11:00Z", "--channel", "portal"))
    done(incident("sent", reference, "dora-intermediate", "--at", "2026-11-19T11:30Z", "--channel", "portal"))
    done(incident("sent", reference, "dora-intermediate", "--at", "2026-11-19T11:45Z", "--channel", "portal"))
    found = clocks(reference)
    assert [found[f"dora-{stage}"]["state"] for stage in ("initial", "intermediate", "final")] == [
        "met",
        "met",
        "running",
    ]
    assert found["dora-final"]["due_at"] == "2026-12-19T11:45:00Z"


def test_a_measure_starts_the_final_report_of_a_vulnerability() -> None:
    reference = opened(regimes=["cra"], personal_data=False)
    done(incident("set", reference, "moments.measure_available=2026-11-19T10:00+01:00"))
    assert clocks(reference)["cra-final"]["due_at"] == "2026-12-03T09:00:00Z"


def test_laws_that_do_not_concern_an_incident_are_left_out_by_naming_those_that_do() -> None:
    moments = {"detected": "2026-11-18T09:00:00Z"}
    reference = opened(sectors=["essential-entity"], moments=moments)
    assert clocks(reference)["nis2-early-warning"]["trigger"]["presumed_from"] == "detected"
    done(incident("set", reference, "regimes=gdpr"))
    document = incident("clocks", reference, "--json").json
    assert [clock["duty"] for clock in document["clocks"]] == ["gdpr-33-1", "gdpr-34", "gdpr-33-5"]
    assert (
        "NIS 2 fits our sector or country, but the regimes named leave it out: its clocks do not run"
        in (document["gaps"])
    )


def test_each_countrys_authority_is_told_apart(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('main_establishment = "US"\n', "utf-8")
    ours = ("--settings", str(settings))
    facts = {"countries": ["PL", "FR"], "people_by_country": {"PL": {"value": 40}}}
    reference = opened(*ours, facts=facts, moments={"aware": "2026-11-18T09:00:00Z"})
    refused(
        incident("sent", reference, "gdpr-33-1", "--at", "2026-11-19T10:00Z", *ours),
        2,
        f"{reference} has no duty gdpr-33-1; it has: gdpr-33-1@PL, gdpr-33-1@FR, gdpr-34, gdpr-33-5",
    )
    done(incident("sent", reference, "gdpr-33-1@PL", "--at", "2026-11-19T10:00Z", "--incomplete", *ours))
    found = clocks(reference, *ours)
    assert [(duty, clock["state"]) for duty, clock in found.items()] == [
        ("gdpr-33-1@PL", "met"),
        ("gdpr-33-1@FR", "running"),
        ("gdpr-33-4@PL", "open"),
        ("gdpr-34", "waiting"),
        ("gdpr-33-5", "open"),
    ]
    assert any("In PL: 40 people." in line for line in found["gdpr-33-1@PL"]["explain"])
    [entry] = incident("register", "--format", "json", *ours).json["entries"]
    assert entry["authority_notified_at"] == "the supervisory authority of PL 2026-11-19T10:00:00Z"


def test_the_form_of_a_country_is_filled_in_for_its_own_clock(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('main_establishment = "US"\n', "utf-8")
    ours = ("--settings", str(settings))
    reference = opened(*ours, facts={"countries": ["SE", "FR"]}, moments={"aware": "2026-11-18T09:00:00Z"})
    written = incident("draft", reference, "cnil", "--format", "json", "-o", str(tmp_path / "drafts"), *ours)
    assert written.code == 0, written.err
    [draft] = (tmp_path / "drafts").glob("*.json")
    assert json.loads(draft.read_text("utf-8"))["duties"] == ["gdpr-33-1@FR"]


def test_the_settings_name_laws_too(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('regimes = ["fr-lopmi"]\n', "utf-8")
    ours = ("--settings", str(settings))
    reference = opened(*ours, personal_data=False, moments={"incident_aware": "2026-11-18T09:00:00Z"})
    assert list(clocks(reference, *ours)) == ["fr-lopmi"]
    assert clocks(reference, *ours)["fr-lopmi"]["due_at"] == "2026-11-21T09:00:00Z"


def test_a_record_brings_filings_under_any_of_them() -> None:
    filings = [{"duty": "nis2-notification", "at": "2026-11-19T10:00:00Z"}]
    reference = opened(regimes=["nis2"], personal_data=False, filings=filings)
    assert clocks(reference)["nis2-final"]["due_at"] == "2026-12-19T10:00:00Z"
