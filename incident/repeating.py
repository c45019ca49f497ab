"""Doing a use case again whose write was interrupted: nothing of it was recorded, so nothing is doubled."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from incident.errors import Interrupted

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

REPEATS = 2
"""How often a use case is done again; the store itself waits for a server that is away."""


def repeated(use_case: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Let a use case that writes once be done again when the connection was lost in the middle of its write."""

    @wraps(use_case)
    def done(*arguments: Arguments.args, **options: Arguments.kwargs) -> Result:
        for _ in range(REPEATS):
            try:
                return use_case(*arguments, **options)
            except Interrupted:
                continue
        return use_case(*arguments, **options)

    return done
