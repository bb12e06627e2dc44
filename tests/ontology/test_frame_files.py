"""Frames as data: the shipped ones are sound, a user's mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.frames import index_frames, shipped_index
from dragoman.errors import DataError
from dragoman.ontology import load_ontology, read_frames, shipped_frames


def test_every_type_and_mode_has_a_frame() -> None:
    told = {(f.type, f.mode) for file in shipped_frames() for f in file.frames}
    types = load_ontology().types
    assert {type for type, _ in told} == set(types)
    composed = {"REQUEST", "REJECT", "THREATEN"}  # their modes come from the deed inside
    missing = {
        (name, mode)
        for name, entry in types.items()
        for mode in entry.modes
        if name not in composed and (name, mode) not in told
    }
    assert missing == {("CONSULT", "multilateral")}


def test_names_are_unique_and_words_are_there() -> None:
    index = shipped_index()
    assert len(index.by_name) == len(index.frames)
    assert len(index.verbs) > 500


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ('[[frame]]\nname = "a"\ntype = "ATTACK"\nverbs = "hit"', 2, "type is one of AGREE"),
        ('[[frame]]\nname = "a"\ntype = "AID"\n', 2, "needs words"),
        ('\n[[frame]]\nname = "b"\ntype = "AID"\nverb = "x"', 3, "no key “verb”"),
        ('[[frame]]\nname = "a"\ntype = "AID"\nverbs = "@nothing"', 2, "no class @nothing"),
        ('[[frame]]\nname = "a"\ntype = "AID"\nmode = "x"\nverbs = "y"', 2, "has the modes"),
        ('[[frame]]\nname = "a"\ntype = "AID"\nverbs = "y"\nrequires = "q"', 2, "requires is one"),
        ('[[frame]]\ntype = "AID"', 1, "needs a name"),
        ("[[frame]\n", 1, "not valid TOML"),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, expected: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as raised:
        read_frames(path)
    assert expected in str(raised.value)
    assert str(path) in str(raised.value)
    if "TOML" not in expected:
        assert f"line {line}" in str(raised.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_frames(tmp_path / "none.toml")


def test_a_users_frame_comes_before_a_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[frame]]\nname = "mine"\ntype = "AID"\nverbs = "phone"', "utf-8")
    index = index_frames([*shipped_frames(), read_frames(path)])
    assert index.verbs["phone"][0].frame.name == "mine"


def test_two_frames_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[frame]]\nname = "meet"\ntype = "AID"\nverbs = "give"', "utf-8")
    with pytest.raises(DataError, match="another name"):
        index_frames([*shipped_frames(), read_frames(path)])


def test_scores_are_those_of_the_codebook() -> None:
    ontology = load_ontology()
    assert ontology.score("ASSAULT", "aerial") == -9.5
    assert ontology.score("CONSULT", None) == 2.5
    assert len(ontology.types) == 16
    assert len(ontology.contexts) == 37
    assert len(ontology.sectors) == 25
