"""Every form over generated incidents: what is asked, what is mandatory, and when the reasons for a delay are."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from incident.notices.notice import Item, Notice
from models.authority import AuthorityPlaybook, FormField
from models.dossier import FACTS, RecordedFact
from models.fact_kinds import FactKind, fact_kind, options_of
from models.incident import Incident
from models.moments import MomentName, utc_text
from models.organisation import Organisation
from models.vocabulary import Certainty
from tests.builders import decided, incident, organisation, recorded, sent, shipped_rules
from tests.test_incident.draft_examples import NOW, drafts

FORMS = shipped_rules().authorities
TERM = timedelta(hours=72)
NOTIFIED = 0.4
OPEN = {None, Certainty.UNKNOWN}
GERMAN, UNPLACED = organisation(main_establishment="DE", address={"country": "DE"}), Organisation()

COUNTS = [{"value": 3}, {"value": 3, "approximate": True}, {"min": 1, "max": 9}, {"min": 2}, {"unknown": True}]
PLACES = [["FR"], ["FR", "SE"], ["US"], []]
VALUES: dict[FactKind, list[Any]] = {
    FactKind.TEXT: ["Some words.", "no_high_risk", "art34_3_a_protected"],
    FactKind.YES_NO: [True, False],
    FactKind.COUNT: COUNTS,
    FactKind.COUNTS: [{"FR": count, "US": {"value": 1}} for count in COUNTS] + [{}, {"SE": {"value": 2}}],
    FactKind.LINES: PLACES,
    FactKind.PARTIES: [[], [{"name": "Hosting BV", "role": "processor"}]],
    FactKind.INSTANT: ["2026-10-25T10:00:00Z", "2026-11-25T10:00:00Z"],
}
AGES = [timedelta(hours=1), TERM, TERM + timedelta(seconds=1), TERM - timedelta(seconds=1), 2 * TERM]
OTHER_TIMES = {
    "occurred_from": ["2026-10-20", "2026-10-20T10:00:00Z"],
    "occurred_to": ["2026-10-20", "2026-10-21T10:00:00Z"],
    "detected": ["2026-10-20T12:00:00Z"],
}


def value(name: str, chance: Random) -> Any:
    """Return some value of a fact, as a record may have it."""
    keys, kind = options_of(name), fact_kind(name)
    if not keys:
        return chance.choice(VALUES[kind])
    return chance.choice(keys) if kind is FactKind.CHOICE else chance.sample(keys, min(len(keys), chance.randrange(4)))


def some_incident(form: AuthorityPlaybook, chance: Random) -> Incident:
    """Return some incident, of which much or little is known, and perhaps notified on a form."""
    much = chance.choice([0.0, 0.3, 0.6, 1.0])
    times = {name: chance.choice(options) for name, options in OTHER_TIMES.items() if chance.random() < much}
    times |= {"aware": utc_text(NOW - chance.choice(AGES))} if chance.random() < max(much, 0.5) else {}
    record = {
        "title": "x",
        "regimes": ["gdpr", "uk-gdpr"],
        "moments": times,
        "facts": {name: value(name, chance) for name in FACTS if chance.random() < much},
        **({"vendor": {"name": "Hosting BV"}} if chance.random() < much else {}),
    }
    bodies = [
        recorded({}, certainty=sure, without_value=chance.sample(FACTS, chance.randrange(6)), why="so")
        for sure in ("unknown", "not-applicable")
    ]
    risk = chance.choice([None, "unlikely", "risk", "high"])
    bodies += [decided(risk, because="so")] if risk else []
    if chance.random() < NOTIFIED:
        at = utc_text(NOW - chance.choice(AGES))
        bodies.append(sent(form.duties.first, at, complete=False, reference="N-1"))
    return incident(record, *bodies)


@dataclass(frozen=True, repr=False)
class Sheet:
    """A form, the incident and the organisation it is filled in for, and what came of it; shown in short."""

    form: AuthorityPlaybook
    what: Incident
    us: Organisation
    notice: Notice

    @property
    def items(self) -> dict[str, Item]:
        """The questions that are asked, by number."""
        return {item.number: item for item in self.notice.items}

    def __repr__(self) -> str:
        facts = {name: (one[-1].certainty.value, one[-1].value) for name, one in self.what.facts.items()}
        return f"{self.form.id}, {self.notice.phase}, {facts}, {[*self.what.moments]}, {len(self.what.filings)} filed"


def some_sheet(form: AuthorityPlaybook, chance: Random) -> Sheet:
    """Fill in a form for some incident and organisation."""
    what, us = some_incident(form, chance), chance.choice([organisation(), GERMAN, UNPLACED])
    phase = chance.choice([None, "initial", "follow-up", "complete"])
    (notice,) = drafts("authority", what, us, authority=form.id, languages=form.languages[:1], phase=phase)
    return Sheet(form, what, us, notice)


few = settings(max_examples=25)
"""Each example fills in every form: 175 sheets of as many incidents."""


def is_late(sheet: Sheet) -> bool:
    """Reckon anew: the notification came, or has not come, more than 72 hours after the awareness."""
    what, aware = sheet.what, [one.moment.at for one in sheet.what.moments.get(MomentName.AWARE, ())]
    if not aware or (what.decision and what.decision.risk == "unlikely" and not what.filings):
        return False
    return min((filing.at for filing in what.filings), default=NOW) - aware[0] > TERM


def keys_of(number: str, sheet: Sheet) -> set[str]:
    """Return the neutral keys of an earlier answer: a fact's own, the phase, else those of the ticked options."""
    question = next(one for one in sheet.form.fields if one.number == number)
    answers = question.answers or ""
    if answers == "notification-type":
        return {sheet.notice.phase.value}
    if answers.startswith("fact:"):
        return keys_of_fact(sheet.what.current_facts().get(answers.removeprefix("fact:")))
    if question.type == "yes-no":
        return {True: {"yes"}, False: {"no"}}.get(sheet.items[number].value, set())
    ticked = {tick.label for tick in sheet.items[number].ticks if tick.ticked}
    shown = {one: f"{one.code}) {one.label}" if one.code else one.label for one in sheet.form.options_of(question)}
    return {one.key for one, label in shown.items() if one.key and label in ticked}


def keys_of_fact(fact: RecordedFact | None) -> set[str]:
    """Return the keys that were recorded, `unknown` where nobody knows."""
    if fact is None or fact.certainty is Certainty.NOT_APPLICABLE:
        return set()
    if fact.certainty is Certainty.UNKNOWN:
        return {"unknown"}
    if isinstance(fact.value, bool):
        return {"yes" if fact.value else "no"}
    return set(fact.value) if isinstance(fact.value, list) else {fact.value}


def is_due(question: FormField, sheet: Sheet) -> bool:
    """Judge by the form's own words, and by the case, whether a question is to be asked."""
    if question.only_if_late and not is_late(sheet):
        return False
    condition = question.only_if
    if condition is not None:
        if condition.question not in sheet.items:
            return False
        keys = keys_of(condition.question, sheet)
        if not (keys & set(condition.holds) or (condition.while_open and keys <= {"unknown"})):
            return False
    return is_of_this_case(question, sheet)


def is_of_this_case(question: FormField, sheet: Sheet) -> bool:
    """Judge the three answers that know whether they are asked at all."""
    match question.answers:
        case "previous-reference":
            return sheet.notice.phase == "follow-up" or (bool(sheet.what.filings) and sheet.notice.phase != "initial")
        case "eea-representative":
            return False  # asked outside the EEA only: `test_notices_edpb` has that case
        case "told-elsewhere":
            told = (sheet.what.current_facts().get(name) for name in ("police_report", "other_regulators"))
            return any(one is not None and one.value and one.certainty is not Certainty.NOT_APPLICABLE for one in told)
        case _:
            return True


def test_what_is_asked_is_due_and_what_is_mandatory_is_answered_or_listed_as_missing() -> None:
    seen: set[tuple[str, bool]] = set()

    @few
    @given(st.integers(0, 2**32).map(Random))
    def every_form(chance: Random) -> None:
        for form in FORMS.values():
            sheet = some_sheet(form, chance)
            asked, due = sheet.items, [question for question in form.fields if is_due(question, sheet)]
            assert list(asked) == [question.number for question in due], sheet
            mandatory = [question.number for question in due if question.required]
            without = [number for number in mandatory if asked[number].certainty in OPEN]
            listed = [one for one in sheet.notice.missing if one.blocking or one.promised or one.may_follow]
            assert sorted(one.number for one in listed) == sorted(without), sheet
            followed = sheet.notice.phase in {"initial", "follow-up"}
            unknown = {one for one in without if asked[one].certainty is Certainty.UNKNOWN and followed}
            later = {one.number for one in due if one.later and one.number in without and followed} - unknown
            assert {one.number for one in listed if one.promised} == unknown, sheet
            assert {one.number for one in listed if one.may_follow} == later, sheet
            empty = [one for one in mandatory if one not in without and not (asked[one].text or asked[one].ticks)]
            assert empty == [], sheet
            seen.add((form.id, is_late(sheet)))

    every_form()
    assert seen == {(form, late) for form in FORMS for late in (True, False)}  # else the lateness was never judged
