"""The dates on the sheet for the CNIL: awareness and detection, lateness, and which notification of several it is."""

import pytest

from incident.notices.notice import Phase
from tests.builders import incident, sent
from tests.test_incident.draft_examples import PARIS, RICH, draft
from tests.test_incident.sheets import items, sheet, ticked


def test_awareness_is_the_earliest_and_detection_is_explained_beside_it() -> None:
    answers = items(sheet(RICH))
    assert answers["6.4"].text == "24 octobre 2026 à 09:00 (Europe/Paris, UTC+02:00 ; 07:00 UTC)"
    assert answers["6.4"].mark == "présumée à la réception de la notification qui nous a été faite"
    assert answers["6.4"].value == "2026-10-24T07:00:00Z"
    assert answers["6.5"].text == answers["6.4"].text
    comments = answers["6.6"].text.splitlines()
    assert comments[0].startswith("Premiers signes détectés : 22 octobre 2026 à 11:00")
    assert comments[1].startswith("Prise de connaissance par le sous-traitant : 20 octobre 2026 à 15:30")
    assert comments[3] == (
        "Une autre date est enregistrée, plus tardive et non retenue : 25 octobre 2026 à 18:00 "
        "(Europe/Paris, UTC+01:00 ; 17:00 UTC) (motif enregistré : Checked by the security team)."
    )
    assert answers["6.7"].text.splitlines() == [
        "Notice of the vendor by e-mail.",
        "Premiers signes détectés : 22 octobre 2026 à 11:00 (Europe/Paris, UTC+02:00 ; 09:00 UTC).",
    ]


def test_where_awareness_and_detection_are_one_there_is_nothing_to_explain() -> None:
    at = "2026-10-22T11:00+02:00"
    answers = items(sheet({"title": "x", "place": PARIS, "moments": {"detected": at, "aware": at}}))
    assert (answers["6.4"].mark, answers["6.6"].text) == ("", "aucun commentaire enregistré")
    assert answers["6.5"].text == "sans objet : aucun sous-traitant impliqué"


@pytest.mark.parametrize(
    ("filed", "asked"),
    [
        (None, ["6.8"]),
        ("2026-10-27T07:00Z", []),
        ("2026-10-27T07:00:01Z", ["6.8"]),
    ],
    ids=["not filed, 26 hours over", "filed at the last instant", "filed a second later"],
)
def test_the_reasons_for_the_delay_are_asked_when_and_only_when_it_is_late(filed: str | None, asked: list[str]) -> None:
    what = incident(RICH, sent("gdpr-33-1", filed)) if filed else incident(RICH)
    assert [number for number in items(sheet(what)) if number == "6.8"] == asked


def test_reasons_that_are_wanted_and_not_recorded_block() -> None:
    facts = {name: value for name, value in RICH["facts"].items() if name != "delay_reasons"}
    assert "6.8" in [one.field for one in sheet({**RICH, "facts": facts}).blocking]


def test_an_end_that_was_not_recorded_leaves_open_whether_it_goes_on() -> None:
    open_end = items(sheet(RICH))["6.3"]
    assert open_end.value is None
    assert open_end.remarks == ("Violation contenue : 24 octobre 2026 à 12:00 (Europe/Paris, UTC+02:00 ; 10:00 UTC)",)
    ended = {**RICH, "moments": {**RICH["moments"], "occurred_to": "2026-10-24T12:00+02:00"}}
    assert items(sheet(ended))["6.3"].value is False
    assert items(sheet(ended))["6.1"].value is True
    assert items(sheet(RICH))["6.1"].value is None
    assert items(sheet({"title": "x"}))["6.1"].value is None


def test_a_first_notification_is_initial_and_the_next_one_completes_it() -> None:
    first = sheet(RICH)
    assert (first.phase, ticked(items(first)["1"])) == (Phase.INITIAL, ["Notification initiale"])
    filed = incident(RICH, sent("gdpr-33-1", "2026-10-27T06:00Z", complete=False, reference="N-42"))
    next_one = sheet(filed)
    assert ticked(items(next_one)["1"]) == ["Notification complémentaire"]
    assert items(next_one)["1.1"].text == "N-42"
    assert items(next_one)["1.1"].remarks[0] == (
        "notifiée le 27 octobre 2026 à 07:00 (Europe/Paris, UTC+01:00 ; 06:00 UTC)"
    )
    assert next_one.duties == ("gdpr-33-1", "gdpr-33-4")
    assert ticked(items(sheet(RICH, phase="complete"))["1"]) == ["Notification complète"]


def test_the_number_of_the_earlier_notification_is_missing_until_it_is_recorded() -> None:
    filed = incident(RICH, sent("gdpr-33-1", "2026-10-27T06:00Z", complete=False))
    assert "1.1" in [one.field for one in sheet(filed).blocking]


def test_the_rest_is_due_in_the_cnils_own_indicative_time() -> None:
    filed = incident(RICH, sent("gdpr-33-1", "2026-10-27T06:00Z", complete=False, reference="N-42"))
    text = draft("cnil", filed)
    assert (
        "**Délai de 72 heures** (notification complémentaire) — prend fin le 30 octobre 2026 à 07:00 "
        "(Europe/Paris, UTC+01:00 ; 06:00 UTC) (indicatif)"
    ) in text
