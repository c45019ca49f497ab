"""Why data subjects are not told one by one of a breach with a high risk: Art. 34(3) GDPR, or national law. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

NATIONAL_PREFIX = "national:"
"""Stands before the national law that is relied on, as it is typed and recorded."""


class Ground(StrEnum):
    """The grounds, by their keys in the fact `not_informed_reason`."""

    PROTECTED = "art34_3_a_protected"
    MITIGATED = "art34_3_b_mitigated"
    PUBLIC = "art34_3_c_disproportionate_public_notice"
    NATIONAL = "national_exemption"

    @property
    def frees(self) -> bool:
        """True where nobody need be told; point (c) is a substitute only: a public communication is owed instead."""
        return self is not Ground.PUBLIC

    @property
    def words(self) -> str:
        """The ground in words, with its place in the law."""
        return _WORDS[self]


_WORDS = {
    Ground.PROTECTED: "the data were unintelligible to whoever obtained them, Art. 34(3)(a) GDPR",
    Ground.MITIGATED: "later measures make the high risk no longer likely, Art. 34(3)(b) GDPR",
    Ground.PUBLIC: "disproportionate effort, Art. 34(3)(c) GDPR: a public communication or similar measure instead",
    Ground.NATIONAL: "national law",
}
_TYPED = {"a": Ground.PROTECTED, "b": Ground.MITIGATED, "c": Ground.PUBLIC}


@dataclass(frozen=True, slots=True)
class Relied:
    """A ground, and for one of national law which law, in the words of whoever relies on it."""

    ground: Ground
    law: str | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `a`, `b`, `c` or `national:<law>`.

        Raises:
            ValueError: it is none of these; the message says what to write.
        """
        law = text.removeprefix(NATIONAL_PREFIX).strip()
        if text.startswith(NATIONAL_PREFIX) and law:
            return cls(Ground.NATIONAL, law)
        if text not in _TYPED:
            raise ValueError(f"{text!r} is no ground; write a, b, c or national:LAW, such as national:UAVG 42")
        return cls(_TYPED[text])

    @property
    def typed(self) -> str:
        """The ground as it is typed and recorded."""
        if self.law is not None:
            return f"{NATIONAL_PREFIX}{self.law}"
        return next(text for text, ground in _TYPED.items() if ground is self.ground)

    @property
    def words(self) -> str:
        """The ground in words; of national law we have checked none, and say so."""
        return f"{self.ground.words} ({self.law}), unconfirmed" if self.law else self.ground.words


@dataclass(frozen=True, slots=True)
class Exemption:
    """A recorded decision to rely on a ground; it stands until the risk is decided anew."""

    relied: Relied
    because: str
    by: str
    recorded_at: datetime
    dpo_advice: str | None = None
