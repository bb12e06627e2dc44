"""Analyses drawn by hand: a word a token, so that a test needs no language model.

`sketch("Macron/PROPN/nsubj/2 spoke/VERB/root/0 ./PUNCT/punct/2")`: word, part of speech, relation,
number of its head in the sentence (0: root). A lemma may follow after another slash; without one it
is the word in small letters. Sentences are parted by line ends; a line that begins with spaces goes
on with the one before.
"""

from __future__ import annotations

from dragoman.language.analysis import ROOT, Analysis, Name, Tokens

_NO_SPACE_BEFORE = frozenset([".", ",", "'s", "’s", "”", ")", ":", "?", ";"])


def sketch(text: str, *, names: list[tuple[str, str]] | None = None) -> Analysis:
    """The analysis of sentences drawn by hand; `names` are (words, label) to be tagged."""
    words: list[str] = []
    columns: dict[str, list[str]] = {"upos": [], "deprel": [], "lemma": [], "feats": []}
    heads: list[int] = []
    bounds = [0]
    for line in text.strip().replace("\n    ", " ").splitlines():
        base = len(words)
        for cell in line.split():
            word, upos, deprel, head, *lemma = cell.split("/")
            words.append(word)
            columns["upos"].append(upos)
            columns["deprel"].append(deprel)
            columns["lemma"].append(lemma[0] if lemma else word.lower())
            columns["feats"].append("Number=Plur" if lemma and lemma[0] != word.lower() else "_")
            heads.append(base + int(head) - 1 if int(head) else ROOT)
        bounds.append(len(words))
    joined, starts = _joined(words)
    tokens = Tokens(
        joined,
        starts,
        [a + len(w) for a, w in zip(starts, words, strict=True)],
        bounds,
        [0] * (len(bounds) - 1),
    )
    return Analysis(
        tokens=tokens,
        words=words,
        lemmas=columns["lemma"],
        upos=columns["upos"],
        xpos=["_"] * len(words),
        feats=columns["feats"],
        heads=heads,
        deprels=columns["deprel"],
        names=_tagged(words, names or []),
    )


def _joined(words: list[str]) -> tuple[str, list[int]]:
    text, starts = "", []
    for word in words:
        if text and word not in _NO_SPACE_BEFORE and not text.endswith(("“", "(")):
            text += " "
        starts.append(len(text))
        text += word
    return text, starts


def _tagged(words: list[str], names: list[tuple[str, str]]) -> list[Name]:
    found = []
    for name, label in names:
        parts = name.split()
        for at in range(len(words) - len(parts) + 1):
            if words[at : at + len(parts)] == parts:
                found.append(Name(at, at + len(parts), label))
    return sorted(found, key=lambda n: n.first)
