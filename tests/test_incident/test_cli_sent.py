"""`incident sent`: a notification made, attempted, acknowledged or withdrawn, and what it does to the clock."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.test_incident.command_line import done, incident, refused

NOW = "2026-10-25T12:00Z"
ONE = "INC-2026-0001"


@pytest.fixture(autouse=True)
def one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open an incident of a vendor that told us at 2026-10-24T07:00Z: 33(1) is due at 2026-10-27T07:00Z."""
    monkeypatch.setenv("INCIDENT_NOW", NOW)
    monkeypatch.setenv("INCIDENT_ACTOR", "anna")
    incident(
        "open",
        "--title",
        "Recordings",
        "--vendor",
        "konverso",
        "--vendor-aware",
        "2026-10-23T13:30Z",
        "--vendor-told-us",
        "2026-10-24T07:00Z",
    )


def clock(duty: str, *arguments: str, reference: str = ONE) -> dict[str, Any]:
    document = incident("clocks", reference, "--json", *arguments).json
    found: dict[str, Any] = next(clock for clock in document["clocks"] if clock["duty"] == duty)
    return found


def duties() -> list[str]:
    return [clock["duty"] for clock in incident("clocks", ONE, "--json").json["clocks"]]


def journal_length() -> int:
    length: int = incident("verify", "--json").json["entries"]
    return length


class TestSent:
    def test_a_notification_stops_the_clock(self) -> None:
        said = ("--channel", "portal", "--to", "CNIL", "--reference", "N-17")
        done(incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T09:00+01:00", *said))
        found = clock("gdpr-33-1", "--now", "2026-12-01T00:00Z")
        assert (found["state"], found["done_at"], found["remaining_seconds"]) == ("met", "2026-10-25T08:00:00Z", None)
        assert incident("show", ONE, "--json").json["notifications"] == [
            {
                "duty": "gdpr-33-1",
                "at": "2026-10-25T08:00:00Z",
                "status": "made",
                "complete": True,
                "channel": "portal",
                "to": "CNIL",
                "reference": "N-17",
                "because": None,
                "evidence": None,
                "by": "anna",
            }
        ]
        assert (
            "notification gdpr-33-1: made 2026-10-25 08:00 +00:00 (08:00 UTC), CNIL, portal, N-17\n"
            in incident("show", ONE).out
        )

    def test_an_attempt_stops_nothing(self) -> None:
        done(incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T08:00Z", "--attempted"))
        found = clock("gdpr-33-1")
        assert (found["state"], found["done_at"]) == ("running", None)
        assert incident("show", ONE, "--json").json["notifications"][0]["status"] == "attempted"

    def test_a_withdrawn_notification_counts_no_more(self) -> None:
        incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T08:00Z")
        done(incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T10:00Z", "--withdrawn"))
        found = clock("gdpr-33-1")
        assert (found["state"], found["done_at"], found["remaining_seconds"]) == ("running", None, 154800)

    def test_the_withdrawn_one_is_the_one_with_its_reference(self) -> None:
        for time, reference in (("08:00Z", "N-1"), ("09:00Z", "N-2")):
            incident("sent", ONE, "gdpr-33-1", "--at", f"2026-10-25T{time}", "--reference", reference)
        incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T10:00Z", "--withdrawn", "--reference", "N-1")
        assert clock("gdpr-33-1")["done_at"] == "2026-10-25T09:00:00Z"

    @pytest.mark.parametrize("status", ["acknowledged", "withdrawn"])
    def test_only_what_was_made_can_be_answered_or_taken_back(self, status: str) -> None:
        incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T08:00Z", "--attempted")
        before = journal_length()
        refused(
            incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T10:00Z", f"--{status}"),
            2,
            f"no notification under gdpr-33-1 is recorded that could be {status}",
        )
        assert journal_length() == before

    def test_an_acknowledgement_changes_no_clock(self) -> None:
        incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T08:00Z")
        before = clock("gdpr-33-1")
        done(incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T10:00Z", "--acknowledged"))
        assert clock("gdpr-33-1") == before

    def test_an_incomplete_notification_starts_the_rest(self) -> None:
        assert "gdpr-33-4" not in duties()
        incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T08:00Z", "--incomplete")
        rest = clock("gdpr-33-4")
        assert (rest["state"], rest["trigger"]["moment"], rest["trigger"]["at"]) == (
            "open",
            "filed:gdpr-33-1",
            "2026-10-25T08:00:00Z",
        )
        assert clock("gdpr-33-1")["state"] == "met"
        incident("sent", ONE, "gdpr-33-4", "--at", "2026-10-25T11:00Z")
        assert (clock("gdpr-33-4")["state"], clock("gdpr-33-4")["done_at"]) == ("met", "2026-10-25T11:00:00Z")

    def test_a_late_notification_to_the_authority_wants_its_reasons(self) -> None:
        outcome = incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-27T08:30Z", "--now", "2026-10-28T00:00Z")
        assert (outcome.code, outcome.err) == (
            0,
            "incident: gdpr-33-1 was met late: the reasons go with it (Art. 33(1) GDPR); record facts.delay_reasons\n",
        )
        found = clock("gdpr-33-1", "--now", "2026-12-01T00:00Z")
        assert (found["state"], found["late_by_seconds"]) == ("met-late", 5400)
        text = incident("clocks", ONE, "--now", "2026-12-01T00:00Z").out
        assert "      met late by 1 h 30 min, 2026-10-27 08:30 +00:00 (08:30 UTC)\n" in text

    def test_reasons_given_with_it_or_before_are_enough(self) -> None:
        late = ("sent", ONE, "gdpr-33-1", "--at", "2026-10-27T08:00Z", "--now", "2026-10-28T00:00Z")
        done(incident(*late, "--because", "the notice lay in a closed mailbox"))
        done(incident(*late, "--acknowledged"))
        incident("open", "--title", "Two", "--vendor-told-us", "2026-10-24T07:00Z")
        incident("set", "INC-2026-0002", "facts.delay_reasons=the notice lay in a closed mailbox")
        done(incident("sent", "INC-2026-0002", *late[2:]))

    def test_evidence_is_kept_by_name_and_hash(self, tmp_path: Path) -> None:
        proof = tmp_path / "receipt.pdf"
        proof.write_bytes(b"received")
        done(incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T08:00Z", "--evidence", str(proof)))
        (filing,) = incident("show", ONE, "--json").json["notifications"]
        assert filing["evidence"] == f"receipt.pdf SHA-256 {sha256(b'received').hexdigest()}"

    def test_evidence_that_is_not_there_records_nothing(self, tmp_path: Path) -> None:
        before = journal_length()
        proof = tmp_path / "receipt.pdf"
        outcome = incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T08:00Z", "--evidence", str(proof))
        refused(outcome, 1, f"{proof}: cannot be read: No such file or directory")
        assert journal_length() == before

    @pytest.mark.parametrize("named", ["proofs", ""])
    def test_a_folder_is_no_evidence(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str) -> None:
        monkeypatch.chdir(tmp_path)
        Path("proofs").mkdir()
        before = journal_length()
        outcome = incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T08:00Z", "--evidence", named)
        refused(outcome, 1, f"{named or '.'}: is no file; name the file that proves it")
        assert journal_length() == before

    def test_a_duty_the_incident_does_not_have(self) -> None:
        refused(
            incident("sent", ONE, "gdpr-33", "--at", "2026-10-25T08:00Z"),
            2,
            "INC-2026-0001 has no duty gdpr-33; it has: contract:konverso, gdpr-33-1, gdpr-33-2, gdpr-34, gdpr-33-5",
        )

    def test_a_target_of_ours_is_met_by_the_duty_it_is_a_target_for(self, tmp_path: Path) -> None:
        settings = tmp_path / "settings.toml"
        settings.write_text("[targets]\ngdpr-33-1 = 24\n")
        ours = ("--settings", str(settings))
        refused(
            incident("sent", ONE, "policy:gdpr-33-1", "--at", "2026-10-25T08:00Z", *ours),
            2,
            "policy:gdpr-33-1 is met by a notification under gdpr-33-1: record it there",
        )
        assert clock("policy:gdpr-33-1", *ours)["state"] == "overdue"
        done(incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T08:00Z", *ours))
        found = clock("policy:gdpr-33-1", *ours)
        assert (found["state"], found["late_by_seconds"], found["basis"]) == ("met-late", 3600, "policy")

    def test_a_time_is_needed_and_read_strictly(self) -> None:
        refused(incident("sent", ONE, "gdpr-33-1"), 2, "Missing option '--at'.")
        refused(
            incident("sent", ONE, "gdpr-33-1", "--at", "yesterday"),
            2,
            "--at: 'yesterday' is not an ISO 8601 time; write it as 2026-11-18T14:30+01:00",
        )

    def test_a_time_later_than_now_is_taken_with_a_warning(self) -> None:
        outcome = incident("sent", ONE, "gdpr-33-1", "--at", "2026-10-25T12:01Z")
        assert (outcome.code, outcome.err) == (
            0,
            "incident: the notification under gdpr-33-1, 2026-10-25 12:01 +00:00 (12:01 UTC), is later than now\n",
        )

    def test_the_vendors_notice_to_us_is_also_when_it_told_us(self) -> None:
        incident("open", "--title", "Two", "--vendor", "kavkom", "--vendor-aware", "2026-10-23T13:30Z")
        done(incident("sent", "INC-2026-0002", "contract:kavkom", "--at", "2026-10-24T07:00Z"))
        ours = clock("gdpr-33-1", reference="INC-2026-0002")
        assert ours["trigger"] == {
            "moment": "aware",
            "at": "2026-10-24T07:00:00Z",
            "presumed_from": "vendor_told_us",
        }

    def test_a_vendors_notice_that_was_withdrawn_told_us_nothing(self) -> None:
        incident("open", "--title", "Two", "--vendor", "kavkom", "--vendor-aware", "2026-10-23T13:30Z")
        notice = ("sent", "INC-2026-0002", "contract:kavkom", "--at")
        incident(*notice, "2026-10-24T07:00Z")
        done(incident(*notice, "2026-10-24T09:00Z", "--withdrawn"))
        assert clock("gdpr-33-1", reference="INC-2026-0002")["trigger"]["at"] is None
        assert clock("contract:kavkom", reference="INC-2026-0002")["state"] == "due-soon"

    def test_a_time_before_the_law_leaves_no_duty_and_says_so(self) -> None:
        outcome = incident("sent", ONE, "gdpr-33-2", "--at", "2017-10-24T07:00Z")
        assert (outcome.code, outcome.out) == (0, "")
        assert outcome.err.splitlines()[-1] == (
            "incident: a notification is recorded under gdpr-33-2, which is no duty of this incident"
        )
