"""`incident where`, `schema` and `completion`; `init` has a file of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from incident.cli.setup import INSTALL
from incident.schema_document import schema_document
from tests.test_incident.command_line import incident


class TestWhere:
    def test_shows_each_path_and_what_is_there(self, tmp_path: Path) -> None:
        (tmp_path / "settings.toml").write_text("")
        data = Path(os.environ["XDG_DATA_HOME"], "breach-incident-tracker")

        outcome = incident("where", "--settings", str(tmp_path / "settings.toml"))

        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out == (
            f"store        not there yet  {data / 'incidents.db'}\n"
            f"settings     there          {tmp_path / 'settings.toml'}\n"
            f"playbooks    not there yet  {tmp_path / 'playbooks'}\n"
            f"drafts       not there yet  {data / 'drafts'}\n"
            f"attachments  not there yet  {data / 'incidents.db.attachments'}\n"
        )

    def test_json(self, tmp_path: Path) -> None:
        (tmp_path / "playbooks").mkdir()
        shared = ("--store", str(tmp_path / "a.db"), "--settings", str(tmp_path / "settings.toml"))

        document = json.loads(incident(*shared, "where", "--json").out)

        assert document["store"] == {"path": str(tmp_path / "a.db"), "exists": False}
        assert document["playbooks"] == {"path": str(tmp_path / "playbooks"), "exists": True}
        assert list(document) == ["store", "settings", "playbooks", "drafts", "attachments"]

    def test_a_path_that_cannot_be_looked_at_is_still_shown(self) -> None:
        beyond = "x" * 300
        assert incident("where", "--store", beyond).out.startswith(f"store        out of reach   {beyond}\n")
        assert json.loads(incident("where", "--json", "--store", beyond).out)["store"]["exists"] is None

    def test_a_hostile_path_is_harmless(self) -> None:
        assert incident("where", "--store", "\x1b[31m.db").out.startswith("store        not there yet  \\x1b[31m.db\n")


class TestSchema:
    def test_prints_the_schema_of_the_import_record(self) -> None:
        outcome = incident("schema")
        document = json.loads(outcome.out)
        assert (outcome.code, outcome.err, document) == (0, "", schema_document())
        assert document["required"] == ["title"]
        assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    def test_says_what_each_fact_is_and_who_asks_for_it(self) -> None:
        facts = json.loads(incident("schema").out)["$defs"]["Facts"]["properties"]
        described = {name: facts[name]["description"] for name in ("measures_remedy", "countries", "own_reference")}
        assert described == {
            "measures_remedy": "The measures taken or proposed to address the breach and to mitigate its effects. "
            "[GDPR, Art. 33(3)(d)]",
            "countries": "Where the people concerned are: it bears on which authorities are competent. "
            "[GDPR, Art. 56, inferred]",
            "own_reference": "Our own reference for the breach. [EDPB common template, field 7]",
        }
        assert all("description" in fact for fact in facts.values())
        assert facts["measures_remedy"]["anyOf"][0]["type"] == "string"


class TestCompletion:
    @pytest.mark.parametrize("shell", INSTALL)
    def test_the_script_ends_with_how_to_install_it(self, shell: str) -> None:
        outcome = incident("completion", shell)
        assert outcome.code == 0
        assert "_INCIDENT_COMPLETE" in outcome.out
        assert outcome.out.endswith(f"\n# To install: {INSTALL[shell]}\n")
        assert f"  {shell:<5} {INSTALL[shell]}\n" in incident("completion", "--help").out

    def test_zsh_finds_its_tag_on_the_first_line(self) -> None:
        assert incident("completion", "zsh").out.startswith("#compdef incident\n")

    def test_bash_takes_the_script(self, tmp_path: Path) -> None:
        script = tmp_path / "completion"
        script.write_text(incident("completion", "bash").out)
        asked = f"source {script} && complete -p incident"
        answer = subprocess.run(["/bin/bash", "--norc", "-c", asked], capture_output=True, text=True, check=True)
        assert answer.stdout == "complete -o nosort -F _incident_completion incident\n"

    @pytest.mark.parametrize(
        ("line", "word", "completions"),
        [("incident playb", "1", "plain,playbooks\n"), ("incident init --dpo-e", "2", "plain,--dpo-email\n")],
    )
    def test_completes_as_the_script_asks_it_to(self, line: str, word: str, completions: str) -> None:
        asked = {"_INCIDENT_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": word}
        program = "import sys; sys.argv[0] = 'incident'; from incident.cli import run; run()"
        answer = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, **asked},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        assert (answer.stdout, answer.stderr) == (completions, "")

    def test_another_shell_is_refused(self) -> None:
        outcome = incident("completion", "tcsh")
        assert (outcome.code, outcome.out) == (2, "")
        assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in outcome.err
