"""Which language is a text in?

Loading a language identifier takes over a second, and most texts are English. So the commonest
English function words are counted first: of running English they are more than a fifth. Only a text
with fewer is shown to the identifier.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE_CHARS: Final = 4000
ENGLISH_SHARE: Final = 0.20
FEW_WORDS: Final = 20
TOO_FEW: Final = 8
SURE: Final = 0.90
_NO_LANGUAGE: Final = ("zxx", "und")
_WORD: Final = re.compile(r"[^\W\d_]+")


def identify(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None where its beginning leaves doubt."""
    sample = text[:SAMPLE_CHARS]
    words = _WORD.findall(sample.lower())
    known = _english_words()
    hits = sum(word in known for word in words)
    if words and hits >= ENGLISH_SHARE * len(words):
        return "en"
    foreign = _other_script(sample)
    if not foreign and len(words) < (FEW_WORDS if hits else TOO_FEW):
        return None  # a headline says too little: foreign names would weigh more than words
    code, probability = _identifier().classify(sample)
    sure = foreign or probability >= SURE
    return code if sure and code not in _NO_LANGUAGE else None


def _other_script(sample: str) -> bool:
    """Whether most letters are outside the Latin alphabet: then it is not English, at any rate."""
    letters = [character for character in sample if character.isalpha()]
    return sum(ord(character) > 0x24F for character in letters) * 2 > len(letters)


@lru_cache(maxsize=1)
def _english_words() -> frozenset[str]:
    table = files("dragoman.language").joinpath("identify.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(table)["english"])


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
