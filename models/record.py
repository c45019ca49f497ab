"""The import record: what a script or a person may say of an incident, validated and normalised.

Normalised means plain JSON with every instant in UTC (`YYYY-MM-DDTHH:MM:SSZ`), absent keys left out:
the journal stores it so, and the fold reads it so. Shapes and names are the public contract.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationError

from models.duty_ids import UNNAMED_CUSTOMER
from models.organisation import Country, Language, Slug, ZoneName
from models.record_parts import SHAPES, Facts, FreeText, Instant, Moments, Part, Text
from models.refusals import described, problems
from models.vocabulary import Role

_OUR_REFERENCE = re.compile(r"INC-\d+-\d+")


class RecordError(ValueError):
    """A record that cannot be taken. `problems` holds (dotted key, what is wrong) pairs, in order."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{key}: {reason}" if key else reason for key, reason in problems))


class VendorName(Part):
    """A vendor that has no playbook."""

    name: Text


PLAYBOOK_ID, NAME_ONLY = "(playbook)", "(name)"
VendorChoice = Annotated[
    Annotated[Slug, Tag(PLAYBOOK_ID)] | Annotated[VendorName, Tag(NAME_ONLY)],
    Discriminator(lambda value: NAME_ONLY if isinstance(value, Mapping | VendorName) else PLAYBOOK_ID),
]
"""The vendor's playbook id, or its name where it has none."""

TAGS = SHAPES | {PLAYBOOK_ID, NAME_ONLY, "[key]"}
"""What stands among the keys of a validation error and is no key of the record."""


class Subprocessor(Part):
    """The party behind the vendor, where the breach began there."""

    name: Text
    aware: Instant | None = None
    told_vendor: Instant | None = None


def _nameable(customer: str) -> str:
    if customer == UNNAMED_CUSTOMER:
        raise ValueError(f"{UNNAMED_CUSTOMER!r} stands for customers not recorded yet; choose another id")
    return customer


CustomerRole = Annotated[
    Literal[Role.CONTROLLER, Role.PROCESSOR], described("a customer's role: controller or processor")
]


class Customer(Part):
    """One customer we owe notice to, as processor or sub-processor. `id` stays with the customer for ever."""

    id: Annotated[Slug, AfterValidator(_nameable)] | None = None
    name: Text | None = None
    role: CustomerRole | None = None
    contract: Slug | None = None
    contact: Text | None = None
    language: Language | None = None
    affected: bool | None = None
    facts: Facts | None = None


Subdivision = Annotated[str, Field(pattern=r"^[A-Z0-9-]{1,6}$"), described("the code of a subdivision, such as BY")]


class Place(Part):
    """Where the action is: it decides local time and public holidays."""

    country: Country | None = None
    subdivision: Subdivision | None = None
    zone: ZoneName | None = None


class Filing(Part):
    """A notification already made."""

    duty: Text
    at: Instant
    channel: FreeText | None = None
    to: FreeText | None = None
    complete: bool = True
    reference: FreeText | None = None


class Closed(Part):
    """That the incident was closed where the record comes from, when, and why."""

    at: Instant
    because: Text


class RecordFields(Part):
    """Every key of a record, each optional: what `incident set` may change."""

    ref: Text | None = None
    source: Text | None = None
    title: Text | None = None
    summary: FreeText | None = None
    role: Role | None = None
    personal_data: bool | None = None
    vendor: VendorChoice | None = None
    subprocessor: Subprocessor | None = None
    contract: Slug | None = None
    customers: list[Customer] | None = None
    moments: Moments | None = None
    facts: Facts | None = None
    regimes: list[Slug] | None = None
    sectors: list[Text] | None = None
    place: Place | None = None
    filings: list[Filing] | None = None
    closed: Closed | None = None
    related: list[Text] | None = None
    tags: list[Text] | None = None


class ImportRecord(RecordFields):
    """One incident as a script hands it in. Only `title` is required."""

    title: Text


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
    _refuse_our_reference(record)
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
        raise RecordError(problems(error, TAGS)) from None
    return parsed.model_dump(mode="json", by_alias=True, exclude_none=True)


def _keep_undecided(data: Mapping[str, Any], record: dict[str, Any]) -> None:
    """`personal_data: null` says "not known yet", which is not the same as saying nothing."""
    if "personal_data" in data and data["personal_data"] is None:
        record["personal_data"] = None


def _refuse_our_reference(record: Mapping[str, Any]) -> None:
    """What names a record to its sender must not look like what we name an incident of our own."""
    named = record.get("ref", "")
    if "source" not in record and _OUR_REFERENCE.fullmatch(named):
        raise RecordError((("ref", f"{named!r} is how incidents are named here; say in source whose name it is"),))


def _name_customers(record: dict[str, Any]) -> None:
    """Give every customer its id; two customers of one incident may not share one."""
    seen: set[str] = set()
    for index, customer in enumerate(record.get("customers", ())):
        if "name" not in customer:
            raise RecordError(((f"customers.{index}.name", "is required"),))
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
