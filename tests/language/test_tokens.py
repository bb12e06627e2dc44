"""Tokens by the conventions of the English Web Treebank, with exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.tokens import tokenize
from dragoman.language.tokens_cut import cut


def _tokens(text: str) -> str:
    return " ".join(tokenize(text).words)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        # clitics, straight and curly
        ("They don't, can’t and won't.", "They do n't , ca n’t and wo n't ."),
        ("Iran's and Russia’s ministers", "Iran 's and Russia ’s ministers"),
        ("The leaders' talks", "The leaders ' talks"),
        ("We cannot; they're gonna", "We can not ; they 're gon na"),
        ("Shouldn't've", "Should n't 've"),
        ("N'T AND DON'T", "N'T AND DO N'T"),
        ("the Shi'ite O'Brien, at 5 o'clock", "the Shi'ite O'Brien , at 5 o'clock"),
        # hyphens
        ("pro-Russian anti-NATO re-election", "pro-Russian anti-NATO re-election"),
        ("long-term, 10-year-old F-16s", "long - term , 10 - year - old F - 16s"),
        ("non-nuclear-armed", "non-nuclear - armed"),
        ("a U.S.-led mid-1990s plan", "a U.S. - led mid-1990s plan"),
        ("Kiev–Moscow talks—no", "Kiev – Moscow talks — no"),
        ("yes -- no --", "yes -- no --"),
        # abbreviations and initials
        ("Mr. and Mrs. B. J. Smith", "Mr. and Mrs. B. J. Smith"),
        ("MR. CARNEY: Gen. Ali Jr.", "MR. CARNEY : Gen. Ali Jr."),
        ("Lt.Gen. Dr.House", "Lt. Gen. Dr. House"),
        ("at 4 p.m. in Washington, D.C.", "at 4 p.m. in Washington , D.C."),
        ("No. 5 is No.10. I said no. No.", "No. 5 is No. 10 . I said no . No ."),
        ("Ph.D. e.g. i.e. vs. etc.", "Ph.D. e.g. i.e. vs. etc."),
        # numbers, money, units
        ("1,000,000 or 3.5% of $7.5bn", "1,000,000 or 3.5 % of $ 7.5 bn"),
        ("US$5m, A$3, €20", "US$ 5 m , A$ 3 , € 20"),
        ("10am 11:30 5km 3rd 1980s 4x4", "10 am 11:30 5 km 3rd 1980s 4x4"),
        ("9/11, 07/02/2022, 2022-02-07", "9/11 , 07/02/2022 , 2022-02-07"),
        ("Q1 of '98 (page 3)", "Q1 of '98 ( page 3 )"),
        # addresses
        ("See http://a.org/b?c=1, or www.b.com.", "See http://a.org/b?c=1 , or www.b.com ."),
        ("<a.b@c.org> @handle #tag", "< a.b@c.org > @handle #tag"),
        ("Amazon.com and bbc.co.uk", "Amazon.com and bbc.co.uk"),
        # glued text
        ("a government adviser:We always", "a government adviser : We always"),
        ("the attack.The army", "the attack . The army"),
        ("(Reuters)-The", "( Reuters ) - The"),
        ("Emmanuel Macronat franceinfo", "Emmanuel Macronat franceinfo"),
        # quotation marks of every make
        ("“We,” ‘it’ «non» „so“ ''x''", "“ We , ” ‘ it ’ « non » „ so “ '' x ''"),
        ('He said:"No"', 'He said : " No "'),
        ("wait... what?! no!!", "wait ... what ?! no !!"),
        # tokenised source text
        ("He did n't say it 's over .", "He did n't say it 's over ."),
        ("Norsk Plc <NORS.L> and <ABC>", "Norsk Plc < NORS.L > and < ABC >"),
        ("AT&T and/or P&L [12]", "AT&T and / or P&L [ 12 ]"),
        # signs of no width
        ("one\u200btwo\ufeff three", "one two three"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_words_are_cut_as_in_the_treebank(text: str, tokens: str) -> None:
    assert _tokens(text) == tokens


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_covered_without_overlap(text: str) -> None:
    tokens = tokenize(text)
    at = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert at <= start < end
        assert not _visible(text[at:start])
        at = end
    assert not _visible(text[at:])


def _visible(text: str) -> str:
    return text.translate(dict.fromkeys((0x200B, 0x2060, 0xFEFF))).strip()


@given(st.text(alphabet="aB.'’\"- \n!?()1,“”:", max_size=120))
def test_sentences_and_paragraphs_hold_every_token_in_order(text: str) -> None:
    tokens = tokenize(text)
    assert tokens.bounds[0] == 0
    assert tokens.bounds[-1] == len(tokens)
    assert tokens.bounds == sorted(set(tokens.bounds))
    assert len(tokens.paragraphs) == tokens.sentence_count
    assert tokens.paragraphs == sorted(tokens.paragraphs)


def test_a_piece_is_cut_the_same_remembered_or_not() -> None:
    piece = "don't-stop." + "a" * 40
    assert cut(piece) == cut(piece)
    assert cut("don't") == ((2, 5), (), False)


def test_a_headline_in_capitals_that_was_run_into_the_text_is_parted_from_it() -> None:
    text = "CRITICS CALL THE DEAL A GIFT FOR CHADExperts have doubts. The NATOMembers list is long."
    tokens = tokenize(text)
    firsts = [text[tokens.starts[first] : tokens.ends[first]] for first in tokens.bounds[:-1]]
    assert firsts == ["CRITICS", "Experts", "The"]
    assert "NATOMembers" in [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
