"""Where things lie on this machine: the store, the settings, the user's playbooks, the drafts."""

from dataclasses import dataclass
from pathlib import Path

APPLICATION = "breach-incident-tracker"


@dataclass(frozen=True, slots=True)
class Places:
    """The paths in use, whether or not they exist yet."""

    store: Path
    settings: Path
    playbooks: Path
    drafts: Path


def places(store: str | None, settings: str | None) -> Places:
    """Return the paths in use: as named by the caller, else in the user's own folders."""
    from platformdirs import user_config_path, user_data_path

    data, config = user_data_path(APPLICATION), user_config_path(APPLICATION)
    settings_file = Path(settings).expanduser() if settings else config / "settings.toml"
    return Places(
        store=Path(store).expanduser() if store else data / "incidents.db",
        settings=settings_file,
        playbooks=settings_file.parent / "playbooks",
        drafts=data / "drafts",
    )
