"""Where a fact of a playbook stands, in words for a person: never more certain than its file says."""

from models.sourced import Source, SourcedFile
from models.vocabulary import Confidence


def cited(file: SourcedFile, source: Source) -> str:
    """Cite in full: document, place, when it was checked or how sure it is."""
    return f"{file.document(source.document).title}, {source.place}; {_standing(file, source)}"


def aside(file: SourcedFile, source: Source) -> str:
    """Cite in brackets behind a fact, leaving out what the page says elsewhere: the only document and its date."""
    parts = [unless_checked(source.confidence)]
    if source.checked_on is not None:
        parts.append(f"last read on {source.checked_on}")
    document = f"{file.document(source.document).title}, " if len(file.documents) > 1 else ""
    return f"({'; '.join([document + source.place, *filter(None, parts)])})"


def unless_checked(confidence: Confidence) -> str:
    """Say how sure a fact is, where nobody has seen it in its source."""
    return "" if confidence is Confidence.CHECKED else confidence.value


def _standing(file: SourcedFile, source: Source) -> str:
    day = file.checked_on(source)
    doubt = unless_checked(source.confidence)
    return f"{doubt}, last read on {day}" if doubt else f"checked on {day}"
