"""What can go wrong, as one line for a person and an exit code for a script (see the README)."""


class Failure(Exception):
    """Something could not be done. The message is one line: what, where, and what to do. Exit code 1."""

    exit_code = 1


class BadInput(Failure):
    """Wrong usage or bad input. Exit code 2."""

    exit_code = 2
