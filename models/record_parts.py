"""The parts of an import record: times in every shape it takes, counts, the facts of Art. 33 GDPR."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from models.moments import is_day, read_day, read_instant, utc_text
from models.organisation import Country
from models.refusals import described
from models.vocabulary import (
    BreachType,
    Consequence,
    DataCategory,
    Harm,
    IncidentCause,
    IncidentOrigin,
    InformChannel,
    Severity,
    SpecialCategory,
    SubjectCategory,
    SubjectsInformedStatus,
)

MAX_COUNT = 10**12

INSTANT, RANGE, DAY, CANDIDATES = "(instant)", "(range)", "(day)", "(candidates)"
SHAPES = frozenset({INSTANT, RANGE, DAY, CANDIDATES})
"""The shapes of a time: a value is judged as what it looks like, so that its fault is named and no other."""


class Part(BaseModel):
    """A part of a record: no unknown key, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _instant(value: Any, info: ValidationInfo) -> datetime:
    if not isinstance(value, str):
        raise ValueError("a time is a text such as 2026-11-18T14:30+01:00, not a number or an object")
    zone = info.context["zone"] if info.context else ZoneInfo("UTC")
    return read_instant(value, zone)


Instant = Annotated[
    datetime,
    PlainValidator(_instant),
    PlainSerializer(utc_text, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "description": "ISO 8601; without an offset: local time"}),
]
"""An instant: ISO 8601 with an offset or `Z`, or a local time in the record's or the settings' zone."""

Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A bare date, where only the day is known."""


def _whole(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("is not text: it holds half a character") from None
    return text


FreeText = Annotated[str, AfterValidator(_whole)]
"""A text that may be empty. JSON can write half a character (a lone surrogate); nothing can store or show it."""

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S"), described("a text with something in it")]
"""A text with something in it. Hostile text is accepted as it came; outputs make it harmless."""


class InstantRange(Part):
    """A moment known only as a range."""

    from_: Annotated[Instant, Field(alias="from")]
    to: Instant | None = None
    approximate: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise ValueError("'to' is before 'from'")
        return self


class Candidate(Part):
    """One stated instant of awareness, with the reason for it."""

    at: Instant
    why: Text | None = None


def _shape(value: Any) -> str:
    if isinstance(value, str):
        return DAY if is_day(value) else INSTANT
    if isinstance(value, datetime):
        return INSTANT
    if isinstance(value, list):
        return CANDIDATES
    if isinstance(value, Mapping | InstantRange):
        return RANGE
    return DAY if isinstance(value, date) else INSTANT


def _shaped(*shapes: str) -> Discriminator:
    """Tell by its shape which of the given shapes a value is; anything else is judged as an instant."""

    def shape(value: Any) -> str:
        found = _shape(value)
        return found if found in shapes else INSTANT

    return Discriminator(shape)


_Instant = Annotated[Instant, Tag(INSTANT)]
_Range = Annotated[InstantRange, Tag(RANGE)]
Time = Annotated[_Instant | _Range, _shaped(RANGE)]
TimeOrDay = Annotated[_Instant | _Range | Annotated[Day, Tag(DAY)], _shaped(RANGE, DAY)]
Awareness = Annotated[_Instant | _Range | Annotated[list[Candidate], Tag(CANDIDATES)], _shaped(RANGE, CANDIDATES)]


class Moments(Part):
    """The moments of an incident. `aware` is stated by a person and never presumed from `detected`."""

    occurred_from: TimeOrDay | None = None
    occurred_to: TimeOrDay | None = None
    detected: Time | None = None
    suspected: Time | None = None
    vendor_aware: Time | None = None
    vendor_told_us: Time | None = None
    aware: Awareness | None = None
    incident_aware: Time | None = None
    classified: Time | None = None
    measure_available: Time | None = None
    contained: Time | None = None
    resolved: Time | None = None


def _no_boolean(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("must be a number, not true or false")
    return value


Number = Annotated[int, BeforeValidator(_no_boolean), Field(ge=0, le=MAX_COUNT)]


COUNT_SHAPES = 'a count is {"value": n}, {"min": n, "max": n} or {"unknown": true}'


class Count(Part):
    """How many: a value, a range, or not known. Subjects are not records: count them apart."""

    value: Number | None = None
    min: Number | None = None
    max: Number | None = None
    approximate: bool | None = None
    unknown: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _is_an_object(cls, data: Any) -> Any:
        if not isinstance(data, Mapping | Count):
            raise ValueError(COUNT_SHAPES)
        return data

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        has_range = self.min is not None or self.max is not None
        if sum((self.value is not None, has_range, bool(self.unknown))) != 1:
            raise ValueError(COUNT_SHAPES)
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("'min' is greater than 'max'")
        return self


class OtherParty(Part):
    """Another body involved, as the forms ask it."""

    name: Text
    role: FreeText | None = None
    contact: FreeText | None = None


class Facts(Part):
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
