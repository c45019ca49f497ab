"""A call taken: four answers, and the import record that they open an incident with."""

from datetime import datetime
from typing import Any, Literal

from models.moments import utc_text

Standing = Literal["suspected", "confirmed"]

WHY_AWARE = "stated as confirmed when the call was taken"
"""Why we are aware from the moment a confirmed breach is reported without a vendor."""


def call_record(
    what: str, told_by: str | dict[str, str] | None, received: datetime, standing: Standing
) -> dict[str, Any]:
    """Return the import record of a call.

    - Suspected: only the suspicion is dated, and whether personal data are affected stays undecided. A suspicion
      is neither the notice that Art. 33(2) GDPR asks of a vendor nor awareness (EDPB Guidelines 9/2022,
      paragraphs 31 and 34): taken for the vendor's notice it would stop the vendor's clock.
    - Confirmed by a vendor: its notice reached us then. Our awareness is presumed from it, and marked so.
    - Confirmed, nobody owes us notice: we state that we are aware since then.

    Args:
        told_by: the vendor's playbook id, or `{"name": …}` where it has none, or None.
        received: when the call came in (UTC).
    """
    at = utc_text(received)
    record: dict[str, Any] = {"title": what} | ({"vendor": told_by} if told_by else {})
    if standing == "suspected":
        return record | {"personal_data": None, "moments": {"suspected": at}}
    if told_by:
        return record | {"moments": {"detected": at, "vendor_told_us": at}}
    return record | {"moments": {"detected": at, "aware": [{"at": at, "why": WHY_AWARE}]}}


def consequence(told_by: str | dict[str, str] | None, standing: Standing | None) -> str:
    """Say in one line what the answers will set going."""
    if standing is None:
        return ""
    if standing == "suspected":
        return "no 72 hours run on a suspicion: look into it at once, and record 'aware' when it is confirmed"
    if told_by:
        return "the 72 hours of Art. 33(1) are counted from this call: our awareness is presumed from the notice"
    return "the 72 hours of Art. 33(1) are counted from this call: we state that we are aware"
