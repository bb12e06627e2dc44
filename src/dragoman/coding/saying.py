"""The words of saying: which verbs and nouns bring a statement, and of what kind."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast, get_args

from dragoman.errors import DataError
from dragoman.records import StatementKind

_TAKES = frozenset(
    ("clause", "quote", "infinitive", "gerund", "object", "whole", "small", "prepositions", "clear")
)
# A verb that is written with one of these after it needs a phrase with that preposition.
_PREPOSITIONS = frozenset(("for", "on", "upon", "to", "with", "of", "about"))


@dataclass(frozen=True, slots=True)
class SayingVerb:
    """One way in which a verb says something; see saying.toml."""

    kind: StatementKind
    takes: frozenset[str]
    prepositions: frozenset[str]
    to: frozenset[str]
    weak: bool
    needs: str = ""  # the preposition that must be there


@dataclass(frozen=True, slots=True)
class Saying:
    """All of saying.toml, indexed by lemma."""

    verbs: Mapping[str, tuple[SayingVerb, ...]]
    nouns: Mapping[str, StatementKind]
    adjectives: Mapping[str, StatementKind]
    aims: Mapping[str, str | None]
    views: frozenset[str]
    hedging_adverbs: frozenset[str]
    hedging_passives: frozenset[str]
    hedging_adjectives: frozenset[str]
    hostile: frozenset[str]
    ready: frozenset[str]
    condemning: frozenset[str]
    must: frozenset[str]
    mute: frozenset[str]
    people: frozenset[str]
    documents: frozenset[str]
    labels: frozenset[str]
    giving: frozenset[str]
    proceeding: frozenset[str]
    denying: frozenset[str]
    accusing: frozenset[str]
    harmless: frozenset[str]
    wrongs: frozenset[str]
    wrong_uses: frozenset[str]
    wrong_on: frozenset[str]
    wrong_names: frozenset[str]
    trying: frozenset[str]
    evils: frozenset[str]
    suffered: frozenset[str]
    owed: frozenset[str]
    spurious: frozenset[str]
    charges: frozenset[str]
    idle: frozenset[str]


@lru_cache(maxsize=1)
def load_saying() -> Saying:
    """The shipped list, read once."""
    source = files("dragoman.coding").joinpath("saying.toml")
    return parse_saying(tomllib.loads(source.read_text(encoding="utf-8")))


def parse_saying(data: Mapping[str, Any]) -> Saying:
    """The list from its TOML; DataError names the block that is wrong."""
    verbs: dict[str, list[SayingVerb]] = {}
    for block in data["verbs"]:
        for written in block["lemmas"].split():
            lemma, verb = _verb(written, block)
            verbs.setdefault(lemma, []).append(verb)
    words = _word_set
    aims = data["aims"]
    return Saying(
        verbs={lemma: tuple(found) for lemma, found in verbs.items()},
        nouns={n: _kind(k) for k, nouns in data["nouns"].items() for n in nouns.split()},
        adjectives={a: _kind(k) for k, found in data["adjectives"].items() for a in found.split()},
        aims={n: aims["adjectives"].get(n) for n in aims["nouns"].split()},
        views=words(data["views"]["nouns"]),
        hedging_adverbs=words(data["hedges"]["adverbs"]),
        hedging_passives=words(data["hedges"]["passives"]),
        hedging_adjectives=words(data["hedges"]["adjectives"]),
        hostile=words(data["content"]["hostile"]),
        ready=words(data["content"]["ready"]),
        condemning=words(data["content"]["condemning"]),
        must=words(data["content"]["must"]),
        mute=words(data["mute"]["nouns"]),
        people=words(data["people"]["nouns"]),
        documents=words(data["documents"]["nouns"]),
        labels=words(data["labels"]["nouns"]),
        giving=words(data["giving"]["verbs"]),
        proceeding=words(data["proceeding"]["verbs"]),
        denying=words(data["verdicts"]["denial"]),
        accusing=words(data["verdicts"]["accusation"]),
        harmless=words(data["verdicts"]["harmless"]),
        idle=words(data["verdicts"]["idle"]),
        wrongs=words(data["verdicts"]["wrongs"]),
        wrong_uses=words(data["verdicts"]["uses"]),
        wrong_on=words(data["verdicts"]["on"]),
        wrong_names=words(data["verdicts"]["names"]),
        trying=words(data["verdicts"]["trying"]),
        evils=words(data["verdicts"]["evils"]),
        suffered=words(data["verdicts"]["suffered"]),
        owed=words(data["verdicts"]["owed"]),
        spurious=words(data["verdicts"]["spurious"]),
        charges=words(data["verdicts"]["charges"]),
    )


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _kind(name: str) -> StatementKind:
    if name not in get_args(StatementKind):
        known = ", ".join(get_args(StatementKind))
        raise DataError(f"saying.toml: “{name}” is no kind of statement. Known kinds: {known}.")
    return cast(StatementKind, name)


def _verb(written: str, block: Mapping[str, Any]) -> tuple[str, SayingVerb]:
    """The key in the index, and the verb: `point_out` keeps its particle, `call_for` its need."""
    lemma, _, more = written.partition("_")
    takes = _word_set(block["takes"])
    if takes - _TAKES:
        unknown = ", ".join(sorted(takes - _TAKES))
        raise DataError(f"saying.toml: “{written}” takes “{unknown}”, which is not known.")
    needs = more if more in _PREPOSITIONS and "prepositions" in block else ""
    particle = more if more and not needs else ""
    verb = SayingVerb(
        kind=_kind(block["kind"]),
        takes=takes,
        prepositions=_word_set(block.get("prepositions", "")),
        to=_word_set(block.get("to", "")),
        weak=block.get("level", 1) == 2,
        needs=needs,
    )
    return (f"{lemma}_{particle}" if particle else lemma), verb
