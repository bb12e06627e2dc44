"""What sources give: documents with where they came from, pages of links, and troubles."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.errors import DragomanError
from dragoman.records import Input, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Record):
    """A document and where it came from. `kind`: article, live-blog or paywall."""

    document: Input
    origin: str
    author: str | None = None
    kind: str = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Record):
    address: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotArticle(Record):
    """A page that holds no article: an index, whose links are offered, or a wall of consent."""

    origin: str
    kind: str
    message: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that could not be read; the rest goes on."""

    origin: str
    error: DragomanError
    document: Input | None = None


Item = Found | NotArticle | Trouble
