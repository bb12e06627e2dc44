"""The judge's facts in plain words, for those who ask why an event was kept."""

from __future__ import annotations

_PLAIN = {
    "carried": "a verb carries the noun",
    "passive": "told in the passive",
    "background": "told as history",
    "refused": "a refusal",
    "over a deed": "stands over a deed of its own",
    "in a statement": "told in what someone says",
    "dated": "its time is told",
    "counted": "a number is told",
    "no object": "the verb has no object",
    "short sentence": "a headline or a fragment",
    "two states": "two states take part",
    "one state on both sides": "both sides belong to one state",
    "negated": "it is negated",
    "capital": "it is written with a capital",
    "capital inside": "it is written with a capital inside the sentence",
    "in scare quotes": "a quotation mark stands before it",
    "look": "how the words look in their sentence",
}
_PAIRS = ("type & ", "frame & ")
_NAMED = {
    "type": "the class {}",
    "frame": "the frame “{}”",
    "word": "the word “{}”",
    "object": "the object “{}”",
    "under": "it stands under “{}”",
    "carried by": "“{}” carries it",
    "status": "its status is {}",
    "clue": "a clue to its status: {}",
    "mode": "the mode {}",
    "rank": "its place in the sentence: {}",
    "actor": "who acts is of the kind {}",
    "recipient": "who is acted on is of the kind {}",
    "actor sector": "the sector of who acts: {}",
    "recipient sector": "the sector of who is acted on: {}",
    "political actor": "who acts is political: {}",
    "political recipient": "who is acted on is political: {}",
    "both political": "both sides are political: {}",
    "political share": "quarters of the actors in the text that are political: {}",
    "political in sentence": "political actors in the sentence: {}",
    "states": "states in the text: {}",
    "form": "its form: {}",
    "form and type": "its class and form: {}",
    "word and part": "the word and its part of speech: {}",
    "type and status": "its class and status: {}",
    "object tag": "the part of speech of the object: {}",
    "type beside type": "its class and what else the sentence tells: {}",
    "auxiliary": "the auxiliary “{}”",
    "behind": "it stands behind “{}”",
    "mark": "its clause opens with “{}”",
    "adjective": "the adjective “{}” beside it",
    "compound": "“{}” before it in a compound",
    "preposition": "the preposition “{}” behind it",
    "behind preposition": "“{}” behind a preposition",
    "beside": "in the same sentence is told: {}",
    "rival": "the same word is also read as {}",
    "tellings in sentence": "other tellings in the sentence: {}",
    "place in text": "how far down in the text, of five: {}",
    "of the type in text": "how often the text tells of this class: {}",
    "force in text": "how much of force the text tells: {}",
    "determiner": "the noun's article: {}",
    "relation": "its place in the grammar: {}",
}


def in_words(fact: str, weight: float) -> str:
    """A fact with what it does: `for (+1.20): two states take part`."""
    side = "for" if weight > 0 else "against"
    return f"{side} ({weight:+.2f}): {_told(fact)}"


def _told(fact: str) -> str:
    if fact in _PLAIN:
        return _PLAIN[fact]
    if fact.startswith(_PAIRS):
        kind, of, rest = fact.split(" & ", 2)
        return f"{_told(rest)}, in the {'class' if kind == 'type' else 'frame'} {of}"
    name, _, value = fact.partition("=")
    shape = _NAMED.get(name)
    if shape is not None:
        return shape.format(value)
    return f"{name}: {value}"
