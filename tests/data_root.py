"""Where the shared reference data are, for the tests that measure against them.

DRAGOMAN_DATA names the folder; without it, ../shared/data beside the repository is taken. A test
that needs data fails when the variable is set and the data are missing, and skips when neither is
there, saying so.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

VARIABLE = "DRAGOMAN_DATA"
REPOSITORY = Path(__file__).resolve().parents[1]


def data_root() -> Path | None:
    """The folder of the shared data, or None where there is none and none was named."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    beside = REPOSITORY.parent / "shared" / "data"
    return beside if beside.is_dir() else None


def shared(*parts: str) -> Path:
    """A file or folder of the shared data; skips or fails the test where it is not there."""
    root = data_root()
    if root is None:
        pytest.skip(f"no shared data: {VARIABLE} is not set and ../shared/data is not there")
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.fail(f"{path} is missing, although the shared data are at {root}")
    return path
