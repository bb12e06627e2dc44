"""What a case needs beyond the core, and the words for when it is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dragoman.errors import MissingExtraError


@contextmanager
def extra(name: str, purpose: str) -> Iterator[None]:
    """Imports inside need this extra; without it they end in a worded error."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"{purpose} needs a part that is not installed ({error.name}): "
            f"pip install 'dragoman[{name}]'."
        ) from error
