"""A part of the register: some days, one vendor, or no names."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_incident.command_line import incident

KAVKOM, OTHER, UNDATED = "INC-2026-0001", "INC-2026-0002", "INC-2026-0003"


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Aware on 24 October at 23:30 UTC, which is the 25th in Paris; aware on the 27th; and nobody said when."""
    settings = tmp_path / "settings.toml"
    settings.write_text(
        'zone = "Europe/Paris"\nname = "Bonsai SA"\n[dpo]\nname = "Robin"\nemail = "dpo@bonsai.example"\n'
    )
    monkeypatch.setenv("INCIDENT_SETTINGS", str(settings))
    for record in (
        {"title": "One", "vendor": "kavkom", "moments": {"vendor_told_us": "2026-10-24T23:30:00Z"}},
        {"title": "Two", "vendor": {"name": "Hébergeur Exemple SAS"}, "moments": {"aware": "2026-10-27T08:00:00Z"}},
        {"title": "Three"},
    ):
        incident("open", "--from", "-", piped=json.dumps(record).encode())


def entries(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = incident("register", "--json", *arguments).json["entries"]
    return found


@pytest.mark.usefixtures("three")
class TestChoice:
    @pytest.mark.parametrize(
        ("arguments", "found"),
        [
            ((), [KAVKOM, OTHER, UNDATED]),
            (("--until", "2026-10-25"), [KAVKOM]),
            (("--until", "2026-10-24"), []),
            (("--since", "2026-10-25", "--until", "2026-10-27"), [KAVKOM, OTHER]),
            (("--since", "2026-10-26", "--until", "2026-10-27"), [OTHER]),
            (("--vendor", "kavkom"), [KAVKOM]),
            (("--vendor", "KAVKOM"), [KAVKOM]),
            (("--vendor", "hébergeur exemple sas"), [OTHER]),
            (("--vendor", "konverso"), []),
            (("--vendor", "kavkom", "--since", "2026-10-26"), []),
        ],
    )
    def test_by_day_of_awareness_and_by_vendor(self, arguments: tuple[str, ...], found: list[str]) -> None:
        assert [entry["incident"] for entry in entries(*arguments)] == found

    def test_where_nobody_said_when_we_were_aware_the_day_it_was_opened_counts(self) -> None:
        opened = incident("journal", UNDATED, "--json").json["entries"][0]["recorded_at"][:10]
        assert UNDATED in [entry["incident"] for entry in entries("--since", opened)]

    def test_a_choice_that_nothing_fits_says_so_beside_the_empty_register(self) -> None:
        outcome = incident("register", "--vendor", "kavkon", "--format", "csv")
        assert (outcome.code, outcome.out.count("\n")) == (0, 1)
        assert outcome.err == "incident: no breach in the register fits --since, --until or --vendor as given\n"
        assert incident("register", "--vendor", "kavkom").err == ""

    def test_an_end_before_the_beginning_is_refused(self) -> None:
        outcome = incident("register", "--since", "2026-10-26", "--until", "2026-10-25")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == "incident: --until 2026-10-25 is before --since 2026-10-26: name the earlier day first\n"

    def test_a_day_that_is_none_is_refused(self) -> None:
        outcome = incident("register", "--since", "2026-13-01")
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)


@pytest.mark.usefixtures("three")
class TestWithoutNames:
    def test_names_that_are_known_are_left_out_wherever_they_stand(self) -> None:
        words = "Hébergeur Exemple wrote to robin and to Morgan Example (m@x.example); number unknown at Bonsai."
        incident("set", OTHER, f"facts.description={words}")
        incident("decide", OTHER, "--risk", "risk", "--because", "Morgan Example said so", "--by", "Morgan Example")
        entry = entries("--anonymise", "--vendor", "hébergeur exemple sas")[0]
        assert entry["facts"] == (
            "[name left out] wrote to [name left out] and to [name left out] ([name left out]); "
            "number unknown at [name left out]."
        )
        assert entry["decision_reasons"] == "[name left out] said so"
        assert (entry["vendor"], entry["decided_by"], entry["decision"]) == (
            "[name left out]",
            "[name left out]",
            "risk",
        )
        assert "Morgan" in entries()[1]["facts"]

    @pytest.mark.parametrize("form", ["csv", "md"])
    def test_it_says_what_it_cannot_know(self, form: str) -> None:
        outcome = incident("register", "--anonymise", "--format", form)
        assert outcome.code == 0
        assert (
            outcome.err == "incident: names that stand in a text only are still there: read it before you pass it on\n"
        )
        assert "Hébergeur" not in outcome.out
        assert "Kavkom" not in outcome.out
