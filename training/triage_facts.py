"""The table of words that do something in frames, for the filter: src/.../model/triage.words.gz.

    python training/triage_facts.py

For each form of a word: in which classes it is a verb, a noun or an adjective that tells an event,
or a word that a frame asks for beside it; whether a frame asks for nothing more; and whether it
speaks of sport, public life, conflict or accidents.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from dragoman.coding.frames import Entry, shipped_index
from dragoman.coding.lexicon import load_lexicon
from dragoman.language.triage import TABLE

PARTS = ("verb", "noun", "adjective")
ROLES = ("sport", "public", "conflict", "accidents")


def columns(types: Iterable[str]) -> list[str]:
    """The names of the columns, in their order."""
    return [
        *(f"{part} of {type}" for part in (*PARTS, "beside") for type in types),
        *(f"{part} alone" for part in PARTS),
        *(f"{part} with more" for part in PARTS),
        "modal",
        *ROLES,
    ]


def table() -> tuple[list[str], dict[str, int]]:
    """The columns, and the words with a bit for each."""
    index, lexicon = shipped_index(), load_lexicon()
    types = sorted({frame.type for frame in index.frames})
    names = columns(types)
    bit = {name: 1 << at for at, name in enumerate(names)}
    lemmas: dict[str, int] = defaultdict(int)  # by part and lemma
    for part, entries in zip(PARTS, (index.verbs, index.nouns, index.adjectives), strict=True):
        for lemma, found in entries.items():
            for entry in found:
                lemmas[f"{part} {lemma}"] |= bit[f"{part} of {entry.frame.type}"]
                lemmas[f"{part} {lemma}"] |= bit[f"{part} {_alone(entry)}"]
    for frame in index.frames:
        for words in (frame.object, frame.subject, frame.near, *frame.needs.values()):
            for word in words or ():
                for part in ("verb", "noun"):
                    lemmas[f"{part} {word}"] |= bit[f"beside of {frame.type}"]
    for lemma in index.modals:
        lemmas[f"verb {lemma}"] |= bit["modal"]
    for role in ROLES:
        for word in getattr(lexicon, role):
            for part in ("verb", "noun"):
                lemmas[f"{part} {word}"] |= bit[role]
    forms = _irregular()
    found_words: dict[str, int] = defaultdict(int)
    for key, bits in lemmas.items():
        part, _, lemma = key.partition(" ")
        for form in {lemma, *_regular(part, lemma), *forms[key]}:
            if " " not in form:
                found_words[form.lower()] |= bits
    return names, dict(found_words)


def _alone(entry: Entry) -> str:
    return "alone" if entry.frame.weight == 0 and not entry.more else "with more"


def _regular(part: str, lemma: str) -> Iterator[str]:
    if part == "adjective":
        return
    ends_in_y = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if ends_in_y:
        yield f"{lemma[:-1]}ies"
    else:
        yield f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else f"{lemma}s"
    if part == "verb":
        yield f"{lemma[:-1]}ied" if ends_in_y else f"{stem}ed"
        yield f"{stem}ing"
        yield from (f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing")


def _irregular() -> dict[str, set[str]]:
    """Forms by part and lemma, from the table of lemmas."""
    found: dict[str, set[str]] = defaultdict(set)
    text = files("dragoman.language").joinpath("lemmas.tsv").read_text("utf-8")
    for line in text.split("\n"):
        kind, *row = line.split("\t")
        if kind == "word" and row[0][:2] in ("VB", "NN"):
            tag, form, lemma = row[:3]
            found[f"{'verb' if tag[0] == 'V' else 'noun'} {lemma}"].add(form)
    return found


def main() -> None:
    _, words = table()
    by_bits: dict[int, list[str]] = defaultdict(list)
    for word, bits in words.items():
        by_bits[bits].append(word)
    lines = [f"{bits:x}\t{' '.join(sorted(by_bits[bits]))}" for bits in sorted(by_bits)]
    packed = gzip.compress("\n".join(lines).encode("utf-8"), mtime=0)
    Path(TABLE).write_bytes(packed)
    print(f"{TABLE}: {len(words):,} words, {len(packed) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
