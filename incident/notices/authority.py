"""A transcription sheet for a supervisory authority's form: its questions, in its order and words, answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from incident.errors import BadInput
from incident.notices.case import Case
from incident.notices.filling import Filling
from incident.notices.form import answer
from incident.notices.letter import checks, references, term
from incident.notices.notice import Item, Missing, Notice, Phase, Section, Sheet, Tick
from incident.notices.ticks import ticked
from incident.notices.wording import Wording
from models.clocks import Clock
from models.duty_ids import country_of, without_party
from models.playbook import AuthorityPlaybook, FormField, FormOption
from models.vocabulary import Certainty, Confidence, Risk

KIND = "authority"
FIRST, REST = "gdpr-33-1", "gdpr-33-4"
"""The duties to notify an authority, and to complete an incomplete notification."""


def sheets(case: Case, authority: str | None, languages: tuple[str, ...], phase: Phase | None) -> list[Notice]:
    """Compose the sheet for one authority, once for each language.

    Args:
        authority: the id of its file, or None for the competent authority of the settings.

    Raises:
        BadInput: a processor's role, no authority or none with a form, or a language the form does not have.
    """
    if not case.incident.role.decides:
        raise BadInput(
            f"{case.incident.reference}: our role is {case.incident.role}: a processor owes no authority notice "
            "(Art. 33(1) GDPR is the controller's); there are controller and vendor"
        )
    form = _form(case, authority or case.organisation.authority)
    for language in languages:
        if language not in form.languages:
            raise BadInput(f"the form of {form.name} is in {', '.join(form.languages)}, not in {language!r}")
    wanted = languages or form.languages[:1]
    return [_sheet(case, form, language, phase) for language in case.languages(KIND, wanted, ())]


def _form(case: Case, authority: str | None) -> AuthorityPlaybook:
    known = ", ".join(sorted(case.rules.authorities)) or "none"
    if authority is None:
        raise BadInput(f"the settings name no authority: name one with --authority; forms known: {known}")
    form = case.rules.authorities.get(authority)
    if form is None:
        raise BadInput(f"no form is known for the authority {authority!r}; forms known: {known}")
    return form


def _sheet(case: Case, form: AuthorityPlaybook, language: str, wanted: Phase | None) -> Notice:
    wording = case.wording(language)
    clocks = tuple(_owed_there(case, form))
    first = next((clock for clock in clocks if without_party(clock.duty.id) == FIRST), None)
    filings = case.incident.filings_under(first.duty.id if first else FIRST)
    filling = Filling(
        case=case,
        wording=wording,
        phase=wanted or (Phase.FOLLOW_UP if filings else Phase.INITIAL),
        awareness=first.candidates if first else (),
        previous=filings[-1] if filings and wanted is not Phase.INITIAL else None,
    )
    items = tuple(_items(form, filling, late=first is not None and first.late_by is not None))
    return Notice(
        kind=KIND,
        incident=case.incident.reference,
        incident_title=case.incident.title,
        language=language,
        recipient=form.names.get(language, form.name),
        as_of=case.now,
        as_of_words=wording.instant(case.now),
        phase=filling.phase,
        title=wording.labels.text("titles", KIND),
        sections=tuple(_sections(form, items)),
        missing=tuple(_missing(form, items, wording)),
        to_check=(*checks(case, wording), *_checks(case, form, first, wording)),
        sources=references(clocks),
        duties=tuple(clock.duty.id for clock in clocks),
        authority=form.id,
        sheet=Sheet(
            channel=form.channel,
            portal=form.portal,
            form_version=form.form_version,
            checked_on=wording.day(form.checked_on(form.channel_source)),
            notes=form.notes,
            terms=tuple(term(clock, wording, case.now) for clock in clocks),
        ),
    )


def _owed_there(case: Case, form: AuthorityPlaybook) -> Iterator[Clock]:
    """Yield the clocks of what is notified on the form: those of its country, where each country is told."""
    for clock in case.clocks():
        if without_party(clock.duty.id) in {FIRST, REST} and country_of(clock.duty.id) in {None, form.country}:
            yield clock


def _items(form: AuthorityPlaybook, filling: Filling, *, late: bool) -> Iterator[Item]:
    for question in form.fields:
        if question.only_if_late and not late:
            continue
        answered = _answered(form, question, filling)
        if answered is not None:
            yield _asked(question, answered, form.options.get(question.list or "", ()), filling.wording)


def _answered(form: AuthorityPlaybook, question: FormField, filling: Filling) -> Item | None:
    if question.answers is None:
        return filling.aside("done_in_the_form")
    try:
        return answer(question.answers, filling)
    except BadInput as error:
        raise BadInput(f"authorities/{form.id}.toml: question {question.number}: {error}") from error


def _asked(question: FormField, answered: Item, options: Sequence[FormOption], wording: Wording) -> Item:
    """Put an answer under the form's own question."""
    item = ticked(answered, options, wording) if options else answered
    if question.type == "yes-no":
        item = replace(item, ticks=_yes_and_no(item, wording))
    remarks = [*item.remarks]
    if question.type == "number" and isinstance(item.value, Mapping) and "value" not in item.value:
        remarks.append(wording.phrase("one_figure"))
    if question.note:
        remarks.append(question.note)
    if question.confidence is not Confidence.CHECKED:
        remarks.append(wording.phrase("unconfirmed_label"))
    return replace(
        item,
        field=question.number,
        number=question.number,
        label=question.label,
        remarks=tuple(remarks),
        block=item.value is not None and question.type in {"long-text", "parties"},
    )


def _yes_and_no(item: Item, wording: Wording) -> tuple[Tick, ...]:
    return tuple(
        Tick(wording.phrase(word), item.value is said, confirmed=True) for word, said in (("yes", True), ("no", False))
    )


def _sections(form: AuthorityPlaybook, items: Sequence[Item]) -> Iterator[Section]:
    section_of = {question.number: question.section for question in form.fields}
    for at, (heading, group) in enumerate(groupby(items, key=lambda item: section_of[item.field])):
        yield Section(f"section-{at + 1}", tuple(group), heading)


def _missing(form: AuthorityPlaybook, items: Sequence[Item], wording: Wording) -> Iterator[Missing]:
    """Yield the questions without an answer, each named with its section, where that says more."""
    questions = {question.number: question for question in form.fields}
    for item in items:
        if not item.answered:
            question = questions[item.field]
            within = question.section not in item.label
            label = wording.phrase("labelled", label=question.section, text=item.label) if within else item.label
            yield Missing(item.field, label, question.required, item.certainty is Certainty.UNKNOWN)


def _checks(case: Case, form: AuthorityPlaybook, first: Clock | None, wording: Wording) -> Iterator[str]:
    decision = case.incident.decision
    if case.organisation.authority != form.id:
        yield wording.phrase("check_authority", authority=form.name)
    if decision is None:
        yield wording.phrase("check_risk_undecided")
    elif decision.risk is Risk.UNLIKELY:
        yield wording.phrase("check_risk_unlikely")
    if first and first.trigger and first.trigger.presumed_from:
        yield wording.phrase("check_presumed")
    if first and len(first.candidates) > 1:
        yield wording.phrase("check_rivals")
