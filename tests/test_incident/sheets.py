"""What the tests of the authorities' sheets read them by."""

from dataclasses import replace
from typing import Any

from incident.notices.compose import DraftRequest, compose
from incident.notices.notice import Item, Notice
from models.incident import Incident
from models.organisation import Organisation
from models.playbook import Rules
from models.regime import RegimePlaybook
from tests.builders import incident, organisation, shipped_rules
from tests.test_incident.draft_examples import NOW, RICH, drafts
from tests.test_models.rulebook import CONTROLLERS, file, hours, legal, soft


def sheet(what: dict[str, Any] | Incident, us: Organisation | None = None, **wanted: Any) -> Notice:
    """Return the one sheet for the CNIL, or for another authority that is named."""
    kind = "authority" if "authority" in wanted else "cnil"
    (notice,) = drafts(kind, what, us, **wanted)
    return notice


def items(notice: Notice) -> dict[str, Item]:
    """Return the questions by number."""
    return {item.number: item for item in notice.items}


def ticked(item: Item) -> list[str]:
    """Return the labels that are ticked."""
    return [tick.label for tick in item.ticks if tick.ticked]


def with_facts(**facts: Any) -> dict[str, Any]:
    """Return the rich record with some facts changed."""
    return {**RICH, "facts": {**RICH["facts"], **facts}}


def other_law(regime: str, first: str, rest: str, term: int, roles: str = CONTROLLERS) -> Rules:
    """Return the shipped rules with a law beside the GDPR: a first notification within hours, and the rest."""
    duties = [
        legal(first, "us", "authority", roles, period=hours(term)),
        legal(rest, "us", "authority", roles, trigger={"filing": first, "incomplete": True}, period=soft()),
    ]
    law = RegimePlaybook.model_validate(file("regime", regime, applies="named", duties=duties))
    rules = shipped_rules()
    return replace(rules, regimes={**rules.regimes, regime: law})


def sheet_under(rules: Rules, authority: str, what: dict[str, Any] | Incident, **wanted: Any) -> Notice:
    """Return the one sheet for an authority, under rules of the test's own."""
    about = what if isinstance(what, Incident) else incident(what)
    (notice,) = compose(DraftRequest("authority", authority=authority, **wanted), about, rules, organisation(), NOW)
    return notice
