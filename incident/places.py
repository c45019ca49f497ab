"""Where things lie on this machine: the store, the settings, the user's playbooks, the drafts."""

from dataclasses import dataclass
from pathlib import Path

from incident.errors import BadInput

APPLICATION = "breach-incident-tracker"


@dataclass(frozen=True, slots=True)
class Places:
    """The paths in use, whether or not they exist yet."""

    store: Path
    settings: Path
    playbooks: Path
    drafts: Path

    @property
    def attachments(self) -> Path:
        """The folder of the attachments' bytes, beside the store."""
        return self.store.with_name(f"{self.store.name}.attachments")


def places(store: str | None, settings: str | None) -> Places:
    """Return the paths in use: as named by the caller, else in the user's own folders.

    Raises:
        BadInput: the store is named by an address that this version cannot reach, or a path by an unknown user's home.
    """
    if store and "://" in store:
        raise BadInput("--store: a store on a server is not there yet; name a file")
    from platformdirs import user_config_path, user_data_path

    data, config = user_data_path(APPLICATION), user_config_path(APPLICATION)
    settings_file = _named(settings) if settings else config / "settings.toml"
    store_file = _named(store) if store else data / "incidents.db"
    return Places(
        store=store_file,
        settings=settings_file,
        playbooks=settings_file.parent / "playbooks",
        drafts=store_file.parent / "drafts",
    )


def _named(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise BadInput(f"{path}: whose home that is, is not known; write the path out") from None
