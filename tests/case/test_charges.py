"""Who is charged in the accusations of a case, as the reader finds them."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy", reason="the extra `case` is not installed")

from dragoman.case import Case
from dragoman.merging.claims import claims
from dragoman.records import Input

TEXTS = {
    "by the event": "Ukraine accused Russia of shelling a school in Mariupol on Monday.",
    "by the content": "France said that Turkey had rammed a fishing boat off Crete.",
    "nobody": "France condemned the shelling of Kyiv.",
}


@pytest.fixture
def read_case(tmp_path: Path) -> Case:
    made = Case.create(str(tmp_path / "crisis.db"))
    made.add([Input(text=text, id=name, date="2022-03-02") for name, text in TEXTS.items()])
    return made


def test_who_is_charged_is_told_with_the_statement(read_case: Case) -> None:
    charged = {
        said.content: {party.code for party in said.charged}
        for said in read_case.said()
        if said.kind == "accusation"
    }
    by_event = next(codes for content, codes in charged.items() if "school" in content)
    assert by_event == {"RUS"}
    assert not any(codes for content, codes in charged.items() if "shelling of Kyiv" in content)
    assert all("RUS" in row.targets for row in claims(read_case.said()) if "school" in row.claim)
