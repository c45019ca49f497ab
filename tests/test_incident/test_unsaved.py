import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident.errors import Failure
from incident.unsaved import Kept, Unsaved

AT = datetime(2026, 11, 21, 19, 14, tzinfo=UTC)
REF = "INC-2026-0003"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def unsaved(tmp_path: Path) -> Unsaved:
    return Unsaved(tmp_path / "incidents.db.unsaved")


def test_nothing_is_kept_before_anything_is_typed(unsaved: Unsaved) -> None:
    assert unsaved.kept("note", REF) is None
    assert not unsaved.folder.exists()


@given(typed=st.dictionaries(st.text(), JSON, max_size=4))
def test_what_was_typed_comes_back(tmp_path_factory: pytest.TempPathFactory, typed: dict[str, Any]) -> None:
    unsaved = Unsaved(tmp_path_factory.mktemp("unsaved"))
    unsaved.keep("note", REF, typed, AT)
    assert unsaved.kept("note", REF) == Kept(AT, typed)


def test_the_last_of_it_counts_and_leaves_one_file(unsaved: Unsaved) -> None:
    unsaved.keep("note", REF, {"text": "call"}, AT)
    unsaved.keep("note", REF, {"text": "called back"}, AT)
    kept = unsaved.kept("note", REF)
    assert kept is not None
    assert kept.typed == {"text": "called back"}
    assert [file.name for file in unsaved.folder.iterdir()] == ["INC-2026-0003-note.json"]


def test_forms_and_incidents_are_kept_apart(unsaved: Unsaved) -> None:
    places = [("note", REF), ("decide", REF), ("note", "INC-2026-0004"), ("take-a-call", None)]
    for form, incident in places:
        unsaved.keep(form, incident, {"of": f"{form} {incident}"}, AT)
    for form, incident in places:
        kept = unsaved.kept(form, incident)
        assert kept is not None
        assert kept.typed == {"of": f"{form} {incident}"}


def test_it_is_private(unsaved: Unsaved) -> None:
    before = os.umask(0)
    try:
        unsaved.keep("note", REF, {}, AT)
    finally:
        os.umask(before)
    (file,) = unsaved.folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert unsaved.folder.stat().st_mode & 0o777 == 0o700


def test_dropping_forgets_it_and_may_be_done_twice(unsaved: Unsaved) -> None:
    unsaved.keep("note", REF, {"text": "x"}, AT)
    unsaved.drop("note", REF)
    unsaved.drop("note", REF)
    assert unsaved.kept("note", REF) is None
    assert list(unsaved.folder.iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"at": "x", "typed": {}}', b'{"at": "2026-11-21T19:14:00Z"}'])
def test_a_damaged_file_is_set_aside_and_told(unsaved: Unsaved, damage: bytes) -> None:
    unsaved.keep("note", REF, {"text": "x"}, AT)
    (unsaved.folder / "INC-2026-0003-note.json").write_bytes(damage)
    with pytest.raises(Failure, match=r"INC-2026-0003-note\.damaged: what was typed is damaged; it is set aside"):
        unsaved.kept("note", REF)
    assert (unsaved.folder / "INC-2026-0003-note.damaged").read_bytes() == damage
    assert unsaved.kept("note", REF) is None


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(Failure, match="what you type cannot be kept there"):
        Unsaved(tmp_path / "taken").keep("note", REF, {"text": "x"}, AT)


def test_a_write_that_fails_leaves_what_was_kept(unsaved: Unsaved, monkeypatch: pytest.MonkeyPatch) -> None:
    unsaved.keep("note", REF, {"text": "call"}, AT)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(json, "dump", full)
        with pytest.raises(Failure, match="No space left on device"):
            unsaved.keep("note", REF, {"text": "called back"}, AT)
    kept = unsaved.kept("note", REF)
    assert kept is not None
    assert kept.typed == {"text": "call"}
    assert len(list(unsaved.folder.iterdir())) == 1


def test_no_name_leads_out_of_the_folder(unsaved: Unsaved) -> None:
    unsaved.keep("../x/y", "../../INC", {"text": "x"}, AT)
    assert [file.parent for file in unsaved.folder.parent.rglob("*.json")] == [unsaved.folder]
