"""The one look of all charts: colours that all kinds of sight tell apart, quiet axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

Theme = Literal["light", "dark"]

# From cooperation to conflict, deeds and words: blue and vermilion, the words paler.
QUADS: Final = (
    "material cooperation",
    "verbal cooperation",
    "verbal conflict",
    "material conflict",
)
SANS: Final = "Inter, 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme."""

    paper: str
    ink: str
    soft: str
    line: str
    land: str
    border: str
    middle: str
    quads: tuple[str, str, str, str]

    @property
    def cooperation(self) -> str:
        return self.quads[0]

    @property
    def conflict(self) -> str:
        return self.quads[3]


PALETTES: Final[dict[Theme, Palette]] = {
    "light": Palette(
        paper="#fffefb",
        ink="#1d2329",
        soft="#5b636b",
        line="#e2ded4",
        land="#ebe6da",
        border="#cfcabd",
        middle="#b9b6ae",
        quads=("#1f6f9f", "#8bbcd9", "#eda877", "#c8452a"),
    ),
    "dark": Palette(
        paper="#1b2126",
        ink="#e6e8e6",
        soft="#9ba5ad",
        line="#2b333a",
        land="#272f36",
        border="#3a444c",
        middle="#7d8083",
        quads=("#6fb7e2", "#3f7fa6", "#c98a5f", "#f0836a"),
    ),
}


def with_look(chart: Any, theme: Theme, *, description: str, width: int = 720) -> dict[str, Any]:
    """An Altair chart as a spec with the theme's colours and letters.

    `description` is read to those who do not see the chart.
    """
    # Tests check each spec by the schema: checking the outlines of all countries takes a second.
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["description"] = description
    spec.setdefault("width", width)
    spec["config"] = config(theme)
    return spec


def config(theme: Theme) -> dict[str, Any]:
    """Vega-Lite's config for a theme."""
    colours = PALETTES[theme]
    return {
        "background": colours.paper,
        "font": SANS,
        "view": {"stroke": None},
        "axis": {
            "labelColor": colours.soft,
            "titleColor": colours.soft,
            "titleFontWeight": "normal",
            "gridColor": colours.line,
            "domainColor": colours.border,
            "tickColor": colours.border,
            "labelFontSize": 11,
            "titleFontSize": 11,
        },
        "legend": {
            "labelColor": colours.ink,
            "titleColor": colours.soft,
            "titleFontWeight": "normal",
            "labelFontSize": 11,
            "titleFontSize": 11,
        },
        "title": {
            "color": colours.ink,
            "anchor": "start",
            "fontSize": 13,
            "subtitleColor": colours.soft,
        },
        "text": {"color": colours.ink},
    }
