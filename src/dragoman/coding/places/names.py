"""How names of places become keys, the same for the gazetteer's tables and for a text.

Beyond case and accents, writers vary the hyphens, the Arabic article ("Ar Raqqah", "al-Raqqah",
"Raqqah") and whether the kind of a division is told ("Kirkuk", "Kirkuk Province").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.resources import files
from tomllib import loads

from dragoman.actors.names import fold

_HYPHENS = str.maketrans(
    {"-": " ", "‐": " ", "‑": " ", "–": " ", "'": None, "’": None, "‘": None, ".": None}
)
_ARTICLES = frozenset(("al", "ar", "as", "ash", "at", "az", "ad", "an", "adh", "el"))
_FEATURES = frozenset(
    ("river", "lake", "sea", "island", "islands", "mountains", "mountain", "valley", "desert")
)


@lru_cache(maxsize=1)
def kinds() -> dict[str, frozenset[str]]:
    """The lists of names.toml."""
    data = loads(files(__package__).joinpath("names.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in data.items()}


def place_key(name: str) -> str:
    """The key of a town: "Ar Raqqah" and "al-Raqqah" are `raqqah`."""
    words = fold(name).translate(_HYPHENS).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


_SAME = (
    ("kh", "x"), ("gh", "g"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"),
    ("zh", "j"), ("dj", "j"), ("tz", "s"), ("ts", "s"), ("ph", "f"), ("q", "k"), ("c", "k"),
    ("z", "s"), ("p", "b"),
)  # fmt: skip
_SOFT = re.compile("[^bdfgjklmnrstx]+")  # vowels, and what is written as one or left out


def skeleton(name: str) -> str:
    """The consonants of a name, so that spellings from another script fall together: "Shaikhoun",
    "Shaykhun" and "Sheikhun" are `sxn`."""
    return consonants(place_key(name))


def consonants(key: str) -> str:
    """The skeleton of a name whose key is known."""
    text = "".join(w for w in key.split() if w not in _ARTICLES)
    for old, new in _SAME:
        text = text.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", _SOFT.sub("", text))


def likeness(one: str, other: str) -> float:
    """The share of their letters that two keys have in common, in order."""
    return SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", "")).ratio()


def division_key(name: str) -> str:
    """The key of a province or district: "Kirkuk Province" and "Wilaya of Kirkuk" are `kirkuk`."""
    words = [w for w in place_key(name).split() if w not in kinds()["divisions"]]
    while words and words[0] in ("of", "de", "du", "the"):
        words = words[1:]
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of names.toml: the words that tell a place from an actor, and its kind."""

    locative: frozenset[str]
    holders: frozenset[str]
    never: frozenset[str]
    divisions: frozenset[str]
    provinces: frozenset[str]
    motion: frozenset[str]
    renowned: frozenset[str]
    speak: frozenset[str]
    months: frozenset[str]
    sites: frozenset[str]
    sides: frozenset[str]
    scenes: frozenset[str]
    within: frozenset[str]
    taken: frozenset[str]
    toured: frozenset[str]
    struck: frozenset[str]
    quarters: frozenset[str]
    beside: frozenset[str]
    transcribed: frozenset[str]
    generic: frozenset[str]  # whatever tells the kind of a place and may end its name

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Words:
        lists = kinds()
        return cls(**lists, generic=lists["divisions"] | lists["sites"] | _FEATURES)
