"""Pages: their text and metadata, and whether they are articles at all.

Runs where `parsing` runs, in a child process: a page is a stranger's. The text is trafilatura's,
given the bytes; its downloader is never used. What kind of page it is, is decided from signals
that are gathered first, by rules whose words stand in page_types.toml.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal
from urllib.parse import urljoin, urlsplit

PageKind = Literal["article", "live-blog", "paywall", "index", "consent-wall", "empty"]

MOST_LINKS: Final = 200
# lxml and trafilatura take memory and time in proportion; no article is longer than this.
MOST_BYTES: Final = 20_000_000
_LEAST_WORDS: Final = 20
_WORDS: Final = re.compile(r"\w+")
_ISO: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?"
)
_SKIPPED: Final = ("script", "style", "noscript", "template", "svg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What a page says of itself and shows, by which its kind is told."""

    types: frozenset[str]
    og_type: str
    dated: bool
    free: bool
    path: str
    words: int
    text: str
    headlines: int
    paragraphs: int


def parse_page(data: bytes, address: str) -> dict[str, Any]:
    """The page as plain data: kind, text, title, date, author, source, url and links."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(data)
    if tree is None:
        return {"kind": "empty", "links": []}
    about = _metadata(tree)
    links = _links(tree, address)
    headlines, paragraphs = _shape(tree)
    found = bare_extraction(
        tree, url=address or None, include_comments=False, include_tables=False, with_metadata=False
    )
    page = _fields(found, about, address)
    signals = Signals(
        types=about["types"],
        og_type=about["og:type"],
        dated=bool(about["published"]),
        free=about["free"],
        path=urlsplit(page["url"] or address).path,
        words=len(_WORDS.findall(page["text"])),
        text=page["text"].lower(),
        headlines=headlines,
        paragraphs=paragraphs,
    )
    kind = kind_of(signals)
    return {**page, "kind": kind, "links": links if kind == "index" else []}


def kind_of(signals: Signals) -> PageKind:
    """What kind of page it is. An index is never taken for an article."""
    rules = _rules()
    article = bool(signals.types & set(rules["types"]["article"])) or (
        signals.og_type == "article" and signals.path not in ("", "/")
    )
    live = signals.types & set(rules["types"]["live"]) or any(
        piece in signals.path.lower() for piece in rules["live"]["path"]
    )
    if _is_wall(signals, rules["consent"], least=2):
        return "consent-wall"
    if not article and not live and _is_index(signals, rules):
        return "index"
    if signals.words < _LEAST_WORDS:
        return "empty"
    closed = not signals.free and signals.words <= rules["paywall"]["most_words"]
    if closed or _is_wall(signals, rules["paywall"], least=1):
        return "paywall" if signals.words >= rules["paywall"]["least_words"] else "empty"
    return "live-blog" if live else "article"


def _is_wall(signals: Signals, rules: dict[str, Any], *, least: int) -> bool:
    if signals.words > rules["most_words"]:
        return False
    return sum(phrase in signals.text for phrase in rules["phrases"]) >= least


def _is_index(signals: Signals, rules: dict[str, Any]) -> bool:
    shape = rules["index"]
    many = signals.headlines >= shape["headlines"]
    named = bool(signals.types & set(rules["types"]["index"])) or signals.path in ("", "/")
    return many and (named or signals.paragraphs < shape["paragraphs"])


@cache
def _rules() -> dict[str, Any]:
    text = files("dragoman.sources").joinpath("page_types.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _fields(found: Any, about: dict[str, Any], address: str) -> dict[str, Any]:
    """What the page tells of itself in its metadata comes before what was found in its text."""
    found = found.as_dict() if hasattr(found, "as_dict") else (found or {})
    canonical = about["canonical"]
    return {
        "text": found.get("text") or "",
        "title": about["title"] or _line(found.get("title")) or about["heading"],
        "date": about["published"] or _iso(found.get("date")),
        "author": about["author"] or found.get("author"),
        "source": about["site"] or found.get("sitename"),
        "url": urljoin(address, canonical) if canonical else address or None,
    }


def _metadata(tree: Any) -> dict[str, Any]:
    """Title, date and address as JSON-LD and the meta elements give them."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(name, (meta.get("content") or "").strip())
    nodes = list(_json_ld(tree))
    types = frozenset(t for node in nodes for t in _texts(node.get("@type")))
    dates = [_iso(d) for node in nodes for d in _texts(node.get("datePublished"))]
    names = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued")
    dates += [_iso(metas.get(name)) for name in names]
    free = all(str(node.get("isAccessibleForFree", "true")).lower() != "false" for node in nodes)
    rel = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    headline = next(
        filter(None, (_line(t) for n in nodes for t in _texts(n.get("headline")))), None
    )
    author = next((a for node in nodes for a in _names(node.get("author"))), None)
    return {
        "types": types,
        "og:type": metas.get("og:type", "").lower(),
        "free": free,
        "published": next((date for date in dates if date), None),
        "title": _line(metas.get("og:title")) or headline,
        "heading": _heading(tree),
        "author": author or metas.get("author") or None,
        "site": metas.get("og:site_name") or None,
        "canonical": next((href for href in rel if href), None) or metas.get("og:url") or None,
    }


def _heading(tree: Any) -> str | None:
    """The first heading that says anything, else the title of the window."""
    for name in ("h1", "title"):
        for element in tree.iter(name):
            if words := _line(element.text_content()):
                return words
    return None


def _line(words: Any) -> str | None:
    """A title in one line; None where it says nothing."""
    return " ".join(words.split()) or None if isinstance(words, str) else None


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        waiting = [data]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                yield node
                waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return _texts([v.get("name") if isinstance(v, dict) else v for v in values])


def _iso(value: Any) -> str | None:
    found = _ISO.match(value.strip()) if isinstance(value, str) else None
    return found.group().replace(" ", "T") if found else None


def _shape(tree: Any) -> tuple[int, int]:
    """How many links are as long as headlines, and how many paragraphs of running text."""
    rules = _rules()["index"]
    headlines = {
        link.get("href")
        for link in tree.iter("a")
        if link.get("href") and _word_count(link) >= rules["headline_words"]
    }
    paragraphs = sum(
        1
        for paragraph in tree.iter("p")
        if _word_count(paragraph) >= rules["paragraph_words"]
        and sum(_word_count(link) for link in paragraph.iter("a")) * 2 < _word_count(paragraph)
    )
    return len(headlines), paragraphs


def _word_count(element: Any) -> int:
    return len(_WORDS.findall(" ".join(element.itertext())))


def _links(tree: Any, address: str) -> list[tuple[str, str]]:
    """The links of a page that are as long as headlines, for an index to offer."""
    least = _rules()["index"]["headline_words"]
    found: dict[str, str] = {}
    for link in tree.iter("a"):
        if link.get("href") and _word_count(link) >= least and len(found) < MOST_LINKS:
            try:
                target = urljoin(address, link.get("href"))
            except ValueError:
                continue
            if target.startswith(("http://", "https://")):
                found.setdefault(target, " ".join(" ".join(link.itertext()).split()))
    return list(found.items())
