"""The brief: every line has its source, a stranger's text stays text, nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

pytest.importorskip("sqlalchemy", reason="the extra `case` is not installed")
pytest.importorskip("vl_convert", reason="the extra `charts` is not installed")

from analysis.made import FRA, MACRON, PUTIN, RUS, UKR, day, event
from dragoman.analysis.coded import Telling
from dragoman.brief import Brief, BriefPlan, compose, to_html, to_markdown
from dragoman.brief.compose import busiest_pair, short

EVIL = '<script>alert("x")</script> [a](javascript:b) =1+1'
EVENTS = [
    event("attack", day(8), "ASSAULT", place="Kyiv", country="UKR", lat=50.45, lon=30.52),
    event("blame", day(9), "ACCUSE", sources=("A", "B")),
    event("call", day(9), "CONSULT", medium="phone", who=(MACRON, PUTIN), whom=()),
    event("talks", day(30), "CONSULT", who=(FRA, UKR), whom=(), status="planned", told=day(9)),
    event("before", day(1), "ACCUSE"),
    event(
        "evil",
        day(9),
        "ACCUSE",
        passage=EVIL,
        tellings=(
            Telling(source=EVIL, published=day(9), passage=EVIL, title=EVIL, url="javascript:x"),
        ),
    ),
]
PLAN = BriefPlan(title="Test <b>", since=day(5), until=day(10))


@pytest.fixture(scope="module")
def brief() -> Brief:
    return compose(EVENTS, [], PLAN)


def _section(brief: Brief, title: str) -> list[str]:
    (section,) = [s for s in brief.sections if s.title == title]
    return [line.text for line in section.lines]


def test_every_line_has_a_source_that_is_listed(brief: Brief) -> None:
    listed = {reference.number for reference in brief.references}
    lines = [line for section in brief.sections for line in section.lines]
    assert lines
    assert all(line.references and set(line.references) <= listed for line in lines)


def test_what_changed_is_what_was_told_in_the_period(brief: Brief) -> None:
    told = _section(brief, "What changed")
    assert "Passage of attack." in told
    assert "Passage of before." not in told
    assert "Passage of talks." not in told


def test_what_a_story_recalls_is_no_news() -> None:
    recalled = event("war", day(0, "2019-05-01"), "ASSAULT", told=day(8))
    late = event("late", day(1), "ASSAULT", told=day(8))
    told = _section(compose([recalled, late], [], PLAN), "What changed")
    assert told == ["Passage of late."]


def test_contacts_and_agenda_have_what_is_planned(brief: Brief) -> None:
    assert "Passage of call." in _section(brief, "Contacts")
    assert _section(brief, "Agenda") == ["Passage of talks."]


def test_tension_is_shown_for_the_two_that_have_most_to_do_with_each_other(brief: Brief) -> None:
    assert busiest_pair(EVENTS) == ("RUS", "UKR")
    assert any(s.title == "Tension: Russia and Ukraine" for s in brief.sections)
    asked = BriefPlan(title="t", since=day(5), until=day(10), pairs=(("FRA", "RUS"),), charts=False)
    titles = [s.title for s in compose(EVENTS, [], asked).sections]
    assert "Tension: France and Russia" in titles


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_page_needs_no_other_file_and_runs_nothing(brief: Brief) -> None:
    page = to_html(brief)
    parser = _Addresses()
    parser.feed(page)
    assert "script" not in parser.tags
    assert all(address.startswith(("data:", "#")) for address in parser.found)
    assert "&lt;script&gt;" in page
    assert page.count("data:image/svg+xml") == sum(s.chart is not None for s in brief.sections)
    assert "no judgement" in page


def test_markdown_has_no_markup_of_a_stranger(brief: Brief) -> None:
    text = to_markdown(brief)
    assert "<script>" not in text
    assert not re.search(r"(?<!\\)\]\(javascript", text)
    assert re.search(r"^1\. ", text, re.M)


def test_a_case_without_events_has_a_brief() -> None:
    empty = compose([], [], PLAN)
    assert "0 events" in empty.summary
    assert "Nothing." in to_html(empty)
    assert to_markdown(empty)


def test_a_long_sentence_is_cut_at_a_word() -> None:
    assert short("word " * 100).endswith("word …")
    assert RUS.code == "RUS"


def test_the_brief_prints_as_pdf(brief: Brief) -> None:
    pytest.importorskip("weasyprint", reason="the extra `pdf` is not installed")
    from dragoman.brief import to_pdf

    assert to_pdf(brief).startswith(b"%PDF")
