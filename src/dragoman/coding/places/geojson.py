"""Places as GeoJSON (RFC 7946): a feature for each, without a geometry where a point would lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.records import Place


def to_geojson(places: Iterable[Place]) -> dict[str, Any]:
    """A FeatureCollection of the places, in their order in the text."""
    return {"type": "FeatureCollection", "features": [_feature(place) for place in places]}


def _feature(place: Place) -> dict[str, Any]:
    point = None
    if place.lat is not None and place.lon is not None:
        point = {"type": "Point", "coordinates": [place.lon, place.lat]}
    told = {k: v for k, v in place.to_dict().items() if k not in ("lat", "lon")}
    return {"type": "Feature", "geometry": point, "properties": told}
