"""`incident playbooks`: the list, the pages, and what `check` says of a file.

The golden pages are what `incident playbooks show ID` prints; make them anew so when a playbook changes.
"""

import json
import re
import tomllib
from pathlib import Path

import pytest

from playbooks.texts import MAX_BYTES, shipped_texts
from tests.test_incident.command_line import Outcome, incident, refused

GOLDEN = Path(__file__).parents[1] / "golden" / "cli"

VENDOR = (GOLDEN / "acme.toml").read_text("utf-8")
REGIME = (GOLDEN / "parcels.toml").read_text("utf-8")
AUTHORITY = (GOLDEN / "post.toml").read_text("utf-8")
"""One playbook of each kind in which everything is said that may be said."""

HOSTILE = "\\u001b]0;pwned\\u0007\\u009b31m\\u202e\\u200b[/x] [ERROR]\\nfits\\tfits"
FREE_TEXT = re.compile(
    r"\b(name|does|place|text|about|body|channel|use|why|covers|note|label|section|dated|version)"
    r' = "(?!incident")([^"]+)"'
)
HOSTILE_SHOWN = "\\x1b]0;pwned\\x07\\x9b31m\\u202e\\u200b[/x] [ERROR]"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """A settings file that is not there, with a folder of the user's own playbooks beside it."""
    for kind in ("vendors", "regimes", "authorities"):
        (tmp_path / "playbooks" / kind).mkdir(parents=True)
    return tmp_path / "settings.toml"


def playbooks(settings: Path, *arguments: str) -> Outcome:
    return incident("playbooks", *arguments, "--settings", str(settings))


def put(settings: Path, name: str, text: str) -> Path:
    file = settings.parent / "playbooks" / name
    file.write_text(text, encoding="utf-8")
    return file


def line_of(words: str, text: str) -> int:
    """Return the first line, from 1, in which words stand."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def place_of(line: str) -> str:
    """Return what a fault's line says before its reason; the reason's words are the library's."""
    found = re.fullmatch(r"(.+?:\d+: [\w.]+): .+", line)
    assert found
    return found[1]


class TestShow:
    @pytest.mark.parametrize(
        "shipped", ["kavkom", "convious", "deskhero", "gdpr", "nis2", "dora", "regimes/eprivacy-611", "omnibus"]
    )
    def test_the_page_of_a_shipped_playbook_reads_as_agreed(self, settings: Path, shipped: str) -> None:
        outcome = playbooks(settings, "show", shipped)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out == (GOLDEN / f"playbooks-show-{Path(shipped).name}.txt").read_text("utf-8")

    def test_a_law_and_its_form_of_one_name_are_told_apart(self, settings: Path) -> None:
        refused(
            playbooks(settings, "show", "eprivacy-611"),
            2,
            "'eprivacy-611' may be one of several: write one of authorities/eprivacy-611, regimes/eprivacy-611",
        )
        assert "Number of subscribers" in playbooks(settings, "show", "authorities/eprivacy-611").out

    @pytest.mark.parametrize(
        ("name", "text"),
        [("vendors/acme.toml", VENDOR), ("regimes/parcels.toml", REGIME), ("authorities/post.toml", AUTHORITY)],
        ids=["vendor", "regime", "authority"],
    )
    def test_each_kind_shows_all_it_holds(self, settings: Path, name: str, text: str) -> None:
        put(settings, name, text)
        outcome = playbooks(settings, "show", Path(name).stem)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out == (GOLDEN / f"{Path(name).stem}.txt").read_text("utf-8")

    @pytest.mark.parametrize("name", sorted(shipped_texts()))
    def test_no_line_of_a_shipped_playbook_is_wider_than_80_columns(self, settings: Path, name: str) -> None:
        outcome = playbooks(settings, "show", name.removesuffix(".toml"))
        assert outcome.code == 0
        assert [line for line in outcome.out.splitlines() if len(line) > 80] == []

    def test_the_users_own_stands_in_for_the_shipped_one(self, settings: Path) -> None:
        put(settings, "vendors/kavkom.toml", VENDOR.replace('id = "acme"', 'id = "kavkom"'))
        assert playbooks(settings, "show", "kavkom").out.startswith("Acme · vendor kavkom · yours\nKeeps parcels.\n")

    def test_an_aim_is_no_deadline_and_a_right_to_tell_others_is_shown(self, settings: Path) -> None:
        aim = VENDOR.replace(
            'period = { unit = "hours", amount = 1 }',
            'period = { unit = "soft", phrase = "if possible" }\naim = { unit = "hours", amount = 1 }',
        )
        own = '[[own_notices]]\nto = "subjects"\ntext = "As it likes."\nsource = { document = "terms", place = "6", '
        put(settings, "vendors/acme.toml", aim + own + 'confidence = "checked" }\n')
        shown = playbooks(settings, "show", "acme").out
        assert (
            "    deadline   “if possible”: no number, so no date\n    aims at    1 hour: an aim, no deadline\n" in shown
        )
        assert "Whom it may tell past us\n  the data subjects\n    As it likes. (Acme terms, 6)\n" in shown

    def test_json_is_the_playbook(self, settings: Path) -> None:
        put(settings, "vendors/acme.toml", VENDOR)
        document = json.loads(playbooks(settings, "show", "acme", "--json").out)
        assert document["duties"] == [
            {
                "clause": "loss",
                "about": "of a lost parcel",
                "trigger": "discovery",
                "scope": "suspected",
                "period": {"unit": "hours", "amount": 1, "phrase": None},
                "aim": None,
                "counting": "reg-1182-71",
                "calendar": None,
                "channel": None,
                "contents": [
                    {"text": "the parcel's number", "facts": [], "source": None},
                    {
                        "text": "its weight",
                        "facts": [],
                        "source": {
                            "document": "terms",
                            "place": "4",
                            "confidence": "checked",
                            "checked_on": "2026-11-19",
                        },
                    },
                ],
                "notes": [],
                "source": {
                    "document": "annex",
                    "place": "A.2",
                    "confidence": "inferred",
                    "checked_on": "2026-11-18",
                },
            }
        ]
        assert set(tomllib.loads(VENDOR)) < set(document)

    @pytest.mark.parametrize(
        ("asked", "advice"),
        [
            ("kavkon", "did you mean kavkom?"),
            ("KAVKOM", "did you mean kavkom?"),
            ("vendors/deskhelo", "did you mean deskhero?"),
            ("zzz", "`incident playbooks` lists those there are"),
        ],
    )
    def test_an_unknown_id_is_told_the_nearest(self, settings: Path, asked: str, advice: str) -> None:
        outcome = playbooks(settings, "show", asked)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err == f"incident: there is no playbook {asked!r}; {advice}\n"

    def test_an_id_that_two_kinds_share_must_name_its_kind(self, settings: Path) -> None:
        put(settings, "vendors/gdpr.toml", VENDOR.replace('id = "acme"', 'id = "gdpr"'))

        outcome = playbooks(settings, "show", "gdpr")

        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == ("incident: 'gdpr' may be one of several: write one of regimes/gdpr, vendors/gdpr\n")
        assert playbooks(settings, "show", "vendors/gdpr").out.startswith("Acme · vendor gdpr · yours\n")

    def test_one_that_does_not_fit_says_every_fault_with_its_file(self, settings: Path) -> None:
        file = put(settings, "vendors/acme.toml", VENDOR.replace("amount = 1", "amount = 0") + 'extra = "x"\n')

        outcome = playbooks(settings, "show", "acme")

        assert (outcome.code, outcome.out) == (2, "")
        assert [place_of(line) for line in outcome.err.splitlines()] == [
            f"incident: {file}:{line_of('period =', VENDOR)}: duties.0.period.amount",
            f"incident: {file}:{len(VENDOR.splitlines()) + 1}: governing_law.extra",
        ]


class TestHostileText:
    """A playbook may come from anyone: what it says must not act on the terminal, or pass for our own lines."""

    @pytest.mark.parametrize(
        ("name", "text"),
        [("vendors/acme.toml", VENDOR), ("regimes/parcels.toml", REGIME), ("authorities/post.toml", AUTHORITY)],
        ids=["vendor", "regime", "authority"],
    )
    def test_a_page_shows_it_harmless(self, settings: Path, name: str, text: str) -> None:
        put(settings, name, FREE_TEXT.sub(lambda found: f'{found[1]} = "{found[2]} {HOSTILE}"', text))

        shown = playbooks(settings, "show", Path(name).stem)

        assert (shown.code, shown.err) == (0, "")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", shown.out)
        assert not re.search(r"^fits", shown.out, re.MULTILINE)
        one_line = " ".join(shown.out.split())
        said = [found[2] for found in FREE_TEXT.finditer(text)]
        assert said
        assert [words for words in said if f"{words} {HOSTILE_SHOWN}" not in one_line] == []

    def test_so_does_the_list(self, settings: Path) -> None:
        put(settings, "vendors/acme.toml", VENDOR.replace('name = "Acme"', f'name = "{HOSTILE}"'))
        outcome = playbooks(settings, "list")
        assert f"  acme          {HOSTILE_SHOWN}\\nfits\\tfits  1 hour (loss)" in outcome.out
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", outcome.out)

    def test_json_is_ascii(self, settings: Path) -> None:
        put(settings, "vendors/acme.toml", VENDOR.replace('name = "Acme"', f'name = "{HOSTILE}"'))
        shown = playbooks(settings, "show", "acme", "--json").out
        assert shown.isascii()
        assert json.loads(shown)["name"] == tomllib.loads(f'name = "{HOSTILE}"')["name"]

    def test_check_shows_a_hostile_key_and_file_harmless(self, tmp_path: Path) -> None:
        file = tmp_path / "a\x1b[31m\nb.toml"
        file.write_text('kind = "vendor"\n"\\u001b[2J\\u202e" = 1\n')
        outcome = incident("playbooks", "check", str(file))
        assert outcome.code == 2
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", outcome.err)
        assert all(line.startswith(f"{tmp_path}/a\\x1b[31m\\nb.toml") for line in outcome.err.splitlines())


class TestList:
    def test_lists_kind_by_kind_with_the_time_in_words(self, settings: Path) -> None:
        put(settings, "vendors/acme.toml", VENDOR)
        put(settings, "regimes/parcels.toml", REGIME)
        put(settings, "authorities/post.toml", AUTHORITY)
        without_complement = re.sub(r"^complement = .*\n", "", AUTHORITY, flags=re.MULTILINE)
        put(settings, "authorities/poste.toml", without_complement.replace('"post"', '"poste"'))

        outcome = playbooks(settings, "list")

        assert (outcome.code, outcome.err) == (0, "")
        lines = [re.sub(r" {2,}", " | ", line.strip()) for line in outcome.out.splitlines()]
        assert lines[:7] == [
            "ID | NAME | TIME FOR TELLING | FILE | CHECKED ON",
            "Vendors",
            "acme | Acme | 1 hour (loss) | yours | 2026-11-02",
            "convious | Convious | 72 hours; “promptly” (access) | shipped | 2026-11-21",
            "deskhero | Deskhero | no clause: Art. 33(2) GDPR alone | shipped | 2026-11-21",
            "kavkom | Kavkom | 48 hours | shipped | 2026-11-21",
            "konverso | Konverso | “without undue delay” | shipped | 2026-11-21",
        ]
        assert "parcels | Parcel Act | 24 hours; 1 month | yours | 2026-11-20" in lines
        assert "omnibus | Omnibus | 96 hours (not law) | shipped | 2026-11-21" in lines
        assert "post | POST | the rest: 72 hours, indicative | yours | 2026-11-20" in lines
        assert "poste | POST | no time of its own | yours | 2026-11-20" in lines
        headings = [line for line in lines if line in {"Vendors", "Regimes", "Authorities"}]
        assert headings == ["Vendors", "Regimes", "Authorities"]

    def test_the_shipped_list_fits_80_columns(self, settings: Path) -> None:
        assert [line for line in playbooks(settings, "list").out.splitlines() if len(line) > 80] == []

    def test_a_long_name_moves_only_its_own_line(self, settings: Path) -> None:
        put(settings, "vendors/acme.toml", VENDOR.replace('name = "Acme"', f'name = "{"A" * 500}"'))
        wide = [line for line in playbooks(settings, "list").out.splitlines() if len(line) > 110]
        assert [line[:20] for line in wide] == ["  acme          AAAA"]

    def test_is_what_the_bare_command_does(self, settings: Path) -> None:
        assert playbooks(settings).out == playbooks(settings, "list").out
        assert playbooks(settings, "--json").out == playbooks(settings, "list", "--json").out

    def test_json(self, settings: Path) -> None:
        put(settings, "vendors/kavkom.toml", VENDOR.replace('id = "acme"', 'id = "kavkom"'))
        document = json.loads(playbooks(settings, "list", "--json").out)
        assert document["faults"] == []
        assert [one for one in document["playbooks"] if one["id"] in {"kavkom", "deskhero"}] == [
            {
                "id": "deskhero",
                "kind": "vendor",
                "name": "Deskhero",
                "term": "no clause: Art. 33(2) GDPR alone",
                "origin": "shipped",
                "checked_on": "2026-11-21",
            },
            {
                "id": "kavkom",
                "kind": "vendor",
                "name": "Acme",
                "term": "1 hour (loss)",
                "origin": "yours",
                "checked_on": "2026-11-02",
            },
        ]

    def test_one_that_does_not_fit_is_named_and_withholds_no_other(self, settings: Path) -> None:
        file = put(settings, "vendors/kavkom.toml", VENDOR)

        outcome = playbooks(settings, "list")

        assert outcome.code == 3
        assert outcome.err == (
            f"incident: not listed: {file}:1: id: is 'acme', but the file is named 'kavkom.toml': let both agree\n"
        )
        assert "convious" in outcome.out
        assert "kavkom" not in outcome.out
        document = json.loads(playbooks(settings, "list", "--json").out)
        assert document["faults"] == [
            {
                "file": str(file),
                "line": 1,
                "key": "id",
                "reason": "is 'acme', but the file is named 'kavkom.toml': let both agree",
            }
        ]

    @pytest.mark.parametrize("command", [("list",), ("show", "kavkom")])
    def test_a_file_that_is_none_is_one_line(self, settings: Path, command: tuple[str, ...]) -> None:
        file = settings.parent / "playbooks" / "vendors" / "acme.toml"
        file.mkdir()
        outcome = playbooks(settings, *command)
        assert (outcome.code, outcome.out, outcome.err) == (2, "", f"incident: {file}: is not a file\n")

    def test_json_belongs_behind_the_command_it_is_for(self, settings: Path) -> None:
        outcome = incident("playbooks", "--json", "show", "kavkom", "--settings", str(settings))
        assert (outcome.code, outcome.out, outcome.err) == (2, "", "incident: put --json behind show\n")


class TestCheck:
    def test_a_file_that_fits_may_lie_anywhere(self, tmp_path: Path) -> None:
        file = tmp_path / "acme.toml"
        file.write_text(VENDOR, encoding="utf-8")
        outcome = incident("playbooks", "check", str(file))
        assert (outcome.code, outcome.out, outcome.err) == (0, f"{file}: fits\n", "")

    @pytest.mark.parametrize("name", sorted(shipped_texts()))
    def test_every_shipped_one_fits(self, tmp_path: Path, name: str) -> None:
        file = tmp_path / Path(name).name
        file.write_text(shipped_texts()[name], encoding="utf-8")
        assert incident("playbooks", "check", str(file)).out == f"{file}: fits\n"

    def test_every_fault_has_its_line_and_key(self, tmp_path: Path) -> None:
        file = tmp_path / "other.toml"
        wrong = VENDOR.replace('confidence = "inferred"', 'confidence = "sure"').replace(
            '[home_authority]\nauthority = "ap"', "[home_authority]"
        )
        file.write_text(wrong, encoding="utf-8")

        outcome = incident("playbooks", "check", str(file))

        assert (outcome.code, outcome.out) == (2, "")
        assert [place_of(line) for line in outcome.err.splitlines()] == [
            f"{file}:1: id",
            f"{file}:{line_of('A.2', wrong)}: duties.0.source.confidence",
            f"{file}:{line_of('[home_authority]', wrong)}: home_authority.authority",
        ]

    def test_json(self, tmp_path: Path) -> None:
        file = tmp_path / "acme.toml"
        file.write_text(VENDOR, encoding="utf-8")
        fits = incident("playbooks", "check", "--json", str(file))
        assert (fits.code, json.loads(fits.out)) == (0, {"file": str(file), "fits": True, "draft": False, "faults": []})
        file.write_text("= 1\n")

        broken = incident("playbooks", "check", "--json", str(file))

        assert (broken.code, broken.err) == (2, "")
        document = json.loads(broken.out)
        assert (document["fits"], document["faults"][0]["line"], document["faults"][0]["key"]) == (False, 1, None)

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"\xff\xfe\x00\x01", "is not UTF-8 text (byte 1)"),
            (b"a" * (MAX_BYTES + 1), "is larger than 1024 KiB: no playbook is"),
        ],
        ids=["binary", "huge"],
    )
    def test_what_is_no_playbook_is_one_line(self, tmp_path: Path, content: bytes, reason: str) -> None:
        file = tmp_path / "acme.toml"
        file.write_bytes(content)
        outcome = incident("playbooks", "check", str(file))
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == f"incident: {file}: {reason}\n"

    def test_what_is_no_file_is_one_line(self, tmp_path: Path) -> None:
        missing = incident("playbooks", "check", str(tmp_path / "none.toml"))
        folder = incident("playbooks", "check", str(tmp_path))
        assert (missing.code, missing.out, folder.code, folder.out) == (2, "", 2, "")
        assert missing.err == f"incident: {tmp_path / 'none.toml'}: cannot be read: No such file or directory\n"
        assert folder.err == f"incident: {tmp_path}: is not a file\n"

    @pytest.mark.parametrize(("content", "line"), [("", ""), ('\nkind = "recipe"', ":2"), ("kind = 1", ":1")])
    def test_what_is_another_kind_of_file_is_told_at_its_kind(self, tmp_path: Path, content: str, line: str) -> None:
        file = tmp_path / "acme.toml"
        file.write_text(content)
        outcome = incident("playbooks", "check", str(file))
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"{file}{line}: kind: ")
        assert len(outcome.err.splitlines()) == 1
