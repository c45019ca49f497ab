"""The scale by which vendors' playbooks are graded: data that ships with the program, ours and no law."""

import tomllib
from functools import cache
from importlib.resources import files

from models.readiness_scale import Scale


@cache
def scale() -> Scale:
    """Return the scale that ships with the program."""
    text = files("playbooks").joinpath("readiness.toml").read_text("utf-8")
    return Scale.model_validate(tomllib.loads(text))
