"""A reader that dies, hangs or fails, in a module of its own: started processes import it."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass

from case.fake_reader import FakeReader
from dragoman.records import Input, Provenance, Reading
from dragoman.settings import Settings

MADE = Provenance(dragoman="test", model="fake-1", directory="fake")


@dataclass(frozen=True)
class Fragile(FakeReader):
    """A reader that dies of one word, hangs on another, and cannot read a third."""

    provenance: Provenance = MADE

    def read(self, document: Input) -> Reading:
        if "\N{SKULL}" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "\N{HOURGLASS}" in document.text:
            time.sleep(600)
        return super().read(document)


def fragile(_: Settings) -> Fragile:
    return Fragile()
