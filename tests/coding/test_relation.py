"""The class between two marked mentions: the model over facts, and how it confirms or overrules."""

from __future__ import annotations

import numpy as np
import pytest

from coding.parsed import HandCast, cast_of, parsed
from dragoman.coding.relation import pair_facts, relation_in
from dragoman.coding.relation_model import PairModel, shipped_pair_model
from dragoman.evaluate.plv import CLASSES

BLAMED = """
Norway PROPN NNP 2 nsubj
blamed VERB VBD 0 root blame
Sweden PROPN NNP 2 obj
for ADP IN 6 case
the DET DT 6 det
raid NOUN NN 2 obl
. PUNCT . 2 punct
"""
SAT = """
Norway PROPN NNP 2 nsubj
sat VERB VBD 0 root sit
beside ADP IN 4 case
Sweden PROPN NNP 2 obl
. PUNCT . 2 punct
"""


def _spans(sentence: str) -> tuple[tuple[int, int], tuple[int, int], HandCast]:
    analysis = parsed(sentence)
    text = analysis.text
    places = [(text.index(w), text.index(w) + len(w)) for w in ("Norway", "Sweden")]
    return places[0], places[1], cast_of(analysis, Norway="NOR", Sweden="SWE")


def test_facts_tell_the_frame_that_joins_the_two_and_the_words_between() -> None:
    source, target, cast = _spans(BLAMED)
    drafts, facts = pair_facts(parsed(BLAMED), cast, source, target)
    assert drafts[0].type == "ACCUSE"
    assert {"frame 0=ACCUSE", "best joined=ACCUSE:2", "way=blame", "target as=obj"} <= set(facts)
    assert "word=sweden" not in facts
    assert len(facts) == len(set(facts))


def test_the_frame_is_named_where_the_model_confirms_it() -> None:
    source, target, cast = _spans(BLAMED)
    found = relation_in(parsed(BLAMED), cast, source, target)
    assert found.type == "ACCUSE"
    assert found.confidence > 0.6
    assert found.reason.startswith("frame:")


def test_nothing_is_told_where_no_frame_joins_and_no_word_tells() -> None:
    source, target, cast = _spans(SAT)
    assert relation_in(parsed(SAT), cast, source, target).type is None


def test_the_model_adds_up_known_facts_and_tells_the_strongest() -> None:
    model = PairModel(
        facts={"a": 0, "b": 1},
        weights=np.array([[2.0, 0.0], [0.0, 1.0]], dtype=np.float32),
        bias=np.zeros(2, dtype=np.float32),
        classes=("AID", "REJECT"),
    )
    assert model.decide(["a", "unknown"]) == ("AID", 0.88, ("a (+1.00)",))
    assert model.decide(["b"])[0] == "REJECT"
    assert model.decide([])[1] == 0.5


@pytest.mark.parametrize("name", ["frame 0=ACCUSE", "best joined=CONSULT:2"])
def test_the_shipped_model_has_all_classes_and_knows_frames(name: str) -> None:
    model = shipped_pair_model()
    assert model.classes == CLASSES
    assert name in model.facts
