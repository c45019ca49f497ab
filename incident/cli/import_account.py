"""What an import came to: counted and set aside while it runs, told at its end."""

from collections.abc import Sequence
from typing import Any

import click

from incident.cli.desks import warn, warn_of
from incident.cli.output import print_json_with
from incident.intake.rejects import Rejects
from incident.intake.run import Dealt, Outcome
from incident.intake.spool import Spool

WARNINGS_SHOWN = 20
"""Warnings about records that were taken; the rest is counted."""


class Account:
    """What became of the records of all sources so far: all that stands in it is kept.

    Attributes:
        counts: how many records were opened, changed, unchanged and rejected, under these names: together all of them.
        rejects: the rejected ones.
    """

    def __init__(self) -> None:
        self.counts = dict.fromkeys(("opened", "changed", "unchanged", "rejected"), 0)
        self._outcomes = Spool()
        self.rejects = Rejects()
        self._warnings: list[str] = []
        self._more_warnings = 0

    @property
    def read(self) -> int:
        """How many records were dealt with."""
        return sum(self.counts.values())

    def enter(self, source: str, batch: Sequence[Dealt]) -> None:
        """Enter what became of a batch of a source's records."""
        for dealt in batch:
            if isinstance(dealt, Outcome):
                self.counts[dealt.status] += 1
                self._outcomes.add(outcome_document(dealt))
                for warning in dealt.warnings:
                    self._warn(f"{dealt.reference}: {warning}")
            else:
                self.counts["rejected"] += 1
                self.rejects.add(source, dealt)

    def print_document(self, *, foreseen: bool) -> None:
        """Print all of it as one JSON document."""
        print_json_with(
            self.counts | {"dry_run": foreseen},
            incidents=self._outcomes,
            rejects=(
                {"source": source, "line": reject.line, "key": reject.key, "reason": reject.reason}
                for source, reject in self.rejects.with_sources()
            ),
        )

    def print_counts(self, *, foreseen: bool) -> None:
        """Print how many records came to what."""
        said = ", ".join(f"{count:,} {status}" for status, count in self.counts.items())
        click.echo(f"would be: {said}" if foreseen else said)

    def warn_of_trouble(self) -> None:
        """Say on standard error what looks wrong in what was taken, and what was rejected."""
        warn_of(self._warnings)
        if self._more_warnings:
            warn(f"{self._more_warnings} more warnings; incident show REF has each")
        for source, reject in self.rejects.with_sources():
            key = f"{reject.key}: " if reject.key else ""
            warn(f"{source}: line {reject.line}: {key}{reject.reason}")

    def close(self) -> None:
        """Let go of what was set aside."""
        self._outcomes.close()
        self.rejects.close()

    def _warn(self, warning: str) -> None:
        if len(self._warnings) < WARNINGS_SHOWN:
            self._warnings.append(warning)
        else:
            self._more_warnings += 1


def outcome_document(outcome: Outcome) -> dict[str, Any]:
    """Return what became of a record as plain JSON."""
    return {
        "incident": outcome.reference,
        "ref": outcome.ref,
        "status": outcome.status,
        "changes": [{"key": change.key, "old": change.old, "new": change.new} for change in outcome.changes],
        "warnings": list(outcome.warnings),
    }
