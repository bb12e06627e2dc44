"""Feeds: what entries give by themselves, and what their pages give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dragoman.errors import DragomanError, InputError
from dragoman.records import Input
from dragoman.sources.found import Found, Item, Trouble
from dragoman.sources.parsing import Parser

# An entry that brings so many words brings its article; a shorter one brings a teaser.
WHOLE_WORDS: Final = 150
_LEAST_WORDS: Final = 20


def entry_items(feed: dict[str, Any], origin: str, parser: Parser) -> Iterator[Item]:
    """Documents from the entries' own contents, for a feed that was saved to a file."""
    for entry in feed["entries"]:
        yield entry_item(entry, feed.get("title"), origin, parser)


def entry_item(entry: dict[str, Any], publisher: str | None, origin: str, parser: Parser) -> Item:
    """What one entry brings by itself."""
    name = entry.get("link") or entry.get("title") or origin
    try:
        text = entry_text(entry, parser)
    except DragomanError as error:
        return Trouble(name, error)
    if len(text.split()) < _LEAST_WORDS:
        return Trouble(name, InputError(f"{name}: the feed's entry has no text to read."))
    document = Input(
        text=text,
        title=entry.get("title"),
        date=entry.get("date"),
        source=publisher,
        url=entry.get("link"),
    )
    return Found(document=document, origin=name, author=entry.get("author"))


def entry_text(entry: dict[str, Any], parser: Parser) -> str:
    """The entry's content as text."""
    html = entry.get("html") or ""
    if "<" not in html:
        return " ".join(html.split())
    page = f"<html><body><article>{html}</article></body></html>"
    found = parser.page(page.encode("utf-8", "replace"), entry.get("link") or "")
    return str(found["text"])


def is_whole(text: str) -> bool:
    return len(text.split()) >= WHOLE_WORDS


def complete(item: Item, entry: dict[str, Any]) -> Item:
    """A page that was found by an entry, with what only the entry knows of it."""
    if not isinstance(item, Found):
        return item
    from dataclasses import replace

    document = item.document
    document = replace(
        document,
        date=document.date or entry.get("date"),
        title=document.title or entry.get("title"),
    )
    return replace(item, document=document, author=item.author or entry.get("author"))
