"""What was read out of a contract, key by key, each with the words it rests on."""

from incident.playbook_pages.contract_keys import MOST, NOT_TAKEN, ContractKey, contract_keys, key_page, verdict_words
from incident.playbook_pages.layout import laid_out
from playbooks.reader.reader import read_contract
from playbooks.reader.reading import ContractReading
from tests.test_playbooks.contract_files import AGREEMENT

NOTHING = "The Customer shall notify the supervisory authority of a personal data breach within 72 hours.\n"
AIM = "In case of a personal data breach the Processor shall, if possible within 48 hours, inform the Controller."


def read(text: str) -> ContractReading:
    return read_contract(text.encode(), "dpa.txt")


def said(text: str) -> list[tuple[str, str]]:
    return [(key.name, key.said) for key in contract_keys(read(text))]


def key_of(text: str, name: str) -> ContractKey:
    return next(key for key in contract_keys(read(text)) if key.name == name)


def test_every_key_of_an_agreement() -> None:
    assert said(AGREEMENT) == [
        ("deadline", "24 hours"),
        ("promise", "hard: the number is a promise"),
        ("from", "when it becomes aware"),
        ("covers", "a breach, even if only suspected"),
        ("who", "the vendor → its customer"),
        ("for", "personal data breach"),
        ("channel", "by e-mail"),
        ("nature", "“nature”"),
        ("subject categories", "“categories and approximate number of data subjects”"),
        ("subjects count", "“number of data subjects”"),
        ("likely consequences", "“likely consequences”"),
        ("measures", "“measures taken”"),
        ("exclusion", "This clause shall not apply to security incidents caused by the Controller."),
        ("law", "IE"),
        ("mailbox", "dpo@acme.example"),
        ("version", "2.1"),
        ("dated", "3 March 2026"),
        ("prevails", "en"),
        ("authority", "telling authorities or data subjects: the vendor must not by itself"),
        ("gap", "contents lack the categories of data, the number of records, a contact point"),
        ("time", "“30 days”"),
    ]


def test_each_key_leads_to_its_words_in_the_file() -> None:
    placed = [key for key in contract_keys(read(AGREEMENT)) if key.span is not None]
    assert len(placed) == 20
    for key in placed:
        start, end = key.span or (0, 0)
        assert " ".join(AGREEMENT[start:end].split()) == key.matched, key.name


def test_a_key_in_full_says_place_words_confidence_and_why() -> None:
    assert list(laid_out(key_page(key_of(AGREEMENT, "deadline")))) == [
        "deadline: 24 hours",
        "  6.1 Personal data breaches: “within 24 hours of becoming aware”",
        "  confidence high",
        "  – the vendor tells its customer",
        "  – “24 hours” counts from: aware",
        "  – soft words: “without undue delay”: as fast as circumstances allow; lateness",
        "    must be justified (recital 87 GDPR)",
    ]


def test_nothing_found_is_said_plainly_and_what_was_weighed_beside_it() -> None:
    keys = contract_keys(read(NOTHING))
    assert verdict_words(read(NOTHING)) == "no breach clause: Art. 33(2) applies"
    assert keys[0] == ContractKey("The vendor tells its customer of a breach", "deadline", verdict_words(read(NOTHING)))
    assert [key.said for key in keys].count(verdict_words(read(NOTHING))) == 1
    (weighed,) = (key for key in keys if key.heading == NOT_TAKEN)
    assert (weighed.said, len(weighed.why)) == ("“72 hours”", 1)


def test_an_aim_is_no_promise() -> None:
    assert key_of(AIM, "deadline").said == "48 hours, as an aim only: no date"
    assert key_of(AIM, "promise").said == "best effort: the number is an aim"


def test_what_no_words_say_has_no_place() -> None:
    key = key_of(AIM, "law")
    assert (key.said, key.span) == ("not found", None)
    assert list(laid_out(key_page(key))) == ["law: not found", "  no words of the document say it"]


def test_a_hostile_file_does_not_make_a_list_without_an_end() -> None:
    keys = contract_keys(read(NOTHING * 3 * MOST))
    assert sum(key.heading == NOT_TAKEN for key in keys) == MOST
