"""The command line on laws beside the GDPR: planning under a proposal, and deciding Art. 95."""

from typing import Any

import pytest

from tests.test_incident.command_line import incident, refused

AWARE = ("--aware", "2026-10-24T07:00:00Z")
TELECOM = ("regimes=eprivacy-611",)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENT_NOW", "2026-10-24T12:00Z")


def opened(*arguments: str) -> str:
    """Open an incident and return its reference."""
    return incident("open", "--title", "Call records readable by others", *AWARE, *arguments).out.strip()


def clocks(reference: str, *arguments: str) -> dict[str, dict[str, Any]]:
    document = incident("clocks", reference, "--json", *arguments).json
    return {clock["duty"]: clock for clock in document["clocks"]}


class TestAssume:
    def test_a_proposal_is_reckoned_and_marked_on_every_line(self) -> None:
        reference = opened()
        planned = clocks(reference, "--assume", "omnibus")["gdpr-33-1"]
        assert (planned["due_at"], planned["period"]) == ("2026-10-28T07:00:00Z", {"unit": "hours", "amount": 96})
        assert planned["condition"] == {"needs": "high-risk", "state": "undecided"}
        assert planned["assumed"] == "Omnibus"
        text = incident("clocks", reference, "--assume", "omnibus", "--explain").out
        title = next(line for line in text.splitlines() if "[gdpr-33-1]" in line)
        assert "if Omnibus were law" in title or "If Omnibus were law" in title
        assert "      for planning only: Omnibus is not law\n" in text

    def test_nothing_else_is_moved_and_nothing_is_recorded(self) -> None:
        reference = opened()
        incident("clocks", reference, "--assume", "omnibus")
        law = clocks(reference)["gdpr-33-1"]
        assert (law["due_at"], law["assumed"]) == ("2026-10-27T07:00:00Z", None)

    def test_what_is_no_proposal_is_refused(self) -> None:
        reference = opened()
        refused(incident("clocks", reference, "--assume", "nis2"), 2, "--assume nis2: it is one of omnibus")
        refused(incident("show", reference, "--assume", "x"), 2, "--assume x: it is one of omnibus")


class TestArticle95:
    def test_covered_alarms_until_it_is_decided_and_then_asks_for_one_filing_only(self) -> None:
        reference = opened(*TELECOM)
        undecided = clocks(reference)
        assert undecided["gdpr-33-1"]["condition"] == {"needs": "art-95", "state": "undecided"}
        assert undecided["gdpr-33-1"]["due_at"] == "2026-10-27T07:00:00Z"
        assert undecided["eprivacy-611-initial"]["due_at"] == "2026-10-25T07:00:00Z"

        incident("decide", reference, "--risk", "high", "--art-95", "covered", "--because", "call data only")
        covered = clocks(reference)
        assert (covered["gdpr-33-1"]["state"], covered["gdpr-34"]["state"]) == ("not-required", "not-required")
        assert covered["eprivacy-611-initial"]["state"] != "not-required"

        incident("decide", reference, "--risk", "high", "--art-95", "separate")
        assert clocks(reference)["gdpr-33-1"]["condition"] == {"needs": "risk", "state": "met"}

    def test_a_later_decision_on_the_risk_leaves_it_as_decided(self) -> None:
        reference = opened(*TELECOM)
        incident("decide", reference, "--risk", "risk", "--art-95", "covered", "--because", "call data only")
        incident("decide", reference, "--risk", "high")
        assert clocks(reference)["gdpr-34"]["state"] == "not-required"

    def test_it_needs_its_reasons(self) -> None:
        reference = opened(*TELECOM)
        refused(
            incident("decide", reference, "--risk", "high", "--art-95", "covered"),
            2,
            "a decision not to notify needs its reasons: --because TEXT",
        )
