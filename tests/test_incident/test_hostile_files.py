"""Files made to do harm: they are read within bounds, refused in one line, and lead nowhere else."""

import io
import json
import os
import re
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from incident.errors import BadInput
from incident.intake.formats import RawRecord, read_records
from incident.notices.compose import DraftRequest, compose
from incident.notices.labels import labels_in
from incident.notices.render import render
from incident.notices.sources import notice_text
from incident.settings import settings_text
from tests.builders import incident as made
from tests.builders import organisation, shipped_rules
from tests.test_incident.command_line import incident, refused
from tests.test_incident.draft_examples import KAVKOM_LATE, NOW

PART = "xl/worksheets/sheet1.xml"
ONE = "INC-2026-0001"


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INCIDENT_NOW", "2026-10-25T12:00Z")


def forged(change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook of one record, its sheet changed by hand."""
    book, out, again = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["title"])
    book.active.append(["Calls"])
    book.save(out)
    with zipfile.ZipFile(out) as whole, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in whole.infolist():
            content = whole.read(part)
            copy.writestr(part.filename, change(content) if part.filename == PART else content)
    return again.getvalue()


def with_rows(rows: bytes) -> bytes:
    return forged(lambda sheet: sheet.replace(b"</sheetData>", rows + b"</sheetData>"))


def read(content: bytes) -> list[RawRecord]:
    return [found for found in read_records(io.BytesIO(content), "book.xlsx", "auto") if isinstance(found, RawRecord)]


class TestWorkbooks:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities_that_expand_without_end_are_refused(self, encoding: str) -> None:
        bomb = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

        def with_entities(sheet: bytes) -> bytes:
            body = sheet.decode().partition("?>")[2] if sheet.startswith(b"<?xml") else sheet.decode()
            return f'<?xml version="1.0" encoding="{encoding}"?>{bomb}{body}'.encode(encoding)

        with pytest.raises(BadInput, match=r"^book\.xlsx: is no workbook: it declares a document type"):
            read(forged(with_entities))

    def test_a_file_of_this_machine_is_no_entity(self) -> None:
        reach = b'<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        with pytest.raises(BadInput, match="it declares a document type"):
            read(forged(lambda sheet: reach + sheet.partition(b"?>")[2]))

    def test_a_row_far_below_costs_nothing(self) -> None:
        found = read(with_rows(b'<row r="200000"><c r="A200000" t="inlineStr"><is><t>Far</t></is></c></row>'))
        assert [(one.line, one.data) for one in found] == [(2, {"title": "Calls"}), (200_000, {"title": "Far"})]

    def test_a_row_without_end_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("incident.intake.workbook.MAX_CELLS", 1000)
        with pytest.raises(BadInput, match=r"^book\.xlsx: has more than 1,000 cells; save the sheet as CSV$"):
            read(with_rows(b'<row r="999999999999999"><c r="A999999999999999"><v>1</v></c></row>'))

    def test_small_rows_that_reach_far_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("incident.intake.workbook.MAX_CELLS", 2500)
        wide = b"".join(b'<row r="%d"><c r="ALL%d"><v>1</v></c></row>' % (at, at) for at in range(3, 6))
        with pytest.raises(BadInput, match="has more than 2,500 cells"):
            read(with_rows(wide))

    def test_a_heading_is_no_formula_in_the_file_of_rejects(self) -> None:
        Path("m.toml").write_text(
            'id = "desk"\nname = "A desk"\nnamed_by = "content"\n[keys]\ntitle = "what"\nrole = "role"\n',
            "utf-8",
        )
        Path("a.csv").write_text('what,role,=HYPERLINK(1)\n"One",BAD,x\n', "utf-8")
        incident("import", "a.csv", "--map", "m.toml", "--rejects", "bad.csv")
        assert Path("bad.csv").read_text("utf-8-sig").splitlines()[0] == "_rejected,what,role,'=HYPERLINK(1)"
        incident("import", "bad.csv", "--map", "m.toml", "--rejects", "worse.csv")
        assert Path("worse.csv").read_text("utf-8-sig").splitlines()[0] == "_rejected,what,role,'=HYPERLINK(1)"


class TestTemplates:
    """A template of the user's folder may come from somebody else: it lays words out, and does nothing more."""

    def rendered(self, template: str, folder: Path) -> str:
        file = folder / "notices" / "vendor" / "en.md.j2"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(template, "utf-8")
        request = DraftRequest("vendor", ("en",))
        (notice,) = compose(request, made(KAVKOM_LATE), shipped_rules(), organisation(), NOW, folder)
        return render(notice, "md", folder)

    @pytest.mark.parametrize(
        "template",
        [
            "{{ notice.__class__.__mro__ }}",
            "{{ notice|attr('__class__') }}",
            "{{ notice['__class__'] }}",
            "{{ cycler.__init__.__globals__.os }}",
            "{{ lipsum.__globals__ }}",
            "{{ self.__init__.__globals__ }}",
            "{{ ''.__class__.__base__.__subclasses__() }}",
            "{{ '{0.__class__.__init__.__globals__}'.format(notice) }}",
            "{{ '{0.title.__class__}'.format_map([notice]) }}",
            "{{ notice.title.__init__.__globals__ }}",
            "{{ notice.sections.append(1) }}",
            "{{ [].append.__self__.__class__ }}",
            "{% set notice.title = 1 %}",
            "{% import 'os' as os %}{{ os.environ }}",
        ],
    )
    def test_none_reaches_the_program(self, template: str, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match=r"^notices/vendor/en\.md\.j2[:,]") as fault:
            self.rendered(template, tmp_path)
        assert "\n" not in str(fault.value)

    @pytest.mark.parametrize("name", ["/secret.txt", "../../secret.txt", "vendor/../../../secret.txt", ".secret.txt"])
    @pytest.mark.parametrize("statement", ["include", "import", "extends"])
    def test_none_reads_another_file(self, statement: str, name: str, tmp_path: Path) -> None:
        own = tmp_path / "own"
        for place in (tmp_path, own / "notices"):
            place.mkdir(exist_ok=True, parents=True)
            (place / "secret.txt").write_text("s3cr3t")
            (place / ".secret.txt").write_text("s3cr3t")
        named = f"{tmp_path}{name}" if name.startswith("/") else name
        as_what = " as secret" if statement == "import" else ""
        with pytest.raises(BadInput, match=r"^notices/vendor/en\.md\.j2: there is no file "):
            self.rendered(f"{{% {statement} {named!r}{as_what} %}}", own)
        assert notice_text(named, own) is None

    @pytest.mark.parametrize(
        ("template", "said"),
        [
            ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "calls itself without end, or is nested too deeply"),
            ("{% include 'vendor/en.md.j2' %}", "calls itself without end, or is nested too deeply"),
            ("{{ range(10**9)|length }}", "Range too big"),
            ("{{ 1 / 0 }}", "division by zero"),
            ("{{ '{}'.format() }}", "index out of range"),
            ("{{ '{0.__class__}'.format(notice) }}", "unsafe"),
        ],
    )
    def test_a_fault_while_it_runs_is_one_line(self, template: str, said: str, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match=re.escape(said)):
            self.rendered(template, tmp_path)

    def test_labels_nested_without_end_are_one_line(self, tmp_path: Path) -> None:
        labels = tmp_path / "notices" / "labels" / "en.toml"
        labels.parent.mkdir(parents=True)
        labels.write_text("x = " + "[" * 5000, "utf-8")
        with pytest.raises(BadInput, match=r"^notices/labels/en\.toml: is nested too deeply$"):
            labels_in("en", tmp_path)


class TestLinks:
    """What a local user put where a file of ours is to be written."""

    def test_a_draft_is_not_written_through_one(self, tmp_path: Path) -> None:
        incident("open", "--title", "Calls", "--vendor", "kavkom")
        victim = tmp_path / "victim"
        victim.write_text("precious")
        (tmp_path / "drafts").mkdir()
        Path(f"drafts/.{ONE}-vendor-en.md.new").symlink_to(victim)  # where a draft once waited
        outcome = incident("draft", ONE, "vendor", "-o", "drafts")
        assert (outcome.code, outcome.out) == (0, f"drafts/{ONE}-vendor-en.md\n")
        draft = Path(f"drafts/{ONE}-vendor-en.md")
        assert (victim.read_text(), draft.is_symlink(), stat.S_IMODE(draft.stat().st_mode)) == (
            "precious",
            False,
            0o600,
        )

    def test_nor_is_a_pipe_read_where_a_draft_is_to_lie(self) -> None:
        incident("open", "--title", "Calls", "--vendor", "kavkom")
        Path("drafts").mkdir()
        os.mkfifo(f"drafts/{ONE}-vendor-en.md")
        outcome = incident("draft", ONE, "vendor", "-o", "drafts")
        assert (outcome.code, outcome.out) == (1, "")
        assert "was edited since it was written; move it away" in outcome.err

    @pytest.mark.parametrize("command", [("register", "-o"), ("backup",), ("checkpoint", "--new-key")], ids=" ".join)
    def test_a_new_file_is_none_where_a_link_is(self, command: tuple[str, ...], tmp_path: Path) -> None:
        incident("open", "--title", "Calls")
        Path("out").symlink_to(tmp_path / "elsewhere")
        outcome = incident(*command, "out")
        assert (outcome.code, outcome.out) == (1, "")
        assert "out" in outcome.err.splitlines()[-1]
        assert not (tmp_path / "elsewhere").exists()

    def test_nor_are_rejects(self, tmp_path: Path) -> None:
        (tmp_path / "victim").write_text("precious")
        Path("out").symlink_to(tmp_path / "victim")
        outcome = incident("import", "-", "--rejects", "out", piped=b'{"title": 7}\n')
        assert (outcome.code, (tmp_path / "victim").read_text()) == (2, "precious")


class TestSettings:
    def test_a_device_is_no_file(self) -> None:
        refused(
            incident("list", "--settings", "/dev/zero"),
            2,
            "/dev/zero: the settings are no file, but a device or a pipe",
        )

    def test_nor_is_a_pipe(self) -> None:
        os.mkfifo("pipe")
        with pytest.raises(BadInput, match="a device or a pipe"):
            settings_text(Path("pipe"))

    def test_what_is_too_large_is_not_read(self) -> None:
        with Path("big.toml").open("wb") as file:
            file.truncate(2**40)  # no disk holds it, and no memory
        with pytest.raises(BadInput, match=r"^big\.toml: is larger than 1024 KiB: no settings are$"):
            settings_text(Path("big.toml"))


@pytest.mark.parametrize("source", ["file:///etc/passwd", "ftp://soc.example/a.json", "gopher://soc.example/1"])
def test_no_other_protocol_is_asked(source: str) -> None:
    outcome = incident("import", source)
    shown = f"{source.partition('://')[0]}://"
    assert outcome.code == 2
    assert outcome.err.startswith(f"incident: {shown}")
    assert outcome.err.endswith("…: only http and https are asked; for a file, give its path\n")


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "..", "a/b", "a\0b", ".", "~", "C:\\x"])
def test_a_name_from_a_record_leads_out_of_no_folder(name: str) -> None:
    """What a record calls a customer, its contact or itself is in no file's name but as letters and digits."""
    customers = [{"name": name, "contact": name}, {"name": f"{name} b", "contact": name}]
    record = {"title": name, "source": name, "ref": name, "role": "processor", "customers": customers}
    incident("import", "-", "--format", "json", piped=json.dumps(record).encode())
    outcome = incident("draft", ONE, "controller", "-o", "drafts")
    assert outcome.code == 0, outcome.err
    written = sorted(path.name for path in Path("drafts").iterdir())
    assert len(written) == 2
    assert all(re.fullmatch(rf"{ONE}-controller-[a-z0-9-]+-en\.md", file) for file in written)
    assert sorted(outcome.out.splitlines()) == [f"drafts/{file}" for file in written]


@pytest.mark.parametrize("key", ["vendor", "contract", "regimes", "customers", "place"])
def test_an_id_in_a_record_is_no_path(key: str) -> None:
    path = "../../../etc/passwd"
    given = {"customers": [{"id": path, "name": "A"}], "regimes": [path], "place": {"zone": path}}.get(key, path)
    record = {"title": "Calls", "role": "processor", key: given}
    outcome = incident("import", "-", "--format", "json", piped=json.dumps(record).encode())
    assert outcome.code == 2
    assert "'../../../etc/passwd' is not " in outcome.err


@pytest.mark.parametrize("option", ["--lang", "--authority"])
def test_nor_is_one_on_the_command_line(option: str) -> None:
    incident("open", "--title", "Calls", "--vendor", "kavkom")
    outcome = incident("draft", ONE, "authority" if option == "--authority" else "vendor", option, "../../x", "-o", "d")
    assert (outcome.code, outcome.out, Path("d").exists()) == (2, "", False)
