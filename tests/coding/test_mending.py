"""Parses with a common mistake in them, written out by hand, and what becomes of them."""

from __future__ import annotations

from coding.parsed import parsed
from dragoman.coding.clauses import Clauses

DUE = """
Tanaka PROPN NNP 5 nsubj
is AUX VBZ 5 cop be
due ADJ JJ 5 case
in ADP IN 5 case
Lima PROPN NNP 0 root
on ADP IN 7 case
Friday PROPN NNP 5 obl
. PUNCT . 5 punct
"""
TITLE = """
Chad PROPN NNP 2 nsubj
summoned VERB VBD 0 root summon
Mali PROPN NNP 5 nmod:poss
's PART POS 3 case
ambassador NOUN NN 2 iobj
Diallo PROPN NNP 2 obj
. PUNCT . 2 punct
"""
GERUND = """
Rebels NOUN NNS 2 nsubj rebel
resumed VERB VBD 0 root resume
shelling VERB VBG 5 amod shell
government NOUN NN 5 compound
positions NOUN NNS 2 obj position
. PUNCT . 2 punct
"""
APPOINTED = """
Newly ADV RB 2 advmod
appointed VERB VBN 5 advcl appoint
Minister PROPN NNP 2 obl:agent
has AUX VBZ 5 aux have
refused VERB VBN 0 root refuse
. PUNCT . 5 punct
"""
IDIOM = """
When SCONJ WRB 3 advmod
it PRON PRP 3 expl
comes VERB VBZ 7 advcl come
to ADP IN 5 case
Togo PROPN NNP 3 obl
Benin PROPN NNP 7 nsubj
waits VERB VBZ 0 root wait
. PUNCT . 7 punct
"""


def test_due_is_said_of_someone() -> None:
    clauses = Clauses(parsed(DUE))
    assert clauses.surface_subject(2) == 0
    assert clauses.under(2, "in") == [4]
    assert clauses.under(2, "on") == [6]


def test_a_title_and_a_name_are_one_object() -> None:
    clauses = Clauses(parsed(TITLE))
    assert clauses.objects(1) == [5]
    assert "ambassador" in clauses.forms(5)


def test_what_is_shelled_is_the_object_of_shelling() -> None:
    clauses = Clauses(parsed(GERUND))
    assert clauses.objects(2) == [4]
    assert clauses.surface_subject(2) == 0


def test_a_participle_gives_its_verb_the_subject_back() -> None:
    assert Clauses(parsed(APPOINTED)).surface_subject(4) == 2


def test_an_idiom_with_it_has_no_subject_from_elsewhere() -> None:
    assert Clauses(parsed(IDIOM)).surface_subject(2) is None


def test_the_analysis_itself_stays_as_it_was() -> None:
    analysis = parsed(TITLE)
    before = list(analysis.deprels)
    assert Clauses(analysis).analysis is not analysis
    assert analysis.deprels == before
