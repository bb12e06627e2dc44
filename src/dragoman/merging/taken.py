"""Positions that somebody takes within what is told as a mere claim, sentence by sentence.

“Officials said the rebels would not accept a plan that leaves him in power” is a claim by its words
of saying, and a red line of the rebels by what is said. Here the clauses of a content are looked
through for what another must do, what the speaker's own side is ready for, wants or will not have.
The words are in `stances.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Literal

from dragoman.merging.said import Said
from dragoman.merging.stance_words import begins

Position = Literal["demand", "offer", "red line", "aim"]

_SENTENCES: Final = re.compile(r"(?<=[.!?])[\"”’']*\s+(?=[\"“‘A-Z])")
# Where a clause begins whose subject stands before a verb.
_BOUNDS: Final = re.compile(
    r"[,;:()\[\]—–]|\s-+\s|\b(?:that|and|but|or|so|because|if|unless|when|while|where|whether|which"
    r"|who|whom|why|how|what|as|than|before|after|until|since|although|though|once|yet)\b"
    r"|(?<=\s)[\"“‘](?=\w)",
    re.IGNORECASE,
)
# Clauses in which nothing is demanded: questions, conditions, relative clauses.
_UNREAL: Final = frozenset(
    """if unless when where whether which who whom why how what as than because before after until
    since although though once""".split()  # noqa: SIM905
)
_NEGATED: Final = r"(?P<not>\s+(?:not|never|no longer)|n['’]t)?"
_BETWEEN: Final = r"(?:\s+(?:\w+ly|also|now|still|only|first|then|again|at once|both|all))*"
_MUST: Final = re.compile(
    rf"\b(?P<modal>must|has to|have to|needs? to|ought to|should){_NEGATED}{_BETWEEN}\s+"
    r"(?P<verb>[\w-]+)(?:\s+(?P<next>\w+))?"
)
# “The need to”, “do not have to”, “may have to”.
_NO_DUTY: Final = re.compile(
    r"(?:\b(?:the|a|an|no|any|this|great|urgent|not|may|might|would|will|could|did|does)|n['’]t)\s*$"
)
_WILL_NOT: Final = re.compile(
    r"\b(?:(?:will|would|could|can|shall)\s*(?:not|never|no longer)|won['’]t|wouldn['’]t|can['’]t|"
    rf"couldn['’]t|cannot)\b{_BETWEEN}\s+(?:be\s+)?(?P<verb>[\w-]+)",
)
_READY: Final = re.compile(
    r"(?:\b(?:is|are|am|was|were|be|been|remains?|stands?|stood)|['’](?:m|s|re))"
    rf"{_BETWEEN}\s+[\"“]?(?:ready|willing|prepared|open)\s+(?P<how>to|for)\s+(?:\w+ly\s+)?(?P<verb>[\w-]+)",
)
_WANT: Final = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )(?<!never )\b"
    r"(?:wants?|wanted|hopes?|hoped|seeks?|sought|aims?|aimed|intends?|intended|would like|"
    r"['’]d like|wish(?:es)?|(?:is|are|was|were|am|['’](?:m|re|s)) "
    r"(?:determined|seeking|aiming|hoping))"
    r"\s+(?P<what>[^.;]+)"
)
_DOES: Final = re.compile(
    r"\b(?:I|[Ww]e)(?:\s+(?:\w+ly|also|therefore|again|strongly|have|are|am))*\s+"
    r"(?:(?P<demand>demand(?:ing)?|urg(?:e|ing)|call(?:ing)? (?:on|upon|for)|"
    r"appeal(?:ing)? (?:to|for)|"
    r"insist(?:ing)?)|"
    r"(?P<line>reject|refuse|rule out|oppose)|(?P<offer>offer(?:ed|ing)?|propos(?:e|ed|ing)))\b"
)
_DUE: Final = re.compile(
    r"\b(?:it is|it['’]s) (?:high |now |long )?(?:time|past time|necessary|essential|vital|"
    r"imperative|crucial|critical) (?:now )?(?:that|for|to)\b"
    r"|\bwhat (?:is|matters|we need)\b[^.;]{0,40}\b(?:important|needed|necessary|essential|now)\b",
    re.IGNORECASE,
)
_NO_TALKS: Final = re.compile(
    r"\b(?:there (?:will|would|can|could|must|is|['’]ll)(?: be)? no|no) (?:\w+ ){0,2}"
    r"(?:talks?|negotiations?|"
    r"deal|concessions?|compromises?|cease-?fire|truce|dialogue|return|peace|recognition)\b",
    re.IGNORECASE,
)
_HOLDS_OFF: Final = re.compile(
    r"\b(?:until|unless|as long as|before|while|without|with|on|over|about)\b", re.IGNORECASE
)
# “He may stay as long as he pays”.
_GRANTS: Final = re.compile(
    r"\b(?:can|could|may|might)\b[^.;]*\b(?:as long as|provid(?:ed|ing)|on (?:the )?condition|"
    r"in (?:return|exchange) for)\b"
    r"|\b(?:can|could|may|might) (?:still )?(?:stay|remain|keep|leave|join|return)\b[^.;]*\bif\b"
)
# “Would only talk after …”, “can only be accepted if …”.
_ONLY: Final = re.compile(
    r"\b(?:will|would|can|could) only (?:be )?(?:accept|talk|negotiat|sign|stop|withdraw|join|"
    r"return|lift|agree|meet|attend|releas|disarm)\w*\b[^.;]*\b(?:if|when|after|once|provided)\b"
)
# What one is ready for by way of an offer.
_TALKS: Final = re.compile(
    r"(?:\w+ly\s+)?(?:\w+\s+){0,2}(?:talks?|negotiations?|dialogue|deals?|peace|compromises?|co-?operation|"
    r"discussions?|ideas?|proposals?|suggestions?|elections?|truce|cease-?fire|meetings?)\b"
)
# In somebody's own words that are cut wrongly: “…”, he said, …
_REPORTED: Final = re.compile(
    r"\b(?:he|she|they|[A-Z][\w-]+) (?:also )?"
    r"(?:said|told|added|argued|asked|brushed|confirmed|agreed|noted)\b"
)
# “Should be able to”: nobody is asked.
_BEING: Final = frozenset(
    {"able", "clear", "enough", "possible", "grateful", "proud", "careful", "free"}
)
_ANYBODY: Final = re.compile(r"\bone\s+$", re.IGNORECASE)
_NOBODY: Final = frozenset(
    """i it this that there you one who which what people everyone everybody nobody someone we they
    he she these those us""".split()  # noqa: SIM905
)
_OWN_WORD: Final = re.compile(
    r"(?:his|her|its|their|our|my)\s+(?:own\s+)?(?:\w+\s+)?(?P<what>\w+)", re.IGNORECASE
)
_BODIES: Final = frozenset(
    """country government side forces force army troops group movement party people nation state
    administration ministry representatives delegation alliance organisation organization president
    leader leaders cabinet coalition council team men fighters rebels republic kingdom authorities
    military office union bloc""".split()  # noqa: SIM905
)
_ROOT: Final = 4
_MOST: Final = 12  # words of a subject
_GENERIC: Final = frozenset(
    """senior former chief deputy minister foreign president prime official spokesman spokeswoman
    general secretary state states united affairs defence defense interior leader head from with
    told that will international national""".split()  # noqa: SIM905
)


def taken(said: Said) -> Iterator[tuple[Position, str]]:
    """The positions taken within a content, each with the sentence that takes it."""
    for sentence in _SENTENCES.split(" ".join(said.content.split())):
        mixed = said.quoted and _REPORTED.search(sentence)
        if not mixed and not sentence.rstrip("\"”’' ").endswith("?"):
            found = _in_sentence(said, sentence)
            if found is not None:
                yield found, sentence


def _in_sentence(said: Said, sentence: str) -> Position | None:
    done = _DOES.search(sentence) if said.quoted else None
    if done is not None and not _is_unreal(sentence[: done.start()]):
        if done["demand"]:
            return "demand"
        return "red line" if done["line"] else "offer"
    own = _own_position(said, sentence)
    if own is not None:
        return own
    talks = _NO_TALKS.search(sentence)
    if talks is not None and _HOLDS_OFF.search(sentence, talks.end()):
        starts = not sentence[: talks.start()].strip(' "“‘') or "there" in talks.group().casefold()
        if starts and not re.search(
            r"\bwas|were|had\b", sentence[talks.start() : talks.end() + 12]
        ):
            return "red line"
    due = _DUE.search(sentence)
    if due is not None and not re.search(r"\bdecid\w+ (?:that )?$", sentence[: due.start()]):
        return "demand"
    for must in _MUST.finditer(sentence):
        if _asks(said, sentence, must):
            return "demand"
    return None


def _own_position(said: Said, sentence: str) -> Position | None:
    """What the speaker's own side will not have, is ready for, or wants."""
    for refusal in _WILL_NOT.finditer(sentence):
        if refusal["verb"] in ("go", "hesitate", "rest", "say"):
            continue
        if begins("will", "yielding", refusal["verb"]) and _is_own(
            said, sentence[: refusal.start()]
        ):
            return "red line"
    for ready in _READY.finditer(sentence):
        words = sentence[ready.start("verb") :]
        if not _TALKS.match(words) and (
            ready["how"] == "for"
            or begins("want", "polite", ready["verb"].casefold())
            or ready["verb"] == "the"
        ):
            continue
        if _is_own(said, sentence[: ready.start()]):
            if begins("will", "hostile", ready["verb"]) or begins(
                "will", "fighting", ready["verb"]
            ):
                return None
            return "offer"
    only = _ONLY.search(sentence)
    if only is not None:
        be = " be " in only.group()
        return "red line" if be or _is_own(said, sentence[: only.start()]) else None
    if _GRANTS.search(sentence):
        return "offer"
    for want in _WANT.finditer(sentence):
        before = sentence[: want.start()]
        deed = re.match(r"to (?:\w+ly )?([\w-]+)", want["what"])
        if deed is not None and begins("want", "polite", deed[1].casefold()):
            continue
        if _is_own(said, before):
            past = re.match(r"\b(?:wanted|hoped|sought|aimed|intended|was|were)", want.group())
            if past and said.quoted:
                continue
            other = re.match(
                r"(?!to\b)(?:\w+[\w’'-]*\s+){1,6}(?<!end )(?<!halt )(?<!return )(?<!solution )"
                r"(?<!access )to\s+\w",
                want["what"],
            )
            wants = want.group().startswith(("want", "would like"))
            return "demand" if other and wants else "aim"
    return None


def _asks(said: Said, sentence: str, must: re.Match[str]) -> bool:
    """“Oslo must leave”, not “what should be done”, “one must see”, “should have left”."""
    verb = must["verb"].casefold()
    if verb == "have" or begins("must", "idle", verb) or must["next"] in _BEING:
        return False  # “must have believed”
    if _NO_DUTY.search(sentence[: must.start()]):
        return False
    subject, unreal = _subject(sentence[: must.start()])
    if unreal or not subject:
        return False
    if must["modal"] == "need to" and not (subject[-1].endswith("s") or subject[-1][0].isupper()):
        return False  # “their long-term need to”
    first = subject[0].casefold()
    if first in _NOBODY or (
        first in ("a", "an", "any") and must["modal"] not in ("must", "should")
    ):
        return False
    return not _is_own(said, sentence[: must.start()])


def asks_for_anything(said: Said) -> bool:
    """False where all that “must” be done is to see, remember or consider something."""
    musts = list(_MUST.finditer(said.content))
    return not musts or any(
        not begins("must", "idle", m["verb"].casefold())
        and m["next"] not in _BEING
        and not _ANYBODY.search(said.content[: m.start()])
        for m in musts
    )


def _is_unreal(before: str) -> bool:
    bounds = [m.group().casefold() for m in _BOUNDS.finditer(before)]
    return bool(bounds) and bounds[-1] in _UNREAL


def _subject(before: str) -> tuple[list[str], bool]:
    """The words between the last bound of a clause and a verb; whether the clause is unreal."""
    bounds = list(_BOUNDS.finditer(before))
    last = bounds[-1] if bounds else None
    words = re.findall(r"[\w’'.-]+", before[last.end() :] if last else before)
    return words[-_MOST:], last is not None and last.group().casefold() in _UNREAL


def _is_own(said: Said, before: str) -> bool:
    """Is who stands before a verb the speaker or his side?"""
    subject, unreal = _subject(before)
    if not subject:
        # “would not step down, and would not talk”: the subject stands in the clause before.
        return _shared(said, before)
    if unreal:
        return False
    first = subject[0].strip("'’.").casefold()
    first = re.sub(r"['’](?:s|re|m|ve|d|ll)$", "", first)
    if first in ("i", "we") or subject[-1].casefold() in ("i", "we"):
        return True
    if first in ("he", "she"):
        person = said.speaker is not None and said.speaker.kind == "person"
        return person and not said.quoted and len(subject) <= 3
    if first in ("it", "they"):
        return not said.quoted and len(subject) <= 3
    owned = _OWN_WORD.match(" ".join(subject))
    if owned and any(word.casefold() in _BODIES for word in subject[1:5]):
        return not said.quoted or first in ("our", "my")
    roots = _roots(said)
    head = [w for w in subject[:5] if w.casefold() not in ("the", "a", "an")]
    if any(
        word.casefold().removesuffix("'s").removesuffix("’s")[:_ROOT] in roots
        for word in head
        if len(word) >= _ROOT
    ):
        return True
    official = said.speaker is not None and said.speaker.sectors[:1] in (("GOV",), ("MIL",))
    return (
        official
        and len(head) == 1
        and head[0].casefold()
        in ("government", "authorities", "army", "regime", "administration", "country")
    )


def _shared(said: Said, before: str) -> bool:
    shorter = re.sub(r"[\s,]*(?:and|but|or)?[\s,]*$", "", before)
    if shorter == before or len(shorter) < 2:
        return False
    first = re.split(r"\b(?:will|would|can|could|is|are|was|were)\b", shorter)[0]
    return first != shorter and bool(first.strip()) and _is_own(said, first)


def _roots(said: Said) -> frozenset[str]:
    words = set((said.speaker_text or "").split())
    if said.speaker is not None:
        words |= {*said.speaker.name.split(), *(said.speaker.role or "").split()}
    own = _beginnings(words) - _beginnings(_GENERIC)
    return frozenset(own | _beginnings(_names_of(said.side)))


def is_own_name(said: Said, word: str) -> bool:
    """Is a word a name of the speaker or of his side, or of what is his side's?"""
    return word.casefold()[:_ROOT] in _roots(said)


def _beginnings(words: Iterable[str]) -> set[str]:
    bare = (re.sub(r"['’]s$", "", word).casefold().strip(",.'’\"“”") for word in words)
    return {word[:_ROOT] for word in bare if len(word) >= _ROOT}


@lru_cache(maxsize=1_024)
def _names_of(side: str) -> tuple[str, ...]:
    """The words of a side's name."""
    from dragoman.actors.directory import Directory

    directory = Directory.load()
    return tuple(directory.entity(side).name.split()) if side in directory else ()
