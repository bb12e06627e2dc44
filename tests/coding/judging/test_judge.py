"""The judge: what it throws out, what it may not, and what it says of its reasons."""

from __future__ import annotations

import io
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from coding.parsed import cast_of, parsed
from dragoman.coding.drafts import Draft
from dragoman.coding.events import proposed_events
from dragoman.coding.judging.facts import facts_of
from dragoman.coding.judging.features import PARTS, WIDTH, Page, vectors_of
from dragoman.coding.judging.judge import (
    FILE,
    Judge,
    Network,
    judged,
    ranked,
    read_judge,
    shipped_judge,
)
from dragoman.coding.judging.words import in_words
from dragoman.errors import DataError
from dragoman.language.analysis import Analysis

BOMB = """
Norway PROPN NNP 2 nsubj
bombed VERB VBD 0 root bomb
Sweden PROPN NNP 2 obj
and CCONJ CC 5 cc
praised VERB VBD 2 conj praise
Finland PROPN NNP 5 obj
. PUNCT . 2 punct
"""
CLASSES = ("ASSAULT", "SUPPORT")


def _proposed() -> tuple[Page, list[Draft]]:
    analysis = parsed(BOMB)
    seen = replace_vectors(analysis)
    cast = cast_of(seen, Norway="NOR", Sweden="SWE", Finland="FIN")
    return proposed_events(seen, cast, (), (), (), date=None)


def replace_vectors(analysis: Analysis) -> Analysis:
    return replace(analysis, vectors=np.ones((len(analysis), WIDTH), dtype=np.float32))


def _network(output: float = 0.0) -> Network:
    """One that sees the mean of all numbers, in a hidden layer of one."""
    parts, count = len(PARTS), len(CLASSES)
    return Network(
        centre=np.zeros(parts * WIDTH, dtype=np.float32),
        narrow=np.full((parts, WIDTH, 1), 1 / WIDTH, dtype=np.float32),
        hidden=np.full((parts, 1), 1 / parts, dtype=np.float32),
        by_class=np.zeros((count, 1), dtype=np.float32),
        output=np.array([[output], [0.0]], dtype=np.float32),
        shift=np.zeros(count, dtype=np.float32),
    )


def _judge(
    facts: dict[str, float], *, threshold: float = 0.5, network: Network | None = None
) -> Judge:
    return Judge(
        facts=facts,
        bias=0.0,
        threshold=threshold,
        classes=CLASSES,
        network=network or _network(),
    )


def test_what_is_improbable_is_thrown_out_and_ranks_close_up() -> None:
    page, drafts = _proposed()
    assert [d.type for d in drafts] == ["ASSAULT", "SUPPORT"]
    kept = judged(page, drafts, _judge({"type=ASSAULT": -1.0, "type=SUPPORT": 1.0}))
    assert [(d.type, d.rank) for d in kept] == [("SUPPORT", 1)]


def test_confidence_is_the_calibrated_sum() -> None:
    page, drafts = _proposed()
    kept = judged(page, drafts, _judge({"type=SUPPORT": 1.0}))
    assert [d.confidence for d in kept] == [0.5, 0.73]


def test_a_users_own_frame_is_never_thrown_out() -> None:
    page, drafts = _proposed()
    frame = replace(drafts[0].act.candidate.frame, name="of-my-own")
    act = replace(drafts[0].act, candidate=replace(drafts[0].act.candidate, frame=frame))
    own = replace(drafts[0], act=act)
    kept = judged(page, [own], _judge({"type=ASSAULT": -5.0}))
    assert [d.confidence for d in kept] == [own.confidence]


def test_without_vectors_all_that_is_proposed_stands() -> None:
    analysis = parsed(BOMB)
    cast = cast_of(analysis, Norway="NOR", Sweden="SWE", Finland="FIN")
    page, drafts = proposed_events(analysis, cast, (), (), (), date=None)
    assert judged(page, drafts, _judge({"type=ASSAULT": -9.0, "type=SUPPORT": -9.0})) == drafts


def test_reasons_are_words_the_strongest_first() -> None:
    page, drafts = _proposed()
    kept = judged(page, drafts, _judge({"type=ASSAULT": 0.4, "two states": 1.5, "dated": 9.0}))
    assert kept[0].reasons == (
        "for (+1.50): two states take part",
        "for (+0.40): the class ASSAULT",
    )


def test_how_the_words_look_counts_for_the_class_that_learnt_it() -> None:
    page, drafts = _proposed()
    kept = judged(page, drafts, _judge({}, network=_network(output=2.0)))
    looks = _network(output=2.0).looks(np.stack([vectors_of(page, d) for d in drafts]), [0, 1])
    assert looks[0] > 0.5
    assert looks[1] == 0
    assert kept[0].confidence > kept[1].confidence == 0.5
    assert kept[0].reasons == (f"for (+{looks[0]:.2f}): how the words look in their sentence",)
    assert kept[1].reasons == ()


def test_what_else_is_told_in_the_sentence_is_a_fact() -> None:
    page, drafts = _proposed()
    facts = facts_of(page, drafts[0])
    assert {"beside=SUPPORT", "tellings in sentence=1"} <= set(facts)
    assert "rival=SUPPORT" not in facts
    assert not any(fact.startswith(("place in text", "of the type in text")) for fact in facts)


def test_a_fact_is_given_once_and_vectors_have_as_many_parts() -> None:
    page, drafts = _proposed()
    facts = facts_of(page, drafts[0])
    assert len(facts) == len(set(facts))
    assert {"type=ASSAULT", "word=bomb", "two states", "rank=1"} <= set(facts)
    assert vectors_of(page, drafts[0]).shape == (len(PARTS) * WIDTH,)


def test_ranks_keep_the_order_that_was() -> None:
    _, drafts = _proposed()
    first, second = drafts
    assert [d.rank for d in ranked([replace(first, rank=4), replace(second, rank=2)])] == [2, 1]


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("type & ASSAULT & passive", "told in the passive, in the class ASSAULT"),
        ("frame & call-for & actor=state", "who acts is of the kind state, in the frame call-for"),
        ("auxiliary=must", "the auxiliary “must”"),
        ("look", "how the words look in their sentence"),
    ],
)
def test_facts_are_told_in_words(fact: str, told: str) -> None:
    assert in_words(fact, -0.5) == f"against (-0.50): {told}"


def test_broken_weights_are_a_worded_error() -> None:
    with pytest.raises(DataError, match="weights of the judge"):
        read_judge(b"no archive")
    empty = io.BytesIO()
    np.savez(empty, about=np.frombuffer(b"{}", dtype=np.uint8))
    with pytest.raises(DataError, match="install dragoman again"):
        read_judge(empty.getvalue())


def test_the_shipped_judge_knows_every_class_and_is_small() -> None:
    judge = shipped_judge()
    assert len(judge.classes) == 16
    assert 0.2 < judge.threshold < 0.8
    assert len(judge.facts) > 2_000
    assert len(files("dragoman.coding").joinpath(FILE).read_bytes()) < 1_000_000
