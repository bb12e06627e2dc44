"""One spelling for each web address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.sources.addresses import canonical, host_of


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://www.Paper.org:80/a/?utm_medium=x&b=2&a=1#top", "https://paper.org/a?a=1&b=2"),
        ("https://paper.org", "https://paper.org/"),
        ("https://paper.org:8443/x", "https://paper.org:8443/x"),
        ("https://paper.org/caf%C3%A9", "https://paper.org/caf%C3%A9"),
        ("https://paper.org/café", "https://paper.org/caf%C3%A9"),
        ("ftp://paper.org/x", None),
        ("not an address", None),
        ("https://[broken", None),
        ("https://paper.org:99999/", None),
    ],
)
def test_canonical(address: str, expected: str | None) -> None:
    assert canonical(address) == expected


@given(st.text())
def test_any_text_is_an_address_or_none(text: str) -> None:
    for given_ in (text, f"https://{text}", f"https://paper.org/{text}"):
        once = canonical(given_)
        assert once is None or canonical(once) == once
        host_of(given_)
