"""NumPy's linear algebra on one thread while documents are read.

The products that reading computes in NumPy are small. Libraries such as OpenBLAS split them among
all processors all the same, and their threads then spin for some time waiting for more: on two
processors that doubles the processor time of a reading and takes it from other documents. The
limit holds while any document is read, in the whole process, and what was set before comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any

import numpy as np  # noqa: F401  # the libraries to be limited have to be there
import threadpoolctl

_lock = Lock()
_inside = 0
_limit: Any = None


@contextmanager
def one_thread() -> Iterator[None]:
    """NumPy's linear algebra keeps to one thread inside; enter it as often, and from as many
    threads, as you like."""
    global _inside, _limit
    with _lock:
        if _inside == 0:
            _take_over()
            _limit = _controller().limit(limits=1, user_api="blas")
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                _take_over()
                _limit.restore_original_limits()


def _take_over() -> None:
    """Newer threadpoolctl lets only the thread change the number that changed it first; here the
    last that leaves may be another."""
    library = getattr(threadpoolctl, "OpenBLASController", None)
    clear = getattr(library, "clear_controlling_thread", None)
    if clear is not None:
        clear(force=True)


@cache
def _controller() -> Any:
    return threadpoolctl.ThreadpoolController()
