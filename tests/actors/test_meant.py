"""Who is meant, in texts of several states: read with the model, as an analyst's reader would."""

from __future__ import annotations

from functools import lru_cache

import pytest

from dragoman.actors.cast import Cast, find_cast
from dragoman.actors.directory import Directory
from dragoman.language.model import Model
from dragoman.language.tokens import tokenize
from dragoman.records import Actor


@lru_cache(maxsize=1)
def _model() -> Model:
    return Model.load()


def read(text: str, date: str | None = None) -> Cast:
    return find_cast(_model().analyse(tokenize(text)), Directory.load(), date=date)


def meant(text: str, words: str, date: str | None = None, *, nth: int = 1) -> Actor | None:
    """The actor whose nth mention in these words stands in a text."""
    cast = read(text, date)
    found = sorted(
        (mention.start, actor.id)
        for actor in cast.actors
        for mention in actor.mentions
        if mention.text.casefold() == words.casefold()
    )
    if len(found) < nth:
        return None
    return next(actor for actor in cast.actors if actor.id == found[nth - 1][1])


@pytest.mark.parametrize(
    ("text", "words", "assumed"),
    [
        (
            "Peru closed its border. In Peru the army is on alert. Peru fears Chile.",
            "the army",
            True,
        ),
        ("The Peruvian army is on alert. Chile is not.", "army", False),
        (
            "Chile protested. Peru's Interior Minister Ana Quispe spoke in Chile.",
            "Ana Quispe",
            False,
        ),
        (
            "Chile protested. Chile said so. Interior Minister Ana Quispe spoke. Chile waits.",
            "Ana Quispe",
            True,
        ),
        ("Chile protested. The foreign ministry in Chile spoke.", "the foreign ministry", False),
        (
            "Chile protested. Chile waited. The foreign ministry spoke.",
            "the foreign ministry",
            True,
        ),
    ],
)
def test_a_state_that_only_the_story_suggests_is_marked(
    text: str, words: str, assumed: bool
) -> None:
    cast = read(text)
    found = [a for a in cast.actors for m in a.mentions if words.casefold() in m.text.casefold()]
    assert [actor.code is not None for actor in found[:1]] == [True]
    assert found[0].assumed is assumed
