"""The text around what was read: the words a person compares, at their place, whatever the file's format."""

from hypothesis import given
from hypothesis import strategies as st

from incident.contract_text import AROUND, CUT, LONGEST, Passage, passage
from playbooks.reader.formats import text_of
from playbooks.reader.text import Text

LINE = "The parties act in good faith. "


@given(st.text(st.characters(exclude_characters="\n"), max_size=60), st.data())
def test_of_a_short_text_nothing_is_lost(characters: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(characters)))
    end = data.draw(st.integers(start, len(characters)))
    found = passage(Text(characters), (start, end))
    assert found == Passage(characters[:start], characters[start:end], characters[end:])


def test_of_html_what_a_browser_shows_is_shown() -> None:
    page = "<html><p>Tell us <b>within</b> 24&nbsp;hours &amp; by e-mail.</p><p>Then rest.</p></html>"
    found = passage(text_of(page.encode()), (page.index("within"), page.index("hours") + len("hours")))
    assert found == Passage("\nTell us ", "within 24\u00a0hours", " & by e-mail.\n\nThen rest.\n")


def test_a_long_text_is_cut_at_a_line_where_one_is_near() -> None:
    before, after = f"{LINE * 200}\nHere a line begins. {LINE * 120}", LINE * 200
    found = passage(Text(f"{before}within 24 hours{after}"), (len(before), len(before) + 15))
    assert found.before == f"{CUT}Here a line begins. {LINE * 120}"
    assert found.matched == "within 24 hours"
    assert found.after == f"{after[:AROUND]}{CUT}"


def test_a_line_without_an_end_is_cut_all_the_same() -> None:
    found = passage(Text("x" * 100_000), (50_000, 60_000))
    assert found == Passage(f"{CUT}{'x' * AROUND}", f"{'x' * LONGEST}{CUT}", f"{'x' * AROUND}{CUT}")


def test_a_run_of_empty_lines_is_one() -> None:
    found = passage(Text("a\n \n\r\n\n\nb within 1 hour\n\nc"), (10, 23))
    assert (found.before, found.matched, found.after) == ("a\n\nb ", "within 1 hour", "\n\nc")
