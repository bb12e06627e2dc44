"""The brief: what changed in a case, on a few pages, every line with its source."""

from dragoman.brief.compose import BriefPlan, compose
from dragoman.brief.html import to_html, to_pdf
from dragoman.brief.markdown import to_markdown
from dragoman.brief.parts import Brief, Line, Reference, Section

__all__ = [
    "Brief",
    "BriefPlan",
    "Line",
    "Reference",
    "Section",
    "compose",
    "to_html",
    "to_markdown",
    "to_pdf",
]
