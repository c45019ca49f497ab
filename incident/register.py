"""The register of personal data breaches (Art. 33(5) GDPR): facts, effects, remedial action, and the reasons."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from incident.look import Look
from incident.text import visible
from models.clocks import Clock
from models.moments import MomentName, utc_text
from models.values import value_words

COLUMNS = (
    "incident",
    "ref",
    "state",
    "title",
    "role",
    "vendor",
    "occurred_from",
    "occurred_to",
    "detected",
    "aware",
    "facts",
    "breach_types",
    "subject_categories",
    "subjects_count",
    "data_categories",
    "special_categories",
    "records_count",
    "effects",
    "harms",
    "remedial_action",
    "decision",
    "decision_reasons",
    "decided_by",
    "dpo_advice",
    "authority_notified_at",
    "authority_late_by_seconds",
    "delay_reasons",
    "subjects_informed_at",
    "not_informed_reason",
    "missing",
)
"""What an entry holds. `facts`, `effects` and `remedial_action` are the three that the law names."""

_FORMULA = ("=", "+", "-", "@")


def register_rows(looks: Iterable[Look]) -> list[dict[str, str]]:
    """Return one entry per personal data breach of ours, in the order they were opened.

    What is not a personal data breach, and what we only process for others, does not belong in it.
    """
    return [_row(look) for look in looks if _belongs(look)]


def register_csv(rows: Sequence[dict[str, str]]) -> str:
    """Write the register as CSV. Cells that a spreadsheet would take for a formula are made harmless."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row[column]) for column in COLUMNS] for row in rows)
    return text.getvalue()


def register_markdown(rows: Sequence[dict[str, str]]) -> str:
    """Write the register as Markdown, one section per breach."""
    from incident.notices.markdown import escaped

    lines = [
        "# Register of personal data breaches",
        "",
        "Art. 33(5) GDPR: facts, effects, remedial action.",
        "",
    ]
    for row in rows:
        lines += [f"## {escaped(row['incident'])} {escaped(row['title'], one_line=True)}", ""]
        lines += [f"- {column.replace('_', ' ')}: {escaped(row[column]) or '—'}" for column in COLUMNS[2:]]
        lines.append("")
    return "\n".join(lines)


def register_json(rows: Sequence[dict[str, str]]) -> str:
    """Write the register as one JSON document."""
    return json.dumps({"entries": rows}, indent=2, ensure_ascii=True)


WRITERS = {"csv": register_csv, "md": register_markdown, "json": register_json}
"""How the register can be written, by format."""


def _belongs(look: Look) -> bool:
    decision = look.incident.decision
    not_a_breach = decision is not None and not decision.breach
    return look.incident.role.decides and look.incident.personal_data is not False and not not_a_breach


def _row(look: Look) -> dict[str, str]:
    incident, facts = look.incident, look.incident.current_facts()
    said = {name: value_words(fact.value) for name, fact in facts.items()}
    authority, subjects = _told(look, "authority"), _told(look, "subjects")
    decision = incident.decision
    effects = [said[name] for name in ("likely_consequences", "consequences") if said.get(name)]
    remedies = [said[name] for name in ("measures_remedy", "measures_prevent") if said.get(name)]
    row = dict.fromkeys(COLUMNS, "") | {name: said[name] for name in COLUMNS if name in said}
    row |= {
        "incident": incident.reference,
        "ref": incident.external_ref or "",
        "state": "closed" if incident.closing else "open",
        "title": incident.title,
        "role": incident.role.value,
        "vendor": look.vendor or "",
        "facts": said.get("description") or incident.summary,
        "effects": " / ".join(effects),
        "remedial_action": " / ".join(remedies),
        "decision": (decision.risk.value if decision and decision.risk else "undecided"),
        "decision_reasons": (decision.because or "") if decision else "",
        "decided_by": decision.by if decision else "",
        "dpo_advice": (decision.dpo_advice or "") if decision else "",
        "authority_notified_at": utc_text(authority.done_at) if authority and authority.done_at else "",
        "authority_late_by_seconds": _seconds_late(authority),
        "delay_reasons": said.get("delay_reasons", "") or _reasons_given(look),
        "subjects_informed_at": utc_text(subjects.done_at) if subjects and subjects.done_at else "",
        "missing": ", ".join(look.completeness.missing),
    }
    for name in (MomentName.OCCURRED_FROM, MomentName.OCCURRED_TO, MomentName.DETECTED):
        instant = incident.instant(name)
        row[name.value] = utc_text(instant) if instant else ""
    if authority and authority.trigger:
        presumed = " (presumed)" if authority.trigger.presumed_from else ""
        row["aware"] = utc_text(authority.trigger.at) + presumed
    return row


def _told(look: Look, recipient: str) -> Clock | None:
    ours = (clock for clock in look.clocks if clock.duty.recipient == recipient and not clock.duty.trigger.filing)
    return next(ours, None)


def _seconds_late(clock: Clock | None) -> str:
    if clock is None or clock.late_by is None or clock.done_at is None:
        return ""
    return str(int(clock.late_by.total_seconds()))


def _reasons_given(look: Look) -> str:
    return " / ".join(filing.because for filing in look.incident.filings if filing.because)


def _cell(text: str) -> str:
    harmless = visible(text)
    return f"'{harmless}" if harmless.lstrip().startswith(_FORMULA) else harmless
