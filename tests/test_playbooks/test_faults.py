"""Reading one playbook: what fits, and what does not, where, and in which words."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.authority import AuthorityPlaybook
from models.playbook import VendorPlaybook
from playbooks.loader import check_playbook, read_playbook
from playbooks.texts import shipped_texts

ACME = """\
id = "acme"
kind = "vendor"
name = "Acme"
does = "Calls."

[[documents]]
id = "dpa"
title = "Acme DPA"
language = "en"
checked_on = 2026-11-21

[[duties]]
trigger = "aware"
scope = "confirmed"
period = { unit = "hours", amount = 24 }
source = { document = "dpa", place = "5", confidence = "checked" }
"""

LAW = """\
id = "law"
kind = "regime"
name = "Law"
applies = "named"

[[documents]]
id = "law"
title = "The law"
language = "en"
checked_on = 2026-11-21

[[duties]]
id = "law-1"
title = "{from} notify {to}"
debtor = "us"
creditor = "authority"
roles = ["controller"]
trigger = { moment = "aware" }
period = { unit = "hours", amount = 24 }
valid_from = 2026-01-01
source = { document = "law", place = "1", confidence = "checked" }
"""

AUTHORITY = """\
id = "office"
kind = "authority"
name = "Office"
country = "FR"
names = { en = "The Office" }
languages = ["fr"]
channel = "portal"
portal = "https://office.example"
channel_source = { document = "form", place = "1", confidence = "checked" }
form_version = "1"

[[documents]]
id = "form"
title = "Form"
language = "fr"
checked_on = 2026-11-21

[[fields]]
number = "1"
section = "A"
label = "Nature"
type = "choices"
list = "natures"
confidence = "checked"

[[options.natures]]
key = "confidentiality"
label = "Perte de la confidentialité"
confidence = "checked"
"""


SHIPPED = (
    "vendors/convious.toml",
    "vendors/deskhero.toml",
    "vendors/kavkom.toml",
    "vendors/konverso.toml",
    "vendors/quicktalk.toml",
    "regimes/gdpr.toml",
)


def faults(name: str, text: str) -> list[str]:
    playbook, found = check_playbook(name, text)
    assert (playbook is None) == bool(found)
    return [str(fault) for fault in found]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_each_kind_is_read_by_its_own_shape() -> None:
    assert isinstance(read_playbook("vendors/acme.toml", ACME), VendorPlaybook)
    assert isinstance(read_playbook("authorities/office.toml", AUTHORITY), AuthorityPlaybook)
    assert read_playbook("/home/somebody/law.toml", LAW).id == "law"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("checked_on = 2026-11-21\n", "", "line 6: documents.0.checked_on: is required"),
        (' place = "5",', "", "line 16: duties.0.source.place: is required"),
        (', confidence = "checked"', "", "line 16: duties.0.source.confidence: is required"),
        ('document = "dpa", ', "", "line 16: duties.0.source.document: is required"),
        ('source = { document = "dpa"', 'sauce = { document = "dpa"', "line 12: duties.0.source: is required"),
        ('"checked"', '"certain"', "line 16: duties.0.source.confidence: input should be "),
        ('{ document = "dpa"', '{ document = "tos"', "'tos' is not listed in documents"),
        ("amount = 24", "amount = 0", "line 15: duties.0.period.amount: input should be greater than 0, not 0"),
        ("amount = 24", 'phrase = "soon"', "line 15: duties.0.period: a period in hours has an amount and no"),
        ('"hours"', '"soft"', "line 15: duties.0.period: a soft period has a phrase and no amount"),
        ('"hours"', '"fortnights"', "line 15: duties.0.period.unit: input should be "),
        ('trigger = "aware"', 'trigger = "now"', "line 13: duties.0.trigger: input should be 'aware', "),
        ('does = "Calls."', 'does = "Calls."\nmood = "good"', "line 5: mood: unknown key"),
        ('name = "Acme"\n', "", "vendors/acme.toml: name: is required"),
        ('name = "Acme"', 'name = ""', "line 3: name: string should have at least 1 character, not ''"),
        ('name = "Acme"', "name = ['Acme']", "line 3: name: input should be a valid string"),
        ('id = "acme"', 'id = "ACME"', "line 1: id: 'ACME' is not an id of small letters"),
        (
            'id = "acme"',
            'id = "other"',
            "line 1: id: is 'other', but the file is named 'acme.toml': let both agree",
        ),
        (
            'kind = "vendor"',
            'kind = "vendr"',
            "line 2: kind: input should be 'vendor', not 'vendr'",
        ),
        ('kind = "vendor"\n', "", "vendors/acme.toml: kind: is required"),
        (
            "[[duties]]",
            '[home_authority]\nauthority = "x"\ncountry = "UK"\nwhy = "w"\nconfidence = "checked"\n\n[[duties]]',
            "line 14: home_authority.country: 'UK' is no country code of ISO 3166-1, such as FR, GB or GR",
        ),
        (
            "period =",
            'contents = [{ text = "t", facts = ["people"] }]\nperiod =',
            "line 15: duties.0.contents.0.facts.0: 'people' is no fact of the record; `incident schema` lists them",
        ),
    ],
)
def test_a_vendor_file_that_does_not_fit_is_refused_with_file_line_and_key(old: str, new: str, fault: str) -> None:
    found = faults("vendors/acme.toml", changed(ACME, old, new))
    assert any(fault in one for one in found), found
    assert all(one.startswith("vendors/acme.toml") for one in found)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            '{ moment = "aware" }',
            '{ moment = "aware", filing = "law-1" }',
            "regimes/law.toml, line 18: duties.0.trigger: a trigger names either a moment or a filing",
        ),
        (
            '{ moment = "aware" }',
            "{}",
            "regimes/law.toml, line 18: duties.0.trigger: a trigger names either a moment or a filing",
        ),
        (
            '{ moment = "aware" }',
            '{ filing = "law-2" }',
            "regimes/law.toml, line 18: duties.0.trigger.filing: 'law-2' is no duty of this file",
        ),
        (
            "period",
            'requires = ["description", "likely_consequences|effects"]\nperiod',
            (
                "regimes/law.toml, line 19: duties.0.requires.1: "
                "'effects' is no fact of the record; `incident schema` lists them"
            ),
        ),
        (
            "{from} notify {to}",
            "{from} notify {whom}",
            "regimes/law.toml, line 14: duties.0.title: a title has words, and no placeholders but {from} and {to}",
        ),
        (
            'document = "law"',
            'document = "bill"',
            "regimes/law.toml, line 21: duties.0.source.document: 'bill' is not listed in documents",
        ),
        (
            'kind = "regime"',
            'kind = "vendor"',
            "regimes/law.toml, line 2: kind: is 'vendor', but regimes/ holds playbooks of the kind 'regime'",
        ),
    ],
)
def test_a_law_that_does_not_fit_is_refused_in_these_words(old: str, new: str, fault: str) -> None:
    assert fault in faults("regimes/law.toml", changed(LAW, old, new))


def test_a_moment_that_does_not_exist_triggers_nothing() -> None:
    [fault] = faults("regimes/law.toml", changed(LAW, '"aware"', '"dawn"'))
    assert fault.startswith("regimes/law.toml, line 18: duties.0.trigger.moment: input should be 'occurred_from', ")
    assert fault.endswith(", not 'dawn'")


def test_a_form_may_only_name_lists_that_it_has() -> None:
    assert faults("authorities/office.toml", changed(AUTHORITY, '"natures"', '"kinds"')) == [
        "authorities/office.toml, line 23: fields.0.list: 'kinds' is not listed in options"
    ]


def test_suggested_values_are_keys_of_their_vocabulary() -> None:
    source = 'source = { document = "dpa", place = "1", confidence = "checked" }'
    wrong = f'{ACME}\n[[suggestions]]\nfact = "subject_categories"\nvalues = ["users", "fans"]\ntext = "t"\n{source}\n'
    [fault] = faults("vendors/acme.toml", wrong)
    assert fault == (
        "vendors/acme.toml, line 20: suggestions.0.values.1: 'fans' is no key of subject_categories; write one of "
        "employees, users, customers, members, students, military, patients, minors, vulnerable, "
        "officers_directors, beneficiaries, suppliers_contacts, unknown, other"
    )
    abroad = changed(changed(wrong, "subject_categories", "countries"), '"users", "fans"', '"FR", "UK"')
    assert faults("vendors/acme.toml", abroad) == [
        "vendors/acme.toml, line 20: suggestions.0.values.1: 'UK' is no key of countries; such as FR"
    ]


def test_two_promises_of_one_contract_have_names_of_their_own() -> None:
    duty = ACME[ACME.index("[[duties]]") :]
    assert faults("vendors/acme.toml", f"{ACME}\n{duty}") == [
        "vendors/acme.toml, line 18: duties.1.clause: another duty has the same clause; give each its own"
    ]


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    text = changed(ACME, 'does = "Calls."', 'mood = "good"')
    text = changed(text, "amount = 24", "amount = -1")
    text = changed(text, 'id = "acme"', 'id = "other"')
    assert faults("vendors/acme.toml", text) == [
        "vendors/acme.toml: does: is required",
        "vendors/acme.toml, line 1: id: is 'other', but the file is named 'acme.toml': let both agree",
        "vendors/acme.toml, line 4: mood: unknown key",
        "vendors/acme.toml, line 15: duties.0.period.amount: input should be greater than 0, not -1",
    ]


def test_every_source_that_names_no_document_is_told_at_once() -> None:
    text = (
        ACME.replace('"dpa", place', '"tos", place')
        + '\n[inquiries]\ndocument = "x"\nplace = "1"\nconfidence = "checked"\n'
    )
    assert faults("vendors/acme.toml", text) == [
        "vendors/acme.toml, line 16: duties.0.source.document: 'tos' is not listed in documents",
        "vendors/acme.toml, line 19: inquiries.document: 'x' is not listed in documents",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "x.toml: kind: is to be 'vendor', 'regime' or 'authority'"),
        ('kind = "form"', "x.toml, line 1: kind: is to be 'vendor', 'regime' or 'authority'"),
        ('kind = ["vendor"]', "x.toml, line 1: kind: is to be 'vendor', 'regime' or 'authority'"),
        ("a = 1\n{", "x.toml, line 2: is not TOML: Invalid statement"),
        ("a = [1", "x.toml: is not TOML: Unclosed array (at end of document)"),
        ("\x00\x01", "x.toml, line 1: is not TOML: Invalid statement"),
        ("a = " + "[" * 100_000, "x.toml: is nested too deeply"),
        ("a = " + "9" * 5_000, "x.toml: is not TOML: Exceeds the limit (4300 digits)"),
    ],
)
def test_what_is_no_playbook_gets_one_line(text: str, fault: str) -> None:
    [found] = faults("x.toml", text)
    assert found.startswith(fault)
    assert "\n" not in found


def test_a_hostile_key_stays_on_one_line() -> None:
    [fault] = faults("vendors/acme.toml", '"a\\nb\\u001b\\u202e" = 1\n' + ACME)
    assert fault == r"vendors/acme.toml: 'a\nb\x1b\u202e': unknown key"


@pytest.mark.parametrize("key", ["document", "place", "confidence"])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_fact_without_its_source_is_refused(name: str, key: str) -> None:
    text = shipped_texts()[name]
    parts = list(re.finditer(rf'{key} = "[^"]*", |, {key} = "[^"]*"(?= \}})', text))
    assert parts
    for part in parts:
        playbook, found = check_playbook(name, text[: part.start()] + text[part.end() :])
        assert playbook is None
        assert [(fault.key.rpartition(".")[2], fault.reason) for fault in found] == [(key, "is required")]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_document_without_the_date_it_was_checked_on_is_refused(name: str) -> None:
    without = re.sub(r"checked_on = .*\n", "", shipped_texts()[name])
    found = check_playbook(name, without)[1]
    documents = len(re.findall(r"^\[\[documents\]\]", without, flags=re.MULTILINE))
    assert [(fault.key, fault.reason) for fault in found] == [
        (f"documents.{at}.checked_on", "is required") for at in range(documents)
    ]


@given(st.text())
def test_arbitrary_text_gets_faults_and_never_an_error(text: str) -> None:
    playbook, found = check_playbook("vendors/acme.toml", text)
    assert playbook is None
    assert found
    assert all("\n" not in str(fault) for fault in found)


JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def as_toml(value: object) -> str:
    match value:
        case None:
            return '""'
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case list():
            return f"[{', '.join(map(as_toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{as_toml(str(key))} = {as_toml(one)}" for key, one in value.items()) + "}"
        case _:
            escaped = "".join(f"\\U{ord(character):08x}" for character in str(value))
            return f'"{escaped}"'


@given(
    st.sampled_from([("vendors/acme.toml", ACME), ("regimes/law.toml", LAW), ("authorities/office.toml", AUTHORITY)]),
    st.integers(min_value=0),
    JSON_LIKE,
)
def test_any_value_at_any_key_fits_or_gets_faults(file: tuple[str, str], at: int, value: object) -> None:
    name, text = file
    lines = text.splitlines()
    assigned = [number for number, line in enumerate(lines) if " = " in line]
    number = assigned[at % len(assigned)]
    lines[number] = f"{lines[number].partition(' = ')[0]} = {as_toml(value)}"
    tomllib.loads("\n".join(lines))
    playbook, found = check_playbook(name, "\n".join(lines))
    assert (playbook is None) == bool(found)
    assert all("\n" not in str(fault) for fault in found)
