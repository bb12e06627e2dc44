"""The view in a notebook: the text is whole, marked, and cannot act."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Mention
from dragoman.show import as_html
from sample import READING, TEXT


def _text_shown(html: str) -> str:
    body = html.split('<div style="white-space:pre-wrap;margin:.6em 0">')[1].split("</div>")[0]
    return unescape(re.sub("<[^>]*>", "", body))


def test_the_text_is_shown_whole() -> None:
    assert _text_shown(as_html(READING)) == TEXT


def test_a_reading_shows_itself_in_a_notebook() -> None:
    assert READING._repr_html_() == as_html(READING)


def test_what_was_found_is_marked_and_explained() -> None:
    html = as_html(READING)
    assert 'title="Emmanuel Macron (FRA)">President Emmanuel Macron</span>' in html
    assert 'title="CONSULT, planned">meet</span>' in html
    assert 'title="2022-02-07">Monday</span>' in html


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes.update(name for name, _ in attrs)


def test_a_text_with_markup_stays_a_text() -> None:
    evil = '<script>alert(1)</script> <img src=x onerror="x"> " \' & </div>'
    actor = replace(
        READING.actors[0],
        name=evil,
        mentions=(Mention(start=0, end=8, text=evil[:8], form="name"),),
    )
    document = replace(READING.document, text=evil, title=evil, source=evil)
    html = as_html(replace(READING, document=document, actors=(actor,)))
    tags = _Tags()
    tags.feed(html)
    assert tags.seen <= {"div", "span", "b", "small", "table", "tr", "td"}
    assert tags.attributes <= {"style", "title"}


@given(st.lists(st.tuples(st.integers(-5, 400), st.integers(-5, 400)), max_size=12))
def test_spans_may_overlap_in_any_way(spans: list[tuple[int, int]]) -> None:
    mentions = tuple(Mention(start=a, end=b, text="", form="name") for a, b in spans)
    actor = replace(READING.actors[0], mentions=mentions)
    assert _text_shown(as_html(replace(READING, actors=(actor,)))) == TEXT
