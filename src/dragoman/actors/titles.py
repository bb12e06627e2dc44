"""Titles and the class of office that they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.names import name_key, pieces
from dragoman.actors.tables import read_table, values


class Titles:
    """Which words are a title, and of which class of office."""

    def __init__(self, classes: dict[tuple[str, str], str], sectors: dict[str, str]) -> None:
        self._classes = classes
        self.sectors = sectors
        self._longest: dict[str, int] = {}
        for key, _ in classes:
            first, _, _ = key.partition(" ")
            self._longest[first] = max(self._longest.get(first, 0), key.count(" ") + 1)

    @classmethod
    def load(cls) -> Titles:
        """The table of the package."""
        classes: dict[tuple[str, str], str] = {}
        sectors: dict[str, str] = {}
        for row in read_table("titles.tsv"):
            for form in values(row["forms"]):
                classes.setdefault((name_key(form), row["code"]), row["class"])
            sectors.setdefault(row["class"], row["sector"])
        return cls(classes, sectors)

    def office(self, key: str, code: str | None) -> str | None:
        """The class that a title stands for, in this state where it has one of its own there."""
        if code is not None and (key, code) in self._classes:
            return self._classes[key, code]
        found = self._classes.get((key, ""))
        if found is None and code is None:
            owned = [value for (k, _), value in self._classes.items() if k == key]
            return owned[0] if owned else None
        return found

    def match(self, keys: Sequence[str], at: int, code: str | None) -> tuple[int, str | None]:
        """The longest title that begins at a token: its length in tokens, and its class."""
        first = pieces(keys[at])
        longest = self._longest.get(first[0], 0) if first else 0
        if not longest:
            return 0, None
        held: list[str] = []
        best: tuple[int, str | None] = (0, None)
        for index in range(at, min(at + 2 * longest, len(keys))):
            held.extend(pieces(keys[index]))
            if len(held) > longest:
                break
            office = self.office(" ".join(held), code)
            if office is not None:
                best = (index + 1 - at, office)
        return best
