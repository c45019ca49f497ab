"""How a server is reached: what an address leaves open, and what it says where it is wrong."""

import sys

import pytest

from incident.errors import BadInput, Failure
from incident.store.address import ServerAddress
from incident.store.opening import open_store
from tests.test_incident.postgres_server import needed


def parameters(address: str) -> dict[str, str]:
    needed()
    from incident.store.postgres.connecting import _parameters

    return _parameters(ServerAddress(address))


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgresql://db.example/x", "verify-full"),
        ("postgresql://192.0.2.7/x", "verify-full"),
        ("postgresql://localhost,db.example/x", "verify-full"),
        ("postgresql:///x?hostaddr=192.0.2.7", "verify-full"),
        ("postgresql://db.example/x?sslmode=require", "require"),
        ("postgresql://localhost/x", None),
        ("postgresql://127.0.0.1:5433,[::1]/x", None),
        ("postgresql:///x?host=/run/postgresql", None),
        ("postgresql:///x", None),
    ],
)
def test_a_host_elsewhere_has_to_prove_who_it_is(address: str, mode: str | None) -> None:
    assert parameters(address).get("sslmode") == mode


def test_so_has_one_that_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example")
    assert parameters("postgresql:///x")["sslmode"] == "verify-full"
    assert "sslmode" not in parameters("postgresql://localhost/x")


def test_only_a_server_that_can_be_written_to_is_taken_unless_the_address_says_otherwise() -> None:
    assert parameters("postgresql://a,b/x")["target_session_attrs"] == "read-write"
    assert parameters("postgresql://a/x?target_session_attrs=any&connect_timeout=1")["target_session_attrs"] == "any"
    assert parameters("postgresql://a/x?connect_timeout=1")["connect_timeout"] == "1"


@pytest.mark.parametrize("address", ["postgresql://anna:secret@a/x?nonsense=1", "postgresql://anna:sec%zzret@a/x"])
def test_an_address_that_cannot_be_read_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(BadInput) as refused:
        parameters(address)
    assert refused.value.lines[0].startswith("--store: postgresql://anna:***@a/x")
    assert refused.value.lines[0].endswith(" is no address of a database")
    assert refused.value.__suppress_context__


def test_without_psycopg_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("incident.store.postgres")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Failure, match=r"needs psycopg; install it: pip install 'breach-incident-tracker\[postgres\]'$"):
        open_store(ServerAddress("postgresql:///x"), actor="anna", stated_now=None)
