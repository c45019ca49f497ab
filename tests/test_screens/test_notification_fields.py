"""What one notification requires, on a page of its own: open fields first, then those that are answered."""

import pytest

from incident.completeness import notification_files
from screens.notification_fields import NotificationFieldsScreen, field_blocks
from screens.panes.file import file_blocks
from screens.sight import Sight, read_sight
from tests.test_incident.desk_examples import NOW, new_desk, record
from tests.test_screens.conftest import Terminal, acting_signs

AWARE = {"aware": "2026-10-24T07:00:00Z"}
FACTS = {"breach_types": ["confidentiality"], "description": "x", "subjects_count": {"unknown": True}}


def sight() -> Sight:
    desk = new_desk()
    one = desk.open(record(desk, moments=AWARE, facts=FACTS))
    desk.note(one, "Which?", NOW, "Kav\x1b[1mkom", None, ["data_categories"])
    return read_sight(desk, one, NOW, ascii_only=True)


def test_the_file_names_each_notification_and_how_far_it_is() -> None:
    blocks = file_blocks(sight(), 200)
    lines = {block.key: block.lines[0].plain for block in blocks if block.key}
    assert lines["gdpr-33-1"].startswith("x CNIL, Art. 33(1)  ")
    assert lines["gdpr-33-1"].endswith("2 wanted at once, 7 may follow, by the form cnil")
    assert lines["gdpr-34"] == "x data subjects, Art. 34(1)  2 of 4 answered, 2 wanted at once"


@pytest.mark.parametrize("width", [24, 38, 118])
def test_open_fields_come_first_and_no_line_is_too_wide(width: int) -> None:
    seen = sight()
    file = next(one for one in notification_files(seen.look) if one.duty.id == "gdpr-33-1")
    blocks = list(field_blocks(file, seen, width, None))
    keys = [block.key for block in blocks if block.key]
    assert keys == [field.name for field in file.open] + [one.name for one in file.fields if one.state.answers]
    lines = [line for block in blocks for line in block.lines]
    assert all(line.cell_length <= width for line in lines)
    assert acting_signs("".join(line.plain for line in lines)) == set()


def test_the_lines_of_a_field() -> None:
    seen = sight()
    file = next(one for one in notification_files(seen.look) if one.duty.id == "gdpr-33-1")
    said = {block.key: [line.plain.rstrip() for line in block.lines] for block in field_blocks(file, seen, 118, None)}
    assert said["2.2"] == ["x at once           2.2 Dénomination"]
    assert said["8.3"] == [
        "? later, unknown    8.3 Nombre approximatif de personnes concernées par la violation",
        "    subjects_count",
    ]
    assert said["8"][1].startswith("    data_categories; asked: Kav")
    assert said["7.1"] == ["+ 7.1 Nature de la violation", "    breach_types"]


def test_facts_stand_under_their_names_where_there_is_no_form() -> None:
    seen = sight()
    file = next(one for one in notification_files(seen.look) if one.duty.id == "gdpr-34")
    said = {block.key: block.lines[0].plain.rstrip() for block in field_blocks(file, seen, 118, None)}
    assert said["measures_remedy"] == "x at once           Measures taken or proposed"
    assert (
        said["likely_consequences|consequences"]
        == "x at once           Effects seen or expected or Possible consequences"
    )


def test_enter_on_a_notification_of_the_file_opens_it(rich: Terminal) -> None:
    async def responder(terminal: Terminal) -> None:
        await terminal.open("INC-2026-0003")
        await terminal.press("tab")
        pane = terminal.app.screen.query_one("#file")
        keys = [str(getattr(pane, "current", ""))]
        while not keys[-1].startswith("gdpr-33-1") and len(keys) < 40:
            await terminal.press("down")
            keys.append(str(getattr(pane, "current", "")))
        await terminal.press("enter")
        assert isinstance(terminal.app.screen, NotificationFieldsScreen)
        assert "by the form cnil" in terminal.text

    rich.run(responder)
