"""Scores names against gold labels: a name is right if its words and its kind are.

Tokens and, where the gold standard has them, sentences are its own. Kinds are mapped to three,
and what falls outside them is passed over on both sides:

| ours      | Universal NER | Worldwide Newswire | scored as |
|-----------|---------------|--------------------|-----------|
| PER       | PER           | Person             | PER       |
| ORG       | ORG           | Organization       | ORG       |
| LOC, FAC  | LOC           | Location, Facility | LOC       |
| NORP, MISC| –             | NORP, Misc, …      | –         |
"""

from __future__ import annotations

import lzma
import tarfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import RecordError
from dragoman.evaluate.conllu import Score
from dragoman.language.analysis import Analysis, Tokens
from dragoman.language.sentences import sentence_bounds

KINDS = ("PER", "ORG", "LOC")
MAPPED = {
    "PER": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    "FAC": "LOC",
    "Person": "PER",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "LOC",
}
_ENDERS = frozenset(".!?…")

Labelled = tuple[int, int, str]  # first token, the one after the last, kind
Analyse = Callable[[Tokens], Analysis]


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document's tokens and its gold names."""

    id: str
    tokens: Tokens
    names: frozenset[Labelled]


def read_names(path: Path) -> Iterator[NamedDocument]:
    """The documents of a file: Universal NER (.iob2, .iob2.xz) or Worldwide Newswire (.tar.xz)."""
    if path.name.endswith((".tar.xz", ".tar.gz", ".tar")):
        yield from _from_archive(path)
        return
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    yield from _from_iob(text.split("\n"), str(path))


def score_names(documents: Iterable[NamedDocument], analyse: Analyse) -> dict[str, Score]:
    """Precision, recall and F1 of names: all, and by kind."""
    scores = {kind: Score() for kind in ("all", *KINDS)}
    for document in documents:
        analysis = analyse(document.tokens)
        found = frozenset(
            (name.first, name.last, MAPPED[name.label])
            for name in analysis.names
            if name.label in MAPPED
        )
        for kind in scores:
            gold = {n for n in document.names if kind in ("all", n[2])}
            ours = {n for n in found if kind in ("all", n[2])}
            scores[kind] += Score(len(gold), len(ours), len(gold & ours))
    return scores


def tokens_of(paragraphs: Sequence[Sequence[str]], *, are_sentences: bool) -> Tokens:
    """Tokens from words that are already cut: parted by a space, paragraphs by a blank line.

    Where the paragraphs are no sentences, those are found in them as in any text.
    """
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    begins: list[int] = []
    at = 0
    for paragraph in paragraphs:
        if not paragraph:
            continue
        if parts:
            parts.append("\n\n")
            at += 2
        begins.append(at)
        for number, word in enumerate(paragraph):
            if number:
                parts.append(" ")
                at += 1
            starts.append(at)
            at += len(word)
            ends.append(at)
            parts.append(word)
    text = "".join(parts)
    marks = [t for t, end in enumerate(ends) if not are_sentences and text[end - 1] in _ENDERS]
    bounds, numbers = sentence_bounds(text, starts, ends, marks, begins[1:], [])
    return Tokens(text, starts, ends, bounds, numbers)


def _from_iob(lines: Iterable[str], name: str) -> Iterator[NamedDocument]:
    """Universal NER: a document for every `# newdoc`, a sentence for every block."""
    document, sentences = "", list[list[tuple[str, str]]]()
    rows: list[tuple[str, str]] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("#"):
            if line.startswith("# newdoc") and sentences:
                yield _named(document, sentences, are_sentences=True)
                sentences = []
            if line.startswith("# newdoc"):
                document = line.partition("=")[2].strip()
        elif line.strip():
            columns = line.rstrip("\n").split("\t")
            if len(columns) < 3:
                raise RecordError(f"{name}, line {number}: number, word and label are expected.")
            rows.append((columns[1], columns[2]))
        elif rows:
            sentences.append(rows)
            rows = []
    if sentences:
        yield _named(document, sentences, are_sentences=True)


def _from_archive(path: Path) -> Iterator[NamedDocument]:
    """Worldwide Newswire: a file a document, a block a paragraph."""
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            stream = archive.extractfile(member) if member.name.endswith(".tsv") else None
            if stream is None:
                continue
            paragraphs: list[list[tuple[str, str]]] = [[]]
            for line in stream.read().decode("utf-8").split("\n"):
                # Names inside names have columns of their own; the first holds the outer names.
                word, label, *_ = [*line.strip("\r").split("\t"), ""]
                if word.strip() and label:
                    paragraphs[-1].append((word.strip(), label))
                elif paragraphs[-1]:
                    paragraphs.append([])
            yield _named(Path(member.name).stem, paragraphs, are_sentences=False)


def _named(
    document: str, blocks: Sequence[Sequence[tuple[str, str]]], *, are_sentences: bool
) -> NamedDocument:
    tokens = tokens_of([[word for word, _ in b] for b in blocks], are_sentences=are_sentences)
    names: set[Labelled] = set()
    base = 0
    for block in blocks:
        names.update(
            (base + first, base + last, MAPPED[kind])
            for first, last, kind in spans([label for _, label in block])
            if kind in MAPPED
        )
        base += len(block)
    return NamedDocument(document, tokens, frozenset(names))


def spans(labels: Sequence[str]) -> Iterator[Labelled]:
    """The spans that BIO labels tell; an I without a B of its kind before it begins one."""
    first, kind = 0, ""
    for token, label in enumerate([*labels, "O"]):
        prefix, _, found = label.partition("-")
        if kind and (prefix != "I" or found != kind):
            yield first, token, kind
            kind = ""
        if found and not kind:
            first, kind = token, found
