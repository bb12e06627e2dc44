"""The cast of a document: who is in it, where each is mentioned, and whom a word stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from dragoman.actors.allusions import by_adjectives, states_named, with_allusions
from dragoman.actors.chains import Chain
from dragoman.actors.directory import Directory
from dragoman.actors.lexicon import Lexicon
from dragoman.actors.mentions import Finder
from dragoman.actors.publishers import Publisher
from dragoman.actors.resolution import Resolver
from dragoman.language.analysis import ROOT, Analysis
from dragoman.records import Actor, Mention

_MODIFYING = frozenset(["amod", "compound", "nmod:poss", "nmod:desc"])
_RELATIVES = frozenset(["who", "whom", "which", "that", "whose"])


@dataclass(frozen=True)
class Cast:
    """All actors of a document, resolved.

    `mention_tokens` lists the mentions in order, each as (first, last, head, actor id), last
    exclusive. A description that counts ("tens of thousands of troops") answers at both heads.
    """

    actors: tuple[Actor, ...]
    mention_tokens: tuple[tuple[int, int, int, str], ...]
    _at: Mapping[int, str]
    _modifiers: Mapping[int, str]
    _local: frozenset[str] = frozenset()

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {
            actor.id: replace(actor, code=None, part_of=None) if actor.id in self._local else actor
            for actor in self.actors
        }

    def at(self, token: int) -> str | None:
        """The id of the actor whose mention has its head at a token, or None.

        Relative pronouns answer too.
        """
        return self._at.get(token)

    def actor(self, id: str) -> Actor:
        """The actor with this id as the text tells it; KeyError where there is none.

        People of whom no country is told ("20 people", "a man") have that of the place in `actors`
        and none here: it is no sign that what they do or suffer is politics.
        """
        return self._by_id[id]

    def modifier(self, token: int) -> str | None:
        """The state that a demonym or a name stands for ("Russian" in "Russian troops")."""
        return self._modifiers.get(token)


def find_cast(
    analysis: Analysis,
    directory: Directory,
    *,
    date: str | None,
    publisher: Publisher | None = None,
) -> Cast:
    """All political actors of a document with their mentions.

    `date` is the day of the document (ISO); who holds an office is told by it. `publisher` is the
    office whose own text it is: “I” and “the President” are then its holder's.
    """
    lexicon = Lexicon.load()
    finder = Finder(analysis, directory, lexicon)
    resolver = Resolver(finder, directory, lexicon, date, publisher)
    resolver.run()
    ids = _ids(resolver.chains)
    actors = tuple(_actor(chain, ids, analysis) for chain in _ordered(resolver.chains))
    mentions = sorted(
        (first, last, head, ids[chain.number])
        for chain in resolver.chains
        if chain.mentions
        for first, last, head, _ in chain.mentions
    )
    at = {token: ids[chain.number] for token, chain in resolver.at.items()}
    people = frozenset(actor.id for actor in actors if actor.kind == "person")
    _relatives(analysis, finder.keys, at, people)
    modifiers = {
        token: state
        for token in [*finder.demonyms, *finder.name_at]
        for state in [resolver.modifier_state(token)]
        if state is not None and not _is_place(finder, token)
    }
    alluded = [*by_adjectives(resolver), *resolver.hosts()]
    actors = with_allusions(
        actors,
        alluded,
        {*modifiers.values(), *states_named(analysis.tokens.left_out, directory)},
        directory,
        analysis,
    )
    local = frozenset(ids[c.number] for c in resolver.chains if c.local and c.mentions)
    return Cast(actors, tuple(mentions), at, modifiers, local)


def _is_place(finder: Finder, token: int) -> bool:
    """Whether a capital stands by itself, so that it modifies nothing."""
    name = finder.name_at.get(token)
    relation = finder.analysis.deprels[token]
    if name is None or name.via not in ("capital", "place"):
        return False
    within = name.via == "place" and name.first <= finder.analysis.heads[token] < name.last
    return within or relation not in _MODIFYING


def _ordered(chains: list[Chain]) -> list[Chain]:
    """The actors by their first mention; a compound's members that stand nowhere else come last."""
    used = [chain for chain in chains if chain.mentions]
    members = [m for chain in used for m in chain.members if not m.mentions]
    used.sort(key=lambda chain: min((a, -b) for a, b, _, _ in chain.mentions))
    return used + _once(members)


def _once(chains: list[Chain]) -> list[Chain]:
    found: list[Chain] = []
    for chain in chains:
        if chain not in found:
            found.append(chain)
    return found


def _ids(chains: list[Chain]) -> dict[int, str]:
    """The id of each chain, by its number: the directory's, else x1, x2 … by first mention."""
    ids: dict[int, str] = {}
    count = 0
    for chain in _ordered(chains):
        if chain.entity is not None:
            ids[chain.number] = chain.entity.id
        else:
            count += 1
            ids[chain.number] = f"x{count}"
    return ids


def _actor(chain: Chain, ids: Mapping[int, str], analysis: Analysis) -> Actor:
    text = analysis.text
    spans = sorted((*analysis.span(first, last), form) for first, last, _, form in chain.mentions)
    entity = chain.entity
    return Actor(
        id=ids[chain.number],
        name=chain.name,
        kind=chain.kind,
        code=chain.code,
        sectors=chain.sectors,
        role=chain.role,
        wikidata=entity.wikidata if entity is not None else None,
        basis="directory" if entity is not None else "text",
        members=tuple(ids[m.number] for m in chain.members) or (entity.members if entity else ()),
        part_of=chain.part_of,
        candidates=chain.candidates,
        mentions=tuple(Mention(start=a, end=b, text=text[a:b], form=f) for a, b, f in spans),
        assumed=chain.is_of_story,
    )


def _named_right_before(
    token: int, keys: list[str], at: Mapping[int, str], people: frozenset[str]
) -> str | None:
    """“Speaker of the Senate Ana Ruiz, who …”: the person whose name ends before the pronoun."""
    before = token - 2 if token > 1 and keys[token - 1] == "," else token - 1
    actor = at.get(before)
    return actor if actor is not None and actor in people else None


def _relatives(
    analysis: Analysis, keys: list[str], at: dict[int, str], people: frozenset[str]
) -> None:
    """Gives relative pronouns the actor that they refer to, so that a clause's doer is known."""
    for token, key in enumerate(keys):
        if key not in _RELATIVES or analysis.upos[token] not in ("PRON", "DET"):
            continue
        climbing = token
        for _ in range(4):
            if analysis.deprels[climbing] == "acl:relcl":
                actor = _named_right_before(token, keys, at, people) if key == "who" else None
                actor = actor or at.get(analysis.heads[climbing])
                if actor is not None:
                    at.setdefault(token, actor)
                break
            climbing = analysis.heads[climbing]
            if climbing == ROOT:
                break
