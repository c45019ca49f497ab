"""What an entry of the journal records, in a line of words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from incident.board_page import RISK_WORDS
from models.exemptions import Relied
from models.fact_names import read_fact_name
from models.journal import Entry, EntryKind
from models.moments import Moment, moment_from_json, when_words
from models.periods import instant_words
from models.values import value_words

Body = Mapping[str, Any]


def entry_words(entry: Entry, zone: ZoneInfo) -> str:
    """Say what an entry records; instants in `zone` and UTC. What was erased by law is said to be."""
    if entry.body is None:
        return "erased"
    said = _SAID.get(entry.kind, _plain)
    return "; ".join(part for part in said(entry.body, zone) if part)


def _opened(body: Body, zone: ZoneInfo) -> Iterator[str]:
    record = dict(body["record"])
    opened = f"opened from {body['source']}" if body.get("source") else "opened"
    yield f"{opened}: {record.pop('title')}"
    yield from _changes(record, zone)


def _imported(body: Body, zone: ZoneInfo) -> Iterator[str]:
    yield str(body.get("source", "import"))
    yield from _changes(body["changes"], zone)


def _recorded(body: Body, zone: ZoneInfo) -> Iterator[str]:
    yield from _changes(body["changes"], zone)
    yield from (f"{_whose(*read_fact_name(name))}: {body.get('certainty')}" for name in body.get("without_value", ()))
    yield f"because {body['why']}" if body.get("why") else ""
    yield f"correcting: {body['correcting']}" if body.get("correcting") else ""
    yield f"source: {body['source']}" if body.get("source") else ""


def _noted(body: Body, zone: ZoneInfo) -> Iterator[str]:
    with_whom = " by ".join(str(body[key]) for key in ("party", "channel") if body.get(key))
    yield f"{with_whom}: {body['text']}" if with_whom else str(body["text"])
    yield f"asks for {', '.join(map(_name, body['about']))}" if body.get("about") else ""
    yield f"at {instant_words(datetime.fromisoformat(body['at']), zone)}"


def _decided(body: Body, _zone: ZoneInfo) -> Iterator[str]:
    if "breach" in body:
        outcome = body.get("risk") if body["breach"] else "not-a-breach"
        yield f"{RISK_WORDS[outcome]}, decided by {body['by']}"
    if body.get("art_34_3"):
        yield f"data subjects not told one by one: {Relied.read(body['art_34_3']).words}, decided by {body['by']}"
    yield f"because {body['because']}" if body.get("because") else ""
    yield f"the DPO's advice: {body['dpo_advice']}" if body.get("dpo_advice") else ""


def _notified(body: Body, zone: ZoneInfo) -> Iterator[str]:
    complete = "" if body.get("complete", True) else ", not complete"
    when = instant_words(datetime.fromisoformat(body["at"]), zone)
    yield f"{body['duty']}: {body.get('status', 'made')}{complete} {when}"
    yield from (f"{key} {body[key]}" for key in ("channel", "to", "reference", "because", "evidence") if body.get(key))


def _drafted(body: Body, _zone: ZoneInfo) -> Iterator[str]:
    yield f"{body['kind']} draft {body['file']}"


def _attached(body: Body, _zone: ZoneInfo) -> Iterator[str]:
    yield f"attached {body['name']} ({body['size']} bytes)"
    yield str(body.get("about", ""))
    yield f"SHA-256 {body['sha256']}"


def _linked(body: Body, _zone: ZoneInfo) -> Iterator[str]:
    yield f"linked with {body['other']}"


def _plain(body: Body, _zone: ZoneInfo) -> Iterator[str]:
    yield from (f"{_name(key)}: {value_words(value)}" for key, value in body.items() if value not in (None, [], ""))


def _changes(record: Body, zone: ZoneInfo) -> Iterator[str]:
    for key, value in record.items():
        if key == "moments":
            for name, stated in value.items():
                yield from (f"{_name(name)} {said}" for said in _moment(stated, zone))
        elif key == "facts":
            yield from (f"{_name(name)}: {value_words(one)}" for name, one in value.items())
        elif key == "customers":
            yield from _customers(value)
        elif key not in {"ref", "source"} and value not in ([], {}):
            yield f"{_name(key)}: {value_words(value)}"


def _customers(customers: Sequence[Body]) -> Iterator[str]:
    about = [one for one in customers if not one.keys() <= {"id", "facts"}]
    yield f"customers: {value_words(about)}" if about else ""
    for one in customers:
        facts = one.get("facts", {}).items()
        yield from (f"{_whose(fact, one['id'])}: {value_words(value)}" for fact, value in facts)


def _moment(stated: Any, zone: ZoneInfo) -> Iterator[str]:
    for one in stated if isinstance(stated, list) else [stated]:
        moment: Moment = moment_from_json(one, zone)
        why = f" ({one['why']})" if isinstance(one, Mapping) and one.get("why") else ""
        yield when_words(moment, partial(instant_words, zone=zone)) + why


def _whose(fact: str, customer: str | None) -> str:
    return f"{_name(fact)} of {customer}" if customer else _name(fact)


def _name(key: str) -> str:
    return key.replace("_", " ")


def _erased(body: Body, _zone: ZoneInfo) -> Iterator[str]:
    yield f"erased what {len(body['entries'])} entries held, because {body['because']}"


_SAID = {
    EntryKind.ERASED: _erased,
    EntryKind.OPENED: _opened,
    EntryKind.IMPORTED: _imported,
    EntryKind.RECORDED: _recorded,
    EntryKind.NOTED: _noted,
    EntryKind.DECIDED: _decided,
    EntryKind.NOTIFIED: _notified,
    EntryKind.DRAFTED: _drafted,
    EntryKind.ATTACHED: _attached,
    EntryKind.LINKED: _linked,
}
