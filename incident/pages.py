"""What a person reads of the record on the command line: plain lines that fit 80 columns where data allow.

Every datum passes `visible` on its way out.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from incident.board_page import GLYPHS, due_word, line, overdue_word
from incident.documents import suggestions
from incident.look import Look
from models.chain import chain
from models.clocks import Clock, urgency
from models.disclosure import facts_for
from models.dossier import ALTERNATIVE
from models.explanation import UNDECIDED, steps
from models.incident import Incident
from models.journal import Entry
from models.moments import moment_words, when_words
from models.periods import calendar_words, duration_words, instant_words
from models.values import value_words
from models.vocabulary import Basis, Certainty, ClockState, ConditionState, Confidence
from playbooks.facts import fact_hooks


def clocks_page(look: Look, *, explained: bool) -> Iterator[str]:
    """Write every clock of one incident, and what bears on them."""
    yield f"{look.incident.reference}  {line(look.incident.title)}"
    if not look.clocks:
        unaffected = look.incident.personal_data is False
        yield f"  no duty: {'no personal data are affected' if unaffected else 'no law known was in force then'}"
    both_sides = chain(look.incident, look.clocks, look.vendor).both_sides
    if both_sides:
        yield f"  {line(both_sides)}"
    for clock in sorted(look.clocks, key=urgency):
        yield from _clock_lines(clock, look)
        said = steps(clock, look.incident.calendar) if explained else _in_short(clock)
        yield from (f"      {line(str(one))}" for one in said)
    yield from _block("not known about these duties", look.gaps)
    yield from _block("to check", look.warnings)


def incident_page(look: Look) -> Iterator[str]:
    """Write one incident: what is missing first, then what is known, and the clocks."""
    from incident.completeness import notification_files
    from incident.completeness_page import completeness_page

    incident = look.incident
    status = "closed" if incident.closing else "open"
    yield f"{incident.reference}  {line(incident.title)}"
    yield f"  {status} · we are the {incident.role.value} · vendor {line(look.vendor or 'none')}"
    if incident.external_ref:
        yield f"  came in as {line(incident.external_ref)}"
    if incident.summary:
        yield f"  {line(incident.summary)}"
    yield from _decision_lines(look)
    filled = look.completeness
    yield f"the file for the next notification: {filled.answered} of {filled.required} answered"
    yield from _missing_lines(look)
    yield from _fact_lines(look)
    yield from _moment_lines(look)
    for customer in incident.customers:
        affected = "affected" if customer.affected else "not affected"
        yield f"customer {customer.id}: {line(customer.name)}, {affected}"
    yield from (f"  {text}" for text in _suggestion_lines(look))
    yield from completeness_page(notification_files(look), incident.zone)
    yield from clocks_page(look, explained=False)
    for filing in incident.filings:
        when = instant_words(filing.at, incident.zone)
        more = ("" if filing.complete else "incomplete", filing.to, filing.channel, filing.reference, filing.because)
        yield ", ".join(
            [f"notification {line(filing.duty)}: {filing.status} {when}", *(line(one) for one in more if one)]
        )
    for note in incident.notes:
        who = ", ".join(line(one) for one in (note.actor, note.party, note.channel) if one)
        asks = f"; asks for {', '.join(line(name) for name in note.about)}" if note.about else ""
        yield f"note {instant_words(note.at, incident.zone)}: {line(note.text)} ({who}{asks})"
    for draft in incident.drafts:
        yield f"draft {line(draft.file)} (SHA-256 {draft.sha256[:12]}…)"
    for one in incident.attachments:
        about = f": {line(one.about)}" if one.about else ""
        yield f"attached {line(one.name)}, {one.size} bytes (SHA-256 {one.sha256[:12]}…){about}"
    if incident.links:
        yield "linked with " + ", ".join(line(link) for link in incident.links)


def journal_page(entries: Sequence[Entry], zone: ZoneInfo) -> Iterator[str]:
    """Write what was recorded, when, by whom."""
    import json

    for entry in entries:
        stated = f" (time was set to {instant_words(entry.stated_now, zone)})" if entry.stated_now else ""
        when = instant_words(entry.recorded_at, zone)
        yield f"{entry.sequence:>6}  {when}  {line(entry.recorded_by)}  {entry.kind}{stated}"
        body = "erased" if entry.body is None else json.dumps(entry.body, ensure_ascii=False, sort_keys=True)
        yield f"        {line(body)}"


def clock_words(clock: Clock, zone: ZoneInfo) -> str:
    """Say in a few words how a clock stands."""
    due = instant_words(clock.due_at, zone) if clock.due_at else ""
    if clock.state is ClockState.MET_LATE and clock.late_by and clock.done_at:
        return f"met late by {duration_words(clock.late_by)}, {instant_words(clock.done_at, zone)}"
    if clock.state is ClockState.MET and clock.done_at:
        return f"met {instant_words(clock.done_at, zone)}"
    if clock.state is ClockState.OVERDUE and clock.remaining is not None:
        over = f"{overdue_word(clock.duty.basis)} by {duration_words(clock.remaining)}"
        return f"{over}{_late_word(clock)}, {'was ' if _is_deadline(clock) else ''}{due_word(clock.duty.basis)} {due}"
    if clock.due_at and clock.remaining is not None and not clock.state.settled:
        return f"{clock.state}, {duration_words(clock.remaining)} left, {due_word(clock.duty.basis)} {due}"
    if clock.state is ClockState.OPEN:
        words = clock.duty.period.words() if clock.duty.period else ""
        passed = f" for {duration_words(clock.elapsed)}" if clock.elapsed is not None else ""
        idle = f", last action {duration_words(clock.idle)} ago" if clock.idle is not None else ""
        return f"open{passed}, “{line(words)}”: no date{idle}"
    if clock.state is ClockState.WAITING:
        return f"waiting: {', '.join(_awaited(clock))}"
    ground = f": {line(clock.condition.ground)}" if clock.condition and clock.condition.ground else ""
    return f"not required (decided{ground})"


def _awaited(clock: Clock) -> Iterator[str]:
    """Say what a waiting clock waits for: the moment it runs from, a decision, or both."""
    if clock.trigger is None:
        yield f"{clock.duty.trigger.words} not recorded"
    if clock.condition is not None and clock.condition.state is ConditionState.UNDECIDED:
        needs = clock.condition.needs
        yield UNDECIDED[needs] if needs == "art-95" else f"{needs.replace('-', ' ')} undecided"


def _clock_lines(clock: Clock, look: Look) -> Iterator[str]:
    duty = clock.duty
    sure = "" if duty.source.confidence is Confidence.CHECKED else f", {duty.source.confidence}"
    yield f"  {GLYPHS[clock.state]} {line(duty.title)}  [{line(duty.id)}]"
    yield f"      {clock_words(clock, look.incident.zone)}"
    yield f"      {line(duty.source.document)}, {line(duty.source.place)}{sure}"


def _in_short(clock: Clock) -> Iterator[str]:
    """What must not be missed even where the reckoning is not asked for."""
    if clock.trigger is not None and clock.trigger.presumed_from is not None:
        yield f"{clock.duty.trigger.words} presumed from {moment_words(clock.trigger.presumed_from)}"
    yield from (f"still owed with it: {content}" for content in clock.outstanding)


def _is_deadline(clock: Clock) -> bool:
    return clock.duty.basis in {Basis.CONTRACT, Basis.LAW}


def _late_word(clock: Clock) -> str:
    is_ours_to_file = clock.duty.needs == "risk"
    return " (late: notify now, with reasons)" if is_ours_to_file else ""


def _decision_lines(look: Look) -> Iterator[str]:
    decision = look.incident.decision
    if decision is None:
        yield "  risk undecided: decide with incident decide"
        return
    words = {
        "unlikely": "unlikely to result in a risk",
        "risk": "a risk, not a high one",
        "high": "a high risk",
        None: "not a personal data breach",
    }[decision.risk.value if decision.risk else None]
    because = f": {line(decision.because)}" if decision.because else ""
    yield f"  decided by {line(decision.by)}: {words}{because}"
    if decision.dpo_advice:
        yield f"  the DPO's advice: {line(decision.dpo_advice)}"
    exemption = look.incident.exemption
    if exemption is not None:
        yield (
            f"  data subjects not told one by one, decided by {line(exemption.by)}: "
            f"{line(exemption.relied.words)}: {line(exemption.because)}"
        )


def _missing_lines(look: Look) -> Iterator[str]:
    """What the next notification cannot state yet, and who was asked for it last."""
    for names in look.completeness.missing:
        facts = names.split(ALTERNATIVE)
        asked = look.incident.asked_for(facts)
        when = f"  asked: {line(asked.party or '')}, {calendar_words(asked.at, look.incident.zone)}" if asked else ""
        yield f"  ✖ missing   {' or '.join(facts)}{when}"


def _fact_lines(look: Look) -> Iterator[str]:
    for name, fact in facts_for(look.incident, look.in_force.organisation, None).items():
        mark = {
            Certainty.ESTIMATED: "≈ estimate",
            Certainty.UNKNOWN: "? unknown",
            Certainty.NOT_APPLICABLE: "– n/a",
        }
        said = fact.why if fact.certainty is Certainty.NOT_APPLICABLE else value_words(fact.value)
        source = f" ({line(fact.source)})" if fact.source else ""
        asked_by = fact_hooks().citations(name)[0].words
        yield f"  {mark.get(fact.certainty, '✔ known'):<11} {name}: {line(said)}{source}  [{asked_by}]"
        yield from _earlier_lines(look.incident, name)


def _earlier_lines(incident: Incident, name: str) -> Iterator[str]:
    """Say what a fact was before, the latest first: how sure, who recorded it, when, and whence."""
    for was in reversed(incident.facts.get(name, ())[:-1]):
        said = was.why if was.certainty is Certainty.NOT_APPLICABLE else value_words(was.value)
        whence = f", {line(was.source)}" if was.source else ""
        when = instant_words(was.recorded_at, incident.zone)
        yield f"      was {was.certainty}: {line(said or '')} ({line(was.actor)}, {when}{whence})"


def _moment_lines(look: Look) -> Iterator[str]:
    for name in look.incident.moments:
        counted = look.incident.moment(name)
        for one in look.incident.stated(name):
            when = when_words(one.moment, partial(instant_words, zone=look.incident.zone))
            rival = "" if one is counted else "  (not used: another one counts)"
            why = f"  {line(one.why)}" if one.why else ""
            yield f"  ◆ {name}: {when}{why}{rival}"


def _suggestion_lines(look: Look) -> Iterator[str]:
    for one in suggestions(look):
        yield f"to confirm: {one['fact']} may be {', '.join(one['values'])} ({line(one['place'])})"


def _block(heading: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f"{heading}:"
        yield from (f"  – {line(text)}" for text in texts)
