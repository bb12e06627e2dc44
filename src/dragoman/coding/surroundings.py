"""What the words around a deed say of it: arranged, awaited, given, lasting, in a headline."""

from __future__ import annotations

from dragoman.coding import status_words
from dragoman.coding.clauses import Clauses
from dragoman.records import Status


def is_whose(clauses: Clauses, noun: int) -> bool:
    """“The king, whose visit to Lima will be the first”, where the noun heads the clause."""
    if not any(clauses.lemmas[c] == "whose" for c in clauses.children[noun]):
        return False
    sentence = clauses.analysis.sentence_of[noun]
    for token in range(noun + 1, clauses.analysis.tokens.bounds[sentence + 1]):
        if clauses.upos[token] in ("AUX", "VERB") and clauses.finite(token):
            return clauses.lemmas[token] in status_words.FUTURE
        if clauses.lemmas[token] in status_words.FUTURE:
            return True
    return False


def is_perfect(clauses: Clauses, verb: int) -> bool:
    return any(clauses.lemmas[aux] == "have" for aux in clauses.aux.get(verb, ()))


def past(clauses: Clauses, head: int) -> bool:
    return any(clauses.xpos[aux] == "VBD" for aux in clauses.aux.get(head, ()))


def is_told_anyway(clauses: Clauses, verb: int) -> bool:
    """“I wanted to let you know that they met”: who wants to tell it has told it."""
    if clauses.lemmas[verb] not in status_words.TELLING:
        return False
    for _ in range(3):
        if clauses.deprels[verb] not in ("xcomp", "ccomp"):
            return False
        verb = clauses.heads[verb]
        if clauses.lemmas[verb] in ("want", "like", "wish"):
            subject = clauses.surface_subject(verb)
            return subject is not None and clauses.lemmas[subject] in ("i", "we")
    return False


def subordinate(clauses: Clauses, token: int) -> bool:
    return clauses.deprels[token] in ("ccomp", "advcl", "acl", "xcomp", "conj")


def is_arranged(clauses: Clauses, verb: int) -> bool:
    """“Where he is due to meet her”, whatever the parse makes of the clause."""
    for child in clauses.children[verb]:
        if clauses.deprels[child] == "mark" and clauses.lemmas[child] == "to" and child:
            return clauses.words[child - 1].lower() in status_words.ARRANGED
    return False


def awaited(clauses: Clauses, token: int, head: int) -> bool:
    """“Until it withdraws”: not yet; “when he visited”: it happened."""
    if clauses.mark.get(token) is None:  # “when” is an adverb: what is told is often usual
        return is_future(clauses, head)
    return clauses.xpos[token] in ("VBZ", "VBP", "VB") or is_future(clauses, head)


def is_future(clauses: Clauses, verb: int) -> bool:
    ahead = status_words.FUTURE | status_words.CONDITIONAL
    if any(clauses.lemmas[c] == "due" for c in clauses.children[verb] if c < verb):
        return True  # “is due to end when he steps down”
    if clauses.mark.get(verb) == "to" and "be" in {
        clauses.lemmas[aux] for aux in clauses.aux.get(verb, ())
    }:
        return True  # “is to hold talks when he visits”
    return any(
        clauses.lemmas[aux] in ahead or clauses.words[aux].lower() in ahead
        for aux in clauses.aux.get(verb, ())
    )


def time_adverb(clauses: Clauses, token: int) -> str | None:
    """“When he visits”: the conjunction that parses make an adverb of the clause."""
    for child in clauses.children[token]:
        if child < token and clauses.lemmas[child] == "when":
            return "when" if clauses.deprels[child] in ("advmod", "mark") else None
    return None


def gathered(clauses: Clauses, head: int, token: int) -> bool:
    """“Crammed the square to demand …”: those who came together for it did it."""
    if clauses.lemmas[head] not in status_words.GATHER or clauses.mark.get(token) != "to":
        return False
    return clauses.xpos[head] in ("VBD", "VBN", "VBP", "VBZ", "VBG")


def mark(clauses: Clauses, token: int) -> str | None:
    """The conjunction of a clause; of “for him to step down” it is the “to”."""
    mark = clauses.mark.get(token)
    if mark == "for" and clauses.xpos[token] in ("VB", "VBN"):
        marks = [c for c in clauses.children[token] if clauses.deprels[c] == "mark"]
        return "to" if any(clauses.lemmas[c] == "to" for c in marks) else mark
    return mark


def is_there(clauses: Clauses, place: int) -> bool:
    """“Was in Lima to meet her”: who was there for it has done it."""
    if clauses.case.get(place) not in ("in", "at") or clauses.upos[place] != "PROPN":
        return False
    return any(clauses.words[aux].lower() in ("was", "were") for aux in clauses.aux.get(place, ()))


def is_headline(clauses: Clauses, verb: int, noun: int) -> bool:
    """“Turkey's Erdogan to visit Iran”: the future of headlines, of a name at their top."""
    if clauses.heads[noun] >= 0 or clauses.upos[noun] != "PROPN":
        return False
    return not any(clauses.finite(c) for c in clauses.children[noun]) and noun < verb


def is_the_first(clauses: Clauses, noun: int) -> bool:
    """“The first leader to visit Chad”: what he is first in is as real as his being so."""
    ranked = any(clauses.lemmas[c] in status_words.RANKED for c in clauses.children[noun])
    return ranked and (above_become(clauses, noun) or bool(clauses.aux.get(noun)))


def above_become(clauses: Clauses, noun: int) -> bool:
    above = clauses.heads[noun]
    return above >= 0 and clauses.lemmas[above] == "become"


def generic(clauses: Clauses, token: int, head: int) -> bool:
    """“An attack is a cause for war”: an attack in general, none in particular."""
    if not any(clauses.lemmas[c] in ("a", "an", "any") for c in clauses.children[token]):
        return False
    return any(clauses.xpos[aux] in ("VBZ", "VBP") for aux in clauses.aux.get(head, ()))


def is_meant(clauses: Clauses, verb: int) -> bool:
    """“The visit is aimed to show support”: what it is for, not that it is still to come."""
    if clauses.lemmas[verb] not in status_words.MEANT:
        return False
    return clauses.child(verb, "xcomp", "advcl") is not None or any(
        clauses.deprels[c] == "obl" and clauses.case.get(c) == "at" for c in clauses.children[verb]
    )


def exists(clauses: Clauses, head: int) -> bool:
    """“There had been an attack”: there is no other subject."""
    return any(
        clauses.deprels[c] == "expl" and clauses.lemmas[c] == "there"
        for c in clauses.children[head]
    )


def lasts(clauses: Clauses, verb: int) -> bool:
    """“Talks are going on”, “the fighting continues”; not what had been, nor “goes to …”."""
    tag = clauses.xpos[verb]
    if clauses.lemmas[verb] not in status_words.LASTING or tag not in ("VBG", "VBZ", "VBP"):
        return False
    if any(clauses.xpos[aux] in ("VBD", "MD") for aux in clauses.aux.get(verb, ())):
        return False
    if clauses.lemmas[verb] in ("go", "drag"):
        return clauses.particle.get(verb) == "on"
    return tag != "VBG" or bool(clauses.aux.get(verb))


def is_held(clauses: Clauses, verb: int) -> bool:
    """“Take place”, “go ahead”: what a deed does that is done."""
    lemma = clauses.lemmas[verb]
    if lemma in status_words.HAPPEN:
        return True
    words = {clauses.lemmas[c] for c in clauses.children[verb]}
    return (lemma == "take" and "place" in words) or (lemma == "go" and "ahead" in words)


def is_given(clauses: Clauses, noun: int, head: int, status: Status) -> bool:
    """“The ongoing talks should move the focus”: talks there are, whatever may come of them."""
    if clauses.lemmas[head] in status_words.OCCUR:
        return False
    if any(clauses.lemmas[aux] == "would" for aux in clauses.aux.get(head, ())):
        return False
    told = [c for c in clauses.children[noun] if c < noun]
    if any(clauses.lemmas[c] in status_words.NOT_YET for c in told):
        return False
    return status == "ongoing" or any(
        clauses.lemmas[c] in status_words.GIVEN or clauses.deprels[c] == "nmod:poss" for c in told
    )


def approaches(clauses: Clauses, head: int) -> bool:
    """“Moved closer to adopting”, “edged towards a deal”: near it, and no further."""
    if clauses.lemmas[head] in status_words.APPROACH:
        return True
    return any(
        clauses.words[child].lower() in ("closer", "nearer", "close")
        for child in clauses.children[head]
        if child > head
    )
