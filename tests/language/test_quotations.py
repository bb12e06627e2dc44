"""Quotation marks of every make, paired by place before shape."""

from __future__ import annotations

import re
import time

import pytest

from dragoman.language.analysis import Tokens
from dragoman.language.quotations import Quotation, find_quotations

_WORD = re.compile(r"\w+(?:['’]\w+)?|``|''|[^\w\s]")


def cut(text: str) -> Tokens:
    """Words, and sentences that end with a full stop or a line."""
    starts: list[int] = []
    ends: list[int] = []
    bounds = [0]
    for match in _WORD.finditer(text):
        gap = text[ends[-1] : match.start()] if ends else ""
        ended = bool(ends) and text[ends[-1] - 1] in ".!?" and bool(gap)
        if (ended or "\n" in gap) and bounds[-1] != len(starts):
            bounds.append(len(starts))
        starts.append(match.start())
        ends.append(match.end())
    bounds.append(len(starts))
    return Tokens(text, starts, ends, bounds, [0] * (len(bounds) - 1))


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(cut(text))]


def only(text: str) -> Quotation:
    (found,) = find_quotations(cut(text))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will sign," the envoy said.', ['"We will sign,"']),
        ("“We will sign,” the envoy said.", ["“We will sign,”"]),
        ("‘We will sign,’ the envoy said.", ["‘We will sign,’"]),
        ("'We will sign,' the envoy said.", ["'We will sign,'"]),
        ("« Nous signerons », dit-il.", ["« Nous signerons »"]),
        ("„Wir werden unterschreiben“, sagte er.", ["„Wir werden unterschreiben“"]),
        ("``We will sign,'' the envoy said.", ["``We will sign,''"]),
        # The wrong way round, or two kinds in one pair.
        ("“We will sign the text“, he confides.", ["“We will sign the text“"]),
        ("”We will sign the text”, he said.", ["”We will sign the text”"]),
        ("”We will sign the text“, he said.", ["”We will sign the text“"]),
        ('“We will sign the text", he said.', ['“We will sign the text"']),
        # Glued to its neighbours.
        ('He said:"We will sign."', ['"We will sign."']),
        ('"Two are dead,"Ivanova told the agency.', ['"Two are dead,"']),
        ("It was—“no war”—he said.", ["“no war”"]),
        # Set apart by spaces.
        ('He said: " We will sign . " Then he left.', ['" We will sign . "']),
    ],
)
def test_pairs_marks_of_every_make(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The ministers' demands and the leader's reply don't agree.",
        "Those who can't wait, 'cause it's late in the '90s, left.",
        'A 6" shell and a 12" pipe were found.',
        "The rebels’ camp was the generals’ aim.",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_possessives_inside_single_marks_do_not_close_them() -> None:
    text = "'The workers' demands are just,' she said."
    assert quoted(text) == ["'The workers' demands are just,'"]


def test_nested_quotations_have_their_depth() -> None:
    text = "“He told me ‘go home’ and “stay” there,” she said."
    found = find_quotations(cut(text))
    assert [(text[q.start : q.end], q.depth) for q in found] == [
        ("“He told me ‘go home’ and “stay” there,”", 0),
        ("‘go home’", 1),
        ("“stay”", 1),
    ]


def test_a_paragraph_that_opens_again_goes_on_with_the_quotation() -> None:
    text = "“We have met.\n\n“We shall meet again,” he said.\n\nThe talks ended."
    first, second = find_quotations(cut(text))
    assert not first.closed
    assert text[first.start : first.end] == "“We have met."
    assert second.continues
    assert text[second.start : second.end] == "“We shall meet again,”"


def test_paragraphs_run_together_still_open_again() -> None:
    text = "“We have met. “We shall meet again,” he said."
    assert quoted(text) == ["“We have met.", "“We shall meet again,”"]


def test_a_quotation_may_be_wrapped_over_lines() -> None:
    text = '"We have met and shall\nmeet again," he said.'
    assert quoted(text) == ['"We have met and shall\nmeet again,"']


def test_a_closing_mark_that_slipped_into_the_next_line_closes() -> None:
    text = (
        'He said: "We have met.\n"She called it "a start" then.\n'
        '"We go on," she said. "We will sign.\n"The talks ended.'
    )
    assert quoted(text) == [
        '"We have met.\n"',
        '"a start"',
        '"We go on,"',
        '"We will sign.\n"',
    ]


def test_an_unclosed_quotation_ends_with_its_sentence() -> None:
    text = "He said: “We will sign.\nThe talks ended in May.\nNothing was signed."
    found = only(text)
    assert not found.closed
    assert text[found.start : found.end] == "“We will sign."


def test_an_unclosed_quotation_does_not_take_the_next_one() -> None:
    text = 'He said: "We will sign. She left early.\nThe king said: "We shall see."'
    assert quoted(text) == ['"We will sign.', '"We shall see."']


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("The so-called “republics” voted.", "scare"),
        ("He wrote “The Long Road to Peace” in 1998.", "title"),
        ("He called it “a long road to peace” in 1998.", "speech"),
        ("“No.”", "speech"),
    ],
)
def test_tells_speech_from_titles_and_scare_quotes(text: str, sort: str) -> None:
    assert only(text).sort == sort


def test_marks_of_five_languages_in_one_text() -> None:
    text = '«Oui», „Ja“, “Yes”, ‘Si’ and "Tak" were said.'
    assert quoted(text) == ["«Oui»", "„Ja“", "“Yes”", "‘Si’", '"Tak"']


@pytest.mark.parametrize("mark", ["“", '"', "«", "‘", '"\n'])
def test_hundreds_of_open_marks_take_bounded_time(mark: str) -> None:
    text = f" {mark}a word" * 4000 + ".\nThe end came. " * 500
    tokens = cut(text)
    begun = time.perf_counter()
    found = find_quotations(tokens)
    assert time.perf_counter() - begun < 2.0
    assert all("The end" not in text[q.start : q.end] for q in found)


def test_two_hundred_levels_are_paired() -> None:
    text = "“a " * 200 + "b" + " c”" * 200
    found = find_quotations(cut(text))
    assert len(found) == 200
    assert [q.depth for q in found] == list(range(200))


_ARCHIVED = """The port stays shut. "
We will not wait for ever, " the envoy said.
" Our ships are ready, " he added, and called the ban " a farce ".
She told them : " Go home.
The talks are over. "
They left for what she called " the coast ", " the hills " and the islands.
"""


def test_marks_set_apart_by_blanks_take_turns_over_lines() -> None:
    assert quoted(_ARCHIVED) == [
        'We will not wait for ever, "',
        '" Our ships are ready, "',
        '" a farce "',
        '" Go home.\nThe talks are over. "',
        '" the coast "',
        '" the hills "',
    ]


def test_a_lost_mark_turns_no_others_round() -> None:
    lost = _ARCHIVED.replace('" Our ships are', "Our ships are")
    assert quoted(lost) == [q for q in quoted(_ARCHIVED) if "ships" not in q]


def test_thousands_of_marks_set_apart_are_paired_in_time() -> None:
    start = time.process_time()
    assert len(quoted(_ARCHIVED * 2000)) == 12000
    assert time.process_time() - start < 4.0


def test_empty_text_has_none() -> None:
    assert quoted("") == []
    assert quoted('""') == []
