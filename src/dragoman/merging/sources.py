"""Whose word an event rests on: publishers, the origins they cite, and how many are independent."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from dragoman.errors import DataError

if TYPE_CHECKING:
    from dragoman.merging.records import Report, Tier

# Credits stand where an agency's text begins or ends.
_HEAD: Final = 160
_TAIL: Final = 200


@dataclass(frozen=True, slots=True)
class Publishers:
    """What publishers.toml says: names to keys, keys to tiers, the names of a credit."""

    keys: Mapping[str, str]
    tiers: Mapping[str, Tier]
    credit: re.Pattern[str]


@cache
def load_publishers() -> Publishers:
    """The publishers and agencies that are shipped with the package."""
    try:
        text = files("dragoman.merging").joinpath("publishers.toml").read_text("utf-8")
        table: dict[Tier, Any] = tomllib.loads(text)  # type: ignore[assignment]
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            f"the package's file merging/publishers.toml cannot be read: {error}. "
            "Usually the installation is incomplete; install dragoman again."
        ) from error
    keys: dict[str, str] = {}
    tiers: dict[str, Tier] = {}
    credits: dict[str, None] = {}
    for tier, entries in table.items():
        for key, names in entries.items():
            tiers[key] = tier
            for name in (key, *names):
                keys[name.casefold()] = key
                if tier == "agency" or "agency" in entries[key]:
                    credits[name] = None
    longest = sorted((re.escape(name) for name in credits if "." not in name), key=len)[::-1]
    agencies = "|".join(longest)
    credit = re.compile(rf"\((?:{agencies})(?:/\w+)?\)|(?:–|—|-|\bby)\s(?:{agencies})\b")
    return Publishers(keys, tiers, credit)


def publisher_key(source: str | None) -> str | None:
    """A publisher by one key, whether it is named or given as a host; None where none is known."""
    if not source or not source.strip():
        return None
    name = source.strip().casefold().removeprefix("www.")
    return load_publishers().keys.get(name, name)


def tier_of(source: str | None) -> Tier | None:
    """The tier of a publisher as it is shipped; None where it is not known."""
    return load_publishers().tiers.get(publisher_key(source) or "")


def credited(text: str) -> str | None:
    """The agency that a text credits in its dateline or at its end."""
    known = load_publishers()
    for part in (text[:_HEAD], text[-_TAIL:] if len(text) > _HEAD + _TAIL else ""):
        if found := known.credit.search(part):
            name = re.split(r"[/)]", found.group().lstrip("(–—- ").removeprefix("by "))[0]
            return known.keys.get(name.strip().casefold())
    return None


def tiers_of(told: Iterable[tuple[str | None, str, str | None]]) -> dict[str, int]:
    """By tier the publishers among tellings: publisher, the document copied, tier (or None)."""
    by_tier: dict[str, set[str]] = {}
    for source, root, tier in told:
        by_tier.setdefault(tier or "unknown", set()).add(publisher_key(source) or root)
    return {tier: len(names) for tier, names in sorted(by_tier.items())}


def tiers_in_words(tiers: Mapping[str, int]) -> tuple[str, ...]:
    """Publishers by tier, for a cell: `agency 2`, `paper 1`."""
    return tuple(f"{tier} {count}" for tier, count in sorted(tiers.items()))


# A publisher, the document that was copied, the document itself, and the origins it names.
Edge = tuple[str | None, str, str, tuple[str, ...]]


def independent(reports: Iterable[Report]) -> tuple[str, ...]:
    """The independent sources of reports, by name, in order."""
    ordered = sorted(reports, key=lambda r: (r.published or "", r.key, r.id))
    return independent_of((r.source, r.root, r.document, r.origins[:1]) for r in ordered)


def independent_of(told: Iterable[Edge]) -> tuple[str, ...]:
    """The independent sources of what is told, by name, in order.

    Each telling ties its publisher to the origin on whose word it stands, or to itself where it
    names none (a copy: to the text that was copied). The most tellings that share neither publisher
    nor origin are counted: a largest matching. One publisher counts once however much it writes,
    one origin once however many cite it, and a telling more never makes it fewer.
    """
    listed = list(told)
    originals = {
        document: origins[0] if origins else publisher_key(source) or f"document {document}"
        for source, root, document, origins in listed
        if root == document
    }
    edges: dict[str, list[str]] = {}
    for source, root, document, origins in listed:
        publisher = publisher_key(source) or f"document {root}"
        origin = origins[0] if origins else publisher
        if root != document:
            origin = originals.get(root, f"document {root}")
        known = edges.setdefault(publisher, [])
        if origin not in known:
            known.append(origin)
    taken: dict[str, str] = {}
    for publisher in edges:
        _augment(publisher, edges, taken, set())
    return tuple(sorted(taken))


def _augment(
    publisher: str, edges: Mapping[str, list[str]], taken: dict[str, str], seen: set[str]
) -> bool:
    """Give this publisher an origin of its own, moving others where that makes room."""
    for origin in edges[publisher]:
        if origin in seen:
            continue
        seen.add(origin)
        if origin not in taken or _augment(taken[origin], edges, taken, seen):
            taken[origin] = publisher
            return True
    return False
