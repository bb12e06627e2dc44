"""How far noun phrases reach, by the parse."""

from __future__ import annotations

from dragoman.actors.directory import Directory
from dragoman.actors.lexicon import Lexicon
from dragoman.actors.name_spans import TEMPORAL, NameFinder
from dragoman.language.analysis import Analysis

_LEFT = frozenset(
    [
        "det",
        "det:predet",
        "amod",
        "nummod",
        "compound",
        "nmod:poss",
        "nmod:desc",
        "flat",
        "nmod",
        "dep",
    ]
)
_BINDING = frozenset(
    [
        "of",
        "from",
        "for",
        "in",
        "at",
        "to",
        "on",
        "within",
        "across",
        "throughout",
        "inside",
        "under",
        "with",
        "near",
        "outside",
        "between",
        "among",
        "around",
        "over",
    ]
)  # prepositions of a phrase that belongs to a description
# Behind a doer with “by” or “of” these belong to the deed: “a visit by X to Y”, “a raid by X on Y”.
_ON = _BINDING - {"of", "from", "under", "with"}
_TO = frozenset(["to"])
_SENT = frozenset(
    ["ambassador", "envoy", "adviser", "advisor", "representative", "delegate", "emissary", "aide"]
)
_LONGEST_TAIL = 14  # tokens after its head that a description may take in


class PhraseFinder(NameFinder):
    """Finds the edges of noun phrases."""

    def __init__(self, analysis: Analysis, directory: Directory, lexicon: Lexicon) -> None:
        super().__init__(analysis, directory, lexicon)
        self._beginnings = frozenset(analysis.tokens.bounds)
        self._firsts, self._lasts = _reaches(analysis.heads)

    def edges(self, token: int) -> tuple[int, int]:
        """The first token and the one after the last of all that depends on a token."""
        return self._firsts[token], self._lasts[token]

    def left_edge(self, head: int, first: int) -> int:
        """Where the noun phrase of a head begins, given where its core does."""
        analysis = self.analysis
        edge = first
        for child in reversed(analysis.children[head]):
            if child >= edge:
                continue
            relation = analysis.deprels[child]
            a, b = self.edges(child)
            if relation == "punct" and analysis.words[child] in "-–'\"“”‘’":
                continue
            if relation not in _LEFT and not (relation == "advmod" and b == edge):
                break
            if relation == "advmod":
                break
            if b < edge and not self._only_marks(b, edge):
                break
            edge = a
        while edge < first and analysis.upos[edge] == "PUNCT":
            edge += 1
        return edge

    def _only_marks(self, first: int, last: int) -> bool:
        return (
            all(self.analysis.upos[t] == "PUNCT" for t in range(first, last)) and last - first < 3
        )

    def right_edge(self, head: int, last: int) -> int:
        """Where a description ends: with the phrases of a preposition that belong to it."""
        analysis = self.analysis
        edge = last
        limit = last + _LONGEST_TAIL
        beyond = self._of_the_deed(head)
        for child in analysis.children[head]:
            if child < edge:
                continue
            if analysis.deprels[child] != "nmod" or self.lemmas[child] in TEMPORAL:
                if analysis.deprels[child] in ("punct", "flat", "compound", "nummod", "amod"):
                    continue
                break
            a, _ = self.edges(child)
            b = self._tail(child, limit, beyond)
            if self._is_charge(head, a):
                break
            if a != edge or b > limit or self.keys[a] not in _BINDING or self.keys[a] in beyond:
                break
            edge = b
        return self._whole_name(head, edge) if edge > last else edge

    def _of_the_deed(self, head: int) -> frozenset[str]:
        """Prepositions that behind a doer belong to the deed that he stands under."""
        analysis = self.analysis
        over = analysis.heads[head]
        if over < 0 or analysis.upos[over] != "NOUN" or self.lemmas[head] in _SENT:
            return frozenset()
        case = next(
            (self.keys[c] for c in analysis.children[head] if analysis.deprels[c] == "case"), ""
        )
        return _ON if case == "by" else _TO if case == "of" else frozenset()

    def _is_charge(self, head: int, of: int) -> bool:
        """“Accused the guards of abuses”: the abuses are no part of the guards' name."""
        verb = self.analysis.heads[head]
        accused = verb >= 0 and self.analysis.deprels[head] == "obj"
        return accused and self.keys[of] == "of" and self.lemmas[verb] == "accuse"

    def _whole_name(self, head: int, edge: int) -> int:
        """An edge moved behind a name that it would cut, or part from its title."""
        name = self.name_at.get(edge)
        if name is None or not (name.first < edge or edge - 1 in self.phrase_at):
            return edge
        top = self.head_of(name.first, name.last)
        own = self.analysis.heads[top] == head or self.analysis.heads[head] == top
        marked = any(self.analysis.deprels[c] == "case" for c in self.analysis.children[top])
        return name.first if own and not marked else name.last

    def _tail(self, head: int, limit: int, beyond: frozenset[str] = frozenset()) -> int:
        """The end of a phrase within a description, without clauses and appositions in it."""
        analysis = self.analysis
        edge = head + 1
        for child in analysis.children[head]:
            if child < head:
                continue
            if child > limit:
                break
            relation = analysis.deprels[child]
            if relation == "conj" and head in self.name_at and child in self.phrase_at:
                break
            if relation in ("nmod", "conj", "flat", "case", "compound", "nummod", "amod", "fixed"):
                a, _ = self.edges(child)
                if relation == "nmod" and self.keys[a] in beyond:
                    break
                b = max(self._tail(child, limit, beyond), child + 1)
                if a > edge and not self._only_marks(edge, a):
                    break
                if b > limit:
                    break
                edge = max(edge, b)
            elif relation != "punct":
                break
        return edge


def _reaches(heads: list[int]) -> tuple[list[int], list[int]]:
    """For each token the first one, and the one after the last, of its subtree.

    Going from the left, a token is the first of every head above it that has none yet; those above
    a head that has one have theirs too. So each entry is written once.
    """
    size = len(heads)
    firsts, lasts = [-1] * size, [-1] * size
    for token in range(size):
        above = token
        while above >= 0 and firsts[above] < 0:
            firsts[above] = token
            above = heads[above]
    for token in range(size - 1, -1, -1):
        above = token
        while above >= 0 and lasts[above] < 0:
            lasts[above] = token + 1
            above = heads[above]
    return firsts, lasts
