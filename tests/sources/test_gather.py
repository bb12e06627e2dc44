"""From what is named to documents: files of all kinds, folders, archives."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("trafilatura", reason="the extra `case` is not installed")

from dragoman.errors import FetchError
from dragoman.sources.fetch import Response
from dragoman.sources.found import Found, Item, NotArticle, Trouble
from dragoman.sources.gather import Gatherer

BODY = "".join(
    f"<p>The French president met his Russian counterpart in Moscow on Monday for the {n}th time, "
    f"and they spoke about the troops at the border and the security of the continent.</p>"
    for n in range(4, 9)
)
PAGE = f"""<!DOCTYPE html><html><head><title>Site</title>
<meta property="og:type" content="article"><meta property="og:title" content="Talks in Moscow">
<meta property="og:site_name" content="The Gazette"><meta name="author" content="A. Writer">
<meta property="article:published_time" content="2022-02-07T16:00:00+01:00">
<link rel="canonical" href="https://gazette.org/world/talks"></head>
<body><nav><a href="/x">One two three four five</a></nav><article><h1>Talks in Moscow</h1>{BODY}
</article></body></html>"""
INDEX = (
    "<!DOCTYPE html><html><head><title>World</title></head><body>"
    + "".join(f'<li><a href="/s{n}">Headline number {n} of this day</a></li>' for n in range(30))
    + "</body></html>"
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Gazette</title>
<item><title>Talks</title><link>https://gazette.org/world/talks</link>
<pubDate>Mon, 07 Feb 2022 15:00:00 GMT</pubDate><description>Short.</description></item>
<item><title>Gone</title><link>https://gazette.org/gone</link></item></channel></rss>"""


class Site:
    """A site in memory, in the place of the network."""

    def __init__(self, pages: dict[str, tuple[str, str]]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, address: str, **_: Any) -> Response:
        self.asked.append(address)
        if address not in self.pages:
            raise FetchError(f"{address} answers 404: there is no such page.")
        kind, body = self.pages[address]
        return Response(
            address=address, status=200, headers={"content-type": kind}, body=body.encode()
        )


SITE = Site(
    {
        "https://gazette.org/world/talks": ("text/html; charset=utf-8", PAGE),
        "https://gazette.org/": ("text/html", INDEX),
        "https://gazette.org/feed": ("application/rss+xml", FEED),
    }
)


@pytest.fixture(scope="module")
def gatherer() -> Iterator[Gatherer]:
    with Gatherer(fetcher=SITE, sleep=lambda seconds: None) as made:
        yield made


def one(gatherer: Gatherer, *names: object) -> Item:
    (item,) = gatherer.gather(map(str, names))
    return item


def test_a_saved_page(gatherer: Gatherer, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    item = one(gatherer, path)
    assert isinstance(item, Found)
    document = item.document
    assert (document.title, document.source, item.author) == (
        "Talks in Moscow",
        "The Gazette",
        "A. Writer",
    )
    assert document.date == "2022-02-07T16:00:00+01:00"
    assert document.url == "https://gazette.org/world/talks"
    assert document.text.count("counterpart") == 5
    assert "One two three" not in document.text


def test_a_page_by_its_address_and_a_page_of_links(gatherer: Gatherer) -> None:
    item = one(gatherer, "https://gazette.org/world/talks")
    assert isinstance(item, Found)
    index = one(gatherer, "https://gazette.org/")
    assert isinstance(index, NotArticle)
    assert index.kind == "index"
    assert index.links[0].address == "https://gazette.org/s0"
    assert len(index.links) == 30


def test_a_feed_brings_the_pages_of_its_entries(gatherer: Gatherer) -> None:
    items = list(gatherer.gather(["https://gazette.org/feed"]))
    assert [type(item) for item in items] == [Found, Trouble]
    assert isinstance(items[0], Found)
    assert items[0].document.title == "Talks in Moscow"


@pytest.mark.parametrize("name", ["ftp://host/file", "file:///etc/passwd", "gopher://x/"])
def test_other_schemes_are_not_fetched(gatherer: Gatherer, name: str) -> None:
    item = one(gatherer, name)
    assert isinstance(item, Trouble)
    assert "only http and https" in str(item.error)


def test_tables(gatherer: Gatherer, tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    csv = tmp_path / "a.csv"
    csv.write_text(
        'headline;body;published\n"One";"France met\nRussia.";2022-02-07\nTwo;;2022-02-08\n',
        encoding="utf-8-sig",
    )
    items = list(gatherer.gather([str(csv)]))
    assert isinstance(items[0], Found)
    assert items[0].document.text == "France met\nRussia."
    assert items[0].document.date == "2022-02-07"
    assert isinstance(items[1], Trouble)
    path = tmp_path / "b.parquet"
    parquet.write_table(pa.table({"Text": ["France met Russia."], "url": ["https://a.org"]}), path)
    item = one(gatherer, path)
    assert isinstance(item, Found)
    assert (item.document.text, item.document.url) == ("France met Russia.", "https://a.org")
    other = tmp_path / "c.csv"
    other.write_text("a,b\n1,2\n")
    assert "no column of texts" in str(one(gatherer, other))


def test_web_archives(gatherer: Gatherer, tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for address, status, body in (
        ("https://gazette.org/world/talks", "200 OK", PAGE),
        ("https://gazette.org/old", "404 Not Found", PAGE),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(body.encode()), http_headers=headers
        )
        writer.write_record(record)
    path = tmp_path / "news.warc.gz"
    path.write_bytes(buffer.getvalue())
    item = one(gatherer, path)
    assert isinstance(item, Found)
    assert item.document.title == "Talks in Moscow"
    package = tmp_path / "news.wacz"
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("archive/../../news.warc.gz", buffer.getvalue())
        file.writestr("datapackage.json", "{}")
    assert isinstance(one(gatherer, package), Found)


def test_a_folder_by_names_its_own_files_first(gatherer: Gatherer, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text("Ukraine met France.")
    (tmp_path / "a.txt").write_text("France met Russia.")
    (tmp_path / ".hidden").write_text("no")
    lines = [json.dumps({"text": f"Report {n}.", "id": str(n)}) for n in range(2)]
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    texts = [
        item.document.text for item in gatherer.gather([str(tmp_path)]) if isinstance(item, Found)
    ]
    assert texts == ["France met Russia.", "Report 0.", "Report 1.", "Ukraine met France."]
