"""Reads cameo.tsv: CAMEO's codes, their names, and what they are in PLOVER.

Codes are text: `020` is an appeal and `20` mass violence, and a program that takes them for numbers
cannot tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from dragoman.errors import DataError

_FIELDS: Final = ("code", "name", "type", "mode", "contexts", "goldstein")
_NOT_LETTERS: Final = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code. `type` is None for comments, which PLOVER does not code.

    `goldstein` is the weight on Goldstein's scale from -10 (conflict) to +10 (cooperation).
    """

    code: str
    name: str
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    goldstein: float

    @property
    def root(self) -> str:
        return self.code[:2]

    @property
    def quad(self) -> int:
        """GDELT's class: 1 verbal cooperation, 2 material, 3 verbal conflict, 4 material."""
        root = int(self.root)
        return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


@cache
def load_cameo() -> Mapping[str, CameoCode]:
    """All codes by their code, in order."""
    try:
        text = files("dragoman.ontology").joinpath("cameo.tsv").read_text("utf-8")
    except OSError as error:
        raise DataError(
            f"the package's file ontology/cameo.tsv cannot be read: {error}. "
            "Usually the installation is incomplete; install dragoman again."
        ) from error
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    if tuple(lines[0].split("\t")) != _FIELDS:
        raise DataError("ontology/cameo.tsv has other columns than this version knows.")
    found = {}
    for line in lines[1:]:
        code, name, type_, mode, contexts, goldstein = line.split("\t")
        among = tuple(c for c in contexts.split("|") if c)
        found[code] = CameoCode(code, name, type_ or None, mode or None, among, float(goldstein))
    return MappingProxyType(found)


def cameo_code(code: str) -> CameoCode | None:
    """The entry of a code; of one that a program has shortened (`20` for `020`) none.

    A code of more digits than the table has is what its first digits are; a bare root is its
    general code (`14` is `140`).
    """
    table = load_cameo()
    code = code.strip()
    if len(code) == 2 and code.isdigit():
        return table.get(code + "0")
    while len(code) > 2 and code not in table:
        code = code[:-1]
    return table.get(code)


def cameo_named(name: str) -> CameoCode | None:
    """The code of this name: `Use conventional military force`, `Accuse of war crimes`."""
    return _by_name().get(_NOT_LETTERS.sub("", name.lower()))


@cache
def _by_name() -> Mapping[str, CameoCode]:
    return {_NOT_LETTERS.sub("", entry.name.lower()): entry for entry in load_cameo().values()}
