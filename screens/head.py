"""The head of one incident: what it is, whose vendor, who we are in it, and what was decided."""

from textual.content import Content

from incident.board_page import RISK_WORDS
from incident.look import Look
from screens.sight import brief

SHORT = 60
"""Below this width the head is one line."""


def head_lines(look: Look, width: int) -> Content:
    """Return the head for a width: one line where there is room for all or for little, else two."""
    incident = look.incident
    name = Content.styled(incident.reference, "bold") + Content("  ") + brief(incident.title, "bold")
    decision = incident.decision
    outcome = (decision.risk or "not-a-breach") if decision else None
    said = [brief(look.vendor or "no vendor"), Content(f"we are the {incident.role}")]
    if incident.role.decides:
        said.append(Content(RISK_WORDS[outcome]))
    if incident.closing is not None:
        said.append(Content("closed"))
    if incident.links:
        said.append(brief(f"linked with {', '.join(incident.links)}"))
    rest = Content(" · ").join(said)
    if width < SHORT:
        return name.truncate(width, ellipsis=True)
    if name.cell_length + 2 + rest.cell_length <= width:
        return name + Content(" " * (width - name.cell_length - rest.cell_length)) + rest
    return name.truncate(width, ellipsis=True) + Content("\n") + rest.truncate(width, ellipsis=True)
