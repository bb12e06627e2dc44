"""Comparing people's names across sources that spell, order and shorten them differently."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache

from dragoman.actors.names import fold


def words(text: str) -> frozenset[str]:
    """The words of a text as a set; lists of words read better as text."""
    return frozenset(text.split())


HONORIFICS = words(
    "jr sr ii iii iv "
    "gen lt col maj brig adm capt marshal general lieutenant colonel major admiral captain "
    "sheikh shaykh sheik prince princess king queen emperor emir amir sultan pope sir dame "
    "lord lady dr prof haji hajji hadji al-haj mr mrs ms ayatollah hojjat cardinal "
    "archbishop bishop father rev hon honourable baron baroness crown ret eng engineer datuk "
    "dato tan sri tun tunku"
)
PARTICLES = words(
    "al el ul bin ibn ben bint abu de da do dos das del della di du la le van von der den "
    "ter y e i the of and st san saint ould al- ag abd"
)
# Given names so common that sharing one says little about being the same person.
COMMON = words(
    "mohammed mohamed muhammad mohammad ahmed ahmad ali hassan hasan hussein husayn hussain "
    "abdul abdel abdallah abdullah abd abdelaziz ibrahim khalid khaled omar umar yusuf "
    "youssef salim saleh salih john jose juan maria carlos luis jean pierre paul peter "
    "michael david george james robert william thomas antonio francisco manuel ivan jan "
    "josef kim lee park choi nguyen van tran alexander aleksandr andrei sergei nikolai "
    "vladimir viktor mikhail jorge mario pedro jean-pierre joseph daniel martin khan singh "
    "said sayed rahman ould thani sabah saud nahyan khalifa hamad isa jaber nasser faisal "
    "fahd sultan bin"
)
_STEPS = (
    ("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("ph", "f"), ("zh", "z"), ("dj", "j"), ("ts", "c"), ("tz", "c"), ("cz", "c"),
    ("ck", "k"), ("q", "k"), ("w", "v"), ("x", "ks"),
)  # fmt: skip


@lru_cache(maxsize=1 << 17)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name that tell people apart: no honorifics, no particles, no brackets."""
    plain = re.sub(r"\(.*?\)|\".*?\"|,.*$", " ", fold(name))
    plain = re.sub(r"['’]", "", plain)
    words = [word for word in re.split(r"[^\w]+", plain) if word]
    kept = [w for w in words if w not in HONORIFICS and w not in PARTICLES]
    return tuple(kept or words)


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """The consonants of a word, spellings of one sound made alike; a first vowel counts."""
    for old, new in _STEPS:
        word = word.replace(old, new)
    word = re.sub(r"(.)\1+", r"\1", word)
    head = "a" if word[:1] in "aeiouy" else word[:1]
    return head + re.sub(r"[aeiouyh]", "", word[1:])


@lru_cache(maxsize=1 << 18)
def word_match(one: str, two: str) -> float:
    """How alike two words of a name are: 1 equal, 0.9 one sound, 0 different."""
    if one == two:
        return 1.0
    if len(one) == 1 or len(two) == 1:
        return 0.5 if one[0] == two[0] else 0.0
    if len(one) < 3 or len(two) < 3:
        return 0.0
    bones = skeleton(one), skeleton(two)
    if bones[0] == bones[1] and (len(bones[0]) >= 3 or _ratio(one, two) >= 0.7):
        return 0.9
    alike = one[0] == two[0] and min(len(one), len(two)) >= 5 and abs(len(one) - len(two)) <= 2
    return 0.8 if alike and _ratio(one, two) >= 0.85 else 0.0


def _ratio(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, one, two, autojunk=False).ratio()


@lru_cache(maxsize=1 << 18)
def alignment(one: tuple[str, ...], two: tuple[str, ...]) -> list[tuple[str, str, float]]:
    """The words of two names paired, the best pairs first; words without a partner are left out."""
    pairs = [(a, b, word_match(a, b)) for a in one for b in two]
    pairs = sorted((p for p in pairs if p[2] > 0), key=lambda p: -p[2])
    found: list[tuple[str, str, float]] = []
    used_one: list[str] = []
    used_two: list[str] = []
    for a, b, score in pairs:
        if used_one.count(a) < one.count(a) and used_two.count(b) < two.count(b):
            found.append((a, b, score))
            used_one.append(a)
            used_two.append(b)
    return found


def same_name(one: str, two: str) -> bool:
    """Two spellings of one whole name: every word of the shorter, at least two, has its partner."""
    a, b = tokens(one), tokens(two)
    if not a or not b:
        return False
    if len(a) == 1 or len(b) == 1:
        return a == b and len(one.split()) == len(two.split())
    paired = alignment(a, b)
    solid = [p for p in paired if p[2] >= 0.8]
    shorter = min(len(a), len(b))
    if len(solid) < 2 or len(paired) < shorter:
        return False
    # A single initial may differ only by being left out.
    initials = [{w for w in words if len(w) == 1} for words in (a, b)]
    return not (initials[0] and initials[1] and not initials[0] & initials[1] and len(solid) < 3)


def shares_rare_word(one: str, two: str) -> bool:
    """The names share a word that is no common given name."""
    for a, b, score in alignment(tokens(one), tokens(two)):
        if score >= 0.8 and len(a) > 1 and a not in COMMON and b not in COMMON:
            return True
    return False


def shares_words(one: str, two: str) -> int:
    """How many words, initials left out, two names share."""
    return sum(1 for a, _, s in alignment(tokens(one), tokens(two)) if s >= 0.8 and len(a) > 1)
