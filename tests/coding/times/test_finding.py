"""Time expressions: what is one, and what it stands for."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.times.calendar import bounds
from dragoman.coding.times.finding import TimeExpression, find_times
from dragoman.coding.times.notices import time_notices
from dragoman.coding.times.timeml import to_timeml
from dragoman.coding.times.values import full_year
from dragoman.evaluate.timex import plain_analysis, read_timeml
from dragoman.language.analysis import Name

CASES = Path(__file__).with_name("times_cases.txt")
_MARKED = re.compile(r"\[([^\[\]=]+)=([^\[\]]+)\]")


def times(text: str, day: str | None = "2022-02-07") -> list[TimeExpression]:
    return find_times(plain_analysis(text), date=day)


def only(text: str, day: str | None = "2022-02-07") -> TimeExpression:
    found = times(text, day)
    assert len(found) == 1, [(t.text, t.value) for t in found]
    return found[0]


def cases() -> list[tuple[str, str]]:
    found, day = [], ""
    for line in CASES.read_text("utf-8").splitlines():
        if line.startswith("@ "):
            day = line[2:]
        elif line and not line.startswith("#"):
            found.append((day, line))
    return found


def test_the_table_holds_three_hundred_cases() -> None:
    marked = sum(max(1, len(_MARKED.findall(line))) for _, line in cases())
    assert marked >= 300


@pytest.mark.parametrize(("day", "line"), cases())
def test_times_of_a_sentence(day: str, line: str) -> None:
    text = _MARKED.sub(r"\1", line)
    wanted = [(words, value) for words, value in _MARKED.findall(line)]
    assert [(t.text, t.value) for t in times(text, day)] == wanted


PUBLICATION_DAYS = ("2022-02-07", "2022-02-09", "2022-02-13", "2021-12-31", "2020-03-01")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize("day", PUBLICATION_DAYS)
@pytest.mark.parametrize("weekday", WEEKDAYS)
def test_a_weekday_lies_within_the_week_on_the_side_of_its_verb(day: str, weekday: str) -> None:
    published = date.fromisoformat(day)
    past = date.fromisoformat(only(f"The envoys met on {weekday}.", day).value)
    coming = date.fromisoformat(only(f"The envoys will meet on {weekday}.", day).value)
    assert published - timedelta(days=6) <= past <= published
    assert published <= coming <= published + timedelta(days=6)
    assert past.strftime("%A") == coming.strftime("%A") == weekday


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("They met in the summer of 2019.", "2019-06-01", "2019-08-31", "season"),
        ("They met in June 2019.", "2019-06-01", "2019-06-30", "month"),
        ("They met in 2019.", "2019-01-01", "2019-12-31", "year"),
        ("They met last week.", "2022-01-31", "2022-02-06", "week"),
        ("They met last weekend.", "2022-02-05", "2022-02-06", "day"),
        ("They met in the winter of 2020.", "2020-12-01", "2021-02-28", "season"),
        ("They met in the 1990s.", "1990-01-01", "1999-12-31", "year"),
        ("They met on Sunday evening.", "2022-02-06T18:00", "2022-02-06T23:59", "part-of-day"),
        ("They met at 4 p.m. on Sunday.", "2022-02-06T16:00", "2022-02-06T16:00", "hour"),
        ("They met at 4:05 p.m. Sunday.", "2022-02-06T16:05", "2022-02-06T16:05", "minute"),
        ("It began at 1530 GMT.", "2022-02-07T15:30+00:00", "2022-02-07T15:30+00:00", "minute"),
        (
            "It began at 6 p.m. Moscow time.",
            "2022-02-07T18:00+03:00",
            "2022-02-07T18:00+03:00",
            "hour",
        ),
        ("They met in the third quarter of 2019.", "2019-07-01", "2019-09-30", "season"),
        ("Many died in the past two months.", "2021-12-07", "2022-02-07", "day"),
    ],
)
def test_what_a_time_stands_for(text: str, start: str, end: str, precision: str) -> None:
    when = only(text).when
    assert when is not None
    assert (when.start, when.end, when.precision) == (start, end, precision)


@pytest.mark.parametrize("words", ["around 4 p.m.", "early 2018", "late January", "mid-2015"])
def test_a_hedged_time_says_so(words: str) -> None:
    when = only(f"The talks ended {'in ' if '2' in words or 'J' in words else ''}{words}.").when
    assert when is not None
    assert when.about


@pytest.mark.parametrize(
    ("short", "day", "year"),
    [(26, None, 2026), (45, None, 1945), (5, date(1999, 1, 1), 2005), (89, date(2022, 1, 1), 1989)],
)
def test_a_year_of_two_figures_is_near_the_report(short: int, day: date | None, year: int) -> None:
    assert full_year(short, day) == year


def test_both_ends_of_a_range_stand_for_the_whole() -> None:
    for text in ("Talks ran from 3 to 5 May 2021.", "Talks on May 3–5, 2021 failed."):
        whens = [t.when for t in times(text)]
        assert [(w.start, w.end) for w in whens if w] == [("2021-05-03", "2021-05-05")] * 2


def test_what_was_moved_is_no_range() -> None:
    first, second = times("The talks were postponed from 3 May 2021 to 9 May 2021.")
    assert first.when is not None
    assert second.when is not None
    assert (first.when.end, second.when.start) == ("2021-05-03", "2021-05-09")


_CASES = [_MARKED.sub(r"\1", line) for _, line in cases()]


@pytest.mark.parametrize("day", [None, "0001-01-01", "1000-01-01", "2198-12-31", "9999-12-31", "x"])
def test_no_day_of_a_report_breaks_a_value(day: str | None) -> None:
    for text in _CASES:
        for time in times(text, day):
            assert time.value
            assert not time.value.startswith("T")


def test_a_day_without_its_year_keeps_what_is_told() -> None:
    found = times("They met on August 14, in the December quarter, and on Monday last week.", None)
    assert [t.value for t in found] == ["XXXX-08-14", "XXXX-Q4", "XXXX-WXX-1"]
    assert [t.when for t in found] == [None, None, None]


def test_without_a_date_nothing_is_guessed() -> None:
    found = times("He came on Tuesday, on 6 May and in March; yesterday he left, in 1997.", None)
    assert [t.value for t in found] == [
        "XXXX-WXX-2",
        "XXXX-05-06",
        "XXXX-03",
        "XXXX-XX-XX",
        "1997",
    ]
    assert [t.when is None for t in found] == [True, True, True, True, False]


def test_spans_are_of_the_text_and_of_its_tokens() -> None:
    text = "On Monday, 7 February 2022, and again two days later, they met."
    analysis = plain_analysis(text)
    for time in find_times(analysis, date="2022-02-20"):
        assert text[time.start : time.end] == time.text
        assert analysis.tokens.starts[time.first] <= time.start
        assert time.end <= analysis.tokens.ends[time.last - 1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("They met on 31 February 2021.", "no day 31 in month 2 of 2021"),
        ("They met on 2021-02-30.", "no day 30 in month 2 of 2021"),
        ("They met on 2021-13-01.", "no month 13"),
        ("They met on February 29, 2021.", "no day 29 in month 2 of 2021"),
    ],
)
def test_a_day_that_there_is_not_is_told(text: str, why: str) -> None:
    problem = only(text).problem
    assert problem is not None
    assert why in problem


@pytest.mark.parametrize(
    "text",
    [
        "In the year 0 nothing happened.",
        "In year 20222 nothing happened.",
        "In the 53rd week of 2021 nothing happened.",
        "The 40th of May, the 13th month, 99:99 and 25 p.m. are nothing.",
        "9999999999999 years ago, 0 days later and 123456789 weeks hence.",
        "January February March April May, 5 6 7 8 9, 2020 2021 2022.",
        "- - - / / : : ' ' ( ( 1 / 2 / 3 / 4",
        "",
    ],
)
def test_odd_input_is_survived(text: str) -> None:
    for day in ("2022-02-07", "0001-01-01", "9999-12-31", None, "no date"):
        for time in times(text, day):
            assert time.start < time.end


def test_ten_thousand_dates_are_read_in_bounded_time() -> None:
    text = "They met on 3 May 2021. " * 10_000
    assert len(times(text)) == 10_000


@pytest.mark.parametrize(
    "sentence",
    [
        "He said “we leave tomorrow” on Friday. ",
        "They met on Independence Day in town. ",
        "They met two days after the vote. ",
    ],
)
def test_times_that_rest_on_others_cost_no_more_in_long_texts(sentence: str) -> None:
    began = process_time()
    assert len(times(sentence * 4_000)) >= 4_000
    assert process_time() - began < 10  # a second; two minutes if each looked at all the rest


def test_the_same_text_gives_the_same_times() -> None:
    text = "On Monday they met; two days later, in the summer of 2019, around 4 p.m., they left."
    assert times(text) == times(text)


_BAG = """on in at the a last next this early late Monday Friday March May 3 31 2021 1999 two ten
days weeks months years ago later before after from to between and quarter summer of morning p.m.
16:30 GMT every few recent year week today tomorrow night first second past , - / ( ) ' s half
century"""
WORDS = _BAG.split()


@given(
    words=st.lists(st.sampled_from(WORDS), max_size=14),
    day=st.dates(date(1900, 1, 1), date(2150, 12, 31)),
)
def test_every_value_is_well_formed_and_its_stretch_in_order(words: list[str], day: date) -> None:
    form = re.compile(
        r"(?:\d{4}|XXXX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?|-W(?:\d\d|XX)(?:-(?:WE|[1-7]))?"
        r"|-Q[1-4]|-H[12]|-(?:SP|SU|FA|WI))?(?:T(?:[A-Z]{2}|\d\d:\d\d))?|\d{2,3}|BC\d\d|(?:PAST|PRESENT|FUTURE)_REF"
        r"|P(?:X|\d+)[DWMQYECL](?:\d+[DMW])?(?:T(?:\d+[HMS])+)?|P(?:\d+D)?T(?:(?:X|\d+)[HMS])+|P1Q"
    )
    for time in times(" ".join(words), day.isoformat()):
        assert form.fullmatch(time.value), time
        if time.when is not None:
            assert time.when.start[:10] <= time.when.end[:10]
            assert bounds(time.when.start[:10]) is not None
            assert bounds(time.when.end[:10]) is not None


def test_timeml_holds_the_text_and_the_tags() -> None:
    text = "They met on 3 May 2021 & left <soon>\x07."
    tagged = to_timeml(text, times(text), id="a<b", date="2022-02-07")
    document = read_timeml("a", tagged)
    assert document.text == text.replace("\x07", " ")
    assert document.date == "2022-02-07"
    assert [(g.value, document.text[g.start : g.end]) for g in document.times] == [
        ("2021-05-03", "3 May 2021"),
        ("FUTURE_REF", "soon"),
    ]


def test_what_is_doubtful_is_told_in_words() -> None:
    text = "They met on 31 February 2021. At 8 p.m. Moscow time (1500 GMT) they left."
    notices = time_notices(times(text), date="2022-02-07", now="2022-01-01")
    assert [n.code for n in notices] == ["date-future", "time-invalid", "zones-differ"]
    assert [n.code for n in time_notices([], date="7 Feb")] == ["date-invalid"]


def test_zones_that_agree_are_no_doubt() -> None:
    found = times("The truce began at 6 p.m. Moscow time (1500 GMT).")
    assert time_notices(found, date="2022-02-07") == ()


def test_a_name_of_a_body_or_a_person_holds_no_time() -> None:
    analysis = plain_analysis("The June Movement met April Hall and the Today group.")
    named = dataclasses.replace(analysis, names=[Name(1, 3, "ORG"), Name(4, 6, "PER")])
    assert [t.text for t in find_times(named, date="2022-02-07")] == ["Today"]


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("In the 53rd week of 2021 they met.", "2021", "the year 2021 has 52 weeks"),
        ("In the 53rd week of 2020 they met.", "2020-W53", None),
        ("In the year 20222 they met.", "XXXX", "there is no year 20222"),
        ("In the year 0 they met.", "XXXX", "there is no year 0"),
    ],
)
def test_weeks_and_years_that_there_are_not_are_told(
    text: str, value: str, why: str | None
) -> None:
    found = only(text)
    assert (found.value, found.problem) == (value, why)


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("The talks ended two days after Friday's vote.", "two days", "2022-02-06", "2022-02-06"),
        (
            "A week after the January 10 attack, the army struck back.",
            "A week",
            "2022-01-17",
            "2022-01-23",
        ),
        (
            "The vote on January 4 was close. Two days after the vote, he was freed.",
            "Two days",
            "2022-01-06",
            "2022-01-06",
        ),
        ("It was three days before the talks of a day unknown.", "three days", "", ""),
        ("He fled two days after the vote.", "two days", "", ""),
    ],
)
def test_a_time_counted_from_a_deed_has_the_day_of_the_deed(
    text: str, words: str, start: str, end: str
) -> None:
    when = next(t.when for t in times(text) if t.text == words)
    assert (when.start, when.end) == (start, end) if when else not start


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("“We will strike back tomorrow,” the general said on Thursday.", "2022-02-04"),
        ('"Yesterday we buried our dead," he told reporters on Saturday.', "2022-02-04"),
        ("“We leave tomorrow,” he said.", "2022-02-08"),
        ("On Thursday he said that he would leave tomorrow.", "2022-02-08"),
    ],
)
def test_what_is_quoted_is_told_from_the_day_on_which_it_was_said(text: str, value: str) -> None:
    assert value in [t.value for t in times(text)]


def test_a_month_of_fasting_is_a_stretch_and_about() -> None:
    when = only("They will meet during Ramadan.", "2023-03-30").when
    assert when is not None
    assert when.about
    assert (when.start, when.end) == ("2023-03-23", "2023-04-21")


def test_a_day_of_states_is_that_of_the_state_named() -> None:
    assert only("Finland celebrates Independence Day.", "2022-11-20").value == "2022-12-06"
    assert only("They celebrate Independence Day.", "2022-06-20").value == "2022-07-04"
    assert only("France marked its Independence Day.", "2022-06-20").value == "XXXX-XX-XX"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They meet every Friday.", 'value="XXXX-WXX-5" quant="EVERY"'),
        ("They meet twice a week.", 'value="P1W" freq="2X"'),
        ("They meet three times a week.", 'value="P1W" freq="3X"'),
        ("They meet daily.", 'value="P1D">'),
    ],
)
def test_timeml_says_how_often(text: str, told: str) -> None:
    assert told in to_timeml(text, times(text), id="x", date=None)
