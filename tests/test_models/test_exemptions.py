"""Art. 34(3): what may be relied on, until when it stands, and what it does to the clock of Art. 34."""

import pytest

from models.checks import warnings
from models.conditions import Condition, public_instead
from models.exemptions import Ground, Relied
from models.journal import EntryKind
from models.search_text import search_text
from models.vocabulary import Certainty, ClockState, ConditionState
from tests.test_models.examples import NOW, OPENED_AT, Journal, aware, utc
from tests.test_models.rulebook import clocks


def relying_on(art_34_3: str, because: str = "the key is safe") -> Journal:
    body = {"art_34_3": art_34_3, "because": because, "by": "CISO"}
    return aware().decide("high").add(EntryKind.DECIDED, body)


@pytest.mark.parametrize(
    ("typed", "relied", "words"),
    [
        ("a", Relied(Ground.PROTECTED), "the data were unintelligible to whoever obtained them, Art. 34(3)(a) GDPR"),
        ("b", Relied(Ground.MITIGATED), "later measures make the high risk no longer likely, Art. 34(3)(b) GDPR"),
        ("national: UAVG 42 ", Relied(Ground.NATIONAL, "UAVG 42"), "national law (UAVG 42), unconfirmed"),
    ],
)
def test_a_ground_is_a_letter_or_a_national_law_that_nobody_confirmed(typed: str, relied: Relied, words: str) -> None:
    assert Relied.read(typed) == relied
    assert relied.words == words


@pytest.mark.parametrize("typed", ["d", "A", "", "national:", "national: ", "no_high_risk"])
def test_nothing_else_is_one(typed: str) -> None:
    with pytest.raises(ValueError, match=r"is no ground; write a, b, c or national:LAW, such as national:UAVG 42$"):
        Relied.read(typed)


@pytest.mark.parametrize(
    ("typed", "state", "condition"),
    [
        ("a", ClockState.NOT_REQUIRED, ConditionState.NOT_MET),
        ("b", ClockState.NOT_REQUIRED, ConditionState.NOT_MET),
        ("national:UAVG 42", ClockState.NOT_REQUIRED, ConditionState.NOT_MET),
        ("c", ClockState.OPEN, ConditionState.MET),
    ],
)
def test_all_but_disproportionate_effort_free_of_art_34_and_of_nothing_else(
    typed: str, state: ClockState, condition: ConditionState
) -> None:
    journal = relying_on(typed)
    found = clocks(journal, NOW)
    assert found["gdpr-34"].state is state
    assert found["gdpr-34"].condition == Condition("high-risk", condition, Relied.read(typed).words)
    assert found["gdpr-33-1"].state is ClockState.RUNNING
    assert public_instead(journal.incident) is (typed == "c")


def test_the_decision_states_the_facts_that_forms_ask_for() -> None:
    journal = relying_on("a")
    facts = journal.incident.current_facts()
    assert {name: (fact.value, fact.certainty, fact.source) for name, fact in facts.items()} == {
        "not_informed_reason": ("art34_3_a_protected", Certainty.KNOWN, "decision under Art. 34(3)"),
        "subjects_informed_status": ("not_informed", Certainty.KNOWN, "decision under Art. 34(3)"),
    }
    assert set(relying_on("c").incident.current_facts()) == {"not_informed_reason"}


def test_the_decision_on_the_risk_and_its_reasons_stay_beside_it() -> None:
    incident = relying_on("b", "the recordings came back unread").incident
    assert incident.decision is not None
    assert (incident.decision.because, len(incident.decisions)) == ("the data were encrypted", 1)
    assert incident.exemption is not None
    assert (incident.exemption.because, incident.exemption.by) == ("the recordings came back unread", "CISO")
    assert "the recordings came back unread" in search_text(incident, None)


def test_deciding_the_risk_anew_ends_it_and_what_people_recorded_themselves_stays() -> None:
    journal = relying_on("a").decide("high", "the key leaked")
    assert clocks(journal, NOW)["gdpr-34"].state is ClockState.OPEN
    assert journal.incident.exemption is None
    assert journal.incident.facts == {}
    assert len(journal.incident.exemptions) == 1
    status = {"subjects_informed_status": "planned"}
    kept = aware(facts=status).decide("high").add(EntryKind.DECIDED, {"art_34_3": "a", "because": "x", "by": "y"})
    assert kept.incident.current_facts()["subjects_informed_status"].value == "not_informed"
    assert kept.decide("high").incident.current_facts()["subjects_informed_status"].value == "planned"


def test_both_in_one_decision() -> None:
    body = {"breach": True, "risk": "high", "art_34_3": "c", "because": "no addresses", "by": "CISO"}
    journal = aware().add(EntryKind.DECIDED, body)
    assert clocks(journal, NOW)["gdpr-34"].state is ClockState.OPEN
    assert public_instead(journal.incident)
    assert journal.incident.decision is not None
    assert journal.incident.decision.recorded_at > OPENED_AT


def test_national_law_is_to_be_looked_at() -> None:
    assert warnings(relying_on("national:UAVG 42").incident, utc(NOW))[-1] == (
        "an exemption of national law from telling the data subjects is relied on (UAVG 42): unconfirmed, read it"
    )
    assert warnings(relying_on("a").incident, utc(NOW)) == warnings(aware().incident, utc(NOW))
