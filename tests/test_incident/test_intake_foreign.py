"""Foreign records: recognised, found with their lines, translated whole or not at all."""

import contextlib
import copy
import io
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.errors import BadInput
from incident.intake.formats import Found, RawRecord, Reject, read_records
from incident.intake.rejects import write_rejects
from models.foreign_format import ForeignFormat
from models.record import RecordError, read_record
from playbooks.mappings import read_mapping, shipped_mapping, shipped_names
from tests.test_incident.foreign_examples import (
    CASE,
    CASE_WEBHOOK,
    CNIL_HEADER,
    CNIL_ROW,
    IRIS_REPLY,
    IRIS_ROW,
    ISSUE,
    NEWER_ISSUE,
    REGISTER,
    RESOLVED,
    SOURCES,
    TICKET,
    TICKET_WITH_DISPLAY_VALUES,
    TRIGGERED,
    VERIS,
    as_json,
    as_lines,
)

PARIS = ZoneInfo("Europe/Paris")
OCTOBER_19 = {"from": "2026-10-19T00:00:00Z", "to": "2026-10-19T23:59:59Z"}
YEAR_2019 = {"from": "2018-12-31T23:00:00Z", "to": "2019-12-31T22:59:59Z", "approximate": True}


def read(content: bytes, form: str = "auto", mapping: ForeignFormat | None = None) -> list[Found]:
    return [*read_records(io.BytesIO(content), "feed", form, mapping, PARIS)]


def data(content: bytes, form: str = "auto", mapping: ForeignFormat | None = None) -> list[Any]:
    found = read(content, form, mapping)
    assert [item for item in found if isinstance(item, Reject)] == []
    return [item.data for item in found if isinstance(item, RawRecord)]


def faults(content: bytes, form: str = "auto", mapping: ForeignFormat | None = None) -> list[tuple[int, str, str]]:
    return [(item.line, item.key, item.reason) for item in read(content, form, mapping) if isinstance(item, Reject)]


def refusal(content: bytes, form: str = "auto", mapping: ForeignFormat | None = None) -> str:
    with pytest.raises(BadInput) as refused:
        read(content, form, mapping)
    return str(refused.value)


@pytest.mark.parametrize("name", shipped_names())
class TestEveryFormat:
    def test_it_is_recognised_and_taken(self, name: str) -> None:
        found = data(SOURCES[name])
        assert {record["source"] for record in found} == {name}
        assert found == data(SOURCES[name], name)
        for record in found:
            assert read_record(record, PARIS)["title"]

    def test_it_states_no_awareness_and_no_breach(self, name: str) -> None:
        for record in data(SOURCES[name]):
            assert record["personal_data"] in {None, False}
            assert not {"aware", "incident_aware", "vendor_aware", "vendor_told_us"} & record.get("moments", {}).keys()

    def test_what_is_rejected_can_be_mended_and_read_again(self, name: str, tmp_path: Path) -> None:
        rejects = [Reject(item.line, "title", "no", item.raw) for item in read(SOURCES[name]) if item.raw is not None]
        (file,) = write_rejects(tmp_path / "rejects", rejects)
        assert data(file.read_bytes()) == data(SOURCES[name])


class TestEachTool:
    def test_pagerduty_a_later_event_adds_what_is_new(self) -> None:
        first, later = data(as_lines(TRIGGERED, RESOLVED))
        assert first == {
            "source": "pagerduty",
            "personal_data": None,
            "ref": "PGR0",
            "title": "Logins from abroad",
            "tags": ["Sign-in", "urgency high"],
            "moments": {"detected": "2026-10-02T18:45:22Z"},
        }
        assert later == {**first, "moments": {**first["moments"], "resolved": "2026-10-02T20:00:00Z"}}

    def test_pagerduty_the_time_of_a_later_event_is_no_detection(self) -> None:
        event = copy.deepcopy(RESOLVED)
        del event["event"]["data"]["created_at"]
        assert data(as_json(event))[0]["moments"] == {"resolved": "2026-10-02T20:00:00Z"}

    def test_thehive_two_shapes_in_one_payload(self) -> None:
        listed = {
            "source": "thehive",
            "personal_data": None,
            "ref": "~4152",
            "title": "Mailbox taken over",
            "summary": "Rules forward mail.",
            "tags": ["phishing"],
            "moments": {"detected": "2026-09-20T10:26:40Z"},
        }
        assert data(as_json([CASE])) == [listed]
        del listed["tags"]
        assert data(as_json(CASE_WEBHOOK)) == [listed]

    def test_dfir_iris_writes_dates_in_two_ways(self) -> None:
        (row,), (reply,) = data(as_json({"data": [IRIS_ROW]})), data(as_json(IRIS_REPLY))
        assert (row["ref"], row["moments"]) == ("26", {"detected": OCTOBER_19})
        assert reply["moments"] == {"detected": {"from": "2026-10-20T00:00:00Z", "to": "2026-10-20T23:59:59Z"}}

    def test_jira_a_description_is_text_or_a_document(self) -> None:
        first, second = data(as_json({"issues": [ISSUE, NEWER_ISSUE]}))
        assert (first["summary"], first["moments"]) == ("By e-mail.", {"detected": "2026-07-20T21:15:24Z"})
        assert (second["summary"], second["tags"]) == ("Found outside.", ["SEC"])
        assert data(as_json({"webhookEvent": "jira:issue_created", "issue": ISSUE})) == [first]

    def test_servicenow_every_value_is_a_text_or_an_object(self) -> None:
        expected = {
            "source": "servicenow",
            "personal_data": None,
            "ref": "INC0010023",
            "title": "Share open to everyone",
            "tags": ["network"],
            "moments": {"detected": "2026-03-12T09:00:00Z"},
        }
        assert data(as_json({"result": [TICKET]})) == data(as_json({"result": TICKET})) == [expected]
        assert data(as_json({"result": [TICKET_WITH_DISPLAY_VALUES]})) == [expected]

    def test_veris(self) -> None:
        (found,) = data(as_lines(VERIS))
        assert found == {
            "source": "veris",
            "personal_data": None,
            "ref": "0A1B",
            "title": "Acme Hospital; error",
            "summary": "A list was published.",
            "tags": ["Confirmed"],
            "place": {"country": "US"},
            "moments": {"occurred_from": "2010-04-09"},
            "facts": {
                "description": "A list was published.",
                "discovery_circumstances": "external; Customer; after 2 Months",
                "breach_types": ["confidentiality"],
                "incident_origin": ["unintended_publication"],
                "incident_cause": ["internal_accidental"],
                "data_categories": ["other"],
                "special_categories": ["health"],
                "subject_categories": ["patients"],
                "records_count": {"value": 12},
            },
        }

    def test_cnil(self) -> None:
        (found,) = data(SOURCES["cnil"])
        assert found["title"] == (
            "Perte de la confidentialité; Perte de la disponibilité; Activités financières et d'assurance"
        )
        assert found["place"] == {"country": "FR"}
        assert found["facts"] == {
            "date_comments": "Notification reçue par la CNIL en 2026-05",
            "breach_types": ["confidentiality"],
            "subjects_count": {"min": 301, "max": 5000},
            "data_categories": ["name", "gender", "birth_date_age", "national_id"],
            "incident_origin": ["hacking_malware_phishing"],
            "incident_cause": ["external_malicious"],
            "subjects_informed_status": "planned",
        }
        assert "moments" not in found

    def test_hhs_ocr(self) -> None:
        (found,) = data(SOURCES["hhs-ocr"])
        assert found["facts"]["date_comments"] == "Reported to HHS OCR on (month/day/year) 10/21/2026"
        assert read_record(found, PARIS)["facts"]["subjects_count"] == {"value": 1500}
        assert "moments" not in found

    def test_a_register_in_a_spreadsheet(self) -> None:
        first, second = data(REGISTER.encode())
        assert first["moments"] == {"occurred_from": "2026-11-17", "detected": "2026-11-18T13:30:00Z"}
        assert first["facts"]["incident_cause"] == ["internal_accidental"]
        assert second["moments"] == {"occurred_from": YEAR_2019, "detected": YEAR_2019}


def veris(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(VERIS), **changes}


class TestDirt:
    @pytest.mark.parametrize(
        ("when", "occurred"),
        [
            ({"year": 2019}, {"from": "2019-01-01T00:00:00Z", "to": "2019-12-31T23:59:59Z", "approximate": True}),
            (
                {"year": 2019, "month": 2},
                {"from": "2019-02-01T00:00:00Z", "to": "2019-02-28T23:59:59Z", "approximate": True},
            ),
            ({"year": "2019", "month": "02", "day": "3"}, "2019-02-03"),
        ],
    )
    def test_no_day_is_invented(self, when: Any, occurred: Any) -> None:
        (found,) = data(as_lines(veris(timeline={"incident": when})))
        assert found["moments"] == {"occurred_from": occurred}

    @pytest.mark.parametrize(
        ("when", "reason"),
        [
            ({"year": 2013, "month": 123}, "there is no month 123"),
            ({"year": 2017, "month": 3, "day": 2017}, "there is no day 2017 in 2017-03"),
            ({"year": 2013, "month": 2, "day": 30}, "there is no day 30 in 2013-02"),
        ],
    )
    def test_an_impossible_date_refuses_its_record_and_no_other(self, when: Any, reason: str) -> None:
        content = as_lines(veris(incident_id="1"), veris(incident_id="2", timeline={"incident": when}), VERIS)
        assert faults(content) == [(2, "moments.occurred_from", f"{reason} (from timeline.incident)")]
        assert [item.line for item in read(content) if isinstance(item, RawRecord)] == [1, 3]

    def test_a_list_where_a_text_is_expected_and_an_unknown_country(self) -> None:
        changed = veris(summary=["One.", "Two."], victim={"victim_id": ["A", "B"], "country": ["Unknown"]})
        (found,) = data(as_lines(changed))
        assert (found["title"], found["summary"]) == ("A; B; error", "One.; Two.")
        assert "place" not in found

    def test_a_country_is_taken_where_there_is_one_alone(self) -> None:
        assert "place" not in data(as_lines(veris(victim={"country": ["FR", "BE"]})))[0]
        assert data(as_lines(veris(victim={"country": "FR"})))[0]["place"] == {"country": "FR"}

    def test_an_id_that_comes_twice_with_other_content_is_refused(self) -> None:
        content = as_lines(VERIS, VERIS, veris(summary="Another."))
        reason = "came at line 1 with other content; give one of the two a ref of its own"
        assert faults(content) == [(3, "ref", reason)]
        assert len([item for item in read(content) if isinstance(item, RawRecord)]) == 2

    def test_rows_without_an_id_are_told_apart_by_their_content(self) -> None:
        other = CNIL_ROW.replace("2026-05", "2026-06")
        table = f"Note\n{CNIL_HEADER}\n{CNIL_ROW}\n{other}\n{CNIL_ROW}\n".encode("cp1252")
        first, second, third = (record["ref"] for record in data(table))
        assert third == f"{first}-2"
        assert len({first, second}) == 2
        reordered = f"Note\n{CNIL_HEADER}\n{other}\n{CNIL_ROW}\n{CNIL_ROW}\n".encode("cp1252")
        assert [record["ref"] for record in data(reordered)] == [second, first, third]

    def test_a_value_that_a_table_does_not_know_refuses_its_row(self) -> None:
        row = CNIL_ROW.replace("Acte externe malveillant", "Acte divin")
        assert faults(f"Note\n{CNIL_HEADER}\n{row}\n".encode()) == [
            (
                3,
                "facts.incident_cause",
                (
                    "the table does not know 'Acte divin'; add it to its values, or to ignored "
                    "(from split_tight(\"Causes de l'incident\", ','))"
                ),
            )
        ]

    def test_epochs_in_three_units_in_one_object(self) -> None:
        alert = {"id": "1", "m": "M", "s": 1795008600, "ms": 1795008600000, "ns": 1795008600000000000}
        (found,) = data(as_json(alert), mapping=EPOCHS)
        at = "2026-11-18T13:30:00Z"
        assert found["moments"] == {"occurred_from": at, "detected": at, "resolved": at}


EPOCHS = read_mapping(
    "epochs.toml",
    """
    id = "epochs"
    name = "Epochs"
    [keys]
    ref = "id"
    title = "m"
    moments.occurred_from = { expression = "s", time = ["epoch-s", "epoch-ms", "epoch-ns"] }
    moments.detected = { expression = "ms", time = ["epoch-s", "epoch-ms", "epoch-ns"] }
    moments.resolved = { expression = "ns", time = ["epoch-s", "epoch-ms", "epoch-ns"] }
    """,
)


class TestFinding:
    def test_each_record_of_a_document_has_its_own_line(self) -> None:
        bad = {**ISSUE, "fields": {**ISSUE["fields"], "created": "soon"}}
        text = json.dumps({"a": {"issues": [1]}, "issues": [ISSUE, bad, ISSUE]}, indent=1)
        lines = [number for number, line in enumerate(text.splitlines(), 1) if line == "  {"]
        assert [item.line for item in read(text.encode())] == lines
        assert faults(text.encode()) == [
            (lines[1], "moments.detected", "'soon' is no time in the notation iso or parts (from fields.created)")
        ]

    def test_what_is_in_another_shape_is_refused(self) -> None:
        reason = "is not in a shape that the mapping 'thehive' knows"
        assert faults(as_lines(CASE, {"_type": "Alert", "title": "x"})) == [(2, "", reason)]
        assert faults(b'{"title": "ours"}', "thehive") == [(1, "", reason)]

    def test_a_list_that_is_none_is_refused(self) -> None:
        mapping = read_mapping("m.toml", 'id="m"\nname="M"\n[[shapes]]\nrecords="a"\n[keys]\nref="r"\ntitle="t"')
        assert faults(b'{"a": {}}', mapping=mapping) == [(1, "", "holds no list of records at a")]

    def test_our_own_records_are_never_taken_for_foreign_ones(self) -> None:
        own = {"title": "Ours", "ref": "1", "source": "soc"}
        assert data(as_lines(own, CASE)) == [own, CASE]
        assert data(as_lines(CASE), "jsonl") == [CASE]

    def test_a_document_may_be_longer_than_a_record(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for module in ("formats", "foreign"):
            monkeypatch.setattr(f"incident.intake.{module}.MAX_LINE", 1000)
        document = {"issues": [{**ISSUE, "key": f"SEC-{number}"} for number in range(9)]}
        assert len(data(as_json(document))) == 9
        long = {**ISSUE, "fields": {**ISSUE["fields"], "description": "x" * 1000}}
        assert faults(as_json({"issues": [long]})) == [(3, "", "is longer than 8 MiB")]
        assert faults(as_json(long)) == [(1, "", "is longer than 8 MiB")]
        assert faults(json.dumps({"title": "x" * 1000}, indent=1).encode()) == [(1, "", "is longer than 8 MiB")]

    def test_a_table_for_a_mapping_of_json_and_the_reverse(self) -> None:
        assert refusal(REGISTER.encode(), "jira") == "feed: is a table, but the mapping 'jira' is for JSON"
        assert faults(as_json(ISSUE), "register") == [(1, "", "is not in a shape that the mapping 'register' knows")]
        assert refusal(b"a,b\n1,2\n", "register") == (
            "feed: has no header with the columns that the mapping 'register' names: Reference, Title, Discovered"
        )

    def test_a_mapping_without_shapes_takes_whatever_comes(self) -> None:
        mapping = read_mapping("m.toml", 'id = "m"\nname = "M"\n[keys]\nref = "Nr"\ntitle = "What"\n')
        expected = [{"source": "m", "personal_data": None, "ref": "1", "title": "T"}]
        assert data(b'{"Nr": 1, "What": "T"}', mapping=mapping) == expected
        assert data(b"Nr,What\n1,T\n", mapping=mapping) == expected

    def test_a_foreign_table_with_a_column_named_twice_is_refused(self) -> None:
        twice = b"Reference,Title,Discovered,Title\n1,a,2026-01-01,b\n"
        assert refusal(twice) == "feed: line 1: the column 'Title' is named twice"


DOCUMENTS = [TRIGGERED, CASE, CASE_WEBHOOK, IRIS_ROW, IRIS_REPLY, ISSUE, NEWER_ISSUE, TICKET, VERIS]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(*above, key) for key, _ in inner] + [one for key, part in inner for one in places(part, (*above, key))]


@given(st.data(), st.sampled_from(DOCUMENTS), JSON, st.sampled_from(["auto", *shipped_names()]))
def test_an_almost_right_record_is_taken_whole_or_refused_with_a_reason(
    draw: st.DataObject, document: Any, replacement: Any, form: str
) -> None:
    changed = copy.deepcopy(document)
    *path, last = draw.draw(st.sampled_from(places(document)))
    here = changed
    for step in path:
        here = here[step]
    here[last] = replacement
    for item in read(as_lines(changed), form):
        if isinstance(item, Reject):
            assert item.reason
        else:
            with contextlib.suppress(RecordError):
                assert read_record(item.data, PARIS)["title"]


def test_shipped_mappings_are_told_apart() -> None:
    assert {name: shipped_mapping(name).name for name in shipped_names()}.keys() == SOURCES.keys()
