"""Where things lie on this machine."""

import os
from pathlib import Path

import pytest

from incident.errors import BadInput
from incident.places import Places, places


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
    assert found.drafts == found.store.parent / "drafts"


def test_a_tilde_is_the_users_home() -> None:
    home = Path(os.environ["HOME"])
    found = places("~/b.db", "~/ours.toml")
    assert (found.store, found.settings) == (home / "b.db", home / "ours.toml")


@pytest.mark.parametrize(("store", "settings"), [("~nobodyhere/b.db", None), (None, "~nobodyhere/s.toml")])
def test_a_home_that_nobody_has(store: str | None, settings: str | None) -> None:
    with pytest.raises(BadInput, match=r"~nobodyhere/.*: whose home that is, is not known; write the path out"):
        places(store, settings)


@pytest.mark.parametrize("address", ["postgresql://db.example/incidents", "https://db.example/"])
def test_a_server_is_not_there_yet_and_its_address_is_not_repeated(address: str) -> None:
    with pytest.raises(BadInput) as refused:
        places(address, None)
    assert refused.value.lines == ("--store: a store on a server is not there yet; name a file",)


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_name_is_none(nothing: str | None) -> None:
    assert places(nothing, nothing) == places(None, None)
