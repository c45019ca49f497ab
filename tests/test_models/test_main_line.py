"""The main line's worked examples: the vendors' clocks, theirs and ours, instant by instant."""

import pytest

from models.clocks import Clock
from models.moments import MomentName, utc_text
from tests.test_models.examples import ACME, AWARE, BETA, aware, opened, utc
from tests.test_models.rulebook import clocks

TOLD = {"vendor_aware": "2026-10-23T15:30+02:00", "vendor_told_us": "2026-10-24T09:00+02:00"}


def summary(found: dict[str, Clock]) -> dict[str, tuple[str | None, str]]:
    return {name: (utc_text(one.due_at) if one.due_at else None, one.state.value) for name, one in found.items()}


OWN_CLOCKS = {
    "gdpr-33-1": ("2026-10-27T07:00:00Z", "running"),
    "gdpr-33-2": (None, "met"),
    "gdpr-34": (None, "waiting"),
    "gdpr-33-5": (None, "open"),
}


@pytest.mark.parametrize(
    ("vendor", "contract"),
    [
        ("kavkom", {"contract:kavkom": ("2026-10-25T13:30:00Z", "met")}),
        (
            "convious",
            {
                "contract:convious": ("2026-10-26T13:30:00Z", "met"),
                "contract:convious/access": (None, "met"),
            },
        ),
        ("konverso", {"contract:konverso": (None, "met")}),
        ("deskhero", {}),
    ],
)
def test_the_vendors_of_the_main_line_when_they_told_us(
    vendor: str, contract: dict[str, tuple[str | None, str]]
) -> None:
    found = clocks(opened(vendor=vendor, moments=TOLD), "2026-10-24T12:00Z")
    assert summary(found) == contract | OWN_CLOCKS
    trigger = found["gdpr-33-1"].trigger
    assert trigger is not None
    assert (trigger.at, trigger.presumed_from) == (utc("2026-10-24T07:00Z"), MomentName.VENDOR_TOLD_US)


@pytest.mark.parametrize(
    ("vendor", "contract"),
    [
        ("kavkom", {"contract:kavkom": ("2026-10-25T13:30:00Z", "running")}),
        (
            "convious",
            {
                "contract:convious": ("2026-10-26T13:30:00Z", "running"),
                "contract:convious/access": (None, "open"),
            },
        ),
        ("konverso", {"contract:konverso": (None, "open")}),
        ("deskhero", {}),
    ],
)
def test_the_vendors_of_the_main_line_before_they_told_us(
    vendor: str, contract: dict[str, tuple[str | None, str]]
) -> None:
    moments = {"vendor_aware": TOLD["vendor_aware"]}
    assert summary(clocks(opened(vendor=vendor, moments=moments), "2026-10-24T12:00Z")) == contract | {
        "gdpr-33-1": (None, "waiting"),
        "gdpr-33-2": (None, "open"),
        "gdpr-34": (None, "waiting"),
        "gdpr-33-5": (None, "waiting"),
    }


def test_a_processor_of_the_main_line_with_two_customers() -> None:
    journal = aware(AWARE, role="processor", contract="kavkom", customers=[ACME, BETA])
    journal.sent("contract:kavkom@acme", "2026-11-19T09:00:00Z")
    assert summary(clocks(journal, "2026-11-19T12:00Z")) == {
        "contract:kavkom@acme": ("2026-11-20T09:00:00Z", "met"),
        "contract:kavkom@beta": ("2026-11-20T09:00:00Z", "running"),
        "gdpr-33-2@acme": (None, "open"),
        "gdpr-33-2@beta": (None, "open"),
    }
