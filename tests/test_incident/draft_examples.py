"""The incidents that the tests of drafts are written about."""

from datetime import UTC, datetime
from typing import Any

from incident.notices.compose import DraftRequest, compose
from incident.notices.notice import Letter, Notice
from incident.notices.render import render
from models.incident import Incident
from models.organisation import Organisation
from tests.builders import decided, incident, organisation, sent, shipped_rules

NOW = datetime(2026, 10, 28, 9, 0, tzinfo=UTC)
PARIS = {"zone": "Europe/Paris"}
PROCESSOR = organisation(name="Téléphonie Exemple SAS", languages=["en"], role="processor")

TWO_CUSTOMERS: dict[str, Any] = {
    "title": "Call recordings readable by other tenants",
    "role": "processor",
    "contract": "kavkom",
    "vendor": {"name": "Hébergeur Exemple"},
    "subprocessor": {"name": "Carrier Example"},
    "place": PARIS,
    "customers": [
        {
            "id": "acme",
            "name": "Acme SAS",
            "contact": "privacy@acme.example",
            "language": "fr",
            "facts": {"subjects_count": {"value": 1200}, "records_count": {"min": 5000, "max": 9000}},
        },
        {
            "id": "borgo",
            "name": "Borgo Srl",
            "language": "it",
            "role": "processor",
            "facts": {"subjects_count": {"value": 3400, "approximate": True}, "records_count": {"unknown": True}},
        },
    ],
    "moments": {
        "occurred_from": "2026-10-20",
        "detected": "2026-10-23T08:10:00+02:00",
        "aware": "2026-10-23T15:30:00+02:00",
        "contained": {"from": "2026-10-23T18:00+02:00", "to": "2026-10-23T19:00+02:00", "approximate": True},
    },
    "facts": {
        "breach_types": ["confidentiality"],
        "incident_cause": ["process_deficiency"],
        "description": "Recordings of Acme SAS (1,200 people) and of Borgo could be played by other tenants.\n\n"
        "Together 4,600 people.",
        "subjects_count": {"value": 4600},
        "data_categories": ["name", "contact_phone"],
        "subject_categories": ["customers"],
        "measures_remedy": "The access rule was restored.",
    },
}
"""We are a processor; the description names both customers, one of them without its legal form."""

HOSTILE_TEXT = (
    "# Owned\n\n---\n1. [click](https://evil.example) ![i](//evil.example/p.png)\n"
    "<script>alert('x')</script> &lt;b&gt; **bold** `code`\n```\nfence\n"
    "\x1b]52;c;ZWNobw==\x07 \u202egnp.exe \u200b {{ notice }} {% raw %} | cell | ~~s~~ $(id) =HYPERLINK()"
)

HOSTILE: dict[str, Any] = {
    **TWO_CUSTOMERS,
    "title": HOSTILE_TEXT,
    "summary": HOSTILE_TEXT,
    "vendor": {"name": HOSTILE_TEXT},
    "subprocessor": {"name": HOSTILE_TEXT},
    "customers": [
        {"id": "evil", "name": HOSTILE_TEXT, "contact": HOSTILE_TEXT, "facts": {"description": HOSTILE_TEXT}},
        TWO_CUSTOMERS["customers"][1],
    ],
    "facts": {
        **TWO_CUSTOMERS["facts"],
        "description": HOSTILE_TEXT,
        "systems_affected": HOSTILE_TEXT,
        "measures_remedy": HOSTILE_TEXT,
        "other_parties": [{"name": HOSTILE_TEXT, "role": HOSTILE_TEXT}],
        "other_dpas": [HOSTILE_TEXT],
        "contact_point": HOSTILE_TEXT,
    },
}


def at_vendor(vendor: str | dict[str, str], **moments: str) -> dict[str, Any]:
    """Return a record of a breach at a vendor, of which we know a little."""
    return {
        "title": "Call recordings readable by other tenants",
        "vendor": vendor,
        "place": PARIS,
        "moments": moments,
        "facts": {
            "breach_types": ["confidentiality"],
            "description": "Recordings of our calls could be played by others.",
            "subjects_count": {"min": 500, "max": 900},
        },
    }


KAVKOM_LATE = at_vendor("kavkom", vendor_aware="2026-10-20T15:30+02:00", vendor_told_us="2026-10-24T09:00+02:00")
"""Told 41 h 30 min after the 48 hours had ended."""

KONVERSO_SILENT = at_vendor("konverso", vendor_aware="2026-10-20T15:30+02:00")
DESKHERO_TOLD = at_vendor("deskhero", vendor_told_us="2026-10-24T09:00+02:00")

RICH: dict[str, Any] = {
    "title": "Call recordings readable by other tenants",
    "vendor": "kavkom",
    "place": PARIS,
    "subprocessor": {"name": "Carrier Example"},
    "moments": {
        "occurred_from": "2026-10-18T02:00+02:00",
        "detected": "2026-10-22T11:00+02:00",
        "vendor_aware": "2026-10-20T15:30+02:00",
        "vendor_told_us": "2026-10-24T09:00+02:00",
        "aware": [{"at": "2026-10-25T18:00+01:00", "why": "Checked by the security team"}],
        "contained": "2026-10-24T12:00+02:00",
    },
    "facts": {
        "breach_types": ["confidentiality", "availability_temporary"],
        "incident_origin": ["wrong_authorisations"],
        "incident_cause": ["technical_failure"],
        "description": "Call recordings of our service desk could be played by other customers of the vendor.\n"
        "The access rule was missing after an update.",
        "systems_affected": "Recording archive",
        "discovery_circumstances": "Notice of the vendor by e-mail.",
        "data_categories": ["name", "contact_phone", "communications_traffic"],
        "special_categories": ["health"],
        "records_count": {"min": 5000, "max": 9000},
        "subject_categories": ["customers", "suppliers_contacts"],
        "subjects_count": {"value": 1200, "approximate": True},
        "countries": ["FR", "BE"],
        "measures_before": "Encryption at rest.",
        "data_unintelligible": False,
        "consequences": ["c_spread_loss_of_mastery", "a_service_degraded"],
        "likely_consequences": "Disclosure of what callers said.",
        "harms": ["loss_of_control", "third_party_knowledge"],
        "severity": "limited",
        "measures_remedy": "Access rule restored.",
        "measures_prevent": "Test of access rules at each update.",
        "subjects_informed_status": "planned",
        "informed_planned_at": "2026-10-30T10:00+01:00",
        "informed_channels": ["email"],
        "delay_reasons": "The vendor told us late and the facts had to be checked.",
        "other_dpas": ["APD (BE)"],
    },
}
"""We are the controller; our awareness is presumed from the vendor's notice, and the 72 hours are over."""


RICH_DECIDED = incident(
    RICH,
    decided("unlikely", because="No health data, as it seemed.", by="CISO"),
    sent("contract:kavkom", "2026-10-24T07:00Z"),
    sent("gdpr-33-1", "2026-10-26T16:00Z", status="attempted", channel="portal", because="The portal was down."),
    sent("gdpr-33-1", "2026-10-27T09:00Z", complete=False, reference="V-17", channel="portal"),
    decided("high", because="Health data of callers.\nMany of them patients.", by="CISO", dpo_advice="Tell them."),
)
"""The rich one, decided twice and notified 2 h late."""

NOT_A_BREACH = incident(
    {"title": "Test data in the wrong mailbox", "place": PARIS, "facts": {"description": "A test record went astray."}},
    decided(breach=False, because="No person behind the data.", by="DPO"),
)


def drafts(
    kind: str,
    what: Incident | dict[str, Any],
    us: Organisation | None = None,
    now: datetime = NOW,
    **wanted: Any,
) -> list[Notice]:
    """Compose the drafts of one kind for an incident, or for a record of one."""
    about = what if isinstance(what, Incident) else incident(what)
    return compose(DraftRequest(kind, **wanted), about, shipped_rules(), us or organisation(), now)


def draft(
    kind: str,
    what: Incident | dict[str, Any],
    us: Organisation | None = None,
    now: datetime = NOW,
    **wanted: Any,
) -> str:
    """Return the one draft of a kind as Markdown."""
    (notice,) = drafts(kind, what, us, now, **wanted)
    return render(notice, "md")


def only(notices: list[Notice]) -> Notice:
    """Return the one draft that there is."""
    (notice,) = notices
    return notice


def letter(notice: Notice) -> Letter:
    """Return what a letter says beside its questions and answers."""
    assert notice.letter is not None
    return notice.letter
