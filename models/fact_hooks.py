"""The shape of `playbooks/facts.toml`: what each fact of the Art. 33 file is, and which law or form asks for it."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from models.dossier import FACTS
from models.duty import Citation
from models.fact_kinds import FactKind, fact_kind
from models.legal_duties import cited
from models.playbook_terms import FactName
from models.sourced import File, Source, SourcedFile, Words, refuse


class Hook(File):
    """One fact: its meaning, and who asks for it.

    Attributes:
        sources: the laws and forms that ask for it; the first one is cited.
    """

    name: FactName
    means: Words
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @property
    def kind(self) -> FactKind:
        """What kind of value it takes, as the record has it."""
        return fact_kind(self.name)


class FactHooks(SourcedFile):
    """Every fact of the file, once, in the order of the record."""

    facts: tuple[Hook, ...]

    def of(self, name: str) -> Hook:
        """Return one fact's entry."""
        return self.facts[FACTS.index(name)]

    def citations(self, name: str) -> tuple[Citation, ...]:
        """Return the laws and forms that ask for a fact, the one to cite first."""
        return tuple(cited(self, source) for source in self.of(name).sources)

    @model_validator(mode="after")
    def _every_fact_once_in_order(self) -> Self:
        names = tuple(hook.name for hook in self.facts)
        if names != FACTS:
            missing = [name for name in FACTS if name not in names]
            said = f"leaves out {', '.join(missing)}" if missing else "is not in the order of the record"
            refuse([(("facts",), said)])
        return self
