"""What `incident init` asks: one table of which its options, its questions and the writing of answers are made."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from models.organisation import Organisation

Command = TypeVar("Command", bound=Callable[..., Any])

Answers = dict[str, Any]
"""Values by dotted key of the settings, such as `dpo.email`."""

TARGET = "DUTY=HOURS"
MONTHS = "MONTHS"


class AnswerError(ValueError):
    """An answer that cannot be taken; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that the settings hold.

    Attributes:
        key: where the answer goes: the dotted key of the settings.
        option: what answers it on the command line.
        part: the heading under which it is asked.
        several: the option may be given more than once; in one answer, commas part the values.
    """

    key: str
    option: str
    part: str
    wording: str
    metavar: str = "TEXT"
    several: bool = False

    @property
    def parameter(self) -> str:
        """The name under which click hands the answer over."""
        return self.key.replace(".", "_")

    def read(self, text: str) -> Answers:
        """Return what an answer says, by dotted key.

        Raises:
            AnswerError: an internal target that is not written as a duty and whole hours, or months that are no number.
        """
        if self.metavar == MONTHS:
            return {self.key: _whole(text.strip())}
        if not self.several:
            return {self.key: text.strip()}
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return dict(_target(self.key, part) for part in parts) if self.metavar == TARGET else {self.key: parts}


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004
        raise AnswerError(f"{text!r} is no whole number")
    return int(text)


def _target(key: str, text: str) -> tuple[str, int]:
    duty, _, hours = (part.strip() for part in text.rpartition("="))
    if not duty or "." in duty or not (hours.isascii() and hours.isdigit() and len(hours) < 10):  # noqa: PLR2004
        raise AnswerError(f"{text!r} is no target; write a duty and whole hours, such as gdpr-33-2=24")
    return f"{key}.{duty}", int(hours)


_WHO = "The organisation"
_HOW = "How we work"

_CONTACTS = (
    ("legal_representative", "Legal representative"),
    ("contact_point", "Contact point for breaches"),
    ("dpo", "Data protection officer"),
    ("on_call.decision_maker", "On call: who decides"),
    ("on_call.deputy", "On call: deputy"),
    ("on_call.security", "On call: security"),
    ("on_call.insurer", "On call: insurer"),
    ("on_call.csirt", "On call: CSIRT"),
)

_CONTACT_FIELDS = (
    ("title", "form of address, such as Ms or Mr"),
    ("name", "name"),
    ("function", "function"),
    ("email", "e-mail, best a role mailbox"),
    ("phone", "telephone, with the country's prefix"),
)


def _contact_questions() -> Iterator[Question]:
    for contact, who in _CONTACTS:
        for field, wording in _CONTACT_FIELDS:
            key = f"{contact}.{field}"
            yield Question(key, f"--{key}".replace(".", "-").replace("_", "-"), who, wording)


QUESTIONS = (
    Question("name", "--name", _WHO, "legal name"),
    Question("company_number", "--company-number", _WHO, "company number, as in the register"),
    Question("vat_number", "--vat-number", _WHO, "VAT number"),
    Question("sector", "--sector", _WHO, "sector of activity, as the authority's form lists it"),
    Question("size", "--size", _WHO, "headcount"),
    Question("address.street", "--street", _WHO, "street and number"),
    Question("address.postcode", "--postcode", _WHO, "postcode"),
    Question("address.city", "--city", _WHO, "city"),
    Question("address.country", "--country", _WHO, "country, such as FR", "CODE"),
    Question("main_establishment", "--main-establishment", _WHO, "country of the main establishment", "CODE"),
    Question("role", "--role", _HOW, "usual role: controller, joint-controller, processor, sub-processor", "ROLE"),
    Question("contract", "--contract", _HOW, "playbook of the contract under which we owe customers notice", "ID"),
    Question("authority", "--authority", _HOW, "competent supervisory authority, such as cnil", "ID"),
    Question("languages", "--language", _HOW, "languages of our drafts, such as fr", "CODE", several=True),
    Question("zone", "--zone", _HOW, "time zone, such as Europe/Paris", "ZONE"),
    Question("sectors", "--sectors", _HOW, "regulated sectors, such as trust-service", several=True),
    Question("regimes", "--regimes", _HOW, "laws that apply beside the GDPR, such as nis2", several=True),
    Question("targets", "--target", _HOW, "internal targets, such as gdpr-33-2=24", TARGET, several=True),
    Question("retention_months", "--retention-months", _HOW, "months that closed incidents are kept", MONTHS),
    *_contact_questions(),
)
"""Every question, in the order in which it is asked."""


def answered_by_options(command: Command) -> Command:
    """Give a command one option for each question."""
    for question in reversed(QUESTIONS):
        command = click.option(
            question.option,
            question.parameter,
            metavar=question.metavar,
            help=f"{question.wording[:1].upper()}{question.wording[1:]}.",
            multiple=question.several,
        )(command)
    return command


def misfits(organisation: "Organisation", answers: Answers) -> tuple[tuple[str, str], ...]:
    """Hold answers against what the settings take, beside what they say already.

    Returns:
        (option, what is wrong) pairs; where no single option is at fault, its part is empty.
    """
    from pydantic import ValidationError

    from models.organisation import Organisation
    from models.refusals import problems

    settings = organisation.model_dump(mode="json")
    for key, value in answers.items():
        *tables, last = key.split(".")
        table = settings
        for name in tables:
            table = table[name]
        table[last] = value
    try:
        Organisation.model_validate(settings)
    except ValidationError as error:
        return tuple((_option_at(key), reason) for key, reason in problems(error, frozenset()))
    return ()


def answer_words(settings: Any, key: str) -> str:
    """Say what settings hold at a dotted key; empty where they hold nothing.

    Args:
        settings: the settings as plain, nested JSON.
    """
    for name in key.split("."):
        settings = (settings or {}).get(name)
    if isinstance(settings, dict):
        return ", ".join(f"{name}={value}" for name, value in settings.items())
    return value_words(settings)


def value_words(value: str | int | Sequence[str] | None) -> str:
    """Say one answer as a person would type it."""
    if value is None:
        return ""
    return str(value) if isinstance(value, (str, int)) else ", ".join(value)


def _option_at(key: str) -> str:
    return next((one.option for one in QUESTIONS if key == one.key or key.startswith(f"{one.key}.")), "")
