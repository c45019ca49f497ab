"""The dates on every authority's sheet: lateness, awareness and detection, which notification of several it is."""

import pytest

from incident.notices.render import render
from tests.builders import incident, organisation, sent
from tests.test_incident.draft_examples import RICH
from tests.test_incident.sheets import items, other_law, sheet, sheet_under, ticked

REASONS = RICH["facts"]["delay_reasons"]
LATE = {"ap": "4.5", "cnil": "6.8", "edpb": "49", "garante": "C4", "imy": "(14)"}


@pytest.mark.parametrize(("authority", "number"), LATE.items())
@pytest.mark.parametrize(
    ("filed", "reasons"),
    [(None, [REASONS]), ("2026-10-27T07:00Z", []), ("2026-10-27T07:00:01Z", [REASONS])],
    ids=["not filed, 26 hours over", "filed at the last instant", "filed a second later"],
)
def test_the_reasons_for_the_delay_are_asked_when_and_only_when_it_is_late(
    authority: str, number: str, filed: str | None, reasons: list[str]
) -> None:
    what = incident(RICH, sent("gdpr-33-1", filed)) if filed else incident(RICH)
    notice = sheet(what, authority=authority, phase="initial")
    assert [item.value for item in notice.items if item.number == number] == reasons


def test_the_common_template_asks_them_of_a_new_notification_only() -> None:
    late = incident(RICH, sent("gdpr-33-1", "2026-10-27T08:00Z", complete=False, reference="N-1"))
    assert "49" not in items(sheet(late, authority="edpb"))
    assert "49" in items(sheet(late, authority="edpb", phase="initial"))


def test_reasons_that_are_wanted_and_not_recorded_block() -> None:
    facts = {name: value for name, value in RICH["facts"].items() if name != "delay_reasons"}
    for authority, number in LATE.items():
        notice = sheet({**RICH, "facts": facts}, authority=authority)
        assert number in [one.number for one in notice.blocking], authority


@pytest.mark.parametrize(("term", "asked"), [(24, ["4.5"]), (120, [])])
def test_a_form_of_another_law_is_late_by_that_laws_own_term(term: int, asked: list[str]) -> None:
    rules = other_law("uk-gdpr", "uk-gdpr-33", "uk-gdpr-33-4", term)
    record = {**RICH, "regimes": ["gdpr", "uk-gdpr"]}
    notice = sheet_under(rules, "ico", record)
    assert [number for number in items(notice) if number == "4.5"] == asked
    assert notice.duties == ("uk-gdpr-33",)
    assert not any("not among the duties" in check for check in notice.to_check)
    assert any("not among the duties" in check for check in sheet(RICH, authority="ico").to_check)


DISCOVERED = {"ap": "4.2", "imy": "(11)", "ico": "2.4", "eprivacy-611": "4b"}


@pytest.mark.parametrize(("authority", "number"), DISCOVERED.items())
def test_where_a_form_says_discovered_awareness_is_given_and_detection_stands_beside_it(
    authority: str, number: str
) -> None:
    answer = items(sheet(RICH, authority=authority))[number]
    assert answer.value == "2026-10-24T07:00:00Z"
    assert "22 " in answer.remarks[0]
    assert any("25 " in remark and "Checked by the security team" in remark for remark in answer.remarks)


FORMS_NOTE = (
    "Detection means that the provider knows enough of the breach for a meaningful notification: "
    "that awareness is given here."
)
PREVIOUS = {"ap": "1.1 (nummer)", "cnil": "1.1", "edpb": "6", "garante": "0.2", "imy": "(0.1)"}


@pytest.mark.parametrize(("authority", "number"), PREVIOUS.items())
def test_a_follow_up_names_the_number_of_the_notification_before(authority: str, number: str) -> None:
    filed = sent("gdpr-33-1", "2026-10-27T06:00Z", complete=False, reference="N-42")
    answer = items(sheet(incident(RICH, filed), authority=authority))[number]
    assert (answer.value, "27 " in answer.remarks[0]) == ("N-42", True)
    assert number not in items(sheet(RICH, authority=authority))
    unnumbered = incident(RICH, sent("gdpr-33-1", "2026-10-27T06:00Z", complete=False))
    assert number in [one.number for one in sheet(unnumbered, authority=authority).blocking]
    asked_for = sheet(RICH, authority=authority, phase="follow-up")
    assert number in [one.number for one in asked_for.blocking]


def test_a_follow_up_of_another_law_follows_its_own_filing() -> None:
    rules = other_law("eprivacy-611", "eprivacy-611-initial", "eprivacy-611-second", 24)
    record = {**RICH, "regimes": ["gdpr", "eprivacy-611"]}
    to_another = sheet_under(
        rules, "eprivacy-611", incident(record, sent("gdpr-33-1", "2026-10-25T06:00Z")), languages=("en",)
    )
    assert ticked(items(to_another)["3"]) == ["First notification"]
    filed = sent("eprivacy-611-initial", "2026-10-25T06:00Z", complete=False, reference="T-7")
    second = items(sheet_under(rules, "eprivacy-611", incident(record, filed), languages=("en",)))
    assert (ticked(second["3"]), second["3a"].value) == (["Second notification"], "T-7")
    assert {"9", "10", "11", "12"} <= set(second)
    assert "9" not in items(to_another)


def test_a_provider_notifies_whatever_its_role_where_that_law_asks_it() -> None:
    roles = "controller joint-controller processor sub-processor"
    rules = other_law("eprivacy-611", "eprivacy-611-initial", "eprivacy-611-second", 24, roles)
    record = {"title": "x", "role": "processor", "regimes": ["gdpr", "eprivacy-611"]}
    notice = sheet_under(rules, "eprivacy-611", record, languages=("en",))
    assert notice.duties == ("eprivacy-611-initial",)
    assert not any("risk" in check for check in notice.to_check)


def test_the_rest_is_due_in_the_authoritys_own_time_and_unit() -> None:
    filed = incident(RICH, sent("gdpr-33-1", "2026-10-27T06:00Z", complete=False, reference="N-42"))
    text = render(sheet(filed, organisation(authority="imy"), authority="imy"), "md")
    assert (
        "**Tidsfrist på 4 veckor** (komplettering av anmälan) — löper ut den 24 november 2026 kl. 07:00 "
        "(Europe/Paris, UTC+01:00; 06:00 UTC) (vägledande)"
    ) in text


def test_a_detection_stands_in_for_awareness_where_the_law_says_so_and_is_marked() -> None:
    record = {"title": "x", "regimes": ["gdpr", "eprivacy-611"], "moments": {"detected": "2026-10-27T10:00Z"}}
    notice = sheet(record, authority="eprivacy-611", languages=("en",))
    detection = items(notice)["4b"]
    assert (detection.value, detection.mark) == ("2026-10-27T10:00:00Z", "presumed from the first signs")
    assert detection.remarks == (FORMS_NOTE,)
    assert any(check.startswith("The awareness is presumed from the first signs") for check in notice.to_check)
    assert "**Term of 24 hours** (Article 2(2) of Regulation (EU) No 611/2013) — ends on 28 October 2026" in render(
        notice, "md"
    )


def test_the_ico_is_told_under_the_law_of_the_united_kingdom() -> None:
    notice = sheet({**RICH, "regimes": ["gdpr", "uk-gdpr"]}, authority="ico")
    assert notice.duties == ("uk-gdpr-33",)
    assert "4.5" in items(notice)
    assert "**Term of 72 hours** (Article 33(1) UK GDPR) — ended on 27 October 2026" in render(notice, "md")
