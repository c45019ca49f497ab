"""The letter to the people concerned (Art. 34): what it tells, what it keeps to itself, and in which versions."""

import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from incident.errors import BadInput
from incident.notices.advice import advice_for
from incident.notices.choices import choices
from incident.notices.compose import DraftRequest, compose
from incident.notices.labels import labels_in
from incident.notices.notice import Notice
from incident.notices.people import CHANNELS
from incident.notices.render import file_name, render
from models.advice import AdviceFile
from models.incident import Incident
from models.organisation import Organisation
from models.vocabulary import BreachType, DataCategory, InformChannel, SpecialCategory
from tests.builders import decided, incident, organisation, recorded, shipped_rules
from tests.test_incident.draft_examples import HOSTILE, NOW, PARIS, RICH, TWO_CUSTOMERS, draft, drafts, letter, only
from tests.test_incident.format_texts import in_markdown
from tests.test_incident.test_notices_formats import every_format
from tests.test_incident.test_notices_secrecy import FIGURES, NAMES

Golden = Callable[[str, str], None]

LANGUAGES = ("en", "fr", "it", "nl", "sv")
HIGH = decided("high")
PUBLICLY = decided("high", art_34_3="c", because="no addresses are left")
ALMOST_NOTHING = {"title": "Something happened", "place": PARIS, "summary": "A customer called."}

ACCOUNTS: dict[str, Any] = {
    **RICH,
    "regimes": ["eprivacy-611"],
    "facts": {
        **RICH["facts"],
        "description": "Kavkom and Carrier Example let other customers open the accounts of 1,200 people.",
        "data_categories": ["name", "contact_email", "credentials", "bank_account", "other"],
        "subject_categories": ["customers", "minors"],
        "other_parties": [{"name": "Forensique Exemple SARL", "role": "investigator"}],
        "measures_remedy": "Forensique Exemple closed the accounts; Présidence was told.",
    },
}
"""A breach at a vendor that the description names, with minors among the people."""

VERSIONS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "letter": ((HIGH,), {}),
    "minors": ((HIGH,), {"readers": "minors"}),
    "public": ((PUBLICLY,), {}),
    "eprivacy-611": ((HIGH,), {"regime": "eprivacy-611"}),
}


def version(name: str, language: str, record: dict[str, Any] | None = None) -> Notice:
    said, wanted = VERSIONS[name]
    return only(drafts("subjects", incident(record or ACCOUNTS, *said), languages=(language,), **wanted))


def with_data(*categories: str, **facts: Any) -> Incident:
    told = {"data_categories": list(categories), "breach_types": [], **facts}
    return incident({"title": "x", "facts": told}, HIGH)


def refusal(what: Incident | dict[str, Any], **wanted: Any) -> str:
    with pytest.raises(BadInput) as refused:
        drafts("subjects", what, **wanted)
    (line,) = refused.value.lines
    return line


class TestAsTheyWereReadAndAccepted:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_letter(self, language: str, golden: Golden) -> None:
        notice = version("letter", language)
        golden(f"drafts/subjects-rich/{file_name(notice, 'md')}", render(notice, "md"))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_letter_while_almost_nothing_is_known(self, language: str, golden: Golden) -> None:
        notice = only(drafts("subjects", ALMOST_NOTHING, Organisation(), languages=(language,)))
        golden(f"drafts/subjects-almost-nothing/{file_name(notice, 'md')}", render(notice, "md"))

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", ["minors", "public", "eprivacy-611"])
    def test_the_other_versions(self, name: str, language: str, golden: Golden) -> None:
        notice = version(name, language)
        golden(f"drafts/subjects-rich/{file_name(notice, 'md')}", render(notice, "md"))

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", ["minors", "public", "eprivacy-611"])
    def test_the_other_versions_while_almost_nothing_is_known(self, name: str, language: str, golden: Golden) -> None:
        said, wanted = VERSIONS[name]
        notice = only(
            drafts("subjects", incident(ALMOST_NOTHING, *said), Organisation(), languages=(language,), **wanted)
        )
        golden(f"drafts/subjects-almost-nothing/{file_name(notice, 'md')}", render(notice, "md"))


@pytest.mark.parametrize("name", ["letter", "eprivacy-611"])
def test_every_format_says_the_same(name: str) -> None:
    notice = version(name, "fr")
    words = in_markdown(render(notice, "md"))
    texts = every_format(notice)
    assert texts == dict.fromkeys(texts, words)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("letter", "INC-2026-0001-subjects-en.md"),
        ("minors", "INC-2026-0001-subjects-minors-en.md"),
        ("public", "INC-2026-0001-subjects-public-en.md"),
        ("eprivacy-611", "INC-2026-0001-subjects-eprivacy-611-en.md"),
    ],
)
def test_each_version_has_a_file_of_its_own(name: str, file: str) -> None:
    assert file_name(version(name, "en"), "md") == file


class TestWhatItKeepsToItself:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", VERSIONS)
    def test_other_parties_persons_figures_systems_and_causes(self, name: str, language: str) -> None:
        text = render(version(name, language), "md").lower()
        for told in ("kavkom", "carrier example", "forensique", "présidence", "recording archive", "1,200", "1200"):
            assert told not in text
        assert "9000" not in "".join(filter(str.isdigit, text.split("---", 1)[1]))
        causes = {
            "en": "technical failure",
            "fr": "défaillance technique",
            "it": "guasto",
            "nl": "storing",
            "sv": "fel i",
        }
        assert causes[language] not in text.split("---", 1)[1]

    @settings(max_examples=15)
    @given(name=NAMES, figure=FIGURES)
    def test_whatever_they_are_called_and_however_many(self, name: str, figure: int) -> None:
        told = f"{name} wrote: {figure:,} people ({figure}). Ask {name}."
        texts = ("description", "measures_remedy", "measures_prevent", "likely_consequences")
        record = {
            "title": told,
            "vendor": {"name": name},
            "subprocessor": {"name": f"Behind {name}"},
            "facts": {**dict.fromkeys(texts, told), "subjects_count": {"value": figure}},
        }
        text = render(only(drafts("subjects", record, languages=("en",))), "md")
        assert name not in text
        assert str(figure) not in text
        assert f"{figure:,}" not in text

    def test_a_removed_name_or_figure_is_said_to_the_one_who_checks(self) -> None:
        notice = version("letter", "en")
        removed = "Names or figures were removed from: Description; Measures taken or proposed."
        assert f"{removed} Read the text around the marks." in notice.to_check
        description = next(item for item in notice.items if item.field == "description")
        assert (
            description.text
            == "[name: removed] and [name: removed] let other customers open the accounts of [figure: removed] people."
        )

    def test_why_a_fact_does_not_apply_is_for_the_file(self) -> None:
        none = recorded({}, certainty="not-applicable", without_value=["measures_remedy", "harms"], why="secret")
        notice = only(drafts("subjects", incident(ACCOUNTS, HIGH, none), languages=("en",)))
        assert "secret" not in render(notice, "md")
        assert "measures_remedy" in [one.field for one in notice.blocking]
        assert "harms" not in [item.field for item in notice.items]


class TestWhatIsMissing:
    def test_comes_first_and_is_never_filled(self) -> None:
        notice = only(drafts("subjects", ALMOST_NOTHING, Organisation(), languages=("en",)))
        assert [one.field for one in notice.blocking] == [
            *("sender", "description", "data_categories", "likely_consequences", "measures_remedy", "contact_point"),
        ]
        assert [one.field for one in notice.worth_having] == ["advice"]
        assert "None" not in render(notice, "md")
        assert "- \n" not in render(notice, "md")

    def test_what_nobody_knows_is_listed_and_left_out_where_it_may_be(self) -> None:
        unknown = recorded({}, certainty="unknown", without_value=["special_categories", "likely_consequences"])
        notice = only(drafts("subjects", incident(ACCOUNTS, HIGH, unknown), languages=("en",)))
        assert [(one.field, one.blocking) for one in notice.missing] == [("special_categories", False)]
        assert {"special_categories", "likely_consequences"}.isdisjoint(item.field for item in notice.items)
        follows = next(item for item in notice.items if item.field == "consequences")
        assert follows.text == (
            "The data have gone further than they should, and strangers may have them. "
            "An important service works badly or late."
        )

    def test_only_unknown_data_are_missing_data(self) -> None:
        notice = only(drafts("subjects", with_data("unknown"), languages=("en",)))
        assert "data_categories" in [one.field for one in notice.blocking]
        assert "Categories of personal data** — not known yet" in render(notice, "md")

    def test_subscribers_are_told_the_date_and_the_circumstances(self) -> None:
        known = {"title": "x", "regimes": ["eprivacy-611"], "facts": {"data_categories": ["name"]}}
        notice = only(drafts("subjects", known, regime="eprivacy-611", languages=("en",)))
        assert {"moments.occurred_from", "incident_origin"} <= {one.field for one in notice.blocking}

    def test_the_public_is_told_who_is_concerned(self) -> None:
        known = {"title": "x", "facts": {"data_categories": ["name"]}}
        notice = only(drafts("subjects", incident(known, PUBLICLY), languages=("en",)))
        assert "subject_categories" in [one.field for one in notice.blocking]


class TestAdvice:
    def test_it_follows_from_the_data(self) -> None:
        def given(*categories: str, **facts: Any) -> list[str]:
            notice = only(drafts("subjects", with_data(*categories, **facts), languages=("en",)))
            return [item.field for item in notice.section["advice"]]

        assert given("credentials", "contact_phone") == ["advice.credentials", "advice.contact_email"]
        assert given("bank_account", "other_financial") == ["advice.bank_account"]
        assert given("other", special_categories=["genetic"]) == ["advice.health"]
        assert given("name", breach_types=["integrity"]) == ["advice.name", "advice.integrity"]
        assert given("unknown") == []

    def test_minors_are_told_it_simply(self) -> None:
        simple = version("minors", "en").section["advice"][0].text
        assert simple == "Change your password. Change it everywhere you use the same one. Do not tell it to anyone."

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_minors_are_told_their_data_without_the_laws_words(self, language: str) -> None:
        letters = [render(version(name, language), "md").partition("---")[2] for name in ("letter", "minors")]
        facts = labels_in(language, None).tables["facts"]
        for name in ("data_categories", "special_categories"):
            assert [facts[name] in text for text in letters] == [True, False]

    def test_there_is_some_for_every_option_in_every_language_each_with_its_source(self) -> None:
        shipped = AdviceFile.model_validate(
            tomllib.loads(files("playbooks").joinpath("notices", "advice.toml").read_text("utf-8"))
        )
        covered = {(one.about, value) for one in shipped.advice for value in one.values}
        every = {("data_categories", one.value) for one in DataCategory if one.value not in {"other", "unknown"}}
        every |= {("special_categories", one.value) for one in SpecialCategory}
        assert covered == every | {("breach_types", one.value) for one in BreachType}
        for one in shipped.advice:
            assert set(one.words) == set(one.minors) == set(LANGUAGES)

    def test_the_draft_rests_on_it(self) -> None:
        sources = {(one.document, one.place): one.confirmed for one in version("letter", "en").sources}
        assert sources["CNIL, advice on leaked or stolen data (Fuite ou vol de données)", "phishing"] is True
        assert sources["GDPR (Regulation (EU) 2016/679)", "recital 86"] is False

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("x", r"^notices/advice\.toml: is not TOML: "),
            ('id = "advice"', r"^notices/advice\.toml: name: is required"),
        ],
    )
    def test_a_users_file_that_does_not_fit_is_named(self, text: str, said: str, tmp_path: Path) -> None:
        (tmp_path / "notices").mkdir()
        (tmp_path / "notices" / "advice.toml").write_text(text)
        with pytest.raises(BadInput, match=said):
            advice_for({}, "en", tmp_path, simple=False)

    def test_options_that_are_none_or_stand_twice_are_refused(self, tmp_path: Path) -> None:
        text = files("playbooks").joinpath("notices", "advice.toml").read_text("utf-8")
        (tmp_path / "notices").mkdir()
        wrong = text.replace('values = ["location"]', 'values = ["credentials", "shoe_size"]')
        (tmp_path / "notices" / "advice.toml").write_text(wrong)
        with pytest.raises(BadInput) as refused:
            advice_for({}, "en", tmp_path, simple=False)
        assert refused.value.lines == (
            "notices/advice.toml: advice.7.values: 'credentials' stands in another entry already",
            "notices/advice.toml: advice.7.values: 'shoe_size' is no option of data_categories",
        )


class TestChannels:
    @pytest.mark.parametrize(
        ("category", "channels"),
        [
            ("contact_email", "e-mail"),
            ("contact_phone", "telephone; text message"),
            ("credentials", "e-mail; message in the application"),
            ("communications_traffic", "telephone; e-mail; text message"),
        ],
    )
    def test_one_that_the_breach_touches_is_named(self, category: str, channels: str) -> None:
        checks = only(drafts("subjects", with_data(category), languages=("en",))).to_check
        assert any(f"Do not rely on these channels: {channels}." in check for check in checks)
        assert not any("plans to use" in check for check in checks)

    def test_none_is_called_safe(self) -> None:
        checks = only(drafts("subjects", with_data("name", informed_channels=["email"]), languages=("en",))).to_check
        assert "Send it as a message of its own, by a channel that the breach did not touch." in checks
        assert not any("e-mail" in check for check in checks)

    def test_one_that_is_planned_all_the_same_is_named_once_more(self) -> None:
        planned = with_data("contact_email", informed_channels=["letter", "email"])
        checks = only(drafts("subjects", planned, languages=("en",))).to_check
        assert checks[-1] == "Of these, the file plans to use: e-mail."

    def test_they_are_channels_and_data_of_the_vocabulary(self) -> None:
        assert set(CHANNELS) <= set(DataCategory)
        assert {channel for channels in CHANNELS.values() for channel in channels} <= set(InformChannel)


class TestWhetherItIsOwed:
    @pytest.mark.parametrize(
        ("said", "check"),
        [
            ((), "The risk has not been decided. This communication is owed where it is a high one."),
            ((decided("risk"),), "It was decided that the risk is not a high one"),
            ((decided("high", art_34_3="a", because="x"),), "the data were made unintelligible beforehand"),
        ],
    )
    def test_what_was_decided_is_held_against_it(self, said: tuple[Any, ...], check: str) -> None:
        notice = only(drafts("subjects", incident(ACCOUNTS, *said), languages=("en",)))
        assert [one for one in notice.to_check if check in one]
        assert not [one for one in version("letter", "en").to_check if check in one]

    def test_joint_controllers_look_at_their_arrangement(self) -> None:
        notice = version("letter", "en", {**ACCOUNTS, "role": "joint-controller"})
        assert [one for one in notice.to_check if "Article 26 GDPR" in one]

    def test_it_fulfils_art_34_or_the_regulation(self) -> None:
        assert version("letter", "en").duties == ("gdpr-34",)
        assert version("eprivacy-611", "en").duties == ("eprivacy-611-subscribers",)
        elsewhere = only(drafts("subjects", RICH, regime="eprivacy-611", languages=("en",)))
        assert elsewhere.duties == ()
        assert any("Article 3 of Regulation (EU) No 611/2013" in one for one in elsewhere.to_check)

    def test_minors_among_the_people_are_said_beside_the_ordinary_letter_only(self) -> None:
        check = "There are minors among the people"
        assert [one for one in version("letter", "en").to_check if check in one]
        assert not [one for one in version("minors", "en").to_check if check in one]


@pytest.mark.parametrize(
    ("what", "wanted", "said"),
    [
        (
            TWO_CUSTOMERS,
            {},
            (
                "INC-2026-0001: our role is processor: communicating a breach to data subjects is the controller's "
                "(Art. 34 GDPR); what it needs for that goes into controller, and there is vendor"
            ),
        ),
        (RICH, {"regime": "nis2"}, "no subjects draft under 'nis2': --regime is gdpr, eprivacy-611"),
        (RICH, {"readers": "pets"}, "no subjects draft for 'pets': --for is minors"),
        (
            RICH,
            {"regime": "eprivacy-611", "readers": "minors"},
            "the notice of Annex II to Regulation 611/2013 is one for all: --for is about the GDPR's letter",
        ),
        (
            incident(RICH, PUBLICLY),
            {"readers": "minors"},
            (
                "INC-2026-0001: a public communication was decided (Art. 34(3)(c) GDPR): it is one for all, "
                "so there is no letter for minors"
            ),
        ),
        (RICH, {"languages": ("de",)}, "no subjects draft in 'de': there are en, fr, it, nl, sv"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line(what: Any, wanted: dict[str, Any], said: str) -> None:
    assert refusal(what, **wanted) == said


def test_a_provider_tells_its_subscribers_whatever_its_role() -> None:
    provider = {**TWO_CUSTOMERS, "regimes": ["eprivacy-611"]}
    notice = only(
        drafts("subjects", provider, organisation(role="processor"), regime="eprivacy-611", languages=("en",))
    )
    assert notice.duties == ("eprivacy-611-subscribers",)
    assert "Acme" not in render(notice, "md")
    assert "Borgo" not in render(notice, "md")


def test_what_fits_is_offered() -> None:
    def offered(what: Incident) -> list[str | None]:
        found = choices(what, shipped_rules(), organisation(), NOW).fitting
        requests = [choice.request for choice in found if choice.request.kind == "subjects"]
        return [one.readers or one.regime for one in requests if not one.languages]

    assert offered(incident(RICH)) == [None]
    assert offered(incident(ACCOUNTS)) == [None, "minors", "eprivacy-611"]
    assert offered(incident(ACCOUNTS, PUBLICLY)) == [None, "eprivacy-611"]


def test_another_language_of_a_version_stays_that_version() -> None:
    found = choices(incident(ACCOUNTS), shipped_rules(), organisation(), NOW).fitting
    minors = [choice.request for choice in found if choice.request.readers == "minors"]
    assert [one.languages for one in minors] == [(), ("en",), ("it",), ("nl",), ("sv",)]


def test_hostile_words_come_out_inert() -> None:
    text = draft("subjects", incident({**HOSTILE, "role": "controller"}, HIGH), languages=("en",))
    assert "\x1b" not in text
    assert "\n# Owned" not in text
    assert "<script>" not in text.replace("\\<script\\>", "")


def test_it_has_no_recipients_address_and_tells_no_terms() -> None:
    said = letter(version("letter", "en"))
    assert (said.recipient_contact, said.terms) == ("", ())


def test_a_user_writes_a_version_in_another_language(tmp_path: Path) -> None:
    own = tmp_path / "notices"
    (own / "subjects-minors").mkdir(parents=True)
    (own / "labels").mkdir()
    shipped = files("playbooks").joinpath("notices")
    (own / "labels" / "de.toml").write_text(shipped.joinpath("labels", "en.toml").read_text("utf-8"), "utf-8")
    (own / "subjects-minors" / "de.md.j2").write_text("Hallo, {{ notice.recipient }}\n", "utf-8")
    request = DraftRequest("subjects", ("de",), readers="minors")
    with pytest.raises(BadInput, match=r"^notices/advice\.toml: advice\.0\.minors\.de: has no words; add them$"):
        compose(request, incident(ACCOUNTS, HIGH), shipped_rules(), organisation(), NOW, tmp_path)
