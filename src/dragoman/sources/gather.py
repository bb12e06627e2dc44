"""From what a user names to documents: files of all kinds, folders, archives, addresses.

What cannot be read is one trouble in the stream; the rest goes on. Nothing is fetched that was not
named: an address is fetched, and of a feed the pages of its entries; links on a page are not.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from dragoman.errors import DragomanError, FetchError, InputError
from dragoman.records import Input
from dragoman.sources import jsonl, tables, text, warc
from dragoman.sources.addresses import host_of
from dragoman.sources.feed_parsing import is_feed
from dragoman.sources.feeds import complete, entry_item, entry_items
from dragoman.sources.fetch import Fetcher, Fetches, Response
from dragoman.sources.found import Found, Item, Trouble
from dragoman.sources.pages import page_item, pdf_item
from dragoman.sources.parsing import Parser
from dragoman.sources.pdf import is_pdf

MOST_FILE: Final = 100_000_000  # bytes of a file that is read whole: a text, a page, a feed
_HTML: Final = (".html", ".htm", ".xhtml", ".mhtml")
_TEXT: Final = (".txt", ".text", ".md", "")
_PACKED: Final = (".gz", ".zst", ".zstd", ".bz2", ".xz")
_LINES: Final = (".jsonl", ".ndjson", ".jl")
_HEAD: Final = 4096
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
# So long is waited between two pages of one host.
DELAY: Final = 1.0


class Gatherer:
    """Goes through sources in the order in which they were named; close it after use."""

    def __init__(
        self,
        *,
        fetcher: Fetches | None = None,
        parser: Parser | None = None,
        sleep: Callable[[float], None] = time.sleep,
        delay: float = DELAY,
    ) -> None:
        self.fetcher = fetcher or Fetcher()
        self.parser = parser or Parser()
        self._sleep = sleep
        self._delay = delay
        self._hosts: set[str | None] = set()

    def close(self) -> None:
        self.parser.close()

    def __enter__(self) -> Gatherer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def gather(self, names: Iterable[str]) -> Iterator[Item]:
        """The documents of all that is named."""
        for name in names:
            if name.lower().startswith(("http://", "https://")):
                yield from self.address(name)
            elif _SCHEME.match(name):
                message = f"{_shown(name)}: only http and https addresses are fetched."
                yield Trouble(_shown(name), FetchError(message))
            else:
                yield from self.path(name)

    def path(self, name: str) -> Iterator[Item]:
        """A file, or a folder with all files in it."""
        try:
            path = Path(name)
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            said = error.strerror if isinstance(error, OSError) else "it is no file's name"
            yield Trouble(_shown(name), InputError(f"{_shown(name)} cannot be read: {said}."))
            return
        if stat.S_ISDIR(mode):
            for file in _files_in(path):
                yield from self._file(file)
        else:
            yield from self._file(path)

    def address(self, address: str) -> Iterator[Item]:
        """A page, or a feed with the pages of its entries."""
        try:
            response = self.fetch(address)
        except DragomanError as error:
            yield Trouble(address, error)
            return
        yield from self.response(response, address)

    def response(self, response: Response, origin: str) -> Iterator[Item]:
        """What a fetched address brings."""
        if is_feed(response.body, response.kind):
            try:
                feed = self.parser.feed(response.body, response.address)
            except DragomanError as error:
                yield Trouble(origin, error)
                return
            for entry in feed["entries"]:
                yield self.entry(entry, feed.get("title"), origin)
        elif response.kind == "application/pdf" or is_pdf(response.body[:_HEAD]):
            yield pdf_item(response.body, response.address, origin, self.parser)
        elif "html" in response.kind or _looks_like_html(response.body[:_HEAD]):
            yield page_item(response.body, response.address, origin, self.parser)
        elif response.kind.startswith("text/"):
            yield self._plain(response, origin)
        else:
            kind = response.kind or "of no known kind"
            yield Trouble(origin, InputError(f"{origin} is no page, feed or text ({kind})."))

    def entry(self, entry: dict[str, Any], publisher: str | None, origin: str) -> Item:
        """An entry's page; where it cannot be had, what the entry brings by itself."""
        link = entry.get("link")
        if not link:
            return entry_item(entry, publisher, origin, self.parser)
        try:
            response = self.fetch(link)
        except DragomanError as error:
            own = entry_item(entry, publisher, origin, self.parser)
            return own if isinstance(own, Found) else Trouble(link, error)
        if response.kind == "application/pdf" or is_pdf(response.body[:_HEAD]):
            return complete(pdf_item(response.body, response.address, link, self.parser), entry)
        return complete(page_item(response.body, response.address, link, self.parser), entry)

    def fetch(self, address: str) -> Response:
        """Fetch, and wait before a host is asked again."""
        host = host_of(address)
        if host in self._hosts and self._delay:
            self._sleep(self._delay)
        self._hosts.add(host)
        return self.fetcher.fetch(address)

    def _file(self, path: Path) -> Iterator[Item]:
        name = _shown(str(path))
        try:
            kind = _kind_of(path)
        except OSError as error:
            yield Trouble(name, InputError(f"{name} cannot be read: {error.strerror}."))
            return
        if kind == "lines":
            yield from _found(jsonl.load(path), name)
        elif kind == "csv":
            yield from _found(tables.load_csv(path), name)
        elif kind == "parquet":
            yield from _found(tables.load_parquet(path), name)
        elif kind in ("warc", "wacz"):
            load = warc.load_warc if kind == "warc" else warc.load_wacz
            for page in load(path):
                if isinstance(page, DragomanError):
                    yield Trouble(name, page)
                else:
                    moment = page.moment
                    yield page_item(
                        page.data, page.address, page.origin, self.parser, moment=moment
                    )
        else:
            yield from self._whole(path, kind, name)

    def _whole(self, path: Path, kind: str, name: str) -> Iterator[Item]:
        """A file that is read whole: a page, a feed or a text."""
        size = path.stat().st_size
        if size > MOST_FILE:
            message = f"{name} has {size:,} bytes; a single text may have {MOST_FILE:,}."
            yield Trouble(name, InputError(message))
        elif kind == "pdf":
            yield pdf_item(path.read_bytes(), None, name, self.parser)
        elif kind == "html":
            yield page_item(path.read_bytes(), "", name, self.parser)
        elif kind == "feed":
            try:
                feed = self.parser.feed(path.read_bytes(), "")
            except DragomanError as error:
                yield Trouble(name, error)
                return
            yield from entry_items(feed, name, self.parser)
        else:
            try:
                yield Found(document=text.load(path), origin=name)
            except DragomanError as error:
                yield Trouble(name, error)

    def _plain(self, response: Response, origin: str) -> Item:
        from dragoman.sources.encodings import decode

        try:
            decoded = decode(response.body, name=origin)
        except DragomanError as error:
            return Trouble(origin, error)
        document = Input(text=decoded.text, url=response.address, notices=decoded.notices)
        return Found(document=document, origin=origin)


def _found(documents: Iterable[Input | DragomanError], name: str) -> Iterator[Item]:
    """Documents of a file of many, each named by its own id or address where it has one."""
    for number, document in enumerate(documents, 1):
        if isinstance(document, DragomanError):
            yield Trouble(name, document)
        else:
            own = document.url or document.id or str(number)
            yield Found(document=document, origin=f"{name}: {own}")


def _kind_of(path: Path) -> str:
    """What a file is, by its name, and by its beginning where the name leaves it open."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]] or [""]
    last = suffixes[-1]
    inner = suffixes[-2] if last in _PACKED and len(suffixes) > 1 else last
    if inner in _LINES:
        return "lines"
    if inner == ".warc" or last == ".wacz":
        return last.lstrip(".") if last == ".wacz" else "warc"
    if last in (".csv", ".tsv"):
        return "csv"
    if last in (".parquet", ".pq"):
        return "parquet"
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "it is no regular file")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if last in (".rss", ".atom") or (last in (".xml", ".json") and is_feed(head)):
        return "feed"
    if last == ".pdf" or is_pdf(head):
        return "pdf"
    if last in _HTML or _looks_like_html(head):
        return "html"
    return "lines" if last in _PACKED else "text"


def _looks_like_html(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    return start.startswith((b"<!doctype html", b"<html")) or b"<html" in start


def _files_in(folder: Path) -> Iterator[Path]:
    """All files below a folder, in the order of their names; links are not followed."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            if not name.startswith(".") and not path.is_symlink():
                yield path


def _shown(name: str) -> str:
    """A file's name as it can be shown and stored: bounded, without control characters."""
    safe = name.encode("utf-8", "replace").decode("utf-8", "replace")
    safe = "".join(c if c.isprintable() else "\ufffd" for c in safe)
    return safe if len(safe) <= 200 else f"{safe[:120]}…{safe[-60:]}"
