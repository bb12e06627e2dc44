"""`dragoman places`: the places that a text names, and which place of that name each is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.records import Place

HELP = "List the places that a text names, with country and point."


def run(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text file; - reads stdin.")],
    geojson: Annotated[
        bool, typer.Option("--geojson", help="A GeoJSON FeatureCollection, for a map.")
    ] = False,
) -> None:
    from dragoman.cli.main import settings_of
    from dragoman.coding.places.geojson import to_geojson
    from dragoman.reader import Reader
    from dragoman.sources import text

    document = text.load(sys.stdin.buffer if file == "-" else Path(file))
    places = Reader(settings_of(context)).read(document).places
    if geojson:
        import orjson

        sys.stdout.write(orjson.dumps(to_geojson(places), option=orjson.OPT_INDENT_2).decode())
        sys.stdout.write("\n")
        return
    for place in places:
        sys.stdout.write(_line(place) + "\n")


def _line(place: Place) -> str:
    """Offsets, kind, country, point, GeoNames id and name, parted by tabs."""
    point = "" if place.lat is None or place.lon is None else f"{place.lat:.4f},{place.lon:.4f}"
    known = "" if place.geonames is None else str(place.geonames)
    row = (str(place.start), str(place.end), place.kind, place.country or "", point, known)
    return "\t".join((*row, place.name))
