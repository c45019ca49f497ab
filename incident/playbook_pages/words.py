"""The words for what a playbook says in keys."""

from models.periods import CountingRule
from models.sourced import PeriodText

TRIGGER_WORDS = {
    "aware": "when it becomes aware",
    "discovery": "when it discovers it",
    "confirmation": "when it is confirmed",
    "suspicion": "when it first suspects it",
    "unstated": "not stated; reckoned from when it becomes aware",
}

SCOPE_WORDS = {
    "confirmed": "a breach that is established",
    "suspected": "a breach, even if only suspected",
    "potential": "any incident that relates or may relate to personal data",
}

TOLD_PAST_US = {"authority": "the supervisory authority", "subjects": "the data subjects"}

LIMIT_WORDS = {
    "telling-others": "whom a letter tells of the breach",
    "form": "the form, address or language of a letter",
    "confidentiality": "what may be passed on",
}

BOUND_WORDS = {"vendor": "the vendor", "customer": "its customer", "both": "both sides"}

COUNTING_WORDS = {
    CountingRule.ELAPSED: "elapsed time",
    CountingRule.REG_1182_71: "Regulation (EEC, Euratom) 1182/71",
    CountingRule.DORA: "Delegated Regulation (EU) 2025/301, Art. 5",
}


def term(period: PeriodText) -> str:
    """Say a period: counted in figures, soft in its document's own words and quoted."""
    return f"“{period.phrase}”" if period.phrase else period.as_period().words()


def term_in_full(period: PeriodText) -> str:
    """Say a period so that nobody takes a soft one for a date."""
    return f"{term(period)}: no number, so no date" if period.phrase else term(period)
