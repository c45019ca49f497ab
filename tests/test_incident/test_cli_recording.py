"""The commands that record what is known: `open`, `set`, `note`."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_incident.command_line import done, incident, refused

NOW = "2026-10-25T12:00Z"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENT_NOW", NOW)
    monkeypatch.setenv("INCIDENT_ACTOR", "anna")


def shown(reference: str = "INC-2026-0001", *arguments: str) -> Any:
    return incident("show", reference, "--json", *arguments).json


def entries(reference: str = "INC-2026-0001") -> Any:
    return incident("journal", reference, "--json").json["entries"]


class TestOpen:
    def test_prints_the_reference_and_nothing_else(self) -> None:
        outcome = incident("open", "--title", "A laptop left in a taxi")
        assert (outcome.code, outcome.out, outcome.err) == (0, "INC-2026-0001\n", "")
        assert incident("open", "--title", "Another").out == "INC-2026-0002\n"

    def test_options_and_dotted_keys_make_one_record(self) -> None:
        incident(
            "open",
            "--title",
            "Recordings",
            "--vendor",
            "kavkom",
            "--role",
            "joint-controller",
            "--detected",
            "2026-10-23T10:00+02:00",
            "--vendor-aware",
            "2026-10-23T15:30+02:00",
            "--vendor-told-us",
            "2026-10-24T09:00+02:00",
            "--aware",
            "2026-10-24T10:00+02:00",
            "facts.subjects_count=1200",
            "facts.breach_types=confidentiality|integrity",
        )
        assert entries()[0]["body"]["record"] == {
            "title": "Recordings",
            "vendor": "kavkom",
            "role": "joint-controller",
            "moments": {
                "detected": "2026-10-23T08:00:00Z",
                "vendor_aware": "2026-10-23T13:30:00Z",
                "vendor_told_us": "2026-10-24T07:00:00Z",
                "aware": "2026-10-24T08:00:00Z",
            },
            "facts": {"subjects_count": {"value": 1200}, "breach_types": ["confidentiality", "integrity"]},
            "place": {"zone": "UTC"},
            "sectors": [],
        }

    def test_a_vendor_without_a_playbook_is_taken_by_its_name(self) -> None:
        incident("open", "--title", "Fax", "--vendor", "Nimbus Fax Ltd")
        assert shown()["vendor"] == "Nimbus Fax Ltd"

    @pytest.mark.parametrize("source", ["record.json", "-"])
    def test_a_record_from_a_file_or_standard_input(self, source: str, tmp_path: Path) -> None:
        record = json.dumps({"title": "Recordings", "source": "soc", "ref": "17", "vendor": {"name": "Nimbus"}})
        (tmp_path / "record.json").write_text(record)
        name = source if source == "-" else str(tmp_path / source)
        assert incident("open", "--from", name, piped=record.encode()).out == "INC-2026-0001\n"
        assert (shown("soc:17")["incident"], shown("soc:17")["vendor"]) == ("INC-2026-0001", "Nimbus")

    def test_the_same_record_is_not_opened_twice(self) -> None:
        record = b'{"title": "Recordings", "source": "soc", "ref": "17"}'
        incident("open", "--from", "-", piped=record)
        again = incident("open", "--from", "-", piped=record)
        assert (again.code, again.out) == (1, "")
        assert again.err == (
            "incident: soc:17 is INC-2026-0001 already; change it with: incident set INC-2026-0001 KEY=VALUE\n"
        )
        assert incident("list", "--json").json["total"] == 1

    def test_a_record_that_poses_as_one_of_our_incidents_is_refused(self) -> None:
        incident("open", "--title", "Ours")
        outcome = incident("open", "--from", "-", piped=b'{"title": "Theirs", "ref": "INC-2026-0001"}')
        refused(outcome, 2, "ref: 'INC-2026-0001' is how incidents are named here; say in source whose name it is")

    def test_many_records_are_for_import(self) -> None:
        two = b'[{"title": "One"}, {"title": "Two"}]'
        refused(
            incident("open", "--from", "-", piped=two),
            2,
            "standard input: holds 2 records; open takes one, import takes many",
        )

    def test_a_record_and_options_do_not_go_together(self) -> None:
        refused(
            incident("open", "--from", "-", "--title", "One", piped=b'{"title": "Two"}'),
            2,
            "--from and options do not go together: put everything into the record",
        )

    def test_a_title_is_required(self) -> None:
        refused(incident("open", "--vendor", "kavkom"), 2, "title: is required")

    def test_dates_later_than_now_or_out_of_order_are_taken_with_a_warning(self) -> None:
        outcome = incident(
            "open", "--title", "One", "--vendor-aware", "2026-10-25T13:00Z", "--vendor-told-us", "2026-10-25T11:00Z"
        )
        assert (outcome.code, outcome.out) == (0, "INC-2026-0001\n")
        assert outcome.err == (
            "incident: “vendor aware” 2026-10-25 13:00 +00:00 (13:00 UTC) is after "
            "“vendor told us” 2026-10-25 11:00 +00:00 (11:00 UTC)\n"
            "incident: “vendor aware” 2026-10-25 13:00 +00:00 (13:00 UTC) is later than now\n"
        )


class TestSet:
    @pytest.fixture(autouse=True)
    def one(self) -> None:
        incident("open", "--title", "Recordings", "--vendor-told-us", "2026-10-24T07:00Z")

    @pytest.mark.usefixtures("machine_clock")
    def test_facts_and_moments_with_their_source(self) -> None:
        outcome = incident(
            "set",
            "INC-2026-0001",
            "facts.subjects_count.value=1200",
            "facts.description=Anyone could listen.",
            "moments.contained=2026-10-24T08:00Z",
            "--source",
            "call with the vendor",
        )
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
        document = shown()
        assert document["facts"]["subjects_count"] == {
            "value": {"value": 1200},
            "certainty": "known",
            "source": "call with the vendor",
            "why": None,
            "recorded_at": "2026-11-21T12:00:00Z",
            "by": "anna",
        }
        assert document["facts"]["description"]["value"] == "Anyone could listen."
        assert document["moments"]["contained"] == [
            {
                "at": "2026-10-24T08:00:00Z",
                "until": None,
                "day": None,
                "approximate": False,
                "why": None,
                "correcting": None,
                "source": "call with the vendor",
                "recorded_at": "2026-11-21T12:00:00Z",
                "by": "anna",
            }
        ]

    def test_estimates_unknowns_and_what_does_not_apply(self) -> None:
        incident("set", "INC-2026-0001", "facts.subjects_count=1000", "--estimate")
        incident("set", "INC-2026-0001", "facts.records_count", "--unknown")
        incident("set", "INC-2026-0001", "special_categories", "--not-applicable", "only telephone numbers")
        facts = shown()["facts"]
        assert [(name, facts[name]["value"], facts[name]["certainty"], facts[name]["why"]) for name in facts] == [
            ("subjects_count", {"value": 1000}, "estimated", None),
            ("records_count", None, "unknown", None),
            ("special_categories", None, "not-applicable", "only telephone numbers"),
        ]
        text = incident("show", "INC-2026-0001").out
        assert "  ≈ estimate  subjects_count: 1000  [GDPR, Art. 33(3)(a)]\n" in text
        assert "  ? unknown   records_count:   [GDPR, Art. 33(3)(a)]\n" in text
        assert "  – n/a       special_categories: only telephone numbers  [GDPR, Art. 33(3)(a)]\n" in text

    def test_an_unknown_fact_stays_missing_and_an_estimate_does_not(self) -> None:
        assert shown()["completeness"] == {"answered": 0, "required": 9}
        incident("set", "INC-2026-0001", "facts.subjects_count=1000", "--estimate")
        incident("set", "INC-2026-0001", "records_count", "--unknown")
        document = shown()
        assert document["completeness"] == {"answered": 1, "required": 9}
        assert "records_count" in document["missing"]
        assert "subjects_count" not in document["missing"]

    def test_a_later_value_leaves_the_earlier_one_in_the_journal(self) -> None:
        incident("set", "INC-2026-0001", "facts.subjects_count=10")
        incident("set", "INC-2026-0001", "facts.subjects_count=1200")
        assert shown()["facts"]["subjects_count"]["value"] == {"value": 1200}
        recorded = [entry["body"]["changes"] for entry in entries()[1:]]
        assert recorded == [
            {"facts": {"subjects_count": {"value": 10}}},
            {"facts": {"subjects_count": {"value": 1200}}},
        ]

    def test_of_two_awarenesses_the_earlier_counts_unless_it_is_corrected(self) -> None:
        incident("set", "INC-2026-0001", "moments.aware=2026-10-23T07:00Z")
        later = incident("set", "INC-2026-0001", "moments.aware=2026-10-24T06:00Z")
        assert later.err == (
            "incident: aware was stated as 2026-10-23 07:00 +00:00 (07:00 UTC) and later as "
            "2026-10-24 06:00 +00:00 (06:00 UTC): "
            "the earlier one counts\n"
        )
        assert shown()["clocks"][0]["due_at"] == "2026-10-26T07:00:00Z"
        text = incident("show", "INC-2026-0001").out
        assert "  ◆ aware: 2026-10-24 06:00 +00:00 (06:00 UTC)  (not used: another one counts)\n" in text

        incident("set", "INC-2026-0001", "moments.aware=2026-10-24T06:30Z", "--correcting", "a wrong time zone")

        assert shown()["clocks"][0]["due_at"] == "2026-10-27T06:30:00Z"
        assert shown()["moments"]["aware"][-1]["correcting"] == "a wrong time zone"

    def test_a_moment_between_two_times_is_shown_with_both(self) -> None:
        between = ("moments.contained.from=2026-10-24T06:00Z", "moments.contained.to=2026-10-24T08:00Z")
        incident("set", "INC-2026-0001", *between, "moments.contained.approximate=true")
        said = "about 2026-10-24 06:00 +00:00 (06:00 UTC) to 2026-10-24 08:00 +00:00 (08:00 UTC)"
        assert f"  ◆ contained: {said}\n" in incident("show", "INC-2026-0001").out

    def test_what_names_the_incident_and_what_has_a_command_of_its_own_is_not_set(self) -> None:
        before = len(entries())
        refused(incident("set", "INC-2026-0001", "ref=17"), 2, "ref: cannot be changed: it names the incident")
        refused(incident("set", "INC-2026-0001", "source=soc"), 2, "source: cannot be changed: it names the incident")
        refused(
            incident("set", "INC-2026-0001", "customers.acme.affected=true"),
            2,
            "customers.acme: is new and needs a name: customers.acme.name=…",
        )
        assert len(entries()) == before

    def test_what_is_not_known_of_one_customer_is_that_ones_alone(self) -> None:
        incident("set", "INC-2026-0001", "customers.acme.name=Acme SAS", "customers.beta.name=Beta BV")
        incident("set", "INC-2026-0001", "customers.acme.facts.records_count", "--unknown", "--source", "SOC")
        incident("set", "INC-2026-0001", "customers.beta.facts.harms", "--not-applicable", "keys only")
        acme, beta = (customer["facts"] for customer in shown()["customers"])
        assert [(name, fact["certainty"], fact["source"]) for name, fact in acme.items()] == [
            ("records_count", "unknown", "SOC")
        ]
        assert [(name, fact["certainty"], fact["why"]) for name, fact in beta.items()] == [
            ("harms", "not-applicable", "keys only")
        ]
        assert shown()["facts"] == {}

    def test_a_customer_keeps_what_was_said_of_it(self) -> None:
        incident("set", "INC-2026-0001", "customers.acme.name=Acme SAS", "customers.acme.facts.subjects_count=7")
        incident("set", "INC-2026-0001", "customers.acme.language=fr")
        (customer,) = shown()["customers"]
        assert (customer["name"], customer["language"]) == ("Acme SAS", "fr")
        assert customer["facts"]["subjects_count"]["value"] == {"value": 7}

    @pytest.mark.parametrize(
        ("arguments", "lines"),
        [
            (("facts.subjects=1",), ("facts.subjects: unknown key",)),
            (("facts.subjects_count",), (
                "'facts.subjects_count' is not KEY=VALUE; write it as facts.subjects_count.value=1200",
            )),
            (("title= ",), ("'title= ' is not KEY=VALUE; write it as facts.subjects_count.value=1200",)),
            (("title=A", "title=B"), ("title is given twice",)),
            (("facts.subject_count", "facts.harms=fraud", "facts.zzz", "--unknown"), (
                "subject_count is no fact; the nearest is subjects_count",
                "harms=fraud is no fact; write harms, without a value",
                "zzz is no fact; incident schema lists them",
            )),
            (("customers.acme.facts.harms", "--unknown"), (
                "customers.acme: is no customer here; there are: none",
            )),
            (("customers.acme.facts.subject_count", "--unknown"), (
                "subject_count is no fact; the nearest is subjects_count",
            )),
            (("facts.harms=fraud", "--unknown", "--estimate"), (
                "--estimate, --unknown and --not-applicable exclude each other",
            )),
            (("moments.aware=2026-10-24T06:30Z", "--correcting", ""), (
                "--correcting needs its reason: --correcting WHY",
            )),
            (("moments.aware=2026-10-24T06:30Z", "--correcting", " "), (
                "--correcting needs its reason: --correcting WHY",
            )),
            (("special_categories", "--not-applicable", ""), (
                "--not-applicable needs its reason: --not-applicable WHY",
            )),
            (("facts.harms=joy", "personal_data=perhaps"), (
                "personal_data: must be true or false, not 'perhaps'",
                ("facts.harms.0: must be 'loss_of_control', 'limitation_of_rights', 'discrimination', "
                "'identity_theft', 'fraud', 'financial_loss', 'pseudonymisation_reversal', 'reputation', "
                "'professional_secrecy', 'third_party_knowledge' or 'other', not 'joy'"),
            )),
        ],
    )  # fmt: skip
    def test_what_cannot_be_recorded_is_refused_line_by_line(
        self, arguments: tuple[str, ...], lines: tuple[str, ...]
    ) -> None:
        before = entries()
        refused(incident("set", "INC-2026-0001", *arguments), 2, *lines)
        assert entries() == before

    def test_an_unknown_incident(self) -> None:
        outcome = incident("set", "INC-2026-0002", "title=Other")
        assert (outcome.code, outcome.err) == (
            1,
            "incident: no incident INC-2026-0002; incident list shows those there are\n",
        )


class TestNote:
    @pytest.fixture(autouse=True)
    def one(self) -> None:
        incident("open", "--title", "Recordings")

    def test_an_action_with_its_time_party_and_channel(self) -> None:
        said = ("--at", "2026-10-24T09:30+02:00", "--party", "Kavkom", "--channel", "phone")
        outcome = incident("note", "INC-2026-0001", "Asked for the logs", *said)
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
        assert shown()["notes"] == [
            {
                "at": "2026-10-24T07:30:00Z",
                "text": "Asked for the logs",
                "by": "anna",
                "party": "Kavkom",
                "channel": "phone",
                "about": [],
            }
        ]
        assert (
            "note 2026-10-24 07:30 +00:00 (07:30 UTC): Asked for the logs (anna, Kavkom, phone)\n"
            in incident("show", "INC-2026-0001").out
        )

    def test_without_a_time_it_was_now(self) -> None:
        incident("note", "INC-2026-0001", "Locked the console")
        assert shown()["notes"][0]["at"] == "2026-10-25T12:00:00Z"

    def test_it_says_which_facts_the_party_was_asked_for(self) -> None:
        asked = ("--party", "Kavkom", "--about", "subjects_count", "--about", "facts.harms", "--about", "harms")
        done(incident("note", "INC-2026-0001", "Asked how many", "--at", "2026-10-24T09:30+02:00", *asked))
        assert entries()[-1]["body"] == {
            "text": "Asked how many",
            "at": "2026-10-24T07:30:00Z",
            "party": "Kavkom",
            "about": ["subjects_count", "harms"],
        }
        assert shown()["notes"][0]["about"] == ["subjects_count", "harms"]
        lines = incident("show", "INC-2026-0001").out.splitlines()
        assert "  ✖ missing   subjects_count  asked: Kavkom, Sat 24 Oct 07:30 UTC" in lines
        assert "  ✖ missing   description" in lines
        said = "note 2026-10-24 07:30 +00:00 (07:30 UTC): Asked how many (anna, Kavkom; asks for subjects_count, harms)"
        assert said in lines
        assert '"about": ["subjects_count", "harms"]' in incident("journal", "INC-2026-0001").out

    def test_a_note_that_asks_for_nothing_says_nothing_of_it(self) -> None:
        done(incident("note", "INC-2026-0001", "Called", "--party", "Kavkom"))
        assert "about" not in entries()[-1]["body"]
        assert "asked:" not in incident("show", "INC-2026-0001").out
        assert "asks for" not in incident("show", "INC-2026-0001").out

    @pytest.mark.parametrize(
        ("arguments", "lines"),
        [
            (("--party", "Kavkom", "--about", "subject_count"), (
                "subject_count is no fact; the nearest is subjects_count",
            )),
            (("--party", "Kavkom", "--about", "facts.harm", "--about", "weather", "--about", "countries"), (
                "harm is no fact; the nearest is harms",
                "weather is no fact; incident schema lists them",
            )),
            (("--about", "subjects_count"), ("who was asked? name the party: --party NAME",)),
            (("--party", " ", "--about", "subjects_count"), ("who was asked? name the party: --party NAME",)),
        ],
    )  # fmt: skip
    def test_what_nobody_could_be_asked_for_is_refused(
        self, arguments: tuple[str, ...], lines: tuple[str, ...]
    ) -> None:
        refused(incident("note", "INC-2026-0001", "Asked", *arguments), 2, *lines)
        assert len(entries()) == 1

    def test_it_needs_words(self) -> None:
        refused(incident("note", "INC-2026-0001", "  "), 2, "a note needs words")
        assert len(entries()) == 1

    def test_it_can_be_found(self) -> None:
        incident("note", "INC-2026-0001", "Asked for the logs")
        assert incident("list", "--search", "logs", "--json").json["total"] == 1
        assert incident("list", "--search", "console", "--json").json["total"] == 0
