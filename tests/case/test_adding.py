"""Adding is idempotent by content and address; copies and versions are tied, troubles are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa

from case import adder
from case.clock import Clock
from case.fake_reader import FakeReader
from dragoman.case import Case, Plan, schema
from dragoman.records import Input
from dragoman.sources.found import Found, Link, NotArticle

STORY = """Russia attacked Ukraine on 2022-02-24 in Kyiv, three witnesses in the city said by phone.
Sirens sounded over the centre from five in the morning and did not stop until after nine.
Long queues of cars stood on the roads that lead west, and petrol had run out by the afternoon.
Emmanuel Macron said: “We stand by those who are under fire tonight.” He spoke for six minutes.
Shops closed early, banks limited what could be drawn, and the trams stopped running at eight.
"""


def story(number: int = 1, **changes: Any) -> Input:
    fields = {"text": STORY, "date": "2022-02-24", "url": f"https://paper{number}.org/story"}
    return Input(**{**fields, **changes})


@dataclass
class Counting:
    """Counts the documents that its reader is given."""

    reader: FakeReader = field(default_factory=FakeReader)
    read: int = 0

    def read_many(self, documents: Any, *, on_error: Any = None) -> Any:
        documents = list(documents)
        self.read += len(documents)
        return self.reader.read_many(documents, on_error=on_error)


def test_the_same_document_goes_in_once(case: Case, reader: FakeReader) -> None:
    assert case.add([story()], reader=reader).words() == "1 added"
    again = case.add([story(), story()], reader=reader)
    assert again.words() == "0 added, 2 already there"
    assert len(list(case.documents())) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://www.paper1.org/story",
        "https://paper1.org/story/",
        "https://PAPER1.org:443/story?utm_source=feed",
        "https://paper1.org/story#comments",
    ],
)
def test_one_page_has_many_spellings(reader: FakeReader, tmp_path: Any, address: str) -> None:
    with Case.create(str(tmp_path / "case.db")) as case:
        case.add([story()], reader=reader)
        assert case.add([story(url=address)], reader=reader).words() == "0 added, 1 already there"


def test_a_reprint_is_a_copy_and_is_not_read(case: Case) -> None:
    reader = Counting()
    case.add([story(1)], reader=reader)
    summary = case.add(
        [story(2, date="2022-02-25"), story(3, text="By Our Staff\n" + STORY[:360])], reader=reader
    )
    assert summary.words() == "0 added, 2 copies"
    assert reader.read == 1
    copies = list(case.documents(sort="number"))
    assert [row.copy_of for row in copies] == [None, 1, 1]
    assert [row.published for row in copies] == ["2022-02-24", "2022-02-25", "2022-02-24"]
    assert [row.source for row in copies] == ["paper1.org", "paper2.org", "paper3.org"]
    with case.database.reading() as connection:
        kinds = connection.execute(sa.select(schema.copies.c.kind).order_by("document_id"))
        assert [kind for (kind,) in kinds] == ["exact", "near"]


def test_copies_within_one_batch_are_read_once(case: Case) -> None:
    reader = Counting()
    summary = case.add([story(1), story(2), story(3)], reader=reader)
    assert summary.words() == "1 added, 2 copies"
    assert reader.read == 1
    assert len(list(case.events(type="ASSAULT"))) == 1


def test_a_changed_page_is_a_new_version(case: Case, clock: Clock, reader: FakeReader) -> None:
    case.add([story()], reader=reader)
    clock.move(hours=1)
    later = STORY + "Vladimir Putin threatened France on 2022-02-25.\n"
    summary = case.add([story(text=later)], reader=reader)
    assert summary.words() == "0 added, 1 new versions"
    assert [(row.version, row.number) for row in case.documents()] == [(2, 2)]
    assert [row.type for row in case.events(sort="number")] == ["ASSAULT", "THREATEN"]
    before = case.documents(as_known_at="2022-02-06T12:30")
    assert [(row.version, row.closed_at is None) for row in before] == [(1, False)]
    assert [row.type for row in case.events(as_known_at="2022-02-06T12:30")] == ["ASSAULT"]


def test_two_versions_in_one_batch(case: Case, reader: FakeReader) -> None:
    texts = [STORY, STORY + "Ukraine accused Russia.\n", STORY + "France accused Russia.\n"]
    case.add([story(text=text) for text in texts], reader=reader)
    assert [(row.version, row.events) for row in case.documents()] == [(3, 2)]


def test_the_rest_goes_in_where_one_cannot_be_read(case: Case, reader: FakeReader) -> None:
    documents = [
        Input(text="France met Russia.", id="good"),
        Input(text=FakeReader.unreadable, id="bad"),
        Input(text="   ", id="empty"),
        Input(text="Ukraine met France.", id="good too"),
    ]
    summary = case.add(documents, reader=reader)
    assert summary.words() == "2 added, 2 not readable"
    assert sorted(outcome.origin for outcome in summary.reasons) == ["bad", "empty"]
    with case.database.reading() as connection:
        kept = connection.execute(sa.select(schema.troubles.c.origin)).scalars().all()
    assert sorted(kept) == ["bad", "empty"]


def test_a_copy_whose_original_cannot_be_read_is_read_itself(case: Case) -> None:
    class OnlySecond(FakeReader):
        def read(self, document: Input) -> Any:
            broken = document.url == "https://paper1.org/story"
            text = self.unreadable if broken else document.text
            return super().read(Input(text=text, id=document.id, date=document.date))

    summary = case.add([story(1), story(2)], reader=OnlySecond())
    assert summary.words() == "1 added, 1 not readable"
    assert [row.source for row in case.documents()] == ["paper2.org"]
    assert len(list(case.events())) == 1


def test_what_is_no_article_is_left_out(case: Case, reader: FakeReader) -> None:
    index = NotArticle(
        origin="https://paper.org/",
        kind="index",
        message="a page of links",
        links=(Link(address="a", title="b"),),
    )
    assert case.add([index], reader=reader).words() == "0 added, 1 left out"


def test_dry_run_stores_nothing_and_tells_the_same(case: Case, reader: FakeReader) -> None:
    case.add([story(1)], reader=reader)
    documents = [story(1), story(2), Input(text="France met Russia.")]
    rehearsed = case.add(documents, reader=reader, plan=Plan(dry_run=True))
    assert len(list(case.documents())) == 1
    assert rehearsed.counts == case.add(documents, reader=reader).counts


def test_since_and_limit(case: Case, reader: FakeReader) -> None:
    documents = [
        Input(text=f"France met Russia on day {n}.", date=f"2022-02-{n:02}") for n in range(1, 21)
    ]
    summary = case.add(documents, reader=reader, plan=Plan(since="2022-02-11", limit=4))
    assert summary.counts["added"] == 4
    assert next(row.published for row in case.documents(sort="day")) == "2022-02-11"


def test_unstorable_characters_are_shown_and_spans_hold(case: Case, reader: FakeReader) -> None:
    text = "A\x00B \ud800 sign. Russia attacked Ukraine."
    case.add([Input(text=text, title="N\x00UL", id="odd")], reader=reader)
    (event,) = case.events()
    (document,) = case.documents()
    assert document.title == "N\ufffdUL"
    assert case.text(document.number)[event.span_start : event.span_end] == "attacked"


def test_found_keeps_author_origin_and_kind(case: Case, reader: FakeReader) -> None:
    found = Found(document=story(), origin="folder/page.html", author="A. Writer", kind="live-blog")
    case.add([found], reader=reader)
    (row,) = case.documents()
    assert (row.author, row.origin, row.kind) == ("A. Writer", "folder/page.html", "live-blog")


def test_two_processes_add_at_once(address: str) -> None:
    Case.create(address).close()
    workers = [adder.start(address, first, 120) for first in (0, 60)]
    for worker in workers:
        assert worker.wait(60) == 0
    with Case.open(address) as case:
        names = sorted(row.name for row in case.documents())
        assert names == sorted(f"r{n}" for n in range(180))
        assert len(list(case.events())) == 180
