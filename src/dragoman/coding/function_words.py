"""What function words say of the words they stand with: case, mark, auxiliaries, negation."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.analysis import Analysis

_NOT_ONLY = (["only"], ["just"], ["merely"], ["simply"], ["solely"])  # “not only” negates nothing
_TITLES = frozenset({"nmod:desc", "compound", "flat"})
_PLACED = frozenset({"case", "compound:prt", "mark"})


class FunctionWords:
    """The function words of one document by the word that each belongs to (token numbers)."""

    def __init__(self, analysis: Analysis, lemmas: Sequence[str]) -> None:
        self._words = analysis.words
        self._lemmas = lemmas
        self._upos = analysis.upos
        self._heads = analysis.heads
        self._deprels = analysis.deprels
        self._children = analysis.children
        self.case: dict[int, str] = {}  # prepositions
        self.mark: dict[int, str] = {}  # conjunctions
        self.aux: dict[int, list[int]] = {}
        self.negation: dict[int, int] = {}
        self.particle: dict[int, str] = {}
        self._collect()

    def _collect(self) -> None:
        """One pass over the function words; most tokens fall through the first test."""
        heads, lemmas, words = self._heads, self._lemmas, self._words
        wanted = {"case", "mark", "aux", "aux:pass", "cop", "advmod", "compound:prt", "det", "cc"}
        for token, deprel in enumerate(self._deprels):
            if deprel not in wanted:
                continue
            head = heads[token]
            if deprel == "case":
                self.case.setdefault(head, self._fixed(token))
            elif deprel == "mark":
                self.mark.setdefault(head, self._fixed(token))
            elif deprel in ("aux", "aux:pass", "cop"):
                self.aux.setdefault(head, []).append(token)
            elif deprel == "compound:prt":
                self.particle[head] = lemmas[token]
            elif lemmas[token] == "short" and lemmas[head] in ("stop", "fall"):
                self.particle[head] = "short"  # “stopped short of condemning”
            elif deprel == "cc":
                if lemmas[token] == "not":
                    self.negation[head] = token
            elif words[token + 1 : token + 2] in _NOT_ONLY:
                continue
            elif lemmas[token] in ("not", "n't", "never", "no") or words[token] == "n't":
                self.negation[head] = token
        self._repair_cases()

    def _repair_cases(self) -> None:
        """A preposition right before a phrase marks it, whatever word the parse hung it on.

        “Called on the minister to …”, with “on” as a particle of the verb or a mark of the clause.
        """
        upos, words = self._upos, self._words
        for token, deprel in enumerate(self._deprels):
            if deprel not in ("nmod", "obl") or token in self.case:
                continue
            before = token - 1
            while before > token - 6 and before >= 0 and self._stands_before(before, token):
                before -= 1
            if before >= 0 and upos[before] == "ADP" and self._deprels[before] in _PLACED:
                self.case[token] = words[before].lower()

    def _stands_before(self, word: int, noun: int) -> bool:
        """Is it an article, title or the like at the head of this noun's phrase?"""
        if self._upos[word] in ("DET", "ADJ", "NUM"):
            return True
        return self._heads[word] == noun and self._deprels[word] in _TITLES

    def _fixed(self, token: int) -> str:
        """A preposition or conjunction with the words that are frozen to it: `because_of`."""
        words = self._words
        word = words[token].lower()
        if word == "out" and words[token + 1 : token + 2] == ["of"]:
            return "out_of"
        if word == "of" and token and words[token - 1].lower() == "ahead":
            return "ahead_of"  # “came ahead of the summit”
        more = [words[c].lower() for c in self._children[token] if self._deprels[c] == "fixed"]
        return "_".join([word, *more]) if more else word
