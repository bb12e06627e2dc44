"""How fast dragoman reads on this machine: words a second, memory, and where the time goes.

Speed is measured as a reader meets it, many documents side by side, by the clock. The shares of the
stages are measured document by document in processor time, so that what else the machine does
counts for nothing. A fixed piece of work in plain Python is timed beside it: figures of different
machines and days can be set beside each other by it.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from dragoman.language.batches import Batch
from dragoman.language.model import Model
from dragoman.reader import MOST_WORKERS, Reader, Stages
from dragoman.records import Input
from dragoman.settings import Settings

ENCODER: Final = "encoder"
NAMES: Final = "names head"  # the other network: it is run once a document
NETWORKS: Final = (ENCODER, NAMES)
REST: Final = "the rest"
WARM: Final = 3  # documents read before the clock starts: tables are loaded when first wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What was measured. Words are counted between blanks.

    `seconds` by the clock for all documents side by side; `processor` seconds of one processor for
    all documents one by one; `stages` the share of each stage in them, in seconds; `memory` the
    most that the process held, in megabytes (None where the system does not tell); `reference`
    seconds for the fixed piece of work.
    """

    documents: int
    words: int
    workers: int
    seconds: float
    processor: float
    stages: dict[str, float]
    memory: float | None
    reference: float

    @property
    def words_a_second(self) -> float:
        return self.words / self.seconds

    @property
    def documents_a_second(self) -> float:
        return self.documents / self.seconds

    @property
    def outside_encoder(self) -> float:
        """Microseconds of one processor for a word, all that is not the encoder."""
        return self.microseconds(self.processor - self.stages.get(ENCODER, 0.0))

    @property
    def outside_networks(self) -> float:
        """The same without the names head: what is left is Python and NumPy."""
        networks = sum(self.stages.get(name, 0.0) for name in NETWORKS)
        return self.microseconds(self.processor - networks)

    def microseconds(self, seconds: float) -> float:
        """What a stage costs a word, in microseconds of one processor."""
        return seconds / self.words * 1e6

    def to_dict(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "words_a_second": self.words_a_second,
            "documents_a_second": self.documents_a_second,
            "microseconds_a_word_outside_encoder": self.outside_encoder,
            "microseconds_a_word_outside_networks": self.outside_networks,
        }


def measure(documents: Sequence[Input], settings: Settings, *, workers: int | None = None) -> Speed:
    """Read the documents twice, side by side and one by one. They must hold at least one word."""
    count = workers or settings.workers or min(os.cpu_count() or 1, MOST_WORKERS)
    stages = Stages.load(settings)
    reader = Reader(settings, stages=stages)
    exhaust(map(reader.read, documents[:WARM]))
    began = time.perf_counter()
    exhaust(reader.read_many(documents, workers=count))
    seconds = time.perf_counter() - began
    memory = peak_memory()
    spent: dict[str, float] = defaultdict(float)
    alone = Reader(settings, stages=timed_stages(stages, settings, spent))
    exhaust(map(alone.read, documents[:WARM]))
    spent.clear()
    busy = time.process_time()
    exhaust(map(alone.read, documents))
    busy = time.process_time() - busy
    spent["analyse"] -= sum(spent[name] for name in NETWORKS)
    spent[REST] = busy - sum(spent.values())
    return Speed(
        documents=len(documents),
        words=sum(len(document.text.split()) for document in documents),
        workers=count,
        seconds=seconds,
        processor=busy,
        stages=dict(spent),
        memory=memory,
        reference=reference_loop(),
    )


class _TimedModel(Model):
    """The model, adding up the processor time of its two networks."""

    spent: dict[str, float]

    def run(self, batch: Batch) -> dict[str, npt.NDArray[np.generic]]:
        began = time.process_time()
        try:
            return super().run(batch)
        finally:
            self.spent[ENCODER] += time.process_time() - began

    def time_names(self) -> None:
        run = self._names.run

        def timed(inputs: dict[str, npt.NDArray[np.generic]]) -> npt.NDArray[np.float32]:
            began = time.process_time()
            try:
                return run(inputs)
            finally:
                self.spent[NAMES] += time.process_time() - began

        self._names.run = timed  # type: ignore[method-assign]


def timed_stages(stages: Stages, settings: Settings, spent: dict[str, float]) -> Stages:
    """The stages, each adding to the processor time it took; the networks are told apart."""

    def timed(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return stage(*arguments, **named)
            finally:
                spent[name] += time.process_time() - began

        return call

    model = _TimedModel(threads=settings.threads)
    model.spent = spent
    model.time_names()
    stages = replace(stages, analyse=lambda tokens: model.analyse(tokens, vectors=True))
    functions = {f.name: getattr(stages, f.name) for f in fields(stages)}
    changed: dict[str, Any] = {n: timed(n, f) for n, f in functions.items() if callable(f)}
    return replace(stages, **changed)


def peak_memory() -> float | None:
    """The most memory that this process held, in megabytes; None where the system tells nothing."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def reference_loop() -> float:
    """Seconds for a fixed piece of work in plain Python; the best of five."""

    def timed() -> float:
        began = time.perf_counter()
        counts: dict[str, int] = {}
        for number in range(400_000):
            word = f"w{number * 7919 % 5003}"
            counts[word] = counts.get(word, 0) + len(word)
        return time.perf_counter() - began

    return min(timed() for _ in range(5))


def exhaust(readings: Iterable[Any]) -> None:
    deque(readings, maxlen=0)
