"""What each fact of the Art. 33 file is and who asks for it: data that ships with the program."""

import tomllib
from functools import cache
from importlib.resources import files

from models.fact_hooks import FactHooks


@cache
def fact_hooks() -> FactHooks:
    """Return the facts as `playbooks/facts.toml` has them."""
    return FactHooks.model_validate(tomllib.loads(files("playbooks").joinpath("facts.toml").read_text("utf-8")))
