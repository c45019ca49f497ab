"""The register of personal data breaches (Art. 33(5) GDPR): facts, effects, remedial action, and the reasons."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from incident.look import Look
from incident.text import visible
from models.breach_register import (
    EFFECTS,
    REMEDIAL_ACTION,
    awareness,
    belongs_in_register,
    owed_first,
    reasons_given,
)
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

_SIGN = r"(?=[=+@\uff1d\uff0b\uff0d\uff20-])"
_FORMULA = re.compile(rf"\A([\s\"]*){_SIGN}|([;\n\t])((?:[^\S\n\t]|\")*){_SIGN}")
"""Where a cell, or a part of one, begins as a formula does: a spreadsheet set to semicolons parts a line at those."""


def register_rows(looks: Iterable[Look]) -> list[dict[str, str]]:
    """Return one entry per personal data breach of ours, in the order they were opened."""
    return [entry(look) for look in register_looks(looks)]


def register_looks(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield what belongs in the register: personal data breaches, and not what we only process for others."""
    return (look for look in looks if belongs_in_register(look.incident))


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
"""How the register can be written as text, by format; `incident.register_workbook` writes it as a workbook."""


def entry(look: Look) -> dict[str, str]:
    """Return what the register holds of one breach, by column."""
    incident, facts = look.incident, look.incident.current_facts()
    said = {name: value_words(fact.value) for name, fact in facts.items()}
    authorities, subjects = owed_first(look.clocks, "authority"), owed_first(look.clocks, "subjects")
    aware = awareness(look.clocks)
    decision = incident.decision
    effects = [said[name] for name in EFFECTS if said.get(name)]
    remedies = [said[name] for name in REMEDIAL_ACTION if said.get(name)]
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
        "authority_notified_at": _for_each(authorities, _done_at),
        "authority_late_by_seconds": _for_each(authorities, _seconds_late),
        "delay_reasons": said.get("delay_reasons", "") or reasons_given(incident),
        "subjects_informed_at": _done_at(subjects[0]) if subjects else "",
        "missing": ", ".join(look.completeness.missing),
    }
    if incident.exemption:
        row["not_informed_reason"] = f"{incident.exemption.relied.words}: {incident.exemption.because}"
    for name in (MomentName.OCCURRED_FROM, MomentName.OCCURRED_TO, MomentName.DETECTED):
        instant = incident.instant(name)
        row[name.value] = utc_text(instant) if instant else ""
    if aware:
        row["aware"] = utc_text(aware.at) + (" (presumed)" if aware.presumed_from else "")
    return row


def _for_each(clocks: Sequence[Clock], said: Callable[[Clock], str]) -> str:
    """Say one thing of each clock, with the name of the authority where there are several."""
    if len(clocks) == 1:
        return said(clocks[0])
    return " / ".join(f"{clock.duty.creditor} {said(clock)}" for clock in clocks if said(clock))


def _done_at(clock: Clock) -> str:
    return utc_text(clock.done_at) if clock.done_at else ""


def _seconds_late(clock: Clock) -> str:
    if clock.late_by is None or clock.done_at is None:
        return ""
    return str(int(clock.late_by.total_seconds()))


def _cell(text: str) -> str:
    return _FORMULA.sub(r"\2'\1\3", visible(text))
