"""What the judge does with frames that it has hardly met."""

from __future__ import annotations

import pytest

from dragoman.reader import Reader


@pytest.mark.parametrize(
    ("text", "visitor", "host"),
    [
        ("The German chancellor is expected in Ankara on Thursday.", "olaf-scholz", "TUR"),
        ("Sergei Lavrov is expected in Tehran on Monday for talks.", "sergey-lavrov", "IRN"),
    ],
)
def test_who_is_expected_is_a_visitor(reader: Reader, text: str, visitor: str, host: str) -> None:
    visits = [e for e in reader.read(text, date="2022-02-07").events if e.type == "CONSULT"]
    assert [(e.mode, e.status) for e in visits] == [("visit", "planned")]
    assert (visits[0].actors, visits[0].recipients) == ((visitor,), (host,))
