"""What goes beside an export: a codebook of its columns and a manifest of how it came about."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from dragoman.version import __version__


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def codebook_text(title: str, columns: Sequence[tuple[str, str]]) -> str:
    """A codebook as a tab-separated table of columns and their meanings."""
    lines = [f"# {title}, written by dragoman {__version__}", "column\tmeaning"]
    return "\n".join([*lines, *(f"{name}\t{meaning}" for name, meaning in columns)]) + "\n"


def manifest(
    *,
    form: str,
    case: Mapping[str, str],
    versions: Mapping[str, Sequence[str]],
    settings: Mapping[str, Any],
    counts: Mapping[str, int],
    files: Sequence[Path],
    made_at: str,
) -> bytes:
    """Versions, settings, hashes, counts and the line to cite, as JSON.

    `versions` are those that read the documents; `files` are hashed as they lie on the disk.
    """
    name = Path(case.get("name", "a case")).name
    read_by = ", ".join(f"{part} {'/'.join(found)}" for part, found in versions.items() if found)
    cite = (
        f"{name}: events coded by dragoman {__version__} ({read_by or 'no readings'}; PLOVER "
        f"2021-09), exported as {form} on {made_at[:10]}."
    )
    data = {
        "dragoman": __version__,
        "format": form,
        "case": dict(case),
        "made_at": made_at,
        "read_by": {part: list(found) for part, found in versions.items()},
        "settings": dict(settings),
        "counts": dict(counts),
        "files": [{"name": p.name, "bytes": p.stat().st_size, "sha256": sha256(p)} for p in files],
        "cite": cite,
    }
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
