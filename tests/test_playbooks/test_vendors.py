"""What the five vendors' documents say, fact by fact."""

import re

import pytest

from models.playbook import ContractDuty, VendorPlaybook
from models.vocabulary import Confidence
from playbooks.loader import read_playbook
from playbooks.texts import shipped_texts

VENDORS = ("convious", "deskhero", "kavkom", "konverso", "quicktalk")


def vendor(name: str) -> VendorPlaybook:
    playbook = read_playbook(f"vendors/{name}.toml", shipped_texts()[f"vendors/{name}.toml"])
    assert isinstance(playbook, VendorPlaybook)
    return playbook


def said(duty: ContractDuty) -> tuple[str | None, str, str, int | None, str | None, str]:
    """Return clause, trigger, scope, hours or phrase, and place."""
    return (
        duty.clause,
        duty.trigger,
        duty.scope,
        duty.period.amount,
        duty.period.phrase,
        duty.source.place,
    )


@pytest.mark.parametrize(
    ("name", "duties"),
    [
        (
            "konverso",
            [(None, "aware", "confirmed", None, "without undue delay", "Cooperation, third point")],
        ),
        ("kavkom", [(None, "aware", "confirmed", 48, None, "Notification of personal data breaches")]),
        (
            "convious",
            [
                (None, "aware", "potential", 72, None, "6.1 (first)"),
                ("access", "unstated", "confirmed", None, "promptly", "3.6, second point"),
            ],
        ),
        ("deskhero", []),
        ("quicktalk", [(None, "aware", "confirmed", None, "prontamente", "§6, first paragraph")]),
    ],
)
def test_each_vendor_promises_exactly_this(name: str, duties: list[tuple[object, ...]]) -> None:
    assert [said(duty) for duty in vendor(name).duties] == duties


@pytest.mark.parametrize("name", VENDORS)
def test_no_contract_names_a_counting_rule_and_every_promise_was_read(name: str) -> None:
    assert all(duty.counting is None for duty in vendor(name).duties)
    assert all(duty.source.confidence is Confidence.CHECKED for duty in vendor(name).duties)


@pytest.mark.parametrize(
    ("name", "title", "version", "dated"),
    [
        ("konverso", "Konverso, Application usage", None, None),
        ("kavkom", "Kavkom DPA", None, None),
        ("convious", "Convious DPA", "1.2", "May 2021"),
        ("deskhero", "Deskhero privacy policy", None, None),
        ("quicktalk", "Quicktalk DPA", None, None),
    ],
)
def test_each_document_has_the_version_and_date_that_it_bears(
    name: str, title: str, version: str | None, dated: str | None
) -> None:
    [document] = vendor(name).documents
    assert (document.title, document.version, document.dated) == (title, version, dated)
    assert document.checked_on.isoformat() == "2026-11-21"


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        (
            "konverso",
            [
                "Governing law and court",
                "Version and date of the document",
                "Contact point for breaches",
                "Contents of the breach notice",
                "Categories of data subjects",
            ],
        ),
        (
            "kavkom",
            [
                "Governing law and court",
                "Legal entity behind the name",
                "Contact point for breaches",
                "Version and date of the document",
                "Status as a provider of electronic communications",
            ],
        ),
        (
            "convious",
            [
                "Numbers among the minimum contents",
                "Contact point among the minimum contents",
                "Right reference in the contents clause",
            ],
        ),
        (
            "deskhero",
            [
                "Data processing agreement (DPA)",
                "Record of processing activities (RoPA)",
                "Technical and organisational measures (TOM)",
                "English original of the policy",
            ],
        ),
        (
            "quicktalk",
            [
                "List of what Quicktalk does once it is aware of a breach",
                "Other lists that the text announces",
                "E-mail addresses in the heading",
                "Categories of data subjects",
                "Whether data leave the European Economic Area",
            ],
        ),
    ],
)
def test_each_vendor_leaves_exactly_these_gaps(name: str, missing: list[str]) -> None:
    assert [gap.missing for gap in vendor(name).gaps] == missing


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        (
            "konverso",
            [
                ("15 days", "Client Obligations toward Konverso"),
                ("one audit or inspection a year", "Oversight and Auditing"),
                ("without undue delay (breach of the GDPR)", "Cooperation, fourth point"),
                ("without undue delay (requests of data subjects)", "Cooperation, first point"),
            ],
        ),
        (
            "kavkom",
            [
                ("24 hours", "Applicable technical and organizational security measures"),
                ("30 days", "Fate of personal data"),
                ("one month", "Subprocessing \N{EN DASH} Hosting location"),
                ("immediately", "General obligations of Kavkom as a processor under the GDPR"),
                ("one audit a year", "Assistance and Audit"),
            ],
        ),
        (
            "convious",
            [
                ("promptly (requests of law enforcement)", "3.6, first point"),
                ("promptly (requests of data subjects)", "3.6, third point"),
                ("invoice value", "4.2"),
            ],
        ),
        ("deskhero", [("30 days", "§4.4.5"), ("one year", "§4.4.5"), ("no term", "§4.4.4")]),
        (
            "quicktalk",
            [
                ("tempestivamente (requests of data subjects)", "§9, first paragraph"),
                ("tempestivamente (requests of authorities)", "§9, fourth paragraph"),
                ("10 working days", "§4.3, §4.4"),
                ("12 months", "Appendix A, last paragraph"),
                ("60 days (audit)", "§7, third paragraph"),
                ("60 days (conciliation)", "§14"),
            ],
        ),
    ],
)
def test_numbers_that_are_no_breach_clock_are_told_apart(name: str, terms: list[tuple[str, str]]) -> None:
    assert [(other.term, other.source.place) for other in vendor(name).other_terms] == terms


def test_kavkom_owes_documentation_with_its_notice_by_any_means() -> None:
    [duty] = vendor("kavkom").duties
    [owed] = duty.contents
    assert owed.text == "any useful documentation that the customer needs to notify its supervisory authority"
    assert owed.source is not None
    assert owed.source.confidence is Confidence.INFERRED  # which facts answer it is our reading
    assert duty.channel == "any appropriate means, e-mail and telephone included"


def test_convious_owes_four_contents_and_no_counts_or_contact() -> None:
    contents = vendor("convious").duties[0].contents
    assert [(content.text[:5].split()[0], content.facts) for content in contents] == [
        ("(i)", ("breach_types", "description")),
        ("(ii)", ("data_categories",)),
        ("(iii)", ("likely_consequences",)),
        ("(iv)", ("measures_remedy",)),
    ]
    assert {content.source.place.partition(",")[0] for content in contents if content.source} == {"6.1 (second)"}


@pytest.mark.parametrize(
    ("name", "topics"),
    [
        (
            "konverso",
            {"Answers to our questions", "Procedure after a breach", "Two capacities", "A chain of three"},
        ),
        ("kavkom", {"Hosting", "Teams in Israel"}),
        (
            "convious",
            {
                "Containment",
                "Assistance",
                "No notification behind our back",
                "Sub-processors",
                "Contents clause points to a wrong number",
                "Payments",
            },
        ),
        ("deskhero", {"Mailbox contents and tokens", "Two capacities", "The English original prevails"}),
        (
            "quicktalk",
            {
                "Cause",
                "Remedy",
                "Incidents caused by the client",
                "Notices in writing",
                "Assistance",
                "Operator of electronic communications",
                "Its own call data",
            },
        ),
    ],
)
def test_what_else_matters_on_the_day_is_carried(name: str, topics: set[str]) -> None:
    playbook = vendor(name)
    assert topics <= {fact.topic for fact in (*playbook.constraints, *playbook.facts)}


def test_what_the_documents_limit_in_a_letter() -> None:
    limits = {
        (name, one.limits, one.binds, one.source.place)
        for name in VENDORS
        for one in vendor(name).constraints
        if one.limits
    }
    assert limits == {
        ("convious", "telling-others", "vendor", "6.1 (fourth)"),
        ("deskhero", "form", "both", "Disclaimer at the head"),
        ("konverso", "form", "customer", "Client Obligations toward Konverso"),
        ("quicktalk", "form", "both", "§15"),
        ("quicktalk", "confidentiality", "both", "§12"),
    }


def test_our_questions_rest_on_the_clause_that_answers_them() -> None:
    places = {name: vendor(name).inquiries for name in VENDORS}
    assert {name: source.place for name, source in places.items() if source} == {
        "convious": "3.7",
        "konverso": "Cooperation, third point",
        "quicktalk": "§10; §7, first paragraph",
    }


def test_deskhero_says_what_to_do_first_and_that_a_shorter_term_may_exist() -> None:
    playbook = vendor("deskhero")
    assert playbook.first_step is not None
    assert playbook.first_step.startswith("Revoke Deskhero's access to the connected mailboxes")
    assert "Never write to the people concerned from such a mailbox" in playbook.first_step
    assert "a shorter term may exist" in playbook.gaps[0].ask


@pytest.mark.parametrize(
    ("name", "authority", "law"),
    [
        ("konverso", "cnil", None),
        ("kavkom", "cnil", None),
        ("convious", "ap", "NL"),
        ("deskhero", "imy", "SE"),
        ("quicktalk", "cnil", "FR"),
    ],
)
def test_the_home_authority_is_our_reading_and_the_law_is_the_documents(
    name: str, authority: str, law: str | None
) -> None:
    playbook = vendor(name)
    assert playbook.home_authority is not None
    assert playbook.home_authority.authority == authority
    assert playbook.home_authority.confidence is Confidence.INFERRED
    assert (playbook.governing_law.law if playbook.governing_law else None) == law


def test_sub_processors_are_those_that_the_documents_name() -> None:
    names = {name: [party.name for party in vendor(name).subprocessors] for name in VENDORS}
    assert names["kavkom"] == ["Amazon Web Services", "SMS provider (not named)", "Checkpoint"]
    assert len(names["quicktalk"]) == 17
    assert names["quicktalk"][0] == "Scaleway"
    assert names["quicktalk"][-1] == "DeepTranscript"
    assert names["konverso"] == names["convious"] == names["deskhero"] == []


@pytest.mark.parametrize(
    ("name", "data", "people"),
    [
        ("konverso", {"name", "contact_email", "communications_traffic", "credentials", "other"}, set()),
        (
            "kavkom",
            {
                "name",
                "contact_postal",
                "contact_email",
                "contact_phone",
                "other_financial",
                "communications_traffic",
                "other",
            },
            {"customers", "employees", "suppliers_contacts"},
        ),
        (
            "convious",
            {"contact_email", "communications_traffic", "other_financial", "other"},
            {"customers", "users"},
        ),
        (
            "deskhero",
            {
                "name",
                "contact_email",
                "contact_phone",
                "credentials",
                "contact_postal",
                "payment_card",
                "other_financial",
                "communications_traffic",
                "other",
            },
            {"employees", "users", "customers", "other"},
        ),
        (
            "quicktalk",
            {"communications_traffic", "name", "contact_email", "contact_phone", "other", "credentials"},
            set(),
        ),
    ],
)
def test_kinds_of_data_and_people_are_suggested(name: str, data: set[str], people: set[str]) -> None:
    suggested: dict[str, set[str]] = {"data_categories": set(), "subject_categories": set()}
    for suggestion in vendor(name).suggestions:
        suggested[suggestion.fact] |= set(suggestion.values)
    assert suggested == {"data_categories": data, "subject_categories": people}


def test_mailboxes_are_those_of_roles_and_no_person_or_telephone_is_named() -> None:
    mailboxes = {contact.email for name in VENDORS for contact in vendor(name).contacts}
    assert mailboxes == {"dpo@konverso.ai", "dpo@deskhero.com", "privacy@deskhero.com"}
    for name in VENDORS:
        text = shipped_texts()[f"vendors/{name}.toml"]
        assert set(re.findall(r"[\w.+-]+@[\w-]+\.\w+", text)) <= mailboxes
        assert not re.search(r"\+\d|\d{2,}([ .]\d{2,}){2,}", text)
    assert {(contact.role, contact.email) for contact in vendor("deskhero").contacts} == {
        ("Data protection officer", "dpo@deskhero.com"),
        ("Privacy mailbox", "privacy@deskhero.com"),
    }


@pytest.mark.parametrize("name", VENDORS)
def test_a_lawyer_is_told_at_the_head_how_to_correct_the_file(name: str) -> None:
    head = shipped_texts()[f"vendors/{name}.toml"].partition("\n\n")[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert "To correct a fact" in head
    assert "incident playbooks check" in head
