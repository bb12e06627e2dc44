"""MUC, B³ and CEAFe by worked examples from their papers, and the reading of gold entities."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.evaluate.coreference import b_cubed, best_pairing, ceaf_e, muc, read_gold, score


def chains(*words: str) -> list[frozenset[int]]:
    """Chains of mentions written as letters: "abc" is one chain of three."""
    return [frozenset(map(ord, word)) for word in words]


def test_muc_counts_the_links_that_are_kept() -> None:
    counts = muc(chains("abcd"), chains("ab", "cd"))
    assert counts.recall == pytest.approx(2 / 3)
    assert counts.precision == 1.0


def test_b_cubed_weighs_each_mention() -> None:
    # Bagga and Baldwin 1998, the first response to their truth of three chains.
    gold = chains("12345", "67", "89ABC")
    found = chains("12345", "6789ABC")
    counts = b_cubed(gold, found)
    assert counts.recall == pytest.approx(1.0)
    assert counts.precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)


def test_ceaf_pairs_chains_one_to_one() -> None:
    # Luo 2005: the entity similarity φ4 of the same example.
    counts = ceaf_e(chains("12345", "67", "89ABC"), chains("12345", "6789ABC"))
    assert counts.precision == pytest.approx((1 + 2 * 5 / 12) / 2)
    assert counts.recall == pytest.approx((1 + 2 * 5 / 12) / 3)


def test_a_perfect_answer_scores_one() -> None:
    gold = chains("abc", "de")
    assert score(gold, gold).conll == pytest.approx(1.0)
    assert score(gold, []).conll == 0.0


@pytest.mark.parametrize(
    ("values", "best"),
    [
        ([[1.0, 2.0], [2.0, 4.0]], 5.0),
        ([[3.0, 1.0, 2.0], [2.0, 4.0, 6.0]], 9.0),
        ([[0.5], [0.9], [0.1]], 0.9),
        ([], 0.0),
    ],
)
def test_the_best_pairing(values: list[list[float]], best: float) -> None:
    assert best_pairing(values) == pytest.approx(best)


TREEBANK = """\
# newdoc id = T_news_one
# sent_id = 1
# text = Ann met Bob 's wife .
1\tAnn\tAnn\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-person-new-nnnnn-cf1-1-coref)
2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
3\tBob\tBob\tPROPN\tNNP\t_\t5\tnmod:poss\t_\tEntity=(2-person-new-nnnnn-cf2-3-coref(3-person-new-nnnnn-cf3-1-sgl)
4\t's\t's\tPART\tPOS\t_\t3\tcase\t_\t_
5\twife\twife\tNOUN\tNN\t_\t2\tobj\t_\tEntity=2)
6\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# sent_id = 2
# text = She told her .
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv-nnnnn-cf1-1-ana)
2\ttold\ttell\tVERB\tVBD\t_\t0\troot\t_\t_
3\ther\tshe\tPRON\tPRP\t_\t2\tobj\t_\tEntity=(2-person-giv-nnnnn-cf2-1-ana)
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


def test_gold_chains_are_read_by_their_heads(tmp_path: Path) -> None:
    path = tmp_path / "t.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    (document,) = read_gold(path, types=frozenset(["person"]))
    assert document.id == "T_news_one"
    assert set(document.chains) == {frozenset([0, 6]), frozenset([4, 8])}
