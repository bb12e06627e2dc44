"""What kind of page it is, told from signals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.sources.html import PageKind, Signals, kind_of, parse_page

ARTICLE = Signals(
    types=frozenset({"NewsArticle"}),
    og_type="article",
    dated=True,
    free=True,
    path="/world/talks",
    words=600,
    text="the president said",
    headlines=40,
    paragraphs=12,
)
BARE = replace(ARTICLE, types=frozenset(), og_type="")


@pytest.mark.parametrize(
    ("signals", "kind"),
    [
        (ARTICLE, "article"),
        (BARE, "article"),
        (replace(BARE, paragraphs=1, words=200), "index"),
        (replace(BARE, path="/"), "index"),
        (replace(ARTICLE, types=frozenset(), path="/"), "index"),
        (replace(BARE, types=frozenset({"CollectionPage"})), "index"),
        (replace(ARTICLE, types=frozenset({"LiveBlogPosting"})), "live-blog"),
        (replace(BARE, path="/world/live/2022/feb/24"), "live-blog"),
        (replace(ARTICLE, free=False, words=120), "paywall"),
        (replace(ARTICLE, free=False, words=30), "empty"),
        (replace(ARTICLE, free=False, words=900), "article"),
        (replace(ARTICLE, words=90, text="… subscribe to continue reading"), "paywall"),
        (replace(ARTICLE, text="the firm asks readers to subscribe to continue"), "article"),
        (replace(BARE, words=90, text="we use cookies. accept all"), "consent-wall"),
        (replace(ARTICLE, text="ministers fined it over its cookie policy. accept all"), "article"),
        (replace(BARE, words=5, headlines=0, paragraphs=0), "empty"),
    ],
)
def test_kinds_of_pages(signals: Signals, kind: PageKind) -> None:
    assert kind_of(signals) == kind


HEADS = [
    ('<meta property="og:title" content=" Talks\n fail "><title>Site</title>', "", "Talks fail"),
    ('<meta property="og:title" content=" "><title>Site</title>', "Talks fail", "Talks fail"),
    ("<title> </title>", " <b>Talks</b> fail ", "Talks fail"),
    ("<title>Talks\n fail</title>", " ", "Talks fail"),
    ("", "", None),
]


@pytest.mark.parametrize(("head", "heading", "title"), HEADS)
def test_a_title_that_says_nothing_is_none(head: str, heading: str, title: str | None) -> None:
    pytest.importorskip("trafilatura", reason="the extra `case` is not installed")
    said = (
        "The ministers of Norland and Sudland met in Port Ando and failed to agree on the border. "
    )
    page = (
        f"<html><head>{head}</head><body><article><h1>{heading}</h1><p>{said * 2}</p>"
        f"<p>{said * 3}</p></article></body></html>"
    )
    assert parse_page(page.encode(), "https://paper.org/a")["title"] == title
