"""The words of `stances.toml`, looked up by table and key."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from dragoman.errors import DataError


def begins(table: str, key: str, word: str) -> bool:
    """Is a word one of a list, or a form of it: “helping” of “help”, but not “issue” of “is”?"""
    return any(_is_form(word, stem) for stem in _words()[table][key])


def _is_form(word: str, stem: str) -> bool:
    return word == stem or (len(stem) > 3 and word.startswith(stem))


@cache
def _pattern(table: str, key: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_words()[table][key]) + ")", re.IGNORECASE)


def has(table: str, key: str, text: str) -> bool:
    """Has a text a word that begins with one of a list?"""
    return bool(text) and bool(_pattern(table, key).search(text))


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    try:
        text = files("dragoman.merging").joinpath("stances.toml").read_text("utf-8")
        table: dict[str, Any] = tomllib.loads(text)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            f"the package's file merging/stances.toml cannot be read: {error}. "
            "Usually the installation is incomplete; install dragoman again."
        ) from error
    return {
        name: {key: words.split() for key, words in lists.items()} for name, lists in table.items()
    }
