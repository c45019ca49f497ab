"""The terms a playbook may use: names of facts, keys of vocabularies, countries, placeholders of a title.

A file that names something else is refused: a duty that asked for an unknown fact would never be complete.
"""

from typing import Annotated

from pydantic import AfterValidator

from models.countries import COUNTRIES
from models.dossier import ALTERNATIVE, FACTS
from models.moments import shortened
from models.vocabulary import DataCategory, SpecialCategory, SubjectCategory

SUGGESTED_KEYS = {
    "data_categories": tuple(DataCategory),
    "special_categories": tuple(SpecialCategory),
    "subject_categories": tuple(SubjectCategory),
    "countries": tuple(sorted(COUNTRIES)),
}
"""The facts that a document may suggest values for, and the keys each of them takes."""

PLACEHOLDERS = ("{from}", "{to}")
"""What a duty's title may leave open: who tells, and who is told."""


def _fact(name: str) -> str:
    if name not in FACTS:
        raise ValueError(f"{shortened(name)!r} is no fact of the record; `incident schema` lists them")
    return name


def _facts(names: str) -> str:
    for name in names.split(ALTERNATIVE):
        _fact(name)
    return names


def _title(title: str) -> str:
    rest = title
    for placeholder in PLACEHOLDERS:
        rest = rest.replace(placeholder, "")
    if not title or "{" in rest or "}" in rest:
        raise ValueError(f"a title has words, and no placeholders but {' and '.join(PLACEHOLDERS)}")
    return title


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError(f"{shortened(code)!r} is no country code of ISO 3166-1, such as FR, GB or GR")
    return code


FactName = Annotated[str, AfterValidator(_fact)]
"""The name of a fact of the record."""

RequiredFact = Annotated[str, AfterValidator(_facts)]
"""The name of a fact, or several joined by `|` of which one will do."""

DutyTitle = Annotated[str, AfterValidator(_title)]
"""An English sentence that says who tells whom, with `{from}` and `{to}` for the parties."""

KnownCountry = Annotated[str, AfterValidator(_country)]
"""An ISO 3166-1 alpha-2 code that exists."""
