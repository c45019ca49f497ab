"""The commands about duties: `duty add`, `link`, `close`, `reopen`."""

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


class TestDutyAdd:
    def test_a_date_that_was_set(self) -> None:
        said = ("--title", "Answer the letter", "--source", "CNIL letter of 20 October", "--place", "p. 2")
        outcome = incident(
            "duty", "add", ONE, "--to", "CNIL", "--due", "2026-10-30T17:00+01:00", *said, "--basis", "authority"
        )
        assert (outcome.code, outcome.out, outcome.err) == (0, "added:1\n", "")
        assert clock("added:1") == {
            "duty": "added:1",
            "title": "Answer the letter",
            "from": "us",
            "to": "CNIL",
            "basis": "authority",
            "trigger": {"moment": "aware", "at": "2026-10-24T07:00:00Z", "presumed_from": "vendor_told_us"},
            "rivals": [],
            "condition": None,
            "period": None,
            "due_at": "2026-10-30T16:00:00Z",
            "latest_at": None,
            "state": "running",
            "done_at": None,
            "late_by_seconds": None,
            "remaining_seconds": 446400,
            "elapsed_seconds": None,
            "idle_seconds": None,
            "outstanding": [],
            "assumed": None,
            "source": {
                "document": "CNIL letter of 20 October",
                "place": "p. 2",
                "confidence": "checked",
                "checked_on": None,
            },
        }

    def test_hours_from_a_moment(self) -> None:
        said = ("--to", "the insurer", "--hours", "24", "--trigger", "detected", "--source", "policy no. 7")
        assert incident("duty", "add", ONE, *said).out == "added:1\n"
        waiting = clock("added:1")
        assert (waiting["title"], waiting["state"], waiting["due_at"], waiting["basis"]) == (
            "Tell the insurer",
            "waiting",
            None,
            "contract",
        )
        incident("set", ONE, "moments.detected=2026-10-25T11:00Z")
        assert (clock("added:1")["state"], clock("added:1")["due_at"]) == ("running", "2026-10-26T11:00:00Z")

    @pytest.mark.parametrize(
        ("option", "period", "due_at"),
        [
            (("--days", "10"), {"unit": "days", "amount": 10}, "2026-11-03T07:00:00Z"),
            (("--working-days", "2"), {"unit": "working-days", "amount": 2}, "2026-10-27T07:00:00Z"),
            (("--months", "1"), {"unit": "months", "amount": 1}, "2026-11-24T07:00:00Z"),
        ],
    )
    def test_days_and_months(self, option: tuple[str, str], period: dict[str, Any], due_at: str) -> None:
        assert incident("duty", "add", ONE, "--to", "AP", *option, "--source", "letter").out == "added:1\n"
        assert (clock("added:1")["period"], clock("added:1")["due_at"]) == (period, due_at)

    def test_words_without_a_number(self) -> None:
        said = ("--to", "Acme", "--soft", "sans délai", "--source", "side letter")
        assert incident("duty", "add", ONE, *said).out == "added:1\n"
        assert incident("duty", "add", ONE, *said).out == "added:2\n"
        found = clock("added:2")
        assert (found["period"], found["due_at"], found["state"]) == (
            {"unit": "soft", "phrase": "sans délai"},
            None,
            "open",
        )

    def test_it_leads_the_board_and_is_settled_like_any_other(self) -> None:
        said = ("--to", "the insurer", "--due", "2026-10-25T20:00Z", "--source", "policy no. 7")
        incident("duty", "add", ONE, *said)
        assert incident("list", "--json").json["incidents"][0]["next"] == {
            "duty": "added:1",
            "due_at": "2026-10-25T20:00:00Z",
            "state": "due-soon",
        }
        done(incident("sent", ONE, "added:1", "--at", "2026-10-25T11:00Z"))
        assert clock("added:1")["state"] == "met"
        assert incident("list", "--json").json["incidents"][0]["next"]["duty"] == "gdpr-33-1"

    @pytest.mark.parametrize(
        ("arguments", "line"),
        [
            ((), "a duty has one of --due TIME, --hours N, --days N, --working-days N, --months N, --soft PHRASE"),
            (
                ("--hours", "1", "--soft", "soon"),
                "a duty has one of --due TIME, --hours N, --days N, --working-days N, --months N, --soft PHRASE",
            ),
            (
                ("--hours", "1", "--trigger", "noticed"),
                (
                    "--trigger noticed: it is one of occurred_from, occurred_to, detected, suspected, vendor_aware, "
                    "vendor_told_us, aware, incident_aware, classified, measure_available, contained, resolved"
                ),
            ),
            (("--hours", "0"), "Invalid value for '--hours': 0 is not in the range 1<=x<=100000."),
            (
                ("--due", "2026-10-30"),
                "--due: 2026-10-30 is a day without a time; write it with one, such as 2026-10-30T14:30+01:00",
            ),
        ],
    )
    def test_what_cannot_be_reckoned_is_refused(self, arguments: tuple[str, ...], line: str) -> None:
        before = journal_length()
        refused(incident("duty", "add", ONE, "--to", "Acme", "--source", "letter", *arguments), 2, line)
        assert journal_length() == before


class TestDutyDrop:
    def test_a_duty_added_by_mistake_is_dropped_with_its_reason(self) -> None:
        incident("duty", "add", ONE, "--to", "Insurer", "--source", "policy 7", "--due", "2026-10-30T12:00Z")
        outcome = incident("duty", "drop", ONE, "added:1", "--because", "another incident's policy")
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
        clocks = {clock["duty"]: clock["state"] for clock in incident("clocks", ONE, "--json").json["clocks"]}
        assert clocks["added:1"] == "not-required"


class TestLink:
    def test_both_say_so(self) -> None:
        incident("open", "--title", "The same, for our customers", "--role", "processor")
        outcome = incident("link", ONE, "INC-2026-0002")
        assert (outcome.code, outcome.out) == (0, "INC-2026-0001 and INC-2026-0002 are linked\n")
        assert incident("show", ONE, "--json").json["related"] == ["INC-2026-0002"]
        assert incident("show", "INC-2026-0002", "--json").json["related"] == [ONE]
        assert incident("show", "INC-2026-0002").out.endswith("linked with INC-2026-0001\n")

    def test_not_with_itself_nor_with_nobody(self) -> None:
        before = journal_length()
        refused(incident("link", ONE, ONE), 2, "INC-2026-0001 cannot be linked with itself")
        refused(
            incident("link", ONE, "INC-2026-0009"),
            1,
            "no incident INC-2026-0009; incident list shows those there are",
        )
        assert journal_length() == before


class TestClose:
    def test_refused_while_a_duty_is_owed_or_undecided_naming_it(self) -> None:
        refused(
            incident("close", ONE, "--because", "done"),
            1,
            "INC-2026-0001 cannot be closed while this is owed or undecided: "
            "gdpr-33-1 (running), gdpr-34 (waiting), gdpr-33-5 (open)",
        )
        assert incident("list", "--json").json["incidents"][0]["state"] == "open"

    def test_once_all_is_settled_it_leaves_the_open_ones(self) -> None:
        self.settle()
        done(incident("close", ONE, "--because", "measures are in place"))
        (row,) = incident("list", "--json").json["incidents"]
        assert (row["state"], row["next"]) == ("closed", None)
        assert incident("clocks", "--json").json["incidents"] == []
        assert incident("show", ONE).out.splitlines()[2] == "  closed · we are the controller · vendor Konverso"

    def test_twice_is_once_too_often(self) -> None:
        self.settle()
        incident("close", ONE, "--because", "done")
        refused(incident("close", ONE, "--because", "done"), 1, "INC-2026-0001 is closed already")

    def test_what_a_vendor_never_did_can_be_left_undone_by_name(self) -> None:
        incident("open", "--title", "Two", "--vendor", "kavkom", "--vendor-aware", "2026-10-20T08:00Z")
        incident("decide", "INC-2026-0002", "--risk", "unlikely", "--because", "encrypted")
        incident("set", "INC-2026-0002", *TestClose.FILE)
        two = ("close", "INC-2026-0002", "--because", "the vendor stays silent")
        refused(
            incident(*two, "--despite", "gdpr-33-2"),
            1,
            "INC-2026-0002 cannot be closed while this is owed or undecided: contract:kavkom (overdue)",
        )
        done(incident(*two, "--despite", "gdpr-33-2", "--despite", "contract:kavkom"))
        last = incident("journal", "INC-2026-0002", "--json").json["entries"][-1]
        assert (last["kind"], last["body"]) == (
            "closed",
            {"because": "the vendor stays silent", "despite": ["gdpr-33-2", "contract:kavkom"]},
        )

    def test_what_others_owe_under_an_added_duty_can_be_left_undone_by_name(self) -> None:
        self.settle()
        incident(
            "duty", "add", ONE, "--from", "Konverso", "--to", "us", "--due", "2026-10-24T08:00Z", "--source", "mail"
        )
        owed = "INC-2026-0001 cannot be closed while this is owed or undecided: added:1 (overdue)"
        refused(incident("close", ONE, "--because", "done"), 1, owed)
        done(incident("close", ONE, "--because", "done", "--despite", "added:1"))

    def test_a_duty_there_is_not_cannot_be_left_undone(self) -> None:
        self.settle()
        outcome = incident("close", ONE, "--because", "done", "--despite", "contract:kavcom")
        assert outcome.code == 2
        assert outcome.err.startswith("incident: INC-2026-0001 has no duty contract:kavcom; it has: ")

    def test_what_is_ours_cannot_be_left_undone(self) -> None:
        refused(
            incident("close", ONE, "--because", "done", "--despite", "gdpr-33-1"),
            2,
            "gdpr-33-1 is our own duty: it cannot be left undone; meet it or decide it",
        )

    def test_nor_what_the_incident_does_not_owe(self) -> None:
        refused(
            incident("close", ONE, "--because", "done", "--despite", "contract:kavkom"),
            2,
            "INC-2026-0001 has no duty contract:kavkom; "
            "it has: contract:konverso, gdpr-33-1, gdpr-33-2, gdpr-34, gdpr-33-5",
        )

    def test_reasons_are_needed(self) -> None:
        self.settle()
        refused(incident("close", ONE), 2, "Missing option '--because'.")
        refused(incident("close", ONE, "--because", " "), 2, "closing needs its reasons: --because TEXT")

    def test_reopening_undoes_it(self) -> None:
        self.settle()
        incident("close", ONE, "--because", "done")
        done(incident("reopen", ONE, "--because", "a second finding"))
        assert incident("list", "--json").json["incidents"][0]["state"] == "open"
        refused(incident("reopen", ONE), 1, "INC-2026-0001 is not closed")

    FILE = (
        "facts.description=Anyone could listen.",
        "facts.likely_consequences=None expected.",
        "facts.measures_remedy=The tenant was closed.",
    )

    def settle(self) -> None:
        incident("decide", ONE, "--risk", "unlikely", "--because", "encrypted")
        incident("set", ONE, *self.FILE)
