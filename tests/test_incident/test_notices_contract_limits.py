"""What the contract limits in a letter: said in it where it binds one of the two, and put before the person."""

from typing import Any

import pytest

from incident.notices.compose import DraftRequest, compose
from incident.notices.notice import Notice, Reference
from incident.notices.render import render
from models.playbook import Rules
from tests.builders import incident, organisation
from tests.test_incident.draft_examples import NOW, PROCESSOR, TWO_CUSTOMERS, at_vendor, drafts, letter, only
from tests.test_models.rulebook import source, vendor

LANGUAGES = ("en", "fr", "it", "nl", "sv")
CONVIOUS = "Convious DPA, 6.1 (fourth)"
QUICKTALK = "Quicktalk DPA, §12"


def as_vendor(contract: str) -> dict[str, Any]:
    """A record of a breach at ourselves, with one customer under a contract."""
    customer = {**TWO_CUSTOMERS["customers"][0], "contract": contract}
    return {**TWO_CUSTOMERS, "customers": [customer]}


def constraint(limits: str, binds: str, **more: Any) -> dict[str, Any]:
    return {"topic": limits, "text": f"{limits}.", "limits": limits, "binds": binds, "source": source(**more)}


def under(kind: str, record: dict[str, Any], **said: Any) -> Notice:
    """Compose a letter under a contract that says just this."""
    rules = Rules(vendors={"acme": vendor("acme", **said)})
    (notice,) = compose(DraftRequest(kind, ("en",)), incident(record), rules, organisation(), NOW)
    return notice


def sent_part(notice: Notice) -> str:
    """What the recipient reads: all below the line."""
    return render(notice, "md").partition("\n---\n")[2]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "record", "place"),
    [
        ("controller", as_vendor("convious"), CONVIOUS),
        ("controller", as_vendor("quicktalk"), QUICKTALK),
        ("vendor", at_vendor("convious"), CONVIOUS),
        ("vendor", at_vendor("quicktalk"), QUICKTALK),
    ],
)
def test_a_letter_says_once_what_the_contract_limits(
    kind: str, record: dict[str, Any], place: str, language: str
) -> None:
    us = PROCESSOR if kind == "controller" else None
    assert sent_part(only(drafts(kind, record, us, languages=(language,)))).count(place) == 1


def test_the_clause_binds_whom_it_binds() -> None:
    ours, theirs = (
        letter(only(drafts(kind, record, languages=("en",))))
        for kind, record in (("controller", as_vendor("convious")), ("vendor", at_vendor("convious")))
    )
    clause = (Reference("Convious DPA", "6.1 (fourth)", confirmed=True),)
    assert (ours.sender_discusses_first, ours.recipient_discusses_first, ours.confidential) == (clause, (), ())
    assert (theirs.sender_discusses_first, theirs.recipient_discusses_first, theirs.confidential) == ((), clause, ())


@pytest.mark.parametrize("kind", ["controller", "vendor"])
def test_a_customer_that_is_bound_is_told_or_tells_that_the_law_goes_first(kind: str) -> None:
    record = as_vendor("acme") if kind == "controller" else at_vendor("acme")
    text = sent_part(under(kind, record, constraints=[constraint("telling-others", "customer", place="7")]))
    assert {
        "controller": "By contract you tell others of it only after you have discussed it with us: Acme text, 7. "
        "What the law requires of you stays as it is.",
        "vendor": "By contract we tell others of it only after we have discussed it with you: Acme text, 7. "
        "What the law requires of us stays as it is.",
    }[kind] in text


def test_the_person_sees_each_clause_with_its_place_and_how_sure_it_is() -> None:
    limits = [constraint("form", "both", place="3", confidence="inferred"), constraint("form", "vendor", place="4")]
    own = [{"to": "subjects", "text": "When it sees fit.", "source": source(place="9")}]
    said = {"constraints": limits, "own_notices": own}
    ours, theirs = under("controller", as_vendor("acme"), **said), under("vendor", at_vendor("acme"), **said)
    inferred = "A limit to this letter (Acme text, 3 (reference to be confirmed)): form."
    alone = (
        "The contract lets the vendor tell others itself (Acme text, 9): When it sees fit. "
        "Bring what the letter says of that in line."
    )
    assert ours.to_check[-3:] == (inferred, "A limit to this letter (Acme text, 4): form.", alone)
    assert theirs.to_check == (inferred, alone)


def test_how_notices_are_sent_is_shown_where_the_contract_says_it() -> None:
    (kavkom,) = (
        one for one in only(drafts("controller", as_vendor("kavkom"), languages=("en",))).to_check if "sent" in one
    )
    assert kavkom == (
        "How the contract has its notices sent (Kavkom DPA, Notification of personal data breaches): "
        "any appropriate means, e-mail and telephone included"
    )
    quicktalk = only(drafts("controller", as_vendor("quicktalk"), languages=("en",))).to_check
    assert [one.partition(":")[0] for one in quicktalk[-2:]] == [
        "A limit to this letter (Quicktalk DPA, §15)",
        "A limit to this letter (Quicktalk DPA, §12)",
    ]


def test_what_the_party_behind_us_lets_us_pass_on_is_shown_and_not_told_the_customer() -> None:
    record = {**as_vendor("kavkom"), "vendor": "quicktalk"}
    notice = only(drafts("controller", record, PROCESSOR, languages=("en",)))
    (shown,) = (one for one in notice.to_check if "Quicktalk" in one)
    assert shown.startswith("A limit to this letter (Quicktalk DPA, §12): Each side keeps confidential")
    assert QUICKTALK not in sent_part(notice)


def test_without_a_limit_the_letter_says_nothing_of_one() -> None:
    for kind, record in (("controller", as_vendor("kavkom")), ("vendor", at_vendor("kavkom"))):
        assert "By contract" not in sent_part(only(drafts(kind, record, languages=("en",))))
