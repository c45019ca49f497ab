"""Where things lie on this machine."""

import os
from pathlib import Path

import pytest

from incident.errors import BadInput
from incident.places import Places, places
from incident.store.address import ServerAddress


def test_in_the_users_own_folders() -> None:
    data = Path(os.environ["XDG_DATA_HOME"], "breach-incident-tracker")
    config = Path(os.environ["XDG_CONFIG_HOME"], "breach-incident-tracker")
    assert places(None, None) == Places(
        store=data / "incidents.db",
        settings=config / "settings.toml",
        playbooks=config / "playbooks",
        drafts=data / "drafts",
    )


def test_as_the_caller_names_them_and_the_playbooks_beside_the_settings() -> None:
    found = places("a/b.db", "c/ours.toml")
    assert (found.store, found.settings, found.playbooks) == (
        Path("a/b.db"),
        Path("c/ours.toml"),
        Path("c/playbooks"),
    )
    assert found.drafts == Path("a/drafts")
    assert (found.unsaved, found.attachments) == (Path("a/b.db.unsaved"), Path("a/b.db.attachments"))


def test_a_tilde_is_the_users_home() -> None:
    home = Path(os.environ["HOME"])
    found = places("~/b.db", "~/ours.toml")
    assert (found.store, found.settings) == (home / "b.db", home / "ours.toml")


@pytest.mark.parametrize(("store", "settings"), [("~nobodyhere/b.db", None), (None, "~nobodyhere/s.toml")])
def test_a_home_that_nobody_has(store: str | None, settings: str | None) -> None:
    with pytest.raises(BadInput, match=r"~nobodyhere/.*: whose home that is, is not known; write the path out"):
        places(store, settings)


def test_what_belongs_beside_a_store_on_a_server_lies_in_the_users_data_folder() -> None:
    found = places("postgresql://anna:secret@db.example/incidents", None)
    assert found.store == ServerAddress("postgresql://anna:secret@db.example/incidents")
    data = places(None, None).drafts.parent
    assert found.drafts == data / "drafts"
    assert found.unsaved == data / "incidents@db.example.unsaved"
    assert found.attachments == data / "incidents@db.example.attachments"


def test_another_kind_of_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadInput) as refused:
        places("https://anna:secret@db.example/", None)
    assert refused.value.lines == ("--store: a store on a server is named postgresql://…; else name a file",)


@pytest.mark.parametrize(
    ("address", "shown", "name"),
    [
        ("postgresql://db.example/incidents", "postgresql://db.example/incidents", "incidents@db.example"),
        ("postgres://anna@db:5433/x", "postgres://anna@db:5433/x", "x@db:5433"),
        ("postgresql://anna:s3cret@db/x", "postgresql://anna:***@db/x", "x@db"),
        ("postgresql://anna:p/w?@q@a,b:5433/x", "postgresql://anna:***@a,b:5433/x", "x@a,b:5433"),
        ("postgresql://[::1]:5433/x?user=a@b", "postgresql://[::1]:5433/x?user=a@b", "x@[::1]:5433"),
        ("postgresql:///x?host=/run&password=s", "postgresql:///x?host=/run&password=***", "x"),
        ("postgresql://db/x?sslpassword=s&user=u", "postgresql://db/x?sslpassword=***&user=u", "x@db"),
    ],
)
def test_a_password_is_never_shown(address: str, shown: str, name: str) -> None:
    server = ServerAddress(address)
    assert (str(server), server.name) == (shown, name)
    assert repr(server) == "ServerAddress()"


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_name_is_none(nothing: str | None) -> None:
    assert places(nothing, nothing) == places(None, None)
