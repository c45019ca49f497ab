"""What a good breach clause has, and this one lacks."""

from playbooks.reader.contents import ART_33_3
from playbooks.reader.reading import BREACH, ContractReading, Reading

NO_CLAUSE = "no breach clause: Art. 33(2) applies"

_MISSING = {
    "nature": "the nature of the breach",
    "data_categories": "the categories of data",
    "subject_categories": "the categories of data subjects",
    "subjects_count": "the number of data subjects",
    "records_count": "the number of records",
    "contact_point": "a contact point",
    "likely_consequences": "the likely consequences",
    "measures": "the measures taken",
}
_WORKING = {"working-days": "working days", "business-hours": "business hours", "months": "months"}


def gaps_of(reading: ContractReading) -> tuple[str, ...]:
    """Return what is missing, each in one line; the first is the gravest."""
    if reading.primary is None:
        return (NO_CLAUSE, *_of_document(reading))
    return (*_of_term(reading.primary, reading), *_of_notice(reading), *_of_document(reading))


def _of_term(primary: Reading, reading: ContractReading) -> list[str]:
    gaps = [
        f"the time is not settled: {why.partition(': ')[0]}"
        for one in reading.readings
        for why in one.why
        if why.endswith((": no number is taken", "but as no promise"))
    ]
    if primary.amount is None:
        gaps.append("no number: the time is given in soft words only" if primary.phrase else "no time is given at all")
    elif not primary.hard:
        gaps.append("no promised number: the time is an aim, not a limit")
    if primary.unit in _WORKING:
        gaps.append(f"counted in {_WORKING[primary.unit]}: a weekend or holiday makes it longer")
    numbers = {
        (one.unit, one.amount) for one in reading.readings if one.applies_to == BREACH and one.amount is not None
    }
    if len(numbers) > 1:
        gaps.append("several clauses give different times: ask which of them holds")
    if primary.trigger == "confirmation":
        gaps.append("runs only from confirmation: the vendor decides when it begins")
    if primary.trigger == "unstated":
        gaps.append("not said from when the time runs")
    if primary.scope == "confirmed":
        gaps.append("suspected breaches need not be told")
    return gaps


def _of_notice(reading: ContractReading) -> list[str]:
    held = {one.value for one in reading.contents}
    gaps = []
    if not held:
        gaps.append("no contents named: what the notice must hold is left to Art. 33(3) GDPR")
    elif missing := [words for key, words in _MISSING.items() if key not in held]:
        gaps.append(
            f"contents lack {', '.join(missing)}"
            if len(missing) < len(ART_33_3)
            else "contents lack what Art. 33(3) GDPR asks for"
        )
    if "contact_point" not in held and reading.contact is None:
        gaps.append("no contact point named")
    if reading.channel is None:
        gaps.append("no channel named: how and to which address the notice comes")
    return gaps


def _of_document(reading: ContractReading) -> list[str]:
    gaps = [] if reading.governing_law else ["governing law not found"]
    return gaps if reading.version or reading.dated else [*gaps, "neither version nor date of the document found"]
