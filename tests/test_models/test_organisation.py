"""Who we are: defaults, and what the settings refuse."""

from typing import Any

import pytest
from pydantic import ValidationError

from models.organisation import Contact, Organisation
from models.refusals import problems
from models.vocabulary import Role

DPO = Contact(function="DPO", email="dpo@example.example")
SWITCHBOARD = Contact(phone="+33 1 00 00 00 00")


def test_without_settings_we_are_a_controller_in_utc() -> None:
    nobody = Organisation()
    assert (nobody.role, nobody.zone, nobody.languages) == (Role.CONTROLLER, "UTC", ("en",))
    assert nobody.authority is None
    assert nobody.time_zone.key == "UTC"


@pytest.mark.parametrize(
    ("contact", "reachable"),
    [(Contact(), False), (Contact(name="Front desk", title="Ms"), False), (DPO, True), (SWITCHBOARD, True)],
)
def test_a_contact_is_reachable_by_mail_or_telephone(contact: Contact, reachable: object) -> None:
    assert contact.reachable is reachable


@pytest.mark.parametrize(
    ("dpo", "expected"), [(DPO, DPO), (Contact(), SWITCHBOARD), (Contact(name="vacant"), SWITCHBOARD)]
)
def test_the_breach_contact_is_the_dpo_or_another_that_can_be_reached(dpo: Contact, expected: Contact) -> None:
    assert Organisation(dpo=dpo, contact_point=SWITCHBOARD).breach_contact == expected


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"zone": "Mars/Base"}, ("zone", "'Mars/Base' is not a time zone; write one such as Europe/Paris")),
        ({"languages": []}, ("", "languages: name at least one, such as 'en'")),
        ({"languages": ["english"]}, ("languages.0", "'english' is not a language code such as fr")),
        ({"address": {"country": "fr"}}, ("address.country", "'fr' is not a country code such as FR")),
        ({"targets": {"gdpr-33-2": 0}}, ("targets.gdpr-33-2", "must be greater than 0, not 0")),
        (
            {"targets": {"gdpr-33-2": 10**9}},
            ("targets.gdpr-33-2", "must be less than or equal to 100000, not 1000000000"),
        ),
        ({"colour": "red"}, ("colour", "unknown key")),
        ({"on_call": {"lawyer": {}}}, ("on_call.lawyer", "unknown key")),
        (
            {"authority": "C.N.I.L."},
            ("authority", "'C.N.I.L.' is not an id of small letters, digits and single hyphens, such as acme-sas"),
        ),
    ],
)
def test_settings_that_do_not_fit_are_refused(settings: dict[str, Any], problem: tuple[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        Organisation.model_validate(settings)
    assert problems(refused.value, frozenset()) == (problem,)


def test_settings_are_trimmed_and_come_back_from_json() -> None:
    ours = Organisation.model_validate(
        {"name": " Example SAS ", "targets": {"gdpr-33-2": 24}, "dpo": {"email": " d@x "}}
    )
    assert (ours.name, ours.dpo.email, ours.targets) == ("Example SAS", "d@x", {"gdpr-33-2": 24})
    assert Organisation.model_validate(ours.model_dump(mode="json")) == ours
