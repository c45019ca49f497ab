"""What every playbook file is made of: documents, and facts that cite them by document and place."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from models.organisation import Language, Slug
from models.periods import Period, Unit
from models.vocabulary import Confidence

Words = Annotated[str, Field(min_length=1)]

Key = tuple[str | int, ...]
"""Where something stands in a file: names of keys, and places in arrays, from 0."""


class File(BaseModel):
    """A table of a playbook file: no unknown key, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Document(File):
    """A document that facts are taken from.

    Attributes:
        id: how sources in the same file name it.
        version: its own version; None where it names none.
        dated: its own date, as it is written there; None where it bears none.
        checked_on: when a person last read it for this file.
    """

    id: Slug
    title: Words
    language: Language
    version: Words | None = None
    dated: Words | None = None
    checked_on: date
    note: Words | None = None


class Source(File):
    """Where a fact stands: document, place in it, how sure, and when it was checked.

    Attributes:
        document: the id of one of the file's documents.
        checked_on: where it differs from the document's own date of checking.
    """

    document: Slug
    place: Words
    confidence: Confidence
    checked_on: date | None = None


class PeriodText(File):
    """A period as written: `{unit = "working-days", amount = 2}` or `{unit = "soft", phrase = "promptly"}`."""

    unit: Unit
    amount: Annotated[int, Field(gt=0)] | None = None
    phrase: Words | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.unit is Unit.SOFT and (self.amount is not None or self.phrase is None):
            raise ValueError("a soft period has a phrase and no amount")
        if self.unit is not Unit.SOFT and (self.amount is None or self.phrase is not None):
            raise ValueError(f"a period in {self.unit} has an amount and no phrase")
        if self.amount is not None and self.amount > self.unit.most:
            raise ValueError(f"a period has at most {self.unit.most} {self.unit}")
        return self

    def as_period(self) -> Period:
        """Return the period as a value."""
        return Period(unit=self.unit, amount=self.amount, phrase=self.phrase)


class SourcedFile(File):
    """A whole file: every source in it names one of its documents."""

    id: Slug
    name: Words
    documents: Annotated[tuple[Document, ...], Field(min_length=1)]

    def document(self, document_id: str) -> Document:
        """Return the document that a source names."""
        return next(document for document in self.documents if document.id == document_id)

    def checked_on(self, source: Source) -> date:
        """Return when a source was last checked."""
        return source.checked_on or self.document(source.document).checked_on

    @model_validator(mode="after")
    def _sources_name_documents(self) -> Self:
        known = {document.id for document in self.documents}
        named = ((key, source.document) for key, source in sources(self, ()) if source.document not in known)
        refuse(((*key, "document"), f"{name!r} is not listed in documents") for key, name in named)
        return self


def sources(value: object, key: Key = ()) -> list[tuple[Key, Source]]:
    """Return every source within a table of a file, each with its key."""
    if isinstance(value, Source):
        return [(key, value)]
    if isinstance(value, BaseModel):
        return [found for name in type(value).model_fields for found in sources(getattr(value, name), (*key, name))]
    if isinstance(value, tuple):
        return [found for at, part in enumerate(value) for found in sources(part, (*key, at))]
    return []


def refuse(problems: Iterable[tuple[Key, str]]) -> None:
    """Refuse a file for all of its problems at once, each at its own key, relative to where it is checked."""
    details = [
        InitErrorDetails(type=PydanticCustomError("value_error", "{reason}", {"reason": reason}), loc=key, input=None)
        for key, reason in problems
    ]
    if details:
        raise ValidationError.from_exception_data("playbook", details)
