"""The model's names, mended: torn ones joined, titles, marks and states taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors import title_words
from dragoman.language.analysis import Name

if TYPE_CHECKING:
    from dragoman.actors.name_spans import NameFinder


def tagged_names(finder: NameFinder) -> dict[int, Name]:
    """The model's names by their first token: torn names mended, titles taken off."""
    found: dict[int, Name] = {}
    last: Name | None = None
    names = (piece for name in finder.analysis.names for piece in _parted(finder, name))
    for name in names:
        name = _without_marks(finder, name)
        if name.label == "PER" and name.first < name.last:
            name = title_words.without_body(finder, _without_title(finder, name))
        if name.label == "ORG" and title_words.is_title(finder, name):
            continue
        if name.first == name.last:
            continue
        if (
            last is not None
            and last.label == name.label == "PER"
            and last.last == name.first
            and in_one_sentence(finder, last.first, name.first)
        ):
            name = Name(last.first, name.last, "PER")
        found[name.first] = name
        last = name
    return found


def _parted(finder: NameFinder, name: Name) -> tuple[Name, ...]:
    """ "Financial Affairs of the Kingdom of Chad Simon Ngaro": a body, and a person behind it.

    What stands behind the state of a body is a person where it begins with a first name.
    """
    if name.label == "PER" and name.last - name.first > 2:
        return (_without_state(finder, name),)
    if name.label != "ORG" or name.last - name.first < 4:
        return (name,)
    for at in range(name.first + 1, name.last - 2):
        if finder.keys[at] != "of":
            continue
        state = at + 2 if finder.keys[at + 1] == "the" else at + 1
        match = finder.directory.match(finder.keys[: name.last], state)
        after = state + match.length if match is not None else 0
        if match is None or not 2 <= name.last - after <= 3:
            continue
        if finder.directory.entity(match.ids[0]).kind != "state":
            continue
        if finder.keys[after] in finder.lexicon.first_names:
            return (Name(name.first, after, "ORG"), Name(after, name.last, "PER"))
    return (name,)


def _without_state(finder: NameFinder, name: Name) -> Name:
    """ "[Prime Minister of] Chad Simon Ngaro": the state is of the office before it."""
    if finder.keys[name.first - 1 : name.first] != ["of"]:
        return name
    match = finder.directory.match(finder.keys[: name.last], name.first)
    after = name.first + match.length if match is not None else name.last
    if match is None or name.last - after < 2:
        return name
    state = finder.directory.entity(match.ids[0]).kind == "state"
    return Name(after, name.last, "PER") if state else name


def _without_marks(finder: NameFinder, name: Name) -> Name:
    """A name without the brackets and marks that the model took in at its ends."""
    first, last, words = name.first, name.last, finder.analysis.words
    while last > first and not any(c.isalnum() for c in words[last - 1]):
        closing = words[last - 1] == ")" and "(" in words[first:last]
        if closing or words[last - 1] in ("'", "’"):
            break
        last -= 1
    while first < last and not any(c.isalnum() for c in words[first]):
        first += 1
    if name.label == "ORG" and first + 1 < last and finder.keys[first] == "the":
        first += 1
    return name if (first, last) == (name.first, name.last) else Name(first, last, name.label)


def in_one_sentence(finder: NameFinder, a: int, b: int) -> bool:
    return finder.analysis.sentence_of[a] == finder.analysis.sentence_of[b]


def _without_title(finder: NameFinder, name: Name) -> Name:
    first = name.first
    while first < name.last:
        phrase = finder.phrase_at.get(first)
        if phrase is not None and phrase.first == first and phrase.agent.sort == "person":
            first = phrase.last
        elif finder.keys[first] in finder.lexicon.titles:
            first += 1
        else:
            break
    return Name(first, name.last, "PER")
