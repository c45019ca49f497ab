"""The import record: what a script or a person may say of an incident, validated and normalised.

Normalised means plain JSON with every instant in UTC (`YYYY-MM-DDTHH:MM:SSZ`), absent keys left out:
the journal stores it so, and the fold reads it so. Shapes and names are the public contract.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from models.moments import read_day, read_instant, shortened, utc_text
from models.organisation import Country, Language, Slug, ZoneName
from models.vocabulary import (
    BreachType,
    Consequence,
    DataCategory,
    Harm,
    IncidentCause,
    IncidentOrigin,
    InformChannel,
    Role,
    Severity,
    SpecialCategory,
    SubjectCategory,
    SubjectsInformedStatus,
)

UNNAMED_CUSTOMER = "unnamed"
"""The customer id that stands for customers nobody has recorded yet; no real customer may bear it."""

MAX_COUNT = 10**12


class RecordError(ValueError):
    """A record that cannot be taken. `problems` holds (dotted key, what is wrong) pairs, in order."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{key}: {reason}" if key else reason for key, reason in problems))


def _instant(value: Any, info: ValidationInfo) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.isoformat()
    if not isinstance(value, str):
        raise ValueError("a time is a text such as 2026-11-18T14:30+01:00, not a number or an object")
    zone = info.context["zone"] if info.context else ZoneInfo("UTC")
    return read_instant(value, zone)


def _day(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError("a day is a text such as 2026-11-18")
    return read_day(value)


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(utc_text, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "description": "ISO 8601; without an offset: local time"}),
]
"""An instant: ISO 8601 with an offset or `Z`, or a local time in the record's or the settings' zone."""

Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
"""A text with something in it. Hostile text is accepted as it came; outputs make it harmless."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class InstantRange(_Part):
    """A moment known only as a range."""

    from_: Annotated[Instant, Field(alias="from")]
    to: Instant | None = None
    approximate: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise ValueError("'to' is before 'from'")
        return self


class Candidate(_Part):
    """One stated instant of awareness, with the reason for it."""

    at: Instant
    why: Text | None = None


class Moments(_Part):
    """The moments of an incident. `aware` is stated by a person and never presumed from `detected`."""

    occurred_from: Instant | InstantRange | Day | None = Field(None, union_mode="left_to_right")
    occurred_to: Instant | InstantRange | Day | None = Field(None, union_mode="left_to_right")
    detected: Instant | InstantRange | None = Field(None, union_mode="left_to_right")
    suspected: Instant | InstantRange | None = Field(None, union_mode="left_to_right")
    vendor_aware: Instant | InstantRange | None = Field(None, union_mode="left_to_right")
    vendor_told_us: Instant | InstantRange | None = Field(None, union_mode="left_to_right")
    aware: Instant | InstantRange | list[Candidate] | None = Field(None, union_mode="left_to_right")
    incident_aware: Instant | InstantRange | None = Field(None, union_mode="left_to_right")
    classified: Instant | InstantRange | None = Field(None, union_mode="left_to_right")
    measure_available: Instant | InstantRange | None = Field(None, union_mode="left_to_right")
    contained: Instant | InstantRange | None = Field(None, union_mode="left_to_right")
    resolved: Instant | InstantRange | None = Field(None, union_mode="left_to_right")


class Count(_Part):
    """How many: a value, a range, or not known. Subjects are not records: count them apart."""

    value: Annotated[int, Field(ge=0, le=MAX_COUNT)] | None = None
    min: Annotated[int, Field(ge=0, le=MAX_COUNT)] | None = None
    max: Annotated[int, Field(ge=0, le=MAX_COUNT)] | None = None
    approximate: bool | None = None
    unknown: bool | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        has_range = self.min is not None or self.max is not None
        if sum((self.value is not None, has_range, bool(self.unknown))) != 1:
            raise ValueError('a count is {"value": n}, {"min": n, "max": n} or {"unknown": true}')
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("'min' is greater than 'max'")
        return self


class OtherParty(_Part):
    """Another body involved, as the forms ask it."""

    name: Text
    role: str | None = None
    contact: str | None = None


class Facts(_Part):
    """The facts of the Art. 33 file, and no others."""

    breach_types: list[BreachType] | None = None
    incident_origin: list[IncidentOrigin] | None = None
    incident_cause: list[IncidentCause] | None = None
    description: Text | None = None
    discovery_circumstances: Text | None = None
    date_comments: Text | None = None
    systems_affected: Text | None = None
    data_categories: list[DataCategory] | None = None
    special_categories: list[SpecialCategory] | None = None
    records_count: Count | None = None
    subject_categories: list[SubjectCategory] | None = None
    subjects_count: Count | None = None
    countries: list[Country] | None = None
    people_by_country: dict[Country, Count] | None = None
    data_unintelligible: bool | None = None
    measures_before: Text | None = None
    consequences: list[Consequence] | None = None
    likely_consequences: Text | None = None
    harms: list[Harm] | None = None
    severity: Severity | None = None
    severity_reason: Text | None = None
    measures_remedy: Text | None = None
    measures_prevent: Text | None = None
    subjects_informed_status: SubjectsInformedStatus | None = None
    informed_at: Instant | None = None
    informed_planned_at: Instant | None = None
    informed_count: Count | None = None
    informed_channels: list[InformChannel] | None = None
    informed_content: Text | None = None
    not_informed_reason: Text | None = None
    delay_reasons: Text | None = None
    contact_point: Text | None = None
    other_parties: list[OtherParty] | None = None
    other_dpas: list[Text] | None = None
    other_regulators: list[Text] | None = None
    police_report: Text | None = None
    own_reference: Text | None = None


class VendorName(_Part):
    """A vendor that has no playbook."""

    name: Text


class Subprocessor(_Part):
    """The party behind the vendor, where the breach began there."""

    name: Text
    aware: Instant | None = None
    told_vendor: Instant | None = None


def _nameable(customer: str) -> str:
    if customer == UNNAMED_CUSTOMER:
        raise ValueError(f"{UNNAMED_CUSTOMER!r} stands for customers not recorded yet; choose another id")
    return customer


class Customer(_Part):
    """One customer we owe notice to, as processor or sub-processor. `id` stays with the customer for ever."""

    id: Annotated[Slug, AfterValidator(_nameable)] | None = None
    name: Text | None = None
    role: Role | None = None
    contract: Slug | None = None
    contact: Text | None = None
    language: Language | None = None
    affected: bool | None = None
    facts: Facts | None = None

    @model_validator(mode="after")
    def _is_controller_or_processor(self) -> Self:
        if self.role not in {None, Role.CONTROLLER, Role.PROCESSOR}:
            raise ValueError("a customer's role is controller or processor")
        return self


class Place(_Part):
    """Where the action is: it decides local time and public holidays."""

    country: Country | None = None
    subdivision: Annotated[str, Field(pattern=r"^[A-Z0-9-]{1,6}$")] | None = None
    zone: ZoneName | None = None


class Filing(_Part):
    """A notification already made."""

    duty: Text
    at: Instant
    channel: str | None = None
    to: str | None = None
    complete: bool = True
    reference: str | None = None


class RecordFields(_Part):
    """Every key of a record, each optional: what `incident set` may change."""

    ref: Text | None = None
    source: Text | None = None
    title: Text | None = None
    summary: str | None = None
    role: Role | None = None
    personal_data: bool | None = None
    vendor: Slug | VendorName | None = None
    subprocessor: Subprocessor | None = None
    contract: Slug | None = None
    customers: list[Customer] | None = None
    moments: Moments | None = None
    facts: Facts | None = None
    regimes: list[Slug] | None = None
    sectors: list[Text] | None = None
    place: Place | None = None
    filings: list[Filing] | None = None
    related: list[Text] | None = None
    tags: list[Text] | None = None


class ImportRecord(RecordFields):
    """One incident as a script hands it in. Only `title` is required."""

    title: Text

    @model_validator(mode="after")
    def _customers_have_names(self) -> Self:
        for index, customer in enumerate(self.customers or ()):
            if customer.name is None:
                raise ValueError(f"customers.{index}: every customer needs a name")
        return self


def read_record(data: Any, zone: ZoneInfo) -> dict[str, Any]:
    """Validate one import record and return it normalised.

    Args:
        data: the decoded JSON object.
        zone: the settings' time zone, used where the record names none of its own.

    Raises:
        RecordError: what is wrong, key by key.
    """
    record = _normalised(ImportRecord, data, zone)
    _keep_undecided(data, record)
    _name_customers(record)
    return record


def read_patch(data: Any, zone: ZoneInfo) -> dict[str, Any]:
    """Validate part of a record, as `incident set` gives it, and return it normalised.

    Raises:
        RecordError: what is wrong, key by key.
    """
    patch = _normalised(RecordFields, data, zone)
    _keep_undecided(data, patch)
    return patch


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the import record."""
    return ImportRecord.model_json_schema() | {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def customer_id(customer: Mapping[str, Any]) -> str:
    """Return a customer's own id, or one made from the name: small letters and digits, joined by hyphens."""
    if customer.get("id"):
        return str(customer["id"])
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in str(customer["name"]).lower())
    slug = "-".join(letters.split())[:60].strip("-")
    return f"{slug}-1" if slug == UNNAMED_CUSTOMER else slug or "customer"


def _normalised(model: type[RecordFields], data: Any, zone: ZoneInfo) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise RecordError((("", "a record is one JSON object"),))
    try:
        parsed = model.model_validate(data, context={"zone": _zone_of(data, zone)})
    except ValidationError as error:
        raise RecordError(_problems(error)) from None
    return parsed.model_dump(mode="json", by_alias=True, exclude_none=True)


def _keep_undecided(data: Mapping[str, Any], record: dict[str, Any]) -> None:
    """`personal_data: null` says "not known yet", which is not the same as saying nothing."""
    if "personal_data" in data and data["personal_data"] is None:
        record["personal_data"] = None


def _name_customers(record: dict[str, Any]) -> None:
    """Give every customer its id; two customers of one incident may not share one."""
    seen: set[str] = set()
    for index, customer in enumerate(record.get("customers", ())):
        customer["id"] = customer_id(customer)
        if customer["id"] in seen:
            raise RecordError(((f"customers.{index}.id", f"{customer['id']!r} is taken; give each customer its own"),))
        seen.add(customer["id"])


def _zone_of(data: Mapping[str, Any], default: ZoneInfo) -> ZoneInfo:
    place = data.get("place")
    name = place.get("zone") if isinstance(place, Mapping) else None
    try:
        return ZoneInfo(name) if isinstance(name, str) else default
    except (KeyError, ValueError, OSError):
        return default  # the place's own validation says what is wrong with it


def _problems(error: ValidationError) -> tuple[tuple[str, str], ...]:
    """Turn pydantic's findings into one line per key; where a union failed, the deepest keys tell most."""
    by_key: dict[str, str] = {}
    for found in error.errors(include_url=False, include_context=False):
        key = ".".join(str(step) for step in found["loc"] if not _names_a_union_branch(str(step)))
        by_key.setdefault(key, _reason(found["type"], found["msg"], found["input"]))
    return tuple((key, reason) for key, reason in by_key.items() if not _has_deeper(key, by_key))


def _names_a_union_branch(step: str) -> bool:
    return step in {"InstantRange", "VendorName", "datetime", "date", "str"} or step.startswith(
        ("function-", "constrained-", "list[", "nullable")
    )


def _has_deeper(key: str, keys: Mapping[str, str]) -> bool:
    return bool(key) and any(other.startswith(f"{key}.") for other in keys)


def _reason(kind: str, message: str, given: Any) -> str:
    if kind == "extra_forbidden":
        return "unknown key"
    if kind == "missing":
        return "is required"
    reason = message.removeprefix("Value error, ")
    reason = reason[:1].lower() + reason[1:]
    if kind == "value_error" or not isinstance(given, (str, int, float, bool)):
        return reason
    return f"{reason}, not {shortened(repr(given))}"
