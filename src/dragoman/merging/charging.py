"""Is a statement a charge, who is charged in it, and who makes it."""

from __future__ import annotations

import re
from typing import Final

from dragoman.coding.saying import load_saying
from dragoman.merging.camps import opposed
from dragoman.merging.profiles import side_of
from dragoman.merging.records import Party
from dragoman.merging.said import Said, left_of

_NAME: Final = 4  # words of a name that is all that is said
_YOU: Final = re.compile(r"\byou(?:rs?)?\b", re.IGNORECASE)
# “Accused them of …”: whom it is against, no other in the sentence tells.
PRONOUN: Final = re.compile(r"(?:them|him|her|it)(?: (?:of|for|over|as)\b|$)", re.IGNORECASE)
# Groups without a name that may be charged all the same.
GROUPS: Final = re.compile(
    r"\b(?:forces|police|army|troops|military|rebels|militants|militia|militias|insurgents|"
    r"separatists|government|regime|opposition|authorities|soldiers|settlers|powers|countries|"
    r"nations|governments|groups|parties|intelligence|guerrillas|paramilitaries|fighters|"
    r"gangs?|bandits|mercenaries|protesters|demonstrators|veterans|actors|extremists|terrorists|services|agents|junta|media)\b",
    re.IGNORECASE,
)
_HEAD: Final = 5  # words among which the noun for an unnamed speaker stands
_THEY: Final = re.compile(r"(?:that )?(?:they|it|he|she)\b", re.IGNORECASE)
_HE: Final = re.compile(r"(?:that )?(?:he|she)\b", re.IGNORECASE)
_ROOT: Final = 4  # letters of a part of a name
_LOOKED: Final = re.compile(
    r"\b(?:look\w* into|consider\w*|hear\w*|review\w*|weigh\w*|investigat\w+|examin\w+|"
    r"prob\w+|den\w+|dismiss\w*|reject\w*|fac\w+|respond\w* to|amid|over)\s+(?:[\w’'-]+\s+){0,2}$",
    re.IGNORECASE,
)
_UNREAL: Final = re.compile(
    r"\b(?:would|could|might|may|should|will|fear\w* that)\b|\b(?:is|are|was|were) to\s*$"
)
_TO: Final = re.compile(r"\bto\s*$|\bto\b[^.;]*\band\s*$")
_NAMING: Final = frozenset({"the", "administration", "government", "regime", "of", "and", "state"})
_LONG: Final = 70  # words
# Words of saying that charge nobody by themselves.
_TOLD: Final = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told|tell|report|claim|according|add|insist|stat|wr(?:ote|ites)|warn|"
    r"note|announc|declar|argu|maintain)",
    re.IGNORECASE,
)
_TALK: Final = frozenset({"remark", "comment", "speech", "statement"})
_LIGHT: Final = re.compile(r"\b(?:mock|ridicul|derid|joke|chid|scold)", re.IGNORECASE)
_NOBODY: Final = frozenset({"", "he", "she", "it", "they", "we", "i", "you", "who", "one", "some"})


def is_claim(charge: Said) -> bool:
    """Is somebody charged with something, by somebody?"""
    if _THEY.match(charge.content) and not (_is_named(charge) or _is_he(charge)):
        return False  # “complained that they had destroyed lives”: whom they are, nobody tells
    if charge.cue.isupper() or _LIGHT.search(charge.cue):
        return False  # a headline from another text, “mocked the plan”
    if not charge.quoted and len(charge.content.split()) > _LONG:
        return False  # headlines that were run together
    return bool(targets_of(charge)) and _says_what(charge) and _is_somebody(charge)


def _is_named(charge: Said) -> bool:
    """Is one of those who are charged named in what is said?"""
    words = charge.content.casefold()
    return any(
        part in words
        for party in accused_in(charge)
        for part in party.name.casefold().split()
        if len(part) >= _ROOT
    )


def _is_he(charge: Said) -> bool:
    """“That he fomented the war”, of one whose name is known."""
    if not _HE.match(charge.content):
        return False
    return all(p.kind == "person" and p.key.partition(":")[0] != "unnamed" for p in charge.charged)


def targets_of(charge: Said) -> set[str]:
    """The sides that are charged; within a side those who are charged themselves."""
    return {_target(party, charge) for party in accused_in(charge)}


def _target(party: Party, charge: Said) -> str:
    side = side_of(party)
    return party.key if side == charge.side else side


def accused_in(charge: Said) -> list[Party]:
    """Those whom the charge names, else who does what is told, else the one who is spoken to."""
    speaker = charge.speaker.key if charge.speaker else None
    rivals = [p for p in charge.charged if p.key != speaker and p.kind != "state" and is_known(p)]
    to = (charge.to,) if charge.to is not None and _YOU.search(charge.content) else ()
    by_pronoun = bool(PRONOUN.match(charge.content))
    if _TOLD.search(charge.cue):
        rivals = [p for p in rivals if p.kind in ("person", "organisation", "armed-group")]
    for parties in (charge.charged,) + (() if by_pronoun else (charge.about, to)):
        others = [p for p in parties if (p in rivals or _is_other(p, charge)) and _is_charged(p)]
        if others:
            return others
    return []


def _is_other(party: Party, charge: Said) -> bool:
    if charge.speaker is None:
        return side_of(party) != charge.side
    return opposed(charge.speaker, party)


def _is_charged(party: Party) -> bool:
    """Not “his rival”, “a student”: one of many of whom no name is told."""
    if not is_known(party):
        return False
    named = party.kind != "unnamed" or any(letter.isupper() for letter in party.name)
    return named or bool(GROUPS.search(party.name)) or party.name.endswith("s")


def is_known(party: Party) -> bool:
    """Has it a name, or a state for which it stands? “The cleric” has neither."""
    if party.code is not None:
        return True
    return any(letter.isupper() for letter in party.name) or bool(GROUPS.search(party.name))


def _says_what(charge: Said) -> bool:
    """Is more told than who is charged, and is it no headline in capitals from another text?"""
    names = [party.name for party in accused_in(charge)]
    words = charge.content.split()
    only_named = len(words) <= _NAME and all(_names(word) for word in words)
    only_named = only_named or charge.content.endswith(("'s", "’s"))
    capitals = sum(map(str.isupper, charge.content))
    headline = capitals > sum(map(str.islower, charge.content))
    same = any(_plain(charge.content) == _plain(name) for name in names)
    told = [
        word
        for word in left_of(charge.content, names)
        if not (GROUPS.fullmatch(word) or word in _TALK)
    ]
    return not (only_named or headline or same) and bool(told)


def _names(word: str) -> bool:
    """Is a word of “the US administration” but (part of) a name?"""
    return word[:1].isupper() or word in _NAMING


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum()).removeprefix("the")


def _is_somebody(charge: Said) -> bool:
    """Not “they” whom nobody has told."""
    if charge.content.startswith("as ") or _LOOKED.search(charge.lead):
        return False  # “are looking into allegations that …”
    infinitive = _TO.search(charge.lead) or _UNREAL.search(charge.lead)
    if infinitive and not charge.cue.endswith(("ed", "s", "ing")):
        return False  # “would be used to denounce Oslo”
    if charge.speaker is not None:
        return True
    words = (charge.speaker_text or "").split()
    people = {word.casefold().rstrip("s") for word in words[:_HEAD]} & load_saying().people
    if not people and not any(word[:1].isupper() for word in words[1:]):
        return False  # “the weekend with a post”
    return (charge.speaker_text or "").casefold() not in _NOBODY


def accusers_of(charge: Said) -> list[Party]:
    """“Israel and the US accuse …”: all who make the charge."""
    spoken = [charge.speaker] if charge.speaker else []
    return [*spoken, *(p for p in charge.with_speaker if is_known(p) and not p.members)]


def is_evil(word: str) -> bool:
    """Does a word name what only a culprit has: “brutality”, “aggression”?"""
    word = word.strip(",.;:“”\"'‘’()").casefold()
    return word in load_saying().evils or word.removesuffix("s") in load_saying().evils


def is_suffered(word: str) -> bool:
    """Does “of” tell, after a word for an evil, who suffers it: “the abuse of prisoners”?"""
    return word.casefold() in load_saying().suffered
