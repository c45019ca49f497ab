"""What another version of a contract says otherwise: every key counts, the order of a list does not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contract_changes import Change, contract_changes
from models.playbook import VendorPlaybook
from models.sourced import PeriodText, Source
from tests.builders import shipped_rules
from tests.test_models.rulebook import clause, hours, soft, source, vendor

MAIN = clause(hours(72), contents=[{"text": "the data"}, {"text": "the people"}], channel="by post")


def changed(**more: Any) -> tuple[Change, ...]:
    """Return what changes where the main clause of a contract is written anew in part."""
    return contract_changes(vendor("acme", MAIN), vendor("acme", MAIN | more))


def test_the_same_contract_changes_nothing() -> None:
    for playbook in shipped_rules().vendors.values():
        assert contract_changes(playbook, playbook.model_copy(deep=True)) == ()


@pytest.mark.parametrize(
    ("more", "key", "before", "after"),
    [
        ({"period": hours(48)}, "period", ("hours", 72, None), ("hours", 48, None)),
        ({"period": soft("promptly")}, "period", ("hours", 72, None), ("soft", None, "promptly")),
        ({"trigger": "confirmation"}, "trigger", "aware", "confirmation"),
        ({"scope": "potential"}, "scope", "confirmed", "potential"),
        ({"channel": None}, "channel", "by post", None),
        ({"counting": "elapsed"}, "counting", None, "elapsed"),
        ({"source": source(place="7")}, "source", "6.1", "7"),
    ],
)
def test_a_key_of_the_main_clause(more: dict[str, Any], key: str, before: Any, after: Any) -> None:
    (change,) = changed(**more)
    assert change.path == ("duties", "", key)
    assert (plain(change.before), plain(change.after)) == (before, after)


def plain(value: Any) -> Any:
    match value:
        case PeriodText():
            return value.unit.value, value.amount, value.phrase
        case Source():
            return value.place
        case _:
            return value


def test_contents_are_known_by_their_words() -> None:
    found = changed(contents=[{"text": "the people"}, {"text": "the numbers"}])
    assert [(change.path[3], change.before is None, change.after is None) for change in found] == [
        ("the data", False, True),
        ("the numbers", True, False),
    ]


def test_the_order_of_a_list_is_no_change() -> None:
    assert changed(contents=[{"text": "the people"}, {"text": "the data"}]) == ()


def test_a_further_clause_comes_and_goes_whole() -> None:
    more = clause(hours(24), clause="access")
    one, two = vendor("acme", MAIN), vendor("acme", MAIN, more)
    (come,), (gone,) = contract_changes(one, two), contract_changes(two, one)
    assert (come.path, come.before, come.after) == (("duties", "access"), None, two.duties[1])
    assert (gone.path, gone.before, gone.after) == (("duties", "access"), two.duties[1], None)


def test_two_items_of_one_name_are_told_apart() -> None:
    facts = [{"topic": "Logs", "text": text, "source": source()} for text in ("one", "two")]
    one, two = vendor("acme", facts=facts), vendor("acme", facts=[facts[0], facts[1] | {"text": "three"}])
    assert contract_changes(one, two) == (Change(("facts", "Logs #2", "text"), "two", "three"),)


def test_what_bears_on_a_breach_is_told_first() -> None:
    contact = {"role": "DPO", "email": "dpo@acme.example", "use": "Questions.", "source": source()}
    after = vendor("acme", MAIN | {"period": hours(48)}, contacts=[contact], first_step="Call.")
    assert [change.path[0] for change in contract_changes(vendor("acme", MAIN), after)] == [
        "duties",
        "contacts",
        "first_step",
    ]


@given(
    st.sampled_from(sorted(shipped_rules().vendors)),
    st.sampled_from([name for name in VendorPlaybook.model_fields if name not in {"id", "kind", "documents"}]),
)
def test_no_key_changes_unseen(playbook: str, key: str) -> None:
    before = shipped_rules().vendors[playbook]
    emptied = before.model_copy(update={key: VendorPlaybook.model_fields[key].get_default()})
    found = contract_changes(before, emptied)
    assert bool(found) == (getattr(before, key) != getattr(emptied, key))
    assert {change.path[0] for change in found} <= {key}
