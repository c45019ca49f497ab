"""The small playbooks of the tests, and the duties and clocks that an incident has under them."""

from collections.abc import Mapping
from typing import Any

from models.authority import AuthorityPlaybook
from models.clocks import Clock, clock
from models.duties import duties_for
from models.duty import Duty
from models.organisation import Organisation
from models.playbook import Playbook, Rules, VendorPlaybook
from models.regime import RegimePlaybook
from tests.test_models.examples import Journal, utc

US_AT_HOME = Organisation(authority="cnil")

FILE = (
    "breach_types",
    "description",
    "subject_categories",
    "subjects_count",
    "data_categories",
    "records_count",
    "contact_point",
    "likely_consequences|consequences",
    "measures_remedy",
)
"""What the tests' Art. 33(3) asks for."""

REGISTER = ("description", "likely_consequences|consequences", "measures_remedy")
"""What the tests' Art. 33(5) asks for."""


def source(**more: Any) -> dict[str, Any]:
    return {"document": "text", "place": "6.1", "confidence": "checked", **more}


def file(kind: str, playbook: str, **more: Any) -> dict[str, Any]:
    document = {"id": "text", "title": f"{playbook.title()} text", "language": "en", "checked_on": "2026-11-01"}
    return {"id": playbook, "kind": kind, "name": playbook.title(), "documents": [document], **more}


def soft(phrase: str = "without undue delay") -> dict[str, Any]:
    return {"unit": "soft", "phrase": phrase}


def hours(amount: int) -> dict[str, Any]:
    return {"unit": "hours", "amount": amount}


def clause(period: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return one promise of a contract."""
    return {"trigger": "aware", "scope": "confirmed", "period": period, "source": source(), **more}


def vendor(playbook: str, *duties: Mapping[str, Any], **more: Any) -> VendorPlaybook:
    return VendorPlaybook.model_validate(file("vendor", playbook, does="Telephony.", duties=duties, **more))


def legal(duty: str, debtor: str, creditor: str, roles: str, **more: Any) -> dict[str, Any]:
    """Return one duty of a law: since 25 May 2018, without undue delay after awareness, unless told otherwise."""
    told = {
        "id": duty,
        "title": f"{{from}} → {{to}} ({duty})",
        "debtor": debtor,
        "creditor": creditor,
        "roles": roles.split(),
        "trigger": {"moment": "aware"},
        "period": soft(),
        "valid_from": "2018-05-25",
        "source": source(place=duty),
    }
    return told | more


CONTROLLERS, PROCESSORS = "controller joint-controller", "processor sub-processor"

GDPR = RegimePlaybook.model_validate(
    file(
        "regime",
        "gdpr",
        applies="personal-data",
        duties=[
            legal(
                "gdpr-33-1",
                "us",
                "authority",
                CONTROLLERS,
                period=hours(72),
                counting="reg-1182-71",
                condition="risk",
                requires=FILE,
            ),
            legal("gdpr-33-2", "vendor", "us", f"{CONTROLLERS} {PROCESSORS}"),
            legal("gdpr-33-2", "us", "customer", PROCESSORS),
            legal(
                "gdpr-33-4",
                "us",
                "authority",
                CONTROLLERS,
                trigger={"filing": "gdpr-33-1", "incomplete": True},
                period=soft("without undue further delay"),
            ),
            legal("gdpr-34", "us", "subjects", CONTROLLERS, condition="high-risk"),
            legal("gdpr-33-5", "us", "register", CONTROLLERS, requires=REGISTER),
        ],
    )
)

CNIL = AuthorityPlaybook.model_validate(
    file(
        "authority",
        "cnil",
        name="CNIL",
        country="FR",
        names={"en": "CNIL"},
        languages=["fr"],
        channel="the authority's portal",
        portal="authority.example",
        channel_source=source(),
        form_version="2023",
        complement={"duty": "gdpr-33-4", "period": hours(72), "source": source(place="complement")},
        fields=[{"number": "1", "section": "1", "label": "Nature", "type": "text", "confidence": "checked"}],
    )
)

KAVKOM = vendor("kavkom", clause(hours(48), contents=[{"text": "any useful documentation"}]))
CONVIOUS = vendor(
    "convious",
    clause(hours(72), scope="potential"),
    clause(soft("promptly"), clause="access", trigger="unstated", about="of any access"),
)
KONVERSO = vendor("konverso", clause(soft()))
DESKHERO = vendor("deskhero")


def rules(*playbooks: Playbook) -> Rules:
    """Return rules of the given playbooks and no others."""
    return Rules(
        vendors={one.id: one for one in playbooks if isinstance(one, VendorPlaybook)},
        regimes={one.id: one for one in playbooks if isinstance(one, RegimePlaybook)},
        authorities={one.id: one for one in playbooks if isinstance(one, AuthorityPlaybook)},
    )


RULES = rules(KAVKOM, CONVIOUS, KONVERSO, DESKHERO, GDPR, CNIL)
"""The five kinds of contract, the duties of the GDPR, and one authority."""


def duties(journal: Journal, organisation: Organisation = US_AT_HOME, under: Rules = RULES) -> dict[str, Duty]:
    """Return an incident's duties by id, in their order."""
    return {duty.id: duty for duty in duties_for(journal.incident, under, organisation)}


def clocks(
    journal: Journal, now: str, organisation: Organisation = US_AT_HOME, under: Rules = RULES
) -> dict[str, Clock]:
    """Return an incident's clocks at an instant, by duty."""
    incident = journal.incident
    return {one.id: clock(one, incident, utc(now)) for one in duties_for(incident, under, organisation)}
