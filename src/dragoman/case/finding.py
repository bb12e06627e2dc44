"""Which documents are already there, and which are copies of what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import sqlalchemy as sa

from dragoman.case import schema
from dragoman.case.storing import Candidate, Original, among
from dragoman.sources.copies import Shingles, Signature, best, shingles_of

# So many stored texts at most are compared with a new one, those with most bands in common first.
_MOST_COMPARED: Final = 20
_MOST_KEPT: Final = 256


def present(connection: sa.Connection, candidates: Sequence[Candidate]) -> dict[str, int]:
    """By identity the numbers of those that are stored."""
    documents = schema.documents
    found = connection.execute(
        sa.select(documents.c.identity, documents.c.id).where(
            among(documents.c.identity, [c.identity for c in candidates])
        )
    )
    return {row.identity: row.id for row in found}


class CopyFinder:
    """Finds what a new document was printed from, in the case and in the batch before it."""

    def __init__(self) -> None:
        self._shingles: dict[int, Shingles] = {}

    def find(
        self,
        connection: sa.Connection,
        candidates: Sequence[Candidate],
        signatures: Sequence[Signature],
    ) -> list[Original | None]:
        """For each candidate its original, or None where it is one itself."""
        exact = self._exact(connection, candidates)
        proposed = self._proposed(connection, signatures)
        originals: list[Original | None] = []
        batch: list[int] = []
        for at, (candidate, signature) in enumerate(zip(candidates, signatures, strict=True)):
            if candidate.content in exact:
                found: Original | None = Original(
                    similarity=1.0, document_id=exact[candidate.content]
                )
            else:
                found = self._near(connection, candidate, signature, proposed[at])
            if found is None:
                found = _in_batch(at, batch, candidates, signatures)
            if found is None:
                batch.append(at)
            originals.append(found)
        return originals

    def _exact(self, connection: sa.Connection, candidates: Sequence[Candidate]) -> dict[str, int]:
        """By content the first document that has it, or what that is a copy of."""
        documents = schema.documents
        found = connection.execute(
            sa.select(
                documents.c.content,
                sa.func.coalesce(documents.c.copy_of, documents.c.id).label("original"),
            )
            .where(among(documents.c.content, [c.content for c in candidates]))
            .order_by(documents.c.id.desc())
        )
        return {row.content: row.original for row in found}

    def _proposed(
        self, connection: sa.Connection, signatures: Sequence[Signature]
    ) -> list[list[int]]:
        wanted = {band for signature in signatures for band in signature.bands}
        holders: dict[int, list[int]] = {}
        bands = schema.bands
        for band, number in connection.execute(
            sa.select(bands.c.band, bands.c.document_id).where(among(bands.c.band, wanted))
        ):
            holders.setdefault(band, []).append(number)
        proposals = []
        for signature in signatures:
            shared = Counter(n for band in signature.bands for n in holders.get(band, ()))
            ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
            proposals.append([number for number, _ in ranked[:_MOST_COMPARED]])
        return proposals

    def _near(
        self,
        connection: sa.Connection,
        candidate: Candidate,
        signature: Signature,
        proposed: Sequence[int],
    ) -> Original | None:
        if not proposed:
            return None
        documents = schema.documents
        others = connection.execute(
            sa.select(documents.c.id, documents.c.address)
            .where(among(documents.c.id, proposed))
            .order_by(documents.c.id)
        ).all()
        # A page's own older version is no original of it.
        numbers = [n for n, address in others if address is None or address != candidate.address]
        found = best(signature.shingles, self._with_shingles(connection, numbers))
        return Original(similarity=_near_one(found[1]), document_id=found[0]) if found else None

    def _with_shingles(
        self, connection: sa.Connection, numbers: Sequence[int]
    ) -> Iterable[tuple[int, Shingles]]:
        documents = schema.documents
        missing = [number for number in numbers if number not in self._shingles]
        if missing:
            if len(self._shingles) > _MOST_KEPT:
                self._shingles.clear()
                missing = list(numbers)
            for number, text in connection.execute(
                sa.select(documents.c.id, documents.c.text).where(among(documents.c.id, missing))
            ):
                self._shingles[number] = shingles_of(text)
        return [(number, self._shingles[number]) for number in numbers]


def _in_batch(
    at: int, batch: Sequence[int], candidates: Sequence[Candidate], signatures: Sequence[Signature]
) -> Original | None:
    """What the batch holds before this candidate, compared in the same way."""
    own, address = set(signatures[at].bands), candidates[at].address
    near = [
        other
        for other in batch
        if (address is None or candidates[other].address != address)
        and (
            candidates[other].content == candidates[at].content
            or not own.isdisjoint(signatures[other].bands)
        )
    ]
    for other in near:
        if candidates[other].content == candidates[at].content:
            return Original(similarity=1.0, identity=candidates[other].identity)
    found = best(signatures[at].shingles, [(o, signatures[o].shingles) for o in near])
    if found is None:
        return None
    return Original(similarity=_near_one(found[1]), identity=candidates[found[0]].identity)


def _near_one(similarity: float) -> float:
    """A text that is not the same to the letter is no exact copy, though all of it be found."""
    return min(round(similarity, 4), 0.9999)
