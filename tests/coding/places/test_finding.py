"""Places: what is one, which of its name it is, where an event happened, and what goes on a map."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast as typed

import pytest

from coding.parsed import parsed
from dragoman.actors.cast import Cast
from dragoman.actors.directory import Directory
from dragoman.coding.places.finding import PlaceExpression, find_places
from dragoman.coding.places.geojson import to_geojson
from dragoman.coding.where import where_of
from dragoman.language.analysis import Analysis, Name
from dragoman.records import Actor


@dataclass(frozen=True)
class FewActors:
    """A cast that knows the tokens it is told; each stands for a state."""

    at_token: Mapping[int, str]

    def at(self, token: int) -> str | None:
        return self.at_token.get(token)

    def modifier(self, token: int) -> str | None:
        return None

    def actor(self, id: str) -> Actor:
        return Actor(id=id, name=id, kind="state", code=id, basis="directory")

    @property
    def mention_tokens(self) -> Sequence[tuple[int, int, int, str]]:
        return [(t, t + 1, t, id) for t, id in sorted(self.at_token.items())]


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory.load()


def sentence(words: str) -> Analysis:
    """Words as `form/relation/head` (from 1); capitalised ones that are marked * are places."""
    rows = []
    names = []
    for number, word in enumerate(words.split()):
        form, relation, head = word.split("/")
        if form.startswith("*"):
            names.append(number)
        upos = "PROPN" if form.lstrip("*")[0].isupper() else "NOUN"
        upos = "ADP" if relation == "case" else upos
        rows.append(f"{form.lstrip('*')} {upos} NN {head} {relation}")
    analysis = parsed("\n".join(rows))
    return dataclasses.replace(analysis, names=_joined(names, analysis))


def _joined(tokens: list[int], analysis: Analysis) -> list[Name]:
    spans: list[list[int]] = []
    for token in tokens:
        if spans and spans[-1][1] == token and analysis.deprels[token] == "flat":
            spans[-1][1] = token + 1
        else:
            spans.append([token, token + 1])
    return [Name(a, b, "LOC") for a, b in spans]


def places(
    analysis: Analysis, directory: Directory, actors: Mapping[int, str] | None = None
) -> list[PlaceExpression]:
    return find_places(analysis, typed(Cast, FewActors(actors or {})), directory)


def test_the_state_beside_a_town_says_which_it_is(directory: Directory) -> None:
    analysis = sentence(
        "They/nsubj/2 met/root/0 in/case/4 *Long/obl/2 *Beach/flat/4 ,/punct/7 *California/appos/4"
    )
    found = places(analysis, directory)
    assert [(p.spot.name, p.spot.country) for p in found] == [
        ("Long Beach", "USA"),
        ("California", "USA"),
    ]
    assert found[0].spot.adm1 == "CA"
    assert found[0].precision == "city"


@pytest.mark.parametrize(("story", "country"), [("LBY", "LBY"), ("LBN", "LBN")])
def test_the_country_of_the_story_decides_between_towns(
    directory: Directory, story: str, country: str
) -> None:
    analysis = sentence("Troops/nsubj/2 fought/root/0 in/case/4 *Tripoli/obl/2 ./punct/2")
    found = places(analysis, directory, {0: story})
    assert [p.spot.country for p in found] == [country]


@pytest.mark.parametrize(
    ("told", "name"),
    [("Rhodes", "Rhodes"), ("Izmir", "Izmir"), ("IZMIR", "İzmir"), ("Kiev", "Kyiv")],
)
def test_a_town_keeps_its_english_name_where_the_gazetteer_has_none(
    directory: Directory, told: str, name: str
) -> None:
    found = places(sentence(f"They/nsubj/2 met/root/0 in/case/4 *{told}/obl/2"), directory)
    assert [p.to_place().name for p in found] == [name]


@pytest.mark.parametrize("region", ["Crimea", "Donbas", "Sahel"])
def test_a_region_has_a_name_and_no_false_point(directory: Directory, region: str) -> None:
    analysis = sentence(f"They/nsubj/2 fought/root/0 in/case/4 *{region}/obl/2")
    (found,) = places(analysis, directory)
    assert found.precision == "region"
    assert (found.spot.lat, found.spot.lon) == (None, None)


def test_a_capital_that_acts_is_no_place(directory: Directory) -> None:
    acting = sentence("*Moscow/nsubj/2 denied/root/0 it/obj/2")
    assert places(acting, directory, {0: "RUS"}) == []
    there = sentence("They/nsubj/2 met/root/0 in/case/4 *Moscow/obl/2")
    (found,) = places(there, directory, {3: "RUS"})
    assert (found.spot.name, found.spot.country) == ("Moscow", "RUS")


def test_an_unknown_place_is_a_guess_without_a_point(directory: Directory) -> None:
    (found,) = places(sentence("They/nsubj/2 met/root/0 in/case/4 *Xyzzyville/obl/2"), directory)
    assert (found.precision, found.spot.lat) == ("guess", None)


def test_an_event_lies_where_its_own_clause_says(directory: Directory) -> None:
    analysis = sentence(
        "They/nsubj/2 met/root/0 in/case/4 *Geneva/obl/2 "
        "and/cc/6 fought/conj/2 in/case/8 *Aleppo/obl/6"
    )
    found = places(analysis, directory)
    met, fought = where_of(analysis, 1, found), where_of(analysis, 5, found)
    assert met is not None
    assert fought is not None
    assert (met.name, fought.name) == ("Geneva", "Aleppo")


def test_geojson_has_points_only_where_they_are_known(directory: Directory) -> None:
    analysis = sentence(
        "They/nsubj/2 met/root/0 in/case/4 *Geneva/obl/2 "
        "and/cc/6 fought/conj/2 in/case/8 *Crimea/obl/6"
    )
    drawn = to_geojson(p.to_place() for p in places(analysis, directory))
    geneva, crimea = drawn["features"]
    assert geneva["geometry"]["coordinates"] == pytest.approx([6.1, 46.2], abs=0.1)
    assert crimea["geometry"] is None
    assert crimea["properties"]["name"] == "Crimea"


def test_the_same_text_gives_the_same_places(directory: Directory) -> None:
    analysis = sentence("They/nsubj/2 met/root/0 in/case/4 *Geneva/obl/2")
    assert places(analysis, directory) == places(analysis, directory)


def test_a_village_in_the_story_does_not_outweigh_a_city(directory: Directory) -> None:
    analysis = sentence("Americans/nsubj/2 met/root/0 in/case/4 *Geneva/obl/2")
    (found,) = places(analysis, directory, {0: "USA"})
    assert (found.spot.country, found.precision) == ("CHE", "city")


@pytest.mark.parametrize("word", ["Poles", "Covid"])
def test_what_is_tagged_by_mistake_is_no_place(directory: Directory, word: str) -> None:
    assert places(sentence(f"They/nsubj/2 met/root/0 with/case/4 *{word}/obl/2"), directory) == []


def test_washington_is_the_city_unless_the_state_is_meant(directory: Directory) -> None:
    (found,) = places(sentence("They/nsubj/2 met/root/0 in/case/4 *Washington/obl/2"), directory)
    assert (found.spot.country, found.spot.adm1) == ("USA", "DC")


def test_an_unknown_place_takes_the_point_of_the_town_that_it_lies_in(
    directory: Directory,
) -> None:
    analysis = sentence(
        "They/nsubj/2 met/root/0 at/case/4 *Vrzgolt/obl/2 in/case/7 eastern/amod/7 *Homs/nmod/4"
    )
    unknown, town = places(analysis, directory)
    assert (unknown.spot.name, unknown.spot.geonames, unknown.precision) == (
        "Vrzgolt",
        None,
        "guess",
    )
    assert (unknown.spot.lat, unknown.spot.lon) == (town.spot.lat, town.spot.lon)


def test_an_unknown_place_beside_a_town_in_passing_has_no_point(directory: Directory) -> None:
    analysis = sentence(
        "They/nsubj/2 left/root/0 *Vrzgolt/obj/2 when/mark/5 talks/nsubj/6 failed/advcl/2"
        " in/case/8 *Homs/obl/6"
    )
    assert places(analysis, directory)[0].spot.lat is None


def test_a_capital_that_is_toured_is_a_place(directory: Directory) -> None:
    analysis = sentence("They/nsubj/2 tour/root/0 *Paris/obj/2 and/cc/5 *London/conj/3")
    found = places(analysis, directory, {2: "FRA", 4: "GBR"})
    assert [place.spot.country for place in found] == ["FRA", "GBR"]
    analysis = sentence("They/nsubj/2 blame/root/0 *Paris/obj/2 and/cc/5 *London/conj/3")
    assert places(analysis, directory, {2: "FRA", 4: "GBR"}) == []


def test_what_stands_in_a_town_is_found_by_its_owner(directory: Directory) -> None:
    analysis = sentence(
        "They/nsubj/2 met/root/0 at/case/7 *Homs/nmod:poss/7 *'s/flat/4 *Vrzgolt/flat/4"
        " *hotel/flat/4"
    )
    found = places(analysis, directory)[0]
    assert (found.spot.country, found.precision) == ("SYR", "guess")
    assert found.spot.lat is not None


def test_a_state_in_one_tag_with_a_town_says_where_the_town_is(directory: Directory) -> None:
    analysis = sentence("Shells/nsubj/2 fell/root/0 in/case/5 *Tripoli/compound/5 *Lebanon/obl/2")
    analysis = dataclasses.replace(analysis, names=[Name(3, 5, "LOC")])
    (found,) = places(analysis, directory)
    assert (found.text, found.spot.country) == ("Tripoli", "LBN")


def test_two_warring_states_in_one_tag_are_no_place(directory: Directory) -> None:
    analysis = sentence(
        "They/nsubj/2 watched/root/0 the/det/7 *Israel/compound/6 -/punct/6 *Lebanon/compound/7 "
        "war/obj/2"
    )
    analysis = dataclasses.replace(analysis, names=[Name(3, 6, "LOC")])
    assert places(analysis, directory) == []


def test_a_village_that_no_table_knows_is_one_where_the_words_say_so(directory: Directory) -> None:
    analysis = sentence(
        "They/nsubj/2 shelled/root/0 the/det/4 village/obj/2 of/case/6 Vrzgolt/nmod/4 "
        "near/case/8 *Homs/nmod/4"
    )
    found = {place.text: place for place in places(analysis, directory)}
    assert found["Vrzgolt"].precision == "guess"
    assert found["Vrzgolt"].spot.country == "SYR"


def test_a_word_of_direction_does_not_belong_to_the_name(directory: Directory) -> None:
    analysis = sentence(
        "They/nsubj/2 fought/root/0 in/case/4 *Adra/obl/2 east/advmod/4 of/case/7 *Damascus/nmod/5"
    )
    analysis = dataclasses.replace(analysis, names=[Name(3, 7, "LOC")])
    assert [p.text for p in places(analysis, directory)] == ["Adra", "Damascus"]


@pytest.mark.parametrize(
    ("words", "tag", "found"),
    [
        (  # a state after a word of direction is the state
            "They/nsubj/2 met/root/0 in/case/5 eastern/amod/5 *Sudan/obl/2",
            Name(3, 5, "LOC"),
            [("Sudan", "SDN")],
        ),
        (  # a town and its state in one tag, with a comma and without
            "They/nsubj/2 met/root/0 in/case/4 *Tupelo/obl/2 ,/punct/6 *Mississippi/appos/4",
            Name(3, 6, "LOC"),
            [("Tupelo", "USA"), ("Mississippi", "USA")],
        ),
        (
            "They/nsubj/2 met/root/0 in/case/4 *Dallas/obl/2 *Texas/appos/4",
            Name(3, 5, "LOC"),
            [("Dallas", "USA"), ("Texas", "USA")],
        ),
        (  # the hour's zone is no part of a dateline
            "IST/compound/2 *BREMEN/root/0 (/punct/4 Courier/appos/2 )/punct/4",
            Name(0, 2, "LOC"),
            [("BREMEN", "DEU")],
        ),
        (  # called a city, whatever the tag says
            "They/nsubj/2 took/root/0 another/det/4 city/obj/2 *Qamishli/appos/4",
            Name(4, 5, "ORG"),
            [("Qamishli", "SYR")],
        ),
        (  # an English town, not the great one abroad that was once called so
            "They/nsubj/2 met/root/0 in/case/4 *Salisbury/obl/2",
            Name(3, 4, "LOC"),
            [("Salisbury", "GBR")],
        ),
        (  # the only town of its name
            "They/nsubj/2 fell/root/0 at/case/4 *Srebrenica/obl/2",
            Name(3, 4, "LOC"),
            [("Srebrenica", "BIH")],
        ),
    ],
)
def test_a_tag_is_taken_apart_as_its_words_tell(
    directory: Directory, words: str, tag: Name, found: list[tuple[str, str]]
) -> None:
    analysis = dataclasses.replace(sentence(words), names=[tag])
    assert [(p.text, p.spot.country) for p in places(analysis, directory)] == found


def test_who_speaks_is_no_town(directory: Directory) -> None:
    analysis = sentence("*Melkbosstrand/nsubj/2 say/root/0 nothing/obj/2")
    assert places(analysis, directory) == []


def test_a_province_that_no_table_has_lies_where_its_town_does(directory: Directory) -> None:
    analysis = sentence(
        "They/nsubj/2 fought/root/0 in/case/5 *Raqqa/compound/5 *province/obl/2",
    )
    analysis = dataclasses.replace(analysis, names=[Name(3, 5, "LOC")])
    (found,) = places(analysis, directory)
    assert (found.spot.kind, found.spot.country, found.spot.lat) == ("region", "SYR", None)


def test_a_quarter_lies_in_the_town_that_it_is_told_by(directory: Directory) -> None:
    analysis = sentence(
        "Shells/nsubj/2 hit/root/0 the/det/5 *Qusour/compound/5 quarter/obj/2 of/case/7 "
        "*Raqqa/nmod/5"
    )
    found = {place.text: place for place in places(analysis, directory)}
    assert found["Qusour"].precision == "guess"
    assert found["Qusour"].spot.lat == found["Raqqa"].spot.lat


@pytest.mark.parametrize("name", ["Sabina Shoal", "Diaoyu Islands", "Line of Control", "Kuriles"])
def test_what_states_claim_or_share_has_no_point(directory: Directory, name: str) -> None:
    words = name.split()
    last = 3 + len(words)
    rows = [f"They/nsubj/2 sailed/root/0 near/case/{last}"]
    rows += [f"*{word}/compound/{last}" for word in words[:-1]] + [f"*{words[-1]}/obl/2"]
    analysis = dataclasses.replace(sentence(" ".join(rows)), names=[Name(3, last, "LOC")])
    (found,) = places(analysis, directory)
    assert (found.text, found.spot.lat) == (name, None)


def test_what_is_near_a_territory_does_not_lie_in_it(directory: Directory) -> None:
    analysis = sentence(
        "They/nsubj/2 work/root/0 in/case/4 *Mivtahim/obl/2 ,/punct/7 a/det/7 town/appos/4 "
        "near/case/9 *Israel/nmod/7"
    )
    found = {place.text: place.spot for place in places(analysis, directory)}
    assert found["Mivtahim"].country == "ISR"
