"""Starting the terminal interface."""

from screens.app import IncidentApp
from screens.surroundings import Surroundings


def run(surroundings: Surroundings) -> int:
    """Show the terminal interface until the responder leaves it; return the exit code."""
    app = IncidentApp(surroundings)
    app.run()
    return app.return_code or 0
