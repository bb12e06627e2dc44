"""Pages as documents: what a parsed page becomes in the stream of what is found."""

from __future__ import annotations

from typing import Any, Final

from dragoman.errors import DragomanError, InputError
from dragoman.records import Input
from dragoman.sources.found import Found, Item, Link, NotArticle, Trouble
from dragoman.sources.html import MOST_BYTES
from dragoman.sources.parsing import Parser

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
