"""Event coreference across documents on ECB+ with merging's comparisons; for information.

    python benchmarks/ecb.py ../shared/data/ecbplus/train_dev.tar.xz

Gold mentions of the dev topics are put into chains by merging's comparisons of sentences (words,
words beside the trigger, names, how a deed is told, who and whom as the parse has them), beside how
alike the documents, the triggers and their vectors are; what each weighs is learnt on the train
topics by logistic regression, the threshold on train topics that were kept out of it. Clusters are
made by merging's clustering. The baseline puts mentions with one head lemma into one chain. Both
are shown under three groupings of documents: the gold sub-topics (one event in the news each), the
gold topics (two like events each), and none. Scores are MUC, B³, CEAFe and their mean, singletons
kept.

ECB+ (Cybulska and Vossen 2014), split of Cybulska and Vossen 2015, validated sentences.
"""

from __future__ import annotations

import io
import json
import math
import random
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from dragoman.evaluate.coreference import Counts, b_cubed, muc
from dragoman.language.analysis import Analysis, Tokens
from dragoman.language.model import Model
from dragoman.merging.clustering import cluster
from dragoman.merging.findings import findings
from dragoman.merging.profiles import Profile, profile, stem, weighed
from dragoman.merging.records import Party, Report

PARTS = ("who", "whom", "words", "grain", "numbers")
UNLIKE = 0.04  # documents less alike than this share a chain only by the lemma
NEGATIVES = 0.1  # the share of pairs of two chains that is learnt from
SHIFTS = (-0.5, 0.0, 0.5, 1.0)
Vector = Any
Groups = dict[str, Callable[["Mention"], str]]
GROUPS: Groups = {
    "sub-topics": lambda m: m.topic + m.half,
    "topics": lambda m: m.topic,
    "none": lambda m: "",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A gold mention: its chain, document, head lemma, and its sentence made ready to compare."""

    chain: str
    document: str
    lemma: str
    kind: str
    profile: Profile
    vector: Vector

    @property
    def topic(self) -> str:
        return self.document.split("_")[0]

    @property
    def half(self) -> str:
        return "plus" if self.document.endswith("plus") else ""


def main(path: str) -> None:
    with tarfile.open(path) as archive:
        streams = {m.name: archive.extractfile(m) for m in archive.getmembers() if m.isfile()}
        files = {name: s.read().decode("utf-8", "replace") for name, s in streams.items() if s}
    model = Model.load()
    train, dev = (mentions(files, part, model) for part in ("train", "dev"))
    alike = Alike(files["full_documents_train_dev.jsonl"])
    weights, shift = learnt(train, alike)
    print(f"{len(dev)} mentions in {len({m.chain for m in dev})} chains; threshold {-shift:+.1f}")
    for name, group in GROUPS.items():
        base, ours = by_lemma(dev, group), chains(dev, group, alike, weights, shift)
        for label, found in (("same lemma", base), ("merging", ours)):
            print(f"{name:12}{label:12}" + "".join(f"{100 * x:7.1f}" for x in scores(dev, found)))


def mentions(files: Mapping[str, str], part: str, model: Model) -> list[Mention]:
    words: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
    for line in files[f"{part}/corpus.txt"].splitlines():
        cells = line.split("\t")
        if len(cells) > 3:
            words[cells[0]][int(cells[1]), int(cells[2])] = cells[3]
    read = {document: analysed(own, model) for document, own in words.items()}
    found = []
    for number, gold in enumerate(json.loads(files[f"{part}/event_gold_mentions.json"])):
        analysis, place = read[gold["doc_id"]]
        tokens = [place[gold["sent_id"], token] for token in gold["tokens_number"]]
        found.append(mention(number, gold, analysis, tokens))
    return found


def analysed(
    words: Mapping[tuple[int, int], str], model: Model
) -> tuple[Analysis, dict[tuple[int, int], int]]:
    """The analysis of a document's sentences, and where each of its tokens stands in it."""
    place = {key: at for at, key in enumerate(sorted(words))}
    text, starts, ends = io.StringIO(), [], []
    for key in place:
        starts.append(text.tell())
        text.write(words[key])
        ends.append(text.tell())
        text.write(" ")
    firsts = [at for key, at in place.items() if at == 0 or key[0] != last_of(place, at)]
    bounds = [*firsts, len(place)]
    tokens = Tokens(text.getvalue(), starts, ends, bounds, list(range(len(firsts))))
    return model.analyse(tokens, vectors=True), place


def last_of(place: Mapping[tuple[int, int], int], at: int) -> int:
    """The sentence of the token before."""
    return list(place)[at - 1][0]


def mention(number: int, gold: Mapping[str, Any], analysis: Analysis, tokens: list[int]) -> Mention:
    head = next((t for t in tokens if analysis.heads[t] not in tokens), tokens[-1])
    sentence = analysis.sentence_of[head]
    first, last = analysis.tokens.bounds[sentence : sentence + 2]
    subjects, objects = arguments(analysis, head)
    noun = analysis.upos[head] in ("NOUN", "PROPN")
    report = Report(
        id=str(number),
        key=f"{number:06d}",
        document=str(number),
        root=gold["doc_id"],
        type="ASSAULT",  # one type for all: what was done is compared by its words alone
        actors=subjects,
        recipients=objects,
        trigger=" ".join(analysis.words[t] for t in tokens),
        passage=analysis.text[analysis.tokens.starts[first] : analysis.tokens.ends[last - 1]],
        method="frame:gold-noun" if noun else "frame:gold",
    )
    assert analysis.vectors is not None
    vector = analysis.vectors[head]
    return Mention(
        chain=gold["coref_chain"],
        document=gold["doc_id"],
        lemma=analysis.lemmas[head].lower(),
        kind=gold["mention_type"],
        profile=profile(report),
        vector=vector / np.linalg.norm(vector),
    )


def arguments(analysis: Analysis, head: int) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who does it, and to whom or with what, as the parse has them."""
    subjects, objects = [], []
    for child in analysis.children[head]:
        if analysis.upos[child] not in ("NOUN", "PROPN"):
            continue
        relation = analysis.deprels[child]
        if relation in ("nsubj", "nmod:poss", "obl:agent", "compound"):
            subjects.append(party(analysis, child))
        elif relation in ("obj", "iobj", "nsubj:pass", "obl") or relation.startswith("nmod"):
            objects.append(party(analysis, child))
    return tuple(subjects[:3]), tuple(objects[:3])


def party(analysis: Analysis, token: int) -> Party:
    name = next((n for n in analysis.names if n.first <= token < n.last), None)
    if name is None:
        lemma = analysis.lemmas[token].lower()
        return Party(key=f"unnamed:{lemma}", name=analysis.words[token])
    words = analysis.words[name.first : name.last]
    return Party(key=f"name:{words[-1].lower()}", name=" ".join(words), kind="person")


class Alike:
    """How alike documents are: the cosine of their words, weighed by how rare they are."""

    def __init__(self, lines: str) -> None:
        documents = {}
        for line in lines.splitlines():
            row = json.loads(line)
            documents[row["doc_id"]] = weighed(" ".join(row["tokens"]))
        counts = Counter(word for own in documents.values() for word in own)
        self._rarity = {word: math.log(len(documents) / count) for word, count in counts.items()}
        self._vectors = {}
        for name, own in documents.items():
            vector = {word: self._rarity[word] for word in own}
            length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
            self._vectors[name] = {word: x / length for word, x in vector.items()}
        self._known: dict[tuple[str, str], float] = {}

    def rarity(self, lemma: str) -> float:
        """How few documents have a word: 0 all of them, 1 one of them."""
        return min(1.0, self._rarity.get(stem(lemma), 0.0) / math.log(len(self._vectors)))

    def __call__(self, one: str, other: str) -> float:
        key = (one, other) if one < other else (other, one)
        if key not in self._known:
            a, b = (self._vectors[name] for name in key)
            self._known[key] = sum(x * b[word] for word, x in a.items() if word in b)
        return self._known[key]


def values(one: Mention, other: Mention, alike: Alike) -> dict[str, float]:
    """What is found of a pair, by name."""
    found: dict[str, float] = defaultdict(float)
    for part, name, value, _ in findings(one.profile, other.profile):
        if part in PARTS:
            found[f"{part}.{name}"] += value
    lemma = float(one.lemma == other.lemma)
    near = alike(one.document, other.document)
    turned = float(one.vector @ other.vector)
    same = float(one.document == other.document)
    sentence = float(one.profile.report.passage == other.profile.report.passage)
    root = float(stem(one.lemma)[:5] == stem(other.lemma)[:5])
    found |= {
        "prior": 1.0,
        "lemma": lemma,
        "root": root - lemma * root,
        "vectors": turned,
        "documents": near,
        "document": same,
        "sentence": sentence,
        "rare lemma": lemma * alike.rarity(one.lemma),
        "rare lemma in like documents": lemma * alike.rarity(one.lemma) * near,
        "vectors in a document": turned * same,
        "vectors in a sentence": turned * sentence,
        "root in like documents": root * near,
        "lemma in like documents": lemma * near,
        "vectors in like documents": turned * near,
        "lemma and vectors": lemma * turned,
        "lemma in a sentence": lemma * sentence,
        "vectors twice": turned * turned,
        "documents twice": near * near,
        "kind": float(one.kind == other.kind),
    }
    return found


def learnt(train: Sequence[Mention], alike: Alike) -> tuple[dict[str, float], float]:
    """Weights of all train topics; the threshold is that of weights of half of them on the rest."""
    topics = sorted({m.topic for m in train})
    half = {topic for at, topic in enumerate(topics) if at % 3}
    trial = weights_of([m for m in train if m.topic in half], alike)
    rest = [m for m in train if m.topic not in half]
    scored = pair_scores(rest, GROUPS["topics"], alike, trial)
    best = max(
        SHIFTS,
        key=lambda shift: scores(rest, clusters(rest, GROUPS["topics"], scored, shift))[3],
    )
    return weights_of(train, alike), best


def weights_of(train: Sequence[Mention], alike: Alike) -> dict[str, float]:
    draw = random.Random(1)
    rows, same = [], []
    for a, b in pairs(train, GROUPS["topics"]):
        one = train[a].chain == train[b].chain
        if one or draw.random() < NEGATIVES:
            rows.append(values(train[a], train[b], alike))
            same.append(one)
    names = sorted({name for row in rows for name in row})
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    weight = np.where(same, 1.0, 1 / NEGATIVES)
    return dict(zip(names, logistic(matrix, np.array(same, float), weight), strict=True))


def logistic(rows: Vector, same: Vector, weight: Vector, penalty: float = 3.0) -> Vector:
    found = np.zeros(rows.shape[1])
    for _ in range(20):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weight * (chance - same)) + penalty * found
        curve = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows
        found = found - np.linalg.solve(curve + penalty * np.eye(len(found)), slope)
    return found


def pairs(
    mentions: Sequence[Mention], group: Callable[[Mention], str]
) -> Iterator[tuple[int, int]]:
    members: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(mentions):
        members[group(own)].append(at)
    for own_group in members.values():
        for place, a in enumerate(own_group):
            for b in own_group[place + 1 :]:
                yield a, b


def pair_scores(
    mentions: Sequence[Mention],
    group: Callable[[Mention], str],
    alike: Alike,
    weights: Mapping[str, float],
) -> dict[tuple[int, int], float]:
    scored = {}
    for a, b in pairs(mentions, group):
        one, other = mentions[a], mentions[b]
        if one.lemma != other.lemma and alike(one.document, other.document) < UNLIKE:
            continue
        found = values(one, other, alike)
        scored[a, b] = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return scored


def clusters(
    mentions: Sequence[Mention],
    group: Callable[[Mention], str],
    scored: Mapping[tuple[int, int], float],
    shift: float,
) -> list[list[int]]:
    """Chains by merging's clustering; the threshold is moved by `shift`."""
    return cluster(range(len(mentions)), {pair: score + shift for pair, score in scored.items()})


def chains(
    mentions: Sequence[Mention],
    group: Callable[[Mention], str],
    alike: Alike,
    weights: Mapping[str, float],
    shift: float,
) -> list[list[int]]:
    return clusters(mentions, group, pair_scores(mentions, group, alike, weights), shift)


def by_lemma(mentions: Sequence[Mention], group: Callable[[Mention], str]) -> list[list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, own in enumerate(mentions):
        found[group(own), own.lemma].append(at)
    return list(found.values())


def scores(mentions: Sequence[Mention], found: Iterable[Sequence[int]]) -> tuple[float, ...]:
    """F1 by MUC, B³ and CEAFe, and their mean."""
    by_chain: dict[str, set[int]] = defaultdict(set)
    for at, own in enumerate(mentions):
        by_chain[own.chain].add(at)
    gold = [frozenset(chain) for chain in by_chain.values()]
    ours = [frozenset(chain) for chain in found]
    three = [c.f1 for c in (muc(gold, ours), b_cubed(gold, ours), ceaf_e(gold, ours))]
    return (*three, sum(three) / 3)


def ceaf_e(gold: Sequence[frozenset[int]], ours: Sequence[frozenset[int]]) -> Counts:
    """As in dragoman.evaluate.coreference, with scipy's pairing: there are hundreds of chains."""
    likeness = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in ours] for a in gold])
    best = float(likeness[linear_sum_assignment(-likeness)].sum())
    return Counts(best, float(len(ours)), best, float(len(gold)))


if __name__ == "__main__":
    main(sys.argv[1])
