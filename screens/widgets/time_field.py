"""A field for a time as people type it: said back with zone and UTC before it is accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.moments import MomentError, utc_text
from models.typed_times import HINT, is_typed_day
from screens.widgets.fields import ReadField


@dataclass(frozen=True, slots=True)
class TimeReader:
    """How a form reads an instant that is typed now, and how it says one."""

    read: Callable[[str], datetime]
    words: Callable[[datetime], str]


class TimeField(ReadField):
    """A time as people type it. What is recorded is what was said back, however much later that is.

    Attributes:
        at: the instant that was understood (UTC); None while there is none.
    """

    def __init__(self, name: str, label: str, time: TimeReader, value: str = "", hint: str = HINT) -> None:
        """Make the field, with what stands in it at first."""
        super().__init__(name, label, self._words, hint, value)
        self._time = time
        self.at: datetime | None = None

    @property
    def typed(self) -> Any:
        """The instant, so that `-2h` does not become another time when it is offered again; else the text."""
        return utc_text(self.at) if self.at is not None else self.input.value

    def instant(self) -> datetime:
        """Return the instant that was said back. Raises MomentError where nothing was understood."""
        if self.at is None:
            self.at = self._time.read(self.text)
        return self.at

    def echo_typed(self) -> None:
        """Read the text anew, and say it."""
        self.at = None
        super().echo_typed()

    def _words(self, text: str) -> str:
        try:
            self.at = self._time.read(text)
        except MomentError:
            self.at = None
            raise
        return self._time.words(self.at)


class DayOrTimeField(TimeField):
    """A time, or a day of which nobody knows the time.

    Attributes:
        day: the day that was understood; None while there is none, or a time was.
    """

    def __init__(self, name: str, label: str, time: TimeReader, read_day: Callable[[str], date]) -> None:
        """Make the field; `read_day` reads a day."""
        super().__init__(name, label, time)
        self._read_day = read_day
        self.day: date | None = None

    @property
    def typed(self) -> Any:
        """The day or the instant that was understood, else the text."""
        return self.day.isoformat() if self.day is not None else super().typed

    def echo_typed(self) -> None:
        """Read the text anew, and say it."""
        self.day = None
        super().echo_typed()

    def _words(self, text: str) -> str:
        if not is_typed_day(text):
            return super()._words(text)
        self.day = self._read_day(text)
        return f"{self.day:%a %d %b %Y}, the time of day not known"
