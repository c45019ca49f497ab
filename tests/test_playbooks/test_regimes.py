"""The laws that ship with the program: every duty that scripts rely on, each with its source, and no other."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

import pytest

from models.duty_ids import VENDOR_STATUTORY
from models.playbook_terms import PLACEHOLDERS
from models.regime import LegalDuty, RegimePlaybook
from models.vocabulary import Basis, Confidence
from tests.builders import shipped_rules

REGIMES = shipped_rules().regimes

PROMISED = {
    "gdpr": {"gdpr-33-1", "gdpr-33-2", "gdpr-33-4", "gdpr-33-5", "gdpr-34"},
    "eprivacy-611": {
        "eprivacy-611-initial",
        "eprivacy-611-second",
        "eprivacy-611-subscribers",
        "eprivacy-611-subprovider",
    },
    "nis2": {"nis2-early-warning", "nis2-notification", "nis2-final"},
    "dora": {"dora-initial", "dora-intermediate", "dora-final"},
    "cra": {"cra-early-warning", "cra-notification", "cra-final"},
    "eidas": {"eidas-24"},
    "uk-gdpr": {"uk-gdpr-33", "uk-gdpr-33-4", "uk-gdpr-34"},
    "uk-pecr": {"uk-pecr-5a"},
    "ch-fadp": {"ch-fadp-24"},
    "fr-lopmi": {"fr-lopmi"},
    "omnibus": {"gdpr-33-1"},
}
"""The duty ids of the public contract by regime, and the rest of the UK's Art. 33(4)."""

DUTIES = [(regime, duty) for regime in REGIMES.values() for duty in regime.duties]
NAMED = [f"{regime.id}: {duty.id} to {duty.creditor} from {duty.valid_from}" for regime, duty in DUTIES]


def test_every_duty_that_is_promised_exists_and_no_other() -> None:
    assert {name: {duty.id for duty in regime.duties} for name, regime in REGIMES.items()} == PROMISED


@pytest.mark.parametrize(("regime", "duty"), DUTIES, ids=NAMED)
def test_every_duty_says_where_it_stands_when_it_was_checked_and_how_sure_that_is(
    regime: RegimePlaybook, duty: LegalDuty
) -> None:
    sources = [duty.source, *(one.source for one in duty.others), *(one.source for one in duty.national)]
    sources += [duty.relief_refused.source] if duty.relief_refused else []
    for source in sources:
        assert regime.document(source.document).title
        assert source.place
        assert source.confidence in set(Confidence)
        assert regime.checked_on(source) in {date(2026, 10, 10), date(2026, 11, 21)}
    assert duty.basis is Basis.LAW
    assert all(placeholder in duty.title for placeholder in PLACEHOLDERS)


def test_each_law_is_in_force_since_its_own_day() -> None:
    since = {regime.id: sorted({duty.valid_from for duty in regime.duties}) for regime in REGIMES.values()}
    assert since == {
        "gdpr": [date(2018, 5, 25)],
        "eprivacy-611": [date(2013, 8, 25)],
        "nis2": [date(2024, 10, 18)],
        "dora": [date(2025, 1, 17)],
        "cra": [date(2026, 9, 11)],
        "eidas": [date(2024, 5, 20)],
        "uk-gdpr": [date(2021, 1, 1)],
        "uk-pecr": [date(2013, 8, 25), date(2025, 8, 20)],
        "ch-fadp": [date(2023, 9, 1)],
        "fr-lopmi": [date(2023, 4, 24)],
        "omnibus": [date(2025, 11, 19)],
    }
    assert [(duty.id, duty.valid_to) for _, duty in DUTIES if duty.valid_to] == [("uk-pecr-5a", date(2025, 8, 19))]


def test_two_rules_for_one_duty_follow_each_other_without_a_gap_or_an_overlap() -> None:
    for regime in REGIMES.values():
        for one, other in combinations(regime.duties, 2):
            if (one.id, one.debtor, one.creditor) == (other.id, other.debtor, other.creditor):
                assert one.valid_to is not None
                assert other.valid_from == one.valid_to + timedelta(days=1)


def test_only_the_gdpr_applies_of_itself_and_only_the_proposal_never() -> None:
    assert Counter(regime.applies for regime in REGIMES.values()) == {"personal-data": 1, "assumed": 1, "named": 9}
    assert REGIMES["gdpr"].applies == "personal-data"
    assert REGIMES["omnibus"].replaces == "gdpr"
    for regime in REGIMES.values():
        assert (regime.applies == "named") == bool(regime.sectors or regime.countries), regime.id


def test_whom_each_law_concerns() -> None:
    about = {regime.id: regime.about for regime in REGIMES.values()}
    assert sorted(name for name, what in about.items() if what == "incident") == [
        "cra",
        "dora",
        "eidas",
        "fr-lopmi",
        "nis2",
    ]
    named = {regime.id: (regime.sectors, regime.countries) for regime in REGIMES.values() if regime.applies == "named"}
    assert named.pop("dora")[0][:2] == ("financial-entity", "credit-institution")
    assert named == {
        "eprivacy-611": (("ecs-provider",), ()),
        "nis2": (("essential-entity", "important-entity", "trust-service"), ()),
        "cra": (("product-manufacturer",), ()),
        "eidas": (("trust-service",), ()),
        "uk-gdpr": ((), ("GB",)),
        "uk-pecr": (("ecs-provider",), ("GB",)),
        "ch-fadp": ((), ("CH",)),
        "fr-lopmi": (("insured",), ("FR",)),
    }


def test_what_gives_way_to_another_law_is_a_duty_that_exists() -> None:
    covered = {regime.id: regime.covers.duties for regime in REGIMES.values() if regime.covers}
    assert covered == {
        "eprivacy-611": ("gdpr-33-1", "gdpr-34"),
        "dora": ("nis2-early-warning", "nis2-notification", "nis2-final"),
    }
    known = {duty.id for _, duty in DUTIES}
    assert {duty for duties in covered.values() for duty in duties} <= known


def test_what_the_law_has_a_vendor_tell_us_settles_as_its_notice_to_us() -> None:
    assert {duty.id for _, duty in DUTIES if duty.creditor == "us"} == VENDOR_STATUTORY
    assert {duty.id for _, duty in DUTIES if duty.debtor == "vendor"} == VENDOR_STATUTORY


def test_every_line_of_the_proposal_says_that_it_is_not_law() -> None:
    omnibus = REGIMES["omnibus"]
    for duty in omnibus.duties:
        assert "not law" in duty.title
        assert all(note.startswith("Not law") for note in duty.notes)
    assert all("not law" in document.title for document in omnibus.documents)


def test_what_nobody_has_seen_in_its_source_stays_marked() -> None:
    unsure = sorted(
        (regime.id, source.place)
        for regime, duty in DUTIES
        for source in [duty.source, *(one.source for one in duty.others), *(one.source for one in duty.national)]
        if source.confidence is not Confidence.CHECKED
    )
    assert unsure == [("nis2", "CY: the authority's guide")]
    gdpr = REGIMES["gdpr"]
    assert gdpr.cross_border is not None
    assert (gdpr.cross_border.lead.source.confidence, gdpr.cross_border.each.source.confidence) == (
        Confidence.UNCONFIRMED,
        Confidence.CHECKED,
    )
    covers = REGIMES["eprivacy-611"].covers
    assert covers is not None
    assert covers.source.confidence is Confidence.INFERRED


def test_the_territory_of_the_gdpr_is_the_european_economic_area() -> None:
    spread = REGIMES["gdpr"].cross_border
    assert spread is not None
    assert len(spread.territory) == len(set(spread.territory)) == 30
    assert {"FR", "SE", "IS", "LI", "NO"} < set(spread.territory)
    assert not {"GB", "CH", "US", "EL", "UK"} & set(spread.territory)
    assert spread.duties == ("gdpr-33-1", "gdpr-33-4")
