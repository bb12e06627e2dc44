"""Watching: what is new and relevant goes in, once, and sites are asked as they wish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

pytest.importorskip("trafilatura", reason="the extra `case` is not installed")

from case.clock import Clock
from case.fake_reader import FakeReader
from dragoman.case import Case
from dragoman.case.outlets import list_outlets, set_tier
from dragoman.case.topics import add_topic, list_topics, remove_topic
from dragoman.case.watching import Line, Watcher
from dragoman.case.watchlist import list_watched, remove_watched, watch_address
from dragoman.errors import FetchError, UsageError
from dragoman.sources.fetch import Response
from dragoman.sources.parsing import Parser

FEED = "https://paper.org/feed.xml"


def filling(title: str) -> str:
    """Running text that no other page has, so that none is a copy."""
    words = " ".join(
        f"the {title.lower()} of {title}{n} was told at length in house {n}," for n in range(20)
    )
    return f"People who were there say that {words} and that more is to come next week."


def page(title: str, told: str) -> str:
    return (
        f"<html><head><title>{title}</title><meta property='og:type' content='article'>"
        f"<meta property='article:published_time' content='2022-02-06'></head>"
        f"<body><article><h1>{title}</h1><p>{told}</p><p>{filling(title)}</p></article></body></html>"
    )


def feed(*entries: tuple[str, str]) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link>"
        "<pubDate>Sun, 06 Feb 2022 10:00:00 GMT</pubDate></item>"
        for link, title in entries
    )
    return f"<rss version='2.0'><channel><title>Paper</title>{items}</channel></rss>"


@dataclass
class Site:
    """Pages by address, what was asked for, and how the site answers."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)  # address: kind, body
    robots: str | None = None
    status: dict[str, FetchError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    slept: list[float] = field(default_factory=list)

    def fetch(self, address: str, *, etag: str | None = None, **_: Any) -> Response:
        self.asked.append(address)
        if address in self.status:
            raise self.status[address]
        if address.endswith("/robots.txt") and self.robots is not None:
            return Response(address=address, status=200, body=self.robots.encode())
        if address not in self.pages:
            raise FetchError(f"{address} answers 404: there is no such page.", status=404)
        kind, body = self.pages[address]
        tag = self.tags.get(address)
        if tag and tag == etag:
            return Response(address=address, status=304)
        headers = {"content-type": kind, **({"etag": tag} if tag else {})}
        return Response(address=address, status=200, headers=headers, body=body.encode())

    def put(self, address: str, body: str, kind: str = "text/html") -> None:
        self.pages[address] = (kind, body)

    def since(self, mark: int) -> list[str]:
        return [address for address in self.asked[mark:] if not address.endswith("robots.txt")]


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser() as made:
        yield made


@dataclass
class World:
    case: Case
    site: Site
    clock: Clock
    watcher: Watcher
    lines: list[Line]

    def round(self, **later: float) -> list[tuple[str, str]]:
        """Move the clock, ask what is due, and say what was done."""
        self.clock.move(**later)
        self.lines.clear()
        self.watcher.round()
        return [(line.what, line.address) for line in self.lines]


@pytest.fixture
def world(case: Case, clock: Clock, parser: Parser) -> World:
    site, lines = Site(), list[Line]()

    def sleep(seconds: float) -> None:
        site.slept.append(seconds)
        clock.move(seconds=seconds)

    watcher = Watcher(
        case, tell=lines.append, fetcher=site, parser=parser, reader=FakeReader(), sleep=sleep
    )
    return World(case, site, clock, watcher, lines)


def one(number: int) -> str:
    return f"https://paper.org/{number}"


def fill(world: World) -> None:
    world.site.put(one(1), page("Visit", "Russia met Ukraine in Kyiv on 2022-02-05."))
    world.site.put(one(2), page("Weather", "The storm passed over the islands in the night."))
    world.site.put(FEED, feed((one(1), "Visit"), (one(2), "Weather")), "application/rss+xml")
    watch_address(world.case, FEED)


def test_what_is_new_and_relevant_goes_in_once(world: World) -> None:
    fill(world)
    add_topic(world.case, ["RUS", "Ukraine"], [])
    said = world.round()
    assert said[0] == ("asked", FEED)
    assert set(said[1:]) == {("added", one(1)), ("left out", one(2))}
    assert [row.title for row in world.case.documents()] == ["Visit"]
    mark = len(world.site.asked)
    assert world.round(minutes=16) == [("unchanged", FEED)]
    assert world.site.since(mark) == [FEED]
    world.site.put(one(3), page("Attack", "Russia attacked Ukraine on 2022-02-06."))
    entries = ((one(3), "Attack"), (one(1), "Visit"), (one(2), "Weather"))
    world.site.put(FEED, feed(*entries), "application/rss+xml")
    mark = len(world.site.asked)
    assert world.round(minutes=16) == [("asked", FEED), ("added", one(3))]
    assert world.site.since(mark) == [FEED, one(3)]
    (source,) = list_watched(world.case)
    assert (source.kind, source.entries, source.added) == ("feed", 3, 2)


def test_a_source_is_asked_only_when_it_is_due_and_with_its_tag(world: World) -> None:
    fill(world)
    world.site.tags[FEED] = '"one"'
    world.round()
    assert world.round(minutes=5) == []
    mark = len(world.site.asked)
    assert world.round(minutes=11) == [("unchanged", FEED)]
    assert world.site.since(mark) == [FEED]


def test_words_are_a_topic_and_topics_are_alternatives(world: World) -> None:
    fill(world)
    add_topic(world.case, ["CHN"], [])
    number = add_topic(world.case, [], ["storm", "island"]).number
    world.round()
    assert [row.title for row in world.case.documents()] == ["Weather"]
    remove_topic(world.case, number)
    assert [topic.actors for topic in list_topics(world.case)] == [("CHN",)]
    with pytest.raises(UsageError, match="no topic"):
        remove_topic(world.case, number)


def test_robots_txt_is_kept_to(world: World) -> None:
    fill(world)
    world.site.robots = "User-agent: *\nCrawl-delay: 7\nDisallow: /2\n"
    said = world.round()
    assert ("refused", one(2)) in said
    assert one(2) not in world.site.asked
    assert [row.title for row in world.case.documents()] == ["Visit"]
    assert max(world.site.slept) == pytest.approx(7, abs=0.1)  # as slow as the site asks
    assert world.site.asked.count("https://paper.org/robots.txt") == 1


def test_a_site_whose_robots_txt_is_out_of_order_is_left_alone(world: World) -> None:
    fill(world)
    robots = "https://paper.org/robots.txt"
    world.site.status[robots] = FetchError("out of order", status=500)
    assert world.round() == [("refused", FEED)]
    assert world.site.asked == [robots]
    del world.site.status[robots]
    assert ("added", one(1)) in world.round(hours=2)


def test_a_failing_source_is_asked_less_and_less_often(world: World) -> None:
    watch_address(world.case, FEED)
    world.site.status[FEED] = FetchError("no answer", status=500)
    assert world.round() == [("failed", FEED)]
    assert world.round(minutes=16) == []
    assert world.round(minutes=16) == [("failed", FEED)]
    assert world.round(minutes=50) == []
    assert list_watched(world.case)[0].failures == 2
    del world.site.status[FEED]
    world.site.put(FEED, feed(), "application/rss+xml")
    world.round(minutes=20)
    assert list_watched(world.case)[0].failures == 0


def test_a_site_that_tells_us_off_is_left_alone_as_long_as_it_says(world: World) -> None:
    fill(world)
    told_off = FetchError("come less often", status=429, wait=7_200)
    world.site.status[one(1)] = told_off
    world.site.status[one(2)] = told_off
    world.round()
    mark = len(world.site.asked)
    world.round(minutes=60)
    assert world.site.asked[mark:] == []
    world.site.status.clear()
    world.round(minutes=90)
    assert one(1) in world.site.asked[mark:]


def test_a_page_that_changes_is_a_new_version(world: World) -> None:
    world.site.put(one(1), page("Visit", "Russia met Ukraine in Kyiv on 2022-02-05."))
    watch_address(world.case, one(1), every=60)
    assert world.round() == [("added", one(1))]
    assert world.round(minutes=61) == [("unchanged", one(1))]
    world.site.put(one(1), page("Visit", "Russia threatened Ukraine on 2022-02-06."))
    assert world.round(minutes=61) == [("changed", one(1))]
    assert [row.version for row in world.case.documents()] == [2]


def test_a_page_of_links_brings_what_it_newly_links_to_on_its_own_site(world: World) -> None:
    front = "https://paper.org/"
    headlines = [(one(n), f"A headline of six long words {n}") for n in range(1, 13)]
    links = "".join(f"<a href='{link}'>{title}</a>" for link, title in headlines)
    away = "<a href='https://elsewhere.org/x'>A headline that leads to elsewhere now</a>"
    world.site.put(front, f"<html><body>{links}{away}</body></html>")
    for at, (link, title) in enumerate(headlines):
        told = f"Russia met Ukraine in Kyiv on 2022-01-{at + 10}."
        world.site.put(link, page(title, f"{told} " + f"Ferry number {at} sailed. " * 40))
    watch_address(world.case, front)
    world.round()
    assert len(list(world.case.documents())) == 12
    assert "https://elsewhere.org/x" not in world.site.asked
    assert list_watched(world.case)[0].kind == "index"


def test_a_page_that_cannot_be_had_is_tried_three_times(world: World) -> None:
    fill(world)
    world.site.status[one(2)] = FetchError("no answer")
    for _ in range(5):
        world.round(minutes=16)
    assert world.site.asked.count(one(2)) == 3


def test_the_list_of_sources(case: Case) -> None:
    first = watch_address(case, FEED)
    with pytest.raises(UsageError, match="watched already"):
        watch_address(case, "http://www.paper.org/feed.xml")
    with pytest.raises(UsageError, match="no web address"):
        watch_address(case, "feed.xml")
    with pytest.raises(UsageError, match="every 5 minutes"):
        watch_address(case, "https://other.org/feed", every=1)
    assert remove_watched(case, str(first.number)) == FEED
    assert list_watched(case) == []
    with pytest.raises(UsageError, match="watches no"):
        remove_watched(case, FEED)


def test_tiers_of_outlets(case: Case, reader: FakeReader, clock: Clock) -> None:
    from dragoman.records import Input

    hosts = ("english.tass.com", "paper.org", "news.paper.org")
    texts = [f"Russia met Ukraine {n} times. " + f"boat{n} " * 40 for n in range(3)]
    case.add(
        [
            Input(text=text, url=f"https://{host}/1")
            for host, text in zip(hosts, texts, strict=True)
        ],
        reader=reader,
    )
    set_tier(case, "https://www.paper.org/about", "paper")
    tiers = {row.outlet: (row.tier, row.set_by) for row in list_outlets(case)}
    assert tiers == {
        "english.tass.com": ("state-media", "list"),
        "paper.org": ("paper", "user"),
        "news.paper.org": ("paper", "user"),
    }
    set_tier(case, "tass.com", "none")
    clock.move(days=1)
    assert {row.outlet: row.tier for row in list_outlets(case)}["english.tass.com"] is None
    with pytest.raises(UsageError, match="no tier"):
        set_tier(case, "tass.com", "tabloid")


def test_moments_are_in_order(world: World) -> None:
    fill(world)
    assert world.watcher.next_moment() == world.clock.moment
    world.round()
    assert world.watcher.next_moment() > world.clock.moment + timedelta(minutes=14)  # type: ignore[operator]
