"""What the kinds of events are called where a person reads them; the words are in words.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


def event_word(type: str, *kinds: str | None) -> str:
    """The noun for an event: that of the first of its kinds (mode, medium …) that has its own."""
    words = all_words().get(type, {})
    found = (words[kind] for kind in (*kinds, "word") if kind and kind in words)
    return next(found, type.lower())


@lru_cache(maxsize=1)
def all_words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("dragoman.show").joinpath("words.toml").read_text(encoding="utf-8"))
