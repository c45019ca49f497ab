"""What an entry of the journal says in a line of words."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from incident.entry_words import entry_words
from models.journal import EntryKind
from tests.builders import entries

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (
            EntryKind.OPENED,
            {"record": {"title": "Leak", "vendor": "kavkom", "sectors": []}, "source": "soc:1"},
            "opened from soc:1: Leak; vendor: kavkom",
        ),
        (
            EntryKind.RECORDED,
            {
                "changes": {
                    "facts": {"subjects_count": {"value": 5, "approximate": True}},
                    "moments": {"aware": [{"at": "2026-10-24T07:00:00Z", "why": "seen"}], "contained": "2026-10-25"},
                },
                "source": "SOC",
                "correcting": "a typing error",
            },
            (
                "subjects count: about 5; aware 2026-10-24 09:00 +02:00 (07:00 UTC) (seen); contained 2026-10-25; "
                "correcting: a typing error; source: SOC"
            ),
        ),
        (
            EntryKind.RECORDED,
            {
                "changes": {
                    "moments": {
                        "contained": {"from": "2026-10-24T07:00:00Z", "to": "2026-10-24T08:00:00Z"},
                        "resolved": {"from": "2026-10-24T09:00:00Z", "approximate": True},
                    }
                }
            },
            (
                "contained 2026-10-24 09:00 +02:00 (07:00 UTC) to 2026-10-24 10:00 +02:00 (08:00 UTC); "
                "resolved about 2026-10-24 11:00 +02:00 (09:00 UTC)"
            ),
        ),
        (
            EntryKind.ATTACHED,
            {"sha256": "ab12", "size": 17, "name": "receipt.pdf", "about": "the receipt"},
            "attached receipt.pdf (17 bytes); the receipt; SHA-256 ab12",
        ),
        (
            EntryKind.RECORDED,
            {"changes": {}, "without_value": ["harms"], "certainty": "not-applicable", "why": "none"},
            "harms: not-applicable; because none",
        ),
        (
            EntryKind.RECORDED,
            {"changes": {}, "without_value": ["customers.acme.facts.records_count"], "certainty": "unknown"},
            "records count of acme: unknown",
        ),
        (
            EntryKind.RECORDED,
            {
                "changes": {
                    "customers": [
                        {"id": "acme", "facts": {"subjects_count": {"value": 5}, "description": "Fax"}},
                        {"id": "beta", "name": "Beta BV", "facts": {"subjects_count": {"value": 6}}},
                    ]
                }
            },
            "customers: Beta BV; subjects count of acme: 5; description of acme: Fax; subjects count of beta: 6",
        ),
        (
            EntryKind.NOTED,
            {"text": "Asked.", "at": "2026-10-24T07:00:00Z", "party": "Kavkom", "channel": "telephone"},
            "Kavkom by telephone: Asked.; at 2026-10-24 09:00 +02:00 (07:00 UTC)",
        ),
        (
            EntryKind.NOTED,
            {"text": "Asked.", "at": "2026-10-24T07:00:00Z", "party": "Kavkom", "about": ["subjects_count", "harms"]},
            "Kavkom: Asked.; asks for subjects count, harms; at 2026-10-24 09:00 +02:00 (07:00 UTC)",
        ),
        (
            EntryKind.DECIDED,
            {"breach": False, "risk": None, "because": "a test", "by": "anna"},
            "not a breach, decided by anna; because a test",
        ),
        (
            EntryKind.DECIDED,
            {"art_34_3": "national:UAVG 42", "because": "a bank", "by": "anna"},
            "data subjects not told one by one: national law (UAVG 42), unconfirmed, decided by anna; because a bank",
        ),
        (
            EntryKind.NOTIFIED,
            {"duty": "gdpr-33-1", "at": "2026-10-24T07:00:00Z", "complete": False, "channel": "portal"},
            "gdpr-33-1: made, not complete 2026-10-24 09:00 +02:00 (07:00 UTC); channel portal",
        ),
        (EntryKind.DRAFTED, {"kind": "vendor", "file": "a.md", "sha256": "0"}, "vendor draft a.md"),
        (EntryKind.LINKED, {"other": "INC-2026-0002"}, "linked with INC-2026-0002"),
        (EntryKind.CLOSED, {"because": "done", "despite": []}, "because: done"),
        (EntryKind.REOPENED, {}, ""),
        (EntryKind.NOTED, None, "erased"),
    ],
)
def test_an_entry_in_words(kind: EntryKind, body: dict[str, Any], said: str) -> None:
    (entry,) = entries([(kind, body)])
    assert entry_words(entry, PARIS) == said
