"""No draft for one customer shows another's name or figures, whatever was written where."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident.notices.hiding import Hider, Mask, forms_of, without_legal_form
from incident.notices.render import TEXTS, render
from incident.notices.seen import seen_by_customer
from incident.text import visible
from models.journal import EntryKind
from models.parties import Customer
from tests.builders import incident, sent
from tests.test_incident.draft_examples import KAVKOM_LATE, PROCESSOR, TWO_CUSTOMERS, drafts

MASK = Mask("[name]", "[figure]")

NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=4, max_size=20).map(
    lambda text: f"Zq{text.strip()}qZ"
)
FIGURES = st.integers(10**6, 10**9)


def hider(*names: str, kept: tuple[str, ...] = (), figures: tuple[int, ...] = ()) -> Hider:
    return Hider(names, kept, figures, MASK)


@settings(max_examples=40)
@given(name=NAMES, figure=FIGURES, total=FIGURES)
def test_nothing_of_another_customer_is_in_a_draft(name: str, figure: int, total: int) -> None:
    told = f"{name} wrote. Of {name}: {figure:,} people ({figure}); of all: {total:,} ({total})."
    texts = ("description", "systems_affected", "measures_remedy", "measures_before", "likely_consequences")
    record: dict[str, Any] = {
        "title": told,
        "summary": told,
        "role": "processor",
        "vendor": {"name": f"Hosting of {name}"},
        "subprocessor": {"name": f"Carrier of {name}"},
        "customers": [
            {"id": "recipient", "name": "Recipient SA", "facts": {"measures_prevent": told}},
            {
                "id": "other-0042",
                "name": name,
                "contact": "privacy@zq-other.example",
                "facts": {"subjects_count": {"value": figure}, "measures_prevent": told},
            },
        ],
        "facts": {
            **dict.fromkeys(texts, f"{told} Customer other-0042, privacy@zq-other.example."),
            "subjects_count": {"value": total},
            "people_by_country": {"FR": {"value": total}},
            "other_parties": [{"name": name, "role": told, "contact": told}],
            "contact_point": told,
        },
    }
    for notice in drafts("controller", record, PROCESSOR):
        if notice.customer == "recipient":
            for form in TEXTS:
                text = render(notice, form)
                said = json.dumps(json.loads(text), ensure_ascii=False) if form == "json" else text
                flat = said.replace("\\", "")
                for hidden in (name, visible(name), "other-0042", "zq-other.example"):
                    assert hidden.replace("\\", "") not in flat
                for number in {figure, total}:
                    for written in (str(number), f"{number:,}", f"{number:,}".replace(",", ".")):
                        assert written not in flat


def test_a_customer_gets_its_own_figures_and_never_the_total() -> None:
    acme, borgo = drafts("controller", TWO_CUSTOMERS, PROCESSOR)
    assert acme.answers["subjects_count"] == {"value": 1200}
    assert borgo.answers["subjects_count"] == {"value": 3400, "approximate": True}
    for notice in (acme, borgo):
        assert "4,600" not in render(notice, "md")
        assert "4600" not in render(notice, "json")


def test_without_figures_of_its_own_a_customer_gets_none_of_the_total() -> None:
    bare = [{"id": "acme", "name": "Acme SAS"}, {"id": "borgo", "name": "Borgo Srl"}]
    for notice in drafts("controller", {**TWO_CUSTOMERS, "customers": bare}, PROCESSOR):
        assert "subjects_count" not in notice.answers
        assert "subjects_count" in [one.field for one in notice.missing]


def test_the_only_customer_concerned_is_told_the_incidents_figures() -> None:
    alone = {**TWO_CUSTOMERS, "customers": [{"id": "acme", "name": "Acme SAS"}]}
    (notice,) = drafts("controller", alone, PROCESSOR)
    assert notice.answers["subjects_count"] == {"value": 4600}


def test_while_no_customer_is_recorded_no_figure_is_told() -> None:
    (notice,) = drafts("controller", {**TWO_CUSTOMERS, "customers": []}, PROCESSOR)
    assert notice.customer == "unnamed"
    assert "subjects_count" not in notice.answers


def test_where_something_was_hidden_a_person_is_told_to_look() -> None:
    acme, borgo = drafts("controller", TWO_CUSTOMERS, PROCESSOR, languages=("en",))
    assert "Recordings of Acme SAS (1,200 people) and of [name of another customer: removed] could be" in str(
        acme.answers["description"]
    )
    assert "Recordings of [name of another customer: removed] ([figure: removed] people) and of Borgo" in str(
        borgo.answers["description"]
    )
    hidden = "Another customer's name or figures were removed from: Description. Read the text around the marks."
    assert hidden in acme.to_check
    assert hidden in borgo.to_check


def test_texts_that_go_to_several_customers_are_listed_for_a_look() -> None:
    own = {**TWO_CUSTOMERS["customers"][0], "facts": {"description": "Your recordings."}}
    record = {**TWO_CUSTOMERS, "customers": [own, TWO_CUSTOMERS["customers"][1]]}
    acme, borgo = drafts("controller", record, PROCESSOR, languages=("en",))
    shared = "The same words go to several customers: {}. Make sure they say nothing of another customer."
    categories = "Categories of personal data; Categories of data subjects"
    assert shared.format(f"Measures taken or proposed; {categories}") in acme.to_check
    assert shared.format(f"Description; Measures taken or proposed; {categories}") in borgo.to_check


def test_what_one_customer_may_see_holds_nothing_of_another() -> None:
    told = incident(
        TWO_CUSTOMERS,
        sent("gdpr-33-2@borgo", "2026-10-24T15:00Z", to="Borgo"),
        sent("gdpr-33-2@acme", "2026-10-24T16:00Z"),
        sent("gdpr-33-2", "2026-10-23T12:00Z"),
        (EntryKind.NOTED, {"text": "Borgo is angry.", "at": "2026-10-24T15:00:00Z"}),
    )
    seen = seen_by_customer(told, PROCESSOR, told.customers[0], MASK).incident
    assert [customer.id for customer in seen.customers] == ["acme"]
    assert [filing.duty for filing in seen.filings] == ["gdpr-33-2@acme", "gdpr-33-2"]
    assert (seen.notes, seen.imported, seen.tags, seen.links) == ((), None, (), ())
    assert "borgo" not in repr(seen).lower()


def test_the_vendor_is_not_told_who_our_customers_are() -> None:
    record = {
        **KAVKOM_LATE,
        "role": "processor",
        "customers": TWO_CUSTOMERS["customers"],
        "facts": {"description": "Recordings of Acme SAS and Borgo were open."},
    }
    (notice,) = drafts("vendor", record, PROCESSOR)
    assert notice.answers["description"] == (
        "Recordings of [name of another customer: removed] and [name of another customer: removed] were open."
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Acme SAS called", "[name] called"),
        ("ACME  sas called", "[name] called"),
        ("Acme\nSAS called", "[name] called"),
        ("acme called", "[name] called"),
        ("acme_backup.sql", "[name]_backup.sql"),
        ("write to dpo@acme.example", "write to [name]"),
        ("see www.acme.example", "see www.[name]"),
        ("Acme-SAS and acme_sas", "[name] and [name]"),
        ("an acmeologist", "an acmeologist"),
    ],
)
def test_a_customer_is_hidden_however_it_is_named(text: str, seen: str) -> None:
    acme = Customer("acme", "Acme SAS", contact="dpo@acme.example")
    assert hider(*forms_of(acme)).hide(text) == seen


def test_the_recipients_own_name_stays_even_where_it_holds_anothers() -> None:
    both = hider("Acme SAS", "Acme", kept=("Acme Retail",))
    assert both.hide("Acme Retail and Acme SAS, or Acme") == "Acme Retail and [name], or [name]"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("1200 people", "[figure] people"),
        ("1,200 people", "[figure] people"),
        ("1.200 people", "[figure] people"),
        ("1\u202f200 people", "[figure] people"),
        ("1'200people", "[figure]people"),
        ("20 1200 people", "20 [figure] people"),
        ("450 1,200 people", "450 [figure] people"),
        ("11200 people", "11200 people"),
        ("77 records of 12", "[figure] records of [figure]"),
        ("7 November", "7 November"),
    ],
)
def test_a_figure_is_hidden_however_it_is_grouped(text: str, seen: str) -> None:
    assert hider(figures=(1200, 77, 12, 7)).hide(text) == seen


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Acme SAS", "Acme"), ("Acme, Inc.", "Acme"), ("Acme S.p.A.", "Acme"), ("Acme", "Acme"), ("SAS", "SAS")],
)
def test_a_name_without_its_legal_form(name: str, plain: str) -> None:
    assert without_legal_form(name) == plain
