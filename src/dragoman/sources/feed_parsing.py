"""Feeds (RSS, Atom, JSON Feed) as plain data. Runs in a child process, as pages do."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime
from itertools import islice
from typing import Any, Final

MOST_ENTRIES: Final = 500
_ENTRY: Final = re.compile(rb"<(?:item|entry)[\s>]", re.IGNORECASE)
_ROOT: Final = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]{0,2000}>")


def is_feed(data: bytes, kind: str = "") -> bool:
    """Whether the bytes look like a feed, whatever type they were sent as."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in head or kind == "application/feed+json"
    return bool(_ROOT.search(head)) and b"<html" not in head.lower()


def parse_feed(data: bytes, address: str) -> dict[str, Any]:
    """The feed's title and its entries, the first as the feed has them."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data)
    import feedparser

    # Only so much is handed on: the library's time grows faster than the number of entries.
    starts = [m.start() for m in islice(_ENTRY.finditer(data), MOST_ENTRIES + 1)]
    cut = len(starts) > MOST_ENTRIES
    # As a stream: bytes or a string might be taken for the name of a file or an address.
    stream = io.BytesIO(data[: starts[-1]] if cut else data)
    found = feedparser.parse(stream, sanitize_html=False)
    entries = [_entry(entry) for entry in found.entries[:MOST_ENTRIES]]
    title = found.feed.get("title")
    return {"title": title, "entries": [e for e in entries if e], "cut": cut}


def _entry(entry: Any) -> dict[str, Any] | None:
    content = max((c.get("value", "") for c in entry.get("content", [])), key=len, default="")
    link, title = entry.get("link"), entry.get("title")
    if not link and not content:
        return None
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return {
        "link": link,
        "title": _plain(title or "") or None,
        "date": _moment(moment),
        "updated": _moment(entry.get("updated_parsed")),
        "author": entry.get("author"),
        "html": content or entry.get("summary", ""),
    }


def _moment(parsed: Any) -> str | None:
    if not parsed:
        return None
    try:
        return datetime(*parsed[:6]).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError):
        return None


def _json_feed(data: bytes) -> dict[str, Any]:
    feed = json.loads(data)
    items = feed.get("items") if isinstance(feed, dict) else None
    entries = []
    for item in (items if isinstance(items, list) else [])[:MOST_ENTRIES]:
        if isinstance(item, dict):
            authors = item.get("authors") or [item.get("author") or {}]
            entries.append(
                {
                    "link": item.get("url") or item.get("external_url"),
                    "title": item.get("title"),
                    "date": item.get("date_published"),
                    "updated": item.get("date_modified"),
                    "author": authors[0].get("name") if isinstance(authors[0], dict) else None,
                    "html": item.get("content_html") or item.get("content_text") or "",
                }
            )
    title = feed.get("title") if isinstance(feed, dict) else None
    return {"title": title, "entries": entries, "cut": len(items or ()) > MOST_ENTRIES}


def _plain(html: str) -> str:
    return " ".join(_TAG.sub(" ", html).split())
