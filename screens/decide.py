"""Deciding: breach or not, and which risk to people, with the reasons and the factors to weigh beside them."""

from collections.abc import Iterator
from typing import cast

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from incident.errors import Failure
from incident.look import Look
from models.incident import Decision
from models.periods import duration_words
from models.risk_factors import RISK_FACTORS, SOURCE
from models.typed_times import echo
from models.vocabulary import ClockState, Risk
from screens.clock_words import LATE
from screens.confirm import ConfirmScreen
from screens.form import Form, FormError
from screens.looks import datum
from screens.widgets.fields import ChoiceField, Field, LineField, TextField

RISK_WORDS = {
    Risk.UNLIKELY: "unlikely to result in a risk",
    Risk.RISK: "risk",
    Risk.HIGH: "high risk",
}
CONSEQUENCES = {
    Risk.UNLIKELY: "No notification under Arts 33(1) and 34; breach and reasons stay documented (Art. 33(5)).",
    Risk.RISK: "The authority is to be notified (Art. 33(1)); the people need not be told (Art. 34).",
    Risk.HIGH: "The authority is to be notified (Art. 33(1)), and the people without undue delay (Art. 34).",
}
COVERED = "covered by the other law's notification"
SEPARATE = "data of its own: both are owed"
TO_EACH = "each"
ART_34_3 = {
    TO_EACH: "each of them",
    "a": "nobody: unintelligible data, (a)",
    "b": "nobody: risk removed since, (b)",
    "c": "the public instead, (c)",
}
"""Whom a high risk is communicated to, by the letters of Art. 34(3); national law is for the command line."""
NO_BREACH = "No duty of Arts 33 and 34 is owed; the reasons stay in the journal."


class DecideScreen(Form):
    """A decision by people; deciding again is reassessing, and nothing is decided by one key."""

    TITLE_WORDS = "decide"

    def fields(self) -> Iterator[Widget]:
        """Ask for the outcome, then the reasons; the factors stand beside them."""
        yield Static(id="standing", classes="aside")
        yield ChoiceField("breach", "personal data breach", [("yes", "yes"), ("no", "no")])
        yield ChoiceField("risk", "for people", [(risk.value, words) for risk, words in RISK_WORDS.items()])
        yield ChoiceField("covered", "same data, Art. 95", [("covered", COVERED), ("separate", SEPARATE)])
        yield TextField("because", "reasons", "which facts decide it: see the factors")
        yield LineField("by", "who decides", "name or function", self._surroundings.actor)
        yield TextField("dpo_advice", "the DPO's advice", "what the data protection officer advised")
        yield ChoiceField("told", "tell whom, Art. 34(3)", list(ART_34_3.items()))
        yield Static(_factors(), id="factors", classes="aside")

    def known(self, look: Look) -> None:
        """Say what was decided last, whose decision it is, and what is late."""
        lines = [
            datum(f"{clock.duty.title}: {LATE} ({duration_words(late)} overdue)", "bold $error")
            for clock in look.clocks
            if clock.state is ClockState.OVERDUE and clock.duty.needs == "risk" and (late := clock.late_by)
        ]
        if look.incident.decision is not None:
            lines.append(datum(f"decided: {self._decided(look.incident.decision)}"))
        exemption = look.incident.exemption
        if exemption is not None:
            said = f"{exemption.relied.words}, {exemption.by}: {exemption.because}"
            lines.append(datum(f"not told one by one: {said}; deciding again ends that"))
        if not look.incident.role.decides:
            lines.append(datum(f"We are the {look.incident.role}: the risk is for the controller to decide."))
        covering = sorted({clock.duty.covered_by for clock in look.clocks if clock.duty.covered_by})
        lines += [datum(f"{law} asks for the same data: covered, Art. 95: decide") for law in covering]
        self.field("covered").display = bool(covering)
        self.field("told").display = self._is_high()
        standing = self.query_one("#standing", Static)
        standing.update(Content("\n").join(lines))
        standing.display = bool(lines)

    @on(Field.Changed)
    def _fit_outcome(self) -> None:
        self.field("risk").display = self.field("breach").typed != "no"
        self.field("told").display = self._is_high()

    async def save(self) -> None:
        """Show the decision whole; it is recorded once that is confirmed."""
        outcome = self._outcome()
        because, advice = (cast("TextField", self.field(name)).text or None for name in ("because", "dpo_advice"))
        by = cast("LineField", self.field("by")).text
        covered, ground = self._covered(), self._ground()
        if ground and covered is not None:
            raise FormError([("told", "Art. 95 and Art. 34(3) are two decisions: record one after the other")])
        if ground and because is None:
            raise FormError([("because", "say why people are not told one by one")])
        if covered and because is None:
            raise FormError([("because", "say why the other notification covers the data")])
        if outcome in {None, Risk.UNLIKELY} and because is None:
            raise FormError([("because", "a decision not to notify needs its reasons")])
        if not by:
            raise FormError([("by", "say who decides")])
        decided = RISK_WORDS[outcome] if outcome else "no personal data breach"
        summary = (
            f"reasons: {because or 'none given'}",
            *([] if covered is None else [COVERED if covered else SEPARATE]),
            *([f"told under Art. 34(3): {ART_34_3[ground]}"] if ground else []),
            f"decided by: {by}",
            f"the DPO's advice: {advice or 'none recorded'}",
            _consequence(outcome, ground),
        )

        def confirmed(yes: object) -> None:
            if yes:
                self._record(outcome, because, by, advice, covered, ground)

        self.app.push_screen(ConfirmScreen(f"{self._reference}: {decided}", summary, "Record the decision"), confirmed)

    @work(exclusive=True, group="record", exit_on_error=False)
    async def _record(
        self,
        outcome: Risk | None,
        because: str | None,
        by: str,
        advice: str | None,
        covered: bool | None,  # noqa: FBT001
        ground: str | None,
    ) -> None:
        reference = self._reference or ""
        try:
            look = await self._desk.do(
                lambda desk: (
                    desk.exempt(reference, ground, because, by, advice, with_risk=True)
                    if ground
                    else desk.decide(reference, outcome, because, by, advice, covered)
                )
            )
        except Failure as failure:
            self.tell(failure)
            return
        self.done("The decision is recorded.", look.warnings)

    def _outcome(self) -> Risk | None:
        """Return the risk decided, or None for no breach. Raises FormError while that is open."""
        breach, risk = self.field("breach").typed, self.field("risk").typed
        if breach is None:
            raise FormError([("breach", "is it a personal data breach? press 1 or 2")])
        if breach == "no":
            return None
        if risk is None:
            raise FormError([("risk", "unlikely, risk or high? press 1, 2 or 3")])
        return Risk(risk)

    def _is_high(self) -> bool:
        return self.field("risk").display and self.field("risk").typed == Risk.HIGH

    def _ground(self) -> str | None:
        """Return the letter of Art. 34(3) that is relied on, or None where everybody is told."""
        typed = self.field("told").typed if self._is_high() else None
        return None if typed == TO_EACH else typed

    def _covered(self) -> bool | None:
        typed = self.field("covered").typed if self.field("covered").display else None
        return typed == "covered" if typed else None

    def _decided(self, decision: Decision) -> str:
        outcome = RISK_WORDS[decision.risk] if decision.risk else "no personal data breach"
        when = echo(decision.recorded_at, self.zone, self.incident_app.now)
        because = f": {decision.because}" if decision.because else ""
        return f"{outcome}, {decision.by}, {when}{because}"


def _consequence(outcome: Risk | None, ground: str | None) -> str:
    """Say what follows from a decision; (a) and (b) free of telling the people, as a lower risk does."""
    if outcome is None:
        return NO_BREACH
    return CONSEQUENCES[Risk.RISK if ground in {"a", "b"} else outcome]


def _factors() -> Content:
    """List what to weigh, as words."""
    lines = [Content.styled(SOURCE, "bold")]
    lines += [Content.styled(f"- {one.name}: ", "bold") + Content(one.question) for one in RISK_FACTORS]
    return Content("\n").join(lines)
