"""Dirt that tools write, over each shipped format in which it can occur: read for what it says, or refused whole."""

import copy
import json
from typing import Any

import pytest

from incident.intake.formats import RawRecord, Reject
from models.record import read_record
from tests.test_incident.foreign_examples import (
    CASE,
    CASE_WEBHOOK,
    CNIL_HEADER,
    CNIL_ROW,
    HHS,
    IRIS_REPLY,
    IRIS_ROW,
    ISSUE,
    REGISTER,
    RESOLVED,
    TICKET,
    TICKET_WITH_DISPLAY_VALUES,
    TRIGGERED,
    VERIS,
    as_json,
    as_lines,
)
from tests.test_incident.test_intake_foreign import PARIS, data, faults, read

DETECTED = "moments.detected"
RECORDS = {
    "a case of TheHive": CASE,
    "a webhook of TheHive": CASE_WEBHOOK,
    "a row of DFIR-IRIS": IRIS_ROW,
    "a reply of DFIR-IRIS": IRIS_REPLY,
    "an issue of Jira": ISSUE,
    "an event of PagerDuty": RESOLVED,
    "a record of ServiceNow": TICKET,
    "a record of ServiceNow with display values": TICKET_WITH_DISPLAY_VALUES,
    "an incident of VERIS": VERIS,
}
TIMES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "thehive": (CASE, ("startDate",)),
    "dfir-iris": (IRIS_ROW, ("case_open_date",)),
    "jira": (ISSUE, ("fields", "created")),
    "pagerduty": (RESOLVED, ("event", "data", "created_at")),
    "servicenow": (TICKET, ("opened_at",)),
}
"""Of each tool that says when something was detected, a record and where that stands."""
REFS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "thehive": (CASE, ("_id",)),
    "dfir-iris": ({"data": [IRIS_ROW, {**IRIS_ROW}]}, ("data", "1", "case_id")),
    "jira": ({"issues": [ISSUE, {**ISSUE}]}, ("issues", "1", "key")),
    "pagerduty": (TRIGGERED, ("event", "data", "id")),
    "servicenow": ({"result": [TICKET, {**TICKET}]}, ("result", "1", "number")),
}


def with_value(record: Any, path: tuple[str, ...], value: Any) -> Any:
    """Return a copy of a record that says something else at one place."""
    changed = copy.deepcopy(record)
    *above, last = path
    here = changed
    for step in above:
        here = here[int(step)] if isinstance(here, list) else here[step]
    here[last] = value
    return changed


def as_texts(value: Any) -> Any:
    """Return a value with each number and truth value in it as its text."""
    if isinstance(value, dict):
        return {key: as_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_texts(inner) for inner in value]
    return value if value is None or isinstance(value, str) else json.dumps(value)


def detected(tool: str, value: Any) -> Any:
    record, path = TIMES[tool]
    (found,) = data(as_json(with_value(record, path, value)), tool)
    return found.get("moments", {}).get("detected")


def reason(tool: str, value: Any) -> str:
    record, path = TIMES[tool]
    ((_, key, why),) = faults(as_json(with_value(record, path, value)), tool)
    assert key == DETECTED
    return why.rpartition(" (from ")[0]


@pytest.mark.parametrize("name", RECORDS)
def test_every_value_a_text(name: str) -> None:
    (plain,), (texts,) = data(as_json(RECORDS[name])), data(as_json(as_texts(RECORDS[name])))
    assert read_record(texts, PARIS) == read_record(plain, PARIS)


class TestTimes:
    @pytest.mark.parametrize("unit", [1, 10**3, 10**6, 10**9])
    @pytest.mark.parametrize("write", [int, float, str])
    def test_epochs_in_any_unit(self, unit: int, write: Any) -> None:
        assert detected("thehive", write(1789900000 * unit)) == "2026-09-20T10:26:40Z"

    def test_epochs_of_several_units_in_one_object(self) -> None:
        case = CASE | {"startDate": 1789900000, "endDate": 1789900060000000000}
        (found,) = data(as_json([case]))
        assert found["moments"] == {"detected": "2026-09-20T10:26:40Z", "resolved": "2026-09-20T10:27:40Z"}

    @pytest.mark.parametrize("value", [0, -1, "0", 86_400_000])
    def test_a_count_that_stands_for_no_time_is_no_day_in_1970(self, value: Any) -> None:
        notations = "epoch-ms or epoch-s or epoch-us or epoch-ns or iso"
        assert reason("thehive", value) == f"{value!r} is no time in the notation {notations}"

    @pytest.mark.parametrize(
        ("tool", "value", "at"),
        [
            ("thehive", "2026-09-20T10:26:40", "2026-09-20T10:26:40Z"),
            ("dfir-iris", "2026-10-19T08:00:00", "2026-10-19T08:00:00Z"),
            ("jira", "2026-07-20T23:15:24.000", "2026-07-20T23:15:24Z"),
            ("pagerduty", "2026-10-02 18:45:22", "2026-10-02T18:45:22Z"),
            ("servicenow", "2026-03-12 09:00:00", "2026-03-12T09:00:00Z"),
        ],
    )
    def test_without_a_zone_they_are_in_that_of_the_mapping_and_not_of_the_settings(
        self, tool: str, value: str, at: str
    ) -> None:
        assert detected(tool, value) == at

    def test_the_register_is_in_the_zone_of_the_settings(self) -> None:
        assert data(REGISTER.encode())[0]["moments"]["detected"] == "2026-11-18T13:30:00Z"

    @pytest.mark.parametrize("value", ["10/09/2026", "2026-10-09"])
    def test_the_month_first_beside_iso(self, value: str) -> None:
        assert detected("dfir-iris", value) == {"from": "2026-10-09T00:00:00Z", "to": "2026-10-09T23:59:59Z"}

    @pytest.mark.parametrize("tool", ["thehive", "jira", "pagerduty", "servicenow"])
    def test_a_day_in_an_order_that_nobody_names_is_not_guessed(self, tool: str) -> None:
        assert reason(tool, "10/09/2026 09:00:00").startswith("'10/09/2026 09:00:00' is no time in the notation ")

    @pytest.mark.parametrize(
        ("tool", "value", "why"),
        [
            ("thehive", 10**30, "1000000000000000000000000000000 is no time in the notation "),
            ("dfir-iris", "02/30/2026", "there is no day 30 in 2026-02"),
            ("dfir-iris", "19/10/2026", "there is no month 19"),
            ("dfir-iris", "2026-13-01", "'2026-13-01' is not a date"),
            ("jira", "2026-02-30T08:00:00.000+0000", "'2026-02-30T08:00:00.000+0000' is not a time that exists"),
            ("pagerduty", "2026-06-31T08:00:00Z", "'2026-06-31T08:00:00Z' is not a time that exists"),
            ("servicenow", "2026-02-29 09:00:00", "there is no day 29 in 2026-02"),
            ("servicenow", "0000-00-00 00:00:00", "the year 0 is outside 1900 to 2199"),
        ],
    )
    def test_an_impossible_date_refuses_its_record(self, tool: str, value: Any, why: str) -> None:
        assert reason(tool, value).startswith(why)

    @pytest.mark.parametrize("tool", TIMES)
    def test_a_list_of_one_time_is_that_time_and_of_two_is_refused(self, tool: str) -> None:
        record, path = TIMES[tool]
        value = record
        for step in path:
            value = value[step]
        assert detected(tool, [value]) == detected(tool, value) is not None
        assert reason(tool, [value, value]) == "2 times where one is meant"

    @pytest.mark.parametrize("tool", TIMES)
    @pytest.mark.parametrize("value", ["", "  ", None, [], {}])
    def test_nothing_is_no_time(self, tool: str, value: Any) -> None:
        assert detected(tool, value) is None

    @pytest.mark.parametrize(
        ("written", "found"),
        [
            ("2019", {"from": "2018-12-31T23:00:00Z", "to": "2019-12-31T22:59:59Z", "approximate": True}),
            ("02/2019", {"from": "2019-01-31T23:00:00Z", "to": "2019-02-28T22:59:59Z", "approximate": True}),
            ("2019-02", {"from": "2019-01-31T23:00:00Z", "to": "2019-02-28T22:59:59Z", "approximate": True}),
            ("9/2/2019", {"from": "2019-02-08T23:00:00Z", "to": "2019-02-09T22:59:59Z"}),
        ],
    )
    def test_a_register_without_days_gives_a_range(self, written: str, found: Any) -> None:
        (record,) = data(f"Reference;Title;Discovered;Contained\nR-1;T;{written};{written}\n".encode())
        assert record["moments"] == {"detected": found, "contained": found}

    @pytest.mark.parametrize("written", ["31/11/2026", "29/02/2026 10:00", "2026-02-30", "13/2019", "18/11/26", "soon"])
    def test_a_register_with_an_impossible_day_loses_that_row_alone(self, written: str) -> None:
        content = f"Reference;Title;Discovered\nR-1;T;{written}\nR-2;T;2026-11-18\n".encode()
        assert [(line, key) for line, key, _ in faults(content)] == [(2, DETECTED)]
        assert len(read(content)) == 2


class TestNames:
    @pytest.mark.parametrize("tool", REFS)
    @pytest.mark.parametrize("value", [["a"], "a"])
    def test_one_in_a_list_is_that_one(self, tool: str, value: Any) -> None:
        record, path = REFS[tool]
        assert data(as_json(with_value(record, path, value)), tool)[-1]["ref"] == "a"

    @pytest.mark.parametrize("tool", REFS)
    def test_of_two_none_is_chosen(self, tool: str) -> None:
        record, path = REFS[tool]
        ((_, key, why),) = faults(as_json(with_value(record, path, ["a", "b"])), tool)
        assert (key, why.rpartition(" (from ")[0]) == ("ref", "2 values where one is meant")

    @pytest.mark.parametrize("tool", REFS)
    @pytest.mark.parametrize("value", [None, "", " ", []])
    def test_a_record_without_one_is_refused_for_it_would_be_doubled(self, tool: str, value: Any) -> None:
        record, path = REFS[tool]
        ((_, key, why),) = faults(as_json(with_value(record, path, value)), tool)
        assert (key, why.rpartition(" (from ")[0]) == (
            "ref", "is empty, so that importing again would double the record",
        )  # fmt: skip

    @pytest.mark.parametrize(
        "record", [CASE, ISSUE, RESOLVED, TICKET], ids=["thehive", "jira", "pagerduty", "servicenow"]
    )
    def test_the_same_again_is_an_update_where_a_tool_tells_what_changes(self, record: Any) -> None:
        first, second = data(as_lines(record, record))
        assert first == second

    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (as_lines(VERIS, VERIS, VERIS | {"summary": "Other"}), 3),
            (REGISTER.encode() + b"R-1;Another;18/11/2026;;;;;;;\n", 4),
        ],
    )
    def test_the_same_with_other_content_is_refused_where_it_is_a_slip(self, content: bytes, line: int) -> None:
        first_line = 1 if line == 3 else 2
        reason = f"came at line {first_line} with other content; give one of the two a ref of its own"
        assert faults(content) == [(line, "ref", reason)]

    @pytest.mark.parametrize(
        ("head", "row"), [(f"Note\n{CNIL_HEADER}\n", f"{CNIL_ROW}\n"), tuple(HHS.splitlines(keepends=True))]
    )
    def test_rows_that_have_none_are_told_apart_by_content_and_count(self, head: str, row: str) -> None:
        first, second = (record["ref"] for record in data((head + row + row).encode()))
        assert second == f"{first}-2"


class TestTexts:
    @pytest.mark.parametrize(
        ("tool", "record", "path"),
        [
            ("thehive", CASE, ("title",)),
            ("dfir-iris", IRIS_ROW, ("case_name",)),
            ("jira", ISSUE, ("fields", "summary")),
            ("pagerduty", TRIGGERED, ("event", "data", "title")),
            ("servicenow", TICKET, ("short_description",)),
            ("veris", VERIS, ("summary",)),
        ],
    )
    def test_a_list_where_a_text_is_expected(self, tool: str, record: Any, path: tuple[str, ...]) -> None:
        key = "summary" if tool == "veris" else "title"
        (found,) = data(as_json(with_value(record, path, ["One", ["two", 3], None])), tool)
        assert found[key] == "One; two; 3"
        ((_, at, why),) = faults(as_json(with_value(record, path, [{"a": 1}])), tool)[:1]
        assert (at, why.partition(";")[0]) == (key, "an object where a text is meant")

    @pytest.mark.parametrize(
        ("record", "path"),
        [(CASE, ("tags",)), (ISSUE, ("fields", "labels")), (IRIS_ROW, ("classification",)), (TICKET, ("category",))],
    )
    def test_a_text_where_a_list_is_expected(self, record: Any, path: tuple[str, ...]) -> None:
        assert data(as_json(with_value(record, path, "privacy")))[0]["tags"][-1] == "privacy"

    def test_hostile_text_is_kept_as_it_came(self) -> None:
        hostile = "\x1b[31m[/x]\u202e=cmd()"
        assert data(as_json({**CASE, "title": hostile}))[0]["title"] == hostile


def test_two_shapes_of_two_tools_in_one_file_are_told_apart_by_the_first() -> None:
    found = read(as_lines(ISSUE, CASE, {"issues": [ISSUE]}, {"webhookEvent": "x", "issue": ISSUE}))
    assert [type(item) for item in found] == [RawRecord, Reject, RawRecord, RawRecord]
