"""The Art. 33 file: what is missing first and who was asked for it, then what is known, as the forms ask it."""

from collections.abc import Iterator

from textual.content import Content

from incident.art33_file import Line
from incident.completeness_page import standing
from models.incident import Note
from models.notification_file import NotificationFile
from models.periods import calendar_words
from models.timeline import article
from models.vocabulary import Certainty
from screens.looks import fitted
from screens.sight import Sight, brief
from screens.widgets.block_list import Block, heading

MARKS = {
    None: ("✖", "x", "missing", "bold $error"),
    Certainty.UNKNOWN: ("?", "?", "unknown", "$warning"),
    Certainty.ESTIMATED: ("≈", "~", "estimate", "$foreground"),
    Certainty.NOT_APPLICABLE: ("–", "-", "does not apply", "$text-muted"),
    Certainty.KNOWN: ("✔", "+", "", "$foreground"),
}
"""Glyph, ASCII glyph, word and style of each certainty; what is known needs no word."""

WIDE = 44


def file_title(sight: Sight) -> str:
    """Say for whom the file is filled in, and how far it is."""
    file = sight.file
    if not file.required:
        return "File"
    for_whom = f" for {file.recipient}" if file.recipient else ""
    return f"Art. 33 file{for_whom} · {file.answered} of {file.required} · {len(file.missing)} missing"


def file_blocks(sight: Sight, width: int) -> list[Block]:
    """Return a block for each fact, known by its name, and for each notification, known by its duty."""
    file = sight.file
    blocks = [Block(line.name, tuple(_lines(line, sight, width))) for line in file.missing]
    if file.required and not file.missing:
        blocks.append(Block(None, (Content("no required fact is missing"),)))
    if file.notifications:
        blocks.append(heading("by notification"))
        blocks += [Block(one.duty.id, (_standing(one, sight, width),)) for one in file.notifications]
    if file.asked:
        blocks.append(heading("said to or by others"))
        blocks += [Block(None, (_asked(note, sight, width),)) for note in file.asked]
    for title, lines in file.known:
        blocks.append(heading(title))
        blocks += [Block(line.name, tuple(_lines(line, sight, width))) for line in lines]
    return blocks


def _lines(line: Line, sight: Sight, width: int) -> Iterator[Content]:
    glyph, plain, word, style = MARKS[line.certainty]
    mark = Content.styled(f"{plain if sight.ascii_only else glyph} ", style)
    label = brief(line.label)
    if width < WIDE:
        yield (mark + Content.styled(f"{word} " if word else "", style) + label).truncate(width, ellipsis=True)
        return
    asked = _asked_for(line.asked, sight) if line.asked else Content("")
    if line.certainty is None:
        yield (mark + Content.styled(f"{word}  ", style) + label + asked).truncate(width, ellipsis=True)
        return
    cells = min(32, width // 2)
    said = Content(" ").join(part for part in (Content.styled(word, style), brief(line.text)) if part)
    source = brief(f" ({line.source})", "$text-muted") if line.source else Content("")
    yield fitted(mark + label, cells) + (said + source + asked).truncate(width - cells, ellipsis=True)


def _standing(file: NotificationFile, sight: Sight, width: int) -> Content:
    """Say how far one notification is; what is wanted at once and is not there is marked."""
    glyph, plain, _, style = MARKS[None if file.blocking else Certainty.KNOWN]
    mark = Content.styled(f"{plain if sight.ascii_only else glyph} ", style)
    name = f"{file.duty.creditor}, {article(file.duty)}"
    return (mark + brief(name) + Content("  ") + brief(standing(file), "$text-muted")).truncate(width, ellipsis=True)


def _asked_for(note: Note, sight: Sight) -> Content:
    return brief(f"  asked: {note.party}, {calendar_words(note.at, sight.look.incident.zone)}")


def _asked(note: Note, sight: Sight, width: int) -> Content:
    when = calendar_words(note.at, sight.look.incident.zone)
    text = Content(f"  {when}  ") + brief(f"{note.party}", "bold") + Content("  ") + brief(note.text)
    return text.truncate(width, ellipsis=True)
