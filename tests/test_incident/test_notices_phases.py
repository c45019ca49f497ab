"""Notifying in phases (Art. 33(4) GDPR): what a follow-up says is new, the last of the phases, and a withdrawal."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from incident.errors import BadInput
from incident.notices.notice import Notice, Phase
from incident.notices.render import file_name, render
from models.incident import Incident
from models.organisation import Organisation
from tests.builders import decided, incident, organisation, recorded, sent
from tests.test_incident.draft_examples import HOSTILE_TEXT, PROCESSOR, RICH, TWO_CUSTOMERS, drafts
from tests.test_incident.format_texts import in_markdown, packed
from tests.test_incident.sheets import items, sheet, ticked
from tests.test_incident.test_notices_formats import every_format

FIRST = {
    **RICH,
    "facts": {
        **{name: value for name, value in RICH["facts"].items() if name != "likely_consequences"},
        "subjects_count": {"value": 2000, "approximate": True},
    },
}
"""What was known when the authority was first notified: about 2,000 people, and no effects."""

FILED = sent("gdpr-33-1", "2026-10-24T08:01:00Z", complete=False, channel="portal", reference="FR-77")
MOVED = recorded({"facts": {"subjects_count": {"value": 5400}}})
BECAME_KNOWN = recorded({"facts": {"likely_consequences": "Callers may be phished."}})
FOLLOWED = incident(FIRST, FILED, MOVED, BECAME_KNOWN)

LETTER = sent("contract:kavkom@acme", "2026-10-24T08:01:00Z", complete=False, channel="e-mail", reference="L-1")
TO_CUSTOMER = incident(
    TWO_CUSTOMERS,
    LETTER,
    recorded({"customers": [{"id": "acme", "facts": {"subjects_count": {"value": 5400}}}]}),
    recorded({"facts": {"likely_consequences": "Borgo's 3,400 callers may be phished."}}),
)
NO_BREACH = decided(breach=False, because="The recordings were test data.")

SHEETS = ("cnil", "ap", "imy", "garante", "edpb")
"""A form in each language."""

LANGUAGES = ("en", "fr", "it", "nl", "sv")


def letter(what: Incident | dict[str, Any], **wanted: Any) -> Notice:
    """The letter to Acme, in English unless another language is wanted."""
    found = drafts("controller", what, PROCESSOR, **({"languages": ("en",)} | wanted))
    return next(notice for notice in found if notice.customer == "acme")


def changed(notice: Notice) -> list[str]:
    """What is new, by the names of the record."""
    assert notice.since is not None
    return [one.change.field for one in notice.since.news]


def new_in(notice: Notice) -> str:
    """The section that says what is new, as Markdown."""
    return render(notice, "md").partition("## What is new")[2].partition("\n\n")[2].partition("\n\n")[0]


class TestAFollowUp:
    def test_says_exactly_what_moved_and_what_became_known(self) -> None:
        notice = sheet(FOLLOWED, authority="edpb")
        assert notice.phase is Phase.FOLLOW_UP
        assert notice.since is not None
        assert notice.since.heading == (
            "What is new since our notification of 24 October 2026 at 10:01 (Europe/Paris, UTC+02:00; 08:01 UTC), "
            "reference FR-77"
        )
        assert new_in(notice) == (
            "- **Number of data subjects** — changed: before about 2,000 (estimate); now 5,400 (recorded on "
            "24 October 2026 at 10:00 (Europe/Paris, UTC+02:00; 08:00 UTC), changed on "
            "24 October 2026 at 10:02 (Europe/Paris, UTC+02:00; 08:02 UTC))\n"
            "- **Effects seen or expected** — new: Callers may be phished. (recorded on "
            "24 October 2026 at 10:03 (Europe/Paris, UTC+02:00; 08:03 UTC))"
        )

    def test_marks_each_answer_of_a_form(self) -> None:
        marks = {number: item.since for number, item in items(sheet(FOLLOWED)).items()}
        assert marks["8.3"] == "≠ modifié depuis (avant : environ 2 000)".replace("2 000", "2\u202f000")
        assert marks["10.4"] == "+ nouveau depuis"
        assert marks["8.1"] == marks["2.1"] == "= inchangé"
        assert marks["1"] == marks["1.1"] == marks["4.1"] == ""
        assert {mark for mark in marks.values() if mark[:1] not in {"=", ""}} == {marks["8.3"], marks["10.4"]}
        first = sheet(FIRST)
        assert first.since is None
        assert {item.since for item in first.items} == {""}

    def test_says_it_to_scripts_by_the_names_of_the_record(self) -> None:
        found = json.loads(render(sheet(FOLLOWED), "json"))
        moved, known = found["changes"]
        assert {key: moved[key] for key in moved if key != "text"} == {
            "field": "subjects_count",
            "kind": "changed",
            "before": {"approximate": True, "value": 2000},
            "after": {"value": 5400},
            "before_recorded_at": "2026-10-24T08:00:00Z",
            "recorded_at": "2026-10-24T08:02:00Z",
        }
        assert (known["field"], known["kind"], known["before"]) == ("likely_consequences", "added", None)
        assert (known["before_recorded_at"], known["recorded_at"]) == (None, "2026-10-24T08:03:00Z")
        assert json.loads(render(sheet(FIRST), "json"))["changes"] == []

    def test_says_its_phase_to_scripts_in_the_words_of_the_other_formats(self) -> None:
        notice = sheet(FOLLOWED, phase="complete")
        found = json.loads(render(notice, "json"))
        words = in_markdown(render(notice, "md"))
        for said in (found["incident_title"], found["since"], found["statement"]):
            assert said
            assert packed(said) in words
        assert json.loads(render(sheet(FIRST), "json"))["since"] is None

    def test_shows_a_customer_its_own_figures_and_hides_the_others(self) -> None:
        notice = letter(TO_CUSTOMER)
        assert new_in(notice) == (
            "- **Number of data subjects** — changed: before 1,200; now 5,400 (recorded on "
            "24 October 2026 at 10:00 (Europe/Paris, UTC+02:00; 08:00 UTC), changed on "
            "24 October 2026 at 10:02 (Europe/Paris, UTC+02:00; 08:02 UTC))\n"
            "- **Effects seen or expected** — new: \\[name of another customer: removed\\]'s "
            "\\[figure: removed\\] callers may be phished. (recorded on "
            "24 October 2026 at 10:03 (Europe/Paris, UTC+02:00; 08:03 UTC))"
        )

    def test_hides_in_what_was_told_before_a_customer_and_a_figure_recorded_since(self) -> None:
        first = {**TWO_CUSTOMERS, "customers": TWO_CUSTOMERS["customers"][:1]}
        first = {**first, "facts": {**first["facts"], "description": "Of Borgo, 3400 people and Acme."}}
        later = recorded(
            {
                "customers": [{"id": "borgo", "name": "Borgo Srl", "facts": {"subjects_count": {"value": 3400}}}],
                "facts": {"description": "Of Acme."},
            }
        )
        notice = letter(incident(first, LETTER, later))
        assert notice.since is not None
        assert [(one.change.before, one.change.after) for one in notice.since.news if one.label == "Description"] == [
            ("Of [name of another customer: removed], [figure: removed] people and Acme.", "Of Acme.")
        ]
        assert "3400" not in render(notice, "json")

    def test_follows_the_last_notification_that_stands(self) -> None:
        second = sent("gdpr-33-4", "2026-10-24T08:03:00Z", complete=False, reference="FR-78")
        withdrawn = sent("gdpr-33-4", "2026-10-24T08:05:00Z", status="withdrawn", reference="FR-78")
        twice = sheet(incident(FIRST, FILED, MOVED, second, BECAME_KNOWN))
        assert (changed(twice), items(twice)["1.1"].value) == (["likely_consequences"], "FR-78")
        back = sheet(incident(FIRST, FILED, MOVED, second, BECAME_KNOWN, withdrawn))
        assert (changed(back), items(back)["1.1"].value) == (["subjects_count", "likely_consequences"], "FR-77")

    def test_of_a_notification_without_a_number_still_names_the_last_number_given(self) -> None:
        unnumbered = sent("gdpr-33-4", "2026-10-24T08:03:00Z", complete=False)
        assert items(sheet(incident(FIRST, FILED, unnumbered)))["1.1"].value == "FR-77"

    def test_says_that_nothing_is_new(self) -> None:
        notice = letter(incident(TWO_CUSTOMERS, LETTER))
        assert new_in(notice) == "No fact and no date has been added or changed since."
        assert letter(TWO_CUSTOMERS).statement == ""

    @pytest.mark.parametrize(
        "asked_for", [sheet(FIRST, phase="follow-up", authority="edpb"), letter(TWO_CUSTOMERS, phase="follow-up")]
    )
    def test_of_no_recorded_notification_cannot_say_what_is_new(self, asked_for: Notice) -> None:
        assert asked_for.since is None
        assert [check.partition(":")[0] for check in asked_for.to_check if "recipient" in check] == [
            "No notification to this recipient is recorded"
        ]

    def test_each_customer_has_its_own_phase(self) -> None:
        found = drafts("controller", TO_CUSTOMER, PROCESSOR)
        assert [(one.customer, one.phase, one.since is None) for one in found] == [
            ("acme", Phase.FOLLOW_UP, False),
            ("borgo", Phase.INITIAL, True),
        ]

    def test_what_somebody_wrote_does_nothing_in_it(self) -> None:
        free = recorded({"facts": {"description": HOSTILE_TEXT, "systems_affected": HOSTILE_TEXT}})
        told = sent("gdpr-33-1", "2026-10-24T08:01:00Z", complete=False, reference=HOSTILE_TEXT, channel=HOSTILE_TEXT)
        what = incident(FIRST, told, free, recorded({"facts": {"description": "Gone."}}))
        for phase in ("follow-up", "withdrawal"):
            notice = sheet(what, phase=phase)
            assert "<script" not in render(notice, "html")
            assert not {"# Owned", "<script>alert('x')</script>"} & set(render(notice, "md").splitlines())
            assert "\x1b" not in render(notice, "md")


class TestWhatMayFollow:
    UNKNOWN = recorded({}, certainty="unknown", without_value=["records_count"])

    def test_what_nobody_knows_yet_is_promised_and_what_nobody_recorded_blocks(self) -> None:
        bare = {**FIRST, "facts": {name: value for name, value in FIRST["facts"].items() if name != "description"}}
        notice = sheet(incident(bare, self.UNKNOWN))
        assert [one.number for one in notice.promised] == ["8.1"]
        assert [one.number for one in notice.blocking] == ["7.4"]
        assert items(notice)["8.1"].remarks[0] == "non connu à ce jour : suivra"
        assert json.loads(render(notice, "json"))["promised"] == ["8.1"]

    def test_a_letter_says_of_the_answer_itself_that_it_is_to_follow(self) -> None:
        (_, borgo) = drafts("controller", TWO_CUSTOMERS, PROCESSOR, languages=("en",))
        assert [one.field for one in borgo.promised] == ["records_count"]
        assert "- **Number of personal data records** — not known yet: to follow\n" in render(borgo, "md")

    def test_what_the_notification_before_left_open_is_named_first(self) -> None:
        second = recorded({}, certainty="unknown", without_value=["description"])
        notice = sheet(incident(FIRST, self.UNKNOWN, sent("gdpr-33-1", "2026-10-24T08:02:00Z"), second))
        assert [(one.number, one.left_open) for one in notice.promised] == [("8.1", True), ("7.4", False)]
        text = render(notice, "md")
        assert "- **8.1** Nature des données concernées : " in text
        assert "(enregistré comme non connu à ce jour) (laissé ouvert dans notre dernière notification)\n" in text

    @pytest.mark.parametrize("phase", [None, "follow-up", "complete"])
    def test_nothing_is_promised_in_the_last_phase(self, phase: str | None) -> None:
        notice = sheet(incident(FIRST, self.UNKNOWN, FILED), phase=phase)
        last = phase == "complete"
        assert ("8.1" in [one.number for one in notice.blocking]) == last
        assert ("8.1" in [one.number for one in notice.promised]) != last
        assert ("dernière phase" in notice.statement) == last


class TestTheLastPhase:
    def test_says_that_it_is_the_last_and_names_no_next_update(self) -> None:
        notice = letter(TO_CUSTOMER, phase="complete")
        text = render(notice, "md")
        assert "it is the last of its phases, and nothing further is announced." in text
        assert "Next update" not in text
        assert "next_update" not in [one.field for one in notice.missing]
        assert "next_update" in [one.field for one in letter(TO_CUSTOMER).missing]
        assert new_in(notice) == new_in(letter(TO_CUSTOMER))

    @pytest.mark.parametrize(
        ("authority", "number", "alone", "after"),
        [
            ("cnil", "1", "Notification complète", "Notification complémentaire"),
            (
                "ap",
                "1.1",
                "Ik wil één inbreuk melden (reguliere melding)",
                "Ik wil een eerdere melding aanvullen of aanpassen",
            ),
            ("garante", "0.1", "Completa", "Integrativa"),
            ("imy", "(0)", "Ny anmälan", "Komplettera eller ändra en tidigare anmälan"),
        ],
    )
    def test_is_to_a_form_a_follow_up_where_one_came_before(
        self, authority: str, number: str, alone: str, after: str
    ) -> None:
        assert ticked(items(sheet(FIRST, authority=authority, phase="complete"))[number]) == [alone]
        completed = items(sheet(FOLLOWED, authority=authority, phase="complete"))[number]
        assert ticked(completed) == [after]
        assert completed.remarks


class TestAWithdrawal:
    def test_names_the_notification_and_the_recorded_reason_and_nothing_else(self) -> None:
        notice = letter(incident(TWO_CUSTOMERS, LETTER, NO_BREACH), phase="withdrawal")
        text = render(notice, "md")
        assert (
            "- **Notification withdrawn** — 24 October 2026 at 10:01 (Europe/Paris, UTC+02:00; 08:01 UTC); "
            "channel: e-mail; reference L-1\n"
            "- **Reasons for the withdrawal** — The recordings were test data.\n"
        ) in text
        assert notice.missing == ()
        assert "Description" not in text
        assert "is this draft still wanted" not in text
        assert file_name(notice, "md") == "INC-2026-0001-controller-acme-en.md"

    def test_lacks_its_reason_first_where_no_decision_gives_one(self) -> None:
        again = decided("risk", because="Data of callers after all.")
        for what in (TO_CUSTOMER, incident(TWO_CUSTOMERS, LETTER, NO_BREACH, again)):
            notice = letter(what, phase="withdrawal")
            assert [(one.field, one.blocking) for one in notice.missing] == [("withdrawal_reason", True)]
            assert "- **Reasons for the withdrawal** — \\[to be completed\\]\n" in render(notice, "md")

    def test_hides_another_customer_in_the_reason(self) -> None:
        reason = decided(breach=False, because="Only Borgo was hit, 3400 people.")
        text = render(letter(incident(TWO_CUSTOMERS, LETTER, reason), phase="withdrawal"), "json")
        assert "Borgo" not in text
        assert "3400" not in text

    def test_goes_to_those_customers_only_that_were_notified(self) -> None:
        assert [one.customer for one in drafts("controller", TO_CUSTOMER, PROCESSOR, phase="withdrawal")] == ["acme"]

    @pytest.mark.parametrize(
        ("kind", "what", "us", "said"),
        [
            ("cnil", FIRST, organisation(), "nothing is recorded as notified to CNIL: there is nothing to withdraw"),
            (
                "controller",
                TWO_CUSTOMERS,
                PROCESSOR,
                "nothing is recorded as notified to Acme SAS: there is nothing to withdraw",
            ),
        ],
    )
    def test_is_refused_while_nothing_was_notified(
        self, kind: str, what: dict[str, Any], us: Organisation, said: str
    ) -> None:
        attempted = incident(what, sent("gdpr-33-1", "2026-10-24T08:01:00Z", status="attempted"))
        for about in (what, attempted):
            with pytest.raises(BadInput) as refused:
                drafts(kind, about, us, phase="withdrawal")
            assert str(refused.value) == said

    def test_is_written_though_no_personal_data_were_touched(self) -> None:
        none_touched = recorded({"personal_data": False})
        assert sheet(incident(FIRST, FILED, none_touched), phase="withdrawal").phase is Phase.WITHDRAWAL
        assert letter(incident(TWO_CUSTOMERS, LETTER, none_touched), phase="withdrawal").letter is not None

    @pytest.mark.parametrize(
        ("authority", "number", "option", "way"),
        [
            ("ap", "1.1", "Ik wil een eerdere melding intrekken", ""),
            ("edpb", "4", "c) Withdraw", ""),
            ("cnil", "1", "Notification complémentaire", "Le formulaire n'a pas d'option propre au retrait"),
            ("garante", "0.1", "Integrativa", "Il modulo non ha un'opzione propria per il ritiro"),
            ("imy", "(0)", "Komplettera eller ändra en tidigare anmälan", "Formuläret har inget eget val"),
            ("ico", "1", "Follow-up report", "The form has no option of its own for a withdrawal"),
        ],
    )
    def test_takes_the_forms_own_way_or_says_that_it_has_none(
        self, authority: str, number: str, option: str, way: str
    ) -> None:
        filed = sent("uk-gdpr-33" if authority == "ico" else "gdpr-33-1", "2026-10-24T08:01:00Z", reference="N-1")
        notice = sheet(incident(FIRST, filed, NO_BREACH), authority=authority, phase="withdrawal")
        assert ticked(items(notice)[number]) == [option]
        assert [check.startswith(way) for check in notice.to_check] == ([True] if way else [])
        assert len(notice.items) < 10


class TestWholeDrafts:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_follow_up_to_a_customer(self, language: str, golden: Callable[[str, str], None]) -> None:
        notice = letter(TO_CUSTOMER, languages=(language,))
        golden(f"phases/follow-up/{file_name(notice, 'md')}", render(notice, "md"))

    @pytest.mark.parametrize("authority", SHEETS)
    def test_a_follow_up_to_an_authority(self, authority: str, golden: Callable[[str, str], None]) -> None:
        filed = sent("gdpr-33-1", "2026-10-24T08:02:00Z", complete=False)
        what = incident(FIRST, TestWhatMayFollow.UNKNOWN, filed, MOVED, BECAME_KNOWN)
        notice = sheet(what, authority=authority)
        golden(f"phases/follow-up/{file_name(notice, 'md')}", render(notice, "md"))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_withdrawal_from_a_customer(self, language: str, golden: Callable[[str, str], None]) -> None:
        notice = letter(incident(TWO_CUSTOMERS, LETTER, NO_BREACH), phase="withdrawal", languages=(language,))
        golden(f"phases/withdrawal/{file_name(notice, 'md')}", render(notice, "md"))

    @pytest.mark.parametrize("authority", SHEETS)
    def test_a_withdrawal_from_an_authority(self, authority: str, golden: Callable[[str, str], None]) -> None:
        notice = sheet(FOLLOWED, authority=authority, phase="withdrawal")
        golden(f"phases/withdrawal/{file_name(notice, 'md')}", render(notice, "md"))

    @pytest.mark.parametrize(
        "notice",
        [letter(TO_CUSTOMER), letter(TO_CUSTOMER, phase="withdrawal"), sheet(FOLLOWED, phase="withdrawal")],
        ids=["follow-up", "withdrawal", "withdrawal on a form"],
    )
    def test_every_format_says_the_same(self, notice: Notice) -> None:
        texts = every_format(notice)
        assert texts == dict.fromkeys(texts, in_markdown(render(notice, "md")))
