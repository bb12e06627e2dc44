"""Numbers told with an event: how many troops, dead, demonstrators, how much money, how often."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from dragoman.coding.clauses import Clauses
from dragoman.records import Size

_FIGURE = re.compile(r"^\d{1,3}(?:,\d{3})+$|^\d+(?:\.\d+)?$")
_RANGE = re.compile(r"^(\d[\d,]*)[-–](\d[\d,]*)$")
_MONEY = re.compile(r"^[$€£¥]")


@cache
def number_words() -> Mapping[str, Any]:
    """The table of number words, hedges and currencies."""
    text = files("dragoman.coding").joinpath("number_words.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


def size_at(clauses: Clauses, token: int) -> Size | None:
    """The number that quantifies the phrase whose head is `token`."""
    words = number_words()
    for child in clauses.children[token]:
        if clauses.deprels[child] in ("nummod", "compound") and clauses.upos[child] == "NUM":
            return _told(clauses, child, token)
    if clauses.upos[token] == "NUM" or (
        clauses.lemmas[token] in words["vague"] and clauses.under(token, "of")
    ):
        return _told(clauses, token, token)
    above = clauses.heads[token]
    if above >= 0 and clauses.case.get(token) == "of" and _counts(clauses, above):
        return _told(clauses, above, token)
    for child in clauses.children[token]:
        if clauses.lemmas[child] in words["vague"]:
            return _told(clauses, child, token)
    return None


def _counts(clauses: Clauses, token: int) -> bool:
    return clauses.upos[token] == "NUM" or clauses.lemmas[token] in number_words()["vague"]


def count_at(clauses: Clauses, token: int) -> int | None:
    """How many times: “three phone calls”, “met twice”."""
    words = number_words()
    for child in clauses.children[token]:
        if clauses.deprels[child] == "nummod":
            value = _value([clauses.words[child]])
            if value is not None and 1 < value < 1000 and value == int(value):
                return int(value)
        if clauses.deprels[child] == "advmod" and clauses.lemmas[child] in words["times"]:
            return int(words["times"][clauses.lemmas[child]])
    for child in clauses.children[token]:
        if clauses.lemmas[child] == "time" and clauses.deprels[child].startswith("obl"):
            return count_at(clauses, child)
    return None


def _told(clauses: Clauses, number: int, head: int) -> Size | None:
    """Reads the words around a number, with the hedges that stand before it."""
    first, last = _extent(clauses, number, head)
    words = [clauses.words[t].lower() for t in range(first, last)]
    hedges, rest = _hedges(words)
    low, high = _bounds(rest)
    if low is None:
        return None
    start, end = clauses.analysis.span(first, last)
    text = clauses.analysis.text[start:end]
    if high != low:
        return Size(low=low, high=high, text=text)
    return Size(
        low=None if "most" in hedges else low,
        high=None if "least" in hedges else high,
        text=text,
        about="about" in hedges,
    )


def _extent(clauses: Clauses, number: int, head: int) -> tuple[int, int]:
    words = number_words()
    known = words["hedges"]
    sentence = clauses.analysis.sentence_of[number]
    begin, end = (
        clauses.analysis.tokens.bounds[sentence],
        clauses.analysis.tokens.bounds[sentence + 1],
    )
    first, last = number, number + 1
    while last < end and _numeric(clauses.words[last].lower()):
        last += 1
    while first > begin and _numeric(clauses.words[first - 1].lower()):
        if clauses.words[first][0].isdigit() and clauses.words[first - 1][0].isdigit():
            break  # “28 October 2016 13 citizens”: two figures are no number
        first -= 1
    while first > begin and clauses.words[first - 1].lower() in known["words"].split():
        first -= 1
    return first, last


def _numeric(word: str) -> bool:
    words = number_words()
    return (
        bool(_FIGURE.match(word))
        or word in words["units"]
        or word in words["scales"]
        or word in words["vague"]
        or (
            word in ("$", "€", "£", "¥", "of", "to", "and", "-", "–")
            and word in ("of", "-", "–", "$", "€", "£", "¥")
        )
    )


def _hedges(words: list[str]) -> tuple[set[str], list[str]]:
    """The hedges before a number, by what they do to it."""
    table = number_words()["hedges"]
    joined = " ".join(words)
    found = {
        kind
        for kind in ("least", "most", "about")
        for phrase in table[kind]
        if joined.startswith(f"{phrase} ")
    }
    names = set(table["words"].split())
    rest = list(words)
    while rest and rest[0] in names and not _figure_like(rest[0]):
        rest.pop(0)
    return found, rest


def _figure_like(word: str) -> bool:
    words = number_words()
    return bool(_FIGURE.match(word)) or word in words["units"] or word in words["vague"]


def _bounds(words: list[str]) -> tuple[int | None, int | None]:
    table = number_words()
    words = [word for word in words if word not in ("$", "€", "£", "¥")]
    while words and words[-1] in ("of", "-", "–"):
        words.pop()
    if not words:
        return None, None
    span = _RANGE.match("".join(words)) if "-" in words or "–" in words else _RANGE.match(words[0])
    if span:
        return int(span[1].replace(",", "")), int(span[2].replace(",", ""))
    vague = [word for word in words if word in table["vague"]]
    if vague and words[0] in table["vague"]:
        return _vague_bounds(words)
    value = _value(words)
    if value is None:
        return None, None
    return round(value), round(value)


def _vague_bounds(words: list[str]) -> tuple[int | None, int | None]:
    """“Dozens” is 24 to 99; “tens of thousands” 20,000 to 99,999."""
    table = number_words()["vague"]
    low, high = table[words[0]]
    scales = [word for word in words[1:] if word in table and word != words[0]]
    if scales:
        times = number_words()["plural_scales"].get(scales[0])
        if times:
            return low * times, high * times + times - 1
    return low, high


def _value(words: Iterable[str]) -> float | None:
    """Figures and number words in a row: “2.5 million”, “a hundred and twenty”."""
    table = number_words()
    total, current, seen = 0.0, 0.0, False
    for raw in words:
        word = raw.lower().replace(",", "")
        if _FIGURE.match(word):
            current, seen = current + float(word), True
        elif word in table["units"]:
            current, seen = current + table["units"][word], True
        elif word in table["scales"]:
            scale = table["scales"][word]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
            seen = True
        elif word not in ("and", "-", "–", "a", "an"):
            continue
    return total + current if seen else None


def money_at(clauses: Clauses, tokens: Iterable[int]) -> Size | None:
    """An amount of money among the words of a phrase."""
    words = number_words()
    currency = set(words["currencies"].split())
    for token in tokens:
        word = clauses.words[token]
        if word in ("$", "€", "£", "¥", "US$") and token + 1 < len(clauses.words):
            return _told(clauses, token + 1, token + 1)
        if _MONEY.match(word) and len(word) > 1:
            return _told_money(clauses, token)
        if clauses.lemmas[token] in currency:
            return size_at(clauses, token)
    return None


def _told_money(clauses: Clauses, token: int) -> Size | None:
    end = token + 1
    table = number_words()
    while end < len(clauses.words) and clauses.words[end].lower() in table["scales"]:
        end += 1
    words = [clauses.words[token].lstrip("$€£¥"), *clauses.words[token + 1 : end]]
    value = _value(words)
    if value is None:
        return None
    start, stop = clauses.analysis.span(token, end)
    amount = round(value)
    return Size(low=amount, high=amount, text=clauses.analysis.text[start:stop])
