"""The desk's thread: one store, and for each task a desk under the time and the rules of that moment."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from incident.desk import Desk
from incident.errors import Failure
from incident.store.protocol import Store
from screens.desk_thread import DeskThread
from screens.surroundings import Surroundings, Warn
from tests.test_screens.conftest import NOW, Terminal, desk_on, new_store

Make = Callable[[Store, Warn], Desk]


def thread_of(given: Surroundings, make: Make, said: list[str]) -> DeskThread:
    return DeskThread(replace(given, desk_on=make), said.append)


def test_each_task_has_the_time_and_the_rules_of_its_moment(empty: Terminal) -> None:
    desks = iter(range(9))

    def make(store: Store, _warn: Warn) -> Desk:
        made = desk_on(store, NOW + timedelta(hours=next(desks)))
        return replace(made, in_force=replace(made.in_force, program=str(made.now.hour)))

    async def work() -> None:
        thread = thread_of(empty.app.surroundings, make, [])
        seen = [await thread.do(lambda desk: (desk.now, desk.in_force.program, id(desk.store))) for _ in range(2)]
        thread.close()
        (first, before, store), (second, after, same) = seen
        assert second - first == timedelta(hours=1)
        assert (before, after) == ("19", "20")
        assert store == same

    asyncio.run(work())


def test_the_store_is_opened_by_the_first_task_and_closed_at_the_end(
    empty: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []

    def open_store() -> Store:
        happened.append("opened")
        store = new_store(tmp_path / "test.db")
        close = store.close

        def close_and_say() -> None:
            close()
            happened.append("closed")

        monkeypatch.setattr(store, "close", close_and_say)
        return store

    async def work() -> None:
        thread = DeskThread(replace(empty.app.surroundings, open_store=open_store), pytest.fail)
        assert happened == []
        for _ in range(3):
            await thread.do(lambda desk: desk.store.references())
        assert happened == ["opened"]
        thread.close()
        assert happened == ["opened", "closed"]

    asyncio.run(work())


def test_a_failure_to_open_is_the_tasks_own_and_the_next_one_tries_again(empty: Terminal) -> None:
    given = empty.app.surroundings
    trouble = [Failure("the disk is full")]

    def open_store() -> Store:
        if trouble:
            raise trouble.pop()
        return given.open_store()

    async def work() -> None:
        thread = DeskThread(replace(given, open_store=open_store), pytest.fail)
        with pytest.raises(Failure, match="the disk is full"):
            await thread.do(lambda desk: desk.now)
        assert await thread.do(lambda desk: desk.now) == NOW
        thread.close()

    asyncio.run(work())


def test_a_warning_is_said_once_until_it_is_over(empty: Terminal) -> None:
    said: list[str] = []
    faults = iter(["a fault", "a fault", None, "a fault"])

    def make(store: Store, warn: Warn) -> Desk:
        fault = next(faults)
        if fault:
            warn(fault)
        return desk_on(store, NOW)

    async def work() -> None:
        thread = thread_of(empty.app.surroundings, make, said)
        counts = []
        for _ in range(4):
            await thread.do(lambda desk: desk.now)
            counts.append(len(said))
        thread.close()
        assert counts == [1, 1, 1, 2]

    asyncio.run(work())


def test_a_warning_is_shown_and_stops_nobody(rich: Terminal) -> None:
    def make(store: Store, warn: Warn) -> Desk:
        warn("changed settings or playbooks are not used: [/x]")
        return desk_on(store, NOW)

    rich.app.desk = thread_of(replace(rich.app.surroundings), make, [])
    rich.app.desk._warn = rich.app._warn

    async def responder(terminal: Terminal) -> None:
        await terminal.open("INC-2026-0003")
        assert "are not used: [/x]" in terminal.text
        assert "Mailbox token" in terminal.text

    rich.run(responder)
