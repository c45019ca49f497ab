"""The glossary: the legal terms that notices use, per language, and words easily taken for others."""

import tomllib
from functools import cache
from importlib.resources import files

from models.organisation import Language
from models.sourced import File, Words


class FalseFriend(File):
    """A word that looks like another.

    Attributes:
        taken_for: what it is mistaken for.
    """

    word: Words
    language: Language
    means: Words
    taken_for: Words


class Glossary(File):
    """The legal terms per language.

    Attributes:
        terms: forms by neutral term and language; the first form is the one to write.
    """

    terms: dict[str, dict[Language, tuple[Words, ...]]]
    false_friends: tuple[FalseFriend, ...]


@cache
def glossary() -> Glossary:
    """Return the glossary that ships with the program."""
    text = files("playbooks").joinpath("glossary.toml").read_text("utf-8")
    return Glossary.model_validate(tomllib.loads(text))
