"""The columns of the field's data sets, and what each holds: codebooks/*.tsv."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dragoman.errors import DataError


@cache
def codebook(name: str) -> tuple[tuple[str, str], ...]:
    """Columns and their meaning, in order, of `icews`, `gdelt`, `gdelt_mentions` or `polecat`."""
    try:
        path = files("dragoman.ontology").joinpath("codebooks", f"{name}.tsv")
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise DataError(
            f"the package's file ontology/codebooks/{name}.tsv cannot be read: {error}. "
            "Usually the installation is incomplete; install dragoman again."
        ) from error
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((column, meaning) for column, meaning in rows[1:])


def columns(name: str) -> tuple[str, ...]:
    """The columns of a data set in their order."""
    return tuple(column for column, _ in codebook(name))
