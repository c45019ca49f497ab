"""The duties of the GDPR, as its playbook has them."""

from datetime import date

from models.moments import MomentName
from models.periods import CountingRule
from models.regime import LegalDuty, RegimePlaybook
from models.vocabulary import Basis, Confidence, Role
from playbooks.loader import read_playbook
from playbooks.texts import shipped_texts

DECIDING = (Role.CONTROLLER, Role.JOINT_CONTROLLER)
PROCESSING = (Role.PROCESSOR, Role.SUB_PROCESSOR)

NINE = (
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


def gdpr() -> RegimePlaybook:
    playbook = read_playbook("regimes/gdpr.toml", shipped_texts()["regimes/gdpr.toml"])
    assert isinstance(playbook, RegimePlaybook)
    return playbook


def duty(duty_id: str, creditor: str) -> LegalDuty:
    [found] = [duty for duty in gdpr().duties if (duty.id, duty.creditor) == (duty_id, creditor)]
    return found


def test_who_owes_what_to_whom_in_which_role() -> None:
    assert [(duty.id, duty.debtor, duty.creditor, duty.roles) for duty in gdpr().duties] == [
        ("gdpr-33-1", "us", "authority", DECIDING),
        ("gdpr-33-2", "vendor", "us", (*DECIDING, *PROCESSING)),
        ("gdpr-33-2", "us", "customer", PROCESSING),
        ("gdpr-33-4", "us", "authority", DECIDING),
        ("gdpr-34", "us", "subjects", DECIDING),
        ("gdpr-33-5", "us", "register", DECIDING),
    ]
    assert gdpr().applies == "personal-data"


def test_only_article_33_1_has_a_number_and_only_it_is_counted_under_regulation_1182_71() -> None:
    periods = [(duty.id, duty.period.amount, duty.period.phrase, duty.counting) for duty in gdpr().duties]
    assert periods == [
        ("gdpr-33-1", 72, None, CountingRule.REG_1182_71),
        ("gdpr-33-2", None, "without undue delay", None),
        ("gdpr-33-2", None, "without undue delay", None),
        ("gdpr-33-4", None, "without undue further delay", None),
        ("gdpr-34", None, "without undue delay", None),
        ("gdpr-33-5", None, "no term stated", None),
    ]


def test_what_each_duty_runs_from_and_depends_on() -> None:
    assert [(duty.trigger.moment, duty.trigger.filing, duty.condition) for duty in gdpr().duties] == [
        (MomentName.AWARE, None, "risk"),
        (MomentName.VENDOR_AWARE, None, None),
        (MomentName.AWARE, None, None),
        (None, "gdpr-33-1", None),
        (MomentName.AWARE, None, "high-risk"),
        (MomentName.AWARE, None, None),
    ]
    assert duty("gdpr-33-4", "authority").trigger.incomplete


def test_what_each_notice_must_hold() -> None:
    assert duty("gdpr-33-1", "authority").requires == NINE
    assert duty("gdpr-33-2", "customer").requires == NINE
    assert duty("gdpr-33-4", "authority").requires == NINE
    assert duty("gdpr-33-2", "us").requires == ()
    assert duty("gdpr-34", "subjects").requires == ("description", *NINE[6:])
    assert duty("gdpr-33-5", "register").requires == ("description", *NINE[7:])


def test_a_processor_in_a_chain_is_told_on_what_its_claim_rests() -> None:
    assert any("Art. 28(4)" in note for note in duty("gdpr-33-2", "us").notes)
    assert any("Art. 28(4)" in note for note in duty("gdpr-33-2", "customer").notes)


def test_every_duty_is_law_since_2018_and_was_read() -> None:
    for one in gdpr().duties:
        assert one.basis is Basis.LAW
        assert (one.valid_from, one.valid_to) == (date(2018, 5, 25), None)
        assert one.source.confidence is Confidence.CHECKED
        assert gdpr().checked_on(one.source) == date(2026, 10, 10)


def test_titles_read_as_sentences() -> None:
    titles = [
        one.title.replace("{from}", "Acme" if one.debtor == "vendor" else "we").replace("{to}", one.creditor)
        for one in gdpr().duties
    ]
    assert titles == [
        "we notify authority (Art. 33(1) GDPR)",
        "Acme tells us of the breach (Art. 33(2) GDPR)",
        "we tell customer of the breach (Art. 33(2) GDPR)",
        "we complete the notification to authority (Art. 33(4) GDPR)",
        "we communicate the breach to subjects (Art. 34 GDPR)",
        "we document the breach in register (Art. 33(5) GDPR)",
    ]
