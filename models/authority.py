"""The shape of a supervisory authority's playbook: where it is told, and its form, question by question."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from models.organisation import Language
from models.playbook_terms import KnownCountry
from models.sourced import File, Key, PeriodText, Source, SourcedFile, Words, refuse
from models.vocabulary import Confidence

YES_OR_NO = frozenset({"yes", "no"})
"""What a question that takes yes or no is answered with."""


class FormOption(File):
    """An option of a form's list, in the authority's own words.

    Attributes:
        key: the neutral key that chooses it; None where nothing of ours does.
        code: the form's own letter for it, where it has letters.
        nearest: the form has no option that says just this; it is the closest one.
    """

    key: Words | None = None
    code: Words | None = None
    label: Words
    confidence: Confidence
    nearest: bool = False


class OnlyIf(File):
    """When a question is asked: where an earlier one was asked, and was answered with one of some keys.

    Attributes:
        question: the number of the earlier question.
        holds: the neutral keys; `yes` and `no` where it takes yes or no.
        while_open: also asked while nobody has answered the earlier one.
    """

    question: Words
    holds: Annotated[tuple[Words, ...], Field(min_length=1)]
    while_open: bool = False


class FormField(File):
    """One question of an authority's form, in the authority's words.

    Attributes:
        number: its place in the form, as a person finds it there.
        key: its name for scripts; its number where it has no other.
        type: `number` takes one figure; `count` also a least and a most; `choice` takes one option.
        answers: what of ours answers it: `fact:<name>`, `moment:<name>`, `organisation:<path>` or a special
            name that `incident.notices.form` knows; None where nothing of ours fits, and `note` says so.
        list: the name of the option list, where the form offers options.
        no_option_for: the neutral keys that no option of the list says, not even nearly; `note` says what to do.
        required: the form or Art. 33(3) GDPR wants it.
        later: an answer that is required may follow in a later notification (Art. 33(4) GDPR); else it is wanted at
            once. No form was seen to say so: what was lost and what happened, who notifies, whom to reach, awareness
            and the reasons for a delay are wanted at once, by our reading.
        only_if_late: the question appears when, and only when, the notification is late.
        limit: how many characters the form takes, where that is known.
    """

    number: Words
    key: Words | None = None
    section: Words
    label: Words
    type: Literal["text", "long-text", "date-time", "number", "count", "choice", "choices", "yes-no", "parties", "file"]
    answers: Words | None = None
    list: Words | None = None
    no_option_for: tuple[Words, ...] = ()
    required: bool = False
    later: bool = False
    only_if: OnlyIf | None = None
    only_if_late: bool = False
    limit: Annotated[int, Field(gt=0)] | None = None
    note: Words | None = None
    confidence: Confidence


class Complement(File):
    """An authority's own time for completing a notification: indicative, not law (Art. 33(4) GDPR).

    Attributes:
        duty: the legal duty that it gives a time to.
    """

    duty: Words
    period: PeriodText
    source: Source


class FormDuties(File):
    """The duties that are done by filling in a form: the first notification, and the rest of an incomplete one."""

    first: Words = "gdpr-33-1"
    rest: Words = "gdpr-33-4"


class AuthorityPlaybook(SourcedFile):
    """A supervisory authority: where it is told, and its form, question by question.

    Attributes:
        country: None for a form that is common to several countries.
        names: how a list of parties calls it, by language.
        languages: those of the form; the file's own words are in the first one.
        form_version: the version of the form that the questions were taken from.
        options: the option lists by name, each in the form's order.
        translations: for each further language, that language's words for the file's own; a portal that is an
            address needs none.
    """

    kind: Literal["authority"]
    country: KnownCountry | None = None
    names: dict[Language, Words]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    channel: Words
    portal: Words
    channel_source: Source
    form_version: Words
    duties: FormDuties = FormDuties()
    complement: Complement | None = None
    fields: Annotated[tuple[FormField, ...], Field(min_length=1)]
    options: dict[str, tuple[FormOption, ...]] = Field(default_factory=dict)
    translations: dict[Language, dict[Words, Words]] = Field(default_factory=dict)
    notes: tuple[Words, ...] = ()

    def in_language(self, language: str) -> "AuthorityPlaybook":
        """Return the form with its words in one of its languages."""
        words = self.translations.get(language)
        if words is None:
            return self
        return self.model_copy(
            update={
                "channel": words[self.channel],
                "portal": words.get(self.portal, self.portal),
                "form_version": words[self.form_version],
                "notes": tuple(words[note] for note in self.notes),
                "fields": tuple(_translated(question, words, ("section", "label", "note")) for question in self.fields),
                "options": {
                    name: tuple(_translated(option, words, ("label",)) for option in options)
                    for name, options in self.options.items()
                },
            }
        )

    def options_of(self, question: FormField) -> tuple[FormOption, ...]:
        """Return the options that a question offers; none where it takes words."""
        return self.options.get(question.list or "", ())

    @model_validator(mode="after")
    def _lists_exist(self) -> Self:
        lists = ((at, question.list) for at, question in enumerate(self.fields) if question.list is not None)
        unknown = ((at, name) for at, name in lists if name not in self.options)
        refuse((("fields", at, "list"), f"{name!r} is not listed in options") for at, name in unknown)
        return self

    @model_validator(mode="after")
    def _numbers_differ(self) -> Self:
        numbers = [question.number for question in self.fields]
        again = (at for at, number in enumerate(numbers) if number in numbers[:at])
        refuse((("fields", at, "number"), f"{numbers[at]!r} is another question's") for at in again)
        return self

    @model_validator(mode="after")
    def _only_what_is_required_may_follow(self) -> Self:
        idle = (at for at, question in enumerate(self.fields) if question.later and not question.required)
        refuse((("fields", at, "later"), "only what is required may follow: say required = true too") for at in idle)
        return self

    @model_validator(mode="after")
    def _conditions_can_hold(self) -> Self:
        refuse(self._impossible_conditions())
        return self

    @model_validator(mode="after")
    def _every_language_has_words(self) -> Self:
        refuse(self._untranslated())
        return self

    def _impossible_conditions(self) -> Iterator[tuple[Key, str]]:
        """Say which questions depend on one that does not come before them, or on an answer that it cannot have."""
        earlier: dict[str, FormField] = {}
        for at, question in enumerate(self.fields):
            if question.only_if is not None:
                key: Key = ("fields", at, "only_if")
                asked = earlier.get(question.only_if.question)
                if asked is None:
                    yield (*key, "question"), f"{question.only_if.question!r} is the number of no earlier question"
                else:
                    strange = ", ".join(map(repr, sorted(set(question.only_if.holds) - self._keys_of(asked))))
                    if strange:
                        yield (*key, "holds"), f"question {asked.number} is never answered with {strange}"
            earlier[question.number] = question

    def _keys_of(self, question: FormField) -> frozenset[str]:
        if question.type == "yes-no":
            return YES_OR_NO
        return frozenset(option.key for option in self.options_of(question) if option.key is not None)

    def _untranslated(self) -> Iterator[tuple[Key, str]]:
        for language in self.languages[1:]:
            words = self.translations.get(language, {})
            for text in self._texts():
                if text not in words:
                    yield ("translations", language), f"has no words for {text!r}"

    def _texts(self) -> Iterator[str]:
        """Yield the words of the file that stand on a sheet, each once."""
        texts = [self.channel, self.form_version, *self.notes]
        for question in self.fields:
            texts += [question.section, question.label, *([question.note] if question.note else [])]
        texts += [option.label for options in self.options.values() for option in options]
        yield from dict.fromkeys(texts)


def _translated(part: Any, words: Mapping[str, str], names: tuple[str, ...]) -> Any:
    found = {name: getattr(part, name) for name in names}
    return part.model_copy(update={name: words[text] for name, text in found.items() if text})
