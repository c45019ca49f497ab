"""Where things lie: the store, on this machine or on a server; the settings, the user's playbooks, the drafts."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from incident.errors import BadInput
from incident.store.address import SCHEMES, Address, ServerAddress

APPLICATION = "breach-incident-tracker"


@dataclass(frozen=True, slots=True)
class Places:
    """The places in use, whether or not they exist yet."""

    store: Address
    settings: Path
    playbooks: Path
    drafts: Path

    @property
    def attachments(self) -> Path:
        """The folder of the attachments' bytes: beside the store's file; of a server's, in the user's data folder."""
        return attachments_beside(self._beside)

    @property
    def unsaved(self) -> Path:
        """The folder for what was typed into forms and not saved, in the same place."""
        return self._beside.with_name(f"{self._beside.name}.unsaved")

    @property
    def store_file(self) -> Path:
        """The store's file.

        Raises:
            BadInput: the store is on a server.
        """
        if isinstance(self.store, Path):
            return self.store
        raise BadInput(f"{self.store}: is on a server, and this is for a file; incident move carries a record to one")

    @property
    def _beside(self) -> Path:
        """What other things lie beside: the store's file, or what would be it in the user's data folder."""
        if isinstance(self.store, Path):
            return self.store
        return self.drafts.with_name(quote(self.store.name, safe="@,:"))


def attachments_beside(store: Path) -> Path:
    """Return the folder of the attachments of a store, or of a copy of one."""
    return store.with_name(f"{store.name}.attachments")


def places(store: str | None, settings: str | None) -> Places:
    """Return the places in use: as named by the caller, else in the user's own folders.

    What belongs beside a store on a server lies in the user's data folder.

    Raises:
        BadInput: the store is named by an address of no known kind, or a path by an unknown user's home.
    """
    from platformdirs import user_config_path, user_data_path

    data, config = user_data_path(APPLICATION), user_config_path(APPLICATION)
    settings_file = _named(settings) if settings else config / "settings.toml"
    address = _address(store) if store else data / "incidents.db"
    return Places(
        store=address,
        settings=settings_file,
        playbooks=settings_file.parent / "playbooks",
        drafts=(address.parent if isinstance(address, Path) else data) / "drafts",
    )


def _address(store: str) -> Address:
    if "://" not in store:
        return _named(store)
    if not store.startswith(SCHEMES):
        raise BadInput(f"--store: a store on a server is named {SCHEMES[0]}…; else name a file")
    return ServerAddress(store)


def _named(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise BadInput(f"{path}: whose home that is, is not known; write the path out") from None
