"""The words that decide on status, control and support: lexicon.toml, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from dragoman.errors import DataError


@dataclass(frozen=True, slots=True)
class Support:
    """A verb that only carries an event noun: who its subject is, and what becomes of the event."""

    role: str  # actor, recipient or none
    status: str  # same, planned, possible, cancelled, denied, ongoing


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What lexicon.toml holds; every word is a lemma, a particle is joined by an underscore."""

    verbs: Mapping[str, str]  # governing verb → status of the clause or noun below it
    nouns: Mapping[str, str]
    adjectives: Mapping[str, str]  # governing a clause: “due to meet”
    modifiers: Mapping[str, str]  # an adjective on an event noun: “potential invasion”
    prepositions: Mapping[str, str]  # before an event noun or gerund: “without”, “in case of”
    adverbs: Mapping[str, str]
    support: Mapping[str, Support]
    control: Mapping[str, tuple[str, ...]]
    subject_control: frozenset[str]
    background: frozenset[str]
    partitive: frozenset[str]
    blocked: frozenset[str]
    sport: frozenset[str]
    public: frozenset[str]
    conflict: frozenset[str]
    accidents: frozenset[str]


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that is shipped with the package."""
    try:
        text = files("dragoman.coding").joinpath("lexicon.toml").read_text("utf-8")
        table = tomllib.loads(text)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            f"the package's file coding/lexicon.toml cannot be read: {error}."
        ) from error
    return _lexicon(table)


def _lexicon(table: Mapping[str, Any]) -> Lexicon:
    status: Mapping[str, Mapping[str, str]] = table["status"]
    support = {
        word: Support(role=entry["role"], status=entry["status"])
        for entry in table["support"]
        for word in entry["verbs"].split()
    }
    control = {word: tuple(preps.split()) for word, preps in table["control"]["object"].items()}
    return Lexicon(
        verbs=_by_word(status, "verbs"),
        nouns=_by_word(status, "nouns"),
        adjectives=_by_word(status, "adjectives"),
        modifiers=_by_word(status, "modifiers"),
        prepositions=_by_word(status, "prepositions"),
        adverbs=_by_word(status, "adverbs"),
        support=MappingProxyType(support),
        control=MappingProxyType(control),
        subject_control=frozenset(table["control"]["subject"].split()),
        background=frozenset(table["words"]["background"].split()),
        partitive=frozenset(table["words"]["partitive"].split()),
        blocked=frozenset(table["words"]["blocked"].split()),
        sport=frozenset(table["words"]["sport"].split()),
        public=frozenset(table["words"]["public"].split()),
        conflict=frozenset(table["words"]["conflict"].split()),
        accidents=frozenset(table["words"]["accidents"].split()),
    )


def _by_word(status: Mapping[str, Mapping[str, str]], part: str) -> Mapping[str, str]:
    return MappingProxyType(
        {word: effect for effect, words in status.items() for word in words.get(part, "").split()}
    )
