"""Mapping files: those that ship obey the rules, and a faulty one is told line by line."""

import pytest

from incident.cli.importing import FORMATS
from incident.intake.formats import FORMS
from models.moments import MomentName
from models.vocabulary import Confidence
from playbooks.mappings import check_mapping, read_mapping, shipped_mapping, shipped_names
from playbooks.texts import PlaybookError

NOT_FOR_A_MACHINE = {f"moments.{name}" for name in MomentName} - {
    f"moments.{name}" for name in ("occurred_from", "occurred_to", "detected", "contained", "resolved")
}
"""What a person decides or a vendor says: no tool knows it."""


@pytest.mark.parametrize("name", shipped_names())
class TestShipped:
    def test_it_reads_and_is_named_as_its_file(self, name: str) -> None:
        assert shipped_mapping(name).id == name

    def test_an_alert_is_not_awareness_and_a_record_not_yet_a_breach(self, name: str) -> None:
        keys = shipped_mapping(name).keys
        assert not NOT_FOR_A_MACHINE & keys.keys()
        assert not {"filings", "regimes", "vendor"} & keys.keys()
        assert "personal_data" not in keys or keys["personal_data"].always is False

    def test_it_says_where_its_shapes_are_documented(self, name: str) -> None:
        mapping = shipped_mapping(name)
        assert mapping.shapes
        for shape in mapping.shapes:
            assert shape.source is not None
            assert shape.source.confidence in Confidence
            assert mapping.checked_on(shape.source).year >= 2026

    def test_it_says_where_fetching_and_paging_are_documented(self, name: str) -> None:
        fetch = shipped_mapping(name).fetch
        assert fetch.source is not None or not fetch.model_fields_set
        assert fetch.pages is None or fetch.pages.source is not None

    def test_every_shape_can_be_recognised(self, name: str) -> None:
        assert all(shape.when or shape.columns for shape in shipped_mapping(name).shapes)


def test_the_command_line_offers_every_format() -> None:
    assert (*FORMS, *shipped_names()) == FORMATS


HEAD = 'id = "x"\nname = "X"\n'


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("id = x", ["m.toml, line 1: is not TOML: Invalid value"]),
        (HEAD, ["m.toml: keys: is required"]),
        (HEAD + '[keys]\ntitle = "t"', [("m.toml, line 3: keys.ref: is required, so that importing again "
         'changes nothing; tools without one: named_by = "content"')]),
        (HEAD + 'named_by = "content"\n[keys]\ntitle = "t"\nref = "r"',
         ['m.toml, line 6: keys.ref: contradicts named_by = "content"']),
        (HEAD + '[keys]\nref = "r"', ["m.toml, line 3: keys.title: is required"]),
        (HEAD + '[keys]\nref = "r"\ntitle = "a["\nmoments.detectd = "d"',
         ["m.toml, line 5: keys.title.expression: 'a[' is no JMESPath expression from character 3 on"]),
        (HEAD + '[keys]\nref = "r"\ntitle = "t"\n[fetch]\nvalue = "Bearer"\nheader = "X: 1"\ntoken_env = "MY TOKEN"',
         [("m.toml, line 7: fetch.value: is the text of a header with {token} where the token belongs, such as "
          '"Bearer {token}"'),
          "m.toml, line 8: fetch.header: 'X: 1' is no name of a header",
          ("m.toml, line 9: fetch.token_env: 'MY TOKEN' is no name of an environment variable; the token itself never "
           "stands here")]),
        (HEAD + '[keys]\nref = "r"\ntitle = "t"\n[fetch.pages]\nnext = "n["',
         ["m.toml, line 7: fetch.pages.next: 'n[' is no JMESPath expression from character 3 on"]),
        (HEAD + '[keys]\nref = "r"\ntitle = "t"\n[fetch.pages]\noffset = "o"\nheader = "link"',
         ['m.toml, line 6: fetch.pages: has exactly one of next, offset and header = "link"']),
        (HEAD + '[keys]\nref = "r"\ntitle = "t"\n[fetch.pages]\nmost = 3',
         ['m.toml, line 6: fetch.pages: has exactly one of next, offset and header = "link"']),
        (HEAD + '[keys]\nref = "r"\ntitle = "t"\nmoments.detectd = "d"\ncustomers.acme.name = "n"',
         ["m.toml, line 6: keys.moments.detectd: is no key of a record; incident schema shows those there are",
          "m.toml, line 7: keys.customers.acme.name: is no key of a record; incident schema shows those there are"]),
        (HEAD + '[keys]\nref = "r"\ntitle = { expression = "t", time = "iso" }\nmoments.detected = "d"',
         ["m.toml, line 5: keys.title.time: is for keys that hold a time",
          ('m.toml, line 6: keys.moments.detected: its times may name no zone: say zone = "Europe/Paris" at the top, '
          'or "local"')]),
        (HEAD + '[keys]\nref = "r"\ntitle = "t"\nmoments.detected = { expression = "d", time = "MM" }',
         [("m.toml, line 6: keys.moments.detected.time.0: 'MM' is no notation of times; there are iso, epoch-s, "
          "epoch-ms, epoch-us, epoch-ns, parts, or a pattern such as DD/MM/YYYY HH:mm:ss")]),
        (HEAD + '[keys]\nref = "r"\ntitle = "t"\nfacts.severity = { always = "grave" }',
         [("m.toml, line 6: keys.facts.severity: must be 'negligible', 'limited', 'significant' or 'maximal', "
          "not 'grave'")]),
        (HEAD + '[keys]\nref = "r"\ntitle = "t"\nfacts.severity = { expression = "s", table = "t" }',
         ["m.toml, line 6: keys.facts.severity.table: there is no table 't'"]),
        (HEAD + '[keys]\nref = "r"\ntitle = { always = "t", expression = "t" }',
         ["m.toml, line 5: keys.title: has either an expression or always"]),
        (HEAD + '[keys]\nref = "r"\ntitle = "t"\nfacts.severity = { expression = "s", table = "t" }\n'
         '[tables.t]\ndefault = "x"\n[tables.t.values]\nlow = "limited"\nhigh = "top"',
         [("m.toml, line 8: tables.t.default: for facts.severity: must be 'negligible', 'limited', 'significant' or "
          "'maximal', not 'x'"),
          ("m.toml, line 11: tables.t.values.high: for facts.severity: must be 'negligible', 'limited', 'significant' "
          "or 'maximal', not 'top'")]),
        (HEAD + '[[shapes]]\nwhen = "a"\ncolumns = ["A"]\n[keys]\nref = "r"\ntitle = "t"',
         ["m.toml, line 3: shapes.0: has columns, as tables have, and when, which is for JSON: make two shapes of it"]),
        (HEAD + '[[shapes]]\nwhen = "a"\nsource = { document = "d", place = "p", confidence = "checked" }\n'
         '[keys]\nref = "r"\ntitle = "t"',
         ["m.toml, line 5: shapes.0.source.document: 'd' is not listed in documents"]),
    ],
)  # fmt: skip
def test_faults_with_line_and_key(text: str, faults: list[str]) -> None:
    form, found = check_mapping("m.toml", text)
    assert form is None
    assert list(map(str, found)) == faults


def test_keys_may_be_quoted_or_stand_in_a_table_of_their_own() -> None:
    short = read_mapping("m.toml", HEAD + 'zone = "UTC"\n[keys]\nref = "r"\ntitle = "t"\nmoments.detected = "d"')
    quoted = HEAD + 'zone = "UTC"\n[keys]\nref = "r"\ntitle = "t"\n"moments.detected" = { expression = "d" }'
    tabled = HEAD + 'zone = "UTC"\n[keys]\nref = "r"\ntitle = "t"\n[keys.moments]\ndetected = "d"'
    assert short == read_mapping("m.toml", quoted) == read_mapping("m.toml", tabled)


def test_the_first_fault_and_how_many_there_are_beside_it() -> None:
    with pytest.raises(PlaybookError, match=r"^m.toml, line 3: keys.title: is required \(and 2 more\)$"):
        read_mapping("m.toml", HEAD + '[keys]\na = "b"')
