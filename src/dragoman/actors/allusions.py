"""States named without a noun phrase of their own: by an adjective, or by a town that is visited.

"Egyptian exports" names a state as "Egypt's exports" would; who arrives in Monrovia has Liberia for
a host. What stands inside another actor's mention ("Iraqi troops") names that actor, so the state
is in the cast without a mention there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dragoman.actors.directory import Directory
from dragoman.actors.names import normalise
from dragoman.actors.struck import Struck
from dragoman.language.analysis import Analysis
from dragoman.records import Actor, Mention

_NAMING = frozenset(["amod", "compound", "nmod:desc", "nmod", "conj"])

_STATES = frozenset(["name", "demonym", "people"])  # terms that name a state; capitals may not

Allusion = tuple[str, int, int]  # the state's id, the first token, the one after the last


def by_adjectives(resolver: Struck) -> list[Allusion]:
    """The states that adjectives outside other mentions name."""
    finder, deprels = resolver.finder, resolver.analysis.deprels
    covered = {
        token
        for chain in resolver.chains
        for first, last, _, _ in chain.mentions
        for token in range(first, last)
    }
    found: list[Allusion] = []
    for token in sorted(finder.demonyms):
        if token in covered or token in finder.name_at or deprels[token] not in _NAMING:
            continue
        state = finder.demonyms[token]
        if resolver.directory.entity(state).kind != "state" or resolver.is_kin_only(token):
            continue
        if found and found[-1][0] == state and found[-1][2] == token:
            found[-1] = (state, found[-1][1], token + 1)  # "South Korean"
        else:
            found.append((state, token, token + 1))
    return found


def states_named(words: Sequence[str], directory: Directory) -> set[str]:
    """The states named in sentences of which no more is known than their words."""
    keys = [normalise(word) for word in words]
    found = set()
    for at, word in enumerate(words):
        match = directory.match(keys, at) if word[0].isupper() else None
        if match is not None and len(match.ids) == 1 and match.via in _STATES:
            (id,) = match.ids
            if directory.entity(id).kind == "state":
                found.add(id)
    return found


def with_allusions(
    actors: Iterable[Actor],
    alluded: Sequence[Allusion],
    others: Iterable[str],
    directory: Directory,
    analysis: Analysis,
) -> tuple[Actor, ...]:
    """The actors with these mentions, in order; `others` are states that have no mention."""
    spans: dict[str, list[Mention]] = {}
    for state, first, last in alluded:
        start, end = analysis.span(first, last)
        spans.setdefault(state, []).append(
            Mention(start=start, end=end, text=analysis.text[start:end], form="name")
        )
    found = [_with(actor, spans.pop(actor.id, [])) for actor in actors]
    missing = sorted({*spans, *others} - {actor.id for actor in found})
    found.extend(_with(_of(directory, id), spans.get(id, [])) for id in missing if id in directory)
    return tuple(sorted(found, key=_place))


def _with(actor: Actor, more: list[Mention]) -> Actor:
    known = {(mention.start, mention.end) for mention in actor.mentions}
    new = [mention for mention in more if (mention.start, mention.end) not in known]
    if not new:
        return actor
    return replace(actor, mentions=tuple(sorted([*actor.mentions, *new], key=lambda m: m.start)))


def _of(directory: Directory, id: str) -> Actor:
    entity = directory.entity(id)
    return Actor(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        code=entity.code,
        sectors=entity.sectors,
        wikidata=entity.wikidata,
        basis="directory",
        part_of=entity.part_of,
        members=entity.members,
    )


def _place(actor: Actor) -> tuple[bool, int, int]:
    """Those without a mention come last, in the order in which they were."""
    if not actor.mentions:
        return True, 0, 0
    return False, actor.mentions[0].start, -actor.mentions[0].end
