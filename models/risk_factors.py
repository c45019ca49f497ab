"""What to weigh when the risk to people is assessed: EDPB Guidelines 9/2022 v2.0, section IV.B, in our own words."""

from dataclasses import dataclass

SOURCE = "EDPB Guidelines 9/2022, version 2.0, section IV.B"


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """One factor: its name, and the question it puts."""

    name: str
    question: str


RISK_FACTORS = (
    RiskFactor("type of breach", "confidentiality, integrity or availability?"),
    RiskFactor("nature, sensitivity, volume", "which data, how delicate, how many of each person?"),
    RiskFactor("ease of identification", "can whoever has the data tell who the people are?"),
    RiskFactor("severity of the consequences", "what can happen to them, and who holds the data now?"),
    RiskFactor("the people", "children, patients or others easily harmed?"),
    RiskFactor("ourselves", "does what we do, such as health care, make it worse?"),
    RiskFactor("number of people", "one, some, many?"),
    RiskFactor("all together", "how severe times how likely; in doubt, notify"),
)
"""The factors, in the order of the guidelines."""
