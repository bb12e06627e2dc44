"""Words of a title that look like the name of a body, or hold one: no names of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.actors.lexicon import Phrase
from dragoman.language.analysis import Name

if TYPE_CHECKING:
    from dragoman.actors.name_spans import NameFinder

# Nouns for those who hold an office of no class of its own.
_OFFICE_NOUNS = frozenset(["adviser", "advisor", "commissioner", "representative", "envoy"])
_OF_FIELDS = frozenset(["minister", "ministry", "secretary", "department", "commissioner"])


def is_title(finder: NameFinder, name: Name) -> bool:
    """Whether what the model took for a body is a title: "Secretary of State for Defence of".

    It begins with an office that something follows by "of" or "for", or ends in one.
    """
    begin, end = finder.phrase_at.get(name.first), finder.phrase_at.get(name.last - 1)
    if begin is not None and begin.first == name.first and _is_single_office(begin):
        after = begin.last
        if after < len(finder.keys) and finder.keys[after] in ("of", "for"):
            return True
    middle = finder.phrase_at.get(finder.head_of(name.first, name.last))
    goes_on = middle is not None and finder.keys[middle.last : name.last][:1] in (["of"], ["for"])
    if goes_on and middle is not None and middle.agent.office and _is_single_office(middle):
        return True  # "EU High Representative for Foreign Affairs"
    if end is None or not _is_single_office(end) or end.last != name.last:
        return False
    return not any(finder.keys[t] in ("of", "for", "and") for t in range(name.first, name.last))


def without_body(finder: NameFinder, name: Name) -> Name:
    """A person's name without the body that the office before it is of ("Milli Majlis A B")."""
    if name.first >= name.last:  # nothing but titles and offices was tagged
        return name
    name = _without_card(finder, name)
    before = name.first - 3
    if name.last - name.first > 2 and finder.keys[before + 1 : name.first] == ["of", "the"]:
        office = finder.phrase_at.get(before) if before >= 0 else None
        if office is not None and office.last == before + 1 and office.agent.sort == "person":
            name = Name(name.first + 1, name.last, "PER")  # "Leader of the Nation A B"
    size, ids = finder.directory.longest_match(finder.keys, name.first)
    bodies = ("government", "igo", "organisation")
    body = bool(ids) and all(finder.directory.entity(id).kind in bodies for id in ids)
    if not body or name.last - name.first - size < 2:
        return name
    return Name(name.first + size, name.last, "PER")


def _without_card(finder: NameFinder, name: Name) -> Name:
    """A name without the card of a site behind it ("Ana Diaz Diaz AnaPresident of Peru")."""
    keys = finder.keys
    for at in range(name.first + 1, min(name.last, len(keys) - 2)):
        if keys[at] == keys[at + 1] and keys[at + 2].startswith(keys[name.first]):
            return Name(name.first, at + 1, "PER")
    return name


def is_field(finder: NameFinder, at: int) -> bool:
    """Whether a word tells what an office is for: "Labour" in "Minister of Labour"."""
    keys = finder.keys
    if at < 2 or keys[at - 1] not in ("of", "for") or keys[at - 2] not in _OF_FIELDS:
        return False
    entities = [finder.directory.entity(i) for i in finder.directory.longest_match(keys, at)[1]]
    return bool(entities) and all(e.kind == "organisation" for e in entities)


def is_within_title(finder: NameFinder, at: int) -> bool:
    """Whether a word goes on a title: "government" in "heads of government of Norway"."""
    phrase = finder.phrase_at.get(at)
    return phrase is not None and phrase.first < at and phrase.agent.sort == "person"


def _is_single_office(phrase: Phrase) -> bool:
    """Whether a noun is that of one who holds an office or advises."""
    agent = phrase.agent
    if agent.sort != "person" or agent.plural or agent.kind not in ("person", "unnamed"):
        return False
    return agent.office is not None or agent.noun.split()[-1] in _OFFICE_NOUNS
