"""`dragoman schema`: the JSON Schema of a reading."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

HELP = "Print the JSON Schema of a reading."


def run(
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the schema that the records have now to a file."),
    ] = None,
) -> None:
    from dragoman import schema

    if write is None:
        sys.stdout.write(schema.shipped().decode())
    else:
        write.parent.mkdir(parents=True, exist_ok=True)
        write.write_bytes(schema.dump(schema.reading_schema()))
