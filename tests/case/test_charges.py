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


CHARGES = {
    "a wrong": ("France said that Turkey had reneged on the deal.", "TUR"),
    "an evil": (
        "Nuland said the raid was an example of the brutality of the Syrian regime.",
        "SYR",
    ),
    "a name": ("France said Turkey was the main obstacle to peace.", "TUR"),
    "a failing": ("Kenya said Sudan had failed to protect the refugees.", "SDN"),
    "done by": ("Ukraine said the ballots had been falsified by Russia.", "RUS"),
    "blamed on": ("Ukraine blamed the blasts on Russia.", "RUS"),
    "of whom": ("Iran met with France, which Turkey has accused of arming the rebels.", "FRA"),
    "a reason": ("Turkey condemned France this week for its slow response to the crisis.", "FRA"),
}


@pytest.fixture(scope="module")
def charged_by_name(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    made = Case.create(str(tmp_path_factory.mktemp("charges") / "crisis.db"))
    texts = {**{name: text for name, (text, _) in CHARGES.items()}, **HARMLESS}
    made.add([Input(text=text, id=name, date="2022-03-02") for name, text in texts.items()])
    names = list(texts)
    found: dict[str, set[str]] = {name: set() for name in names}
    for row in claims(made.said(), made.merged()):
        document = row.where[0].split(":")[0]
        found[names[int(document) - 1]] |= set(row.targets)
    return found


HARMLESS = {
    "failed to win": "Kenya said Sudan had failed to win a majority of the votes.",
    "would": "France said Turkey would undermine the deal.",
    "of himself": "France said it had failed to protect the refugees.",
    "for calm": "Ban called for an end to the brutality of the war.",
}


@pytest.mark.parametrize("name", CHARGES)
def test_what_is_told_as_a_plain_claim_may_charge(
    charged_by_name: dict[str, set[str]], name: str
) -> None:
    assert CHARGES[name][1] in charged_by_name[name]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_charges_nobody(charged_by_name: dict[str, set[str]], name: str) -> None:
    assert charged_by_name[name] == set()
