"""The schema that scripts write by, and records of every shape that it allows."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from models.dossier import FACTS
from models.record import RecordFields, customer_id, read_record, record_schema
from tests.test_models.examples import EXAMPLE, PARIS, titled


def test_the_schema_has_every_key_of_the_example_and_refuses_others() -> None:
    schema = record_schema()
    parts = schema["$defs"]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["title"]
    assert set(schema["properties"]) == set(EXAMPLE) == set(RecordFields.model_fields)
    assert set(parts["Moments"]["properties"]) == set(EXAMPLE["moments"])
    assert tuple(parts["Facts"]["properties"]) == FACTS
    assert set(parts["Subprocessor"]["properties"]) == set(EXAMPLE["subprocessor"])
    assert set(parts["Place"]["properties"]) == set(EXAMPLE["place"])
    assert set(parts["Filing"]["properties"]) == set(EXAMPLE["filings"][0])
    assert set(parts["InstantRange"]["properties"]) == {"from", "to", "approximate"}
    assert schema["additionalProperties"] is False
    objects = [part for part in parts.values() if part["type"] == "object"]
    assert len(objects) == 12
    assert all(part["additionalProperties"] is False for part in objects)


def test_the_schema_says_how_times_and_codes_are_written() -> None:
    parts = record_schema()["$defs"]
    instant = {"type": "string", "format": "date-time", "description": "ISO 8601; without an offset: local time"}
    day = {"type": "string", "format": "date"}
    detected = parts["Moments"]["properties"]["detected"]["anyOf"][0]
    assert detected["oneOf"] == [instant, {"$ref": "#/$defs/InstantRange"}]
    occurred = parts["Moments"]["properties"]["occurred_from"]["anyOf"][0]
    assert occurred["oneOf"] == [instant, {"$ref": "#/$defs/InstantRange"}, day]
    country = parts["Place"]["properties"]["country"]["anyOf"][0]
    assert country == {"type": "string", "pattern": "^[A-Z]{2}$"}


texts = st.text(min_size=1, max_size=20).filter(lambda text: text.strip() != "" and text.isprintable())
instants = st.builds(
    "{}-{:02}-{:02}T{:02}:{:02}{}".format,
    st.integers(1950, 2150),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(4, 23),
    st.integers(0, 59),
    st.sampled_from(["", "Z", "+05:45", "-03:30"]),
)
ranges = st.builds(lambda at, rough: {"from": at, "approximate": rough}, instants, st.booleans())
candidates = st.lists(st.fixed_dictionaries({"at": instants}, optional={"why": texts}), max_size=3)
days = st.dates().filter(lambda day: 1900 <= day.year <= 2199).map(str)
counts = st.one_of(
    st.fixed_dictionaries({"value": st.integers(0, 10**12)}, optional={"approximate": st.booleans()}),
    st.integers(0, 10**6).map(lambda least: {"min": least, "max": least + 5}),
    st.just({"unknown": True}),
)
facts = st.fixed_dictionaries(
    {},
    optional={
        "description": texts,
        "subjects_count": counts,
        "people_by_country": st.dictionaries(st.sampled_from(["FR", "BE"]), counts),
        "data_categories": st.lists(st.sampled_from(["name", "location"])),
        "data_unintelligible": st.booleans() | st.none(),
        "informed_at": instants,
    },
)
records = st.fixed_dictionaries(
    {"title": texts},
    optional={
        "ref": texts,
        "summary": st.text(max_size=20),
        "personal_data": st.booleans() | st.none(),
        "vendor": st.just("kavkom") | st.fixed_dictionaries({"name": texts}) | st.none(),
        "customers": st.lists(
            st.fixed_dictionaries({"name": texts}, optional={"facts": facts, "affected": st.booleans()}),
            max_size=2,
            unique_by=customer_id,
        ),
        "moments": st.fixed_dictionaries(
            {},
            optional={"occurred_from": instants | ranges | days, "detected": ranges, "aware": instants | candidates},
        ),
        "facts": facts,
        "place": st.fixed_dictionaries({}, optional={"zone": st.sampled_from(["Europe/Paris", "Asia/Kathmandu"])}),
        "filings": st.lists(st.fixed_dictionaries({"duty": texts, "at": instants}), max_size=2),
    },
)


@given(records)
@example(EXAMPLE)
@example(titled(moments={"detected": "1900-01-02T00:00Z"}))
def test_normalising_again_changes_nothing_in_any_zone(record: dict[str, Any]) -> None:
    once = read_record(record, PARIS)
    assert read_record(once, PARIS) == once
    assert read_record(once, ZoneInfo("Asia/Tokyo")) == once
    assert read_record(json.loads(json.dumps(once)), PARIS) == once
