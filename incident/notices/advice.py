"""What the people concerned can do, derived from the data that were affected.

It lies in `playbooks/notices/advice.toml`, where a lawyer can correct it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from incident.errors import BadInput
from incident.notices.notice import Item, Reference
from incident.notices.sources import NOTICES, notice_text
from models.advice import Advice, AdviceFile
from models.dossier import RecordedFact
from models.refusals import problems
from models.vocabulary import Certainty, Confidence

FILE = "advice.toml"


def advice_for(
    facts: Mapping[str, RecordedFact], language: str, folder: Path | None, *, simple: bool
) -> tuple[tuple[Item, Reference], ...]:
    """Return the advice that certain facts call for, each with what it rests on.

    Args:
        simple: in the words for minors.

    Raises:
        BadInput: the file does not fit, or lacks the words of the language.
    """
    found = _read(notice_text(FILE, folder) or "")
    return tuple(
        (Item(f"advice.{one.values[0]}", "", words, Certainty.KNOWN, value=words), _reference(found, one))
        for one, words in _chosen(found, facts, language, simple=simple)
    )


def _chosen(
    file: AdviceFile, facts: Mapping[str, RecordedFact], language: str, *, simple: bool
) -> Iterator[tuple[Advice, str]]:
    for at, one in enumerate(file.advice):
        fact = facts.get(one.about)
        if fact is None or not fact.value or set(one.values).isdisjoint(fact.value):
            continue
        said, key = (one.minors, "minors") if simple else (one.words, "words")
        if language not in said:
            raise BadInput(f"{NOTICES}/{FILE}: advice.{at}.{key}.{language}: has no words; add them")
        yield one, said[language]


def _reference(file: AdviceFile, one: Advice) -> Reference:
    source = one.source
    return Reference(file.document(source.document).title, source.place, source.confidence is Confidence.CHECKED)


@lru_cache(maxsize=4)
def _read(text: str) -> AdviceFile:
    try:
        return AdviceFile.model_validate(tomllib.loads(text))
    except ValidationError as error:
        lines = (f"{NOTICES}/{FILE}: {key}: {reason}" for key, reason in problems(error, frozenset()))
        raise BadInput(*lines) from None
    except ValueError as error:
        raise BadInput(f"{NOTICES}/{FILE}: is not TOML: {error}") from None
