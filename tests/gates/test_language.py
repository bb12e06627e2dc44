"""Floors under the figures that are claimed for the analysis of language.

The same figures are printed by `dragoman evaluate conllu` and `dragoman evaluate names`.
"""

from __future__ import annotations

import time

import pytest

from data_root import shared
from dragoman.evaluate.conllu import read_treebank, score_analysis, score_tokens, total
from dragoman.evaluate.names import read_names, score_names
from dragoman.language.lemmas import lemmatise
from dragoman.language.model import Model
from dragoman.language.tokens import tokenize

TOKENS = {"ewt": 0.985, "gum": 0.99}
SENTENCES = {"ewt": 0.88, "gum": 0.94}
LEMMAS = {"ewt": 0.97, "gum": 0.98}
MICROSECONDS_A_WORD = 8.0
UPOS, LAS = 0.9675, 0.883
NAMES = {"uner_english_ewt": 0.80, "ner_worldwide_newswire": 0.81}
NAMED = {"uner_english_ewt": "en_ewt-ud-dev.iob2.xz", "ner_worldwide_newswire": "dev.tar.xz"}


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.load()


@pytest.mark.gate
@pytest.mark.parametrize("treebank", ["ewt", "gum"])
def test_tokens_and_sentences_from_raw_text(treebank: str) -> None:
    path = shared(f"ud_english_{treebank}", f"en_{treebank}-ud-dev.conllu.xz")
    scores = total(score_tokens(gold, tokenize(gold.analysis.text)) for gold in read_treebank(path))
    assert scores["Tokens"].f1 >= TOKENS[treebank]
    assert scores["Sentences"].f1 >= SENTENCES[treebank]


@pytest.mark.gate
@pytest.mark.parametrize("treebank", ["ewt", "gum"])
def test_lemmas_with_gold_tags(treebank: str) -> None:
    path = shared(f"ud_english_{treebank}", f"en_{treebank}-ud-dev.conllu.xz")
    right = words = 0
    for gold in read_treebank(path):
        found = gold.analysis
        ours = lemmatise(found.words, found.upos, found.xpos, found.feats)
        right += sum(a == b for a, b in zip(ours, found.lemmas, strict=True))
        words += len(found)
    assert right / words >= LEMMAS[treebank]


@pytest.mark.gate
def test_the_time_that_cutting_takes() -> None:
    path = shared("ud_english_gum", "en_gum-ud-dev.conllu.xz")
    texts = [document.analysis.text for document in read_treebank(path)]
    began = time.process_time()
    words = sum(len(tokenize(text)) for text in texts)
    assert (time.process_time() - began) / words * 1e6 <= MICROSECONDS_A_WORD


@pytest.mark.gate
def test_tags_and_dependencies_with_gold_tokens(model: Model) -> None:
    path = shared("ud_english_ewt", "en_ewt-ud-dev.conllu.xz")
    scores = total(
        score_analysis(gold, model.analyse(gold.analysis.tokens), gold.multiwords)
        for gold in read_treebank(path)
    )
    assert scores["UPOS"].f1 >= UPOS
    assert scores["LAS"].f1 >= LAS


@pytest.mark.gate
@pytest.mark.parametrize("source", sorted(NAMED))
def test_names(model: Model, source: str) -> None:
    scores = score_names(read_names(shared(source, NAMED[source])), model.analyse)
    assert scores["all"].f1 >= NAMES[source]
