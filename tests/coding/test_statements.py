"""Statements from sentences parsed by hand: who, what, what kind, inside what, answering what."""

from __future__ import annotations

from typing import cast

import pytest

from coding.parsed import HandCast, cast_of, parsed
from dragoman.actors.cast import Cast
from dragoman.coding.statements import Said, find_attributions, find_statements
from dragoman.language.analysis import Analysis, Attribution

SAID_THAT = """
Mali PROPN NNP 2 nsubj
said VERB VBD 0 root say
that SCONJ IN 6 mark
talks NOUN NNS 6 nsubj talk
had AUX VBD 6 aux have
failed VERB VBN 2 ccomp fail
. PUNCT . 2 punct
"""
ASIDE = """
Talks NOUN NNS 3 nsubj talk
had AUX VBD 3 aux have
failed VERB VBN 0 root fail
, PUNCT , 6 punct
Mali PROPN NNP 6 nsubj
said VERB VBD 3 conj say
, PUNCT , 6 punct
and CCONJ CC 10 cc
nobody PRON NN 10 nsubj
left VERB VBD 3 conj leave
. PUNCT . 3 punct
"""
BEFORE = """
The DET DT 2 det
border NOUN NN 4 nsubj
is AUX VBZ 4 cop be
open ADJ JJ 0 root
, PUNCT , 8 punct
a DET DT 7 det
minister NOUN NN 8 nsubj
said VERB VBD 4 parataxis say
. PUNCT . 4 punct
"""
INVERTED = """
“ PUNCT `` 4 punct
We PRON PRP 4 nsubj we
will AUX MD 4 aux
sign VERB VB 0 root
, PUNCT , 4 punct
” PUNCT '' 4 punct
said VERB VBD 4 parataxis say
Peru PROPN NNP 7 nsubj
. PUNCT . 4 punct
"""
GOES_ON = """
“ PUNCT `` 4 punct
The DET DT 3 det
text NOUN NN 4 nsubj
pleases VERB VBZ 0 root please
us PRON PRP 4 obj we
. PUNCT . 4 punct
” PUNCT '' 4 punct
"""
INTERRUPTED = """
“ PUNCT `` 4 punct
The DET DT 3 det
talks NOUN NNS 4 nsubj talk
failed VERB VBD 0 root fail
, PUNCT , 4 punct
” PUNCT '' 4 punct
Peru PROPN NNP 8 nsubj
said VERB VBD 4 parataxis say
, PUNCT , 8 punct
“ PUNCT `` 14 punct
and CCONJ CC 14 cc
we PRON PRP 14 nsubj
shall AUX MD 14 aux
leave VERB VB 4 conj
. PUNCT . 14 punct
” PUNCT '' 14 punct
"""
ACCUSE = """
Norway PROPN NNP 2 nsubj
accused VERB VBD 0 root accuse
Sweden PROPN NNP 2 obj
of SCONJ IN 5 mark
spying VERB VBG 2 advcl spy
, PUNCT , 9 punct
which PRON WDT 9 obj
Sweden PROPN NNP 9 nsubj
denies VERB VBZ 5 acl:relcl deny
. PUNCT . 2 punct
"""
URGE = """
Norway PROPN NNP 2 nsubj
urged VERB VBD 0 root urge
Sweden PROPN NNP 2 obj
to PART TO 5 mark
wait VERB VB 2 xcomp
. PUNCT . 2 punct
"""
ACCORDING = """
According VERB VBG 3 case accord
to ADP IN 1 fixed
Norway PROPN NNP 8 obl
, PUNCT , 3 punct
Sweden PROPN NNP 8 nsubj
would AUX MD 8 aux
have AUX VB 8 aux
said VERB VBN 0 root say
that SCONJ IN 11 mark
it PRON PRP 11 nsubj
wanted VERB VBD 8 ccomp want
peace NOUN NN 11 obj
. PUNCT . 8 punct
"""
AIM = """
Norway PROPN NNP 3 nmod:poss
's PART POS 1 case
aim NOUN NN 7 nsubj
will AUX MD 7 aux
be AUX VB 7 cop
to PART TO 7 mark
win VERB VB 0 root
time NOUN NN 7 obj
. PUNCT . 7 punct
"""
LINE = """
The DET DT 3 det
bottom ADJ JJ 3 amod
line NOUN NN 8 nsubj
for ADP IN 5 case
Norway PROPN NNP 3 nmod
is AUX VBZ 8 cop be
to PART TO 8 mark
win VERB VB 0 root
time NOUN NN 8 obj
. PUNCT . 8 punct
"""
ADMIRE = """
Officials NOUN NNS 2 nsubj official
called VERB VBD 0 root call
it PRON PRP 2 obj
“ PUNCT `` 6 punct
a DET DT 6 det
lie NOUN NN 2 xcomp
” PUNCT '' 6 punct
. PUNCT . 2 punct
"""
NOT_SAID = """
Norway PROPN NNP 4 nsubj
did AUX VBD 4 aux do
not PART RB 4 advmod
say VERB VB 0 root
that SCONJ IN 7 mark
it PRON PRP 7 nsubj
left VERB VBD 4 ccomp leave
. PUNCT . 4 punct
"""
PLANNED = """
Norway PROPN NNP 2 nsubj
plans VERB VBZ 0 root plan
to PART TO 4 mark
announce VERB VB 2 xcomp
that SCONJ IN 7 mark
it PRON PRP 7 nsubj
left VERB VBD 4 ccomp leave
. PUNCT . 2 punct
"""
THREAT = """
Norway PROPN NNP 2 nsubj
said VERB VBD 0 root say
it PRON PRP 5 nsubj
would AUX MD 5 aux
retaliate VERB VB 2 ccomp
. PUNCT . 2 punct
"""
QUOTED_AS = """
Agency PROPN NNP 2 nsubj
quoted VERB VBD 0 root quote
Norway PROPN NNP 2 obj
as SCONJ IN 5 mark
saying VERB VBG 2 advcl say
talks NOUN NNS 7 nsubj talk
failed VERB VBD 5 ccomp fail
. PUNCT . 2 punct
"""
LABEL = """
Norway PROPN NNP 5 dep
: PUNCT : 1 punct
no DET DT 5 det
troop NOUN NN 5 compound
withdrawal NOUN NN 0 root
yet ADV RB 5 advmod
"""
CHEERED = """
Norway PROPN NNP 2 nsubj
cheered VERB VBD 0 root cheer
talks NOUN NNS 2 obj talk
in ADP IN 5 case
Oslo PROPN NNP 2 obl
. PUNCT . 2 punct
"""


def statements(*sentences: str, actors: tuple[str, ...] = ()) -> tuple[Analysis, list[Said]]:
    analysis = parsed(*sentences)
    known = cast_of(analysis, **{name: name.lower() for name in actors})
    return analysis, find_statements(analysis, cast(Cast, known))


def content(analysis: Analysis, said: Said) -> str:
    return " … ".join(" ".join(analysis.words[a:b]) for a, b in said.content)


@pytest.mark.parametrize(
    ("sentence", "speaker", "kind", "words"),
    [
        (SAID_THAT, "mali", "claim", "that talks had failed"),
        (ASIDE, "mali", "claim", "Talks had failed … and nobody left"),
        (URGE, "norway", "demand", "Sweden to wait"),
        (AIM, "norway", "aim", "to win time"),
        (LINE, "norway", "aim", "to win time"),
        (QUOTED_AS, "norway", "claim", "talks failed"),
        (INVERTED, "peru", "promise", "“ We will sign , ”"),
        (INTERRUPTED, "peru", "promise", "“ The talks failed , ” … “ and we shall leave . ”"),
        (LABEL, "norway", "claim", "no troop withdrawal yet"),
    ],
)
def test_who_says_what(sentence: str, speaker: str, kind: str, words: str) -> None:
    analysis, found = statements(sentence, actors=("Mali", "Norway", "Sweden", "Peru"))
    (said,) = found
    assert (said.speaker, said.kind, content(analysis, said)) == (speaker, kind, words)


def test_an_unnamed_speaker_keeps_the_words_for_it() -> None:
    analysis, (said,) = statements(BEFORE)
    assert (said.speaker, said.speaker_text, said.named) == (None, "a minister", False)
    assert content(analysis, said) == "The border is open"


def test_a_quotation_after_a_full_stop_is_a_statement_of_its_own() -> None:
    analysis, (first, second) = statements(INVERTED, GOES_ON, actors=("Peru",))
    assert first.cue is not None
    assert (second.speaker, second.speaker_text, second.cue) == ("peru", "Peru", None)
    assert second.quoted
    assert content(analysis, second) == "“ The text pleases us . ”"


def test_a_denial_answers_the_accusation_and_has_its_content() -> None:
    analysis, (accusation, denial) = statements(ACCUSE, actors=("Norway", "Sweden"))
    assert (accusation.kind, accusation.speaker) == ("accusation", "norway")
    assert (denial.kind, denial.speaker, denial.answers) == ("denial", "sweden", 0)
    assert content(analysis, denial) == content(analysis, accusation) == "Sweden of spying"


def test_a_report_in_a_report_is_hedged_where_its_own_cue_is() -> None:
    analysis, (outer, inner) = statements(ACCORDING, actors=("Norway", "Sweden"))
    assert (outer.speaker, outer.hedged, outer.inside) == ("norway", False, None)
    assert (inner.speaker, inner.hedged, inner.inside) == ("sweden", True, 0)
    assert content(analysis, inner) == "that it wanted peace"


def test_a_judgement_keeps_object_and_verdict_and_is_quoted_in_part() -> None:
    analysis, (said,) = statements(ADMIRE)
    assert (said.kind, said.quoted, said.speaker_text) == ("accusation", True, "Officials")
    assert content(analysis, said) == "it “ a lie ”"


@pytest.mark.parametrize("sentence", [NOT_SAID, PLANNED, CHEERED])
def test_what_nobody_said_is_no_statement(sentence: str) -> None:
    _, found = statements(sentence, actors=("Norway",))
    assert found == []


def test_what_a_speaker_will_do_to_another_is_a_threat() -> None:
    analysis = parsed(THREAT)
    known = HandCast({0: "norway", 2: "norway"}, cast_of(analysis, Norway="norway").actors)
    (said,) = find_statements(analysis, cast(Cast, known))
    assert said.kind == "threat"


def test_rules_need_no_tags_but_tags_show_words_the_list_lacks() -> None:
    analysis = parsed(CHEERED)
    assert analysis.attributions == []
    tags = [Attribution(0, 1, "source"), Attribution(1, 2, "cue"), Attribution(2, 5, "content")]
    analysis.attributions.extend(tags)
    (act,) = find_attributions(analysis)
    assert (act.source, act.cue, act.content) == (0, 1, [(2, 5)])


def test_a_document_without_words_has_no_statements() -> None:
    analysis = parsed()
    assert find_statements(analysis, cast(Cast, cast_of(analysis))) == []
