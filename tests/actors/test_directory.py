"""The directory of actors: names in a text, institutions of states, offices on a day."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.actors.directory import Directory, normalise


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory.load()


def found(directory: Directory, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every longest match in a text of tokens parted by blanks, left to right."""
    words = text.split()
    keys = [normalise(word) for word in words]
    at = 0
    matches = []
    while at < len(keys):
        match = directory.match(keys, at)
        if match is None:
            at += 1
            continue
        matches.append((" ".join(words[at : at + match.length]), match.ids))
        at += match.length
    return matches


@pytest.mark.parametrize(
    ("text", "words", "id"),
    [
        ("Talks in Iran failed", "Iran", "IRN"),
        ("The Russian Federation replied", "The Russian Federation", "RUS"),
        ("aid for Côte d'Ivoire", "Côte d'Ivoire", "CIV"),
        ("the U.S. has agreed", "U.S.", "USA"),
        ("the US has agreed", "US", "USA"),
        ("Pékin protested", "Pékin", "CHN"),
        ("Kyiv and others", "Kyiv", "UKR"),
        ("officials of Kiev said", "Kiev", "UKR"),
        ("the Kremlin denied it", "the Kremlin", "kremlin"),
        ("the Elysee said", "the Elysee", "elysee"),
        ("the Quai d'Orsay regretted", "Quai d'Orsay", "french-foreign-ministry"),
        ("sources in Foggy Bottom", "Foggy Bottom", "us-state-department"),
        ("al - Qaeda claimed it", "al - Qaeda", "al-qaeda"),
        ("al-Qaeda claimed it", "al-Qaeda", "al-qaeda"),
        ("the People 's Republic of China", "People 's Republic of China", "CHN"),
        ("NATO met", "NATO", "nato"),
        ("envoys of the African Union", "African Union", "african-union"),
        ("the WHO warned", "WHO", "who"),
        ("all Gulf states agreed", "Gulf states", "gulf-states"),
    ],
)
def test_a_name_is_found_and_stands_for(
    directory: Directory, text: str, words: str, id: str
) -> None:
    assert (words, (id,)) in found(directory, text)


@pytest.mark.parametrize(
    "text", ["they told us", "who came", "it is late", "a roast turkey", "to polish a shoe"]
)
def test_ordinary_words_are_no_names(directory: Directory, text: str) -> None:
    assert found(directory, text) == []


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("the French Foreign Ministry", "french-foreign-ministry"),
        ("Norway 's defence ministry", "norwegian-defence-ministry"),
        ("Ministry of Foreign Affairs of the Russian Federation", "russian-foreign-ministry"),
        ("the South Korean parliament", "south-korean-parliament"),
        ("Turkish Armed Forces", "turkish-military"),
        ("the Russian presidency", "kremlin"),
    ],
)
def test_institutions_are_composed_of_state_and_class(
    directory: Directory, text: str, id: str
) -> None:
    ids = [ids for _, ids in found(directory, text)]
    assert (id,) in ids
    entity = directory.entity(id)
    assert entity.kind == "government"
    assert entity.part_of is not None
    assert entity.code == directory.entity(entity.part_of).code
    assert entity.sectors


def test_every_state_has_a_code_and_an_institution(directory: Directory) -> None:
    states = [id for id in directory.known().states if len(id) == 3]
    assert len(states) >= 195
    for id in states:
        ministry = directory.institution_of("foreign-ministry", id)
        assert ministry is not None, id
        assert directory.entity(ministry.id) == ministry
        assert ministry.code == id


@pytest.mark.parametrize(
    ("id", "code", "sectors"),
    [
        ("HKG", "HKG", ()),
        ("PSE", "PSE", ()),
        ("KOS", "KOS", ()),
        ("GRL", "DNK", ()),
        ("PRI", "USA", ()),
        ("abkhazia", "GEO", ("PRE",)),
        ("donetsk-peoples-republic", "UKR", ("PRE",)),
        ("united-nations", "UNO", ()),
        ("european-commission", "EUR", ()),
        ("nato", "IGO", ()),
        ("amnesty-international", "NGO", ("CVL",)),
        ("west", None, ()),
    ],
)
def test_codes_follow_the_codebook(
    directory: Directory, id: str, code: str | None, sectors: tuple[str, ...]
) -> None:
    entity = directory.entity(id)
    assert entity.code == code
    assert entity.sectors == sectors


def test_members_and_wholes_are_entities(directory: Directory) -> None:
    for id, entity in directory._terms.entities.items():
        for other in (*entity.members, *([entity.part_of] if entity.part_of else [])):
            assert other in directory, f"{id} names {other}"


@pytest.mark.parametrize(
    ("word", "state", "adjective", "people"),
    [
        ("Russian", "RUS", True, True),
        ("Russians", "RUS", False, True),
        ("Danish", "DNK", True, False),
        ("Danes", "DNK", False, True),
        ("South Korean", "KOR", True, True),
        ("Chinese", "CHN", True, True),
        ("Kurdish", "kurds", True, False),
    ],
)
def test_demonyms(
    directory: Directory, word: str, state: str, adjective: bool, people: bool
) -> None:
    entry = directory.demonym(word)
    assert entry is not None
    assert (entry.state, entry.adjective, entry.people) == (state, adjective, people)


def test_adjectives_are_no_names_to_longest_match(directory: Directory) -> None:
    keys = [normalise(word) for word in ["Russian", "troops", "left"]]
    assert directory.longest_match(keys, 0) == (0, ())
    assert directory.demonym_at(keys, 0)[0] == 1


@pytest.mark.parametrize(
    ("office", "body", "date", "id"),
    [
        ("president", "FRA", "2011-05-01", "nicolas-sarkozy"),
        ("president", "FRA", "2022-02-07", "emmanuel-macron"),
        ("head-of-government", "DEU", "2021-11-30", "angela-merkel"),
        ("head-of-government", "DEU", "2022-02-07", "olaf-scholz"),
        ("head-of-government", "USA", "2009-01-21", "barack-obama"),
        ("head-of-state", "IRN", "2015-07-14", "ali-khamenei"),
        ("president", "IRN", "2015-07-14", "hassan-rouhani"),
        ("foreign-minister", "IRN", "2015-07-14", "mohammad-javad-zarif"),
        ("foreign-minister", "USA", "2003-02-05", "colin-powell"),
        ("foreign-minister", "RUS", "1997-05-27", "yevgeny-primakov"),
        ("president", "RUS", "1995-06-15", "boris-yeltsin"),
        ("president", "SUN", "1991-08-01", "mikhail-gorbachev"),
        ("monarch", "JOR", "1998-10-23", "hussein"),
        ("secretary-general", "united-nations", "2003-03-20", "kofi-annan"),
        ("leader", "nato", "2022-02-07", "jens-stoltenberg"),
        ("pope", "VAT", "2010-01-01", "benedict-xvi"),
    ],
)
def test_who_held_an_office_on_a_day(
    directory: Directory, office: str, body: str, date: str, id: str
) -> None:
    held = directory.holders(office, body, date)
    assert held, "nobody"
    assert held[0].id == id


def test_an_office_that_is_open_says_when_it_was_last_seen(directory: Directory) -> None:
    (holding, *_) = directory.holders("president", "FRA", "2026-08-01")
    assert holding.office.end is None
    assert holding.office.seen is not None


@pytest.mark.parametrize(
    ("description", "date", "id"),
    [
        ("foreign minister of Iran", "2015-07-14", "mohammad-javad-zarif"),
        ("the French president", "2011-05-01", "nicolas-sarkozy"),
        ("US secretary of state", "2022-02-07", "antony-blinken"),
        ("prime minister of the United Kingdom", "2003-03-20", "tony-blair"),
        ("the chancellor of Germany", "2022-02-07", "olaf-scholz"),
    ],
)
def test_an_office_in_words(directory: Directory, description: str, date: str, id: str) -> None:
    held = directory.held(description, date)
    assert held, "nobody"
    assert held[0].id == id


def test_a_title_means_another_office_in_another_state(directory: Directory) -> None:
    assert directory.title("secretary of state", "USA") == "foreign-minister"
    assert directory.title("prime minister") == "prime-minister"
    assert directory.title(("foreign", "minister")) == "foreign-minister"
    assert directory.title("baker") is None


def test_a_family_name_means_first_who_was_in_office(directory: Directory) -> None:
    assert directory.by_family_name("Bush", "1990-09-11")[0].id == "george-h-w-bush"
    assert directory.by_family_name("Bush", "2003-03-20")[0].id == "george-w-bush"
    assert directory.lookup("Poutine", date="2022-02-07")[0].id == "vladimir-putin"
    assert directory.lookup("Gadhafi", date="2011-03-01")[0].name == "Muammar Gaddafi"


def test_two_people_of_one_name_stay_two(directory: Directory) -> None:
    ids = [entity.id for entity in directory.lookup("George Bush", date="2003-03-20")]
    assert {"george-h-w-bush", "george-w-bush"} <= set(ids)


def test_ids_are_slugs_and_unique(directory: Directory) -> None:
    ids = list(directory._people._people)
    assert len(ids) == len(set(ids))
    assert all(id == id.lower() and " " not in id for id in ids)
    assert not set(ids) & set(directory._terms.entities)


def test_every_office_ends_after_it_begins_and_its_body_is_known(directory: Directory) -> None:
    for lines in directory._people._offices.values():
        for line in lines.splitlines():
            _, office, _, body, start, end, _, _ = line.split("\t")
            assert directory._terms.entity(body) is not None, line
            assert not (start and end) or end >= start[: len(end)], line
            assert office in directory.known().offices, line


@given(st.lists(st.text(max_size=30), min_size=1, max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_words_do_no_harm(words: list[str]) -> None:
    directory = Directory.load()
    keys = [normalise(word) for word in words]
    for at in range(len(keys)):
        length, ids = directory.longest_match(keys, at)
        assert 0 <= length <= len(keys) - at
        assert bool(length) == bool(ids)


@pytest.mark.parametrize(
    "name", ["x" * 10_000, "\u202eIran", "a\x00b", "", " ", "'s", "-", "\u0130", "ﷺ" * 500]
)
def test_odd_names_do_no_harm(directory: Directory, name: str) -> None:
    directory.lookup(name, date="2022-02-07")
    directory.longest_match([normalise(name)], 0)
