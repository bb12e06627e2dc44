"""Events from sentences parsed by hand: type, roles, status, composition, explanation."""

from __future__ import annotations

import pytest

from coding.parsed import HandCast, cast_of, parsed
from dragoman.coding.events import code_events
from dragoman.records import Event

EXPEL = """
France PROPN NNP 2 nsubj
threatened VERB VBD 0 root threaten
to PART TO 4 mark
expel VERB VB 2 xcomp
the DET DT 6 det
envoys NOUN NNS 4 obj envoy
of ADP IN 8 case
Mali PROPN NNP 6 nmod
. PUNCT . 2 punct
"""
DENY = """
Iran PROPN NNP 2 nsubj
denied VERB VBD 0 root deny
that SCONJ IN 6 mark
it PRON PRP 6 nsubj
had AUX VBD 6 aux have
shelled VERB VBN 2 ccomp shell
Kuwait PROPN NNP 6 obj
. PUNCT . 2 punct
"""
TALKS = """
Japan PROPN NNP 4 nsubj
and CCONJ CC 3 cc
Peru PROPN NNP 1 conj
held VERB VBD 0 root hold
talks NOUN NNS 4 obj talk
on ADP IN 7 case
fisheries NOUN NNS 5 nmod fishery
. PUNCT . 4 punct
"""
FEAR = """
Kenya PROPN NNP 2 nsubj
fears VERB VBZ 0 root fear
that SCONJ IN 6 mark
Sudan PROPN NNP 6 nsubj
will AUX MD 6 aux
attack VERB VB 2 ccomp
Chad PROPN NNP 6 obj
. PUNCT . 2 punct
"""
ACCUSE = """
Norway PROPN NNP 2 nsubj
accused VERB VBD 0 root accuse
Sweden PROPN NNP 2 obj
of SCONJ IN 5 mark
bombing VERB VBG 2 advcl bomb
Finland PROPN NNP 5 obj
. PUNCT . 2 punct
"""
PASSIVE = """
Troops NOUN NNS 5 nsubj troop
deployed VERB VBN 1 acl deploy
by ADP IN 4 case
Serbia PROPN NNP 2 obl:agent
entered VERB VBD 0 root enter
Kosovo PROPN NNP 5 obj
. PUNCT . 5 punct
"""
CONDITION = """
If SCONJ IN 3 mark if
Iraq PROPN NNP 3 nsubj
invades VERB VBZ 8 advcl invade
Iran PROPN NNP 3 obj
, PUNCT , 3 punct
Syria PROPN NNP 8 nsubj
will AUX MD 8 aux
impose VERB VB 0 root
sanctions NOUN NNS 8 obj sanction
on ADP IN 11 case
Iraq PROPN NNP 8 obl
. PUNCT . 8 punct
"""
WITHDRAW = """
Turkey PROPN NNP 2 nsubj
plans VERB VBZ 0 root plan
to PART TO 4 mark
withdraw VERB VB 2 xcomp
its PRON PRP$ 6 nmod:poss
troops NOUN NNS 4 obj troop
from ADP IN 8 case
Cyprus PROPN NNP 4 obl
. PUNCT . 2 punct
"""
REFUSE_MEET = """
Cuba PROPN NNP 4 nsubj
will AUX MD 4 aux
not PART RB 4 advmod
meet VERB VB 0 root
Spain PROPN NNP 4 obj
. PUNCT . 4 punct
"""
URGE = """
Spain PROPN NNP 2 nsubj
urged VERB VBD 0 root urge
Cuba PROPN NNP 5 obj
to PART TO 5 mark
free VERB VB 2 xcomp
prisoners NOUN NNS 5 obj prisoner
. PUNCT . 2 punct
"""
WAR_OF_WORDS = """
Greece PROPN NNP 2 nsubj
fought VERB VBD 0 root fight
a DET DT 4 det
war NOUN NN 2 obj
of ADP IN 6 case
words NOUN NNS 4 nmod word
with ADP IN 8 case
Turkey PROPN NNP 2 obl
. PUNCT . 2 punct
"""
SPORT = """
France PROPN NNP 2 nsubj
beat VERB VBD 0 root beat
Brazil PROPN NNP 2 obj
in ADP IN 6 case
the DET DT 6 det
tournament NOUN NN 2 obl
with ADP IN 9 case
two NUM CD 9 nummod
penalties NOUN NNS 2 obl penalty
by ADP IN 12 case
a DET DT 12 det
midfielder NOUN NN 9 nmod
. PUNCT . 2 punct
"""


def coded(sentence: str, **names: str) -> list[Event]:
    analysis = parsed(sentence)
    words = {word: word.lower() for word in analysis.words if word[0].isupper()}
    cast: HandCast = cast_of(analysis, **{**words, **names})
    return code_events(analysis, cast, (), (), (), date="2020-05-05")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (EXPEL, [("THREATEN", "expel", "happened"), ("SANCTION", "expel", "possible")]),
        (DENY, [("REJECT", None, "happened"), ("ASSAULT", "heavy-weapons", "denied")]),
        (FEAR, [("ASSAULT", None, "possible")]),
        (ACCUSE, [("ACCUSE", "allege", "happened"), ("ASSAULT", None, "happened")]),
        (CONDITION, [("ASSAULT", None, "possible"), ("SANCTION", None, "planned")]),
        (WITHDRAW, [("RETREAT", "withdraw", "planned")]),
        (REFUSE_MEET, [("REJECT", "meet", "happened")]),
        (URGE, [("REQUEST", "yield", "happened"), ("RETREAT", "release", "possible")]),
    ],
)
def test_type_mode_and_status(sentence: str, expected: list[tuple[str, str | None, str]]) -> None:
    events = coded(sentence, it="iran", its="turkey")
    found = [(event.type, event.mode, event.status) for event in events]
    assert [(t, s) for t, _, s in found] == [(t, s) for t, _, s in expected]
    assert all(mode in (None, found[i][1]) for i, (_, mode, _) in enumerate(expected))


@pytest.mark.parametrize(
    ("sentence", "actors", "recipients"),
    [
        (EXPEL, ("france",), ("mali",)),
        (ACCUSE, ("norway",), ("sweden",)),
        (URGE, ("spain",), ("cuba",)),
        (TALKS, ("japan", "peru"), ()),
        (REFUSE_MEET, ("cuba",), ("spain",)),
    ],
)
def test_roles_of_the_outermost_act(
    sentence: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    event = coded(sentence)[0]
    assert (event.actors, event.recipients, event.rank) == (actors, recipients, 1)


def test_the_deed_inside_has_its_own_doer() -> None:
    inner = coded(ACCUSE)[1]
    assert (inner.actors, inner.recipients) == (("sweden",), ("finland",))
    freed = coded(URGE)[1]
    assert freed.actors == ("cuba",)


def test_passive_names_its_agent() -> None:
    deployed = coded(PASSIVE)[0]
    assert deployed.type == "MOBILIZE"
    assert "serbia" in deployed.actors


def test_method_names_the_composition_outermost_first() -> None:
    assert coded(EXPEL)[0].method == "frame:threaten-deed > expel-diplomats"


def test_trigger_spans_lie_in_the_text() -> None:
    analysis = parsed(EXPEL)
    event = coded(EXPEL)[1]
    pieces = [analysis.text[span.start : span.end] for span in event.trigger]
    assert pieces == ["expel", "envoys"]


@pytest.mark.parametrize("sentence", [WAR_OF_WORDS, SPORT])
def test_metaphor_and_sport_are_no_events(sentence: str) -> None:
    assert coded(sentence) == []


def test_two_tellings_are_one_event() -> None:
    again = TALKS.replace("held VERB VBD 0 root hold", "had VERB VBD 0 root have")
    analysis = parsed(TALKS, again)
    cast = cast_of(analysis, Japan="japan", Peru="peru")
    events = code_events(analysis, cast, (), (), (), date=None)
    assert len(events) == 1
    assert [telling.sentence for telling in events[0].tellings] == [0, 1]
    assert events[0].topics == ("fisheries",)


PLAN_WITH_A_PURPOSE = """
Japan PROPN NNP 5 nsubj
and CCONJ CC 3 cc
Peru PROPN NNP 1 conj
will AUX MD 5 aux
meet VERB VB 0 root
to PART TO 7 mark
discuss VERB VB 5 advcl
fisheries NOUN NNS 7 obj fishery
""".strip()


def test_of_one_sentence_the_outermost_telling_settles_the_status() -> None:
    (event,) = coded(PLAN_WITH_A_PURPOSE)
    assert event.status == "planned"
    assert [telling.status for telling in event.tellings] == ["planned", "possible"]


def test_same_input_same_output() -> None:
    assert coded(CONDITION) == coded(CONDITION)


def test_no_words_no_events() -> None:
    analysis = parsed("Hello INTJ UH 0 root")
    assert code_events(analysis, cast_of(analysis), (), (), (), date=None) == []


def chain(relation: str, length: int) -> str:
    """A sentence in which every word hangs on the one before."""
    first = "Iran PROPN NNP 2 nsubj"
    words = ["attacked VERB VBD 0 root attack"]
    words += [f"attacked VERB VBD {n} {relation} attack" for n in range(2, length)]
    return "\n".join([first, *words])


@pytest.mark.parametrize("relation", ["conj", "xcomp", "advcl", "ccomp", "acl", "obj", "nmod"])
def test_long_chains_do_no_harm(relation: str) -> None:
    events = coded(chain(relation, 2000))
    text = parsed(chain(relation, 2000)).text
    assert all(0 <= span.start < span.end <= len(text) for e in events for span in e.trigger)


def test_words_without_grammar_do_no_harm() -> None:
    rows = [f"ATTACK NOUN NN {max(n - 1, 0)} dep attack" for n in range(1, 400)]
    assert all(event.trigger for event in coded("\n".join(rows)))
