"""The journal's bytes: canonical, hashed as documented, and every kind of tampering found."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.journal import (
    GENESIS,
    ChainFault,
    Entry,
    EntryKind,
    NewEntry,
    RecordedBy,
    StoredEntry,
    body_digest,
    canonical,
    chained,
    first_fault,
    header_bytes,
    header_digest,
    read_entry,
)
from tests.test_models.examples import utc

RECORDED = utc("2026-11-21T12:00Z").replace(microsecond=120)
SALT = b"\x11" * 16


def stored(count: int = 4) -> list[StoredEntry]:
    """Return a sound journal of some entries."""
    entries: list[StoredEntry] = []
    previous = GENESIS
    for sequence in range(1, count + 1):
        header = canonical({"id": f"e{sequence}"})
        body = canonical({"text": f"note {sequence}"})
        headed, bodied = header_digest(header), body_digest(SALT, body)
        previous = chained(previous, headed, bodied)
        entries.append(StoredEntry(sequence, header, headed, SALT, body, bodied, previous))
    return entries


def head(entries: list[StoredEntry]) -> tuple[int, bytes]:
    return len(entries), entries[-1].hash if entries else GENESIS


SOUND = stored()
HEAD = head(SOUND)


def with_hash(entry: StoredEntry, previous: bytes) -> StoredEntry:
    return entry._replace(hash=chained(previous, entry.header_digest, entry.body_digest))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None, "x y"]}, b'{"a":[true,null,"x y"],"b":1}'),
        ({"é": "…"}, b'{"\\u00e9":"\\u2026"}'),
        ("\x1b[31m\u202e", b'"\\u001b[31m\\u202e"'),
        ({"kind": EntryKind.DUTY_ADDED}, b'{"kind":"duty-added"}'),
        ({}, b"{}"),
    ],
)
def test_canonical_bytes(value: Any, expected: bytes) -> None:
    assert canonical(value) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_json_has_no_canonical_bytes(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"value": value})


def test_a_header_holds_all_that_is_said_of_an_entry() -> None:
    new = NewEntry("INC-2026-0001", EntryKind.NOTED, {"text": "x"})
    header = header_bytes(
        new,
        entry_id="e1",
        by=RecordedBy("anna"),
        recorded_at=RECORDED,
        stated_now=utc("2026-11-20T10:00+01:00"),
        nonce="ff",
    )
    assert header == (
        b'{"actor":"anna","id":"e1","incident":"INC-2026-0001","kind":"noted","nonce":"ff",'
        b'"recorded_at":"2026-11-21T12:00:00.000120+00:00","stated_now":"2026-11-20T09:00:00Z"}'
    )


def test_a_header_holds_the_role_that_a_server_gave() -> None:
    new, by = NewEntry(None, EntryKind.RULES, {}), RecordedBy("Zoé", "anna")
    header = header_bytes(new, entry_id="e1", by=by, recorded_at=RECORDED, stated_now=None, nonce="ff")
    assert header == (
        b'{"actor":"Zo\\u00e9","id":"e1","incident":null,"kind":"rules","nonce":"ff",'
        b'"recorded_at":"2026-11-21T12:00:00.000120+00:00","role":"anna","stated_now":null}'
    )
    entry = read_entry(1, header, b"{}")
    assert (entry.actor, entry.role, entry.recorded_by) == (*by, "Zoé (role anna)")


def test_an_entry_comes_back_from_its_bytes() -> None:
    new = NewEntry(None, EntryKind.RULES, {"settings": {}})
    header = header_bytes(new, entry_id="e1", by=RecordedBy("anna"), recorded_at=RECORDED, stated_now=None, nonce="ff")
    expected = Entry(7, "e1", None, EntryKind.RULES, "anna", RECORDED, None, {"settings": {}})
    assert read_entry(7, header, canonical(new.body)) == expected
    assert read_entry(7, header, None) == replace(expected, body=None)


def test_the_stated_now_comes_back_and_never_dates_the_entry() -> None:
    new = NewEntry("INC-2026-0001", EntryKind.NOTED, {})
    now = utc("2031-01-01T00:00Z")
    header = header_bytes(new, entry_id="e1", by=RecordedBy("anna"), recorded_at=RECORDED, stated_now=now, nonce="ff")
    entry = read_entry(1, header, b"{}")
    assert (entry.recorded_at, entry.stated_now) == (RECORDED, now)


def test_the_hashes_can_be_made_again_by_hand() -> None:
    header, body, previous = b'{"id":"e1"}', b'{"text":"x"}', b"\x22" * 32
    by_hand = sha256(previous + sha256(header).digest() + sha256(SALT + body).digest()).digest()
    assert chained(previous, header_digest(header), body_digest(SALT, body)) == by_hand
    assert bytes(32) == GENESIS


def test_the_chain_of_two_entries_by_hand() -> None:
    one, two = stored(2)
    first = sha256(bytes(32) + sha256(b'{"id":"e1"}').digest() + sha256(SALT + b'{"text":"note 1"}').digest()).digest()
    second = sha256(first + sha256(b'{"id":"e2"}').digest() + sha256(SALT + b'{"text":"note 2"}').digest()).digest()
    assert [one.hash, two.hash] == [first, second]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_a_sound_journal_has_no_fault(count: int) -> None:
    entries = stored(count)
    assert first_fault(entries, head(entries)) is None


def erased_by(header: dict[str, Any], body: dict[str, Any]) -> list[StoredEntry]:
    """Return a journal whose second entry, of the incident I1, has lost its body, and whose third is this."""
    said = [({"incident": "I1", "kind": "opened"}, {"n": 1}), ({"incident": "I1", "kind": "noted"}, {"n": 2})]
    entries: list[StoredEntry] = []
    for sequence, (head_of, body_of) in enumerate([*said, (header, body)], 1):
        headed, bodied = header_digest(canonical(head_of)), body_digest(SALT, canonical(body_of))
        last = chained(entries[-1].hash if entries else GENESIS, headed, bodied)
        entries.append(StoredEntry(sequence, canonical(head_of), headed, SALT, canonical(body_of), bodied, last))
    entries[1] = entries[1]._replace(salt=None, body=None)
    return entries


def test_a_body_erased_by_law_does_not_break_the_chain() -> None:
    entries = erased_by({"incident": "I1", "kind": "erased"}, {"entries": [2]})
    assert first_fault(entries, head(entries)) is None


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ({"incident": "I1", "kind": "noted"}, {"text": "nothing was erased"}),
        ({"incident": "I1", "kind": "noted", "actor": '"kind":"erased"'}, {"entries": [2]}),
        ({"incident": "I1", "kind": "erased"}, {"entries": [1]}),
        ({"incident": "I2", "kind": "erased"}, {"entries": [2]}),
    ],
)
def test_a_body_that_is_gone_without_its_erasure_is_found(header: dict[str, Any], body: dict[str, Any]) -> None:
    entries = erased_by(header, body)
    assert first_fault(entries, head(entries)) == ChainFault(
        2, "its body is gone, and no entry says that it was erased"
    )


def rehashed(entries: list[StoredEntry]) -> list[StoredEntry]:
    """Return the entries with every hash made anew, as somebody would who knows how."""
    result: list[StoredEntry] = []
    for entry in entries:
        result.append(with_hash(entry, result[-1].hash if result else GENESIS))
    return result


def forged(sequence: int) -> StoredEntry:
    return stored(sequence)[-1]._replace(header=b"{}", header_digest=header_digest(b"{}"))


TAMPERINGS: list[tuple[str, Callable[[], list[StoredEntry]], ChainFault]] = [
    (
        "a header changed",
        lambda: [SOUND[0], SOUND[1]._replace(header=b"{}"), *SOUND[2:]],
        ChainFault(2, "its header was changed"),
    ),
    (
        "a header changed with its digest",
        lambda: [SOUND[0], SOUND[1]._replace(header=b"{}", header_digest=header_digest(b"{}")), *SOUND[2:]],
        ChainFault(2, "its hash does not follow from the entry before it"),
    ),
    (
        "a body changed",
        lambda: [SOUND[0], SOUND[1]._replace(body=b"{}"), *SOUND[2:]],
        ChainFault(2, "its body was changed"),
    ),
    (
        "a salt changed",
        lambda: [SOUND[0], SOUND[1]._replace(salt=b"\x12" * 16), *SOUND[2:]],
        ChainFault(2, "its body was changed"),
    ),
    (
        "a salt taken away",
        lambda: [SOUND[0], SOUND[1]._replace(salt=None), *SOUND[2:]],
        ChainFault(2, "its body was changed"),
    ),
    (
        "a body changed with its digest",
        lambda: [SOUND[0], SOUND[1]._replace(body=b"{}", body_digest=body_digest(SALT, b"{}")), *SOUND[2:]],
        ChainFault(2, "its hash does not follow from the entry before it"),
    ),
    (
        "the digest of an erased body changed",
        lambda: [SOUND[0], SOUND[1]._replace(salt=None, body=None, body_digest=bytes(32)), *SOUND[2:]],
        ChainFault(2, "its hash does not follow from the entry before it"),
    ),
    (
        "an entry changed with its hash",
        lambda: [SOUND[0], with_hash(forged(2), SOUND[0].hash), *SOUND[2:]],
        ChainFault(3, "its hash does not follow from the entry before it"),
    ),
    (
        "the first removed",
        lambda: SOUND[1:],
        ChainFault(1, "is missing: entry 2 stands in its place"),
    ),
    (
        "one in the middle removed",
        lambda: [*SOUND[:1], *SOUND[2:]],
        ChainFault(2, "is missing: entry 3 stands in its place"),
    ),
    (
        "one removed and the rest numbered anew",
        lambda: [SOUND[0], SOUND[2]._replace(sequence=2), SOUND[3]._replace(sequence=3)],
        ChainFault(2, "its hash does not follow from the entry before it"),
    ),
    (
        "the tail cut off",
        lambda: SOUND[:2],
        ChainFault(3, "is missing: the journal should hold 4 entries"),
    ),
    (
        "everything removed",
        list,
        ChainFault(1, "is missing: the journal should hold 4 entries"),
    ),
    (
        "two swapped",
        lambda: [SOUND[0], SOUND[2], SOUND[1], SOUND[3]],
        ChainFault(2, "is missing: entry 3 stands in its place"),
    ),
    (
        "two swapped and numbered anew",
        lambda: [SOUND[0], SOUND[2]._replace(sequence=2), SOUND[1]._replace(sequence=3), SOUND[3]],
        ChainFault(2, "its hash does not follow from the entry before it"),
    ),
    (
        "one said twice",
        lambda: [SOUND[0], SOUND[0], *SOUND[1:]],
        ChainFault(2, "is missing: entry 1 stands in its place"),
    ),
    (
        "one added at the end, rightly chained",
        lambda: [*SOUND, stored(5)[-1]],
        ChainFault(5, "is one too many: the journal should hold 4 entries"),
    ),
    (
        "the last written anew, rightly chained",
        lambda: [*SOUND[:3], with_hash(forged(4), SOUND[2].hash)],
        ChainFault(4, "is not the recorded head of the journal"),
    ),
    (
        "all written anew from the second on, rightly chained",
        lambda: rehashed([SOUND[0], forged(2), *SOUND[2:]]),
        ChainFault(4, "is not the recorded head of the journal"),
    ),
]


@pytest.mark.parametrize(
    ("tampered", "fault"),
    [pytest.param(tampered, fault, id=name) for name, tampered, fault in TAMPERINGS],
)
def test_each_tampering_is_found_at_its_first_entry(
    tampered: Callable[[], list[StoredEntry]], fault: ChainFault
) -> None:
    assert first_fault(tampered(), HEAD) == fault


def test_a_head_that_was_changed_is_found() -> None:
    assert first_fault(SOUND, (4, bytes(32))) == ChainFault(4, "is not the recorded head of the journal")
    assert first_fault(SOUND, (3, SOUND[2].hash)) == ChainFault(4, "is one too many: the journal should hold 3 entries")


COLUMNS = ("header", "header_digest", "salt", "body", "body_digest", "hash")
indices = st.integers(0, len(SOUND) - 1)


@given(indices, st.sampled_from(COLUMNS), st.data())
def test_any_changed_byte_of_any_column_is_found(index: int, column: str, data: st.DataObject) -> None:
    content = bytearray(getattr(SOUND[index], column))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    changed: dict[str, Any] = {column: bytes(content)}
    tampered = [*SOUND]
    tampered[index] = SOUND[index]._replace(**changed)
    fault = first_fault(tampered, HEAD)
    assert fault is not None
    assert fault.sequence == index + 1


@given(st.lists(indices, max_size=6), st.booleans())
@example(order=[0, 1, 2, 3], renumbered=True)
def test_any_other_sequence_of_the_same_entries_is_found(order: list[int], renumbered: object) -> None:
    entries = [SOUND[index] for index in order]
    if renumbered:
        entries = [entry._replace(sequence=place) for place, entry in enumerate(entries, 1)]
    assert (first_fault(entries, HEAD) is None) == (order == [0, 1, 2, 3])


def rewritten(last_kept: int) -> tuple[list[StoredEntry], tuple[int, bytes]]:
    """Return the journal written anew behind an entry, rightly chained, with a head that fits."""
    entries = rehashed([*SOUND[:last_kept], forged(last_kept + 1), *SOUND[last_kept + 1 :]])
    return entries, head(entries)


class TestAgainstACheckpoint:
    def test_a_journal_that_only_grew_holds(self) -> None:
        assert first_fault(SOUND, HEAD, {0: GENESIS, 2: SOUND[1].hash, 4: SOUND[3].hash}) is None

    @pytest.mark.parametrize("last_kept", [0, 1, 2])
    def test_a_journal_written_anew_together_with_its_head_is_found(self, last_kept: int) -> None:
        entries, new_head = rewritten(last_kept)
        assert first_fault(entries, new_head) is None
        assert first_fault(entries, new_head, {3: SOUND[2].hash}) == ChainFault(
            1, "or one after it, up to 3, was written anew since the checkpoint"
        )

    def test_an_earlier_checkpoint_that_holds_narrows_it(self) -> None:
        entries, new_head = rewritten(2)
        assert first_fault(entries, new_head, {2: SOUND[1].hash, 4: SOUND[3].hash}) == ChainFault(
            3, "or one after it, up to 4, was written anew since the checkpoint"
        )

    def test_what_was_recorded_after_the_checkpoint_is_not_held_by_it(self) -> None:
        entries, new_head = rewritten(2)
        assert first_fault(entries, new_head, {2: SOUND[1].hash}) is None

    def test_a_tail_cut_off_together_with_the_head_is_found(self) -> None:
        assert first_fault(SOUND[:2], head(SOUND[:2])) is None
        assert first_fault(SOUND[:2], head(SOUND[:2]), {4: SOUND[3].hash}) == ChainFault(
            3, "is missing: the journal held 4 entries at the checkpoint"
        )

    def test_what_is_broken_before_the_checkpoint_is_named_itself(self) -> None:
        entries = [SOUND[0], SOUND[1]._replace(body=b"{}"), *SOUND[2:]]
        assert first_fault(entries, HEAD, {4: SOUND[3].hash}) == ChainFault(2, "its body was changed")


class TestAThousandEntries:
    """Each entry in turn is tampered with; what stands before it is sound, so each is looked for from it on."""

    JOURNAL = stored(1_000)

    @pytest.mark.parametrize("column", COLUMNS)
    def test_each_changed_in_each_column_is_found_there(self, column: str) -> None:
        for index, entry in enumerate(self.JOURNAL):
            first, *rest = getattr(entry, column)
            changed: dict[str, Any] = {column: bytes([first ^ 0xFF, *rest])}
            assert self.found([entry._replace(**changed), *self.JOURNAL[index + 1 : index + 2]], index) == index + 1

    def test_each_removed_is_found_there(self) -> None:
        for index in range(999):
            assert self.found(self.JOURNAL[index + 1 : index + 2], index) == index + 1
        assert first_fault(self.JOURNAL[:-1], head(self.JOURNAL)) == ChainFault(
            1000, "is missing: the journal should hold 1000 entries"
        )

    def test_each_swapped_with_the_next_and_numbered_anew_is_found_there(self) -> None:
        for index in range(999):
            one, two = self.JOURNAL[index : index + 2]
            assert self.found([two._replace(sequence=index + 1), one._replace(sequence=index + 2)], index) == index + 1

    def test_one_inserted_before_each_and_the_rest_numbered_anew_is_found_there(self) -> None:
        for index, entry in enumerate(self.JOURNAL):
            inserted = with_hash(forged(1)._replace(sequence=index + 1), self.before(index))
            assert self.found([inserted, entry._replace(sequence=index + 2)], index) == index + 2

    @classmethod
    def before(cls, index: int) -> bytes:
        return cls.JOURNAL[index - 1].hash if index else GENESIS

    @classmethod
    def found(cls, tampered: list[StoredEntry], index: int) -> int | None:
        """Return where the fault is found when the entries up to `index` are sound and these follow."""
        fault = first_fault(tampered, head(cls.JOURNAL), after=(index, cls.before(index)))
        return fault.sequence if fault else None
