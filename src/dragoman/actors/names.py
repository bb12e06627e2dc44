"""How the words of a name become keys, the same for the directory's tables and for a text.

A key keeps what tells names apart and drops what writers vary: case, accents, dots of
abbreviations, apostrophes, hyphens. Some names are ordinary words when written small (US and us,
Turkey and turkey); they are listed in data/cased.tsv and keep their form, so that the word never
meets the name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dragoman.actors.tables import read_table

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ʻ": "'"})
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"}
)
_DOTTED = re.compile(r"^(?:\w\.)+\w?$")
_DASHES = re.compile(r"[-‐‑‒–—/]")
_NOT_KEY = re.compile(r"[^\w+,&]|_")
_LONGEST = 80  # no word of a name is longer; what is longer is cut and so matches nothing


@lru_cache(maxsize=1)
def _cased() -> dict[str, str]:
    return {row["form"].casefold(): row["form"] for row in read_table("cased.tsv")}


def fold(text: str) -> str:
    """The text in small letters without accents and signs that cannot be seen."""
    text = text[: 20 * _LONGEST].translate(_APOSTROPHES)
    if not text.isascii():
        split = unicodedata.normalize("NFKD", text.replace("Đ", "D").replace("Ø", "O"))
        text = "".join(c for c in split if not unicodedata.combining(c) and c.isprintable())
    return text.casefold().translate(_PLAIN)


@lru_cache(maxsize=1 << 16)
def normalise(word: str) -> str:
    """The key of one word of a text: folded; a name that is also a word keeps its form."""
    if len(word) > _LONGEST:
        return fold(word[:_LONGEST])
    dotted = _DOTTED.match(word) is not None
    key = fold(word)
    if dotted:
        key = key.replace(".", "")
    form = _cased().get(key)
    if form is None:
        return key
    if form.isupper():
        return form if dotted or word == form else key
    if not form.istitle():
        return form if word == form else key
    return form if word[:1].isupper() else key


@lru_cache(maxsize=1 << 16)
def pieces(key: str) -> tuple[str, ...]:
    """The parts of a key that a table holds: hyphens part words, apostrophes and dots vanish."""
    if key.isalnum():
        return (key,)
    parts = _DASHES.split(key)
    return tuple(part for part in (_NOT_KEY.sub("", p) for p in parts) if part)


def name_key(name: str) -> str:
    """The key of a whole name: the pieces of its words, one space between them."""
    found: list[str] = []
    for word in name.replace("’s ", "'s ").replace(",", " , ").split():
        if word.endswith("'s"):
            found.extend(pieces(normalise(word[:-2])))
            found.append("s")
        else:
            found.extend(pieces(normalise(word)))
    return " ".join(found)
