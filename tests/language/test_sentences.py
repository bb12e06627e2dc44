"""Where sentences and paragraphs end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dragoman.language.sentences import LONGEST
from dragoman.language.tokens import tokenize

_DATELINE = re.compile(r"[A-Z ]+(, \w+( \d+)?)? ?[-—(]\w*\)?")


def _sentences(text: str) -> list[str]:
    tokens = tokenize(text)
    bounds = tokens.bounds
    return [
        text[tokens.starts[bounds[s]] : tokens.ends[bounds[s + 1] - 1]]
        for s in range(tokens.sentence_count)
    ]


def _parted(marked: str) -> tuple[str, list[str]]:
    """A text in which strokes mark where sentences begin: the text and its sentences."""
    pieces = marked.split("|")
    return "".join(pieces), [piece.strip() for piece in pieces]


@pytest.mark.parametrize(
    "marked",
    [
        "The envoy left. |The talks go on.",
        # titles, initials, abbreviations
        "Mr. Karimov met Gen. A. B. Nur Jr. in the U.S. Senate on Monday.",
        "He flew to the U.S. |The trip was short.",
        "He lives in Washington, D.C. |His wife does not.",
        "It met at 4 p.m. in Minsk. |It ended at 9 p.m. |Officials left at 10 p.m. Moscow time.",
        "It met at 4 p.m. Monday.",
        "They met. |At 10 a.m. Mr. Nur left. |By 4 p.m. Norland had agreed.",
        "Shares of Norsk Oil Inc. rose. |So did those of Delta Corp. |The market closed higher.",
        "The state of St. Vincent vs. Dr. No is case No. 12 on Dec. 3.",
        "They sell oil, gas etc. |Prices fell.",
        "He chose plan B. |The others did not.",
        # quotation marks
        "“We will not go,” he said. |“It is over.” |He left.",
        "“We agree. |We will sign,” the envoy said.",
        "“Will you go?” Mr. Orlov asked. |“No!” she said.",
        "“Will you go?” asked the envoy. |He did not answer.",
        "“Who knows?” |The minister shrugged.",
        'He said: "It is over." |"Is it?" |She left.',
        "He called it ''madness.'' |She agreed.",
        "He spoke of a “logic of coordination“. |She did not.",
        "«Non», he said. |«C'est fini.» |He left.",
        "The “Geneva II” talks failed.",
        "She said (he denies it.) |Then she left.",
        "The paper (The Monitor) said so.) |It erred.",
        "“We are ready”. |That was all.",
        # dots, questions, glued text
        "He paused... and went on... |Then he stopped.",
        "“The ... Norland government ... must act,” he said. |It did ... |The end.",
        "Who? |Why? |The rest is known.",
        "They fled the attack.|The army came.",
        "It cost 3.5 million. |2014 was worse.",
        "Yahoo! said it would go.",
        "It was late. |we left.",
        # tokenised text
        'They met . |" We agree , " he said . |" It is over . " |She left .',
        # datelines, notes, letters
        "KIEV, Feb. 7 (Reuters) - |The president arrived. |He left.",
        "It was built in 1805.[17] |It burnt in 1810.",
        "Dear Mr. President, |We write to you. |Sincerely, |The Envoys",
        "Thanks, Ben. |It is good to be here. |Hello, Mr. Nur!",
        "See http://a.org/b |He did.",
        "It met at 9 P.M. COT and ended… some said late.",
        "“Why now?”\nasked the envoy.",
    ],
)
def test_sentences_end_where_they_should(marked: str) -> None:
    text, expected = _parted(marked)
    assert _sentences(text) == expected


def test_a_headline_and_a_crosshead_stand_by_themselves() -> None:
    text = "Envoys meet in Kiev\n\nThe envoys met.\nA NEW ROUND\nIt went on."
    assert _sentences(text) == [
        "Envoys meet in Kiev",
        "The envoys met.",
        "A NEW ROUND",
        "It went on.",
    ]
    assert tokenize(text).paragraphs == [0, 1, 2, 3]


def test_wrapped_lines_do_not_end_sentences() -> None:
    text = (
        "The Foreign Minister of Norland, Ivar\n"
        "Holm, said today that his government would\n"
        "not take part in the talks on the strait\n"
        "unless Sudmark withdrew its three warships\n"
        'first. "Nothing can be discussed under the\n'
        'guns of a fleet," Holm told Reuters.\n'
        "Thereupon he left.\n"
        "Sudmark said on Tuesday it had no plans to\n"
        "move the ships.\n"
    )
    found = _sentences(text)
    assert [sentence.split()[0] for sentence in found] == [
        "The",
        '"Nothing',
        "Thereupon",
        "Sudmark",
    ]
    assert tokenize(text).paragraphs == [0, 0, 0, 1]


def test_a_line_that_goes_on_in_small_letters_is_one_sentence() -> None:
    assert len(_sentences("The talks, held\nin secret, failed.\nNo one said why.")) == 2


def test_items_of_a_list_are_sentences() -> None:
    text = "They agreed:\n1. To stop firing.\n2. To talk.\n- to meet again\n• to pay"
    assert _sentences(text) == [
        "They agreed:",
        "1. To stop firing.",
        "2. To talk.",
        "- to meet again",
        "• to pay",
    ]


def test_lone_marks_at_line_ends_close_or_open_by_what_came_before() -> None:
    text = (
        '" We met , " he said .\n" We agree .\nIt is good . "\nThe envoy left . "\n'
        'It is a lie , " she said .\nNo one knew .'
    )
    assert _sentences(text) == [
        '" We met , " he said .',
        '" We agree .',
        'It is good . "',
        "The envoy left .",
        '"\nIt is a lie , " she said .',
        "No one knew .",
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028"])
def test_other_line_ends_are_line_ends(end: str) -> None:
    assert len(_sentences(f"Envoys meet{end}{end}They met.{end}They left.")) == 3


def test_a_sentence_without_end_is_cut_into_bounded_pieces() -> None:
    tokens = tokenize("and he said, that it was so " * 4_000)
    sizes = [b - a for a, b in zip(tokens.bounds, tokens.bounds[1:], strict=False)]
    assert max(sizes) <= LONGEST
    assert tokens.words[tokens.bounds[1] - 1] == ","  # cut after punctuation where there is some


def test_no_sentence_of_the_examples_is_broken() -> None:
    examples = Path(__file__).resolve().parents[2] / "examples" / "crisis.jsonl"
    rows = [json.loads(line) for line in examples.read_text(encoding="utf-8").splitlines()]
    assert rows
    for sentence in (sentence for row in rows for sentence in _sentences(row["text"])):
        ended = sentence.rstrip('”"»’)')[-1] in ".!?"
        assert ended or _DATELINE.fullmatch(sentence), sentence
        assert sentence.lstrip('“"«‘(')[0].isupper() or sentence[0].isdigit(), sentence
        assert not re.search(r"\b(?:Mr|Ms|Mrs|Gen|Dr|[A-Z])\.$", sentence), sentence
        assert sentence.count("“") == sentence.count("”") or sentence[0] != "“", sentence


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("ATHENS, Sept 5 - Coast guard boats of both sides collided.", "ATHENS, Sept 5 -"),
        ("IZMIR, Sunday — The minister, on a visit, phoned him.", "IZMIR, Sunday —"),
        ("TALLINN (Tuesday) The ministers agreed.", "TALLINN (Tuesday)"),
        ("(CNN) -- Three senators said no.", "(CNN) --"),
        ("BEIRUT, Lebanon (AP) - Rebels said they had left.", "BEIRUT, Lebanon (AP) -"),
        (
            "Unions march in Amman Prices rise Amman (CNN) -- Union members marched on Friday.",
            "Unions march in Amman Prices rise Amman (CNN) --",
        ),
        ("Talks fail\n\nNEW YORK, Sept 20 - The two met.", "NEW YORK, Sept 20 -"),
    ],
)
def test_a_dateline_stands_alone(text: str, dateline: str) -> None:
    assert dateline in _sentences(text)


@pytest.mark.parametrize(
    "text",
    [
        "THE PRESIDENT: Good morning.",
        "Putin: We will answer.",
        "Kyiv (the capital) was hit.",
        "The Alliance (NATO) will answer.",
    ],
)
def test_a_label_is_no_dateline(text: str) -> None:
    assert _sentences(text) == [text]
