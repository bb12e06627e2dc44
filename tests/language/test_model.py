"""The language model at work: the same text, the same analysis, whatever else is going on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import ModelError
from dragoman.language.analysis import ROOT, Analysis
from dragoman.language.model import Model
from dragoman.language.tokens import tokenize

TEXTS = (
    "The foreign minister of Norland telephoned his counterpart on Tuesday. “We will not "
    "withdraw,” she said, according to her office. Police detained 40 protesters.",
    "Talks in Vienna are to resume next week, diplomats said.\n\nNo date was given.",
    "Yes.",
    "President Ilves denied that troops had crossed the border, but promised an inquiry " * 40,
)


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.load()


def columns(analysis: Analysis) -> tuple[object, ...]:
    return (
        analysis.upos,
        analysis.xpos,
        analysis.feats,
        analysis.heads,
        analysis.deprels,
        analysis.names,
        analysis.attributions,
        analysis.lemmas,
    )


def test_the_order_of_documents_changes_nothing(model: Model) -> None:
    forward = [columns(model.analyse(tokenize(t))) for t in TEXTS]
    backward = [columns(model.analyse(tokenize(t))) for t in reversed(TEXTS)]
    assert forward == backward[::-1]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_number_of_threads_changes_nothing(model: Model, threads: int) -> None:
    other = Model.load(threads=threads)
    for text in TEXTS:
        one = model.analyse(tokenize(text), vectors=True)
        two = other.analyse(tokenize(text), vectors=True)
        assert columns(one) == columns(two)
        assert one.vectors is not None
        assert two.vectors is not None
        np.testing.assert_array_equal(one.vectors, two.vectors)


def test_one_model_serves_several_threads(model: Model) -> None:
    alone = [columns(model.analyse(tokenize(t))) for t in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda t: columns(model.analyse(tokenize(t))), TEXTS * 3))
    assert together == alone * 3


LONG = "after talks that lasted " + "from noon until the evening of the next day and " * 7
SENTENCES = (
    "Yes.",
    "The foreign minister of Norland telephoned his counterpart on Tuesday.",
    "“We will not withdraw,” she said, according to her office, and left for Vienna.",
    f"Troops of Sudland crossed the border at dawn {LONG}the two generals agreed to meet again.",
    "Police detained 40 protesters near the embassy!",
)


@pytest.mark.parametrize("number", range(len(SENTENCES)))
def test_a_sentence_reads_the_same_alone_and_beside_others(model: Model, number: int) -> None:
    alone = model.analyse(tokenize(SENTENCES[number]), vectors=True)
    others = [SENTENCES[: number + 1], SENTENCES[number:], SENTENCES, SENTENCES * 5]
    for sentences in others:
        together = model.analyse(tokenize("\n\n".join(sentences)), vectors=True)
        at = [tokenize(s) for s in sentences[: sentences.index(SENTENCES[number])]]
        first = sum(map(len, at))
        here = slice(first, first + len(alone))
        assert together.words[here] == alone.words
        assert together.upos[here] == alone.upos
        assert together.xpos[here] == alone.xpos
        assert together.feats[here] == alone.feats
        assert together.deprels[here] == alone.deprels
        assert [h if h == ROOT else h - first for h in together.heads[here]] == alone.heads
        assert alone.vectors is not None
        assert together.vectors is not None
        np.testing.assert_array_equal(together.vectors[here], alone.vectors)


def test_every_sentence_is_one_tree(model: Model) -> None:
    for text in TEXTS:
        analysis = model.analyse(tokenize(text))
        bounds = analysis.tokens.bounds
        for first, last in pairwise(bounds):
            heads = analysis.heads[first:last]
            assert heads.count(ROOT) == 1
            assert all(h == ROOT or first <= h < last for h in heads)
            assert analysis.deprels[first + heads.index(ROOT)] == "root"


def test_a_sentence_longer_than_the_encoder_stays_one(model: Model) -> None:
    text = "and the minister of transport replied to the delegates of the assembly " * 45
    analysis = model.analyse(tokenize(text))
    assert analysis.upos.count("") == 0
    assert analysis.heads.count(ROOT) == analysis.tokens.sentence_count


def test_no_text_is_no_analysis(model: Model) -> None:
    analysis = model.analyse(tokenize(""))
    assert len(analysis) == 0
    assert analysis.names == []


def test_a_missing_model_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install dragoman again"):
        Model.load(tmp_path)
