"""`incident decide`: a human decision with its reasons. Nothing is ever said to be without risk."""

from typing import Any

import pytest

from tests.test_incident.command_line import incident, refused

ONE = "INC-2026-0001"


@pytest.fixture(autouse=True)
def one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENT_NOW", "2026-10-25T12:00Z")
    monkeypatch.setenv("INCIDENT_ACTOR", "anna")
    incident("open", "--title", "Recordings", "--vendor-told-us", "2026-10-24T07:00Z")


def shown() -> Any:
    return incident("show", ONE, "--json").json


@pytest.mark.usefixtures("machine_clock")
def test_a_risk_with_reasons_who_decided_and_what_the_dpo_advised() -> None:
    said = ("--because", "contact data of 300 people", "--by", "CISO", "--dpo-advice", "notify")
    outcome = incident("decide", ONE, "--risk", "risk", *said)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert shown()["decision"] == {
        "breach": True,
        "risk": "risk",
        "because": "contact data of 300 people",
        "by": "CISO",
        "dpo_advice": "notify",
        "recorded_at": "2026-11-21T12:00:00Z",
    }
    text = incident("show", ONE).out
    assert "  decided by CISO: a risk, not a high one: contact data of 300 people\n" in text
    assert "  the DPO's advice: notify\n" in text


@pytest.mark.parametrize("decision", [("--risk", "unlikely"), ("--not-a-breach",)])
@pytest.mark.parametrize("reasons", [(), ("--because", " ")])
def test_not_to_notify_needs_reasons(decision: tuple[str, ...], reasons: tuple[str, ...]) -> None:
    refused(
        incident("decide", ONE, *decision, *reasons),
        2,
        "a decision not to notify needs its reasons: --because TEXT",
    )
    assert shown()["decision"] is None


@pytest.mark.parametrize("risk", ["risk", "high"])
def test_to_notify_needs_none(risk: str) -> None:
    assert incident("decide", ONE, "--risk", risk).code == 0
    assert shown()["decision"]["because"] is None


@pytest.mark.parametrize("decision", [(), ("--risk", "high", "--not-a-breach")])
def test_it_is_one_decision(decision: tuple[str, ...]) -> None:
    outcome = incident("decide", ONE, *decision, "--because", "reasons")
    refused(outcome, 2, "decide either --not-a-breach or --risk unlikely|risk|high")


def test_reassessing_is_deciding_again() -> None:
    incident("decide", ONE, "--risk", "unlikely", "--because", "encrypted")
    incident("decide", ONE, "--risk", "high", "--because", "the key leaked as well")
    assert shown()["decision"]["risk"] == "high"
    assert [entry["kind"] for entry in incident("journal", ONE, "--json").json["entries"]] == [
        "opened",
        "decided",
        "decided",
    ]
    assert {clock["duty"]: clock["state"] for clock in shown()["clocks"]} == {
        "gdpr-33-1": "running",
        "gdpr-34": "open",
        "gdpr-33-5": "open",
    }


def test_not_a_breach_is_another_decision_than_unlikely() -> None:
    incident("decide", ONE, "--not-a-breach", "--because", "a drill")
    assert (shown()["decision"]["breach"], shown()["decision"]["risk"]) == (False, None)
    assert incident("list", "--json").json["incidents"][0]["risk"] == "not-a-breach"
    assert "  decided by anna: not a personal data breach: a drill\n" in incident("show", ONE).out


def test_unlikely_is_never_said_to_be_no_risk() -> None:
    incident("decide", ONE, "--risk", "unlikely", "--because", "encrypted, the key is safe")
    shown_anywhere = [
        incident(*command)
        for command in (
            ("list",),
            ("list", "--json"),
            ("show", ONE),
            ("show", ONE, "--json"),
            ("clocks", ONE, "--explain"),
            ("clocks", ONE, "--explain", "--json"),
            ("journal", ONE),
            ("register",),
            ("register", "--format", "csv"),
            ("register", "--format", "json"),
        )
    ]
    assert [outcome.code for outcome in shown_anywhere] == [0] * 10
    for outcome in shown_anywhere:
        assert "no risk" not in " ".join((outcome.out + outcome.err).lower().split())
    assert "  decided by anna: unlikely to result in a risk: encrypted" in shown_anywhere[2].out
    assert "      not required (decided)\n" in shown_anywhere[4].out
    assert "      not required: that was decided, and the journal says by whom and why\n" in shown_anywhere[4].out


def test_special_categories_with_an_unlikely_risk_are_warned_about() -> None:
    incident("set", ONE, "facts.special_categories=health")
    outcome = incident("decide", ONE, "--risk", "unlikely", "--because", "encrypted")
    assert (outcome.code, outcome.err) == (
        0,
        (
            "incident: special categories of data are affected, yet the risk was decided to be unlikely: "
            "see the reasons\n"
        ),
    )


def test_why_people_are_not_told_one_by_one_stands_beside_the_risk() -> None:
    incident("decide", ONE, "--risk", "high", "--because", "health data")
    outcome = incident("decide", ONE, "--art-34-3", "a", "--because", "encrypted, the key is safe", "--by", "CISO")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert shown()["decision"]["because"] == "health data"
    assert {key: shown()["exemption"][key] for key in ("ground", "law", "because", "by")} == {
        "ground": "art34_3_a_protected",
        "law": None,
        "because": "encrypted, the key is safe",
        "by": "CISO",
    }
    assert {clock["duty"]: clock["state"] for clock in shown()["clocks"]}["gdpr-34"] == "not-required"
    ground = "the data were unintelligible to whoever obtained them, Art. 34(3)(a) GDPR"
    text = incident("show", ONE).out
    assert f"  data subjects not told one by one, decided by CISO: {ground}: encrypted, the key is safe\n" in text
    assert f"not required (decided: {ground})\n" in text
    assert f"not required ({ground}): that was decided" in incident("clocks", ONE, "--explain").out
    (row,) = incident("register", "--format", "json").json["entries"]
    assert row["not_informed_reason"] == f"{ground}: encrypted, the key is safe"
    assert row["decision_reasons"] == "health data"


def test_disproportionate_effort_leaves_a_public_communication_owed() -> None:
    incident("decide", ONE, "--risk", "high", "--art-34-3", "c", "--because", "no addresses left")
    assert {clock["duty"]: clock["state"] for clock in shown()["clocks"]}["gdpr-34"] == "open"
    assert "decided: disproportionate effort, Art. 34(3)(c) GDPR" in incident("clocks", ONE, "--explain").out
    incident("decide", ONE, "--risk", "high", "--because", "the addresses were found")
    assert shown()["exemption"] is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("--art-34-3", "a", "--because", "x"), "Art. 34(3) is about a high risk: decide that with it: --risk high"),
        (
            ("--risk", "risk", "--art-34-3", "a", "--because", "x"),
            "Art. 34(3) is about a high risk: decide that with it: --risk high",
        ),
        (
            ("--not-a-breach", "--art-34-3", "a", "--because", "x"),
            "Art. 34(3) is about a high risk: decide that with it: --risk high",
        ),
        (
            ("--risk", "high", "--art-34-3", "b"),
            "a decision not to tell people one by one needs its reasons: --because TEXT",
        ),
        (
            ("--risk", "high", "--art-34-3", "d", "--because", "x"),
            "--art-34-3: 'd' is no ground; write a, b, c or national:LAW, such as national:UAVG 42",
        ),
        (
            ("--risk", "high", "--art-34-3", "a", "--art-95", "separate", "--because", "x"),
            "--art-95 and --art-34-3 are two decisions: record one after the other",
        ),
    ],
)
def test_a_ground_needs_a_high_risk_and_reasons(said: tuple[str, ...], why: str) -> None:
    refused(incident("decide", ONE, *said), 2, why)
    assert (shown()["decision"], shown()["exemption"]) == (None, None)


def test_a_national_exemption_is_marked_unconfirmed_and_journalled() -> None:
    outcome = incident("decide", ONE, "--risk", "high", "--art-34-3", "national:UAVG 42", "--because", "a bank")
    assert "is relied on (UAVG 42): unconfirmed, read it" in outcome.err
    assert shown()["exemption"]["law"] == "UAVG 42"
    assert "national law (UAVG 42), unconfirmed" in incident("show", ONE).out
