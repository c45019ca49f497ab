"""The facts that take keys, and the keys of each."""

from collections.abc import Mapping
from enum import StrEnum

from models import vocabulary

VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "breach_types": vocabulary.BreachType,
    "incident_origin": vocabulary.IncidentOrigin,
    "incident_cause": vocabulary.IncidentCause,
    "data_categories": vocabulary.DataCategory,
    "special_categories": vocabulary.SpecialCategory,
    "subject_categories": vocabulary.SubjectCategory,
    "consequences": vocabulary.Consequence,
    "harms": vocabulary.Harm,
    "severity": vocabulary.Severity,
    "subjects_informed_status": vocabulary.SubjectsInformedStatus,
    "informed_channels": vocabulary.InformChannel,
}
