"""`incident clocks`: the published document, and the text for people."""

from datetime import datetime
from typing import Any

import pytest

from tests.test_incident.command_line import incident
from tests.test_incident.store_examples import Clock

NOW = "2026-10-25T12:00Z"
VENDOR_AWARE = "2026-10-23T15:30+02:00"
VENDOR_TOLD_US = "2026-10-24T09:00+02:00"
AWARE, TOLD = ("--vendor-aware", VENDOR_AWARE), ("--vendor-told-us", VENDOR_TOLD_US)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENT_NOW", NOW)


def opened(*arguments: str) -> str:
    """Open an incident and return its reference."""
    outcome = incident("open", "--title", "Call recordings readable by other tenants", *arguments)
    assert outcome.code == 0, outcome.err
    return outcome.out.strip()


def clocks(reference: str, *arguments: str) -> dict[str, dict[str, Any]]:
    """Return an incident's clocks by duty."""
    document = incident("clocks", reference, "--json", *arguments).json
    return {clock["duty"]: clock for clock in document["clocks"]}


def read(clock: dict[str, Any], *keys: str) -> list[Any]:
    return [clock[key] for key in keys]


class TestDocument:
    def test_it_is_the_published_one(self) -> None:
        record = (
            b'{"ref": "SOC-2026-1187", "source": "soc", "title": "Call recordings", "vendor": "kavkom",'
            b' "moments": {"vendor_aware": "2026-11-20T08:00:00Z"}, "place": {"zone": "Europe/Paris"}}'
        )
        assert incident("open", "--from", "-", piped=record).out == "INC-2026-0001\n"

        document = incident("clocks", "soc:SOC-2026-1187", "--json", "--explain", "--now", "2026-11-21T12:00Z").json

        assert document["incident"] == "INC-2026-0001"
        assert document["ref"] == "soc:SOC-2026-1187"
        assert document["as_of"] == "2026-11-21T12:00:00Z"
        assert document["warnings"] == []
        assert document["clocks"][0] == {
            "duty": "contract:kavkom",
            "title": "Kavkom tells us of the breach",
            "from": "Kavkom",
            "to": "us",
            "basis": "contract",
            "trigger": {"moment": "vendor_aware", "at": "2026-11-20T08:00:00Z", "presumed_from": None},
            "rivals": [],
            "condition": None,
            "period": {"unit": "hours", "amount": 48},
            "due_at": "2026-11-22T08:00:00Z",
            "latest_at": None,
            "state": "running",
            "done_at": None,
            "late_by_seconds": None,
            "remaining_seconds": 72000,
            "elapsed_seconds": None,
            "idle_seconds": None,
            "assumed": None,
            "outstanding": ["any useful documentation that the customer needs to notify its supervisory authority"],
            "source": {
                "document": "Kavkom DPA",
                "place": "Notification of personal data breaches",
                "confidence": "checked",
                "checked_on": "2026-11-21",
            },
            "explain": [
                "vendor_aware 2026-11-20 09:00 +01:00 (08:00 UTC)",
                "+ 48 hours elapsed",
                "= 2026-11-22 09:00 +01:00 (08:00 UTC)",
                "not moved for Sunday: hours run through weekends and public holidays",
                (
                    "still owed with it: any useful documentation that the customer needs to notify its supervisory "
                    "authority"
                ),
                "Told in time is not yet complete: the useful documentation is part of the same promise.",
                "The clause names no counting rule: 48 elapsed hours from the moment Kavkom became aware.",
                "source: Kavkom DPA, Notification of personal data breaches, checked 2026-11-21 (contract)",
                "due 2026-11-22 09:00 +01:00 (08:00 UTC)",
            ],
        }

    def test_without_explain_there_is_none(self) -> None:
        assert "explain" not in clocks(opened(*TOLD))["gdpr-33-1"]

    def test_without_a_reference_it_holds_every_open_incident(self) -> None:
        first, second, third = opened(*TOLD), opened("--vendor", "kavkom"), opened("personal_data=false")
        incident("close", third, "--because", "a drill")
        document = incident("clocks", "--json").json
        assert list(document) == ["as_of", "incidents"]
        assert document["as_of"] == "2026-10-25T12:00:00Z"
        assert document["incidents"] == [incident("clocks", one, "--json").json for one in (first, second)]

    def test_without_a_store_there_are_no_incidents(self) -> None:
        assert incident("clocks", "--json").json == {"as_of": "2026-10-25T12:00:00Z", "incidents": []}

    def test_an_unknown_incident_is_a_failure_of_one_line(self) -> None:
        opened(*TOLD)
        outcome = incident("clocks", "INC-2026-0009", "--json")
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err == "incident: no incident INC-2026-0009; incident list shows those there are\n"


class TestText:
    def test_one_incident_burning_first_then_owed_then_waiting_then_settled(self, machine_clock: Clock) -> None:
        machine_clock.instant = datetime.fromisoformat("2026-10-25T11:30:00+00:00")
        reference = opened("--vendor", "konverso", *AWARE, *TOLD)
        text = incident("clocks", reference).out
        assert text.splitlines()[:22] == [
            "time is set: clocks are judged at 2026-10-25 12:00 +00:00 (12:00 UTC)",
            "INC-2026-0001  Call recordings readable by other tenants",
            "  Konverso was given no number, and used 17 h 30 min; 1 d 19 h are left to us",
            "  ● We notify the competent supervisory authority (Art. 33(1) GDPR)  [gdpr-33-1]",
            "      running, 1 d 19 h left, due 2026-10-27 07:00 +00:00 (07:00 UTC)",
            "      GDPR (Regulation (EU) 2016/679), Art. 33(1), 33(3)",
            "      aware presumed from vendor_told_us",
            "  ○ We document the breach in our register (Art. 33(5) GDPR)  [gdpr-33-5]",
            "      open for 1 d 05 h, “no term stated”: no date, last action 30 min ago",
            "      GDPR (Regulation (EU) 2016/679), Art. 33(5)",
            "      aware presumed from vendor_told_us",
            "  ? We communicate the breach to data subjects (Art. 34 GDPR)  [gdpr-34]",
            "      waiting: high risk undecided",
            "      GDPR (Regulation (EU) 2016/679), Art. 34(1), 34(2)",
            "      aware presumed from vendor_told_us",
            "  ✔ Konverso tells us of the breach  [contract:konverso]",
            "      met 2026-10-24 07:00 +00:00 (07:00 UTC)",
            "      Konverso, Application usage, Cooperation, third point",
            "  ✔ Konverso tells us of the breach (Art. 33(2) GDPR)  [gdpr-33-2]",
            "      met 2026-10-24 07:00 +00:00 (07:00 UTC)",
            "      GDPR (Regulation (EU) 2016/679), Art. 33(2)",
            "not known about these duties:",
        ]

    def test_explain_shows_how_each_date_was_reckoned(self) -> None:
        text = incident("clocks", opened("--vendor", "kavkom", *AWARE), "--explain").out
        assert "      vendor_aware 2026-10-23 13:30 +00:00 (13:30 UTC)\n      + 48 hours elapsed\n" in text
        assert "+ 48 hours elapsed" not in incident("clocks", "INC-2026-0001").out

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ((), "aware not recorded, high risk undecided"),
            (TOLD, "high risk undecided"),
        ],
    )
    def test_what_a_waiting_clock_waits_for(self, arguments: tuple[str, ...], words: str) -> None:
        text = incident("clocks", opened(*arguments)).out
        title = "  ? We communicate the breach to data subjects (Art. 34 GDPR)  [gdpr-34]\n"
        assert text.partition(title)[2].startswith(f"      waiting: {words}\n")

    def test_only_contract_and_law_are_called_due(self) -> None:
        reference = opened(*TOLD)
        letter = ("--title", "Answer the letter", "--to", "CNIL", "--due", "2026-10-26T12:00Z", "--source", "letter")
        incident("duty", "add", reference, *letter, "--basis", "authority")
        incident("duty", "add", reference, *letter, "--basis", "policy")
        text = incident("clocks", reference).out
        assert "      due-soon, 1 d 00 h left, indicative time 2026-10-26 12:00 +00:00 (12:00 UTC)\n" in text
        assert "      due-soon, 1 d 00 h left, our own target 2026-10-26 12:00 +00:00 (12:00 UTC)\n" in text
