"""Layers of BIO tags: from scores to the best sequence, and from tags to spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
BARRED = np.float32(-1e4)


class Layer:
    """A layer of BIO tags, decoded so that no tag goes on with what did not begin."""

    def __init__(self, labels: Sequence[str], steps: Floats | None = None) -> None:
        """`steps[a, b]` is the learnt score of label b after label a, none if left out."""
        self.labels = list(labels)
        size = len(self.labels)
        self._steps = np.zeros((size, size), dtype=np.float32) if steps is None else steps.copy()
        for n, label in enumerate(self.labels):
            if label.startswith("I-"):
                for m, before in enumerate(self.labels):
                    if before[2:] != label[2:]:
                        self._steps[m, n] = BARRED
        self._learnt = steps is not None
        self._inside = [n for n, label in enumerate(self.labels) if label.startswith("I-")]

    def decode(self, scores: Floats, begins: Sequence[int]) -> list[str]:
        """The best label of each row of `scores` [rows, labels], which are cut into sequences:
        each begins at one of `begins` and ends where the next one does. They fill all rows."""
        best = scores.argmax(-1)
        tags = [self.labels[k] for k in best.tolist()]
        if not len(tags):
            return tags
        edges = np.append(np.asarray(begins, dtype=np.int64), len(scores))
        # Without learnt steps the best labels are the best path wherever none of them is barred.
        doubtful = best >= 0 if self._learnt else self._broken(best, edges[:-1])
        chosen = np.flatnonzero(np.add.reduceat(doubtful, edges[:-1]))
        if not len(chosen):
            return tags
        lengths = np.diff(edges)
        chosen = chosen[np.argsort(-lengths[chosen], kind="stable")]
        paths = self._paths(scores, edges[chosen], lengths[chosen])
        for begin, path in zip(edges[chosen].tolist(), paths, strict=True):
            tags[begin : begin + len(path)] = [self.labels[k] for k in path]
        return tags

    def _broken(
        self, best: npt.NDArray[np.intp], begins: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Where a label goes on with what did not begin."""
        before = np.roll(best, 1)
        before[begins] = 0
        broken: npt.NDArray[np.bool_] = self._steps[before, best] < 0
        return broken

    def _paths(
        self, scores: Floats, begins: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]
    ) -> Iterator[list[int]]:
        """The best path through each sequence (Viterbi), all at once, the longest first: those
        that still go on at a step are the first so many."""
        going = (lengths[:, None] > np.arange(int(lengths[0]))).sum(0).tolist()
        best = scores[begins]
        best[:, self._inside] = BARRED
        back = []
        for at, count in enumerate(going[1:], 1):
            step = best[:count, :, None] + self._steps
            back.append(step.argmax(1))
            best[:count] = step.max(1)
            best[:count] += scores[begins[:count] + at]
        last = best.argmax(-1).tolist()
        columns = [came.tolist() for came in back]
        for n, length in enumerate(lengths.tolist()):
            label = last[n]
            path = [label]
            for at in range(length - 2, -1, -1):
                label = columns[at][n][label]
                path.append(label)
            yield path[::-1]


def spans(tags: Sequence[str], bounds: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """(first, last, label) of every tagged stretch; none goes beyond its sentence."""
    starts = set(bounds)
    first, label = -1, ""
    for at, tag in enumerate([*tags, "O"]):
        if first >= 0 and (tag[0] != "I" or at in starts or tag[2:] != label):
            yield first, at, label
            first = -1
        if tag[0] == "B" or (tag[0] == "I" and first < 0):
            first, label = at, tag[2:]
