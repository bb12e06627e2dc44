"""Who says what, read by the shipped model: speakers, ends of contents, denials, kinds."""

from __future__ import annotations

import pytest

from dragoman.reader import Reader
from dragoman.records import Reading


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def told(reading: Reading) -> list[tuple[str, str | None, str]]:
    """Kind, code of the speaker and content of each statement."""
    codes = {actor.id: actor.code for actor in reading.actors}
    return [(s.kind, codes.get(s.speaker or ""), s.content.text) for s in reading.statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The US accused Chad of arming the rebels.",
            ("accusation", "USA", "Chad of arming the rebels"),
        ),
        (
            "Peru described Chile's position on the lake as unacceptable.",
            ("accusation", "PER", "Chile's position on the lake as unacceptable"),
        ),
        (
            "Israel accuses the group of planning raids and since the truce ended on Tuesday has "
            "killed six of its leaders.",
            ("accusation", "ISR", "the group of planning raids"),
        ),
        (
            "Kenya called for the captives not to be judged “too harshly”.",
            ("demand", "KEN", "the captives not to be judged “too harshly”"),
        ),
    ],
)
def test_a_content_is_whole(reader: Reader, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(reader.read(text, date="2022-03-02"))


@pytest.mark.parametrize(
    ("text", "denier"),
    [
        ("The US and its allies accuse Iran of hiding a plant - a charge Tehran denies.", "IRN"),
        ("France accused Chad of arming rebels, an accusation that Chad has rejected.", "TCD"),
        ("Peru accused Chile of spying, charges dismissed as a joke by Chile.", "CHL"),
        ("India and the US have alleged that Pakistan helps them, a claim Pakistan denies.", "PAK"),
    ],
)
def test_a_charge_is_denied_behind_it(reader: Reader, text: str, denier: str) -> None:
    reading = reader.read(text, date="2022-03-02")
    codes = {actor.id: actor.code for actor in reading.actors}
    [denial] = [s for s in reading.statements if s.kind == "denial"]
    [charge] = [s for s in reading.statements if s.kind == "accusation"]
    assert codes[denial.speaker or ""] == denier
    assert (denial.answers, denial.content.text) == (charge.id, charge.content.text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We are ready to talk to Chad,” the Kenyan minister said.", "offer"),
        ("“We are ready and watchful at the border,” the Kenyan minister said.", "claim"),
        ("“All the chiefs had to ask him before a vote,” the Kenyan minister said.", "claim"),
        ("The Kenyan minister said Chad had to open the road.", "demand"),
        ("“In theory it should help the farmers,” the Kenyan minister said.", "claim"),
        ("“I would like to thank Chad for its help,” the Kenyan minister said.", "claim"),
        ("The Kenyan minister said he had yet to decide about the trip.", "claim"),
        ("“We call upon Chad to open the road at once,” the Kenyan minister said.", "demand"),
        ("“We condemn Chad for this raid,” the Kenyan minister said.", "accusation"),
        ("“We believe in peace,” the Kenyan minister said.", "claim"),
        ("“Kenya will not allow Chad to close the road,” the Kenyan minister said.", "threat"),
    ],
)
def test_what_is_done_by_saying_so_and_what_is_not(reader: Reader, text: str, kind: str) -> None:
    assert [s.kind for s in reader.read(text, date="2022-03-02").statements] == [kind]


def test_nobody_is_guessed_to_speak_who_is_named_in_what_is_said(reader: Reader) -> None:
    text = "Emmanuel Macron flew to Lima. He said Macron must go."
    [said] = reader.read(text, date="2022-03-02").statements
    assert said.speaker != "emmanuel-macron"


def test_who_is_charged_with_a_task_accuses_nobody(reader: Reader) -> None:
    text = "The Chadian panel charged with finding the arms left for Mali."
    assert not [s for s in reader.read(text).statements if s.kind == "accusation"]


def actors(reading: Reading) -> dict[str, str | None]:
    return {mention.text: actor.code for actor in reading.actors for mention in actor.mentions}


def test_whom_the_west_and_the_foreign_office_mean(reader: Reader) -> None:
    text = "Iran blamed the west for the crisis in Tehran. The Foreign Office said Iran was wrong."
    reading = reader.read(text, date="2012-03-02")
    assert "west" in {actor.id for actor in reading.actors}
    assert actors(reading)["The Foreign Office"] == "GBR"
    pakistan = "Pakistan's army was on alert in Islamabad. The Foreign Office condemned India."
    assert actors(reader.read(pakistan, date="2012-03-02"))["The Foreign Office"] == "PAK"
    nowhere = reader.read("Rain fell in the west of Chad.", date="2012-03-02")
    assert "west" not in {actor.id for actor in nowhere.actors}


def test_the_accused_are_not_named_by_the_charge(reader: Reader) -> None:
    reading = reader.read("The opposition in Chad accused the security forces of abuses.")
    assert "the security forces" in actors(reading)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenya's call for a truce was read out in Lima.",
            ("demand", "KEN", "a truce"),
        ),
        (
            "Kenya refused to withdraw its troops from the border.",
            ("denial", "KEN", "to withdraw its troops from the border"),
        ),
        (
            "Kenya opposes any strike on Chad.",
            ("denial", "KEN", "any strike on Chad"),
        ),
        (
            "Kenya is ready to host the talks on the border.",
            ("offer", "KEN", "to host the talks on the border"),
        ),
        (
            "Chad's offer of talks came on Monday.",
            ("offer", "TCD", "talks"),
        ),
        (
            "Kenya's refusal to open the road angered Chad.",
            ("denial", "KEN", "to open the road"),
        ),
    ],
)
def test_refusals_calls_and_readiness_are_said(
    reader: Reader, text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in told(reader.read(text, date="2022-03-02"))


def test_who_is_called_upon_keeps_his_title(reader: Reader) -> None:
    text = "Kenya called for President Idriss Deby to step down."
    demands = [s for s in reader.read(text, date="2019-03-02").statements if s.kind == "demand"]
    assert [s.content.text for s in demands] == ["President Idriss Deby to step down"]
