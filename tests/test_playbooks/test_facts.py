"""What each fact is and who asks for it: every fact once, each with its source."""

from typing import Any

import pytest
from pydantic import ValidationError

from models.authority import AuthorityPlaybook
from models.dossier import FACTS
from models.fact_hooks import FactHooks
from models.vocabulary import Confidence
from playbooks.facts import fact_hooks
from playbooks.loader import rules_from_texts
from playbooks.texts import shipped_texts

SPECIAL = {
    "contact_point": "further-contact",
    "countries": "eea-countries",
    "data_categories": "data",
    "date_comments": "date-comments",
    "informed_count": "all-informed",
    "other_parties": "other-bodies-involved",
    "own_reference": "own-reference",
    "people_by_country": "people-by-country",
    "severity_reason": "risk-reasons",
    "special_categories": "data",
    "subjects_informed_status": "communication",
}
"""The answers of forms that are made from a fact and do not bear its name."""


@pytest.mark.parametrize(
    ("fact", "kind", "place"),
    [
        ("breach_types", "ticks", "GDPR, Art. 33(3)(a)"),
        ("subjects_count", "count", "GDPR, Art. 33(3)(a)"),
        ("records_count", "count", "GDPR, Art. 33(3)(a)"),
        ("contact_point", "text", "GDPR, Art. 33(3)(b)"),
        ("likely_consequences", "text", "GDPR, Art. 33(3)(c)"),
        ("measures_remedy", "text", "GDPR, Art. 33(3)(d)"),
        ("delay_reasons", "text", "GDPR, Art. 33(1)"),
        ("data_unintelligible", "yes-no", "GDPR, Art. 34(3)(a)"),
        ("not_informed_reason", "text", "GDPR, Art. 34(3)"),
        ("informed_at", "instant", "GDPR, Art. 34(1)"),
        ("people_by_country", "counts", "EDPB Guidelines 9/2022, § 73"),
        ("special_categories", "ticks", "GDPR, Art. 33(3)(a)"),
        ("countries", "lines", "GDPR, Art. 56, inferred"),
        ("other_parties", "parties", "GDPR, Art. 33(2)"),
        ("severity", "choice", "GDPR, Art. 33(3)(c)"),
    ],
)
def test_a_fact_has_its_kind_and_its_legal_hook(fact: str, kind: str, place: str) -> None:
    hooks = fact_hooks()
    assert (hooks.of(fact).kind, hooks.citations(fact)[0].words) == (kind, place)


def test_every_fact_stands_once_in_the_order_of_the_record() -> None:
    assert tuple(hook.name for hook in fact_hooks().facts) == FACTS
    assert len({hook.means for hook in fact_hooks().facts}) == len(FACTS)


def test_a_field_of_the_common_template_that_is_cited_is_answered_by_the_fact() -> None:
    template: AuthorityPlaybook = rules_from_texts(shipped_texts()).authorities["edpb"]
    answers = {question.number: question.answers or "" for question in template.fields}
    for hook in fact_hooks().facts:
        for citation in fact_hooks().citations(hook.name):
            if citation.document == "EDPB common template":
                first = citation.place.removeprefix("fields").removeprefix("field").split()[0].strip(",")
                named = hook.name in answers[first] or answers[first] == SPECIAL.get(hook.name)
                assert named, (hook.name, citation.place, answers[first])


def changed(**changes: Any) -> dict[str, Any]:
    return fact_hooks().model_dump(mode="json") | changes


def test_a_fact_left_out_or_out_of_order_is_refused() -> None:
    entries = changed()["facts"]
    with pytest.raises(ValidationError, match="leaves out own_reference"):
        FactHooks.model_validate(changed(facts=entries[:-1]))
    with pytest.raises(ValidationError, match="is not in the order of the record"):
        FactHooks.model_validate(changed(facts=[entries[1], entries[0], *entries[2:]]))
    source = {"document": "law", "place": "Art. 1", "confidence": Confidence.CHECKED}
    with pytest.raises(ValidationError, match="'law' is not listed in documents"):
        FactHooks.model_validate(changed(facts=[entries[0] | {"sources": [source]}, *entries[1:]]))
