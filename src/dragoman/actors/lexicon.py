"""The nouns for those who act, read from agents.toml and indexed by their first word."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

from dragoman.actors.tables import read_table, read_text
from dragoman.records import Kind

_STARTS = frozenset(["NOUN", "PROPN", "ADJ", "NUM", "VERB", "X"])

Sort = Literal["person", "group", "body"]


@dataclass(frozen=True, slots=True)
class Agent:
    """What a noun says of the actor that it names; `office` is set for titles with a holder."""

    noun: str
    sort: Sort
    kind: Kind
    sectors: tuple[str, ...]
    code: str | None = None
    home: bool = False
    local: bool = False
    neutral: bool = False
    plural: bool = False
    tied: bool = False
    gender: str | None = None
    office: str | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """An agent noun where it stands: the tokens `first` to `last` (exclusive).

    `counts` says that the text has it in the plural by its spelling.
    """

    first: int
    last: int
    agents: tuple[Agent, ...]

    counts: bool = False

    @property
    def agent(self) -> Agent:
        return self.agents[0]


@dataclass(frozen=True)
class Lexicon:
    """Agent nouns and the small word lists about them."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Agent, ...]], ...]]
    sector_words: Mapping[str, str]
    former: frozenset[str]
    lesser: frozenset[str]
    titles: Mapping[str, str | None]
    words: Mapping[str, frozenset[str]]
    placing: frozenset[str]
    waters: frozenset[str]
    speaking: frozenset[str]
    towards: frozenset[str]
    first_names: Mapping[str, str]
    places: Mapping[str, str]
    small_places: Mapping[str, str]
    sites: frozenset[str]
    dealings: frozenset[str]
    bare: frozenset[str]
    sending: frozenset[str]
    seats: Mapping[str, str]
    umbrellas: Mapping[str, str]
    participles: frozenset[str]
    led_by_government: frozenset[str]
    parts: Mapping[str, frozenset[str]]
    quantities: frozenset[str]
    struck: Mapping[str, frozenset[str]]
    visited: Mapping[str, frozenset[str]]
    places_struck: Mapping[str, Agent]

    @classmethod
    def load(cls) -> Lexicon:
        """The shipped lexicon, read once a process."""
        return _load()

    def agents_of(self, noun: str) -> tuple[Agent, ...]:
        """The agents that a noun or phrase may name, by its lemma."""
        words = tuple(noun.split())
        for wanted, agents in self.phrases.get(words[0] if words else "", ()):
            if wanted == words:
                return agents
        return ()

    def scan(
        self, lemmas: Sequence[str], words: Sequence[str], upos: Sequence[str]
    ) -> list[Phrase]:
        """The longest agent phrases in a row of lemmas and words in small letters, left to right.

        Both are looked at, since a phrase may have a plural inside ("rights group").
        """
        found: list[Phrase] = []
        phrases = self.phrases
        free = 0
        for at, lemma in enumerate(lemmas):
            if at < free or upos[at] not in _STARTS:
                continue
            rows = phrases.get(lemma) or phrases.get(words[at])
            if rows is None:
                continue
            after = (lemmas[at + 1], words[at + 1]) if at + 1 < len(lemmas) else ()
            for wanted, agents in rows:
                if len(wanted) > 1 and wanted[1] not in after:
                    continue  # nearly all
                last = at + len(wanted)
                if len(wanted) < 3 or _go_on(wanted, lemmas[at:last], words[at:last]):
                    spelt = words[last - 1] != agents[0].noun.split()[-1]
                    found.append(Phrase(at, last, agents, spelt and words[last - 1][-1:] in "sn"))
                    free = last
                    break
        return found


def _go_on(wanted: Sequence[str], lemmas: Sequence[str], words: Sequence[str]) -> bool:
    """Whether all words behind the first stand there, each as lemma or as it is written."""
    return len(lemmas) == len(wanted) and all(
        one in pair for one, *pair in zip(wanted[1:], lemmas[1:], words[1:], strict=True)
    )


@lru_cache(maxsize=1)
def _load() -> Lexicon:
    text = files("dragoman.actors").joinpath("agents.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    genders = dict.fromkeys(data["genders"]["male"], "m")
    genders.update(dict.fromkeys(data["genders"]["female"], "f"))
    by_phrase: dict[str, list[Agent]] = {}
    for entry in data["office"]:
        for noun in entry["titles"]:
            by_phrase.setdefault(noun, []).append(_office(noun, entry, genders))
    for entry in data["agent"]:
        for noun in entry["nouns"]:
            by_phrase.setdefault(noun, []).append(_agent(noun, entry, genders))
    verbs = data["verbs"]
    titles: dict[str, str | None] = dict.fromkeys(data["titles"]["male"], "m")
    titles.update(dict.fromkeys(data["titles"]["female"], "f"))
    titles.update(dict.fromkeys(data["titles"]["other"]))
    return Lexicon(
        phrases=_index(by_phrase),
        sector_words={w: sector for sector, words in data["sector_words"].items() for w in words},
        former=frozenset(data["modifiers"]["former"]),
        lesser=frozenset(data["modifiers"]["lesser"]),
        titles=titles,
        words={name: frozenset(words) for name, words in data["words"].items()},
        placing=frozenset(verbs["placing"]),
        waters=frozenset(verbs["waters"]),
        speaking=frozenset(verbs["speaking"]),
        towards=frozenset(verbs["towards"]),
        first_names={row["name"]: row["sex"] for row in read_table("first_names.tsv")},
        participles=frozenset(verbs["participles"]),
        sending=frozenset(verbs["sending"]),
        seats=data["seats"],
        umbrellas=data["umbrellas"],
        places={**_cities(small=False), **_regions(data)},
        small_places=_cities(small=True),
        sites=frozenset(data["bare"]["sites"]),
        bare=frozenset(data["bare"]["nouns"]),
        dealings=frozenset(verbs["dealings"]),
        parts={
            word: frozenset(part["states"].split())
            for part in data["part_of_the_world"]
            for word in part["adjectives"]
        },
        led_by_government=frozenset(data["leaders"]["head_of_government"]),
        quantities=frozenset(data["quantities"]["nouns"]),
        struck={name: frozenset(words) for name, words in data["struck"].items()},
        visited={name: frozenset(words) for name, words in data["visited"].items()},
        places_struck={
            noun: _agent(noun, entry, genders) for entry in data["place"] for noun in entry["nouns"]
        },
    )


def _cities(*, small: bool) -> dict[str, str]:
    """The states of the larger or the small towns; cut by hand, since they are many."""
    mark = "x" if small else ""
    lines = read_text("cities.tsv").splitlines()
    rows = (line.split("\t") for line in lines if line[:1] not in ("", "#"))
    return {row[0]: row[1] for row in rows if row[2] == mark}


def _regions(data: Mapping[str, Any]) -> dict[str, str]:
    return {name: state for state, names in data["regions"].items() for name in names}


def _gender(noun: str, genders: Mapping[str, str]) -> str | None:
    return genders.get(noun) or genders.get(noun.split()[-1])


def _office(noun: str, entry: Mapping[str, Any], genders: Mapping[str, str]) -> Agent:
    return Agent(
        noun,
        "person",
        "person",
        tuple(entry["sectors"]),
        home=True,
        gender=_gender(noun, genders),
        office=entry["office"],
        codes=tuple(entry.get("codes", ())),
    )


def _agent(noun: str, entry: Mapping[str, Any], genders: Mapping[str, str]) -> Agent:
    return Agent(
        noun,
        cast(Sort, entry["is"]),
        cast(Kind, entry["kind"]),
        tuple(entry["sectors"]),
        code=entry.get("code"),
        home=entry.get("home", False),
        local=entry.get("local", False),
        neutral=entry.get("neutral", False),
        plural=entry.get("plural", False),
        tied=entry.get("tied", False),
        gender=_gender(noun, genders),
    )


def _index(
    by_phrase: Mapping[str, list[Agent]],
) -> dict[str, tuple[tuple[tuple[str, ...], tuple[Agent, ...]], ...]]:
    """Phrases by their first word, the longest first, so that the first that fits is the one."""
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[Agent, ...]]]] = {}
    for noun, agents in by_phrase.items():
        # Some texts write the hyphen in one word, as the tokens of others part it; and the
        # analysis may leave a plural as it stands.
        for spelling in dict.fromkeys((noun, noun.replace(" - ", "-"))):
            for words in dict.fromkeys((tuple(spelling.split()), _plural(spelling.split()))):
                by_first.setdefault(words[0], []).append((words, tuple(agents)))
    return {
        first: tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))
        for first, rows in by_first.items()
    }


def _plural(words: Sequence[str]) -> tuple[str, ...]:
    """The words with the last one in the plural, by the rules of spelling."""
    last = words[-1]
    if last.endswith("man") and last != "human":
        last = f"{last[:-3]}men"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = f"{last[:-1]}ies"
    elif last.endswith(("s", "sh", "ch", "x")):
        last = f"{last}es" if not last.endswith("s") else last
    else:
        last = f"{last}s"
    return (*words[:-1], last)
