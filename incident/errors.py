"""What can go wrong, in lines for a person and an exit code for a script (see the README)."""


class Failure(Exception):
    """Something could not be done: exit code 1. Each argument is one line: what, where, and what to do."""

    exit_code = 1

    @property
    def lines(self) -> tuple[str, ...]:
        """What went wrong, one line each."""
        return tuple(str(line) for line in self.args)

    def __str__(self) -> str:
        return "; ".join(self.lines)


class BadInput(Failure):
    """Wrong usage or bad input: exit code 2."""

    exit_code = 2


class Interrupted(Failure):
    """The connection to a server was lost in the middle of a write: nothing of it was recorded; it may be repeated."""
