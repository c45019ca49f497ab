"""What one notification lacks: every required field, how it stands, and whether it may follow."""

import pytest

from models.duty import US, Citation, Duty, Trigger
from models.moments import MomentName
from models.notification_file import FieldState, field_state, file_by_facts
from models.periods import Period, Unit
from models.vocabulary import Basis, Certainty, Confidence
from tests.test_models.examples import opened

DUTY = Duty(
    id="gdpr-33-2@acme",
    title="We tell Acme",
    debtor=US,
    creditor="Acme",
    recipient="customer",
    basis=Basis.LAW,
    trigger=Trigger(MomentName.AWARE),
    period=Period(Unit.SOFT, phrase="without undue delay"),
    source=Citation("GDPR", "Art. 33(2)", Confidence.CHECKED),
    settled_under="gdpr-33-2@acme",
    requires=("breach_types", "records_count", "likely_consequences|consequences", "measures_remedy"),
    may_follow=("records_count", "likely_consequences|consequences"),
    promised=("measures_remedy", "harms"),
)


@pytest.mark.parametrize(
    ("certainty", "state", "answers"),
    [
        (None, "missing", False),
        (Certainty.UNKNOWN, "unknown", False),
        (Certainty.KNOWN, "answered", True),
        (Certainty.ESTIMATED, "estimated", True),
        (Certainty.NOT_APPLICABLE, "not-applicable", True),
    ],
)
def test_how_a_field_stands(certainty: Certainty | None, state: str, answers: object) -> None:
    found = field_state(certainty)
    assert (found, found.answers) == (FieldState(state), answers)


def test_each_field_once_in_order_with_its_state_and_whether_it_may_follow() -> None:
    facts = {"records_count": {"min": 5, "max": 9}, "consequences": ["other"]}
    incident = opened(facts=facts).record({}, certainty="unknown", without_value=["measures_remedy"]).incident
    file = file_by_facts(DUTY, incident.current_facts(), incident)
    assert [(field.name, field.state.value, field.blocking) for field in file.fields] == [
        ("breach_types", "missing", True),
        ("records_count", "estimated", False),
        ("likely_consequences|consequences", "answered", False),
        ("measures_remedy", "unknown", False),
        ("harms", "missing", True),
    ]
    assert [field.name for field in file.open] == ["breach_types", "harms", "measures_remedy"]
    assert file.blocking == 2
    assert file.fields[2].facts == ("likely_consequences", "consequences")


def test_what_is_wanted_at_once_stands_first() -> None:
    nothing = opened().incident
    names = [field.name for field in file_by_facts(DUTY, {}, nothing).open]
    assert names == ["breach_types", "measures_remedy", "harms", "records_count", "likely_consequences|consequences"]
