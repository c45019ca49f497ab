"""The keys at the foot of a screen: as many whole entries as there is room for."""

from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

ALWAYS = ("back", "help")
"""What stands there however narrow the screen is: the way back, and the way to every other key."""


class Keys(Footer):
    """A footer that never cuts an entry: what has no room is left to the help and the palette."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._laid_out: object = None

    def compose(self) -> ComposeResult:
        """Lay out the entries that have room, in the order of the table of actions."""
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        room = self.app.size.width - sum(_cells(key) for key in keys if _stays(key))
        for key in keys:
            if not _stays(key):
                room -= _cells(key)
            if room >= 0 or _stays(key):
                yield key

    async def recompose(self) -> None:
        """Lay the entries out again only where they are others, or have other room: each move between fields asks."""
        if not self.is_attached:
            return
        shown = [active[1:] for active in self.screen.active_bindings.values() if active.binding.show]
        wanted = (self._bindings_ready, self.app.size.width, shown)
        if wanted != self._laid_out:
            self._laid_out = wanted
            await super().recompose()

    def on_resize(self) -> None:
        """Lay the entries out for the new width."""
        self.call_after_refresh(self.recompose)


def _stays(key: FooterKey) -> bool:
    return key.action.removeprefix("app.") in ALWAYS


def _cells(key: FooterKey) -> int:
    return len(f" {key.key_display} {key.description} ")
