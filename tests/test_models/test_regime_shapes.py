"""The shape of a law's playbook: what does not fit together is refused at its own key."""

from typing import Any

import pytest
from pydantic import ValidationError

from models.regime import RegimePlaybook
from tests.test_models.rulebook import file, hours, legal, source

SAID = {"text": "x", "source": source()}


def faults(duty: dict[str, Any] | None = None, **more: Any) -> list[tuple[str, str]]:
    """Return what is wrong with a law of one duty to an authority; that no sound duty is left says nothing more."""
    given = legal("law-1", "us", "authority", "controller") | (duty or {})
    data = file("regime", "law", **{"applies": "named", "duties": [given]} | more)
    try:
        RegimePlaybook.model_validate(data)
    except ValidationError as error:
        found = [(".".join(map(str, one["loc"])), one["msg"].removeprefix("Value error, ")) for one in error.errors()]
        return [fault for fault in found if fault[0] != "duties" or len(found) == 1]
    return []


@pytest.mark.parametrize(
    ("duty", "key", "reason"),
    [
        ({"creditor": "body"}, "duties.0", 'creditor = "body" needs its name, in body'),
        (
            {"creditor": "subjects", "body": "the police"},
            "duties.0",
            'body names a public body: it goes with creditor = "body" or "authority"',
        ),
        ({"trigger": {}}, "duties.0.trigger", "a trigger names either a moment or a filing"),
        (
            {"trigger": {"moment": "aware", "filing": "law-1"}},
            "duties.0.trigger",
            "a trigger names either a moment or a filing",
        ),
        (
            {"trigger": {"moment": "aware", "last": True}},
            "duties.0.trigger",
            "incomplete and last are said of a filing",
        ),
        (
            {"trigger": {"filing": "law-1", "presumed_from": ["aware"]}},
            "duties.0.trigger",
            "only a moment is presumed from others",
        ),
        ({"trigger": {"filing": "law-2"}}, "duties.0.trigger.filing", "'law-2' is no duty of this file"),
        (
            {"others": [SAID | {"trigger": {"filing": "law-2"}, "period": hours(1)}]},
            "duties.0.others.0.trigger.filing",
            "'law-2' is no duty of this file",
        ),
        (
            {"national": [SAID | {"country": "FR", "trigger": {"filing": "law-2"}, "period": hours(1)}]},
            "duties.0.national.0.trigger.filing",
            "'law-2' is no duty of this file",
        ),
        (
            {"national": [SAID | {"country": "FR", "trigger": {"moment": "aware"}}]},
            "duties.0.national.0",
            "a reading has both a trigger and a period; a remark has neither",
        ),
        (
            {"relief_refused": SAID | {"sectors": ["bank"], "source": source(document="annex")}},
            "duties.0.relief_refused.source.document",
            "'annex' is not listed in documents",
        ),
    ],
)
def test_what_a_duty_may_not_say(duty: dict[str, Any], key: str, reason: str) -> None:
    assert faults(duty) == [(key, reason)]


@pytest.mark.parametrize("body", [{"creditor": "body", "body": "the police"}, {"body": "the ICO"}, {}])
def test_a_body_and_an_authority_may_be_named(body: dict[str, str]) -> None:
    assert faults(body) == []


@pytest.mark.parametrize(
    ("duty", "named"),
    [({}, "law-2"), ({"body": "the ICO"}, "law-1"), ({"creditor": "subjects"}, "law-1")],
)
def test_only_what_the_competent_authority_is_owed_is_spread_over_countries(duty: dict[str, str], named: str) -> None:
    spread = {"territory": ["FR"], "duties": [named], "lead": SAID, "each": SAID}
    assert faults(duty, cross_border=spread) == [
        ("cross_border.duties.0", f"{named!r} is no duty of this file to the competent authority")
    ]


@pytest.mark.parametrize("more", [{"applies": "assumed"}, {"replaces": "gdpr"}])
def test_a_proposal_replaces_a_law_and_nothing_else_does(more: dict[str, Any]) -> None:
    assert faults(**more) == [("", 'replaces is said by a regime with applies = "assumed", and by no other')]


def test_every_sector_that_it_names_is_known() -> None:
    duty = legal("law-1", "us", "authority", "controller") | {
        "others": [SAID | {"sectors": ["slow"], "trigger": {"moment": "aware"}, "period": hours(1)}],
        "relief_refused": SAID | {"sectors": ["strict"]},
    }
    law = RegimePlaybook.model_validate(file("regime", "law", applies="named", sectors=["bank"], duties=[duty]))
    assert law.all_sectors == {"bank", "slow", "strict"}
