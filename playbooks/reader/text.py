"""Text that knows where each of its characters came from, however often it was cleaned on the way."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, and their way back to the file.

    Attributes:
        characters: the text itself.
        starts: where runs begin in `characters`, ascending; the first is 0.
        origins: where each run begins in the text it was made from. Inside a run both advance together.
        ends: where each run ends in the text it was made from.
        before: the text it was made from; None for a file's own text.
    """

    characters: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    ends: tuple[int, ...] = (0,)
    before: "Text | None" = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters `start` to `end` (excluded) stand in the file's own text."""
        if self.before is None:
            return start, end
        first = bisect_right(self.starts, start) - 1
        begin = min(self.origins[first] + start - self.starts[first], self.ends[first])
        last = bisect_right(self.starts, max(start, end - 1)) - 1
        run_end = self.starts[last + 1] if last + 1 < len(self.starts) else len(self.characters)
        close = (
            self.ends[last] if end >= run_end else min(self.origins[last] + end - self.starts[last], self.ends[last])
        )
        return self.before.span(begin, max(begin, close))

    def own(self) -> "Text":
        """Return the file's own text."""
        return self if self.before is None else self.before.own()

    def quoted(self, start: int, end: int) -> str:
        """Return the file's own words for characters `start` to `end`."""
        begin, close = self.span(start, end)
        return self.own().characters[begin:close]


def replaced(text: Text, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> Text:
    """Return the text with each match replaced; a match that is replaced by itself costs nothing."""
    pieces: list[tuple[str, int, int]] = []
    at = 0
    old = text.characters
    for found in pattern.finditer(old):
        new = replacement(found)
        begin, end = found.span()
        if new != found[0]:
            pieces += ((old[at:begin], at, begin), (new, begin, end))
            at = end
    return _joined(text, [*pieces, (old[at:], at, len(old))]) if pieces else text


def part(text: Text, *spans: tuple[int, int]) -> Text:
    """Return some stretches of a text as one, with a space between them."""
    pieces: list[tuple[str, int, int]] = []
    for begin, end in spans:
        if pieces:
            pieces.append((" ", pieces[-1][2], pieces[-1][2]))
        pieces.append((text.characters[begin:end], begin, end))
    return _joined(text, pieces)


def made_of(text: Text, pieces: Iterable[tuple[str, int, int]]) -> Text:
    """Return new characters, each piece standing for one stretch (begin, end) of a text, in its order."""
    return _joined(text, list(pieces))


def _joined(before: Text, pieces: list[tuple[str, int, int]]) -> Text:
    starts: list[int] = []
    origins: list[int] = []
    ends: list[int] = []
    at = 0
    for characters, begin, end in pieces:
        if characters:
            starts.append(at)
            origins.append(begin)
            ends.append(end)
            at += len(characters)
    if not starts:
        return Text("", (0,), (0,), (0,), before)
    return Text("".join(one for one, _, _ in pieces), tuple(starts), tuple(origins), tuple(ends), before)
