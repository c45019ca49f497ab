"""The neutral keys: scripts, playbooks and journals hold them for ever."""

import pytest

from models.vocabulary import ClockState, FilingStatus, Risk, Role


def test_the_roles_that_decide_are_those_of_controllers() -> None:
    assert {role.value: role.decides for role in Role} == {
        "controller": True,
        "joint-controller": True,
        "processor": False,
        "sub-processor": False,
    }


def test_a_clock_that_is_settled_owes_nothing_more() -> None:
    assert {state.value: state.settled for state in ClockState} == {
        "waiting": False,
        "running": False,
        "due-soon": False,
        "overdue": False,
        "met": True,
        "met-late": True,
        "not-required": True,
        "open": False,
    }


@pytest.mark.parametrize(
    ("vocabulary", "keys"),
    [
        (Risk, ["unlikely", "risk", "high"]),
        (FilingStatus, ["made", "attempted", "acknowledged", "withdrawn"]),
    ],
)
def test_keys_of_the_public_contract(vocabulary: type[Risk | FilingStatus], keys: list[str]) -> None:
    assert [key.value for key in vocabulary] == keys
