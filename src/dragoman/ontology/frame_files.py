"""Reads frames: which words tell an event, who takes part, what it means.

The notation is described in docs/frames.md. A frame file is TOML: word classes under `[classes]`,
and one `[[frame]]` after the other. Everything is checked when it is read; a mistake is named with
the file, the line and what was expected.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dragoman.errors import DataError
from dragoman.ontology.plover import load_ontology
from dragoman.records import Status

Path_ = tuple[str, ...]  # ("obj", "of"): the of-phrase of the object
Slot = tuple[tuple[Path_, ...], ...]  # alternatives, each a set of paths that are gathered

PASSIVE = ("any", "only", "no")
POLARITY = ("any", "positive", "negative")
REQUIRES = ("none", "any", "actor", "recipient", "both")
STATUSES = ("happened", "ongoing", "planned", "possible", "cancelled", "denied")
INNER = ("same", "alleged", "happened", "planned", "possible", "cancelled", "denied", "ongoing")
DOERS = ("actor", "recipient", "none")
MODES_BY = ("", "threat", "demand")
MEDIA = ("in-person", "phone", "video", "letter")
GRAMMATICAL = ("subj", "obj", "iobj", "poss", "comp", "self")
NO_EVENT = "-"  # in `inside`: the frame yields no event of its own over such a deed
_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame; a restriction that is None lets everything pass."""

    name: str
    type: str
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    actor: Slot = ()
    recipient: Slot = ()
    noun_actor: Slot = ()
    noun_recipient: Slot = ()
    subject: frozenset[str] | None = None
    object: frozenset[str] | None = None
    not_subject: frozenset[str] = frozenset()
    not_object: frozenset[str] = frozenset()
    needs: Mapping[str, frozenset[str] | None] = field(default_factory=lambda: _EMPTY)
    without: Mapping[str, frozenset[str] | None] = field(default_factory=lambda: _EMPTY)
    not_near: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    passive: str = "any"
    polarity: str = "any"
    requires: str = "any"
    mutual: bool = False
    abroad: bool = False
    medium: str | None = None
    complement: tuple[str, ...] = ()
    needs_deed: bool = False
    own_deed: bool = False
    inner: str = "same"
    doer: str = "actor"
    inside: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    mode_by: str = ""
    negated: str | None = None
    number: str | None = None
    lasting: bool = False
    carried: bool = False
    status: Status | None = None
    contexts: tuple[str, ...] = ()
    prior: float = 0.7
    file: str = ""

    @property
    def weight(self) -> int:
        """How much the frame asks for: of two that fit, the more demanding one is right."""
        weight = 4 * (self.object is not None) + 3 * (self.subject is not None)
        weight += sum(3 if words is not None else 2 for words in self.needs.values())
        weight += (
            2 * bool(self.near) + 3 * (self.needs_deed or self.own_deed) + (self.passive == "only")
        )
        weight += 3 * (self.polarity == "negative")
        return weight


@dataclass(frozen=True, slots=True)
class FrameFile:
    """The frames of one file, with the word classes that it defines."""

    name: str
    classes: Mapping[str, frozenset[str]]
    frames: tuple[Frame, ...]


# Not to be willing to do any of these is a refusal.
_REFUSABLE = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}
_WORDS = {"verbs", "nouns", "adjectives", "modals"}
_SLOTS = {"actor", "recipient", "noun_actor", "noun_recipient"}
_CLASSES = {"subject", "object", "not_subject", "not_object", "near", "not_near"}
_FLAGS = {"mutual", "abroad", "needs_deed", "own_deed", "lasting", "carried"}
_CHOICES: dict[str, Sequence[str]] = {
    "passive": PASSIVE,
    "polarity": POLARITY,
    "requires": REQUIRES,
    "inner": INNER,
    "doer": DOERS,
    "mode_by": MODES_BY,
    "medium": MEDIA,
    "status": STATUSES,
}
_REST = {"name", "type", "mode", "needs", "without", "complement", "inside", "negated"}
_REST |= {"number", "contexts", "prior"}
KEYS = sorted(_WORDS | _SLOTS | _CLASSES | _FLAGS | set(_CHOICES) | _REST)

_DEFAULT_SLOTS = {
    "actor": "subj",
    "recipient": "obj",
    "noun_actor": "poss by",
    "noun_recipient": "on against of",
}


@cache
def shipped_frames() -> tuple[FrameFile, ...]:
    """The frame files of the package, in the order of their names."""
    folder = files("dragoman.ontology").joinpath("frames")
    texts = {
        entry.name: entry.read_text("utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }
    classes: dict[str, frozenset[str]] = {}
    for name, text in texts.items():
        classes |= _read_classes(_toml(text, name), name, classes, text)
    return tuple(_frame_file(text, name, classes) for name, text in texts.items())


def read_frames(path: Path) -> FrameFile:
    """The frames of a user's file; they may use the word classes of the package."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"the frame file {path} cannot be read: {error}.") from error
    classes = {name: words for file in shipped_frames() for name, words in file.classes.items()}
    classes |= _read_classes(_toml(text, str(path)), str(path), classes, text)
    return _frame_file(text, str(path), classes)


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}: this is not valid TOML: {error}.") from error


def _frame_file(text: str, name: str, classes: Mapping[str, frozenset[str]]) -> FrameFile:
    table = _toml(text, name)
    own = {key: classes[key] for key in table.get("classes", {})}
    stray = sorted(set(table) - {"classes", "frame"})
    if stray:
        raise _fault(name, text, stray[0], "a file holds [classes] and [[frame]] only")
    frames = tuple(_frame(entry, name, text, classes) for entry in table.get("frame", []))
    return FrameFile(name, MappingProxyType(own), frames)


def _read_classes(
    table: Mapping[str, Any], name: str, known: Mapping[str, frozenset[str]], text: str
) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for key, words in table.get("classes", {}).items():
        if not isinstance(words, str):
            raise _fault(name, text, key, "a class is one string of words")
        fault = partial(_fault, name, text, key)
        found[key] = _word_set(words, {**known, **found}, fault)
    return found


def _word_set(words: str, classes: Mapping[str, frozenset[str]], fault: Any) -> frozenset[str]:
    """The words of a string; `@name` stands for the words of a class."""
    found: set[str] = set()
    for word in words.split():
        if not word.startswith("@"):
            found.add(word)
        elif word[1:] in classes:
            found |= classes[word[1:]]
        else:
            raise fault(f"there is no class {word}; known are {', '.join(sorted(classes))}")
    return frozenset(found)


def _frame(entry: Any, file: str, text: str, classes: Mapping[str, frozenset[str]]) -> Frame:
    name = entry.get("name") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not name:
        raise _fault(file, text, "[[frame]]", "every frame needs a name")

    def fault(expected: str) -> DataError:
        return _fault(file, text, f'"{name}"', f"frame “{name}”: {expected}")

    unknown = sorted(set(entry) - set(KEYS))
    if unknown:
        raise fault(f"there is no key “{unknown[0]}”; known are {', '.join(KEYS)}")
    values: dict[str, Any] = {"name": name, "file": file}
    values |= _type_and_mode(entry, fault)
    for key in _WORDS & set(entry):
        values[key] = tuple(sorted(_word_set(_string(entry, key, fault), classes, fault)))
    for key, default in _DEFAULT_SLOTS.items():
        values[key] = _slot(str(entry.get(key, default)))
    for key in _CLASSES & set(entry):
        values[key] = _word_set(_string(entry, key, fault), classes, fault)
    for key in _FLAGS & set(entry):
        values[key] = bool(entry[key])
    for key in set(_CHOICES) & set(entry):
        values[key] = _choice(entry, key, fault)
    values |= _rest(entry, classes, fault)
    if not any(values.get(key) for key in _WORDS):
        raise fault("it needs words to be told by: verbs, nouns, adjectives or modals")
    return Frame(**values)


def _type_and_mode(entry: Mapping[str, Any], fault: Any) -> dict[str, Any]:
    types = load_ontology().types
    type_ = entry.get("type")
    if not isinstance(type_, str) or type_ not in types:
        raise fault(f"type is one of {', '.join(types)}, not {type_!r}")
    mode = entry.get("mode")
    if mode is not None and mode not in types[type_].modes:
        raise fault(f"{type_} has the modes {', '.join(types[type_].modes) or '(none)'}")
    negated = entry.get("negated")
    if negated is not None and negated not in types:
        raise fault(f"negated is one of {', '.join(types)}, not {negated!r}")
    if negated is None and type_ in _REFUSABLE:
        negated = "REJECT"
    return {"type": type_, "mode": mode, "negated": negated}


def _rest(
    entry: Mapping[str, Any], classes: Mapping[str, frozenset[str]], fault: Any
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "needs" in entry:
        values["needs"] = _slots("needs", entry["needs"], classes, fault)
    if "without" in entry:
        values["without"] = _slots("without", entry["without"], classes, fault)
    for key in ("complement", "contexts"):
        if key in entry:
            values[key] = tuple(_string(entry, key, fault).split())
    unknown = sorted(set(values.get("contexts", ())) - set(load_ontology().contexts))
    if unknown:
        raise fault(f"there is no context “{unknown[0]}”")
    if "inside" in entry:
        values["inside"] = _inside(entry["inside"], fault)
    if "number" in entry:
        values["number"] = _string(entry, "number", fault)
    if "prior" in entry:
        values["prior"] = float(entry["prior"])
    return values


def _slots(
    key: str, value: Any, classes: Mapping[str, frozenset[str]], fault: Any
) -> Mapping[str, Any]:
    if isinstance(value, str):
        return MappingProxyType(dict.fromkeys(value.split()))
    if not isinstance(value, dict):
        raise fault(f'{key} is a string of slots or a table such as {{ on = "@weapon" }}')
    found = {slot: _word_set(words, classes, fault) or None for slot, words in value.items()}
    return MappingProxyType(found)


def _inside(value: Any, fault: Any) -> Mapping[str, str]:
    types = load_ontology().types
    found: dict[str, str] = {}
    for outcome, inner_types in value.items() if isinstance(value, dict) else ():
        if outcome not in types and outcome != "none":
            raise fault("inside maps a type (or none) to the types of the deed inside")
        for inner in str(inner_types).split():
            found[inner] = NO_EVENT if outcome == "none" else outcome
    return MappingProxyType(found)


def _string(entry: Mapping[str, Any], key: str, fault: Any) -> str:
    value = entry[key]
    if not isinstance(value, str):
        raise fault(f"{key} is a string of words separated by blanks")
    return value


def _choice(entry: Mapping[str, Any], key: str, fault: Any) -> str:
    value = entry[key]
    if value not in _CHOICES[key]:
        raise fault(f"{key} is one of {', '.join(c for c in _CHOICES[key] if c)}, not {value!r}")
    return str(value)


def _slot(text: str) -> Slot:
    """`obj of+on obj.poss`: alternatives by blanks, gathered by plus, steps by points."""
    return tuple(
        tuple(tuple(path.split(".")) for path in alternative.split("+"))
        for alternative in text.split()
        if alternative != "-"
    )


def _fault(file: str, text: str, near: str, expected: str) -> DataError:
    line = next((n for n, row in enumerate(text.splitlines(), 1) if near in row), 1)
    return DataError(f"{file}, line {line}: {expected}.")


def check_unique(frame_files: Iterable[FrameFile]) -> None:
    """Two frames of one name could not be told apart in `method`."""
    seen: dict[str, str] = {}
    for file in frame_files:
        for frame in file.frames:
            if frame.name in seen:
                raise DataError(
                    f"the frame “{frame.name}” is in {seen[frame.name]} and in {file.name}; "
                    "give one of them another name."
                )
            seen[frame.name] = file.name
