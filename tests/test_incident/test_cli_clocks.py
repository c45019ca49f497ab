"""`incident clocks`: who owes whom what by when, on the five vendors and in every role, to the second."""

from typing import Any

import pytest

from tests.test_incident.command_line import incident

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


class TestController:
    def test_kavkom_owes_48_hours_and_we_owe_72_from_its_notice(self) -> None:
        found = clocks(opened("--vendor", "kavkom", *AWARE, *TOLD))

        assert list(found) == ["contract:kavkom", "gdpr-33-1", "gdpr-33-2", "gdpr-34", "gdpr-33-5"]
        contract = found["contract:kavkom"]
        assert read(contract, "due_at", "state", "done_at") == ["2026-10-25T13:30:00Z", "met", "2026-10-24T07:00:00Z"]
        assert contract["trigger"] == {"moment": "vendor_aware", "at": "2026-10-23T13:30:00Z", "presumed_from": None}
        ours = found["gdpr-33-1"]
        assert read(ours, "due_at", "state", "latest_at") == ["2026-10-27T07:00:00Z", "running", "2026-10-27T08:00:00Z"]
        assert ours["trigger"] == {
            "moment": "aware",
            "at": "2026-10-24T07:00:00Z",
            "presumed_from": "vendor_told_us",
        }
        assert read(found["gdpr-33-2"], "basis", "due_at", "state") == ["law", None, "met"]

    def test_convious_owes_72_hours_and_a_second_clause_without_a_number(self) -> None:
        found = clocks(opened("--vendor", "convious", *AWARE, *TOLD))
        assert read(found["contract:convious"], "due_at", "state") == ["2026-10-26T13:30:00Z", "met"]
        access = found["contract:convious/access"]
        assert read(access, "period", "due_at", "state") == [{"unit": "soft", "phrase": "promptly"}, None, "met"]

    @pytest.mark.parametrize(("vendor", "phrase"), [("konverso", "without undue delay"), ("quicktalk", "prontamente")])
    def test_a_soft_contract_is_met_by_the_notice_and_open_without_one(self, vendor: str, phrase: str) -> None:
        told = clocks(opened("--vendor", vendor, *AWARE, *TOLD))[f"contract:{vendor}"]
        assert read(told, "period", "due_at", "state", "done_at") == [
            {"unit": "soft", "phrase": phrase},
            None,
            "met",
            "2026-10-24T07:00:00Z",
        ]
        untold = clocks(opened("--vendor", vendor, *AWARE))[f"contract:{vendor}"]
        assert read(untold, "due_at", "state", "done_at") == [None, "open", None]

    def test_deskhero_has_no_clause_so_the_law_stands_alone_and_the_gap_is_shown(self) -> None:
        reference = opened("--vendor", "deskhero", *AWARE)
        found = clocks(reference)
        assert [duty for duty in found if duty.startswith("contract:")] == []
        assert read(found["gdpr-33-2"], "period", "due_at", "state", "from") == [
            {"unit": "soft", "phrase": "without undue delay"},
            None,
            "open",
            "Deskhero",
        ]
        gap = "no breach clause known of Deskhero: Art. 33(2) applies, a shorter term may exist"
        assert gap in incident("clocks", reference, "--json").json["gaps"]
        assert f"  – {gap}\n" in incident("clocks", reference).out

    def test_a_vendor_without_a_playbook_owes_by_law_and_its_contract_is_asked_for(self) -> None:
        reference = opened("--vendor", "Nimbus Fax Ltd", *AWARE)
        assert read(clocks(reference)["gdpr-33-2"], "from", "to", "state") == ["Nimbus Fax Ltd", "us", "open"]
        gaps = incident("clocks", reference, "--json").json["gaps"]
        assert gaps[0] == (
            "no contract known with Nimbus Fax Ltd: Art. 33(2) applies; ask for the data processing agreement"
        )

    def test_before_the_vendor_is_aware_its_clock_waits(self) -> None:
        found = clocks(opened("--vendor", "kavkom"))
        assert read(found["contract:kavkom"], "due_at", "state") == [None, "waiting"]
        assert read(found["gdpr-33-1"], "due_at", "state", "trigger") == [
            None,
            "waiting",
            {"moment": "aware", "at": None, "presumed_from": None},
        ]

    def test_awareness_is_never_presumed_from_first_signs(self) -> None:
        found = clocks(opened("--detected", "2026-10-20T08:00Z"))
        assert found["gdpr-33-1"]["trigger"]["at"] is None

    def test_a_later_awareness_is_a_rival_and_the_earlier_instant_counts(self) -> None:
        reference = opened("--vendor", "kavkom", *AWARE, *TOLD, "--aware", "2026-10-24T18:00+02:00")
        ours = clocks(reference)["gdpr-33-1"]
        assert read(ours, "due_at", "rivals") == [
            "2026-10-27T07:00:00Z",
            [{"at": "2026-10-24T16:00:00Z", "presumed_from": None, "why": None}],
        ]
        assert incident("clocks", reference, "--json").json["warnings"] == [
            (
                "“aware” 2026-10-24 16:00 +00:00 (16:00 UTC) is later than "
                "“vendor told us” 2026-10-24 07:00 +00:00 (07:00 UTC): "
                "the earlier one counts"
            )
        ]

    def test_a_mere_security_incident_owes_nothing(self) -> None:
        reference = opened("--vendor", "kavkom", *AWARE, "personal_data=false")
        assert incident("clocks", reference, "--json").json["clocks"] == []
        assert "  no duty: no personal data are affected\n" in incident("clocks", reference).out

    def test_before_any_known_law_there_is_no_duty_and_data_are_not_called_unaffected(self) -> None:
        reference = opened("--aware", "2017-01-01T00:00Z")
        assert "  no duty: no law known was in force then\n" in incident("clocks", reference).out


class TestProcessor:
    CUSTOMERS = (
        "customers.acme.name=Acme SAS",
        "customers.acme.language=fr",
        "customers.bolt.name=Bolt S.r.l.",
        "customers.bolt.language=it",
    )

    def test_each_customer_has_a_contract_clock_and_a_statutory_one_and_nothing_is_owed_to_an_authority(self) -> None:
        reference = opened("--role", "processor", "contract=kavkom", *self.CUSTOMERS, "--aware", VENDOR_AWARE)
        found = clocks(reference)
        assert list(found) == [
            "contract:kavkom@acme",
            "contract:kavkom@bolt",
            "gdpr-33-2@acme",
            "gdpr-33-2@bolt",
        ]
        owed = found["contract:kavkom@bolt"]
        assert read(owed, "from", "to", "due_at", "state", "title") == [
            "us",
            "Bolt S.r.l.",
            "2026-10-25T13:30:00Z",
            "due-soon",
            "We tell Bolt S.r.l. of the breach",
        ]
        assert read(found["gdpr-33-2@acme"], "from", "to", "due_at", "state", "condition") == [
            "us",
            "Acme SAS",
            None,
            "open",
            None,
        ]

    def test_a_customer_not_affected_is_owed_nothing(self) -> None:
        reference = opened("--role", "processor", "contract=kavkom", *self.CUSTOMERS, "customers.acme.affected=false")
        assert list(clocks(reference)) == ["contract:kavkom@bolt", "gdpr-33-2@bolt"]

    def test_one_customer_told_leaves_the_other_owed(self) -> None:
        reference = opened("--role", "processor", "contract=kavkom", *self.CUSTOMERS, "--aware", VENDOR_AWARE)
        sent = incident("sent", reference, "contract:kavkom@acme", "--at", "2026-10-24T08:00Z", "--channel", "email")
        assert sent.err == ("incident: gdpr-33-2@acme is still owed to Acme SAS: record it too if this notice met it\n")
        found = clocks(reference)
        assert [found[duty]["state"] for duty in found] == ["met", "due-soon", "open", "open"]

    def test_a_sub_processor_stands_in_a_chain_and_both_arrows_have_clocks(self) -> None:
        reference = opened(
            "--role", "sub-processor", "contract=konverso", "--vendor", "kavkom", *AWARE, *TOLD, *self.CUSTOMERS[:2]
        )
        found = clocks(reference)
        assert list(found) == ["contract:kavkom", "contract:konverso@acme", "gdpr-33-2", "gdpr-33-2@acme"]
        assert read(found["contract:konverso@acme"], "state", "trigger") == [
            "open",
            {"moment": "aware", "at": "2026-10-24T07:00:00Z", "presumed_from": "vendor_told_us"},
        ]

    def test_with_no_customer_recorded_the_clock_runs_all_the_same(self) -> None:
        reference = opened("--role", "processor", "contract=kavkom", "--aware", VENDOR_AWARE)
        found = clocks(reference)
        assert read(found["contract:kavkom@unnamed"], "due_at", "to") == [
            "2026-10-25T13:30:00Z",
            "our customers (none recorded yet)",
        ]
        gap = "no customer recorded: each affected customer is owed notice; record them with customers.<id>.name"
        assert gap in incident("clocks", reference, "--json").json["gaps"]


class TestDocumentationOwed:
    def test_told_at_hour_47_with_nothing_delivered_still_lists_the_documentation(self) -> None:
        reference = opened("--vendor", "kavkom", *AWARE, "--vendor-told-us", "2026-10-25T14:30+02:00")
        owed = "any useful documentation that the customer needs to notify its supervisory authority"

        contract = clocks(reference)["contract:kavkom"]

        assert read(contract, "state", "late_by_seconds", "outstanding") == ["met", None, [owed]]
        text = incident("clocks", reference).out
        assert f"      still owed with it: {owed}\n" in text
        assert f"      still owed with it: {owed}\n" in incident("show", reference).out

    def test_it_goes_once_the_vendor_has_delivered(self) -> None:
        reference = opened("--vendor", "kavkom", *AWARE, *TOLD)
        incident("sent", reference, "contract:kavkom", "--at", VENDOR_TOLD_US, "--incomplete")
        assert clocks(reference)["contract:kavkom"]["outstanding"] != []
        incident("sent", reference, "contract:kavkom", "--at", "2026-10-25T09:00Z")
        found = clocks(reference)["contract:kavkom"]
        assert read(found, "state", "outstanding", "done_at") == ["met", [], "2026-10-24T07:00:00Z"]

    def test_told_at_hour_49_is_late_by_an_hour(self) -> None:
        reference = opened("--vendor", "kavkom", *AWARE, "--vendor-told-us", "2026-10-25T15:30+01:00")
        contract = clocks(reference, "--now", "2026-10-26T00:00Z")["contract:kavkom"]
        assert read(contract, "state", "late_by_seconds", "remaining_seconds") == ["met-late", 3600, None]


class TestRisk:
    def test_undecided_risk_alarms_on_33_1_while_34_waits_visibly(self) -> None:
        reference = opened("--vendor", "kavkom", *AWARE, *TOLD)
        found = clocks(reference, "--now", "2026-10-27T08:00Z")
        assert read(found["gdpr-33-1"], "state", "condition", "remaining_seconds", "late_by_seconds") == [
            "overdue",
            {"needs": "risk", "state": "undecided"},
            -3600,
            3600,
        ]
        assert read(found["gdpr-34"], "state", "condition") == [
            "waiting",
            {"needs": "high-risk", "state": "undecided"},
        ]
        text = incident("clocks", reference, "--now", "2026-10-27T08:00Z").out
        assert "      OVERDUE by 1 h 00 min (late: notify now, with reasons), was due 2026-10-27 07:00" in text
        assert "  ? We communicate the breach to data subjects (Art. 34 GDPR)  [gdpr-34]\n" in text
        assert "      waiting: high risk undecided\n" in text

    @pytest.mark.parametrize(
        ("decision", "authority", "subjects"),
        [
            (("--risk", "unlikely"), "not-required", "not-required"),
            (("--risk", "risk"), "running", "not-required"),
            (("--risk", "high"), "running", "open"),
            (("--not-a-breach",), "not-required", "not-required"),
        ],
    )
    def test_a_decision_settles_what_hangs_on_it(
        self, decision: tuple[str, ...], authority: str, subjects: str
    ) -> None:
        reference = opened("--vendor", "kavkom", *AWARE, *TOLD)
        incident("decide", reference, *decision, "--because", "the data were encrypted")
        found = clocks(reference)
        assert (found["gdpr-33-1"]["state"], found["gdpr-34"]["state"]) == (authority, subjects)

    def test_what_is_unlikely_is_still_documented_and_what_is_no_breach_is_not(self) -> None:
        unlikely, none = opened(*AWARE, *TOLD), opened(*AWARE, *TOLD)
        incident("decide", unlikely, "--risk", "unlikely", "--because", "the data were encrypted")
        incident("decide", none, "--not-a-breach", "--because", "a drill")
        assert clocks(unlikely)["gdpr-33-5"]["state"] == "open"
        assert clocks(none)["gdpr-33-5"]["state"] == "not-required"


class TestStates:
    @pytest.mark.parametrize(
        ("now", "state", "remaining"),
        [
            ("2026-10-24T07:00Z", "running", 259200),
            ("2026-10-26T12:59:59Z", "running", 64801),
            ("2026-10-26T13:00Z", "due-soon", 64800),
            ("2026-10-27T07:00Z", "due-soon", 0),
            ("2026-10-27T07:00:01Z", "overdue", -1),
        ],
    )
    def test_the_last_quarter_is_due_soon_and_the_last_second_is_in_time(
        self, now: str, state: str, remaining: int
    ) -> None:
        reference = opened(*TOLD)
        assert read(clocks(reference, "--now", now)["gdpr-33-1"], "state", "remaining_seconds") == [state, remaining]
