"""Who to reach: the roles of an incident, and what is not known of them."""

from typing import Any

from incident.contacts import NOT_SET, Reach, contacts
from tests.test_incident.desk_examples import new_desk, record


def reached(settings: str = "", **said: Any) -> dict[str, dict[str, Reach]]:
    desk = new_desk(settings)
    look = desk.look(desk.open(record(desk, **said)))
    return {title: {one.role: one for one in group} for title, group in contacts(look)}


def test_what_is_not_in_the_settings_says_what_to_do() -> None:
    found = reached('[dpo]\nemail = "dpo@bonsai.example"\n')["ours"]
    assert found["DPO"] == Reach("DPO", ("dpo@bonsai.example",))
    assert {role for role, one in found.items() if one.note == NOT_SET} == {
        "decision-maker",
        "deputy",
        "security",
        "insurer",
        "CSIRT",
    }


def test_a_vendor_is_reached_through_its_playbook() -> None:
    found = reached(vendor="deskhero")
    assert "Deskhero" in found
    assert all(one.ways or one.note for one in found["Deskhero"].values())


def test_a_vendor_without_a_playbook_is_looked_up_in_its_contract() -> None:
    assert reached(vendor={"name": "Carrier"})["Carrier"]["contact"].ways == ()


def test_a_controller_tells_its_authority_a_processor_its_customers() -> None:
    assert "CNIL" in reached('authority = "cnil"\n')["authority"]
    found = reached(
        role="processor", customers=[{"name": "Acme", "contact": "privacy@acme.example"}, {"name": "Borgo"}]
    )
    assert "authority" not in found
    assert [(one.ways, one.note) for one in found["customers"].values()] == [
        (("privacy@acme.example",), ""),
        ((), "no contact recorded"),
    ]
