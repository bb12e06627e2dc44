"""Reads CoNLL-U: treebanks become analyses.

What is read keeps its own tokens: the words of a treebank with their places in the text. Lines of
multiword tokens ("don't" over "do" and "n't") only place the words that they cover; empty nodes of
the enhanced graph are passed over. `# newdoc` begins a new document, `# newpar` a paragraph.
"""

from __future__ import annotations

import gzip
import io
import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.errors import InputError, NotTextError, RecordError
from dragoman.language.analysis import ROOT, Analysis, Name, Tokens

_COLUMNS = 10
_COMMENT = re.compile(r"#\s*(newdoc|newpar|sent_id|text)\b(?!_)\s*(?:id)?\s*=?\s*(.*)")
_NAME = re.compile(r"(?:^|\|)Name=([BI])-([A-Z]+)")


@dataclass(frozen=True, slots=True)
class TreebankDocument:
    """A document of a treebank: its id ("" where it has none), its sentences' ids, its analysis.

    `multiwords` are the ranges of tokens (last exclusive) that the treebank writes as one word.
    """

    id: str
    sentence_ids: tuple[str, ...]
    analysis: Analysis
    multiwords: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Sentence:
    """The lines of one sentence, with their numbers for messages."""

    id: str = ""
    text: str | None = None
    new_document: str | None = None
    new_paragraph: bool = False
    rows: list[list[str]] = field(default_factory=list)
    ranges: list[tuple[int, int, str, str]] = field(default_factory=list)
    line: int = 0


def read_treebank(path: Path | str) -> Iterator[TreebankDocument]:
    """The documents of a CoNLL-U file, which may be packed (.xz, .gz)."""
    try:
        with _open(Path(path)) as lines:
            yield from parse_treebank(lines, name=str(path))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (EOFError, lzma.LZMAError) as error:
        raise InputError(f"{path} is damaged or ends too early ({error}).") from error


def parse_treebank(lines: Iterable[str], *, name: str = "<text>") -> Iterator[TreebankDocument]:
    """The documents in lines of CoNLL-U; `name` stands in messages."""
    waiting: list[_Sentence] = []
    for sentence in _sentences(lines, name):
        if sentence.new_document is not None and waiting:
            yield _document(waiting, name)
            waiting = []
        waiting.append(sentence)
    if waiting:
        yield _document(waiting, name)


def _open(path: Path) -> io.TextIOBase:
    if path.suffix == ".xz":
        return io.TextIOWrapper(lzma.open(path), encoding="utf-8", newline="\n")
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")


def _sentences(lines: Iterable[str], name: str) -> Iterator[_Sentence]:
    sentence = _Sentence()
    for number, raw in enumerate(_as_text(lines, name), 1):
        line = raw.rstrip("\r\n")
        if not line.strip():
            if sentence.rows:
                yield sentence
                sentence = _Sentence()
        elif line.startswith("#"):
            _take_comment(sentence, line)
        else:
            sentence.line = sentence.line or number
            _take_row(sentence, line, f"{name}, line {number}")
    if sentence.rows:
        yield sentence


def _as_text(lines: Iterable[str], name: str) -> Iterator[str]:
    try:
        yield from lines
    except UnicodeDecodeError as error:
        raise NotTextError(
            f"{name} is not CoNLL-U, which is UTF-8 text ({error.reason})."
        ) from error


def _take_comment(sentence: _Sentence, line: str) -> None:
    found = _COMMENT.match(line)
    if found is None:
        return
    key, value = found.groups()
    if key == "newdoc":
        sentence.new_document = value
    elif key == "newpar":
        sentence.new_paragraph = True
    elif key == "sent_id":
        sentence.id = value
    else:
        sentence.text = value


def _take_row(sentence: _Sentence, line: str, where: str) -> None:
    row = line.split("\t")
    if len(row) != _COLUMNS:
        raise RecordError(
            f"{where}: a line of CoNLL-U has {_COLUMNS} columns parted by tabs; here: {len(row)}."
        )
    number = row[0]
    if "." in number:
        return
    if "-" in number:
        first, _, last = number.partition("-")
        _whole(last, where)
        sentence.ranges.append((_whole(first, where), _whole(last, where), row[1], row[9]))
        return
    if _whole(number, where) != len(sentence.rows) + 1:
        raise RecordError(
            f"{where}: word {number} stands where word {len(sentence.rows) + 1} should. "
            "Words are numbered from 1 in every sentence, and a blank line ends a sentence."
        )
    sentence.rows.append(row)


def _whole(text: str, where: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise RecordError(f"{where}: {text!r} should be a whole number.") from None


def _document(sentences: list[_Sentence], name: str) -> TreebankDocument:
    """One analysis of sentences: texts joined, paragraphs parted by a blank line."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    bounds = [0]
    paragraphs: list[int] = []
    heads: list[int] = []
    rows: list[list[str]] = []
    multiwords: list[tuple[int, int]] = []
    size, paragraph, gap = 0, 0, ""
    for number, sentence in enumerate(sentences):
        if number and sentence.new_paragraph:
            paragraph += 1
            gap = "\n\n"
        text, spans, next_gap = _placed(sentence, name)
        if number:
            parts.append(gap)
            size += len(gap)
        base = len(rows)
        starts.extend(size + a for a, _ in spans)
        ends.extend(size + b for _, b in spans)
        heads.extend(_heads(sentence, base, name))
        multiwords.extend((base + a - 1, base + b) for a, b, _, _ in sentence.ranges)
        rows.extend(sentence.rows)
        parts.append(text)
        size += len(text)
        bounds.append(len(rows))
        paragraphs.append(paragraph)
        gap = next_gap
    tokens = Tokens("".join(parts), starts, ends, bounds, paragraphs)
    analysis = Analysis(
        tokens=tokens,
        words=[row[1] for row in rows],
        lemmas=[row[2] for row in rows],
        upos=[row[3] for row in rows],
        xpos=[row[4] for row in rows],
        feats=[row[5] for row in rows],
        heads=heads,
        deprels=[row[7] for row in rows],
        names=_names(rows),
    )
    ids = tuple(s.id for s in sentences)
    return TreebankDocument(sentences[0].new_document or "", ids, analysis, tuple(multiwords))


def _placed(sentence: _Sentence, name: str) -> tuple[str, list[tuple[int, int]], str]:
    """The sentence's text, the span of each word in it, and what follows it."""
    text = sentence.text if sentence.text is not None else _rebuilt(sentence)
    covering = {first: (last, form) for first, last, form, _ in sentence.ranges}
    spans: list[tuple[int, int]] = []
    at, number = 0, 1
    while number <= len(sentence.rows):
        last, form = covering.get(number, (number, sentence.rows[number - 1][1]))
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(form, at):
            raise RecordError(
                f"{name}, line {sentence.line}, word {number}: {form!r} is not what the comment "
                f"`# text` has there ({text[at : at + 20]!r}). Correct the comment or leave it out."
            )
        forms = [row[1] for row in sentence.rows[number - 1 : last]]
        spans.extend((at + a, at + b) for a, b in _cut(form, forms))
        at += len(form)
        number = last + 1
    return text, spans, _gap(sentence)


def _cut(whole: str, forms: list[str]) -> list[tuple[int, int]]:
    """Where the words of a multiword token stand in it; the last takes what is left."""
    spans: list[tuple[int, int]] = []
    at = 0
    for left, form in zip(range(len(forms) - 1, -1, -1), forms, strict=True):
        end = min(at + len(form), len(whole) - left) if left else len(whole)
        spans.append((at, max(at, end)))
        at = max(at, end)
    return spans


def _rebuilt(sentence: _Sentence) -> str:
    """The text of a sentence without a comment that gives it."""
    covering = {first: (last, form, misc) for first, last, form, misc in sentence.ranges}
    parts: list[str] = []
    number = 1
    while number <= len(sentence.rows):
        row = sentence.rows[number - 1]
        last, form, misc = covering.get(number, (number, row[1], row[9]))
        parts.append(form)
        parts.append("" if "SpaceAfter=No" in misc.split("|") else " ")
        number = last + 1
    return "".join(parts).rstrip()


def _gap(sentence: _Sentence) -> str:
    """What stands between this sentence and the next: a space, unless the last word says none."""
    last = len(sentence.rows)
    misc = sentence.rows[-1][9]
    for _, end, _, range_misc in sentence.ranges:
        if end == last:
            misc = range_misc
    return "" if "SpaceAfter=No" in misc.split("|") else " "


def _heads(sentence: _Sentence, base: int, name: str) -> Iterator[int]:
    size = len(sentence.rows)
    for number, row in enumerate(sentence.rows, 1):
        if row[6] == "_":
            yield ROOT
            continue
        where = f"{name}, line {sentence.line}, word {number}"
        head = _whole(row[6], where)
        if not 0 <= head <= size:
            raise RecordError(f"{where}: head {head} is not in the sentence (0 to {size}).")
        yield base + head - 1 if head else ROOT


def _names(rows: list[list[str]]) -> list[Name]:
    """The names that the last column tells as `Name=B-PER`, `Name=I-PER`."""
    names: list[Name] = []
    first, label = 0, ""
    for token, row in enumerate([*rows, None]):
        found = _NAME.search(row[9]) if row is not None else None
        begin, kind = found.groups() if found else ("", "")
        if label and (begin != "I" or kind != label):
            names.append(Name(first, token, label))
            label = ""
        if kind and not label:
            first, label = token, kind
    return names
