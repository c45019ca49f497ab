"""What each notification still lacks, as a person reads it: plain lines, what is wanted at once first."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from incident.board_page import line
from models.dossier import ALTERNATIVE
from models.notification_file import FieldState, NotificationFile, RequiredField
from models.periods import calendar_words


def completeness_page(files: tuple[NotificationFile, ...], zone: ZoneInfo) -> Iterator[str]:
    """Write how far each notification is, and every field without an answer."""
    if files:
        yield "what each notification still lacks:"
    for file in files:
        yield f"  {line(file.duty.creditor)} [{line(file.duty.id)}]: {standing(file)}"
        if file.fault:
            yield f"      its form cannot be gone by: {line(file.fault)}"
        yield from (f"      {_field_line(field, zone)}" for field in file.open)


def standing(file: NotificationFile) -> str:
    """Say in a few words how far a notification is: answered, estimated, wanted at once, what may follow."""
    estimated = sum(field.state is FieldState.ESTIMATED for field in file.fields)
    later = len(file.open) - file.blocking
    parts = [
        f"{len(file.fields) - len(file.open)} of {len(file.fields)} answered"
        + (f" ({estimated} estimated)" if estimated else ""),
        f"{file.blocking} wanted at once" if file.blocking else "",
        f"{later} may follow" if later else "",
    ]
    by = f", by the form {file.form}" if file.form else ""
    return ", ".join(part for part in parts if part) + by


def field_words(field: RequiredField) -> str:
    """Say a field: the form's number and words, or the fact's name, either one of several."""
    return f"{field.name} {field.label}" if field.label else field.name.replace(ALTERNATIVE, " or ")


def need_words(field: RequiredField) -> str:
    """Say whether an open field is wanted at once, and whether it was said that nobody knows yet."""
    unknown = ", unknown" if field.state is FieldState.UNKNOWN else ""
    return ("at once" if field.blocking else "later") + unknown


def _field_line(field: RequiredField, zone: ZoneInfo) -> str:
    asked = field.asked
    who = f"  asked: {line(asked.party or asked.actor)}, {calendar_words(asked.at, zone)}" if asked else ""
    facts = f" ({', '.join(field.facts)})" if field.label and field.facts else ""
    return f"{need_words(field):<8} {line(field_words(field))}{facts}{who}"
