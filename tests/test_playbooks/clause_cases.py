"""The test clauses for the reader of contracts: their shape, and how the files are read."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

FOLDER = Path(__file__).parent / "clauses"

Language = Literal["en", "fr", "it", "nl", "de", "es", "sv"]
Unit = Literal["hours", "business-hours", "days", "working-days", "months", "soft"]
Content = Literal[
    "nature",
    "data_categories",
    "subject_categories",
    "subjects_count",
    "records_count",
    "contact_point",
    "likely_consequences",
    "measures",
]
Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    """Refuses what it does not know, so that no expectation is misspelt and so never checked."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Period(_Strict):
    """A time that must be among the readings. A week is seven days."""

    unit: Unit
    amount: Annotated[int, Field(gt=0)] | None = None
    phrase: Text | None = None

    @model_validator(mode="after")
    def _number_or_words(self) -> Self:
        if (self.unit == "soft") == (self.amount is not None) or (self.unit == "soft") != (self.phrase is not None):
            raise ValueError("a soft time has a phrase and no amount; every other has an amount and no phrase")
        return self


class Primary(Period):
    """The vendor's duty to tell its customer; what is left out is not judged."""

    hard: bool | None = None
    trigger: Literal["aware", "discovery", "confirmation", "suspicion", "unstated"] | None = None
    scope: Literal["confirmed", "suspected", "potential"] | None = None
    debtor: Annotated[Literal["vendor"] | None, Field(alias="from")] = None
    creditor: Annotated[Literal["customer"] | None, Field(alias="to")] = None


class Expectation(_Strict):
    """What a careful reading finds; what is left out is not judged.

    Attributes:
        none: the text binds no vendor to tell its customer of a breach.
        without_value: the vendor must tell, but no time can be taken from the text (left open, or not said).
        contents: all that the notice must hold, and no more.
        governing_law: ISO 3166 country; "none" where the text names no law of its own.
        exclusions, channel: words of the text that the reading must hold.
        readings: times that must be among the readings, the primary included.
    """

    primary: Primary | None = None
    none: Literal[True] | None = None
    without_value: Literal[True] | None = None
    contents: tuple[Content, ...] | None = None
    governing_law: Annotated[str, Field(pattern=r"^([A-Z]{2}|none)$")] | None = None
    notifies_authority_itself: bool | None = None
    place: Text | None = None
    languages: tuple[Language, ...] | None = None
    exclusions: tuple[Text, ...] = ()
    channel: Text | None = None
    readings: tuple[Period, ...] = ()

    @model_validator(mode="after")
    def _one_outcome(self) -> Self:
        if [self.primary, self.none, self.without_value].count(None) != 2:
            raise ValueError("expect exactly one of primary, none and without_value")
        return self


class Case(_Strict):
    """A clause or short document, the trap in it, and what is expected of the reader."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    why: Annotated[str, Field(min_length=10, pattern=r"^[^\n]+$")]
    text: Annotated[str, Field(min_length=40)]
    expect: Expectation


class ClauseFile(_Strict):
    """The cases of one language."""

    language: Language
    case: tuple[Case, ...]


def clause_files() -> tuple[ClauseFile, ...]:
    """Every file of cases, by language.

    Raises:
        pydantic.ValidationError: a case has a wrong shape.
    """
    return tuple(
        ClauseFile.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml"))
    )


def cases() -> dict[str, Case]:
    """Every case by its id, such as `nl/kantooruren`."""
    return {f"{file.language}/{case.name}": case for file in clause_files() for case in file.case}
