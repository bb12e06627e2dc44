"""Who “he” is: pronouns are given to the likeliest of the actors mentioned before.

Every candidate within reach that agrees in number and sex gets a score, the sum of the weights of
what speaks for it (coreference.toml). Reach is limited, so the cost grows with the text's length
only. A trained scorer can take the place of `score`: it gets the same features.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from dragoman.actors.chains import Chain, Seen
from dragoman.language.analysis import ROOT, Analysis

SUBJECTS = frozenset(["nsubj", "nsubj:pass", "nsubj:outer", "csubj"])
CORE = frozenset(["nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent"])

_PERSON = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_ACTORS = frozenset({"state", "government", "igo", "organisation", "armed-group"})
# What no thing does: with one of these “it” is a state or a body.
_ACTING = frozenset(
    {"arrest", "accuse", "say", "warn", "deny", "announce", "urge", "demand", "condemn", "impose",
     "expel", "recall", "deploy", "launch", "sign", "reject", "agree", "refuse", "offer", "promise",
     "order", "suspend", "ban", "send", "detain", "summon", "vow", "pledge", "threaten", "blame",
     "insist", "bomb", "shell", "invade", "accept", "propose", "ask", "withdraw", "criticise",
     "criticize", "denounce", "invite", "welcome", "praise", "sentence", "release", "declare"}
)  # fmt: skip
_SAYING = frozenset(
    {"accuse", "acknowledge", "add", "admit", "affirm", "allege", "announce", "argue",
     "ask", "assert", "attack", "blame", "call", "claim", "comment", "complain", "concede",
     "conclude", "condemn", "confirm", "continue", "criticise", "criticize", "declare",
     "defend", "deny", "describe", "emphasise", "emphasize", "explain", "express", "hint",
     "insist", "joke", "maintain", "note", "observe", "pledge", "point", "praise",
     "predict", "promise", "reaffirm", "recall", "reiterate", "reject", "remark", "reply",
     "respond", "reveal", "say", "signal", "speak", "stress", "suggest", "tell", "testify",
     "urge", "vow", "warn", "write"}
)  # fmt: skip
_BESIDE = frozenset({"to", "with", "against"})
_DEEP = 12  # words up from somebody named in what is said to the verb of saying
_FRONTED = 6  # words up from somebody named before a clause to its verb
_THING = frozenset(["it", "its", "itself"])
_MANY = frozenset(["they", "them", "their", "theirs", "themselves"])
_THANKING = frozenset(["thank", "congratulate", "praise", "commend"])
_SPEAKER = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"])


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun to be resolved: its token, what it agrees with, where it stands.

    `speaker` is the number of the chain that says what it stands in, within quotation marks
    (`quoted`) or reported.
    """

    token: int
    key: str
    sentence: int
    role: str
    speaker: int | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for a candidate and how much; how far to look; how sure to be."""

    weights: Mapping[str, float]
    thresholds: Mapping[str, float]
    sentences: Mapping[str, int]
    reach: int

    @classmethod
    def load(cls) -> Weights:
        return _load()


@lru_cache(maxsize=1)
def _load() -> Weights:
    text = files("dragoman.actors").joinpath("coreference.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Weights(
        data["weights"], data["thresholds"], data["sentences"], data["reach"]["mentions"]
    )


def kind_of(key: str) -> str | None:
    """The class of a pronoun: he, it, they or speaker; None for the others."""
    if key in _PERSON:
        return "he"
    if key in _THING:
        return "it"
    if key in _MANY:
        return "they"
    return "speaker" if key in _SPEAKER else None


def sex_of(key: str) -> str | None:
    """The sex that a pronoun tells: m, f or None."""
    return _PERSON.get(key)


def agrees(key: str, seen: Seen) -> bool:
    """Whether a pronoun can stand for what was seen, by number and sex."""
    kind = kind_of(key)
    if len(seen.chains) > 1:
        return kind == "they"
    chain = seen.chains[0]
    if kind == "he":
        return chain.sort == "person" and not chain.plural and chain.gender in (None, _PERSON[key])
    if kind == "it":
        return chain.sort in ("body", "group") and not chain.plural
    if kind == "they":
        return chain.plural or chain.sort in ("group", "body")
    return False


def role_of(analysis: Analysis, head: int) -> str:
    """The part that a phrase plays in its clause: subj, obj, obl, poss or other."""
    relation = analysis.deprels[head]
    if relation == "conj":
        relation = analysis.deprels[analysis.heads[head]]
    if relation in SUBJECTS:
        return "subj"
    if relation in ("obj", "iobj"):
        return "obj"
    if relation.startswith("obl"):
        return "obl"
    return "poss" if relation == "nmod:poss" else "other"


def features(
    analysis: Analysis, pronoun: Pronoun, seen: Seen, rank: int, *, spoke_last: bool = False
) -> list[tuple[str, float]]:
    """What speaks for or against a candidate, each with its value.

    `spoke_last`: the pronoun is the subject of a verb of saying, and so was the candidate, last.
    """
    kind = kind_of(pronoun.key)
    distance = pronoun.sentence - seen.sentence
    chain = seen.chains[0]
    found = [
        (f"{kind}:sentence-{min(distance, 4)}", 1.0),
        (f"{kind}:{seen.role}", 1.0),
        (f"{kind}:form-{seen.form}", 1.0),
        (f"{kind}:rank", math.log1p(rank)),
    ]
    if seen.role == pronoun.role:
        found.append((f"{kind}:parallel", 1.0))
    if len(seen.chains) > 1:
        found.append((f"{kind}:together", 1.0))
        return found
    found.append((f"{kind}:mentions", math.log1p(len(chain.mentions))))
    found.append((f"{kind}:{chain.kind}", 1.0))
    found.append((f"{kind}:away", math.log1p(pronoun.token - seen.head)))
    if pronoun.speaker is not None:
        how = "quoted" if pronoun.quoted else "reported"
        who = "self" if chain.number == pronoun.speaker else "other"
        found.append((f"{kind}:{how}-{who}", 1.0))
    if seen.role == "subj" and distance == 1:
        found.append((f"{kind}:last-subject", 1.0))
    if chain.entity is not None:
        found.append((f"{kind}:known", 1.0))
    found.append((f"{kind}:as-{pronoun.role}-{seen.role}", 1.0))
    if chain.gender is not None:
        found.append((f"{kind}:sex", 1.0))
    if chain.entity is None and seen.form == "description":
        found.append((f"{kind}:unnamed", 1.0))
    if spoke_last:
        found.append((f"{kind}:speaks-again", 1.0))
    if kind == "they":
        found.append(("they:plural" if chain.plural else "they:singular", 1.0))
    if kind == "it":
        found.append((f"it:as-{pronoun.role}", 1.0))
    if distance == 0 and _subject_over(analysis, pronoun, seen):
        found.append((f"{kind}:subject-over", 1.0))
    return found


def _speaks(analysis: Analysis, head: int) -> bool:
    """Whether somebody is the subject of a verb of saying (“he said”, “he added”)."""
    verb = analysis.heads[head]
    if verb == ROOT or analysis.deprels[head] not in SUBJECTS:
        return False
    return analysis.lemmas[verb] in _SAYING


def _subject_over(analysis: Analysis, pronoun: Pronoun, seen: Seen) -> bool:
    """Whether the candidate is the subject of the clause in which a possessive stands."""
    if seen.role != "subj":
        return False
    verb = analysis.heads[seen.head]
    token = pronoun.token
    for _ in range(5):
        token = analysis.heads[token]
        if token in (ROOT, verb):
            return token == verb
    return False


def _is_thanked_for(analysis: Analysis, pronoun: Pronoun, seen: Seen) -> bool:
    """“She thanked the king for his readiness”: what one is thanked for is not the thanker's."""
    above = analysis.heads[pronoun.token]
    verb = analysis.heads[above] if above != ROOT else ROOT
    if analysis.deprels[pronoun.token] != "nmod:poss" or verb == ROOT or seen.role != "subj":
        return False
    if analysis.lemmas[verb] not in _THANKING or analysis.deprels[above] not in ("obl", "nmod"):
        return False
    met = any(analysis.deprels[c] in ("obj", "iobj") for c in analysis.children[verb])
    return met and analysis.heads[seen.head] in (verb, analysis.heads[verb])


def _is_told_of(analysis: Analysis, pronoun: Pronoun, seen: Seen) -> bool:
    """“Diaz will stay, he said”: who is named in what is said does not say it."""
    verb, head = analysis.heads[pronoun.token], seen.head
    if seen.form != "name" or head > pronoun.token or not _speaks(analysis, pronoun.token):
        return False
    path: list[int] = []
    while head != ROOT and head != verb and len(path) < _DEEP:
        path.append(head)
        head = analysis.heads[head]
    if head == verb:
        return bool(path) and analysis.deprels[path[-1]] in ("ccomp", "parataxis")
    return analysis.deprels[verb] == "parataxis" and analysis.heads[verb] in path


def _is_doer_of(analysis: Analysis, verb: int, seen: Seen) -> bool:
    """Whether a candidate is the subject of the clause above a participle without one."""
    above = analysis.heads[verb]
    if analysis.deprels[verb] != "advcl" or analysis.xpos[verb] != "VBG" or above == ROOT:
        return False
    if any(analysis.deprels[c] in SUBJECTS for c in analysis.children[verb]):
        return False
    if analysis.deprels[seen.head] not in SUBJECTS:
        return False
    return analysis.heads[seen.head] == above


def _is_fronted(analysis: Analysis, pronoun: Pronoun, seen: Seen) -> bool:
    """“In a letter to the king, he said”: who writes to the king, or meets him, is not the king."""
    relation, verb = analysis.deprels[pronoun.token], analysis.heads[pronoun.token]
    if relation not in SUBJECTS or verb == ROOT or seen.head > pronoun.token:
        return False
    cases = (analysis.lemmas[c] for c in analysis.children[seen.head]
             if analysis.deprels[c] == "case")  # fmt: skip
    if next(cases, "") not in _BESIDE:
        return False
    above, passed = seen.head, analysis.deprels[seen.head]
    for _ in range(_FRONTED):
        above = analysis.heads[above]
        if above in (ROOT, verb):
            return above == verb and passed == "obl"
        passed = analysis.deprels[above]
    return False


def forbidden(analysis: Analysis, pronoun: Pronoun, seen: Seen) -> bool:
    """Whether syntax rules a candidate out: “Putin praised him” is not Putin himself."""
    if seen.first <= pronoun.token < seen.last:
        return True
    himself = len(seen.chains) == 1 and seen.chains[0].number == pronoun.speaker
    if himself and pronoun.quoted and kind_of(pronoun.key) == "he":
        return True  # who speaks says "I"
    if kind_of(pronoun.key) == "he":
        if analysis.words[seen.head].lower() in _SPEAKER:
            return True  # “I thank the king, since he …”
        if seen.sentence == pronoun.sentence and (
            _is_thanked_for(analysis, pronoun, seen)
            or _is_fronted(analysis, pronoun, seen)
            or _is_told_of(analysis, pronoun, seen)
        ):
            return True
    if pronoun.key.endswith(("self", "selves")):
        return False
    relation = analysis.deprels[pronoun.token]
    if relation not in CORE or seen.sentence != pronoun.sentence:
        return False
    verb = analysis.heads[pronoun.token]
    if relation in ("obj", "iobj") and _is_doer_of(analysis, verb, seen):
        return True  # “Diaz met the envoy, urging him to stay”
    same = analysis.heads[seen.head] == verb
    if not same and relation in ("obj", "iobj") and analysis.deprels[verb] == "conj":
        # “awarded him a medal and thanked him”: not the one who does both
        own = any(analysis.deprels[c] in SUBJECTS for c in analysis.children[verb])
        same = not own and analysis.heads[seen.head] == analysis.heads[verb]
        return same and analysis.deprels[seen.head] in SUBJECTS
    return same and analysis.deprels[seen.head] in CORE


def candidates(
    analysis: Analysis, pronoun: Pronoun, recent: Sequence[Seen], weights: Weights
) -> Iterator[tuple[Seen, list[tuple[str, float]]]]:
    """What a pronoun may stand for, the nearest first, with what speaks for each."""
    kind = kind_of(pronoun.key) or ""
    furthest = pronoun.sentence - weights.sentences.get(kind, 3)
    tried: set[tuple[int, ...]] = set()
    rank = 0
    speaks = _speaks(analysis, pronoun.token)
    for seen in reversed(recent[-weights.reach :]):
        if seen.sentence < furthest:
            break
        key = tuple(chain.number for chain in seen.chains)
        spoke_last = speaks and seen.sentence < pronoun.sentence and _speaks(analysis, seen.head)
        if spoke_last:
            speaks = False
        if key in tried or not agrees(pronoun.key, seen):
            continue
        if forbidden(analysis, pronoun, seen):
            if kind == "he" and seen.sentence == pronoun.sentence and not seen.head > pronoun.token:
                tried.add(key)  # nor is he meant by what was said of him before
            continue
        tried.add(key)
        yield seen, features(analysis, pronoun, seen, rank, spoke_last=spoke_last)
        rank += 1


def resolve(
    analysis: Analysis, pronoun: Pronoun, recent: Sequence[Seen], weights: Weights
) -> Seen | None:
    """The likeliest of what was seen before a pronoun, or None where nothing is likely enough."""
    best: Seen | None = None
    best_score = weights.thresholds.get(kind_of(pronoun.key) or "", 0.0)
    table = weights.weights
    for seen, found in candidates(analysis, pronoun, recent, weights):
        score = sum(table.get(name, 0.0) * value for name, value in found)
        if score > best_score:
            best, best_score = seen, score
    return best if best is not None else _who_acts_on(analysis, pronoun, recent)


def _who_acts_on(analysis: Analysis, pronoun: Pronoun, recent: Sequence[Seen]) -> Seen | None:
    """“It had arrested two men”: only states and bodies do so, and the last subject goes on."""
    verb = analysis.heads[pronoun.token]
    if pronoun.key != "it" or pronoun.role != "subj" or verb == ROOT:
        return None
    if analysis.lemmas[verb] not in _ACTING or analysis.deprels[verb] != "root":
        return None
    if any(analysis.deprels[c] == "aux:pass" for c in analysis.children[verb]):
        return None
    for seen in reversed(recent):
        if seen.sentence < pronoun.sentence - 1:
            return None
        acts = seen.role == "subj" and len(seen.chains) == 1 and seen.form != "pronoun"
        if acts and seen.chains[0].kind in _ACTORS and agrees(pronoun.key, seen):
            return seen
    return None


def only_chain(seen: Seen | None) -> Chain | None:
    """The chain of a mention of one actor."""
    return seen.chains[0] if seen is not None and len(seen.chains) == 1 else None
