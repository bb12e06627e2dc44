"""Whether the words around a time tell of what was or of what is to come.

The parse decides where it can: the verb that governs the time, with its auxiliaries. Without one,
the nearest verb in the sentence does, by its form.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from dragoman.language.analysis import Analysis

PAST, OPEN, FUTURE = -1, 0, 1
_MODALS = frozenset(("will", "shall", "would", "may", "might", "can", "could", "should", "must"))
_WILL_BE = frozenset(
    (
        "expect",
        "schedule",
        "slate",
        "set",
        "plan",
        "due",
        "intend",
        "hope",
        "want",
        "aim",
        "prepare",
    )
)
_DETERMINERS = frozenset(
    "the a an its his her their our my this that these those some any no each every".split()
)
_REACH = 14


@lru_cache(maxsize=1)
def _cues() -> dict[str, int]:
    data = tomllib.loads((files(__package__) / "times_tense.toml").read_text("utf-8"))
    cues = dict.fromkeys(data["past"], PAST)
    cues.update(dict.fromkeys(data["future"], FUTURE))
    cues.update(dict.fromkeys(data["not_past"], cues.get("", OPEN)))
    cues.update(dict.fromkeys((w for w in data["future"] if w in data["not_past"]), FUTURE))
    return cues


def direction(analysis: Analysis, first: int, last: int) -> int:
    """PAST, OPEN or FUTURE for the time over the tokens `first` to `last` (exclusive)."""
    lean = _lean(analysis, first)
    if lean != OPEN:
        return lean
    if analysis.deprels and any(analysis.deprels[first:last]):
        found = _by_parse(analysis, first, last)
        if found != OPEN:
            return found
    return _by_words(analysis, first, last)


def _lean(analysis: Analysis, first: int) -> int:
    before = [w.lower() for w in analysis.words[max(0, first - 2) : first]]
    if before[-1:] == ["since"]:
        return PAST
    return FUTURE if before == ["ahead", "of"] else OPEN


def _by_parse(analysis: Analysis, first: int, last: int) -> int:
    token = next((t for t in range(first, last) if not first <= analysis.heads[t] < last), last - 1)
    for _ in range(8):
        token = analysis.heads[token]
        if token < 0:
            return OPEN
        if analysis.upos[token] in ("VERB", "AUX"):
            found = verb_direction(analysis, token)
            if found != OPEN:
                return found
        elif _has_copula(analysis, token):
            return verb_direction(analysis, token)
    return OPEN


def _has_copula(analysis: Analysis, token: int) -> bool:
    return any(analysis.deprels[c] in ("cop", "aux", "aux:pass") for c in analysis.children[token])


def verb_direction(analysis: Analysis, verb: int) -> int:
    """The time that a verb with its auxiliaries tells of."""
    helpers = [
        c for c in analysis.children[verb] if analysis.deprels[c] in ("aux", "aux:pass", "cop")
    ]
    lemmas = {analysis.words[c].lower() for c in helpers}
    tags = {analysis.xpos[c] for c in helpers}
    if lemmas & _MODALS or "'ll" in lemmas or "MD" in tags:
        return FUTURE if not (lemmas & {"have"}) else PAST
    lemma = analysis.lemmas[verb].lower()
    tag = analysis.xpos[verb]
    if "VBD" in tags or lemmas & {"was", "were", "had", "did"}:
        return OPEN if lemma in _WILL_BE and tag in ("VBN", "JJ") else PAST
    if lemma in _WILL_BE:
        return FUTURE
    if tag in ("VBD",) or lemmas & {"has", "have", "'ve"}:
        return PAST
    if tag in ("VBZ", "VBP", "VBG") and (tag != "VBG" or lemmas):
        return FUTURE
    if tag == "VB":
        return FUTURE
    if tag == "VBN" and lemmas & {"is", "are", "'s", "'re"}:
        return FUTURE
    return PAST if tag == "VBN" and not helpers else OPEN


def _by_words(analysis: Analysis, first: int, last: int) -> int:
    """The nearest verb by its form: first to the left within the clause, then to the right."""
    words = analysis.words
    sentence = analysis.sentence_of[first] if first < len(words) else 0
    low, high = analysis.tokens.bounds[sentence], analysis.tokens.bounds[sentence + 1]
    for token in range(first - 1, max(low, first - _REACH) - 1, -1):
        found = _cue(words, token)
        if found != OPEN:
            return found
    for token in range(last, min(high, last + _REACH)):
        found = _cue(words, token) if words[token].lower() != "to" else OPEN
        if found != OPEN:
            return found
    return OPEN


def _cue(words: list[str], token: int) -> int:
    word = words[token].lower()
    if token and words[token - 1].lower() in _DETERMINERS:
        return OPEN  # "the plan", "his visits": no verb
    found = _cues().get(word)
    if found is not None:
        if word in ("has", "have") and token + 1 < len(words) and words[token + 1].lower() == "to":
            return FUTURE
        return found
    if word == "to" and token + 1 < len(words) and _bare_verb(words[token + 1]):
        return FUTURE
    return PAST if len(word) > 4 and word.endswith("ed") and word.islower() else OPEN


def _bare_verb(word: str) -> bool:
    """After "to": a plain lower-case word that is no article, number or the like is a verb."""
    return word.islower() and word.isalpha() and word not in _DETERMINERS
