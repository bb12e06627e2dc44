"""A document full of markup, scripts, templates and expressions shows as text everywhere."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from case.fake_reader import FakeReader
from desk.conftest import PAGE
from dragoman.case import Case
from dragoman.desk import Options, create_app
from dragoman.records import Input

EVIL = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '"><svg onload=alert(3)>',
    "javascript:alert(4)",
    "{{ 7 * 7 }}{% include 'base.html' %}",
    "datum.x; window.alert(5)",
    "</script><style>body{display:none}</style>",
    "\u202egnp.exe",
    '=HYPERLINK("https://evil.example")',
)
PATHS = (
    *("/", "/timeline", "/contacts", "/contacts?view=matrix", "/contacts?view=network", "/claims"),
    *("/statements", "/statements/1", "/actors", "/documents", "/documents/1", "/events/1"),
    *("/documents/1?mark=event-e1", "/documents/1/part?mark=statement-s1", "/review", "/map"),
    *("/review?part=statement", "/search?text=alert", "/tension", "/about"),
)


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def visitor(case: Case) -> TestClient:
    words = " ".join(EVIL)
    text = f"Russia attacked Ukraine in Kyiv {words}. France said: “{words}”. {words}"
    hostile = Input(
        text=text, title=words, source=words, url="javascript:alert(9)", id=words, date="2022-03-02"
    )
    with_link = Input(text=text + " more", url='https://evil.org/"onclick="alert(1)', title=words)
    case.add([hostile, with_link], reader=FakeReader())
    app: Any = create_app(case, options=Options(host="testserver"))
    return TestClient(app, headers=PAGE)


def check(text: str) -> None:
    page = Elements()
    page.feed(text)
    for tag, attributes in page.found:
        if tag == "script":
            assert (attributes["src"] or "").startswith("/static/"), attributes
        if tag in ("img", "iframe", "object", "embed", "style", "svg"):
            # Our own pictures, and our own drawings, which are known by their classes.
            own = (attributes.get("src") or "").startswith(("/static/", "/charts/"))
            assert own or attributes.get("class") in ("spark", "bar", "net"), (tag, attributes)
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name != "style", tag
            if name in ("href", "src", "action"):
                assert not (value or "").lower().strip().startswith(("javascript:", "data:")), value
    assert "49" not in text.partition("{{ 7")[0][-20:]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("number", ["4", "5"])
def test_nothing_of_a_document_runs(visitor: TestClient, path: str, number: str) -> None:
    answer = visitor.get(path.replace("/documents/1", f"/documents/{number}"))
    assert answer.status_code == 200
    check(answer.text)


@pytest.mark.parametrize("words", EVIL)
def test_nothing_of_an_address_runs(visitor: TestClient, words: str) -> None:
    names = ("text", "actor", "source", "as_known_at", "since", "mark", "view", "adding", "next")
    for name in names:
        for path in ("/timeline", "/search", "/documents/4", "/contacts", "/documents", "/login"):
            answer = visitor.get(path, params={name: words})
            assert answer.status_code in (200, 400), (path, name)
            check(answer.text)


def test_an_addition_with_an_evil_name_shows_as_text(visitor: TestClient) -> None:
    files = {"files": ("<img src=x onerror=alert(1)>.txt", b"Russia praised France.")}
    answer = visitor.post("/documents", files=files)
    check(answer.text)


def test_a_table_holds_nothing_that_a_spreadsheet_computes(visitor: TestClient) -> None:
    for path in ("/timeline.csv", "/documents.csv", "/statements.csv"):
        for line in visitor.get(path).text.splitlines():
            for cell in line.split(","):
                assert not cell.strip('"').startswith(("=", "+", "@")), cell


def test_a_chart_takes_a_strangers_words_as_data(visitor: TestClient) -> None:
    for name in ("timeline", "map", "tension"):
        answer = visitor.get(f"/charts/{name}.json", params={"source": EVIL[0]})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
    picture = visitor.get("/charts/timeline.svg", params={"source": EVIL[0]})
    assert "<script" not in picture.text
