"""A transcription sheet for a supervisory authority's form: its questions, in its order and words, answered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from incident.errors import BadInput
from incident.notices.asking import asked
from incident.notices.case import Case
from incident.notices.comparing import compared, with_promises
from incident.notices.filling import Filling
from incident.notices.form import facts_behind
from incident.notices.letter import awareness_checks, checks, references, term
from incident.notices.notice import Item, Missing, Notice, Phase, Section, Sheet
from incident.notices.phases import notifications, phase_checks, phase_of, since, sorted_out, statement
from incident.notices.withdrawal import ABOUT_THE_FILING, ASKED, way_to_withdraw, withdrawn
from incident.notices.wording import Wording
from models.authority import AuthorityPlaybook
from models.changes import as_notified
from models.clocks import Clock
from models.duty import Duty, Trigger
from models.duty_ids import country_of, without_party
from models.ends import Candidate, candidates
from models.moments import MomentName
from models.notification_file import RequiredField, field_state
from models.vocabulary import Certainty, Risk

KIND = "authority"


def sheets(case: Case, authority: str | None, languages: tuple[str, ...], phase: Phase | None) -> list[Notice]:
    """Compose the sheet for one authority, once for each language.

    Args:
        authority: the id of its file, or None for the competent authority of the settings.

    Raises:
        BadInput: a processor's role under a law that asks nothing of processors, no authority or none with a form,
            a language the form does not have, or a withdrawal where the authority was not notified.
    """
    form = _form(case, authority or case.organisation.authority)
    if not case.incident.role.decides and not any(_owed_there(case, form)):
        raise BadInput(
            f"{case.incident.reference}: our role is {case.incident.role}: a processor owes no authority notice "
            "(Art. 33(1) GDPR is the controller's); there are controller and vendor"
        )
    for language in languages:
        if language not in form.languages:
            raise BadInput(f"the form of {form.name} is in {', '.join(form.languages)}, not in {language!r}")
    ours = [one for one in case.organisation.languages if one in form.languages]
    wanted = languages or (*ours, *form.languages)[:1]
    return [_sheet(case, form, language, phase) for language in case.languages(KIND, wanted, ())]


def required_of(case: Case, form: AuthorityPlaybook, duty: Duty) -> Iterator[RequiredField]:
    """Yield the questions that a form requires now for one notification, each with how it stands.

    What may follow a first notification is wanted at once by the one that completes it.

    Raises:
        BadInput: the form names an answer that there is not.
    """
    rest = without_party(duty.id) == form.duties.rest
    notice = _sheet(case, form, form.languages[0], Phase.FOLLOW_UP if rest else None)
    questions = {question.number: question for question in form.fields}
    for item in notice.items:
        question = questions[item.number]
        if question.required:
            facts = facts_behind(question.answers or "")
            yield RequiredField(
                name=question.number,
                label=question.label,
                facts=facts,
                state=field_state(item.certainty),
                blocking=rest or not (question.later or item.certainty is Certainty.UNKNOWN),
                asked=case.incident.asked_for(facts),
            )


def _form(case: Case, authority: str | None) -> AuthorityPlaybook:
    known = ", ".join(sorted(case.rules.authorities)) or "none"
    if authority is None:
        raise BadInput(f"the settings name no authority: name one with --authority; forms known: {known}")
    form = case.rules.authorities.get(authority)
    if form is None:
        raise BadInput(f"no form is known for the authority {authority!r}; forms known: {known}")
    return form


def _owed_there(case: Case, form: AuthorityPlaybook) -> Iterator[Clock]:
    """Return the clocks of what is notified on the form: those of its country, where each country is told."""
    return (clock for clock in case.clocks() if _is_told_there(form, clock.duty.id))


def _sheet(case: Case, form: AuthorityPlaybook, language: str, wanted: Phase | None) -> Notice:
    wording = case.wording(language)
    form = form.in_language(language)
    clocks = tuple(_owed_there(case, form))
    first = _first(clocks, form)
    told = notifications(case.incident, partial(_is_told_there, form))
    phase = phase_of(wanted, told, form.name)
    follows = told if phase is not Phase.INITIAL else ()
    late = first is not None and first.late_by is not None
    filling = Filling(case, wording, phase, _awareness(first, case), follows)
    items = tuple(_of_phase(form, asked(form, filling, late=late), phase))
    news, left_open = None, frozenset[str]()
    if follows and phase.says_what_is_new:
        then = case.of(as_notified(case.incident, follows[-1]))
        first_then = _first(tuple(_owed_there(then, form)), form)
        before = tuple(asked(form, replace(filling, case=then, awareness=_awareness(first_then, then)), late=late))
        news = since(follows[-1], then, case, None, wording)
        left_open = frozenset(one.field for one in _missing(form, before, wording) if one.blocking)
        left_open -= {one.key or one.number for one in form.fields if one.answers in ABOUT_THE_FILING}
        items = tuple(compared(form, before, items, wording))
    missing = sorted_out(_missing(form, items, wording), phase, left_open)
    notice = Notice(
        kind=KIND,
        incident=case.incident.reference,
        incident_title=case.incident.title,
        language=language,
        recipient=form.names.get(language, form.name),
        as_of=case.now,
        as_of_words=wording.instant(case.now),
        phase=phase,
        title=wording.labels.text("titles", KIND),
        sections=tuple(_sections(form, with_promises(items, missing, wording))),
        missing=missing,
        to_check=(*checks(case, wording), *phase_checks(phase, told, wording), *_checks(case, form, first, wording)),
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
        statement=statement(phase, news, wording),
        since=news,
    )
    if phase is not Phase.WITHDRAWAL:
        return notice
    return withdrawn(notice, case, told, way_to_withdraw(form, wording), wording)


def _is_told_there(form: AuthorityPlaybook, duty: str) -> bool:
    """True for a duty that is done on the form; where each country is told, on that of its own authority."""
    of_the_form = without_party(duty) in {form.duties.first, form.duties.rest}
    return of_the_form and (form.country is None or country_of(duty) in {None, form.country})


def _first(clocks: Sequence[Clock], form: AuthorityPlaybook) -> Clock | None:
    return next((clock for clock in clocks if without_party(clock.duty.id) == form.duties.first), None)


def _of_phase(form: AuthorityPlaybook, items: Iterable[Item], phase: Phase) -> Iterator[Item]:
    """Return the questions that a phase asks: a withdrawal only which notification it is, and who we are."""
    if phase is not Phase.WITHDRAWAL:
        return iter(items)
    numbers = {question.number for question in form.fields if question.answers in ASKED}
    return (item for item in items if item.number in numbers)


def _awareness(first: Clock | None, case: Case) -> tuple[Candidate, ...]:
    return first.candidates if first else candidates(Trigger(MomentName.AWARE), case.incident)


def _sections(form: AuthorityPlaybook, items: Iterable[Item]) -> Iterator[Section]:
    section_of = {question.number: question.section for question in form.fields}
    for at, (heading, group) in enumerate(groupby(items, key=lambda item: section_of[item.number])):
        yield Section(f"section-{at + 1}", tuple(group), heading)


def _missing(form: AuthorityPlaybook, items: Sequence[Item], wording: Wording) -> Iterator[Missing]:
    """Yield the questions without an answer, each named with its section, where that says more."""
    questions = {question.number: question for question in form.fields}
    for item in items:
        if not item.answered:
            question = questions[item.number]
            within = question.section not in item.label
            label = wording.phrase("labelled", label=question.section, text=item.label) if within else item.label
            yield Missing(
                field=item.field,
                label=label,
                blocking=question.required,
                unknown=item.certainty is Certainty.UNKNOWN,
                number=item.number,
                may_follow=question.later,
            )


def _checks(case: Case, form: AuthorityPlaybook, first: Clock | None, wording: Wording) -> Iterator[str]:
    decision = case.incident.decision
    if form.country is not None and case.organisation.authority != form.id:
        yield wording.phrase("check_authority", authority=form.name)
    if first is None:
        yield wording.phrase("check_not_owed", law=wording.law(form.duties.first) or form.duties.first)
    depends = first is not None and first.duty.needs is not None
    if depends and decision is None:
        yield wording.phrase("check_risk_undecided")
    elif depends and decision is not None and decision.risk is Risk.UNLIKELY:
        yield wording.phrase("check_risk_unlikely")
    if first:
        yield from awareness_checks(first, wording)
