"""Learns what speaks for an actor as the one whom a pronoun stands for.

    python training/coreference.py ../shared/data src/dragoman/actors/coreference.toml

Reads the training part of UD English GUM (those documents that may be used commercially), has each
analysed and its actors found, and gives every pronoun the one of its candidates that the gold
chains name, or none. The weights make the gold choice the likeliest (softmax over the candidates
and "none", L2); they are written into the table of weights, the rest of the file stays.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from dragoman.actors.chains import Seen
from dragoman.actors.coreference import Pronoun, candidates, kind_of
from dragoman.actors.directory import Directory
from dragoman.actors.lexicon import Lexicon
from dragoman.actors.mentions import Finder
from dragoman.actors.resolution import Resolver
from dragoman.evaluate.coreference import TYPES, GoldDocument, read_gold
from dragoman.language.model import Model

# How much easier "it" and "they" find an actor in news than in GUM, where five in six and half
# of them mean what is no actor (logarithm of odds; set by judgement, not learnt).
EASIER = {"it": 1.3, "they": 1.2}
# Too rare in GUM to be learnt, and set by judgement on news: who has spoken speaks on.
JUDGED = {"he:speaks-again": 1.0}
STRENGTH = 1.0  # of L2
LEFT_OUT = ("_fiction_", "_whow_", "_textbook_", "_vlog_", "_conversation_", "_letter_")

Case = tuple[str, list[dict[str, float]], int]  # class, candidates, the right one (−1: none)


class Observer(Resolver):
    """Resolves by the gold chains and keeps what could have been chosen."""

    cases: list[Case]
    gold: dict[int, int]

    def _referent(self, pronoun: Pronoun) -> Seen | None:
        found = list(candidates(self.analysis, pronoun, self._recent, self.weights))
        entity = self.gold.get(pronoun.token)
        right = -1
        for index, (seen, _) in enumerate(found):
            if entity is not None and self._entity(seen) == entity:
                right = index
                break
        if found:
            rows = [dict(features) for _, features in found]
            self.cases.append((kind_of(pronoun.key) or "", rows, right))
        return found[right][0] if right >= 0 else None

    def _entity(self, seen: Seen) -> int | None:
        """The gold chain of a candidate: by the mention seen, else by its last that has one."""
        if seen.head in self.gold:
            return self.gold[seen.head]
        if len(seen.chains) > 1:
            return None
        known = (self.gold.get(head) for _, _, head, _ in reversed(seen.chains[0].mentions))
        return next((entity for entity in known if entity is not None), None)


def main(data: Path, target: Path) -> None:
    model, directory = Model.load(), Directory.load()
    folder = data / "ud_english_gum"
    with (folder / "documents.csv").open(encoding="utf-8") as lines:
        allowed = {r["document"] for r in csv.DictReader(lines) if r["noncommercial"] == "no"}
    cases: list[Case] = []
    for document in read_gold(folder / "en_gum-ud-train.conllu.xz", types=TYPES | {"place"}):
        if document.id in allowed and not any(part in document.id for part in LEFT_OUT):
            cases += observe(document, model, directory)
    text = target.read_text(encoding="utf-8")
    weights: dict[str, float] = {}
    for kind in ("he", "it", "they"):
        own = [case for case in cases if case[0] == kind]
        learnt, threshold = fit(own)
        weights |= learnt
        threshold -= EASIER.get(kind, 0.0)
        line = rf"(?ms)(^\[thresholds\].*?^{kind} = )[-\d.]+"
        text = re.sub(line, rf"\g<1>{threshold:.2f}", text)
        print(kind, len(own), "pronouns,", sum(case[2] >= 0 for case in own), "with an actor")
    weights |= JUDGED
    head = text[: text.index("[weights]")]
    rows = "".join(f'"{name}" = {value:.2f}\n' for name, value in sorted(weights.items()))
    target.write_text(f"{head}[weights]\n{rows}", encoding="utf-8")


def observe(document: GoldDocument, model: Model, directory: Directory) -> list[Case]:
    """The pronouns of a document with their candidates and the right one."""
    analysis = model.analyse(document.analysis.tokens)
    lexicon = Lexicon.load()
    observer = Observer(Finder(analysis, directory, lexicon), directory, lexicon, None)
    observer.cases = []
    observer.gold = {head: i for i, chain in enumerate(document.chains) for head in chain}
    observer.run()
    return observer.cases


def fit(cases: list[Case]) -> tuple[dict[str, float], float]:
    """The weights, and the score that "none" has, which a candidate must pass."""
    seen: defaultdict[str, int] = defaultdict(int)
    for _, rows, _ in cases:
        for row in rows:
            for name in row:
                seen[name] += 1
    names = sorted(name for name, count in seen.items() if count >= 10)
    place = {name: i for i, name in enumerate(names)}
    matrices = []
    for _, rows, right in cases:
        values = np.zeros((len(rows) + 1, len(names) + 1))
        for i, row in enumerate(rows):
            for name, value in row.items():
                if name in place:
                    values[i, place[name]] = value
        values[-1, -1] = 1.0
        matrices.append((values, right if right >= 0 else len(rows)))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = STRENGTH * float(w @ w) / 2, STRENGTH * w
        for values, right in matrices:
            scores = values @ w
            scores -= scores.max()
            odds = np.exp(scores)
            odds /= odds.sum()
            total -= float(np.log(odds[right]))
            slope = slope + odds @ values - values[right]
        return total, slope

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    return {name: float(best[place[name]]) for name in names}, float(best[-1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
