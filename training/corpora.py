"""The corpora that the language model is trained on, each turned into labelled sentences.

A corpus labels only what it was annotated for; the other heads take no loss from it. Which data are
used, under which licence, is written in the model card. No test part is read here.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import lzma
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.language.tokens import tokenize

FEATURES = ("Mood", "Number", "Person", "Tense", "VerbForm")  # what status and coreference ask for

# Labels of the Worldwide Newswire set; what is not named here is no name to us (dates, money).
WORLDWIDE_NAMES = {
    "Person": "PER",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "FAC",
    "NORP": "NORP",
    "Misc": "MISC",
    "Product": "MISC",
}


@dataclass
class Example:
    """One sentence: its words, and the labels that its corpus has for them."""

    words: list[str]
    upos: list[str] | None = None
    xpos: list[str] | None = None
    feats: list[str] | None = None
    heads: list[int] | None = None  # 0 is the root, words count from 1
    deprels: list[str] | None = None
    names: list[str] | None = None  # BIO
    narrow_names: bool = False  # only PER, ORG and LOC were annotated
    saying: list[str] | None = None  # BIO over source and cue
    content: list[str] | None = None  # BIO over content
    facts: list[tuple[int, float]] = field(default_factory=list)  # (word, -3 … 3)
    event: str | None = None
    source: tuple[int, int] | None = None  # the mention that acts, where a pair is labelled
    target: tuple[int, int] | None = None


def read_bytes(path: Path) -> bytes:
    if path.suffix == ".xz":
        return lzma.decompress(path.read_bytes())
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def digest(path: Path) -> str:
    """The SHA-256 of a data file, for the model card."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.splitlines():
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def chosen_features(feats: str) -> str:
    kept = [f for f in feats.split("|") if f.partition("=")[0] in FEATURES]
    return "|".join(kept) or "_"


def treebank(path: Path, documents: set[str] | None = None) -> Iterator[Example]:
    """The sentences of a CoNLL-U file; with `documents`, of those documents only."""
    document = ""
    for block in blocks(read_bytes(path).decode("utf-8")):
        for line in block:
            if line.startswith("# newdoc id = "):
                document = line.partition(" = ")[2].strip()
        if documents is not None and document not in documents:
            continue
        rows = [line.split("\t") for line in block if line[0] != "#"]
        rows = [r for r in rows if r[0].isdigit()]
        yield Example(
            words=[r[1] for r in rows],
            upos=[r[3] for r in rows],
            xpos=[r[4] for r in rows],
            feats=[chosen_features(r[5]) for r in rows],
            heads=[int(r[6]) for r in rows],
            deprels=[r[7] for r in rows],
        )


def usable_gum(root: Path) -> set[str]:
    """GUM's documents whose licence does not forbid commercial use."""
    with (root / "ud_english_gum/documents.csv").open(encoding="utf-8", newline="") as lines:
        return {r["document"] for r in csv.DictReader(lines) if r["noncommercial"] == "no"}


def narrow_names(path: Path) -> dict[tuple[str, ...], list[str]]:
    """Universal NER's labels (PER, ORG, LOC), by the words of the sentence."""
    found = {}
    for block in blocks(read_bytes(path).decode("utf-8")):
        rows = [line.split("\t") for line in block if line[0] != "#"]
        words = tuple(r[1] for r in rows)
        found[words] = [r[2] if r[2][2:] in ("PER", "ORG", "LOC") else "O" for r in rows]
    return found


def worldwide(path: Path) -> Iterator[Example]:
    """The sentences of the Worldwide Newswire set, in the order of the file names."""
    with tarfile.open(path) as archive:
        members = sorted((m for m in archive if m.name.endswith(".tsv")), key=lambda m: m.name)
        for member in members:
            stream = archive.extractfile(member)
            assert stream is not None
            for block in blocks(stream.read().decode("utf-8")):
                rows = [line.split("\t") for line in block]
                if all(len(r) == 2 for r in rows):
                    yield Example(
                        words=[r[0] for r in rows], names=[worldwide_label(r[1]) for r in rows]
                    )


def worldwide_label(label: str) -> str:
    prefix, _, kind = label.partition("-")
    return f"{prefix}-{WORLDWIDE_NAMES[kind]}" if kind in WORLDWIDE_NAMES else "O"


def polnear(path: Path) -> Iterator[Example]:
    """PolNeAR's attributions; of a document with several annotators the first by name."""
    texts: dict[str, str] = {}
    annotations: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for member in sorted(archive, key=lambda m: m.name):
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is None:
                continue
            name = Path(member.name).name
            if name.endswith(".txt"):
                texts[name[:-4]] = stream.read().decode("utf-8")
            elif name.endswith(".ann"):
                annotations.setdefault(name.rpartition("_")[0], stream.read().decode("utf-8"))
    for name, text in texts.items():
        if name in annotations:
            yield from attributed_sentences(text, attribution_spans(annotations[name]))


def attribution_spans(annotation: str) -> list[tuple[str, int, int]]:
    """(role, start, end) of every fragment of every source, cue and content."""
    spans = []
    for line in annotation.splitlines():
        found = re.match(r"T\d+\t(Source|Cue|Content) ([\d ;]+)\t", line)
        if found:
            for piece in found[2].split(";"):
                start, end = map(int, piece.split())
                spans.append((found[1].lower(), start, end))
    return spans


def attributed_sentences(text: str, spans: list[tuple[str, int, int]]) -> Iterator[Example]:
    tokens = tokenize(text)
    marks: dict[str, list[str]] = {"saying": ["O"] * len(tokens), "content": ["O"] * len(tokens)}
    by_start = defaultdict(list)
    for i, (a, b) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
        by_start[a // 64].append((i, a, b))
    # The longer span first, so that a source or cue inside another's is not lost; contents are
    # joined: where one lies in another, the outer one's extent is what the tag tells.
    for role, start, end in sorted(spans, key=lambda s: (s[1] - s[2], s)):
        layer = marks["content" if role == "content" else "saying"]
        inside = [
            i
            for cell in range(start // 64 - 1, end // 64 + 1)
            for i, a, b in by_start.get(cell, ())
            if a < end and b > start
        ]
        if role == "content" and all(layer[i] != "O" for i in inside):
            continue
        for n, i in enumerate(inside):
            layer[i] = f"{'I' if n else 'B'}-{role}"
    words = tokens.words
    for first, last in zip(tokens.bounds, tokens.bounds[1:], strict=False):
        if last > first:
            saying, content = marks["saying"][first:last], marks["content"][first:last]
            yield Example(words=words[first:last], saying=opened(saying), content=opened(content))


def opened(labels: list[str]) -> list[str]:
    """A sentence's labels read alone: a span that came in from the sentence before begins here."""
    if labels and labels[0].startswith("I-"):
        labels[0] = "B" + labels[0][1:]
    return labels


def factuality(path: Path) -> Iterator[Example]:
    for line in read_bytes(path).decode("utf-8").splitlines():
        row = json.loads(line)
        words = row["text"].split()
        facts = [(t["span1"][0], float(t["label"])) for t in row["targets"]]
        facts = [(w, v) for w, v in facts if w < len(words)]
        if words and facts:
            yield Example(words=words, facts=facts)


def for_encoder(sentence_id: str) -> bool:
    """Three fifths of PLV train the encoder; the rest stays unseen, to measure over it."""
    return int(hashlib.sha256(sentence_id.encode()).hexdigest(), 16) % 5 < 3


def plv(path: Path) -> Iterator[Example]:
    text = read_bytes(path).decode("utf-8")
    for row in csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE):
        if not for_encoder(row["sentence_id"]):
            continue
        marked = row["marked_sentence"]
        example = marked_pair(marked)
        if example is not None:
            example.event = row["gold_root"]
            yield example


def marked_pair(marked: str) -> Example | None:
    """A sentence with <s>source</s> and <t>target</t> marked."""
    text, spans, at = "", {}, 0
    for found in re.finditer(r"</?([st])>", marked):
        text += marked[at : found.start()]
        spans.setdefault(found[1], []).append(len(text))
        at = found.end()
    text += marked[at:]
    if set(spans) != {"s", "t"} or any(len(v) != 2 for v in spans.values()):
        return None
    tokens = tokenize(text)
    pair = []
    for key in "st":
        start, end = spans[key]
        inside = [
            i
            for i, (a, b) in enumerate(zip(tokens.starts, tokens.ends, strict=True))
            if a < end and b > start
        ]
        if not inside:
            return None
        pair.append((inside[0], inside[-1] + 1))
    return Example(words=tokens.words[:120], source=pair[0], target=pair[1])


def synthetic_stories(path: Path) -> Iterator[Example]:
    """Titles and first sentences of machine-written stories, with the class they were asked for."""
    csv.field_size_limit(10_000_000)
    text = read_bytes(path).decode("utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        title = re.sub(r"\{\w+\}", "Ruritania", row["title"] or "")
        for piece in (title, (row["text"] or "")[:600]):
            tokens = tokenize(piece)
            if tokens.sentence_count:
                words = tokens.words[: tokens.bounds[1]]
                if 4 <= len(words) <= 80:
                    yield Example(words=words, event=row["label"])
