"""The shapes of playbooks: every fact has its source, and what does not fit is refused at its key."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.authority import AuthorityPlaybook
from models.countries import COUNTRIES
from models.periods import Period, Unit
from models.playbook import VendorPlaybook
from models.regime import RegimePlaybook
from models.sourced import PeriodText, Source
from models.vocabulary import SpecialCategory
from tests.test_models.rulebook import CNIL, KAVKOM, clause, file, hours, legal, soft, source

SPECIAL = ", ".join(SpecialCategory)
ABOUT = {"topic": "Sub-processors", "text": "A carrier."}


def faults(schema: type[Any], data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        schema.model_validate(data)
    return [(".".join(map(str, found["loc"])), found["msg"]) for found in refused.value.errors()]


def vendor_file(**more: Any) -> dict[str, Any]:
    return file("vendor", "kavkom", does="Telephony.", **more)


def regime_file(*duties: dict[str, Any]) -> dict[str, Any]:
    """Return a law of the given duties, and a sound one after them."""
    sound = legal("sound", "us", "authority", "controller")
    return file("regime", "gdpr", applies="personal-data", duties=[*duties, sound])


def authority_file(**more: Any) -> dict[str, Any]:
    return CNIL.model_dump(mode="json") | more


@pytest.mark.parametrize("period", [hours(48), hours(1), hours(100_000), soft("promptly")])
def test_a_period_is_counted_or_in_words(period: dict[str, Any]) -> None:
    read = PeriodText.model_validate(period).as_period()
    assert read == Period(Unit(period["unit"]), period.get("amount"), period.get("phrase"))


UNITS = "Input should be 'hours', 'business-hours', 'days', 'working-days', 'weeks', 'months' or 'soft'"


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ({"unit": "soft"}, "Value error, a soft period has a phrase and no amount"),
        ({"unit": "soft", "phrase": "soon", "amount": 1}, "Value error, a soft period has a phrase and no amount"),
        ({"unit": "hours"}, "Value error, a period in hours has an amount and no phrase"),
        (
            {"unit": "hours", "amount": 1, "phrase": "soon"},
            "Value error, a period in hours has an amount and no phrase",
        ),
        ({"unit": "hours", "amount": 0}, "Input should be greater than 0"),
        ({"unit": "hours", "amount": 10**9}, "Value error, a period has at most 100000 hours"),
        ({"unit": "months", "amount": 131}, "Value error, a period has at most 130 months"),
        ({"unit": "fortnights", "amount": 1}, UNITS),
    ],
)
def test_a_period_that_is_neither_or_both_is_refused(period: dict[str, Any], message: str) -> None:
    assert [found for _, found in faults(PeriodText, period)] == [message]


def test_every_source_names_a_document_of_the_file() -> None:
    lost = source(document="annex")
    data = vendor_file(
        duties=[clause(hours(48), contents=[{"text": "logs", "source": lost}])],
        facts=[ABOUT | {"source": source()}, ABOUT | {"source": lost}],
        inquiries=lost,
    )
    assert faults(VendorPlaybook, data) == [
        ("duties.0.contents.0.source.document", "'annex' is not listed in documents"),
        ("inquiries.document", "'annex' is not listed in documents"),
        ("facts.1.source.document", "'annex' is not listed in documents"),
    ]


@pytest.mark.parametrize("missing", ["document", "place", "confidence"])
def test_a_fact_without_its_whole_source_is_refused(missing: str) -> None:
    cited = {key: value for key, value in source().items() if key != missing}
    data = vendor_file(facts=[ABOUT | {"source": cited}])
    assert faults(VendorPlaybook, data) == [(f"facts.0.source.{missing}", "Field required")]


def test_a_document_says_when_it_was_checked() -> None:
    document = {"id": "annex", "title": "Kavkom annex", "language": "en"}
    sound = vendor_file()["documents"]
    assert faults(VendorPlaybook, vendor_file() | {"documents": [*sound, document]}) == [
        ("documents.1.checked_on", "Field required")
    ]
    assert faults(VendorPlaybook, vendor_file() | {"documents": []})[0][0] == "documents"


def test_a_source_may_have_been_checked_another_day() -> None:
    assert KAVKOM.document("text").title == "Kavkom text"
    assert KAVKOM.checked_on(Source.model_validate(source())) == date(2026, 11, 1)
    assert KAVKOM.checked_on(Source.model_validate(source(checked_on="2026-11-09"))) == date(2026, 11, 9)


def test_a_source_is_that_of_its_own_document() -> None:
    annex = {"id": "annex", "title": "Kavkom annex", "language": "fr", "checked_on": "2026-11-20"}
    two = VendorPlaybook.model_validate(vendor_file() | {"documents": [*vendor_file()["documents"], annex]})
    assert two.document("annex").title == "Kavkom annex"
    assert two.checked_on(Source.model_validate(source(document="annex"))) == date(2026, 11, 20)


def test_what_fits_is_read_as_it_stands() -> None:
    data = vendor_file(
        duties=[clause(hours(48), contents=[{"text": "the nature", "facts": ["breach_types", "description"]}])],
        suggestions=[{"fact": "countries", "values": ["FR", "IL"], "text": "as listed", "source": source()}],
    )
    read = VendorPlaybook.model_validate(data)
    assert read.duties[0].contents[0].facts == ("breach_types", "description")
    assert read.suggestions[0].values == ("FR", "IL")
    duty = RegimePlaybook.model_validate(regime_file(legal("a", "us", "authority", "controller"))).duties[0]
    assert duty.title == "{from} → {to} (a)"
    assert duty.trigger.incomplete is False


def test_a_suggestion_suggests_something() -> None:
    suggestion = {"fact": "countries", "values": [], "text": "as listed", "source": source()}
    assert [key for key, _ in faults(VendorPlaybook, vendor_file(suggestions=[suggestion]))] == ["suggestions.0.values"]


def test_a_question_of_a_form_asks_no_more_than_it_says() -> None:
    question = CNIL.fields[0]
    assert (question.required, question.only_if_late, question.limit, question.answers) == (False, False, None, None)
    asked = {"number": "2", "section": "1", "label": "Description", "type": "long-text", "confidence": "checked"}
    limited = AuthorityPlaybook.model_validate(authority_file(fields=[asked | {"limit": 1, "required": True}]))
    assert (limited.fields[0].limit, limited.fields[0].required) == (1, True)
    assert [key for key, _ in faults(AuthorityPlaybook, authority_file(fields=[asked, asked | {"limit": 0}]))] == [
        "fields.1.limit"
    ]


def test_an_unknown_key_is_refused_wherever_it_stands() -> None:
    data = vendor_file(colour="red", duties=[clause(hours(48), size=1)])
    assert [key for key, _ in faults(VendorPlaybook, data)] == ["duties.0.size", "colour"]


@pytest.mark.parametrize("alone", [{"limits": "form"}, {"binds": "vendor"}])
def test_what_limits_a_letter_binds_somebody(alone: dict[str, str]) -> None:
    data = vendor_file(constraints=[ABOUT | {"source": source()} | alone])
    assert faults(VendorPlaybook, data) == [("constraints.0", "Value error, limits and binds go together")]


def test_two_promises_with_the_same_clause_are_refused() -> None:
    data = vendor_file(
        duties=[clause(hours(48)), clause(hours(24), clause="a"), clause(soft(), clause="a"), clause(soft())]
    )
    reason = "another duty has the same clause; give each its own"
    assert faults(VendorPlaybook, data) == [("duties.2.clause", reason), ("duties.3.clause", reason)]


@pytest.mark.parametrize(
    ("fact", "values", "fault"),
    [
        (
            "special_categories",
            ["health", "stars"],
            ("suggestions.0.values.1", f"'stars' is no key of special_categories; write one of {SPECIAL}"),
        ),
        ("countries", ["FR", "UK"], ("suggestions.0.values.1", "'UK' is no key of countries; such as FR")),
    ],
)
def test_a_suggestion_is_of_keys_that_exist(fact: str, values: list[str], fault: tuple[str, str]) -> None:
    suggestion = {"fact": fact, "values": values, "text": "as listed", "source": source()}
    assert faults(VendorPlaybook, vendor_file(suggestions=[suggestion])) == [fault]


def test_what_a_notice_must_hold_is_answered_by_facts_that_exist() -> None:
    data = vendor_file(duties=[clause(hours(48), contents=[{"text": "size", "facts": ["description", "size"]}])])
    assert faults(VendorPlaybook, data) == [
        ("duties.0.contents.0.facts.1", "Value error, 'size' is no fact of the record; `incident schema` lists them")
    ]


def test_what_a_law_requires_are_facts_that_exist_or_alternatives_of_them() -> None:
    sound = legal("a", "us", "register", "controller", requires=["description", "consequences|harms"])
    assert RegimePlaybook.model_validate(regime_file(sound)).duties[0].requires == ("description", "consequences|harms")
    unsound = legal("a", "us", "register", "controller", requires=["consequences|size"])
    assert faults(RegimePlaybook, regime_file(unsound)) == [
        ("duties.0.requires.0", "Value error, 'size' is no fact of the record; `incident schema` lists them")
    ]


@pytest.mark.parametrize("trigger", [{}, {"moment": "aware", "filing": "gdpr-33-1"}, {"incomplete": True}], ids=str)
def test_a_duty_of_law_runs_from_one_thing(trigger: dict[str, Any]) -> None:
    data = regime_file(legal("a", "us", "authority", "controller", trigger=trigger))
    assert faults(RegimePlaybook, data) == [
        ("duties.0.trigger", "Value error, a trigger names either a moment or a filing")
    ]


def test_a_filing_that_starts_a_duty_is_one_of_the_same_law() -> None:
    data = regime_file(legal("a", "us", "authority", "controller", trigger={"filing": "b"}))
    assert faults(RegimePlaybook, data) == [("duties.0.trigger.filing", "'b' is no duty of this file")]


@pytest.mark.parametrize("title", ["{who} tell {to}", "We tell {to", "{from.x} tell"])
def test_a_title_leaves_open_only_who_tells_whom(title: str) -> None:
    data = regime_file(legal("a", "us", "authority", "controller", title=title))
    assert faults(RegimePlaybook, data) == [
        ("duties.0.title", "Value error, a title has words, and no placeholders but {from} and {to}")
    ]


@pytest.mark.parametrize("basis", ["contract", "policy"])
def test_a_law_rests_on_law_or_on_an_authority(basis: str) -> None:
    data = regime_file(legal("a", "us", "authority", "controller", basis=basis))
    assert [key for key, _ in faults(RegimePlaybook, data)] == ["duties.0.basis"]


def test_a_duty_of_law_needs_its_first_day_and_a_role() -> None:
    duty = legal("a", "us", "authority", "")
    del duty["valid_from"]
    assert [key for key, _ in faults(RegimePlaybook, regime_file(duty))] == ["duties.0.roles", "duties.0.valid_from"]


def test_a_form_names_only_lists_that_it_has() -> None:
    question = {"number": "1", "section": "1", "label": "Nature", "type": "choices", "confidence": "checked"}
    option = {"key": "confidentiality", "label": "Perte", "confidence": "checked"}
    data = authority_file(
        fields=[question | {"list": "nature"}, question | {"list": "cause"}], options={"nature": [option]}
    )
    assert faults(AuthorityPlaybook, data) == [("fields.1.list", "'cause' is not listed in options")]


def test_a_country_exists() -> None:
    assert faults(AuthorityPlaybook, authority_file(country="UK")) == [
        ("country", "Value error, 'UK' is no country code of ISO 3166-1, such as FR, GB or GR")
    ]
    assert len(COUNTRIES) == 249
    assert {"FR", "NL", "SE", "IT", "IE", "GB", "GR", "IL"} <= COUNTRIES
    assert not {"UK", "EL", "EU", "XX"} & COUNTRIES


@pytest.mark.parametrize("field", ["name", "duties"])
def test_a_playbook_cannot_be_changed_after_reading(field: str) -> None:
    with pytest.raises(ValidationError):
        setattr(KAVKOM, field, "Another")


@pytest.mark.parametrize(
    ("period", "aim"), [(hours(48), hours(24)), (soft("if possible"), soft("promptly"))], ids=["both", "no number"]
)
def test_an_aim_is_a_number_that_the_clause_does_not_promise(period: dict[str, Any], aim: dict[str, Any]) -> None:
    assert faults(VendorPlaybook, vendor_file(duties=[clause(period, aim=aim)])) == [
        ("duties.0", "Value error, aim is a number that the clause does not promise: its period is then soft")
    ]


def test_the_main_duty_is_the_one_without_a_name_or_else_the_first() -> None:
    access, main = clause(hours(1), clause="access"), clause(hours(48))
    read = [VendorPlaybook.model_validate(vendor_file(duties=duties)) for duties in ([access, main], [access], [])]
    assert [one.main_duty.period.amount if one.main_duty else None for one in read] == [48, 1, None]
