"""`python -m incident`, and the entry of the console script."""

import os
import sys

if __name__ == "__main__":
    # `-m` puts the current folder first: a models.py lying there must not be taken for ours.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120


def main() -> None:
    """Run the command line; what standard output cannot encode is shown as an escape."""
    from io import TextIOWrapper

    from incident.cli import run

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    run()


if __name__ == "__main__":
    main()
