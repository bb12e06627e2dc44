"""Makes actors/data/spellings.tsv: misspellings of states and their peoples that news really has.

usage: build_spellings.py            (DRAGOMAN_DATA names the folder of the sources)

The source is the actor dictionary of PETRARCH (Open Event Data Alliance, MIT), whose spellings were
met in news reports. A spelling is kept where it is close to a name or adjective of its state and
stands for nothing else.
"""

from __future__ import annotations

import difflib
import gzip
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from dragoman.actors.names import name_key
from dragoman.actors.terms import load_terms

_CLOSE = 0.84  # ratio of letters in order
_SHORTEST = 5
# Words and places of their own.
_NOT = frozenset(
    ["chiloe", "australian alps", "grenadines", "swede", "guinea", "czecho", "mongolids",
     "americay", "americaland", "japang", "hollander", "netherlander", "netherland", "fin land",
     "turky", "slovenska", "yemens", "fijis", "portuga", "turkie", "arbania", "peruvia"]
)  # fmt: skip
_HEAD = """\
# Misspellings of states and their peoples that news has ("Ethopia").
# Built by tools/build_spellings.py. Source: actor dictionary of PETRARCH,
# github.com/openeventdata/Dictionaries (MIT): which spelling stands for which state.
# Licence of this file: CC BY-SA 4.0.
spelling\tstate
"""
_ROOT = Path(__file__).parents[1]
_TARGET = _ROOT / "src/dragoman/actors/data/spellings.tsv"
_CODED = re.compile(r"([A-Z_'.\- ]+?)_?\s+\[([A-Z]{3})\]\s*$")


def spellings(folder: Path) -> Iterator[tuple[str, str]]:
    """All spellings of states in the dictionary, with the state."""
    state = None
    path = folder / "actors" / "Phoenix.Countries.actors.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            text = re.split("[#;]", line)[0].rstrip()
            coded = _CODED.match(text)
            if coded:
                state = coded[2]
                yield coded[1].replace("_", " ").strip().lower(), state
            elif text.startswith("+") and state:
                yield text[1:].split("[")[0].replace("_", " ").strip().lower(), state
            elif text and not text.startswith("\t"):
                state = None


def main() -> None:
    terms = load_terms()
    known: defaultdict[str, set[str]] = defaultdict(set)
    for name, id in terms.state_names.items():
        known[id].add(name)
    for name, entry in terms.demonyms.items():
        known[entry.state].add(name)
    rows: dict[str, str] = {}
    for spelling, state in spellings(Path(os.environ["DRAGOMAN_DATA"])):
        key = name_key(spelling)
        taken = key in terms.names or key in terms.demonyms or key in terms.class_forms
        if state not in known or taken or spelling in _NOT or len(key) < _SHORTEST:
            continue
        if not re.fullmatch(r"[a-z' .-]+", spelling):
            continue
        alike = (difflib.SequenceMatcher(None, key, other) for other in known[state])
        if max(m.ratio() for m in alike) >= _CLOSE:
            rows.setdefault(spelling, state)
    text = "".join(f"{spelling}\t{state}\n" for spelling, state in sorted(rows.items()))
    _TARGET.write_text(_HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
