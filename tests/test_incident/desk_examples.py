"""What the tests of the desk share: a desk on a store in memory, under the playbooks that ship."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from incident.bring_into_force import bring_into_force
from incident.desk import Desk
from incident.in_force import InForce
from incident.staged import Staged
from incident.store.protocol import BoardQuery, BoardRow, Store
from incident.store.sqlite import memory_store
from models.record import read_record
from playbooks.texts import shipped_texts

NOW = datetime(2026, 10, 25, 12, tzinfo=UTC)
SETTINGS = 'zone = "Europe/Paris"\nauthority = "cnil"\n[dpo]\nemail = "dpo@bonsai.example"\n'


def new_desk(settings: str = SETTINGS, now: datetime = NOW) -> Desk:
    """Return a desk on an empty store in memory."""
    store = memory_store(actor="anna", stated_now=now, copy_of=None)
    return Desk(store, under(store, settings), now)


def under(store: Store, settings: str) -> InForce:
    """Bring settings into force beside the playbooks that ship."""
    return bring_into_force(store, Staged(Path("settings.toml"), settings, shipped_texts()))


def record(desk: Desk, **said: Any) -> dict[str, Any]:
    """Return a normalised import record; the title is given."""
    return read_record({"title": "Recordings", **said}, desk.in_force.organisation.time_zone)


def rows(store: Store) -> list[BoardRow]:
    """Return the whole board."""
    total, found = store.board(BoardQuery(NOW, limit=0))
    assert total == len(found)
    return found
