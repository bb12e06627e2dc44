"""The judge's plain facts of a telling.

A fact is a short text (`frame=call-for`, `actor=state`); the judge has a weight for each that it
met often enough in training and none for others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.coding.drafts import Draft
from dragoman.coding.fillers import Filler
from dragoman.coding.judging.features import Page, bucket
from dragoman.records import Actor

_PLACES = (0, 2, 5, 10, 20)  # last sentences of the stretches of a text
_QUOTES = frozenset({"“", '"', "‘", "'"})
_WITH_FRAME = frozenset({"actor", "recipient", "both political", "part", "status", "relation"})
_WITH_TYPE = _WITH_FRAME - {"status"} | frozenset(
    {"political share", "political in sentence", "background", "in a statement", "short sentence",
     "actor sector", "recipient sector", "determiner", "states", "over a deed", "carried",
     "no object", "passive", "object tag", "political actor", "political recipient"}
)  # fmt: skip


def facts_of(page: Page, draft: Draft) -> list[str]:
    """All facts of one telling, in a fixed order."""
    candidate = draft.act.candidate
    clauses, frame = page.clauses, candidate.frame
    lemma = clauses.lemmas[candidate.head]
    facts = [
        f"type={draft.type}",
        f"frame={frame.name}",
        f"word={lemma}",
        f"part={candidate.part}",
        f"word and part={lemma}:{candidate.part}",
        f"status={draft.status}",
        f"type and status={draft.type}:{draft.status}",
        f"rank={bucket(draft.rank)}",
        f"asked={frame.weight // 2 if frame.weight < 10 else 5}",
        f"asked and type={draft.type}:{min(frame.weight, 4) // 2}",
    ]
    if draft.mode:
        facts.append(f"mode={draft.type}.{draft.mode}")
    facts += _of_shape(page, draft)
    facts += _of_roles(page, draft)
    facts += [f"clue={clue.kind}" for clue in draft.reading.clues]
    facts += page.facts
    facts += page.sentence(draft.sentence)[1]
    facts += _of_form(page, draft)
    facts += _of_company(page, draft)
    facts += _of_text(page, draft)
    facts += _paired(draft, facts)
    return list(dict.fromkeys(facts))


def _of_shape(page: Page, draft: Draft) -> Iterator[str]:
    candidate, clauses = draft.act.candidate, page.clauses
    deprel = clauses.deprels[candidate.top].partition(":")[0]
    yield f"relation={deprel}"
    yield f"relation and part={deprel}:{candidate.part}"
    if candidate.support is not None:
        yield f"carried by={clauses.lemmas[candidate.support]}"
        yield "carried"
    if candidate.passive:
        yield "passive"
    if draft.background:
        yield "background"
    if draft.act.refused:
        yield "refused"
    if draft.act.deeds:
        yield "over a deed"
        yield f"over a deed and type={draft.type}"
    if draft.statement is not None:
        yield "in a statement"
    if draft.when is not None:
        yield "dated"
    if draft.size:
        yield "counted"
    objects = clauses.objects(candidate.head) if candidate.part == "verb" else []
    for token in objects[:1]:
        yield f"object={clauses.lemmas[token]}"
        yield f"object tag={clauses.upos[token]}"
    if candidate.part == "verb" and not objects:
        yield "no object"
    above = clauses.heads[candidate.top]
    if above >= 0:
        yield f"under={clauses.lemmas[above]}"
    if candidate.part == "noun":
        determiners = [c for c in clauses.children[candidate.head] if clauses.deprels[c] == "det"]
        yield f"determiner={clauses.lemmas[determiners[0]] if determiners else 'none'}"


def _of_form(page: Page, draft: Draft) -> Iterator[str]:
    """Tense, mood, number, auxiliaries, prepositions and what stands beside the trigger."""
    candidate, clauses = draft.act.candidate, page.clauses
    head, top = candidate.head, candidate.top
    yield f"form={clauses.xpos[top]}"
    yield f"form and type={draft.type}:{clauses.xpos[top]}"
    for aux in clauses.aux.get(top, ()):
        yield f"auxiliary={clauses.lemmas[aux]}"
    if top in clauses.negation or head in clauses.negation:
        yield "negated"
        yield f"negated and type={draft.type}"
    if head in clauses.case:
        yield f"behind={clauses.case[head]}"
    if head in clauses.mark or top in clauses.mark:
        yield f"mark={clauses.mark.get(top) or clauses.mark.get(head)}"
    for child in clauses.children[head]:
        deprel = clauses.deprels[child].partition(":")[0]
        lemma = clauses.lemmas[child]
        if deprel == "amod":
            yield f"adjective={lemma}"
        elif deprel == "compound":
            yield f"compound={lemma}"
        elif deprel in ("nmod", "obl") and child in clauses.case:
            yield f"preposition={clauses.case[child]}"
            yield f"frame and preposition={candidate.frame.name}:{clauses.case[child]}"
            yield f"behind preposition={lemma}"
        elif deprel in ("advcl", "ccomp", "xcomp"):
            yield f"clause={deprel}"
    if top != head:
        yield f"carried by and word={clauses.lemmas[top]}:{clauses.lemmas[head]}"
    word = clauses.words[head]
    if word[:1].isupper():
        yield "capital"
        if page.analysis.tokens.bounds[draft.sentence] != head:
            yield "capital inside"
    if head and clauses.words[head - 1] in _QUOTES:
        yield "in scare quotes"


def _of_company(page: Page, draft: Draft) -> Iterator[str]:
    """What else is told in its sentence."""
    trigger, here = set(draft.act.candidate.trigger), 0
    for other in page.beside(draft):
        here += 1
        yield f"beside={other.type}"
        yield f"type beside type={draft.type}:{other.type}"
        if trigger & set(other.act.candidate.trigger):
            yield f"rival={other.type}"
    yield f"tellings in sentence={min(here, 4)}"


def _of_text(page: Page, draft: Draft) -> Iterator[str]:
    """What else is told in the text and where in it this stands; of a few sentences, nothing."""
    if page.is_short:
        return
    place = page.analysis.tokens.place(draft.sentence)
    yield f"place in text={sum(place > last for last in _PLACES)}"
    yield f"of the type in text={min(page.types[draft.type], 6) // 2}"
    force = min(page.types["ASSAULT"] + page.types["MOBILIZE"], 11) // 3
    yield f"force in text={force}"
    yield f"force in text and type={draft.type}:{force}"
    yield f"tellings a sentence={min(4 * len(page.drafts) // page.sentences, 8)}"


def _paired(draft: Draft, facts: Sequence[str]) -> Iterator[str]:
    """The frame, and the class, each together with who takes part and how it stands."""
    frame = draft.act.candidate.frame.name
    for fact in facts:
        name = fact.partition("=")[0]
        if name in _WITH_FRAME:
            yield f"frame & {frame} & {fact}"
        if name in _WITH_TYPE:
            yield f"type & {draft.type} & {fact}"


def _of_roles(page: Page, draft: Draft) -> Iterator[str]:
    sides = (("actor", draft.roles.actors), ("recipient", draft.roles.recipients))
    political = []
    for name, fillers in sides:
        yield f"{name}s={bucket(len(fillers))}"
        yield f"{name}s and type={draft.type}:{min(len(fillers), 2)}"
        seen = [page.political(filler.actor) for filler in fillers]
        political.append(any(seen))
        if fillers:
            yield f"political {name}={any(seen)}"
            yield from _of_filler(page, name, fillers[0])
    yield f"both political={political[0] and political[1]}"
    if any(political):
        yield f"political and type={draft.type}"
    codes = [{page.cast.actor(f.actor).code for f in fillers} - {None} for _, fillers in sides]
    if codes[0] and codes[0] & codes[1]:
        yield "one state on both sides"
    elif codes[0] and codes[1]:
        yield "two states"
        yield f"two states and type={draft.type}"
    if draft.act.candidate.frame.mutual and len(codes[0]) > 1:
        yield "two states"


def _of_filler(page: Page, name: str, filler: Filler) -> Iterator[str]:
    actor: Actor = page.cast.actor(filler.actor)
    yield f"{name}={actor.kind}"
    yield f"{name} from={actor.basis}"
    yield f"{name} coded={actor.code is not None}"
    yield f"{name} sector={actor.sectors[0] if actor.sectors else 'none'}"
    yield f"{name} slot={filler.slot.rpartition('.')[2]}"
    yield f"{name} tag={page.clauses.upos[filler.token]}"
