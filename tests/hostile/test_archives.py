"""Bombs, damage and odd names among sources: bounded in memory and time, and the rest goes in."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import resource
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("trafilatura", reason="the extra `case` is not installed")

from case.fake_reader import FakeReader
from dragoman.case import Case
from dragoman.case.formats import write_rows
from dragoman.sources.feed_parsing import MOST_ENTRIES
from dragoman.sources.found import Found, Item, NotArticle, Trouble
from dragoman.sources.gather import Gatherer

MEGABYTES = 1_000_000
GOOD = "Russia met Ukraine in Kyiv on 2022-02-05. " + " ".join(f"boat{n}" for n in range(50))


@pytest.fixture(scope="module")
def gatherer() -> Iterator[Gatherer]:
    with Gatherer() as made:
        yield made


def peak() -> int:
    """The most memory that this process has had, in bytes; it never falls."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def gathered(gatherer: Gatherer, path: Path, *, most: int = 300 * MEGABYTES) -> list[Item]:
    """What a source gives; it may cost no more than so many bytes and a minute."""
    before, began = peak(), time.monotonic()
    found = list(gatherer.gather([str(path)]))
    assert peak() - before < most
    assert time.monotonic() - began < 120
    return found


def documents(found: list[Item]) -> list[str]:
    return [item.document.text for item in found if isinstance(item, Found)]


def troubles(found: list[Item]) -> str:
    return " ".join(str(item.error) for item in found if isinstance(item, Trouble))


def page(body: str = f"<p>{GOOD}</p>" * 2) -> bytes:
    head = "<head><title>T</title><meta property='og:type' content='article'></head>"
    return f"<html>{head}<body><article>{body}</article></body></html>".encode()


def warc(path: Path, bodies: list[bytes], *, packed: str = "") -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, body in enumerate(bodies):
            headers = [
                ("Content-Type", "text/html"),
                *([("Content-Encoding", packed)] * bool(packed)),
            ]
            record = writer.create_warc_record(
                f"https://paper.org/{number}",
                "response",
                payload=io.BytesIO(body),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            )
            writer.write_record(record)


@pytest.mark.parametrize("harm", ["cut", "garbled"])
def test_a_web_archive_that_is_cut_or_garbled_within_a_page(
    gatherer: Gatherer, tmp_path: Path, harm: str
) -> None:
    draw = random.Random(5)
    long = "".join(f"<p>{GOOD} {draw.getrandbits(9_000):x}</p>" for _ in range(30))
    path = tmp_path / "news.warc.gz"
    warc(path, [page(), page(long), page()])
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    if harm == "cut":
        path.write_bytes(data[:middle])
    else:
        data[middle : middle + 40] = bytes(40)
        path.write_bytes(data)
    found = gathered(gatherer, path)
    kept = [item.document.url for item in found if isinstance(item, Found)]
    assert kept == [f"https://paper.org/{n}" for n in ((0,) if harm == "cut" else (0, 2))]
    assert ("in the middle" if harm == "cut" else "a record is damaged") in troubles(found)


def zeros(megabytes: int) -> Iterator[bytes]:
    for _ in range(megabytes):
        yield b" " * MEGABYTES


def test_a_gzip_bomb_among_lines(gatherer: Gatherer, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for chunk in zeros(120):
            file.write(chunk)
        file.write(b"\n" + json.dumps({"text": GOOD}).encode() + b"\n")
    found = gathered(gatherer, path)
    assert documents(found) == [GOOD]
    assert "longer than" in troubles(found)


def test_a_zstd_bomb_among_lines(gatherer: Gatherer, tmp_path: Path) -> None:
    import zstandard

    path = tmp_path / "a.jsonl.zst"
    with path.open("wb") as file, zstandard.ZstdCompressor().stream_writer(file) as packed:
        for chunk in zeros(120):
            packed.write(chunk)
        packed.write(b"\n" + json.dumps({"text": GOOD}).encode() + b"\n")
    found = gathered(gatherer, path)
    assert documents(found) == [GOOD]


@pytest.mark.parametrize("packed", ["", "gzip", "br"])
def test_a_bomb_in_a_web_archive(gatherer: Gatherer, tmp_path: Path, packed: str) -> None:
    bomb = b"<html>" + b" " * (60 * MEGABYTES)
    if packed == "gzip":
        bomb = gzip.compress(bomb)
    elif packed == "br":
        import brotli

        bomb = brotli.compress(bomb, quality=1)
    path = tmp_path / "a.warc.gz"
    warc(path, [bomb], packed=packed)
    good = tmp_path / "b.warc.gz"
    warc(good, [page()])
    path.write_bytes(path.read_bytes() + good.read_bytes())
    found = gathered(gatherer, path)
    assert len(documents(found)) == 1
    assert "larger than" in troubles(found)


def test_a_zip_bomb_that_calls_itself_wacz(gatherer: Gatherer, tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        with package.open("archive/bomb.warc", "w", force_zip64=True) as entry:
            for chunk in zeros(120):
                entry.write(chunk)
        good = tmp_path / "b.warc.gz"
        warc(good, [page()])
        package.write(good, "archive/../../../etc/good.warc.gz")
    found = gathered(gatherer, path)
    assert len(documents(found)) == 1
    assert "no web archive" in troubles(found)
    assert not (tmp_path / ".." / "etc" / "good.warc.gz").exists()


def test_entities_that_grow(gatherer: Gatherer, tmp_path: Path) -> None:
    grow = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    dtd = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 'boom'>{grow}]>"
    feed = tmp_path / "feed.rss"
    item = "<item><title>&e11;</title><link>https://paper.org/1</link></item>"
    feed.write_text(f"{dtd}<rss version='2.0'><channel>{item}</channel></rss>")
    outside = tmp_path / "outside.rss"
    outside.write_text(
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        f"<rss version='2.0'><channel><item><link>https://paper.org/2</link>"
        f"<description>&x; {GOOD}</description></item></channel></rss>"
    )
    found = gathered(gatherer, tmp_path)
    assert not any("root:" in text for text in documents(found))
    assert len(found) >= 2


def test_a_feed_with_a_hundred_thousand_entries(gatherer: Gatherer, tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    words = "".join(
        f"<item><link>https://paper.org/{n}</link><description>{GOOD} {n}</description></item>"
        for n in range(100_000)
    )
    path.write_text(f"<rss version='2.0'><channel>{words}</channel></rss>")
    found = gathered(gatherer, path)
    assert 0 < len(documents(found)) <= MOST_ENTRIES


def test_a_page_of_a_hundred_megabytes(gatherer: Gatherer, tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.write(b"<html><body>")
        for _ in range(100):
            file.write(b"<p>word</p>" * 100_000)
    (tmp_path / "small.html").write_bytes(page())
    found = gathered(gatherer, tmp_path, most=500 * MEGABYTES)
    assert len(documents(found)) == 1
    assert "large.html" in troubles(found)


@pytest.mark.parametrize(
    "body",
    ["<div>" * 100_000, "<p><b><i>" * 15_000 + "x", "<table><tr><td>" * 30_000],
    ids=["div", "inline", "table"],
)
def test_a_page_that_is_nested_deeply(gatherer: Gatherer, tmp_path: Path, body: str) -> None:
    (tmp_path / "deep.html").write_bytes(page(body))
    (tmp_path / "good.html").write_bytes(page())
    found = gathered(gatherer, tmp_path)
    assert len(documents(found)) >= 1


def test_json_that_is_nested_deeply(gatherer: Gatherer, tmp_path: Path) -> None:
    (tmp_path / "deep.jsonl").write_text(
        '{"text": ' + "[" * 500_000 + "\n" + json.dumps({"text": GOOD}) + "\n"
    )
    (tmp_path / "feed.json").write_text(
        '{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 500_000
    )
    found = gathered(gatherer, tmp_path)
    assert documents(found) == [GOOD]


def test_bytes_that_are_no_utf8(gatherer: Gatherer, tmp_path: Path) -> None:
    data = page().replace(b"Russia", b"R\xff\xfe\xc3\x28ssia")
    (tmp_path / "page.html").write_bytes(data)
    (tmp_path / "feed.rss").write_bytes(
        b"<rss version='2.0'><channel><item><link>https://paper.org/\xff</link><description>"
        + GOOD.encode()
        + b" \xc3\x28 \xed\xa0\x80</description></item></channel></rss>"
    )
    (tmp_path / "table.csv").write_bytes(b"id,text\n1," + GOOD.encode() + b" \x81\xfe\n")
    found = gathered(gatherer, tmp_path)
    assert len(documents(found)) == 3
    for text in documents(found):
        text.encode("utf-8")  # no halves of characters


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n" + b"1 0 obj\n<< /Length 99999999 >>\nstream\n" * 1_000,
        b"%PDF-1.4\n%%EOF",
        b"%PDF-1.7\n" + b"[" * 1_000_000,
    ],
    ids=["streams", "empty", "brackets"],
)
def test_pdfs_that_are_none(gatherer: Gatherer, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    (tmp_path / "b.html").write_bytes(page())
    found = gathered(gatherer, tmp_path)
    assert len(documents(found)) == 1
    assert "a.pdf" in troubles(found)


def test_cells_that_a_spreadsheet_would_compute(tmp_path: Path, gatherer: Gatherer) -> None:
    source = tmp_path / "in.csv"
    formula = '=HYPERLINK("http://evil.org";"x")'
    quoted = formula.replace('"', '""')
    source.write_text(f'title,text,source\n"{quoted}","{GOOD}","@SUM(1+1)"\n')
    with Case.create(str(tmp_path / "c.db")) as case:
        case.add(gatherer.gather([str(source)]), reader=FakeReader())
        (row,) = case.documents()
        assert row.title == formula  # kept as it is, made harmless on the way out
        out = io.BytesIO()
        write_rows(case.documents(), "csv", out)
    assert "'=HYPERLINK" in out.getvalue().decode()
    assert "'@SUM" in out.getvalue().decode()


@pytest.mark.parametrize(
    "name",
    ["../../../etc/shadow-none", "a\x00b", "x" * 4_000, "\ud800", "con/../aux", "http\x00://x"],
)
def test_names_that_are_odd(gatherer: Gatherer, tmp_path: Path, name: str) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    found = list(gatherer.gather([name, str(tmp_path / "good.txt")]))
    assert documents(found) == [GOOD]
    assert len(troubles(found)) < 1_000
    assert isinstance(found[0], Trouble)


def test_files_with_odd_names_and_kinds(gatherer: Gatherer, tmp_path: Path) -> None:
    long = "y" * 240
    for at, name in enumerate(("new\nline.txt", "\x1b[31mred.txt", f"{long}.txt", "-rf.txt")):
        (tmp_path / name).write_text(f"{GOOD} {at}")
    (tmp_path / "bad\udcff.txt").write_bytes(GOOD.encode())
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = gathered(gatherer, tmp_path)
    assert len(documents(found)) == 5
    assert all(c.isprintable() for item in found for c in item.origin)
    with Case.create(str(tmp_path / "c.db")) as case:
        case.add(found, reader=FakeReader())
        assert len(list(case.documents())) == 5


def test_a_page_of_links_is_no_article(gatherer: Gatherer, tmp_path: Path) -> None:
    links = "".join(f"<a href='/{n}'>A headline of six words {n}</a>" for n in range(4_000))
    (tmp_path / "front.html").write_text(f"<html><body>{links}</body></html>")
    (found,) = gathered(gatherer, tmp_path / "front.html")
    assert isinstance(found, NotArticle)
    assert len(found.links) <= 200


def test_columns_of_any_width(gatherer: Gatherer, tmp_path: Path) -> None:
    wide: dict[str, Any] = {"text": GOOD} | {f"c{n}": "x" for n in range(5_000)}
    (tmp_path / "a.csv").write_text(
        ",".join(wide) + "\n" + ",".join(map(str, wide.values())) + "\n"
    )
    assert documents(gathered(gatherer, tmp_path)) == [GOOD]
