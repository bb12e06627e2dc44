"""What a noun phrase says of the actor that it describes: its country, body, sectors, number."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors.lexicon import Agent
from dragoman.actors.mentions import NUMBERS, Finder, Spot

_DEFINITE = frozenset(
    ["the", "this", "that", "these", "those", "both", "its", "his", "her", "their"]
)
_OWN = ("of", "from", "for", "in", "at", "within", "across", "throughout", "inside", "to", "by")
_BOUND = frozenset(
    [
        "loyal",
        "close",
        "ally",
        "allied",
        "link",
        "linked",
        "affiliate",
        "affiliated",
        "base",
        "based",
        "belong",
        "faithful",
        "hold",
        "control",
        "command",
        "dominate",
        "own",
        "operate",
    ]
)
_LED_BY = frozenset(["director", "coordinator", "chairman", "manager", "negotiator", "commander"])
_SERVING = frozenset(["adviser", "advisor", "aide", "assistant", "counsellor", "counselor"])
_LED = frozenset(["coalition", "alliance"])
_FIRST_SECTORS = frozenset(["REB", "OPP", "UAF", "PRM", "COP", "SPY", "MIL", "LEG", "JUD", "PTY"])


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing that a noun phrase ties its head to: `how` is left, poss or a preposition."""

    token: int
    how: str


@dataclass(frozen=True, slots=True)
class Description:
    """The features of a noun phrase."""

    agent: Agent
    definite: bool
    indefinite: bool
    plural: bool
    number: int | None
    former: bool
    lesser: bool
    sectors: tuple[str, ...]
    ties: tuple[Tie, ...]
    counterpart: bool


def describe(finder: Finder, spot: Spot) -> Description:
    """Reads the noun phrase of a description, or of the title before a name."""
    assert spot.phrase is not None
    analysis, lexicon = finder.analysis, finder.lexicon
    phrase = spot.phrase
    own = finder.head_of(phrase.first, phrase.last)
    left = [finder.keys[t] for t in range(spot.first, phrase.first)]
    agent = phrase.agent
    number = next((NUMBERS[w] for w in left if w in NUMBERS), None)
    has_owner = any(
        analysis.deprels[c] == "nmod:poss" and c >= spot.first for c in analysis.children[own]
    )
    definite = has_owner or any(w in _DEFINITE for w in left)
    sectors = _sectors(finder, spot, phrase.first, agent)
    if agent.noun in _LED and "led" in left:
        sectors = ("MIL",)  # “the US-led coalition” is no alliance of parties
    return Description(
        agent=agent,
        definite=definite,
        indefinite=not definite and any(w in ("a", "an", "some", "another", "one") for w in left),
        plural=spot.plural and spot.form != "name",
        number=number,
        former=any(w in lexicon.former or w.startswith("ex-") for w in left),
        lesser=any(w in lexicon.lesser for w in left),
        sectors=sectors,
        ties=tuple(_ties(finder, spot, own)),
        counterpart=agent.noun == "counterpart",
    )


def _sectors(finder: Finder, spot: Spot, until: int, agent: Agent) -> tuple[str, ...]:
    """Sectors from the modifiers and the noun; the modifiers alone decide for a neutral noun."""
    words = finder.lexicon.sector_words
    said: list[str] = []
    for t in range(spot.first, until):
        if t in finder.name_at and finder.name_at[t].ids:
            continue
        for word in (finder.keys[t], f"{finder.keys[t]} {finder.keys[t + 1]}"):
            sector = words.get(word)
            if sector is not None and sector not in said:
                said.append(sector)
        phrase = finder.phrase_at.get(t)
        if phrase is not None and phrase.last <= until and not phrase.agent.neutral:
            said.extend(s for s in phrase.agent.sectors[:1] if s not in said)
    if agent.neutral:
        return tuple(said) or agent.sectors
    first = [s for s in said if s in _FIRST_SECTORS]
    rest = [s for s in (*agent.sectors, *said) if s not in first]
    return tuple(first + rest)


def _ties(finder: Finder, spot: Spot, own: int) -> list[Tie]:
    """What the head is tied to, the most telling first: owner, modifier, preposition."""
    analysis = finder.analysis
    poss: list[Tie] = []
    left: list[Tie] = []
    right: list[Tie] = []
    heads = [own] if spot.counted is None else [own, spot.counted]
    for head in heads:
        for child in analysis.children[head]:
            if spot.phrase is not None and spot.phrase.first <= child < spot.phrase.last:
                continue
            relation = analysis.deprels[child]
            if relation == "nmod:poss":
                poss.append(Tie(child, "poss"))
            elif child < head and relation in ("amod", "compound", "nmod:desc", "flat"):
                left.extend(Tie(t, "left") for t in _chained(finder, child))
            elif child > head and relation in ("amod", "acl") and _binds(finder, head, child):
                right.extend(
                    Tie(c, "of")
                    for c in analysis.children[child]
                    if analysis.deprels[c] in ("obl", "nmod", "obl:agent")
                )
            elif relation == "nmod" and child > head:
                how = _case(finder, child)
                if how == "to" and spot.phrase and spot.phrase.agent.noun in _SERVING:
                    how = "of"  # an adviser to someone is his, an envoy to someone is not
                if how in _OWN:
                    right.append(Tie(child, how))
                    right.extend(
                        Tie(c, how)
                        for c in analysis.children[child]
                        if analysis.deprels[c] == "conj"
                    )
                    right.extend(Tie(t, how) for t in _within_what_is_led(finder, spot, child))
    if spot.name is not None:  # "Queen Mathilde of Belgium"
        right.extend(
            Tie(child, "of")
            for child in analysis.children[spot.head]
            if analysis.deprels[child] == "nmod" and _case(finder, child) == "of"
            and finder.keys[spot.name.last : spot.name.last + 1] == ["of"]
        )  # fmt: skip
    known = {tie.token for tie in left} | {tie.token for tie in poss}
    until = spot.phrase.first if spot.phrase else spot.first
    first = max((finder.edges(tie.token)[1] for tie in poss), default=spot.first)
    left.extend(
        Tie(t, "left")
        for t in range(max(first, spot.first), until)
        if t not in known and finder.is_modifier(t)
    )
    person = spot.name is not None or (spot.phrase and spot.phrase.agent.sort == "person")
    if person and _ends_a_body(finder, spot.first - 1):
        left.append(Tie(spot.first - 1, "left"))
    right.sort(key=lambda tie: _OWN.index(tie.how))
    return [*poss, *left, *right]


def _within_what_is_led(finder: Finder, spot: Spot, noun: int) -> list[int]:
    """ "The head of the UN aid programme": the UN, where what one leads is no actor itself."""
    leads = spot.phrase is not None and (
        spot.phrase.agent.noun in finder.lexicon.words["leaders"]
        or spot.phrase.agent.noun in _LED_BY
    )
    if not leads or noun in finder.phrase_at or noun in finder.name_at:
        return []
    analysis = finder.analysis
    return [
        token
        for child in analysis.children[noun]
        if analysis.deprels[child] in ("amod", "compound", "nmod:poss")
        for token in _chained(finder, child)
        if finder.is_modifier(token) or token in finder.name_at
    ]


def _ends_a_body(finder: Finder, token: int) -> bool:
    """ "NATO" in "NATO chief Rutte", which parses hang on the name of the one who is called so."""
    name = finder.name_at.get(token)
    if name is None or not name.ids or token != name.last - 1:
        return False
    return name.label == "ORG" or finder.directory.entity(name.ids[0]).kind == "igo"


def _binds(finder: Finder, head: int, word: int) -> bool:
    """Whether a participle ties its noun to someone ("troops loyal to", "delegation led by")."""
    lemma = finder.lemmas[word]
    return lemma in _BOUND or (lemma in ("lead", "head") and finder.lemmas[head] == "delegation")


def _chained(finder: Finder, token: int) -> list[int]:
    """A modifier with those joined to it ("Turkish and Greek sides") and those inside it."""
    analysis = finder.analysis
    found = [token]
    for child in analysis.children[token]:
        if analysis.deprels[child] in ("conj", "compound", "amod"):
            found.extend(_chained(finder, child))
    return found


def _case(finder: Finder, token: int) -> str:
    analysis = finder.analysis
    for child in analysis.children[token]:
        if analysis.deprels[child] == "case":
            return finder.keys[child]
    return ""
