"""The Art. 33 file: what is missing first, who was asked, what is known by heading."""

from datetime import timedelta

from incident.art33_file import GROUPS, art33_file
from models.dossier import FACTS
from models.vocabulary import Certainty
from tests.test_incident.desk_examples import NOW, new_desk, record


def test_every_fact_stands_under_one_heading() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(FACTS)


def test_what_is_missing_comes_first_and_is_not_told_twice() -> None:
    desk = new_desk()
    facts = {"breach_types": ["confidentiality"], "records_count": {"unknown": True}, "subjects_count": {"min": 5}}
    one = desk.open(record(desk, facts=facts, moments={"aware": "2026-10-24T07:00:00Z", "occurred_from": "2026-10-20"}))
    file = art33_file(desk.look(one))
    assert (file.recipient, file.answered, file.required) == ("CNIL", 3, 9)
    standing = {line.name: line.certainty for line in file.missing}
    assert standing["records_count"] is Certainty.UNKNOWN
    assert standing["description"] is None
    assert [(title, [(line.label, line.text) for line in lines]) for title, lines in file.known] == [
        ("dates", [("began", "2026-10-20"), ("aware", "Sat 24 Oct 09:00 CEST")]),
        ("the breach", [("Nature of the breach", "loss of confidentiality")]),
        ("people", [("Number of data subjects", "at least 5")]),
        ("contacts and others", [("Contact point", "dpo@bonsai.example")]),
    ]


def test_who_was_asked_last_for_what() -> None:
    desk = new_desk()
    one = desk.open(record(desk))
    what = ["description", "breach_types", "consequences"]
    desk.note(one, "What happened?", NOW - timedelta(hours=2), "Kavkom", None, what)
    desk.note(one, "And again", NOW - timedelta(hours=1), "Deskhero", None, ["description"])
    desk.note(one, "Before both", NOW - timedelta(hours=3), "Konverso", None, ["description"])
    desk.note(one, "Talked of the records_count and the description", NOW, "Nimbus", None)
    file = art33_file(desk.look(one))
    assert [note.party for note in file.asked] == ["Nimbus", "Deskhero", "Kavkom", "Konverso"]
    asked = {line.name: line.asked.party for line in file.missing if line.asked}
    assert asked == {"description": "Deskhero", "breach_types": "Kavkom", "likely_consequences|consequences": "Kavkom"}


def test_who_was_asked_stands_beside_what_is_known_too() -> None:
    desk = new_desk()
    one = desk.open(record(desk, facts={"countries": ["FR"]}))
    desk.note(one, "Only France?", NOW, "Kavkom", None, ["countries"])
    known = [line for _, lines in art33_file(desk.look(one)).known for line in lines]
    assert [(line.name, line.asked.party) for line in known if line.asked] == [("countries", "Kavkom")]
