"""`incident playbooks read`: a contract in; a page, a JSON document or a drafted playbook out."""

from pathlib import Path

import pytest

from tests.test_incident.command_line import incident
from tests.test_playbooks.contract_files import AGREEMENT, blank_pdf


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    file = tmp_path / "acme-dpa.txt"
    file.write_text(AGREEMENT, encoding="utf-8")
    return file


def test_the_json_has_the_promised_shape(contract: Path) -> None:
    document = incident("playbooks", "read", str(contract), "--json").json
    primary = document["primary"]
    assert document["document"] == "acme-dpa.txt"
    assert document["languages"] == ["en"]
    assert {key: primary[key] for key in ("unit", "amount", "phrase", "hard", "trigger", "scope", "from", "to")} == {
        "unit": "hours",
        "amount": 24,
        "phrase": "without undue delay",
        "hard": True,
        "trigger": "aware",
        "scope": "suspected",
        "from": "vendor",
        "to": "customer",
    }
    assert AGREEMENT[slice(*primary["span"])] == primary["matched"] == "within 24 hours of becoming aware"
    assert document["readings"] == [primary]
    assert document["contents"][0] == "nature"
    assert document["exclusions"] == ["This clause shall not apply to security incidents caused by the Controller."]
    assert (document["channel"], document["governing_law"]) == ("by e-mail", "IE")
    assert (document["notifies_authority_itself"], document["authority_told_by_customer_only"]) == (False, True)
    assert document["gaps"] == ["contents lack the categories of data, the number of records, a contact point"]
    assert "candidates" not in document


def test_explain_shows_every_candidate(contract: Path) -> None:
    document = incident("playbooks", "read", str(contract), "--json", "--explain").json
    taken = {one["matched"]: one["taken"] for one in document["candidates"]}
    assert (taken["30 days"], taken["within 24 hours of becoming aware"]) == (False, True)
    page = incident("playbooks", "read", str(contract), "--explain").out
    assert "not taken: “30 days”, 5.1 Sub-processors" in page


def test_the_page_says_the_clock_first_and_that_nothing_is_in_force(contract: Path) -> None:
    page = incident("playbooks", "read", str(contract)).out
    assert "nothing of it is in force" in page
    assert "6.1 Personal data breaches: “within 24 hours of becoming aware”" in page
    assert "deadline   24 hours" in page
    assert page.index("deadline") < page.index("The notice holds") < page.index("Missing")


def test_standard_input_is_read_and_nothing_found_is_said() -> None:
    done = incident("playbooks", "read", "-", piped=b"The client pays within 30 days of the invoice.")
    assert (done.code, done.err) == (0, "")
    assert "no breach clause: Art. 33(2) applies." in done.out


def test_a_draft_is_written_once_and_fits(contract: Path, tmp_path: Path) -> None:
    file = tmp_path / "acme.toml"
    done = incident("playbooks", "read", str(contract), "-o", str(file))
    assert (done.code, done.out.strip(), done.err) == (0, str(file), "")
    assert incident("playbooks", "check", str(file)).code == 0
    before = file.read_text("utf-8")
    again = incident("playbooks", "read", str(contract), "-o", str(file))
    assert (again.code, again.out) == (1, "")
    assert "is there already; name a new file" in again.err
    assert file.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (blank_pdf(), "no text in this PDF: it is a scan; run OCR first"),
        (b"\0", "is no text, HTML, PDF or Word (.docx) file: save it as one of these"),
        (b"", "holds no text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line_and_nothing_is_written(
    tmp_path: Path, content: bytes, why: str
) -> None:
    file, draft = tmp_path / "scan.pdf", tmp_path / "draft.toml"
    file.write_bytes(content)
    done = incident("playbooks", "read", str(file), "-o", str(draft))
    assert (done.code, done.out) == (2, "")
    assert done.err.strip().endswith(f"{file}: {why}")
    assert len(done.err.strip().splitlines()) == 1
    assert not draft.exists()


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    missing = incident("playbooks", "read", str(tmp_path / "none.txt"))
    assert (missing.code, "there is no such file" in missing.err) == (2, True)
    folder = incident("playbooks", "read", str(tmp_path))
    assert (folder.code, "is a folder" in folder.err) == (2, True)


def test_hostile_words_do_not_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "evil.txt"
    file.write_text(
        "6. Data \x1b]0;pwned\x07breach\n\n"
        "The processor shall notify the controller of a data breach \u202ewithin\x9b 24 hours.\n",
        encoding="utf-8",
    )
    for arguments in ((), ("--explain",), ("--json",)):
        shown = incident("playbooks", "read", str(file), *arguments)
        assert shown.code == 0
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown.out)
