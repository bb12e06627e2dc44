"""Which sentences cannot hold a political event: told before the encoder runs, in microseconds.

A small network reads a document's words, each by itself at first (triage_words.py), then with
those beside it; it weighs each word with which a frame begins as one that tells an event, and each
sentence by these words, by the sentences around it and by the document. It was trained on what the
full reader finds (training/train_triage.py). A threshold keeps a set share of the events; what is
left out is not analysed at all.

Sums are rounded before they decide, so that no last digit of a processor changes a reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from dragoman.errors import ModelError, UsageError
from dragoman.language.analysis import Tokens
from dragoman.language.pieces import Pieces
from dragoman.language.triage_words import Facts, Words

FOLDER: Final = Path(__file__).parent / "model"
FILE: Final = FOLDER / "triage.npz"
TABLE: Final = FOLDER / "triage.words.gz"
NEAR, FAR = 1, 2  # steps between the words that the first and the second layer see, five each
WIDE: Final = 4  # between those that the third layer sees, for possible triggers alone
REACH: Final = 2 * NEAR + 2 * FAR  # words to either side that a word's row depends on
STRETCH: Final = 4_096  # words that are looked at together
LOWEST: Final = -30.0
PRONOUNS: Final = frozenset({"he", "she", "his", "her", "him"})
OPENING: Final = 5  # words of a sentence among which a pronoun asks for the sentence before

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Triage:
    """The shipped filter. May be used from several threads at once."""

    def __init__(self, recall: float | None = None, *, file: Path = FILE) -> None:
        """Load the filter for a share of events to be kept, one of `recalls`; the default else.

        ModelError if its files are missing or cannot be read, UsageError for another share.
        """
        try:
            with np.load(file) as data:
                self._net: Mapping[str, Floats] = {
                    name: data[name].astype(np.float32)
                    for name in data.files
                    if name not in ("about", "pieces")
                }
                about: dict[str, Any] = json.loads(str(data["about"]))
                pieces = data["pieces"].astype(np.float32) * np.float32(about["scale"])
            facts = Facts.load(FOLDER / "names.words.gz", TABLE, about["facts"])
            cut = Pieces(FOLDER / "tokenizer.json")
            self._words = Words(cut, facts, pieces, self._net["in"], self._net["in_bias"])
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(
                f"The filter in {file} cannot be loaded: {error}. "
                "The installation is probably incomplete; install dragoman again."
            ) from error
        self.recalls: dict[float, float] = {
            float(share): threshold for share, threshold in about["thresholds"].items()
        }
        self.recall: float = about["recall"] if recall is None else recall
        if self.recall not in self.recalls:
            known = ", ".join(f"{share:g}" for share in sorted(self.recalls))
            raise UsageError(f"the filter keeps {known} of the events, not {self.recall:g}.")
        self.threshold = self.recalls[self.recall]
        default = self.recall == about["recall"]
        self.version: str = about["version"] + ("" if default else f"@{self.recall:g}")

    def scores(self, tokens: Tokens) -> Floats:
        """How much speaks for an event in each sentence, by word; `threshold` parts them."""
        return self._weighed(tokens, *self._words.of(tokens.words))

    def rows(self, tokens: Tokens) -> Floats:
        """What the network makes of each word by itself: [words, width]."""
        return self._words.of(tokens.words)[0]

    def _weighed(self, tokens: Tokens, rows: Floats, may: npt.NDArray[np.bool_]) -> Floats:
        bounds = np.asarray(tokens.bounds, dtype=np.int64)
        lengths: Ints = bounds[1:] - bounds[:-1]
        found = np.full(len(lengths), LOWEST, dtype=np.float32)
        full = np.flatnonzero(lengths)
        if len(full):
            found[full] = self._scores(rows, may, lengths[full])
        return found

    def _scores(self, rows: Floats, may: npt.NDArray[np.bool_], lengths: Ints) -> Floats:
        net = self._net
        edges = np.concatenate(([0], np.cumsum(lengths)))
        padded = np.zeros((len(rows) + 4 * WIDE, net["far"].shape[1]), dtype=np.float32)
        hidden = padded[2 * WIDE : 2 * WIDE + len(rows)]
        for a, b in _stretches(edges):
            hidden[a:b] = self._hidden(rows, a, b)
        own = np.concatenate(
            (
                np.maximum.reduceat(hidden, edges[:-1]),
                np.add.reduceat(hidden, edges[:-1]) / lengths[:, None].astype(np.float32),
            ),
            axis=1,
        )
        around = in_context(own)
        known = np.maximum(around @ net["context"] + net["context_bias"], 0)
        above = known @ net["token_context"]
        at = np.flatnonzero(may)
        sentence = np.repeat(np.arange(len(lengths)), lengths)[at]
        best = np.full(len(lengths), LOWEST, dtype=np.float32)
        np.maximum.at(best, sentence, self._trying(padded, at, above[sentence]))
        whole = (known @ net["sentence"] + net["sentence_bias"])[:, 0]
        mixed: Floats = np.stack((whole, best), axis=1) @ net["mix"] + net["mix_bias"]
        return np.round(by_word(mixed[:, 0], lengths), 3)

    def _trying(self, padded: Floats, at: Ints, above: Floats) -> Floats:
        """How much speaks for an event at each of the words that may tell one."""
        net = self._net
        seen = padded[at[:, None] + np.arange(5) * WIDE].reshape(len(at), len(net["wide"]))
        rows = np.maximum(seen @ net["wide"] + net["wide_bias"], 0) + padded[at + 2 * WIDE]
        told = np.maximum(rows @ net["token"] + net["token_bias"] + above, 0)
        found: Floats = (told @ net["token_out"] + net["token_out_bias"])[:, 0]
        return found

    def _hidden(self, rows: Floats, a: int, b: int) -> Floats:
        """The rows of the words a to b, each with what stands around it."""
        net, count = self._net, len(rows)
        first, last = max(0, a - REACH), min(count, b + REACH)
        near = np.maximum(_beside(rows[first:last], NEAR) @ net["near"] + net["near_bias"], 0)
        far = np.maximum(_beside(near, FAR) @ net["far"] + net["far_bias"], 0)
        found: Floats = (near + far)[a - first : b - first]
        return found

    def select(self, tokens: Tokens) -> Tokens:
        """The tokens of the sentences that may hold an event; the text and its offsets stay.

        Where any is kept, so are the first, which tells day and place, and those that tell who
        is meant in the others.
        """
        rows, may = self._words.of(tokens.words)
        keep = (self._weighed(tokens, rows, may) >= self.threshold).tolist()
        chosen = {s for s, kept in enumerate(keep) if kept}
        if chosen:
            chosen |= {0, *spoken_of(tokens, chosen)}
        if len(chosen) == len(keep):
            return tokens
        part = subset(tokens, sorted(chosen))
        return replace(part, unread=self._unread(tokens, rows, chosen)) if chosen else part

    def _unread(self, tokens: Tokens, rows: Floats, chosen: set[int]) -> Floats:
        """What the encoder's vectors of the words left out may be on the average."""
        left = [s not in chosen for s in range(tokens.sentence_count)]
        mean = rows[np.repeat(left, np.diff(tokens.bounds))].mean(axis=0)
        found: Floats = mean @ self._net["unread"] + self._net["unread_bias"]
        return np.round(found, 3)


def by_word(scores: Floats, lengths: Ints) -> Floats:
    """What speaks for a sentence, less the logarithm of its words: a chance of an event is worth
    the more the fewer words have to be read for it."""
    found: Floats = scores - np.log(lengths).astype(np.float32)
    return found


def _stretches(edges: Ints) -> Iterator[tuple[int, int]]:
    """The words in stretches of bounded length."""
    count = int(edges[-1])
    for first in range(0, count, STRETCH):
        yield first, min(count, first + STRETCH)


def _beside(rows: Floats, step: int) -> Floats:
    """Each row with those one and two steps before and after it, side by side; zeros beyond."""
    count, width = rows.shape
    padded = np.zeros((count + 4 * step, width), dtype=np.float32)
    padded[2 * step : 2 * step + count] = rows
    return np.concatenate([padded[k * step : k * step + count] for k in range(5)], axis=1)


def in_context(own: Floats) -> Floats:
    """For each sentence its own row, those beside it, the mean and the highest of the document:
    [sentences, five times the width]."""
    none = np.zeros((1, own.shape[1]), dtype=np.float32)
    count = len(own)
    return np.concatenate(
        (
            own,
            np.concatenate((none, own[:-1])),
            np.concatenate((own[1:], none)),
            np.repeat(own.mean(0, keepdims=True), count, axis=0),
            np.repeat(own.max(0, keepdims=True), count, axis=0),
        ),
        axis=1,
    )


def spoken_of(tokens: Tokens, chosen: set[int]) -> Iterator[int]:
    """The sentences that tell who is meant in those chosen: the one before one that begins with a
    pronoun of a person, and, where a sentence calls someone by the surname alone, the first that
    names them in full, if none of those chosen does so before."""
    words, bounds = tokens.words, tokens.bounds
    capital = [word[0].isupper() and word[-1].isalpha() and len(word) > 2 for word in words]
    in_full: dict[str, list[int]] = {}  # by surname the sentences
    for s in range(tokens.sentence_count):
        for at in range(bounds[s] + 1, bounds[s + 1]):
            if capital[at] and capital[at - 1]:
                in_full.setdefault(words[at], []).append(s)
    for s in chosen:
        begin, end = bounds[s], bounds[s + 1]
        if s and any(word.lower() in PRONOUNS for word in words[begin : min(end, begin + OPENING)]):
            yield s - 1
        for at in range(begin, end):
            alone = capital[at] and not (at > begin and capital[at - 1])
            named = in_full.get(words[at]) if alone else None
            if named and named[0] < s and not any(n in chosen and n <= s for n in named):
                yield named[0]


def subset(tokens: Tokens, sentences: list[int]) -> Tokens:
    """The tokens of some sentences, in order; offsets still point into the whole text."""
    starts: list[int] = []
    ends: list[int] = []
    bounds, left_out = [0], [*tokens.left_out]
    words, chosen = tokens.words, set(sentences)
    for s in range(tokens.sentence_count):
        a, b = tokens.bounds[s], tokens.bounds[s + 1]
        if s in chosen:
            starts += tokens.starts[a:b]
            ends += tokens.ends[a:b]
            bounds.append(len(starts))
        else:
            left_out += words[a:b]
    return Tokens(
        tokens.text,
        starts,
        ends,
        bounds,
        [tokens.paragraphs[s] for s in sentences],
        tuple(tokens.place(s) for s in sentences),
        tokens.sentences_of_text,
        tuple(left_out),
    )
