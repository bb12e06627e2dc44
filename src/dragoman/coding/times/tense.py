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
_NEGATIONS = frozenset(
    ("not", "n't", "n’t", "never", "only", "neither", "nor", "nobody", "no", "none")
)
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "this",
        "that",
        "these",
        "those",
        "some",
        "any",
        "no",
        "each",
        "every",
    ]
)
_OF_A_NOUN = frozenset(("nmod:poss", "compound", "nmod:tmod", "amod", "nmod:unmarked"))
_PARTS = frozenset(("morning", "afternoon", "evening", "night", "lunchtime"))
_SMALL = frozenset(("on", "in", "the", "early", "late", "last", "of", "at"))
_DONE = frozenset(
    (
        "fail",
        "manage",
        "refuse",
        "decline",
        "help",
        "use",
        "begin",
        "continue",
        "summon",
        "vote",
        "appear",
        "seem",
    )
)
_FORETOLD = frozenset(("predict", "forecast", "anticipate"))
# Of the past, these tell of what came about: "was found to be infected", "prompted him to say".
_CAME_ABOUT = frozenset(
    (
        "find",
        "prompt",
        "lead",
        "force",
        "cause",
        "compel",
        "drive",
        "prove",
        "show",
        "report",
        "allow",
        "let",
        "permit",
        "enable",
    )
)
_SETS = frozenset(
    (
        "cancel",
        "postpone",
        "scrap",
        "announce",
        "propose",
        "arrange",
        "schedule",
        "plan",
        "fix",
        "agree",
        "boycott",
        "expect",
        "prepare",
        "await",
        "promise",
        "pledge",
    )
)
_AHEAD = frozenset(("planned", "slated", "scheduled", "upcoming", "forthcoming", "proposed"))
# Verbs whose own time is not that of what they are followed by: “agreed on Friday to withdraw”.
SAID = frozenset(
    ("agree", "promise", "pledge", "vow", "threaten", "decide", "offer", "refuse", "order", "ask",
     "urge", "demand", "call", "warn", "swear", "undertake", "propose", "request", "tell")
)  # fmt: skip
# Verbs whose past is spelt as their present: beside a day news tells of what was.
_ALIKE = frozenset(("hit", "put", "set", "cut", "quit", "shut", "hurt", "beat", "shed", "spread"))
_PASTS = frozenset(("bore", "felt", "found", "saw", "wound", "ground"))  # of another verb's present
_REACH = 14
_BULLETS = frozenset(("•", "*", "-", "--", "–", "·", "●", "►", "▪"))
_COLONS = frozenset((":", "-", "–", "—", "--"))
_TO_COME = frozenset(("will", "due", "scheduled", "expected", "planned", "shall"))


@lru_cache(maxsize=1)
def _cues() -> dict[str, int]:
    data = tomllib.loads((files(__package__) / "tense.toml").read_text("utf-8"))
    cues = dict.fromkeys(data["past"], PAST)
    cues.update(dict.fromkeys(data["future"], FUTURE))
    for word in data["not_past"]:
        cues.setdefault(word, OPEN)
    return cues


@lru_cache(maxsize=1)
def _scheduled() -> frozenset[str]:
    data = tomllib.loads((files(__package__) / "tense.toml").read_text("utf-8"))
    return frozenset(data["scheduled"])


def direction(analysis: Analysis, first: int, last: int) -> int:
    """PAST, OPEN or FUTURE for the time over the tokens `first` to `last` (exclusive)."""
    lean = _lean(analysis, first, last)
    if lean != OPEN:
        return lean
    if analysis.deprels and any(analysis.deprels[first:last]):
        found = _beside(analysis, first)
        if found is None:
            found = _by_parse(analysis, first, last)
        return found
    return _by_words(analysis, first, last)


def _lean(analysis: Analysis, first: int, last: int) -> int:
    after = [w.lower() for w in analysis.words[last : last + 2]]
    if after and after[-1] in _AHEAD and after[0] in ("'s", "’s", *_AHEAD):
        return FUTURE  # "Thursday's planned march"
    before = [w.lower() for w in analysis.words[max(0, first - 2) : first]]
    if before[-1:] == ["since"]:
        return PAST
    if before[-1:] == ["for"] and before[0] in _scheduled():
        return FUTURE  # "promised elections for October"
    if opens_entry(analysis, first, last) and _is_told_of(analysis, last):
        return PAST
    return FUTURE if before == ["ahead", "of"] or _is_led_up_to(analysis, first) else OPEN


def opens_entry(analysis: Analysis, first: int, last: int) -> bool:
    """Does a time open an entry of a chronology: “24 February - Militias take the town.”?"""
    start = analysis.tokens.bounds[analysis.sentence_of[first]]
    while start < first and analysis.words[start] in _BULLETS:
        start += 1
    return start == first and last < len(analysis) and analysis.words[last] in _COLONS


def _is_told_of(analysis: Analysis, last: int) -> bool:
    """Does what stands behind a day tell a deed, and none that is only to come?"""
    bounds, sentence = analysis.tokens.bounds, analysis.sentence_of[last]
    rest = range(last, bounds[sentence + 1])
    if any(analysis.words[t].lower() in _TO_COME for t in rest):
        return False
    return any(analysis.xpos[t] in ("VBZ", "VBP", "VBD") for t in rest)


def _is_led_up_to(analysis: Analysis, first: int) -> bool:
    """ "Ahead of a visit by the envoy to Damascus on Saturday": what one is ahead of is to come."""
    low = max(analysis.tokens.bounds[analysis.sentence_of[first]], first - _REACH)
    words = [w.lower() for w in analysis.words[low:first]]
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i] == "of"), -1)
    while at > 0 and words[at - 1] != "ahead":
        at = next((i for i in range(at - 1, 0, -1) if words[i] == "of"), -1)
    if at <= 0:
        return False
    between = range(low + at + 1, first)
    return not any(analysis.upos[t] in ("VERB", "AUX") or analysis.words[t] == "," for t in between)


def _beside(analysis: Analysis, first: int) -> int | None:
    """The tense of a verb right before the time, to which the time belongs: "issued on July 1"."""
    at = first - 1
    while at >= 0 and analysis.words[at].lower() in _SMALL:
        at -= 1
    if at < 0 or first - at > 3 or analysis.xpos[at] not in ("VBD", "VBN", "VB"):
        return None
    found = verb_direction(analysis, at)
    if analysis.xpos[at] == "VB" and found != PAST:
        return None
    return None if found == OPEN else found


def _by_parse(analysis: Analysis, first: int, last: int) -> int:
    """The tense of the verb that governs the time, up the tree."""
    token = next((t for t in range(first, last) if not first <= analysis.heads[t] < last), last - 1)
    while analysis.heads[token] >= last and analysis.words[analysis.heads[token]].lower() in _PARTS:
        token = analysis.heads[token]
    owner = analysis.deprels[token] in _OF_A_NOUN and analysis.heads[token] >= last
    if _is_set(analysis, first):
        return FUTURE
    if _has_copula(analysis, token):  # "the vote is on Monday", "that will be on Monday"
        helpers = {
            analysis.words[c].lower()
            for c in analysis.children[token]
            if analysis.deprels[c] in ("cop", "aux")
        }
        return FUTURE if helpers == {"is"} else verb_direction(analysis, token)
    for _ in range(8):
        token = analysis.heads[token]
        if token < 0:
            return OPEN
        if analysis.upos[token] not in ("VERB", "AUX") and not _has_copula(analysis, token):
            owner = owner and analysis.words[token].lower() not in _scheduled()
            continue
        infinitive = infinitive_before(analysis, token, first)
        found = verb_direction(analysis, token if infinitive is None else infinitive)
        if owner and found == FUTURE and _leans_only(analysis, token):
            return OPEN  # "to get around Wednesday's ruling": the noun's day, not the verb's
        if found != OPEN:
            return found
    return OPEN


def hangs(analysis: Analysis, first: int, last: int) -> str:
    """On what a time hangs: a "noun" ("his visit in May"), so that no verb tells its side, a verb
    with "would" in what a verb of the past reports, or neither ("")."""
    token = next((t for t in range(first, last) if not first <= analysis.heads[t] < last), last - 1)
    head = analysis.heads[token]
    if head < 0:
        return ""
    if analysis.upos[head] in ("NOUN", "PROPN"):
        return "noun"
    over = analysis.heads[head]
    was = over >= 0 and analysis.xpos[over] == "VBD"
    if was and analysis.xpos[head] == "VB" and analysis.lemmas[over].lower() in _WILL_BE:
        return "would"  # "said that it expected to reach them on Sunday"
    would = "would" in {analysis.words[c].lower() for c in analysis.children[head]}
    return "would" if would and was else ""


def _is_set(analysis: Analysis, first: int) -> bool:
    """Whether the time is that of a thing that is being set or called off: "cancelled a summit
    with Russia in June"."""
    low = max(analysis.tokens.bounds[analysis.sentence_of[first]], first - _REACH)
    words = [w.lower() for w in analysis.words[low:first]]
    things = [i for i, w in enumerate(words) if w in _scheduled()]
    if not things or "," in words[things[-1] :]:
        return False  # “cancelled the trip, on Sunday night”
    if words[things[-1] - 1] in _AHEAD and things[-1]:
        return True  # "his planned visit in September"
    verb = next(
        (i for i in range(things[-1] - 1, -1, -1) if analysis.upos[low + i] == "VERB"), None
    )
    after = any(analysis.upos[t] in ("VERB", "AUX") for t in range(low + things[-1], first))
    return verb is not None and not after and analysis.lemmas[low + verb].lower() in _SETS


def infinitive_before(analysis: Analysis, verb: int, at: int) -> int | None:
    """“Agreed to meet him on Friday”: what a time behind it belongs to, and not to “agreed”."""
    if analysis.lemmas[verb].lower() not in SAID:
        return None
    below = (c for c in analysis.children[verb] if analysis.deprels[c] == "xcomp")
    return next((c for c in below if verb < c < at and analysis.xpos[c] == "VB"), None)


def _leans_only(analysis: Analysis, verb: int) -> bool:
    """Whether a verb is future by its mood alone (an infinitive, "would"), and not by "will"."""
    helpers = {analysis.words[c].lower() for c in analysis.children[verb]}
    return not helpers & {"will", "'ll", "shall"}


def _has_copula(analysis: Analysis, token: int) -> bool:
    return any(analysis.deprels[c] in ("cop", "aux", "aux:pass") for c in analysis.children[token])


def verb_direction(analysis: Analysis, verb: int) -> int:
    """The time that a verb with its auxiliaries tells of."""
    helpers = [
        c for c in analysis.children[verb] if analysis.deprels[c] in ("aux", "aux:pass", "cop")
    ]
    words = {analysis.words[c].lower() for c in helpers}
    if any(analysis.words[c].lower() == "due" for c in analysis.children[verb]):
        return PAST if "had" in words else FUTURE  # “is due in Warsaw”, “was due to fly on Friday”
    if analysis.xpos[verb] == "VB" and words & {"was", "were"} and _was_to(analysis, verb):
        return FUTURE  # “talks that were to take place on Thursday”
    tags = {analysis.xpos[c] for c in helpers}
    lemma, tag = analysis.lemmas[verb].lower(), analysis.xpos[verb]
    word = analysis.words[verb].lower()
    if words & {"had", "have", "has", "'ve"} and "to" not in words:
        return PAST
    if "could" in words:  # "could come as early as Tuesday"; "could not come on Tuesday"
        before = {w.lower() for w in analysis.words[max(0, verb - _REACH) : verb]}
        return OPEN if before & _NEGATIONS else FUTURE
    if words & _MODALS or "'ll" in words or "MD" in tags:
        return FUTURE
    if lemma in _WILL_BE or (lemma in _FORETOLD and tag == "VBN"):
        return OPEN if _as_planned(analysis, verb) else FUTURE
    if "VBD" in tags or words & {"was", "were", "did"} or tag == "VBD":
        return PAST
    if tag == "VBP" and not helpers and (lemma in _ALIKE or word in _PASTS):
        return PAST  # "drones hit the depot"
    if tag == "VB":
        return _infinitive(analysis, verb)
    if tag == "VBN":
        return _participle(analysis, verb, words)
    return FUTURE if tag in ("VBZ", "VBP") or (tag == "VBG" and helpers) else OPEN


def _was_to(analysis: Analysis, verb: int) -> bool:
    before = [w.lower() for w in analysis.words[max(0, verb - 3) : verb]]
    return before[-1:] == ["to"] and bool({"was", "were"} & set(before))


def _as_planned(analysis: Analysis, verb: int) -> bool:
    """ "As planned", "as scheduled": what was planned has come about, so the verb above tells."""
    before = [w.lower() for w in analysis.words[max(0, verb - 2) : verb]]
    return analysis.xpos[verb] == "VBN" and "as" in before


def _participle(analysis: Analysis, verb: int, helpers: set[str]) -> int:
    """A participle with its auxiliaries: "is held", "to be held", "getting beaten", "held"."""
    if helpers & {"is", "are", "'s", "'re"}:
        return FUTURE
    if "to" in {analysis.words[c].lower() for c in analysis.children[verb]} and "be" in helpers:
        return _infinitive(analysis, verb)
    return OPEN if helpers & {"getting", "being", "get"} else PAST


def _infinitive(analysis: Analysis, verb: int) -> int:
    """What is to be done lies ahead, unless it was to be done: "had been due to expire"."""
    head = analysis.heads[verb]
    own = {analysis.words[c].lower() for c in analysis.children[verb]}
    if head >= 0 and not own & {"is", "are", "'s", "'re"}:
        words = {analysis.words[c].lower() for c in analysis.children[head]}
        if "had" in words or analysis.lemmas[head].lower() in _DONE:
            return PAST
        done = analysis.xpos[head] == "VBD" or words & {"was", "were"}
        if done and analysis.lemmas[head].lower() in _CAME_ABOUT:
            return PAST
        if analysis.deprels[verb] == "advcl" and done:
            return PAST  # "flew to Moscow to meet him on Friday"
    return FUTURE


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
    if word in ("may", "will") and not words[token].islower():
        return OPEN  # the month, a name
    before = words[token - 1].lower() if token else ""
    if before in _DETERMINERS:
        return OPEN  # "the plan", "his visits": no verb
    if before in ("be", "been", "being"):
        return OPEN  # "will be held": the first word of the group tells
    if word == "could" and token + 1 < len(words) and words[token + 1].lower() in _NEGATIONS:
        return OPEN  # "could not be reached"
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
