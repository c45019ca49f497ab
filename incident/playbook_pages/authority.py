"""A supervisory authority and its form, as a page: its questions in its order and its words."""

from collections.abc import Iterator
from itertools import groupby

from incident.playbook_pages.citations import aside, cited, unless_checked
from incident.playbook_pages.layout import Paragraph, labelled, paragraph, section
from incident.playbook_pages.words import term_in_full
from models.authority import AuthorityPlaybook, FormField

BELOW_THE_QUESTION = " " * 12


def authority_page(authority: AuthorityPlaybook) -> Iterator[Paragraph]:
    """Write the page of one authority, below its name."""
    yield from section("Where it is told", _channel(authority))
    yield from section("Notes", _notes(authority))
    yield from section("The form's questions, in its order", _form(authority))
    yield from section("The form's lists, and the key that chooses each option", _lists(authority))


def _channel(authority: AuthorityPlaybook) -> Iterator[Paragraph]:
    for language, name in authority.names.items():
        yield from labelled(f"name ({language})", name)
    if authority.country is not None:
        yield from labelled("country", authority.country)
    yield from labelled("languages", ", ".join(authority.languages))
    yield from labelled("channel", authority.channel)
    yield from labelled("portal", authority.portal)
    yield from labelled("source", cited(authority, authority.channel_source))
    yield from labelled("done by it", f"{authority.duties.first}, and the rest: {authority.duties.rest}")
    if authority.complement is not None:
        rest = authority.complement
        words = f"{term_in_full(rest.period)} for {rest.duty}: its own indicative time, not the law's"
        yield from labelled("the rest", f"{words} {aside(authority, rest.source)}")
    yield from labelled("form", authority.form_version)


def _notes(authority: AuthorityPlaybook) -> Iterator[Paragraph]:
    for note in authority.notes:
        yield from paragraph(note, "  ")


def _form(authority: AuthorityPlaybook) -> Iterator[Paragraph]:
    for name, questions in groupby(authority.fields, key=lambda question: question.section):
        yield from paragraph(name, "  ")
        for question in questions:
            yield from paragraph(f"{question.number:<7} {question.label}", "    ", BELOW_THE_QUESTION)
            yield from paragraph(_kind(authority, question), BELOW_THE_QUESTION)
            if question.note is not None:
                yield from paragraph(question.note, BELOW_THE_QUESTION)


def _kind(authority: AuthorityPlaybook, question: FormField) -> str:
    options = f" of {len(authority.options[question.list])}, list {question.list}" if question.list else ""
    parts = (
        f"{question.type}{options}",
        "required" if question.required else "",
        "only if late" if question.only_if_late else "",
        _condition(question),
        f"no option for {', '.join(question.no_option_for)}" if question.no_option_for else "",
        f"at most {question.limit} characters" if question.limit else "",
        f"from {question.answers}" if question.answers else "nothing of ours answers it",
        unless_checked(question.confidence),
    )
    return "; ".join(filter(None, parts))


def _condition(question: FormField) -> str:
    condition = question.only_if
    if condition is None:
        return ""
    while_open = " or still open" if condition.while_open else ""
    return f"only if {condition.question} is {' or '.join(condition.holds)}{while_open}"


def _lists(authority: AuthorityPlaybook) -> Iterator[Paragraph]:
    for name, options in authority.options.items():
        yield from paragraph(name, "  ")
        for option in options:
            doubts = ("nearest" if option.nearest else "", unless_checked(option.confidence))
            aside = "; ".join(filter(None, (option.key or "chosen by hand", *doubts)))
            letter = f"{option.code}) " if option.code else ""
            yield from paragraph(f"{letter}{option.label}  [{aside}]", "    ", "      ")
