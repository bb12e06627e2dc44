"""This tree against an earlier commit: processor time a word, interleaved in one run.

    python benchmarks/versus.py COMMIT [--documents 44] [--rounds 2]

The commit's package is taken out of git into a temporary folder; both read the same news (those of
`reading.py`), document by document, in processes that take turns. Told apart are the networks
(whatever onnxruntime runs) and all that is outside them.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MEASURE = """
import json, sys, time
import onnxruntime
from dragoman.reader import Reader
from dragoman.records import Input
documents = [Input(**row) for row in json.load(sys.stdin)]
reader, spent, real = Reader(), [0.0], onnxruntime.InferenceSession.run
def run(*arguments):
    began = time.process_time()
    try:
        return real(*arguments)
    finally:
        spent[0] += time.process_time() - began
onnxruntime.InferenceSession.run = run
for document in documents:
    reader.read(document)  # tables and caches are filled first
spent[0], began = 0.0, time.process_time()
for document in documents:
    reader.read(document)
print(json.dumps([time.process_time() - began, spent[0]]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("commit")
    parser.add_argument("--documents", type=int, default=44)
    parser.add_argument("--rounds", type=int, default=2)
    chosen = parser.parse_args()
    from reading import news

    rows = [{"id": d.id, "text": d.text, "date": d.date} for d in news(chosen.documents)]
    words = sum(len(str(row["text"]).split()) for row in rows)
    best: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["git", "archive", chosen.commit, "src"], cwd=ROOT, check=True, capture_output=True
        ).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        trees = {chosen.commit: Path(folder) / "src", "this tree": ROOT / "src"}
        for _ in range(chosen.rounds):
            for name, tree in trees.items():
                done = subprocess.run(
                    [sys.executable, "-c", MEASURE],
                    input=json.dumps(rows),
                    env={**os.environ, "PYTHONPATH": str(tree)},
                    check=True,
                    capture_output=True,
                    text=True,
                )
                total, graph = json.loads(done.stdout)
                found = [total, graph, total - graph]
                best[name] = [min(p) for p in zip(best.get(name, found), found, strict=True)]
    print(f"{words:,} words; µs of one processor a word, best of {chosen.rounds}")
    for name, seconds in best.items():
        total, graph, outside = (s / words * 1e6 for s in seconds)
        print(f"{name:16} all {total:6.1f}   networks {graph:6.1f}   outside {outside:6.1f}")
    before, after = best[chosen.commit][0], best["this tree"][0]
    print(f"this tree is {before / after:.2f} times as fast")


if __name__ == "__main__":
    main()
