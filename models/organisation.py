"""Who we are, as the authorities' forms ask it. The settings file holds one `Organisation`."""

from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from models.moments import shortened
from models.periods import Unit
from models.refusals import described
from models.vocabulary import Role


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{shortened(name)!r} is not a time zone; write one such as Europe/Paris") from None
    return name


ZoneName = Annotated[str, AfterValidator(_known_zone)]
"""An IANA time zone."""

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), described("a country code such as FR")]
"""An ISO 3166-1 alpha-2 code, in capitals."""

Language = Annotated[str, Field(pattern=r"^[a-z]{2}$"), described("a language code such as fr")]
"""An ISO 639-1 code, in small letters."""

Slug = Annotated[
    str,
    Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60),
    described("an id of small letters, digits and single hyphens, such as acme-sas"),
]
"""An identifier of small letters, digits and single hyphens."""


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Address(_Settings):
    """A postal address."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    country: Country | None = None


class Contact(_Settings):
    """A role that can be reached. Prefer role mailboxes to a person's own."""

    title: str = ""
    name: str = ""
    function: str = ""
    email: str = ""
    phone: str = ""

    @property
    def reachable(self) -> bool:
        """True where the contact has an e-mail address or a telephone number."""
        return bool(self.email or self.phone)


class OnCall(_Settings):
    """Who to call at night, by role."""

    decision_maker: Contact = Contact()
    deputy: Contact = Contact()
    security: Contact = Contact()
    insurer: Contact = Contact()
    csirt: Contact = Contact()


class Organisation(_Settings):
    """The organisation that keeps this record, and its defaults.

    Attributes:
        role: our usual role; a record may say otherwise.
        contract: the playbook under which we owe our customers notice, as processor or sub-processor.
        authority: the competent supervisory authority (Art. 55, 56 GDPR): the id of an authority playbook.
        zone: the time zone in which local times are read and shown.
        regimes: the laws that apply beside the GDPR, by regime id, whatever our sectors and country say.
        sectors: the regulated sectors we are in; a law that is about one of them then applies.
        retention_months: so long after it was closed, what an incident holds is to be erased; None for no rule.
        targets: internal targets in hours by duty id, such as `{"gdpr-33-2": 24}`; ours, never a deadline.
    """

    name: str = ""
    company_number: str = ""
    vat_number: str = ""
    sector: str = ""
    size: str = ""
    address: Address = Address()
    legal_representative: Contact = Contact()
    contact_point: Contact = Contact()
    dpo: Contact = Contact()
    main_establishment: Country | None = None
    role: Role = Role.CONTROLLER
    contract: Slug | None = None
    authority: Slug | None = None
    languages: tuple[Language, ...] = ("en",)
    zone: ZoneName = "UTC"
    regimes: tuple[Slug, ...] = ()
    sectors: tuple[str, ...] = ()
    on_call: OnCall = OnCall()
    retention_months: Annotated[int, Field(gt=0, le=1200)] | None = None
    targets: dict[str, Annotated[int, Field(gt=0, le=Unit.HOURS.most)]] = {}

    @model_validator(mode="after")
    def _names_a_language(self) -> Self:
        if not self.languages:
            raise ValueError("languages: name at least one, such as 'en'")
        return self

    @property
    def time_zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.zone)

    @property
    def country(self) -> str | None:
        """Where our main establishment is, else our address."""
        return self.main_establishment or self.address.country

    @property
    def breach_contact(self) -> Contact:
        """The contact of Art. 33(3)(b) GDPR: the DPO, or the other contact point."""
        return self.dpo if self.dpo.reachable else self.contact_point

    @property
    def mailboxes(self) -> frozenset[str]:
        """The e-mail addresses that are known to be ours."""
        night = self.on_call
        roles = (night.decision_maker, night.deputy, night.security, self.dpo, self.contact_point)
        return frozenset(role.email for role in (*roles, self.legal_representative) if role.email)
