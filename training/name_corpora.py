"""The documents that the names head is trained on: tokens, sentences and gold labels.

Labels are BIO over PER, ORG, LOC, FAC, NORP and MISC. Universal NER marks the first three only.
"""

from __future__ import annotations

import lzma
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpora import worldwide_label

from dragoman.evaluate.names import tokens_of
from dragoman.language.analysis import Tokens

UNER, WORLDWIDE = "uner", "worldwide"


@dataclass(frozen=True)
class NamesDocument:
    """A document with one gold label a token."""

    corpus: str
    id: str
    tokens: Tokens
    labels: list[str]


def uner(path: Path) -> Iterator[NamesDocument]:
    """Universal NER over EWT: a document for every `# newdoc`, with its own sentences."""
    id, blocks, block = "", list[list[list[str]]](), list[list[str]]()
    for line in [*lzma.decompress(path.read_bytes()).decode("utf-8").split("\n"), "# newdoc", ""]:
        if line.startswith("# newdoc"):
            if blocks:
                yield _document(UNER, id, blocks, are_sentences=True)
            id, blocks = line.partition("=")[2].strip(), []
        elif line.strip() and line[0] != "#":
            row = line.split("\t")
            block.append([row[1], row[2] if row[2][2:] in ("PER", "ORG", "LOC") else "O"])
        elif not line.strip() and block:
            blocks.append(block)
            block = []


def worldwide(path: Path) -> Iterator[NamesDocument]:
    """Worldwide Newswire: a file a document, a block a paragraph, sentences found as ever."""
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            stream = archive.extractfile(member) if member.name.endswith(".tsv") else None
            if stream is None:
                continue
            blocks: list[list[list[str]]] = [[]]
            for line in stream.read().decode("utf-8").split("\n"):
                # Names inside names have columns of their own; the first holds the outer names.
                word, label, *_ = [*line.strip("\r").split("\t"), ""]
                if word.strip() and label:
                    blocks[-1].append([word.strip(), worldwide_label(label)])
                elif blocks[-1]:
                    blocks.append([])
            yield _document(WORLDWIDE, Path(member.name).stem, blocks, are_sentences=False)


def _document(
    corpus: str, id: str, blocks: list[list[list[str]]], *, are_sentences: bool
) -> NamesDocument:
    tokens = tokens_of([[w for w, _ in b] for b in blocks], are_sentences=are_sentences)
    return NamesDocument(corpus, id, tokens, [label for b in blocks for _, label in b])
