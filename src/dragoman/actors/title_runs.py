"""Offices that stand before the name of who holds them, with what lies between.

"Head of the NATO Mission in Ukraine Ana Diaz", "adviser to the President of Peru on trade Ana
Diaz": the parse hangs the name on the state or body of which the office is, or on an office within
its words. What the words themselves show is read here, whatever the parse makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dragoman.actors.lexicon import Phrase
from dragoman.actors.mentions import Finder
from dragoman.actors.name_spans import TEMPORAL, NameSpan

MOST: Final = 24  # words from an office to the name of its holder
_BETWEEN: Final = frozenset(
    ["of", "the", "for", "on", "in", "to", "and", "-", "–", "'s", "’s", "'", "with", "at"]
)
_FIELD: Final = 5  # words of one of several things that an office is for
_MODIFIERS: Final = 4  # words from "former" to its office
_JOINING: Final = frozenset(["-", "–", "—", ",", "and"])
_NOMINAL: Final = frozenset(["PROPN", "NOUN", "ADJ", "DET"])


@dataclass(frozen=True, slots=True)
class TitleRun:
    """Offices joined by dashes, those within their words, and the person's name that ends them."""

    offices: tuple[Phrase, ...]
    within: tuple[Phrase, ...]
    name: NameSpan


def title_runs(finder: Finder) -> Iterator[TitleRun]:
    """The runs of a document, by the first office of each; its inner ones begin none."""
    done = -1
    for phrase in finder.phrases:
        if phrase.first <= done or not _is_office(finder, phrase):
            continue
        run = _run(finder, phrase)
        if run is not None:
            done = run.name.last - 1
            yield run


def _is_office(finder: Finder, phrase: Phrase) -> bool:
    head = finder.head_of(phrase.first, phrase.last)
    agent = phrase.agent
    if agent.sort != "person" or not _is_single(finder, phrase):
        return False
    named = finder.name_at.get(phrase.first)
    return named is None and (agent.office is not None or finder.analysis.words[head][0].isupper())


def _run(finder: Finder, phrase: Phrase) -> TitleRun | None:
    """The words from an office to the name of a person, if they are all a title's."""
    analysis, keys = finder.analysis, finder.keys
    offices, within = [phrase], list[Phrase]()
    sentence = analysis.sentence_of[phrase.first]
    token = phrase.last
    while token < min(phrase.last + MOST, len(keys)) and analysis.sentence_of[token] == sentence:
        name = finder.name_at.get(token)
        if name is not None and finder.is_person(name):
            tied = token > phrase.last and not _acts(finder, phrase, name)
            return TitleRun(tuple(offices), tuple(within), name) if tied else None
        inner = finder.phrase_at.get(token)
        if inner is not None and inner.first == token and inner.agent.sort == "person":
            if not _is_single(finder, inner):
                return None
            joined = not within and keys[token - 1] in _JOINING
            if joined and keys[token - 1] == "and" and not _of_body(finder, offices[-1], token):
                return None  # "the President of Peru and Minister of Chile Ana Diaz"
            if not joined and "and" in keys[phrase.last : token]:
                return None
            (offices if joined else within).append(inner)
            token = inner.last
            continue
        if keys[token] == "," and _is_office_at(finder, token + 1):
            token += 1  # "Chairperson of the African Union, President of Peru Ana Diaz"
            continue
        further = _further_office(finder, token + 1) if keys[token] == "," else None
        if further is not None:
            offices.append(further)  # "Director at the Sol Institute, former US Envoy Ana Diaz"
            token = further.last
            continue
        if keys[token] == "," and _is_field(finder, token + 1):
            token += 1  # "Minister of Foreign Affairs, Trade and Cooperation of Peru Ana Diaz"
            continue
        if keys[token] == "(" and keys[token + 2 : token + 3] == [")"]:
            token += 3  # "the World Economic Forum (WEF)"
            continue
        nominal = analysis.upos[token] in _NOMINAL and keys[token] not in TEMPORAL
        if keys[token] not in _BETWEEN and not nominal:
            return None
        token += 1
    return None


def _is_field(finder: Finder, token: int) -> bool:
    """Whether a list of what an office is for goes on behind a comma, up to its "and"."""
    for at in range(token, min(token + _FIELD, len(finder.keys))):
        if finder.keys[at] == "and":
            return at > token
        name = finder.name_at.get(at)
        person = name is not None and finder.is_person(name)
        inner = finder.phrase_at.get(at)
        person = person or (inner is not None and inner.agent.sort == "person")
        if person or finder.analysis.upos[at] not in _NOMINAL:
            return False
    return False


def _further_office(finder: Finder, token: int) -> Phrase | None:
    """Another office of the same person behind a comma: a former one, perhaps with its state."""
    former = finder.keys[token : token + 1]
    if not former or former[0] not in finder.lexicon.former:
        return None
    for at in range(token + 1, min(token + _MODIFIERS, len(finder.keys))):
        phrase = finder.phrase_at.get(at)
        if phrase is not None and phrase.first == at:
            return phrase if _is_office(finder, phrase) else None
        if not finder.is_modifier(at) and finder.analysis.upos[at] not in ("PROPN", "ADJ"):
            return None
    return None


def _is_office_at(finder: Finder, token: int) -> bool:
    phrase = finder.phrase_at.get(token)
    return phrase is not None and phrase.first == token and _is_office(finder, phrase)


def _of_body(finder: Finder, office: Phrase, until: int) -> bool:
    """Whether the words of an office name an organisation, so that another office may go on."""
    for token in range(office.last, until):
        name = finder.name_at.get(token)
        if name is not None and name.first == token:
            kinds = {finder.directory.entity(id).kind for id in name.ids}
            return bool(kinds & {"igo", "organisation"}) or (not kinds and name.label == "ORG")
    return False


def _is_single(finder: Finder, phrase: Phrase) -> bool:
    head = finder.head_of(phrase.first, phrase.last)
    return "Number=Plur" not in finder.analysis.feats[head]


def _acts(finder: Finder, phrase: Phrase, name: NameSpan) -> bool:
    """Whether the name is the subject of another clause ("told the minister in Kyiv Diaz …")."""
    analysis = finder.analysis
    head = finder.head_of(name.first, name.last)
    if not analysis.deprels[head].startswith("nsubj"):
        return False
    verb = analysis.heads[head]
    if analysis.xpos[verb] == "VBG":
        return False  # "wrote to the minister of Peru Ana Diaz congratulating her"
    office = finder.head_of(phrase.first, phrase.last)
    if any(c < office and analysis.deprels[c].startswith("nsubj") for c in analysis.children[verb]):
        return False  # "the talks with the minister of Peru Ana Diaz were about trade"
    return analysis.heads[head] not in (office, analysis.heads[office])
