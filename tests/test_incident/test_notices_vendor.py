"""Our request to a vendor: what is asked, what is known, how late it is, and on what we rest."""

from incident.notices.notice import Reference
from tests.builders import incident, sent
from tests.test_incident.draft_examples import (
    DESKHERO_TOLD,
    KAVKOM_LATE,
    KONVERSO_SILENT,
    at_vendor,
    draft,
    drafts,
    letter,
    only,
)


def test_the_request_leaves_out_what_is_known_and_asks_for_the_rest() -> None:
    notice = only(drafts("vendor", KAVKOM_LATE))
    asked = [item.field for item in notice.section["questions"]]
    assert "questions.awareness" not in asked
    assert "questions.description" not in asked
    assert "questions.kind" not in asked
    assert {"questions.subjects", "questions.logs", "questions.contact", "questions.other_notices"} < set(asked)
    known = [item.field for item in notice.section["known"]]
    assert known == ["moments.vendor_told_us", "moments.vendor_aware", "description", "breach_types"]


def test_an_estimate_of_ours_is_put_to_the_vendor_to_confirm() -> None:
    notice = only(drafts("vendor", KAVKOM_LATE))
    (subjects,) = (item for item in notice.items if item.field == "questions.subjects")
    assert subjects.remarks == ("We have: Number of data subjects: 500 to 900 (estimate). Please confirm or correct.",)


def test_what_the_document_names_is_a_question_and_never_an_answer() -> None:
    notice = only(drafts("vendor", KAVKOM_LATE))
    (data,) = (item for item in notice.items if item.field == "questions.data")
    (remark,) = data.remarks
    assert remark == (
        "Your document names (Kavkom DPA, Details of the processing operations): names; postal addresses; "
        "e-mail addresses; telephone numbers; other financial data; communications and traffic data. "
        "Please confirm which of these are affected."
    )
    assert "data_categories" not in notice.answers


def test_how_late_a_vendor_is_depends_on_its_clause() -> None:
    silent = at_vendor("kavkom", vendor_aware="2026-10-20T15:30+02:00")
    kavkom, still_silent, konverso, deskhero = (
        letter(only(drafts("vendor", record))).terms for record in (KAVKOM_LATE, silent, KONVERSO_SILENT, DESKHERO_TOLD)
    )
    assert [(term.duty, term.late) for term in kavkom] == [("contract:kavkom", "41 h 30 min"), ("gdpr-33-2", "")]
    assert still_silent[0].late == "139 h 30 min"
    assert [(term.duty, term.late, term.elapsed) for term in konverso] == [
        ("contract:konverso", "", "187 h 30 min"),
        ("gdpr-33-2", "", "187 h 30 min"),
    ]
    assert [(term.duty, term.started) for term in deskhero] == [("gdpr-33-2", "")]


def test_what_the_contract_wants_with_the_notice_is_owed_until_it_was_delivered() -> None:
    (owed,) = letter(only(drafts("vendor", KAVKOM_LATE))).owed
    assert owed == (
        "any useful documentation that the customer needs to notify its supervisory authority (here we still lack: "
        "Categories of personal data; Categories of data subjects; Number of personal data records; "
        "Effects seen or expected; Measures taken or proposed)"
    )
    delivered = incident(KAVKOM_LATE, sent("contract:kavkom", "2026-10-24T07:00Z", complete=True))
    assert letter(only(drafts("vendor", delivered))).owed == ()


def test_what_is_owed_in_english_words_is_to_be_translated() -> None:
    notice = only(drafts("vendor", KAVKOM_LATE, languages=("fr",)))
    assert "Ce qui est encore dû est décrit en anglais, dans nos propres mots : traduisez-le." in notice.to_check


def test_our_questions_rest_on_the_clause_that_the_playbook_names() -> None:
    convious, kavkom = (letter(only(drafts("vendor", at_vendor(name)))) for name in ("convious", "kavkom"))
    assert convious.inquiries == Reference("Convious DPA", "3.7", confirmed=True)
    assert kavkom.inquiries is None


def test_our_own_deadline_is_told_to_the_vendor_until_we_have_notified() -> None:
    before = letter(only(drafts("vendor", KAVKOM_LATE)))
    assert before.our_deadline == "27 October 2026 at 08:00 (Europe/Paris, UTC+01:00; 07:00 UTC)"
    filed = incident(KAVKOM_LATE, sent("gdpr-33-1", "2026-10-26T07:00Z"))
    assert letter(only(drafts("vendor", filed))).our_deadline == ""


def test_without_a_contract_only_the_law_is_cited_and_the_agreement_asked_for() -> None:
    text = draft("vendor", at_vendor({"name": "No One Ltd"}), languages=("en",))
    assert "Please send us with your answer the data processing agreement in force between us" in text
    assert "within 48 hours" not in text
    assert "data processing agreement in force" not in draft("vendor", KAVKOM_LATE)


def test_a_vendor_cannot_be_called_late_before_it_said_when_it_became_aware() -> None:
    assert "Until you do, we cannot judge whether your notice came without undue delay" in draft(
        "vendor", DESKHERO_TOLD, languages=("en",)
    )


def test_a_processor_asks_its_sub_processor_down_the_chain() -> None:
    text = draft("vendor", {**KAVKOM_LATE, "role": "processor", "customers": [{"name": "Acme"}]})
    assert "have engaged you for it as our sub-processor" in text
    assert "Article 28(4) GDPR" in text
    assert "Our own deadline" not in text


def test_the_first_step_and_the_address_are_put_before_the_person() -> None:
    notice = only(drafts("vendor", DESKHERO_TOLD, languages=("en",)))
    assert notice.to_check[0].startswith("Before anything else: Revoke Deskhero's access")
    assert "It is no hotline" in notice.to_check[1]
    assert only(drafts("vendor", KAVKOM_LATE)).missing[0].field == "recipient_contact"
