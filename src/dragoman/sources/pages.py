"""Pages and PDFs as documents: what a parsed one becomes in the stream of what is found."""

from __future__ import annotations

from typing import Any, Final

from dragoman.errors import DragomanError, InputError
from dragoman.records import Input, Notice
from dragoman.sources.found import Found, Item, Link, NotArticle, Trouble
from dragoman.sources.html import MOST_BYTES
from dragoman.sources.parsing import Parser
from dragoman.sources.pdf import MOST_PAGES

MOST_PDF: Final = 100_000_000  # bytes
_WHY: Final = {
    "index": "a page of links, no article; its links: `dragoman add` takes each by its address",
    "consent-wall": "a page that asks for consent, no article; save the page from your browser",
}


def page_item(
    data: bytes, address: str, origin: str, parser: Parser, *, moment: str | None = None
) -> Item:
    """The document that a page holds, or why it holds none. `moment`: when it was archived."""
    if len(data) > MOST_BYTES:
        return Trouble(origin, InputError(f"{origin} is larger than {MOST_BYTES:,} bytes."))
    try:
        page = parser.page(data, address)
    except DragomanError as error:
        return Trouble(origin, error)
    return as_item(page, origin, moment)


def as_item(page: dict[str, Any], origin: str, moment: str | None = None) -> Item:
    kind = page["kind"]
    if kind in _WHY:
        links = tuple(Link(address=address, title=title) for address, title in page["links"])
        return NotArticle(origin=origin, kind=kind, message=_WHY[kind], links=links)
    if kind == "empty":
        return Trouble(origin, InputError(f"{origin}: no article's text was found on the page."))
    document = Input(
        text=page["text"],
        title=page["title"],
        date=page["date"] or moment,
        source=page["source"],
        url=page["url"] if (page["url"] or "").startswith("http") else None,
    )
    return Found(document=document, origin=origin, author=page["author"], kind=kind)


def pdf_item(data: bytes, address: str | None, origin: str, parser: Parser) -> Item:
    """The document that a PDF holds. Its own date of making is no day of publication."""
    if len(data) > MOST_PDF:
        return Trouble(origin, InputError(f"{origin} is larger than {MOST_PDF:,} bytes."))
    try:
        found = parser.pdf(data, address or origin)
    except DragomanError as error:
        return Trouble(origin, error)
    if found["locked"]:
        return Trouble(origin, InputError(f"{origin} is locked by a password; it is not read."))
    if not found["text"].strip():
        message = f"{origin} has no text; it may be scanned. Recognise its text first (OCR)."
        return Trouble(origin, InputError(message))
    notices: tuple[Notice, ...] = ()
    if found["cut"]:
        said = f"The PDF has {found['pages']:,} pages; the first {MOST_PAGES} were read."
        notices = (Notice(code="pdf-cut", message=said),)
    document = Input(text=found["text"], title=found["title"], url=address, notices=notices)
    return Found(document=document, origin=origin, author=found["author"])
