"""Lemmas by tag, by the conventions of the treebanks."""

from __future__ import annotations

import pytest

from dragoman.language.lemmas import Lemmas, lemmatise


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("talks", "NNS", "talk"),
        ("crises", "NNS", "crisis"),
        ("spokeswomen", "NNS", "spokeswoman"),
        ("NGOs", "NNS", "NGO"),
        ("embassies", "NNS", "embassy"),
        ("left", "VBD", "leave"),
        ("left", "JJ", "left"),
        ("overthrew", "VBD", "overthrow"),
        ("withheld", "VBN", "withhold"),
        ("massing", "VBG", "mass"),
        ("annexed", "VBN", "annex"),
        ("bombed", "VBD", "bomb"),
        ("scraped", "VBD", "scrape"),
        ("scrapped", "VBD", "scrap"),
        ("denies", "VBZ", "deny"),
        ("wo", "MD", "will"),
        ("n’t", "RB", "not"),
        ("N'T", "RB", "not"),
        ("’s", "POS", "'s"),
        ("better", "JJR", "good"),
        ("largest", "JJS", "large"),
        ("them", "PRP", "they"),
        ("Nations", "NNPS", "Nation"),
        ("Putin", "NNP", "Putin"),
        ("NATO", "NNP", "NATO"),
        ("GEORGIA", "NNP", "Georgia"),
        ("Feb.", "NNP", "February"),
        ("100,000", "CD", "100000"),
        ("Ukrainian", "JJ", "Ukrainian"),
        ("Military", "JJ", "military"),
        ("“", "``", '"'),
        ("–", ":", "-"),
        ("…", ".", "..."),
    ],
)
def test_a_word_under_a_tag_has_its_lemma(word: str, tag: str, lemma: str) -> None:
    assert lemmatise([word], ["X"], [tag], ["_"]) == [lemma]


def test_short_is_and_has_are_told_apart_by_what_follows() -> None:
    words = ["He", "'s", "been", "there", ";", "he", "’s", "not", "here"]
    tags = ["PRP", "VBZ", "VBN", "RB", ":", "PRP", "VBZ", "RB", "RB"]
    found = lemmatise(words, ["X"] * 9, tags, ["_"] * 9)
    assert found[1] == "have"
    assert found[6] == "be"


def test_the_longest_ending_decides_and_the_table_goes_first() -> None:
    lemmas = Lemmas.of([("VBD", "ed", 2, ""), ("VBD", "ied", 3, "y")], [("VBD", "led", "lead")])
    assert lemmas.lemma("Attacked", "VBD") == "attack"
    assert lemmas.lemma("denied", "VBD") == "deny"
    assert lemmas.lemma("led", "VBD") == "lead"
    assert lemmas.lemma("unknown", "NN") == "unknown"
