"""Duties in force: incidents share them only where each, judged alone, has the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident import VERSION
from incident.in_force import InForce
from models.duties import duties_for
from models.organisation import Organisation
from playbooks.texts import shipped_texts
from tests.test_models.examples import opened

COUNTRIES = ["FR", "BE", "CH", "GB", "US"]
SECTORS = ["trust-service", "ecs-provider", "credit-institution", "insured"]
MOMENTS = ["detected", "vendor_told_us", "aware", "incident_aware"]
INSTANTS = ["2017-01-01T12:00:00Z", "2021-06-30T22:30:00Z", "2024-10-17T22:30:00Z", "2026-11-20T12:00:00Z"]

ACME = {"name": "Acme", "contract": "kavkom"}
OLD = {"detected": "2016-01-01T00:00Z"}
FILING = {"duty": "gdpr-33-1", "at": "2026-11-20T13:00:00Z"}

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "role": st.sampled_from(["controller", "processor", "sub-processor"]),
    "personal_data": st.sampled_from([True, False, None]),
    "vendor": st.sampled_from(["kavkom", "konverso", "stranger", {"name": "Nuage SARL"}]),
    "contract": st.sampled_from(["kavkom", "deskhero"]),
    "customers": st.sampled_from([[], [ACME], [ACME, {"name": "Beta"}], [ACME | {"affected": False}]]),
    "regimes": st.lists(st.sampled_from(["gdpr", "nis2", "uk-gdpr", "ch-fadp", "fr-lopmi"]), unique=True, max_size=2),
    "sectors": st.lists(
        st.sampled_from(["trust-service", "ecs-provider", "credit-institution", "insured"]), max_size=2
    ),
    "place": st.fixed_dictionaries(
        {"zone": st.sampled_from(["UTC", "Europe/Paris"])}, optional={"country": st.sampled_from(COUNTRIES)}
    ),
    "moments": st.dictionaries(st.sampled_from(MOMENTS), st.sampled_from(INSTANTS), max_size=2),
    "facts": st.fixed_dictionaries(
        {},
        optional={
            "countries": st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=3),
            "people_by_country": st.dictionaries(
                st.sampled_from(COUNTRIES), st.fixed_dictionaries({"value": st.integers(1, 2)}), max_size=2
            ),
        },
    ),
    "filings": st.sampled_from([[], [FILING], [FILING | {"complete": False}]]),
}
RECORDS = st.fixed_dictionaries({}, optional=VALUES)
SETTINGS = (
    Organisation(),
    Organisation(authority="cnil", main_establishment="FR", contract="kavkom", regimes=("nis2",)),
)
IN_FORCE = [InForce(settings.model_dump(mode="json"), shipped_texts(), VERSION) for settings in SETTINGS]
"""Kept over all examples: what one incident left in mind must be right for every other."""


@given(in_force=st.sampled_from(IN_FORCE), said=RECORDS, changed=st.sampled_from(sorted(VALUES)), data=st.data())
def test_incidents_share_duties_only_where_each_alone_has_the_same(
    in_force: InForce, said: dict[str, Any], changed: str, data: st.DataObject
) -> None:
    for record in (said, said | {changed: data.draw(VALUES[changed])}):
        found = opened(**record).incident
        assert in_force.duties_of(found) == duties_for(found, in_force.rules, in_force.organisation)


def test_duties_are_named_once_for_incidents_in_like_circumstances() -> None:
    one, other = (opened(title=title, vendor="kavkom").incident for title in ("One", "Other"))
    assert IN_FORCE[0].duties_of(one) is IN_FORCE[0].duties_of(other)


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [
        ({}, {"personal_data": False}),
        ({}, {"role": "processor"}),
        ({}, {"vendor": "kavkom"}),
        ({"role": "processor"}, {"contract": "kavkom"}),
        ({"role": "processor"}, {"customers": [ACME]}),
        ({}, {"regimes": ["nis2"]}),
        ({"place": {"country": "FR"}}, {"sectors": ["trust-service"]}),
        ({}, {"facts": {"countries": ["FR", "BE"]}}),
        ({"moments": OLD | {"aware": "2026-01-01T00:00Z"}}, {"moments": OLD | {"aware": "2018-05-24T00:00Z"}}),
        ({"regimes": ["nis2"]}, {"regimes": ["nis2"], "moments": {"detected": "2018-05-24T00:00Z"}}),
        ({}, {"filings": [FILING | {"complete": False}]}),
    ],
    ids=str,
)
def test_incidents_in_other_circumstances_share_nothing(said: dict[str, Any], otherwise: dict[str, Any]) -> None:
    one, other = (opened(**record).incident for record in (said, said | otherwise))
    assert IN_FORCE[0].duties_of(one) != IN_FORCE[0].duties_of(other)
