"""robots.txt: what a site lets programs fetch, and how fast (RFC 9309).

Pure: the text is handed in. A site without the file lets all be fetched; one whose file cannot be
had because it is out of order is not visited meanwhile.
"""

from __future__ import annotations

from typing import Final

from dragoman.errors import MissingExtraError

AGENT: Final = "dragoman"
MOST_TEXT: Final = 500_000  # characters that are looked at; RFC 9309 asks for at least 500 KiB
NOTHING: Final = "User-agent: *\nDisallow: /\n"
# A site that asks for a longer wait between pages is polled rarely enough as it is.
MOST_DELAY: Final = 60.0


class Rules:
    """What one site's robots.txt says to us."""

    def __init__(self, text: str) -> None:
        try:
            from protego import Protego
        except ModuleNotFoundError as error:
            raise MissingExtraError(
                "watching needs a part that is not installed (protego): "
                "pip install 'dragoman[case]'."
            ) from error
        self._rules = Protego.parse(text[:MOST_TEXT])

    def allow(self, address: str) -> bool:
        """Whether the address may be fetched."""
        return bool(self._rules.can_fetch(address, AGENT))

    @property
    def delay(self) -> float:
        """The seconds that the site wants between two pages; 0 where it does not say."""
        asked = self._rules.crawl_delay(AGENT)
        return min(MOST_DELAY, max(0.0, float(asked or 0.0)))
