"""Articles as dated sentences: what a timeline is made of where no events are read.

A sentence belongs to the days that it names. One that names none belongs to the day of publication
if it stands among the first of its article, and, a little, to the day before, since papers tell the
day before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from dragoman.analysis.coded import Coded, Telling
from dragoman.analysis.timeline import timeline
from dragoman.coding.times.finding import TimeExpression, find_times
from dragoman.evaluate.timelines import Article, Scores, mean, read_articles, read_gold, score
from dragoman.evaluate.timex import plain_analysis

_DAYS: Final = ("minute", "hour", "part-of-day", "day")
_LEAD: Final = 5  # sentences at the head of an article that tell its own day


def dated_sentences(article: Article) -> Iterator[Coded]:
    """The sentences of an article under the days that they are about, each once a day."""
    analysis = plain_analysis(article.text)
    bounds, starts, ends = analysis.tokens.bounds, analysis.tokens.starts, analysis.tokens.ends
    named: dict[int, list[str]] = {}
    for time in find_times(analysis, date=article.day):
        if (day := _day(time)) is not None:
            named.setdefault(bisect_right(bounds, time.first) - 1, []).append(day)
    for number, (a, b) in enumerate(pairwise(bounds)):
        if a >= b:
            continue
        text = article.text[starts[a] : ends[b - 1]]
        days = list(dict.fromkeys(named.get(number, ())))
        if not days and number < _LEAD:
            days = [article.day]
        for day in days:
            yield _sentence(article, number, day, text)


def _day(time: TimeExpression) -> str | None:
    when = time.when
    if when is None or when.precision not in _DAYS or when.start[:10] != when.end[:10]:
        return None
    return when.start[:10]


def _sentence(article: Article, number: int, day: str, text: str) -> Coded:
    telling = Telling(
        source=article.id, published=article.day, passage=text, place=number, document=article.id
    )
    return Coded(
        id=f"{article.id}:{number}:{day}",
        day=day,
        day_end=day,
        type=None,
        sources=(article.id,),
        published=article.day,
        passage=text,
        tellings=(telling,),
    )


def within(events: Iterable[Coded], first: str, last: str) -> list[Coded]:
    """The events whose day lies in the span of a timeline, both ends included."""
    return [event for event in events if first <= event.day <= last]


def score_topics(
    corpus: Path, gold: Path, *, half: int | None = None, topics: tuple[str, ...] = ()
) -> Scores:
    """The mean over all gold timelines of these topics (none: of all that have articles).

    Each timeline has as many days as the gold one, taken from its span; gold days outside the time
    of the articles are left out. `half` takes articles at even (0) or odd (1) lines only.
    """
    by_topic: dict[str, list[Article]] = {}
    for article in read_articles(corpus):
        if not topics or article.topic in topics:
            by_topic.setdefault(article.topic, []).append(article)
    written = read_gold(gold)
    found = []
    for topic, articles in by_topic.items():
        sentences = [
            sentence
            for article in articles
            if half is None or article.position % 2 == half
            for sentence in dated_sentences(article)
        ]
        span = [article.day for article in articles]
        for theirs in written[f"tl17-{topic}"].values():
            inside = {day: s for day, s in theirs.items() if min(span) <= day <= max(span)}
            if inside:
                among = within(sentences, min(inside), max(inside))
                days = timeline(among, most=len(inside))
                found.append(score({d.day: [d.passage] for d in days}, inside))
    return mean(found)
