"""A brief as one HTML page that needs no other file, made for print; and as PDF by WeasyPrint."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.brief.parts import Brief
from dragoman.charts.drawing import to_svg
from dragoman.errors import MissingExtraError

if TYPE_CHECKING:
    from jinja2 import Template


def to_html(brief: Brief) -> str:
    """The page, charts inside it as SVG. A stranger's text is escaped wherever it stands."""
    charts = [_image(section.chart) if section.chart else "" for section in brief.sections]
    return _template().render(brief=brief, sections=list(zip(brief.sections, charts, strict=True)))


def to_pdf(brief: Brief) -> bytes:
    """The page as PDF; needs the extra `pdf`. Nothing is fetched."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:  # OSError: the Pango library is not on the system
        raise MissingExtraError(
            f"PDF needs WeasyPrint and the system library Pango ({error}): pip install "
            "'dragoman[pdf]'. The HTML page prints as well from a browser."
        ) from error

    # Only what the page itself holds: no address is fetched, no file read.
    fetcher = URLFetcher(allowed_protocols=["data"])
    return bytes(HTML(string=to_html(brief), url_fetcher=fetcher).write_pdf())


def _image(spec: Mapping[str, Any]) -> str:
    """A chart as the address of an image: charts inside one page would share their ids."""
    data = base64.b64encode(to_svg(dict(spec)).encode()).decode()
    return f"data:image/svg+xml;base64,{data}"


@cache
def _template() -> Template:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise MissingExtraError(
            "a brief needs the extra `charts`: pip install 'dragoman[charts]'."
        ) from error
    environment = Environment(
        loader=PackageLoader("dragoman.brief", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["web"] = lambda url: str(url).startswith(("https://", "http://"))
    return environment.get_template("brief.html")
