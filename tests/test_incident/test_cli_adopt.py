"""`incident playbooks adopt`: shown, confirmed by name, put in the folder and in the journal; never by half."""

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from incident.errors import Failure
from incident.store.protocol import Store
from models.journal import Entry
from playbooks.texts import shipped_texts
from tests.test_incident.command_line import Outcome, incident, refused
from tests.test_incident.store_examples import open_new

REPOSITORY = Path(__file__).parents[2]
PLACE = Path("playbooks/vendors/kavkom.toml")
SHIPPED = shipped_texts()["vendors/kavkom.toml"]
SECOND = (
    SHIPPED.replace('trigger = "aware"', 'trigger = "confirmation"')
    .replace("amount = 48", "amount = 24")
    .replace("any appropriate means, e-mail and telephone included", "by post")
    .replace("checked_on = 2026-11-21", 'checked_on = 2026-11-22\nversion = "2"')
    .replace("any useful documentation that", "all documentation that")
)
"""A later version of Kavkom's agreement, as a person might write it down."""

HOSTILE = "\\u001b]0;pwned\\u0007\\u009b31m\\u202e\\u200b[/x] kavkom: in force"
ACTS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]")
DRAFT = "is a draft still: check it beside its document, take `review` out, then run: incident playbooks adopt FILE"


@pytest.fixture(autouse=True)
def ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let two incidents be open at Kavkom's: one that it knows of since Saturday, one of which nothing is known."""
    monkeypatch.setenv("INCIDENT_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("INCIDENT_STORE", str(tmp_path / "a.db"))
    monkeypatch.setenv("INCIDENT_NOW", "2026-10-25T12:00Z")
    monkeypatch.chdir(tmp_path)
    Path("settings.toml").write_text('zone = "Europe/Paris"\nauthority = "cnil"\nmain_establishment = "FR"\n')
    Path("kavkom.toml").write_text(SECOND, "utf-8")
    incident("open", "--title", "Recordings", "--vendor", "kavkom", "--vendor-aware", "2026-10-24T09:00")
    incident("open", "--title", "Waiting", "--vendor", "kavkom")
    incident("open", "--title", "Another's", "--vendor", "convious", "--vendor-aware", "2026-10-24T09:00")


def adopt(*arguments: str, file: str = "kavkom.toml") -> Outcome:
    return incident("playbooks", "adopt", file, *arguments)


def confirmed(by: str = "Privacy team", **more: str) -> Outcome:
    return adopt("--confirmed-by", by, **more)


def entries() -> list[Entry]:
    """Return the rules entries of the journal."""
    store = open_new(Path("a.db"))
    try:
        return store.rules()
    finally:
        store.close()


def due() -> Any:
    """Return when Kavkom's own clock on the first incident ends, as a script reads it."""
    clocks = json.loads(incident("clocks", "INC-2026-0001", "--json").out)["clocks"]
    return next(clock["due_at"] for clock in clocks if clock["duty"] == "contract:kavkom")


SHOWN = f"""\
Kavkom · vendor kavkom: 24 hours
  from Kavkom DPA, version 2, no date, checked on 2026-11-22
  SHA-256 {sha256(SECOND.encode()).hexdigest()}

What changes in the contract
  Main clause
    counts from: when it becomes aware → when it is confirmed
    deadline: 48 hours → 24 hours
    channel: any appropriate means, e-mail and telephone included → by post
    contents: gone: any useful documentation that the customer needs to notify
      its supervisory authority
    contents: new: all documentation that the customer needs to notify its
      supervisory authority
  Document: dpa
    version: new: 2
    checked on: 2026-11-21 → 2026-11-22

Open incidents whose deadlines change
  INC-2026-0001  Recordings
    contract:kavkom: 2026-10-26 08:00 +01:00 (07:00 UTC) → 2026-10-25 08:00
    +01:00 (07:00 UTC): 1 d 00 h earlier; then overdue
  INC-2026-0002  Waiting
    contract:kavkom: no date yet (48 hours from vendor aware) → no date yet (24
    hours from vendor aware)
"""


class TestAdopting:
    def test_shows_what_changes_and_then_puts_it_in_force(self) -> None:
        outcome = confirmed()
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out == f"{SHOWN}kavkom: in force, as Privacy team confirms\n"
        assert PLACE.read_text("utf-8") == SECOND
        assert due() == "2026-10-25T07:00:00Z"

    def test_the_journal_names_who_confirmed_what(self) -> None:
        before = len(entries())
        confirmed()
        (entry,) = entries()[before:]
        assert entry.incident is None
        assert entry.body == {
            "playbooks": {"vendors/kavkom.toml": SECOND},
            "adopted": {
                "playbook": "kavkom",
                "sha256": sha256(PLACE.read_bytes()).hexdigest(),
                "confirmed_by": "Privacy team",
                "documents": [
                    {
                        "id": "dpa",
                        "title": "Kavkom DPA",
                        "language": "en",
                        "version": "2",
                        "dated": None,
                        "checked_on": "2026-11-22",
                        "note": "Published without version or date. Every heading bears the number 1: places are "
                        "cited by title.",
                    }
                ],
            },
        }
        assert incident("verify").code == 0

    def test_the_file_and_its_folder_are_private(self) -> None:
        confirmed()
        assert [path.stat().st_mode & 0o777 for path in (PLACE, PLACE.parent)] == [0o600, 0o700]
        assert [file.name for file in PLACE.parent.iterdir()] == ["kavkom.toml"]

    def test_the_same_file_twice_changes_nothing(self) -> None:
        confirmed()
        before, stamp = entries(), PLACE.stat().st_mtime_ns
        again = confirmed("Somebody else")
        assert again.code == 0
        day = before[-1].recorded_at.date()
        assert again.out.endswith(
            "  It says what the playbook in force says.\n"
            "  No deadline of an open incident moves.\n"
            f"kavkom: in force already, as Privacy team confirmed on {day}: nothing changes\n"
        )
        assert (entries(), PLACE.stat().st_mtime_ns) == (before, stamp)

    def test_no_other_command_takes_it_back(self) -> None:
        confirmed()
        before = len(entries())
        assert incident("list").code == 0
        assert len(entries()) == before

    def test_a_vendor_that_is_new(self) -> None:
        text = SECOND.replace('id = "kavkom"', 'id = "acme"').replace('name = "Kavkom"', 'name = "Acme"')
        Path("acme.toml").write_text(text, "utf-8")
        outcome = confirmed(file="acme.toml")
        assert (outcome.code, outcome.err) == (0, "")
        assert "  No playbook of this id is in force yet: it is new.\n" in outcome.out
        incident("open", "--title", "New", "--vendor", "acme")
        assert "contract:acme" in incident("clocks", "INC-2026-0004").out

    def test_one_that_ships_is_kept_as_it_was_confirmed(self) -> None:
        Path("kavkom.toml").write_text(SHIPPED, "utf-8")
        outcome = confirmed()
        assert outcome.out.endswith("kavkom: in force, as Privacy team confirms\n")
        assert PLACE.read_text("utf-8") == SHIPPED
        assert set(entries()[-1].body or {}) == {"adopted"}

    def test_one_that_lies_in_the_folder_already_is_confirmed_there(self) -> None:
        PLACE.parent.mkdir(parents=True)
        PLACE.write_text(SECOND, "utf-8")
        assert confirmed(file=str(PLACE)).out.endswith("kavkom: in force, as Privacy team confirms\n")
        assert (entries()[-1].body or {})["adopted"]["confirmed_by"] == "Privacy team"

    def test_a_closed_incident_is_not_touched(self) -> None:
        incident("decide", "INC-2026-0001", "--not-a-breach", "--because", "a test", "--by", "anna")
        closed = incident("close", "INC-2026-0001", "--because", "a test", "--despite", "contract:kavkom")
        assert closed.code == 0, closed.err
        assert "INC-2026-0001" not in adopt("--dry-run").out

    def test_a_processors_own_contract_touches_what_it_owes_its_customers(self) -> None:
        record = (
            b'{"title": "Ours", "role": "processor", "contract": "kavkom", "customers": [{"name": "Borgo"}],'
            b' "moments": {"aware": "2026-10-24T09:00:00Z"}}'
        )
        incident("open", "--from", "-", piped=record)
        assert "contract:kavkom@borgo: 2026-10-26 10:00 +01:00 (09:00 UTC) →" in adopt("--dry-run").out


class TestRehearsing:
    def test_shows_the_same_and_changes_nothing(self) -> None:
        before = entries()
        outcome = adopt("--dry-run")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out == f"{SHOWN}kavkom: nothing was changed: this was a rehearsal\n"
        assert (entries(), Path("playbooks").exists(), due()) == (before, False, "2026-10-26T07:00:00Z")

    def test_a_draft_may_be_rehearsed(self) -> None:
        Path("kavkom.toml").write_text('review = "the deadline"\n' + SECOND, "utf-8")
        assert "    deadline: 48 hours → 24 hours\n" in adopt("--dry-run").out

    def test_makes_no_store(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("INCIDENT_STORE", "b.db")
        assert adopt("--dry-run").code == 0
        assert not Path("b.db").exists()

    def test_json(self) -> None:
        document = adopt("--dry-run", "--json").json
        assert {key: document[key] for key in ("playbook", "known", "adopted", "confirmed_by")} == {
            "playbook": "kavkom",
            "known": True,
            "adopted": False,
            "confirmed_by": None,
        }
        assert document["sha256"] == sha256(SECOND.encode()).hexdigest()
        assert {"path": ["duties", "", "period"], "before": "48 hours", "after": "24 hours"} in document["changes"]
        assert document["incidents"][0] == {
            "incident": "INC-2026-0001",
            "ref": None,
            "deadlines": [
                {
                    "duty": "contract:kavkom",
                    "before": {
                        "period": "48 hours",
                        "due_at": "2026-10-26T07:00:00Z",
                        "latest_at": None,
                        "state": "running",
                    },
                    "after": {
                        "period": "24 hours",
                        "due_at": "2026-10-25T07:00:00Z",
                        "latest_at": None,
                        "state": "overdue",
                    },
                    "moved_seconds": -86400,
                }
            ],
        }
        adopted = adopt("--confirmed-by", "Privacy team", "--json").json
        assert (adopted["adopted"], adopted["confirmed_by"]) == (True, "Privacy team")


class TestRefusing:
    @pytest.mark.parametrize("given", [(), ("--confirmed-by", "  ")])
    def test_nobody_confirms(self, given: tuple[str, ...]) -> None:
        before = entries()
        refused(adopt(*given), 2, "--confirmed-by NAME is missing: say who has checked the file beside its document")
        assert (entries(), PLACE.exists()) == (before, False)

    def test_a_draft(self) -> None:
        Path("kavkom.toml").write_text(SECOND.replace('kind = "vendor"', 'kind = "vendor"\nreview = "all"'), "utf-8")
        line = SECOND.splitlines().index('kind = "vendor"') + 2
        refused(confirmed(), 2, f"kavkom.toml:{line}: review: {DRAFT}")
        assert not PLACE.exists()

    def test_a_file_with_faults_in_the_words_of_check(self) -> None:
        Path("kavkom.toml").write_text(SECOND.replace("amount = 24", "amount = 0") + 'extra = "x"\n', "utf-8")
        checked = incident("playbooks", "check", "kavkom.toml")
        outcome = confirmed()
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == "".join(f"incident: {line}\n" for line in checked.err.splitlines())
        assert len(checked.err.splitlines()) == 2

    def test_a_name_that_is_not_the_id(self) -> None:
        Path("kavkom.toml").rename("agreement.toml")
        line = SECOND.splitlines().index('id = "kavkom"') + 1
        refused(
            confirmed(file="agreement.toml"),
            2,
            f"agreement.toml:{line}: id: is 'kavkom', but the file is named 'agreement.toml': let both agree",
        )

    def test_a_law(self) -> None:
        Path("gdpr.toml").write_text(shipped_texts()["regimes/gdpr.toml"], "utf-8")
        refused(confirmed(file="gdpr.toml"), 2, "gdpr.toml: kind: is 'regime'; a vendor's playbook alone is adopted")

    def test_no_file(self) -> None:
        refused(confirmed(file="none.toml"), 2, "none.toml: cannot be read: No such file or directory")

    def test_what_lies_in_its_place_and_is_not_in_force(self, tmp_path: Path) -> None:
        PLACE.parent.mkdir(parents=True)
        PLACE.write_text(SHIPPED.replace("amount = 48", "amount = 0"), "utf-8")
        outcome = confirmed()
        assert outcome.code == 1
        assert outcome.err.splitlines()[-1] == (
            f"incident: {tmp_path / PLACE}: holds what is not in force; look at it, then move it away and adopt again"
        )
        assert "amount = 0" in PLACE.read_text("utf-8")

    def test_another_file_with_a_fault(self, tmp_path: Path) -> None:
        PLACE.parent.mkdir(parents=True)
        PLACE.with_name("broken.toml").write_text("= 1\n", "utf-8")
        before = entries()
        outcome = confirmed()
        assert outcome.code == 2
        assert outcome.err.splitlines()[-1].startswith(f"incident: {tmp_path / 'playbooks'}: vendors/broken.toml")
        assert (entries(), sorted(file.name for file in PLACE.parent.iterdir())) == (before, ["broken.toml"])


class TestADraftInTheFolder:
    def test_is_not_in_force_and_listed_as_a_fault(self, tmp_path: Path) -> None:
        PLACE.parent.mkdir(parents=True)
        PLACE.write_text('review = "all of it"\n' + SECOND, "utf-8")
        assert due() == "2026-10-26T07:00:00Z"
        outcome = incident("playbooks", "list")
        assert (outcome.code, outcome.err) == (
            3,
            f"incident: not listed: {tmp_path / PLACE}:1: review: {DRAFT}\n",
        )

    def test_elsewhere_it_fits_and_says_what_it_is(self) -> None:
        Path("kavkom.toml").write_text('review = "all of it"\n' + SECOND, "utf-8")
        outcome = incident("playbooks", "check", "kavkom.toml")
        assert (outcome.code, outcome.out, outcome.err) == (0, f"kavkom.toml: fits; it {DRAFT}\n", "")
        assert incident("playbooks", "check", "kavkom.toml", "--json").json["draft"] is True


class TestHostileText:
    def test_nothing_in_a_playbook_acts_or_passes_for_ours(self) -> None:
        text = re.sub(
            r'\b(name|title|version|text|ask|missing|topic|does|about) = "([^"]*)"',
            lambda found: f'{found[1]} = "{found[2]} {HOSTILE}"',
            SECOND.replace('name = "Kavkom"', 'name = "Kavkom"\nfirst_step = "x"'),
        )
        Path("kavkom.toml").write_text(text.replace("period = {", f'about = "{HOSTILE}"\nperiod = {{'), "utf-8")
        outcome = confirmed("Eve\x1b[31m\nkavkom: in force, as the DPO confirms")
        assert outcome.code == 0, outcome.err
        assert not ACTS.search(outcome.out)
        assert r"\x1b]0;pwned\x07\x9b31m\u202e\u200b[/x]" in outcome.out
        last = outcome.out.splitlines()[-1]
        assert last == r"kavkom: in force, as Eve\x1b[31m\nkavkom: in force, as the DPO confirms confirms"
        assert not any(line.startswith("kavkom: in force") for line in outcome.out.splitlines()[:-1])

    def test_an_incidents_title_does_not_either(self) -> None:
        incident("open", "--title", "A\x1b[2J\u202e\nfits", "--vendor", "kavkom")
        outcome = adopt("--dry-run")
        assert not ACTS.search(outcome.out)
        assert r"INC-2026-0004  A\x1b[2J\u202e" in outcome.out


KILLED = 9
DYING = """if True:
    import os, sys
    from unittest.mock import patch
    from incident.cli import run
    sys.argv = ["incident", "playbooks", "adopt", "kavkom.toml", "--confirmed-by", "Privacy team"]
    with patch(TARGET, lambda *_: os._exit(9)):
        run()
"""


def killed_in(target: str) -> None:
    """Adopt the file in a process of its own, which dies as soon as a function is called: nothing tidies up."""
    code = DYING.replace("TARGET", repr(target))
    ended = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, check=False)
    assert ended.returncode == KILLED


class TestInterrupted:
    """Wherever the program is stopped, either nothing is in force and nothing changed, or both agree again."""

    @pytest.mark.parametrize(
        "target",
        [
            "incident.placing.os.fsync",
            "incident.adoption.adopt_into_force",
            "incident.store.sqlite.SqliteTransaction.append",
            "incident.store.sqlite.SqliteTransaction.record_head",
        ],
    )
    def test_before_the_entry_nothing_has_changed(self, target: str) -> None:
        before = entries()
        killed_in(target)
        assert (entries(), PLACE.exists(), due()) == (before, False, "2026-10-26T07:00:00Z")
        assert "kavkom  " in incident("playbooks", "list").out
        assert entries() == before
        assert confirmed().code == 0
        assert PLACE.read_text("utf-8") == SECOND

    def test_after_the_entry_the_next_command_finishes_it(self) -> None:
        killed_in("incident.adoption.put_in_place")
        recorded = entries()
        assert ((recorded[-1].body or {})["adopted"]["confirmed_by"], PLACE.exists()) == ("Privacy team", False)
        assert due() == "2026-10-25T07:00:00Z"
        assert PLACE.read_text("utf-8") == SECOND
        assert [file.name for file in PLACE.parent.iterdir()] == ["kavkom.toml"]
        assert entries() == recorded

    def test_what_a_person_put_there_meanwhile_is_left(self) -> None:
        killed_in("incident.adoption.put_in_place")
        PLACE.write_text(SHIPPED.replace("amount = 48", "amount = 36"), "utf-8")
        assert due() == "2026-10-25T19:00:00Z"
        assert "amount = 36" in PLACE.read_text("utf-8")

    def test_a_store_that_cannot_be_written_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_store: Store, _staged: object, _adopted: object) -> None:
            raise Failure("a.db: the disk is full")

        before = entries()
        with monkeypatch.context() as during:
            during.setattr("incident.adoption.adopt_into_force", full)
            outcome = confirmed()
        assert (outcome.code, outcome.err) == (1, "incident: a.db: the disk is full\n")
        assert (entries(), list(PLACE.parent.iterdir())) == (before, [])
