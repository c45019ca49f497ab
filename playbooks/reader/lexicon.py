"""The reader's words: one TOML file per language; how a phrase is written: see `phrases`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from playbooks.reader.phrases import Phrases

LANGUAGES = ("en", "fr", "it", "nl", "de", "es", "sv")
"""The languages that contracts are read in."""

PARTIES = (
    "none", "subprocessor", "authority", "subjects", "internal", "other_party", "either_party", "customer", "vendor",
)  # fmt: skip
"""The kinds of parties; `none` holds words that only look like one, `internal` a party's own people."""

ROLES = ("possessive", "recipient", "agent", "at", "subject")
"""What the word before a party can make of it."""

IDLE = frozenset({"occurrence", "nothing"})
"""The kinds of triggers from which no time of knowing runs: the incident itself, and words that only look like one."""

UNITS = ("business-hours", "working-days", "hours", "days", "weeks", "months")
"""The units a deadline is counted in, the longer names first."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of one language; the file's own comments say what each list is for."""

    language: str
    numbers: Mapping[str, int]
    units: Mapping[str, tuple[str, ...]]
    unfilled: tuple[str, ...]
    limits: Phrases
    limits_after: Phrases
    recurring: Phrases
    runs_from: Phrases
    next_day: Phrases
    on_request: Phrases
    soft: Phrases
    readings: Mapping[str, str]
    duties: Phrases
    participles: Phrases
    auxiliaries: Phrases
    reflexive: frozenset[str]
    negated: Phrases
    not_before: Phrases
    not_behind: Phrases
    optional: Phrases
    purpose: Phrases
    parties: Mapping[str, tuple[str, ...]]
    naming: tuple[str, ...]
    told_again: Phrases
    tells_again: Phrases
    chain: Phrases
    chain_party: Phrases
    subprocessors: Phrases
    agreement: Phrases
    distributive: tuple[str, ...]
    that: Phrases
    own_controller: Phrases
    processor_words: Phrases
    controller_words: Phrases
    capitalised: frozenset[str]
    events: Phrases
    breaches: Phrases
    general_stems: tuple[str, ...]
    personal: Phrases
    data_words: tuple[str, ...]
    impersonal: Phrases
    between_roles: frozenset[str]
    triggers: Phrases
    receipt: Phrases
    scope: Phrases
    unsuccessful: Phrases
    contents: Mapping[str, Phrases]
    introduced: Phrases
    channel: Phrases
    best_effort: Phrases
    full_report: Phrases
    joined: Phrases
    apart: Phrases
    clitics: frozenset[str]
    determiners: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]
    we: str
    we_endings: tuple[str, ...]
    verb_last: bool
    nouns_capitalised: bool
    openers: frozenset[str]
    of: tuple[str, ...]
    stems: tuple[str, ...]
    words: frozenset[str]
    document: Mapping[str, Phrases]
    law_stems: tuple[str, ...]
    country: Phrases
    prevailing: Phrases
    month_names: tuple[str, ...]
    pronouns: frozenset[str]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language, one of `LANGUAGES`."""
    return _lexicon(_loaded(language))


@lru_cache(maxsize=1)
def small_words() -> Mapping[str, frozenset[str]]:
    """Return the small words of each language, by which it is told."""
    return {language: frozenset(words) for language, words in _loaded("small_words").items()}


def _loaded(name: str) -> dict[str, Any]:
    return tomllib.loads(files("playbooks.reader").joinpath(f"lexicon/{name}.toml").read_text("utf-8"))


def _single_words(phrases: Iterable[str], data: Mapping[str, Any]) -> Iterable[str]:
    """Yield the whole words of some phrases, with those of triggers and units."""
    more = (*data["triggers"]["aware"], *data["time"]["hours"], *data["time"]["days"], *data["events"]["breach"])
    return (word for phrase in (*phrases, *more) for word in phrase.split() if word.isalpha() and len(word) > 1)


def _given(duty: Mapping[str, Any]) -> tuple[str, ...]:
    """Return `gives … notice` and the like."""
    return tuple(f"{verb} … {noun}" for verb in duty["giving"] for noun in duty["notices"])


def _contents(data: Mapping[str, Any]) -> dict[str, Phrases]:
    """Return the words for each thing a notice may have to hold; of kind `not` those that only look like them."""
    parts = data["parts"]
    sorted_, counted = (tuple(parts[key]) for key in ("categories", "numbers"))
    both = tuple(f"{sort} {join} .. {count}" for sort in sorted_ for join in parts["and"] for count in counted)
    both += tuple(f"{sort} {join} {count}" for sort in sorted_ for join in parts["and"] for count in counted)
    composed = {
        "subject_categories": _of((*sorted_, *both), parts["subjects"]),
        "subjects_count": _of(counted, parts["subjects"]),
        "data_categories": (*_of((*sorted_, *both), parts["records"]), *_of(sorted_, parts["data"])),
        "records_count": _of(counted, parts["records"]),
    }
    return {
        kind: Phrases({kind: (*phrases, *composed.get(kind, ())), "not": data.get(f"not_{kind}", ())})
        for kind, phrases in data.items()
        if kind not in {"introduced", "parts"} and not kind.startswith("not_")
    }


def _of(firsts: Iterable[str], seconds: Iterable[str]) -> tuple[str, ...]:
    """Return `categories .. data subjects` and the like."""
    return tuple(f"{first} .. {second}" for first in firsts for second in seconds)


def _lexicon(data: Mapping[str, Any]) -> Lexicon:
    time, duty, parties, document = data["time"], data["duty"], data["parties"], data["document"]
    other = {one["about"]: one["phrases"] for one in data["other"]}
    soft = {str(at): one["phrases"] for at, one in enumerate(data["soft"])}
    return Lexicon(
        language=data["language"],
        numbers=data["numbers"],
        units={unit: tuple(time[unit]) for unit in UNITS},
        unfilled=tuple(time["unfilled"]),
        limits=Phrases({"within": time["within"], "no": time["no_limit"]}),
        limits_after=Phrases({"within": time["at_the_latest"]}),
        recurring=Phrases({"recurring": time["recurring"]}),
        runs_from=Phrases({"from": time["runs_from"]}),
        next_day=Phrases({"next": time["next_day"]}),
        on_request=Phrases({"request": time["on_request"]}),
        soft=Phrases(soft),
        readings={str(at): one["reading"] for at, one in enumerate(data["soft"])},
        duties=Phrases(
            {
                "active": duty["verbs"],
                "participle": duty["participles"],
                "given": (*duty["noun_verbs"], *_given(duty)),
                "passive": duty["passive"],
                "noun": duty["nouns"],
            }
        ),
        participles=Phrases({"participle": duty["participles"]}),
        auxiliaries=Phrases({"passive": duty["auxiliaries"], "other": duty["other_auxiliaries"]}),
        negated=Phrases({"negated": duty["negated"]}),
        reflexive=frozenset(duty["reflexive"]),
        not_before=Phrases({"not": duty["not_before"]}),
        not_behind=Phrases({"not": duty["not_behind"]}),
        optional=Phrases({"optional": duty["optional"]}),
        purpose=Phrases({"purpose": duty["purpose"]}),
        parties={kind: tuple(parties[kind]) for kind in PARTIES},
        naming=tuple(parties["names"]),
        told_again=Phrases({"told": parties["told_again"]}),
        tells_again=Phrases({"tells": parties["tells_again"]}),
        chain=Phrases({"chain": parties["chain"]}),
        chain_party=Phrases({"sole": parties["chain_party"]}),
        subprocessors=Phrases({"any": parties["subprocessor"]}),
        agreement=Phrases({"agreement": parties["agreement"]}),
        distributive=tuple(parties["distributive"]),
        that=Phrases({"that": parties["that"]}),
        own_controller=Phrases({"own": parties["own_controller"]}),
        controller_words=Phrases({"controller": parties["controller_words"]}),
        processor_words=Phrases({"processor": parties["processor_words"]}),
        capitalised=frozenset(data["capitalised"]),
        events=Phrases({**{kind: data["events"][kind] for kind in ("breach", "described", "weak")}, **other}),
        breaches=Phrases({kind: data["events"][kind] for kind in ("breach", "described")}),
        general_stems=tuple(data["events"]["general_stems"]),
        data_words=tuple(data["events"]["data_words"]),
        personal=Phrases({"personal": data["events"]["personal"]}),
        between_roles=frozenset(data["events"]["between_roles"]),
        impersonal=Phrases({"impersonal": data["events"]["impersonal"]}),
        triggers=Phrases(
            {kind: data["triggers"][kind] for kind in data["triggers"] if kind not in {"receipt", "joined", "apart"}}
        ),
        receipt=Phrases({"receipt": data["triggers"]["receipt"]}),
        scope=Phrases({kind: data["scope"][kind] for kind in ("suspected", "potential", "nothing")}),
        unsuccessful=Phrases({"unsuccessful": data["scope"]["unsuccessful"]}),
        contents=_contents(data["contents"]),
        introduced=Phrases({"introduced": data["contents"]["introduced"]}),
        channel=Phrases({"channel": data["channel"]["phrases"]}),
        best_effort=Phrases(data["best_effort"]),
        full_report=Phrases({"full report": data["stage"]["full"]}),
        apart=Phrases({"apart": data["triggers"]["apart"]}),
        joined=Phrases({"joined": data["triggers"]["joined"]}),
        determiners=tuple(data["determiners"]),
        roles={role: tuple(parties[role]) for role in ROLES},
        we=data["we"],
        we_endings=tuple(data["we_endings"]),
        verb_last=data["verb_last"],
        nouns_capitalised=data["nouns_capitalised"],
        openers=frozenset(data["openers"]),
        of=tuple(parties["of"]),
        clitics=frozenset(data["clitics"]),
        stems=tuple(data["stems"]),
        words=frozenset(
            _single_words((*duty["verbs"], *time["within"], *parties["vendor"], *parties["customer"]), data)
        ),
        document={
            kind: Phrases({kind: document[kind]})
            for kind in ("law", "law_heading", "law_of_clauses", "dpo", "version", "dated", "prevails", "language_word")
        },
        law_stems=tuple(document["law_stems"]),
        country=Phrases(data["countries"]),
        prevailing=Phrases(document["languages"]),
        month_names=tuple(document["months"]),
        pronouns=frozenset(data["pronouns"]),
    )
