"""Sample incidents over the five vendors, in every role, so that every state of a clock is to be seen.

All of it is invented. Times are hours before the instant at which the demonstration starts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from models.moments import utc_text

ORGANISATION: dict[str, Any] = {
    "name": "Bonsai Retail SAS",
    "company_number": "900 000 001",
    "sector": "Commerce ; réparation d'automobiles et de motocycles",
    "size": "240",
    "address": {"street": "1 rue de l'Exemple", "postcode": "75002", "city": "Paris", "country": "FR"},
    "legal_representative": {"function": "Présidente", "email": "direction@bonsai.example"},
    "dpo": {
        "function": "Délégué à la protection des données",
        "email": "dpo@bonsai.example",
        "phone": "+33 1 99 00 00 01",
    },
    "main_establishment": "FR",
    "authority": "cnil",
    "languages": ["fr", "en"],
    "zone": "Europe/Paris",
    "on_call": {
        "security": {"function": "On-call security", "phone": "+33 1 99 00 00 02", "email": "soc@bonsai.example"}
    },
}
"""Who the demonstration is kept by: the numbers are from the range set aside for fiction."""

At = Callable[[float], str]
"""Returns the instant so many hours ago, as the record writes it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One incident: its record, what was done since, and which drafts to write of it.

    Attributes:
        decision: `(outcome, reasons)`; the outcome is a risk, or None for no breach at all.
        sent: notifications recorded since, as `incident sent` records them.
    """

    record: dict[str, Any]
    decision: tuple[str | None, str] | None = None
    sent: tuple[dict[str, Any], ...] = ()
    drafts: tuple[str, ...] = field(default=())


def samples(now: datetime) -> list[Sample]:
    """Return the sample incidents as they stand at `now` (UTC)."""

    def ago(hours: float) -> str:
        return utc_text(now - timedelta(hours=hours))

    return [*_vendors_told_us(ago), *_vendors_owe_us(ago), *_settled(ago), *_owed_to_customers(ago)]


def _vendors_told_us(ago: At) -> list[Sample]:
    return [
        Sample(
            {
                "title": "Call recordings readable by other tenants",
                "vendor": "kavkom",
                "moments": {"occurred_from": ago(90), "vendor_aware": ago(60), "vendor_told_us": ago(14)},
                "facts": {
                    "breach_types": ["confidentiality"],
                    "data_categories": ["contact_phone", "communications_traffic"],
                    "subject_categories": ["customers"],
                    "subjects_count": {"value": 1200, "approximate": True},
                },
            },
            drafts=("vendor", "cnil"),
        ),
        Sample(
            {
                "title": "Booking page tampered with",
                "vendor": "convious",
                "moments": {"vendor_aware": ago(75), "vendor_told_us": ago(2), "contained": ago(1)},
                "facts": {"breach_types": ["integrity"], "incident_cause": ["external_malicious"]},
            },
            decision=("high", "payment pages were altered; fraud is likely"),
            drafts=("vendor", "subjects"),
        ),
        Sample(
            {
                "title": "Mailbox token in a public log",
                "vendor": "deskhero",
                "moments": {"detected": ago(73), "vendor_aware": ago(72), "vendor_told_us": ago(70)},
                "facts": {"breach_types": ["confidentiality"], "measures_remedy": "Mailbox grant revoked."},
            },
            drafts=("cnil", "vendor"),
        ),
        Sample(
            {
                "title": "Registrar intrusion",
                "vendor": "quicktalk",
                "subprocessor": {"name": "Number carrier", "aware": ago(96)},
                "moments": {"vendor_aware": ago(90), "vendor_told_us": ago(80)},
            },
        ),
    ]


def _vendors_owe_us(ago: At) -> list[Sample]:
    return [
        Sample(
            {"title": "Chat export sent to the wrong client", "vendor": "konverso", "moments": {"vendor_aware": ago(5)}}
        ),
        Sample(
            {
                "title": "Unusual access to the telephony console",
                "vendor": "kavkom",
                "personal_data": None,
                "moments": {"suspected": ago(47), "vendor_aware": ago(46)},
            },
        ),
    ]


def _settled(ago: At) -> list[Sample]:
    return [
        Sample(
            {
                "title": "Campaign sent to a stale list",
                "vendor": "kavkom",
                "moments": {"vendor_aware": ago(150), "vendor_told_us": ago(120), "contained": ago(118)},
                "facts": {
                    "description": "An e-mail campaign went to people who had withdrawn their consent.",
                    "likely_consequences": "Unwanted e-mail.",
                    "measures_remedy": "The list was corrected; the campaign was stopped.",
                },
            },
            decision=("risk", "contact data of 300 people were used against their choice"),
            sent=(
                {"duty": "gdpr-33-1", "at": ago(100), "channel": "portal", "to": "CNIL", "reference": "demo-1"},
                {"duty": "contract:kavkom", "at": ago(120), "channel": "email"},
            ),
            drafts=("register",),
        ),
        Sample(
            {
                "title": "Ticket attached to the wrong requester",
                "vendor": "deskhero",
                "moments": {"vendor_aware": ago(130), "vendor_told_us": ago(126)},
                "facts": {"delay_reasons": "The vendor's notice went to a mailbox nobody reads at the weekend."},
            },
            decision=("risk", "the ticket held contact data of one person"),
            sent=({"duty": "gdpr-33-1", "at": ago(40), "channel": "portal", "to": "CNIL", "complete": False},),
        ),
        Sample(
            {
                "title": "Encrypted laptop left in a taxi",
                "vendor": "konverso",
                "moments": {"vendor_aware": ago(50), "vendor_told_us": ago(48)},
            },
            decision=("unlikely", "the disk was encrypted, the key is safe, a backup exists"),
        ),
        Sample(
            {
                "title": "False alarm of the intrusion sensor",
                "vendor": "convious",
                "moments": {"vendor_told_us": ago(30)},
            },
            decision=(None, "no personal data were reached: the sensor was tested"),
        ),
    ]


def _owed_to_customers(ago: At) -> list[Sample]:
    ours = [
        {"name": "Atelier Nord SAS", "language": "fr", "facts": {"subjects_count": {"value": 310}}},
        {"name": "Bottega Sud S.r.l.", "language": "it", "facts": {"subjects_count": {"value": 45}}},
    ]
    return [
        Sample(
            {
                "title": "Contact export left on a shared drive",
                "role": "processor",
                "contract": "kavkom",
                "customers": ours,
                "moments": {"aware": ago(50)},
                "facts": {
                    "breach_types": ["confidentiality"],
                    "data_categories": ["name", "contact_phone"],
                    "measures_remedy": "The drive was closed and the links were withdrawn.",
                },
            },
            sent=({"duty": "contract:kavkom@atelier-nord-sas", "at": ago(1), "channel": "email"},),
            drafts=("controller",),
        ),
        Sample(
            {
                "title": "Visitor logs kept too long on a test system",
                "role": "processor",
                "contract": "convious",
                "customers": [{"name": "Parc des Cimes SA", "language": "en"}],
                "moments": {"aware": ago(40)},
            },
            drafts=("controller",),
        ),
        Sample(
            {
                "title": "Fax archive opened by a carrier's technician",
                "role": "sub-processor",
                "contract": "quicktalk",
                "vendor": {"name": "Fax carrier"},
                "customers": [{"name": "Telefonia Blu S.p.A.", "role": "processor", "language": "it"}],
                "moments": {"vendor_aware": ago(30), "vendor_told_us": ago(20)},
            },
            drafts=("controller",),
        ),
    ]
