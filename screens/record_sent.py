"""Recording a notification: under which duty, when, how, and what became of it. Nothing is sent by this."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from textual import on, work
from textual.content import Content
from textual.widgets import Static

from incident.errors import Failure
from incident.evidence import evidence_of
from incident.left_to_do import left_to_do
from incident.look import Look
from models.clocks import Clock, urgency
from models.moments import MomentError, utc_text
from models.vocabulary import FilingStatus
from screens.confirm import ConfirmScreen
from screens.form import Form, FormError
from screens.looks import LOOKS, countdown, datum, glyph
from screens.surroundings import Surroundings
from screens.typed_path import typed_path
from screens.widgets.fields import ChoiceField, Field, LineField
from screens.widgets.pick_field import PickField
from screens.widgets.time_field import TimeField

if TYPE_CHECKING:
    from screens.desk_thread import DeskThread

STATUS_WORDS = {
    FilingStatus.MADE: "made",
    FilingStatus.ATTEMPTED: "attempted: it failed and stops no clock",
    FilingStatus.ACKNOWLEDGED: "acknowledged by the recipient",
    FilingStatus.WITHDRAWN: "withdrawn: the clock counts again",
}
TEXTS = {
    "channel": ("how", "portal, email, phone, post …"),
    "to": ("to", "who was told"),
    "reference": ("reference", "the number the recipient gave it"),
    "because": ("reasons for delay", "where it is late (Art. 33(1) GDPR)"),
}
"""The free texts of a notification: label, and what to write there."""


class RecordSentScreen(Form):
    """A form for one notification; what it will record is said, and confirmed, before it is recorded."""

    TITLE_WORDS = "record as sent"

    def __init__(self, surroundings: Surroundings, desk: "DeskThread", reference: str, duty: str | None = None) -> None:
        """Make the form; `duty` is picked at first, where the incident has it."""
        super().__init__(surroundings, desk, reference)
        self._duty = duty
        self._clocks: dict[str, Clock] = {}

    def fields(self) -> Iterator[Field | Static]:
        """Ask for the duty first: the most urgent one is picked already."""
        yield PickField("duty", "duty", self._duty)
        yield self.time_field("at", "when", "")
        statuses = [(status.value, words) for status, words in STATUS_WORDS.items()]
        yield ChoiceField("status", "what became of it", statuses, FilingStatus.MADE.value)
        for name in ("channel", "to", "reference"):
            yield LineField(name, *TEXTS[name])
        yield ChoiceField("complete", "complete", [("yes", "complete"), ("no", "more is still to come")], "yes")
        yield LineField("because", *TEXTS["because"])
        yield LineField("evidence", "evidence", "a file that proves it")

    def known(self, look: Look) -> None:
        """Offer the duties, the open ones first; a target that another duty's notification meets is none of them."""
        own = [clock for clock in look.clocks if clock.duty.settled_under == clock.duty.id]
        self._clocks = {clock.duty.id: clock for clock in sorted(own, key=urgency)}
        duty = cast("PickField", self.field("duty"))
        untouched = duty.typed == self.unsaved.at_first("duty")
        duty.offer([(name, self._duty_line(clock)) for name, clock in self._clocks.items()])
        if untouched:
            self.unsaved.put_at_first("duty", duty.typed)

    def time_words(self, at: datetime) -> str:
        """Say an instant, and whether it is after the deadline."""
        clock = self._clocks.get(self.field("duty").typed)
        late = clock is not None and clock.due_at is not None and at > clock.due_at
        return super().time_words(at) + (", after the deadline: give the reasons" if late else "")

    @on(Field.Changed)
    def _duty_changed(self, event: Field.Changed) -> None:
        if event.field.key == "duty":
            cast("TimeField", self.field("at")).echo_typed()

    async def save(self) -> None:
        """Say what will be recorded, and record it if that is confirmed."""
        try:
            at = cast("TimeField", self.field("at")).instant()
        except MomentError as error:
            raise FormError([("at", str(error))]) from None
        body = self._body(at)
        clock = self._clocks.get(body["duty"] or "")
        if clock is None:
            raise FormError([("duty", "pick the duty that it was made under")])
        body["evidence"] = await self._evidence()
        lines = tuple(summary(body, clock, self.time_words(at)))

        def answered(yes: bool | None) -> None:  # noqa: FBT001
            if yes:
                self._record(body)

        self.app.push_screen(ConfirmScreen("Record this?", lines, "Record"), answered)

    @work(group="save", exit_on_error=False)
    async def _record(self, body: dict[str, Any]) -> None:
        reference = self._reference or ""
        try:
            look = await self._desk.do(lambda desk: desk.sent(reference, body))
        except Failure as failure:
            self.tell(failure)
            return
        self.done(f"Recorded under {body['duty']}.", (*left_to_do(look, body["duty"]), *look.warnings))

    async def _evidence(self) -> str | None:
        """Return name and hash of the file that is named, or None. Raises FormError where it cannot be read."""
        named = cast("LineField", self.field("evidence")).text
        if not named:
            return None
        try:
            return await asyncio.to_thread(evidence_of, typed_path(named))
        except Failure as failure:
            raise FormError([("evidence", line) for line in failure.lines]) from None

    def _body(self, at: datetime) -> dict[str, Any]:
        texts = {name: cast("LineField", self.field(name)).text or None for name in TEXTS}
        return {
            "duty": self.field("duty").typed,
            "at": utc_text(at),
            "status": self.field("status").typed,
            "complete": self.field("complete").typed == "yes",
            **texts,
        }

    def _duty_line(self, clock: Clock) -> Content:
        look = LOOKS[clock.state]
        standing = look.word
        if not clock.state.settled:
            standing = countdown(clock.state, clock.due_at, self.incident_app.now, clock.duty.basis.value)
        mark = glyph(clock.state, ascii_only=self._surroundings.ascii_only)
        return Content.styled(f"{mark} {standing}", look.style) + Content("  ") + datum(clock.duty.title)


def summary(body: dict[str, Any], clock: Clock, at: str) -> Iterator[str]:
    """Say what will be recorded, a line each.

    Args:
        body: as `Desk.sent` takes it.
        at: its instant, in words.
    """
    yield f"{STATUS_WORDS[FilingStatus(body['status'])]}, {at}"
    yield f"under {body['duty']}: {clock.duty.title}"
    yield "complete" if body["complete"] else "incomplete: more is still to come (Art. 33(4) GDPR)"
    for name, (label, _) in TEXTS.items():
        if body[name]:
            yield f"{label}: {body[name]}"
    if body["evidence"]:
        yield f"evidence: {body['evidence']}"
