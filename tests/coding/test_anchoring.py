"""Which time governs an event: the one of its own clause, not the nearest."""

from __future__ import annotations

from coding.parsed import parsed
from dragoman.coding.anchoring import when_of
from dragoman.coding.times.finding import find_times
from dragoman.coding.where import occurring
from dragoman.language.analysis import Analysis

TWO_CLAUSES = """
Macron PROPN NNP 2 nsubj
met VERB VBD 0 root meet
Putin PROPN NNP 2 obj
on ADP IN 5 case
Monday PROPN NNP 2 obl
and CCONJ CC 8 cc
Biden PROPN NNP 8 nsubj
called VERB VBD 2 conj call
him PRON PRP 8 obj he
on ADP IN 11 case
Sunday PROPN NNP 8 obl
. PUNCT . 2 punct
"""

NEARER_IN_A_CLAUSE_BELOW = """
The DET DT 2 det
envoys NOUN NNS 9 nsubj envoy
who PRON WP 4 nsubj
arrived VERB VBD 2 acl:relcl arrive
on ADP IN 6 case
Saturday PROPN NNP 4 obl
, PUNCT , 2 punct
today NOUN NN 9 obl:unmarked
met VERB VBD 0 root meet
the DET DT 11 det
king NOUN NN 9 obj
. PUNCT . 9 punct
"""

TALKS = """
They PRON PRP 2 nsubj
held VERB VBD 0 root hold
talks NOUN NNS 2 obj talk
in ADP IN 5 case
Minsk PROPN NNP 3 nmod
on ADP IN 7 case
Friday PROPN NNP 2 obl
. PUNCT . 2 punct
"""

BOUNDED = """
Troops NOUN NNS 3 nsubj troop
have AUX VBP 3 aux
withdrawn VERB VBN 0 root withdraw
since SCONJ IN 5 case
Friday PROPN NNP 3 obl
. PUNCT . 3 punct
"""


def when(analysis: Analysis, word: str) -> str | None:
    times = find_times(analysis, date="2022-02-08")
    found = when_of(analysis, analysis.words.index(word), times)
    return found.value if found else None


def test_each_clause_has_its_own_time() -> None:
    analysis = parsed(TWO_CLAUSES)
    assert when(analysis, "met") == "2022-02-07"
    assert when(analysis, "called") == "2022-02-06"


def test_the_time_of_a_clause_below_is_not_taken() -> None:
    analysis = parsed(NEARER_IN_A_CLAUSE_BELOW)
    assert when(analysis, "met") == "2022-02-08"
    assert when(analysis, "arrived") == "2022-02-05"


def test_the_verb_that_carries_the_noun_lends_it_its_time() -> None:
    assert when(parsed(TALKS), "talks") == "2022-02-04"


def test_a_bound_is_not_the_time() -> None:
    assert when(parsed(BOUNDED), "withdrawn") is None


def test_what_a_deed_comes_ahead_of_has_not_its_day() -> None:
    analysis = parsed(
        """
They PRON PRP 2 nsubj
met VERB VBD 0 root
yesterday NOUN NN 2 obl:unmarked
ahead ADV RB 7 case
of ADP IN 4 fixed
a DET DT 7 det
visit NOUN NN 2 obl
""".strip()
    )
    assert when(analysis, "met") == "2022-02-07"
    assert when(analysis, "visit") is None


def test_a_relative_clause_says_when_and_where_the_deed_of_a_noun_was() -> None:
    analysis = parsed(
        """
They PRON PRP 2 nsubj
praised VERB VBD 0 root praise
the DET DT 4 det
talks NOUN NNS 2 obj talk
with ADP IN 6 case
Erdogan PROPN NNP 4 nmod
, PUNCT , 6 punct
which PRON WDT 9 nsubj
took VERB VBD 6 acl:relcl take
place NOUN NN 9 obj
on ADP IN 12 case
Friday PROPN NNP 9 obl
. PUNCT . 2 punct
""".strip()
    )
    assert when(analysis, "talks") == "2022-02-04"
    assert when(analysis, "praised") is None
    assert occurring(analysis, analysis.words.index("talks")) == analysis.words.index("took")
    assert occurring(analysis, analysis.words.index("praised")) is None


def test_without_a_time_there_is_none() -> None:
    analysis = parsed(TALKS)
    assert when_of(analysis, analysis.words.index("talks"), []) is None
