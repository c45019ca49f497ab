"""What the people concerned by a breach can do, by the data affected: the schema of its file. Pure."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.organisation import Language
from models.sourced import File, Source, SourcedFile, Words, refuse
from models.vocabulary import BreachType, DataCategory, SpecialCategory

_VALUES: dict[str, frozenset[str]] = {
    "data_categories": frozenset(DataCategory),
    "special_categories": frozenset(SpecialCategory),
    "breach_types": frozenset(BreachType),
}


class Advice(File):
    """A few sentences for those of whom certain data are concerned, or whom a certain kind of breach hit.

    Attributes:
        about: the fact that calls for it.
        values: the fact's options, each of which does.
        words: the sentences by language; `minors` the same in short and simple ones.
    """

    about: Literal["data_categories", "special_categories", "breach_types"]
    values: Annotated[tuple[str, ...], Field(min_length=1)]
    source: Source
    words: dict[Language, Words]
    minors: dict[Language, Words]


class AdviceFile(SourcedFile):
    """All the advice there is, in the order in which a letter gives it."""

    advice: tuple[Advice, ...]

    @model_validator(mode="after")
    def _each_option_once(self) -> Self:
        seen: set[tuple[str, str]] = set()
        wrong = []
        for at, one in enumerate(self.advice):
            for value in one.values:
                if value not in _VALUES[one.about]:
                    wrong.append((("advice", at, "values"), f"{value!r} is no option of {one.about}"))
                elif (one.about, value) in seen:
                    wrong.append((("advice", at, "values"), f"{value!r} stands in another entry already"))
                seen.add((one.about, value))
        refuse(wrong)
        return self
