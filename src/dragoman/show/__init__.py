"""A reading as people see it: in a terminal, and in a notebook with highlighted text."""

from dragoman.show.notebook import as_html
from dragoman.show.terminal import print_reading

__all__ = ["as_html", "print_reading"]
