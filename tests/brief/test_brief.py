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
from dragoman.case.rows import StatementRow
from dragoman.merging.claims import claims
from dragoman.merging.positions import positions
from merging.made import said

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
    contacts = [event for event in EVENTS if event.type == "CONSULT"]
    return compose(EVENTS, [], PLAN, contacts=contacts)


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


def statement(document: int) -> StatementRow:
    """A row of a statement, for the document that it stands in."""
    return StatementRow(
        number=document, document=document, statement="s1", day=day(8), speaker="Russia",
        speaker_id="RUS", speaker_code="RUS", named=True, kind="demand", quoted=False,
        hedged=False, decision=None, passage=f"Words of document {document}.", span_start=0,
        span_end=9, title=None, source="Paper", url=None, published=day(8), reading=1,
        dragoman="0", model="0", directory="0", known_at=day(9),
    )  # fmt: skip


def test_claims_and_positions_are_weighed_and_rest_on_their_documents() -> None:
    told = [
        said(number, content, speaker=UKR, kind=kind, charged=charged, published=day(8))
        for number, content, kind, charged in (
            (1, "Russia of shelling the old bridge", "accusation", (RUS,)),
            (2, "that the gas is turned on again", "demand", ()),
            (3, "Russia of a lie about grain", "accusation", (RUS,)),
        )
    ]
    told.append(said(4, "never shelled the bridge", kind="denial", published=day(9)))
    plan = BriefPlan(title="t", since=day(5), until=day(10), most=1, charts=False)
    rows = [statement(number) for number in (1, 2, 3, 4)]
    made = compose([], rows, plan, claims=claims(told), positions=positions(told))
    [charge] = next(s for s in made.sections if s.title == "Claims").lines
    assert (charge.head, charge.mark) == (
        "Ukraine → Russia: accusation",
        "one side's word, denied by Russia",
    )
    [demand] = next(s for s in made.sections if s.title == "Positions").lines
    assert (demand.head, demand.text) == ("Ukraine: demand", "that the gas is turned on again")
    titles = [reference.title for reference in made.references]
    assert titles == ["“Words of document 1.”", "“Words of document 2.”"]


def test_one_kind_of_deed_does_not_crowd_out_what_else_happened_that_day() -> None:
    strikes = [event(f"strike {n}", day(8), "ASSAULT", score=-9.0) for n in range(5)]
    talks = event("deal", day(8), "AGREE", score=3.0)
    plan = BriefPlan(title="t", since=day(5), until=day(10), most=4, charts=False)
    assert "Passage of deal." in _section(compose([*strikes, talks], [], plan), "What changed")
