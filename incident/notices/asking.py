"""Which of a form's questions are asked in a case, each answered in the form's own words and options."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from incident.errors import BadInput
from incident.notices.filling import Filling
from incident.notices.form import answer
from incident.notices.notice import Item, Tick
from incident.notices.ticks import UNKNOWN, keys_of, ticked
from incident.notices.wording import Wording
from models.authority import AuthorityPlaybook, FormField
from models.vocabulary import Certainty, Confidence


def asked(form: AuthorityPlaybook, filling: Filling, *, late: bool) -> Iterator[Item]:
    """Yield the questions that are asked, in the form's order, each with its answer.

    Args:
        late: the notification is late; the question for the reasons is asked then, and only then.

    Raises:
        BadInput: the form names an answer that there is not.
    """
    said: dict[str, set[str]] = {}
    for question in form.fields:
        if not _is_asked(question, said, late=late):
            continue
        answered = _answered(form, question, filling)
        if answered is not None:
            said[question.number] = set(keys_of(answered))
            yield _put(form, question, answered, filling)


def _is_asked(question: FormField, said: Mapping[str, set[str]], *, late: bool) -> bool:
    """Judge a question by what the earlier ones were answered with, by their numbers."""
    if question.only_if_late and not late:
        return False
    condition = question.only_if
    if condition is None:
        return True
    keys = said.get(condition.question)
    if keys is None:
        return False
    return bool(keys & set(condition.holds)) or (condition.while_open and keys <= {UNKNOWN})


def _answered(form: AuthorityPlaybook, question: FormField, filling: Filling) -> Item | None:
    if question.answers is None:
        return filling.missing() if question.required else filling.aside("done_in_the_form")
    try:
        return answer(question.answers, filling)
    except BadInput as error:
        raise BadInput(f"authorities/{form.id}.toml: question {question.number}: {error}") from error


def _put(form: AuthorityPlaybook, question: FormField, answered: Item, filling: Filling) -> Item:
    """Put an answer under the form's own question; "does not apply" is no answer where the form wants one."""
    wording = filling.wording
    options = form.options_of(question)
    item = ticked(answered, question, options, wording) if options else answered
    if question.required and item.certainty is Certainty.NOT_APPLICABLE and item.value is None:
        item = replace(filling.missing(), ticks=item.ticks, remarks=item.remarks or (item.text,))
    if question.type == "yes-no":
        item = replace(item, ticks=_yes_and_no(item, wording))
    return replace(
        item,
        field=question.key or question.number,
        number=question.number,
        label=question.label,
        remarks=(*item.remarks, *_remarks(question, item, wording)),
        block=item.value is not None and question.type in {"long-text", "parties"},
    )


def _remarks(question: FormField, item: Item, wording: Wording) -> Iterator[str]:
    """Yield what to mind where the answer is typed in."""
    if question.type == "number" and isinstance(item.value, Mapping) and item.value.keys() & {"min", "max"}:
        yield wording.phrase("one_figure")
    if question.limit is not None and item.answered:
        length, limit = (wording.number(count) for count in (len(item.text), question.limit))
        yield wording.phrase("limit" if len(item.text) <= question.limit else "too_long", limit=limit, length=length)
    if question.note:
        yield question.note
    if question.confidence is not Confidence.CHECKED:
        yield wording.phrase("unconfirmed_label")


def _yes_and_no(item: Item, wording: Wording) -> tuple[Tick, ...]:
    return tuple(
        Tick(wording.phrase(word), item.value is said, confirmed=True) for word, said in (("yes", True), ("no", False))
    )
