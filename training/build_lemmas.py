"""Learns the table and the rules of lemmas from treebanks and writes them as one readable file.

    python training/build_lemmas.py ../shared/data TOKENIZER.json src/dragoman/language/lemmas.tsv

For every Penn tag, endings vote on how a word becomes its lemma (cut so many letters, add these);
an ending is kept where it decides otherwise than the shorter ending does. What the rules then
still get wrong goes into the table. Irregular forms that no treebank of this size holds are in
training/irregular.tsv and count as one occurrence each. The vocabulary of the encoder's tokenizer
(Apache-2.0) tells which words there are: "wiped" comes from "wipe", since there is no "wip".
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from dragoman.language.conllu import read_treebank
from dragoman.language.lemmas import Lemmas, plain_form

LONGEST_ENDING = 6
LEAST_VOTES = 2  # of words (not occurrences) for an ending of more than two letters
SPOILT = {"_", "-"}
SKIPPED_TAGS = {"GW", "ADD", "NFP", "SYM", "AFX", "LS"}
OPEN_TAGS = {
    "NN",
    "NNS",
    "NNPS",
    "VB",
    "VBD",
    "VBG",
    "VBN",
    "VBP",
    "VBZ",
    "JJR",
    "JJS",
    "RBR",
    "RBS",
}

VOWELS = "aeiou"

Pairs = dict[str, Counter[tuple[str, str]]]  # tag → (form, lemma) → occurrences


def main(data: Path, tokenizer: Path, target: Path) -> None:
    pairs: Pairs = defaultdict(Counter)
    for word, tag, lemma in _observed(data):
        if lemma not in SPOILT and tag not in SKIPPED_TAGS:
            pairs[tag][(plain_form(word), lemma)] += 1
    for word, tag, lemma in _irregular(Path(__file__).with_name("irregular.tsv")):
        pairs[tag][(word, lemma)] += 1
    observed = {(form.lower(), tag) for tag in pairs for form, _ in pairs[tag]}
    for word, tag, lemma in _derived(_vocabulary(tokenizer)):
        if (word, tag) not in observed:
            pairs[tag][(word, lemma)] += 1
    rules = [rule for tag in sorted(OPEN_TAGS & set(pairs)) for rule in _rules(tag, pairs[tag])]
    words = list(_exceptions(pairs, Lemmas.of(rules, [])))
    _write(target, rules, words)
    print(f"{len(rules)} rules, {len(words)} words, {target.stat().st_size:,} bytes")


def _observed(data: Path) -> Iterator[tuple[str, str, str]]:
    with (data / "ud_english_gum" / "documents.csv").open(encoding="utf-8") as file:
        barred = {row["document"] for row in csv.DictReader(file) if row["noncommercial"] == "yes"}
    for name in ("ewt", "gum"):
        path = data / f"ud_english_{name}" / f"en_{name}-ud-train.conllu.xz"
        for document in read_treebank(path):
            if document.id in barred:
                continue
            found = document.analysis
            yield from zip(found.words, found.xpos, found.lemmas, strict=True)


def _irregular(path: Path) -> Iterator[tuple[str, str, str]]:
    """Rows of base, past, participle for verbs; of singular, plural for nouns."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        kind, base, *forms = line.split("\t")
        if kind == "noun":
            yield forms[0], "NNS", base
            continue
        for tag, group in zip(("VBD", "VBN"), forms, strict=True):
            for form in group.split("/"):
                yield form, tag, base


def _vocabulary(tokenizer: Path) -> frozenset[str]:
    pieces = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(p for p in pieces if p.isascii() and p.isalpha() and len(p) > 2)


def _derived(vocabulary: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Regular forms whose base is a word as well, by English spelling."""
    for word in sorted(vocabulary):
        for ending, tags in (("ed", ("VBD", "VBN")), ("ing", ("VBG",))):
            stem = word.removesuffix(ending)
            base = _base(stem, vocabulary) if stem != word and len(stem) > 2 else None
            if base is not None:
                for tag in tags:
                    yield word, tag, base


def _base(stem: str, vocabulary: frozenset[str]) -> str | None:
    """The verb behind a stem: "stopp" is "stop", "hop" is "hope", "carri" is "carry"."""
    if not any(letter in VOWELS for letter in stem):
        return None
    if stem.endswith("i") and stem[:-1] + "y" in vocabulary:
        return stem[:-1] + "y"
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in VOWELS
    if doubled and stem in vocabulary and stem[-1] in "slfz":
        return stem
    if doubled:
        return stem[:-1] if stem[:-1] in vocabulary else stem if stem in vocabulary else None
    short = len(stem) > 2 and stem[-1] not in VOWELS + "wxy" and stem[-2] in VOWELS
    one_beat = short and sum(letter in VOWELS for letter in stem) == 1
    orders = (stem + "e", stem) if one_beat else (stem, stem + "e")
    return next((base for base in orders if base in vocabulary), None)


def _rules(tag: str, pairs: Counter[tuple[str, str]]) -> Iterator[tuple[str, str, int, str]]:
    votes: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    for (form, lemma), count in sorted(pairs.items()):
        if not form.isalpha() or (count == 1 and form == lemma and tag in ("NNS", "VBD", "VBG")):
            continue
        edit = _edit(form, lemma if tag == "NNPS" else lemma.lower())
        if edit is None:
            continue
        for size in range(min(LONGEST_ENDING, len(form)) + 1):
            votes[form[len(form) - size :].lower()][edit] += 1
    chosen: dict[str, tuple[int, str]] = {}
    for ending in sorted(votes, key=lambda e: (len(e), e)):
        edit, count = min(votes[ending].items(), key=lambda item: (-item[1], item[0]))
        if count < LEAST_VOTES and len(ending) > 2:
            continue
        shorter = next(
            (chosen[ending[k:]] for k in range(1, len(ending) + 1) if ending[k:] in chosen), None
        )
        if edit != shorter:
            chosen[ending] = edit
            yield tag, ending, *edit


def _edit(form: str, lemma: str) -> tuple[int, str] | None:
    """Letters to cut from the form's end and to add; None where the two share no beginning."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return (len(form) - same, lemma[same:]) if same else None


def _exceptions(pairs: Pairs, rules: Lemmas) -> Iterator[tuple[str, str, str]]:
    for tag in sorted(pairs):
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for (form, lemma), count in pairs[tag].items():
            forms[form.lower()][lemma] += count
        for form in sorted(forms):
            lemma, count = min(forms[form].items(), key=lambda item: (-item[1], item[0]))
            best = rules.lemma(form, tag)
            if tag in ("NNP", "NNPS", "JJ"):  # with a capital, as these mostly stand
                best = rules.lemma(form[:1].upper() + form[1:], tag)
            if lemma != best and (count > 1 or tag in OPEN_TAGS):
                yield tag, form, lemma


def _write(
    target: Path, rules: list[tuple[str, str, int, str]], words: list[tuple[str, str, str]]
) -> None:
    lines = [
        "# How English words become their lemmas, by Penn tag. Made by training/build_lemmas.py",
        "# from the training parts of UD English EWT (CC BY-SA 4.0) and of those documents of UD",
        "# English GUM that may be used commercially (annotation CC BY 4.0), and the vocabulary",
        "# of the encoder all-MiniLM-L6-v2 (Apache-2.0). Licence of this file: CC BY-SA 4.0.",
        "# rule TAG ENDING CUT ADD: cut so many letters, add these; the longest ending that fits.",
        "# word TAG FORM LEMMA: goes before the rules. Forms are in lower case.",
    ]
    lines += [f"rule\t{tag}\t{ending}\t{cut}\t{add}" for tag, ending, cut, add in rules]
    lines += [f"word\t{tag}\t{form}\t{lemma}" for tag, form, lemma in words]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
