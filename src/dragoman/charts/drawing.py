"""Draws specs by vl-convert: no browser, no network."""

from __future__ import annotations

import threading
from typing import Any, Final

from dragoman.errors import MissingExtraError

# vl-convert runs one JavaScript engine; two threads in it wait for each other at best.
_DRAWING: Final = threading.Lock()


def to_svg(spec: dict[str, Any]) -> str:
    """The chart as SVG."""
    with _DRAWING:
        return str(_converter().vegalite_to_svg(spec))


def to_png(spec: dict[str, Any], *, scale: float = 2) -> bytes:
    """The chart as PNG, `scale` times its size in pixels."""
    with _DRAWING:
        return bytes(_converter().vegalite_to_png(spec, scale=scale))


def _converter() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError(
            'drawing charts wants the extra `charts`: pip install "dragoman[charts]".'
        ) from error
    return vl_convert
