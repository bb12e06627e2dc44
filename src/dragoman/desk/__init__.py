"""The desk: a case in a browser. `create_app` makes the application that `dragoman desk` serves."""

from dragoman.desk.app import create_app
from dragoman.desk.options import Options

__all__ = ["Options", "create_app"]
